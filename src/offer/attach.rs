//! A member of the organisation attaches a file to the offer, or takes it away again. Each
//! file is a deed of its own; the form is never touched by it.

use super::advance::{Line, log, member};
use super::attachment::{Attachment, AttachmentState, OTHER, asked, is_beside};
use super::model::{Offer, OfferAction, OfferState};
use super::room::room;
use super::{SCAN, rules, store};
use crate::account::Actor;
use crate::call::{self, Call};
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::jobs;
use crate::law::{Instant, show_instant};
use crate::store::{AttachmentId, OfferId, Read, Tx, Verdict};

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
    let offer = changeable(tx, by, id, now)?;
    let call = call::store::find(tx, &offer.call)?;
    check(tx, id, &call, &file.key, &file.sha256)?;
    room(tx, id, &file.key, (&file.sha256, file.size))?;
    let attachment = put(tx, by, &offer, file, now)?;
    keep_pending(tx, &offer, now)?;
    Ok(attachment)
}

/// Attaches a file beside a submitted offer, which stays as it was frozen. The caller holds the offer, and knows that
/// the sender may do it, in time, at this place.
///
/// # Errors
/// `Invalid` when the same file is there or there are too many.
pub fn attach_beside(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    file: NewFile,
    now: Instant,
) -> Result<Attachment, AppError> {
    takes_beside(tx, &offer.id, &file.key, (&file.sha256, file.size))?;
    put(tx, by, offer, file, now)
}

/// Whether a file with these bytes fits beside the offer, asked before anything of it is kept.
///
/// # Errors
/// Those of [`attach_beside`].
pub fn takes_beside(r: &mut Read<'_>, id: &OfferId, key: &str, (sha256, size): (&str, i64)) -> Result<(), AppError> {
    let there = store::attachments_beside(r, id)?;
    fits(&there, key, sha256)?;
    room(r, id, key, (sha256, size))
}

fn put(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, file: NewFile, now: Instant) -> Result<Attachment, AppError> {
    let (state, reason) = match &file.verdict {
        Verdict::Clean => (AttachmentState::Accepted, String::new()),
        Verdict::Infected(name) => (AttachmentState::Refused, infected(name)),
        Verdict::Away(_) => (AttachmentState::Quarantined, WAITS.to_owned()),
    };
    let attachment = Attachment {
        id: AttachmentId::new(),
        offer: offer.id.clone(),
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
    record(tx, by, offer, &attachment, now);
    Ok(attachment)
}

/// Whether a file with these bytes could be attached now: everything that [`attach`] refuses, asked before anything of
/// it is kept. Two at the same moment are told apart by `attach` itself.
///
/// # Errors
/// Those of [`attach`].
pub fn takes(
    r: &mut Read<'_>,
    by: &Actor,
    (id, key): (&OfferId, &str),
    (sha256, size): (&str, i64),
    now: Instant,
) -> Result<(), AppError> {
    let offer = store::find(r, id)?;
    let call = call::store::find(r, &offer.call)?;
    changes(by, &offer, &call, now)?;
    check(r, id, &call, key, sha256)?;
    room(r, id, key, (sha256, size))
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
    let offer = changeable(tx, by, id, now)?;
    remove(tx, by, &offer, file, false, now)?;
    keep_pending(tx, &offer, now)
}

/// Takes a file away that stands beside the offer; the caller knows what [`attach_beside`] wants to be known.
///
/// # Errors
/// `NotFound` for a file that is gone or belongs to the offer itself.
pub fn detach_beside(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    file: &AttachmentId,
    now: Instant,
) -> Result<(), AppError> {
    remove(tx, by, offer, file, true, now)
}

fn remove(
    tx: &mut Tx<'_>,
    by: &Actor,
    offer: &Offer,
    file: &AttachmentId,
    beside: bool,
    now: Instant,
) -> Result<(), AppError> {
    let found = store::attachment(tx, file)?;
    if found.offer != offer.id || found.removed_at.is_some() || is_beside(&found.key) != beside {
        return Err(AppError::NotFound);
    }
    let gone = Attachment { removed_at: Some(now), ..found };
    store::save_attachment(tx, &gone)?;
    let detail = format!("Usunięto załącznik „{}”", gone.name);
    log(tx, by, offer, Line { deed: "offer.attachment.remove", detail, ..Line::default() }, now);
    Ok(())
}

/// The offer, held until the end of the transaction, when its files may change: a draft, or a
/// submitted one before the deadline.
pub(super) fn changeable(tx: &mut Tx<'_>, by: &Actor, id: &OfferId, now: Instant) -> Result<Offer, AppError> {
    store::lock(tx, id)?;
    let offer = store::find(tx, id)?;
    let call = call::store::find(tx, &offer.call)?;
    changes(by, &offer, &call, now)?;
    Ok(offer)
}

fn changes(by: &Actor, offer: &Offer, call: &Call, now: Instant) -> Result<(), AppError> {
    member(by, offer)?;
    offer.state.after(OfferAction::Edit)?;
    if offer.state == OfferState::Submitted {
        rules::deadline(call, &offer.org, now).map_err(AppError::refused)
    } else {
        Ok(())
    }
}

/// Other files than the version in force has are changes that wait for a submission, like other words.
fn keep_pending(tx: &mut Tx<'_>, offer: &Offer, now: Instant) -> Result<(), AppError> {
    if offer.state != OfferState::Submitted {
        return Ok(());
    }
    let changed = offer.working() != &offer.content || files_changed(tx, offer)?;
    let draft = changed.then(|| offer.working().clone());
    if draft != offer.draft {
        store::save(tx, &Offer { draft, ..offer.clone() }, now)?;
    }
    Ok(())
}

/// Whether the files are other ones than those of the version in force.
pub(super) fn files_changed(r: &mut Read<'_>, offer: &Offer) -> Result<bool, AppError> {
    let frozen = store::version(r, &offer.id, offer.frozen_no)?.content.attachments;
    let live = store::attachments(r, &offer.id)?;
    let held = |a: &Attachment| frozen.iter().any(|f| f.key == a.key && f.sha256 == a.sha256);
    let count = live.iter().filter(|a| a.state != AttachmentState::Refused).count();
    Ok(count != frozen.len() || live.iter().any(|a| a.state != AttachmentState::Refused && !held(a)))
}

/// The files become those of the version in force again.
pub(super) fn restore_files(tx: &mut Tx<'_>, offer: &Offer, now: Instant) -> Result<(), AppError> {
    let mut wanted = store::version(tx, &offer.id, offer.frozen_no)?.content.attachments;
    let mut all = store::all_attachments(tx, &offer.id)?;
    all.sort_by_key(|a| a.removed_at.is_some());
    for file in all {
        let at = wanted.iter().position(|f| f.key == file.key && f.sha256 == file.sha256);
        let removed_at = match at.map(|at| wanted.swap_remove(at)) {
            Some(_) => None,
            None => file.removed_at.or(Some(now)),
        };
        if removed_at != file.removed_at {
            store::save_attachment(tx, &Attachment { removed_at, ..file })?;
        }
    }
    Ok(())
}

/// The file with these bytes that is at the place already, if one is; a refused one is not.
pub(super) fn same(r: &mut Read<'_>, id: &OfferId, key: &str, sha256: &str) -> Result<Option<Attachment>, AppError> {
    let there = store::attachments(r, id)?;
    Ok(there.into_iter().find(|a| a.sha256 == sha256 && a.key == key && a.state != AttachmentState::Refused))
}

/// Whether the place takes a file with these bytes: somebody asked for it, it is not there yet, and there is room.
pub(super) fn check(r: &mut Read<'_>, id: &OfferId, call: &Call, key: &str, sha256: &str) -> Result<(), AppError> {
    if key != OTHER && !asked(&call.content).iter().any(|a| a.key == key) {
        return Err(AppError::NotFound);
    }
    fits(&store::attachments(r, id)?, key, sha256)
}

/// Whether these bytes are not yet at the place, and another file may come.
fn fits(there: &[Attachment], key: &str, sha256: &str) -> Result<(), AppError> {
    let refuse = |why: String| Err(AppError::Invalid(FieldErrors::of(key, why)));
    let same = there.iter().find(|a| a.sha256 == sha256 && a.key == key);
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

fn record(tx: &mut Tx<'_>, by: &Actor, offer: &Offer, a: &Attachment, now: Instant) {
    let (deed, what) = match a.state {
        AttachmentState::Accepted => ("offer.attachment.add", "Dołączono załącznik"),
        AttachmentState::Quarantined => ("offer.attachment.wait", "Załącznik czeka na sprawdzenie antywirusowe:"),
        AttachmentState::Refused => ("offer.attachment.refuse", "Odrzucono załącznik:"),
    };
    let why = if a.state == AttachmentState::Refused { format!(" – {}", a.reason) } else { String::new() };
    let detail = format!("{what} „{}”{why} (SHA-256 {})", a.name, a.sha256);
    log(tx, by, offer, Line { deed, detail, ..Line::default() }, now);
}
