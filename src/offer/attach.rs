//! A member of the organisation attaches a file to the offer, or takes it away again. Each
//! file is a deed of its own; the form is never touched by it.

use super::advance::{Line, log, member};
use super::attachment::{Attachment, AttachmentState, OTHER, asked};
use super::model::{IllegalMove, Offer, OfferAction, OfferState};
use super::{SCAN, store};
use crate::account::Actor;
use crate::call;
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::jobs;
use crate::law::{Instant, show_instant};
use crate::store::{AttachmentId, OfferId, Tx, Verdict};

/// Most files of one offer.
pub const MOST: usize = 40;

/// A file whose bytes were looked at and scanned; they are kept already unless they carry malware.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub key: String,
    pub name: String,
    pub kind: AttachmentKind,
    pub size: i64,
    pub sha256: String,
    pub verdict: Verdict,
}

/// Attaches a file. A waiting one is put into quarantine with a scan to come, an infected one
/// is listed as refused.
///
/// # Errors
/// `NotFound` for a stranger or a place nobody asked for, `Refused` when the offer cannot be
/// changed, `Invalid` when the same file is there or there are too many.
pub fn attach(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, file: NewFile, now: Instant) -> Result<Attachment, AppError> {
    let offer = changeable(tx, by, id)?;
    let call = call::store::find(tx, &offer.call)?;
    if file.key != OTHER && !asked(&call.content).iter().any(|a| a.key == file.key) {
        return Err(AppError::NotFound);
    }
    let there = store::attachments(tx, id)?;
    check(&there, &file)?;
    let (state, reason) = match &file.verdict {
        Verdict::Clean => (AttachmentState::Accepted, String::new()),
        Verdict::Infected(name) => (AttachmentState::Refused, infected(name)),
        Verdict::Away(_) => (AttachmentState::Quarantined, WAITS.to_owned()),
    };
    let attachment = Attachment {
        id: AttachmentId::new(),
        offer: id.clone(),
        key: file.key,
        name: file.name,
        sha256: file.sha256,
        size: file.size,
        kind: file.kind,
        state,
        reason,
        added_by: by.log_name().to_owned(),
        added_at: now,
        removed_at: None,
        version: 0,
    };
    store::insert_attachment(tx, &attachment)?;
    if state == AttachmentState::Quarantined {
        jobs::put_named(tx, SCAN, attachment.id.as_str(), &attachment.id, now)?;
    }
    record(tx, by, &offer, &attachment, now)?;
    Ok(attachment)
}

pub(super) const WAITS: &str = "Program antywirusowy chwilowo nie odpowiada. Sprawdzimy plik, gdy tylko odpowie.";

pub(super) fn infected(name: &str) -> String {
    format!("Program antywirusowy znalazł w pliku złośliwe oprogramowanie: {name}.")
}

/// Takes a file away; what is frozen keeps it.
///
/// # Errors
/// `NotFound` for a stranger or a file that is gone, `Refused` when the offer cannot be changed.
pub fn detach(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, file: &AttachmentId, now: Instant) -> Result<(), AppError> {
    let offer = changeable(tx, by, id)?;
    let found = store::attachment(tx, file)?;
    if &found.offer != id || found.removed_at.is_some() {
        return Err(AppError::NotFound);
    }
    let gone = Attachment { removed_at: Some(now), ..found };
    store::save_attachment(tx, &gone)?;
    let detail = format!("Usunięto załącznik „{}”", gone.name);
    let line = Line { deed: "offer.attachment.remove", before: None, after: None, detail };
    log(tx, by, &offer, line, now)
}

/// The offer, held until the end of the transaction, when its files may change.
fn changeable(tx: &mut Tx<'_>, by: &Actor, id: &OfferId) -> Result<Offer, AppError> {
    store::lock(tx, id)?;
    let offer = store::find(tx, id)?;
    member(by, &offer)?;
    if offer.state == OfferState::Draft {
        Ok(offer)
    } else {
        Err(IllegalMove { from: offer.state, act: OfferAction::Edit }.into())
    }
}

fn check(there: &[Attachment], file: &NewFile) -> Result<(), AppError> {
    let refuse = |why: String| Err(AppError::Invalid(FieldErrors::of(&file.key, why)));
    let same = there.iter().find(|a| a.sha256 == file.sha256 && a.key == file.key);
    if let Some(same) = same.filter(|a| a.state != AttachmentState::Refused) {
        let at = show_instant(same.added_at);
        return refuse(format!(
            "Ten sam plik jest już dołączony tutaj jako „{}” ({at}). Nie trzeba dodawać go drugi raz.",
            same.name
        ));
    }
    if there.len() >= MOST {
        return refuse(format!(
            "Oferta ma już {MOST} plików i więcej się nie zmieści. Usuń zbędne albo połącz kilka w jeden PDF."
        ));
    }
    Ok(())
}

fn record(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, a: &Attachment, now: Instant) -> Result<(), AppError> {
    let (deed, what) = match a.state {
        AttachmentState::Accepted => ("offer.attachment.add", "Dołączono załącznik"),
        AttachmentState::Quarantined => ("offer.attachment.wait", "Załącznik czeka na sprawdzenie antywirusowe:"),
        AttachmentState::Refused => ("offer.attachment.refuse", "Odrzucono załącznik:"),
    };
    let why = if a.state == AttachmentState::Refused { format!(" – {}", a.reason) } else { String::new() };
    let detail = format!("{what} „{}”{why} (SHA-256 {})", a.name, a.sha256);
    log(tx, by, offer, Line { deed, before: None, after: None, detail }, now)
}
