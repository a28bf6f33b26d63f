//! What both sides see of a call to supplement an offer, and of what was handed in on it.

use serde::Serialize;

use super::files::FileLink;
use crate::call::CallState;
use crate::error::AppError;
use crate::law::{Instant, left, show_deadline, show_instant, show_instant_seconds};
use crate::offer::{self, Attachment, Declarations, Offer, OfferState};
use crate::review::model::{ACTIVITY, DECLARATIONS, Defect, Reply, Standing};
use crate::review::summons_of;
use crate::store::{AttachmentId, OfferId, Read};

/// One point of the call, with its answer.
#[derive(Serialize)]
pub(super) struct ItemView {
    no: usize,
    question: String,
    missing: String,
    asked: Vec<String>,
    words: String,
    said: Vec<String>,
    files: Vec<FileLink>,
}

/// The point `d` as `reply` answers it; `files` are those of the whole answer.
pub(super) fn item(d: &Defect, reply: &Reply, files: &[Attachment], href: fn(&Attachment) -> String) -> ItemView {
    let places = d.places();
    let here = files.iter().filter(|a| places.iter().any(|(key, _)| key == &a.key));
    let said = match d.key.as_str() {
        DECLARATIONS => reply.declarations.as_ref().map(declared).unwrap_or_default(),
        ACTIVITY => reply.paid.map(|paid| vec![paid_text(paid).to_owned()]).unwrap_or_default(),
        _ => Vec::new(),
    };
    ItemView {
        no: d.no,
        question: d.question.clone(),
        missing: d.missing.clone(),
        asked: d.files.iter().map(|f| f.name.clone()).collect(),
        words: reply.words.get(&d.key).cloned().unwrap_or_default(),
        said,
        files: here.map(|a| FileLink::at(a, href(a)).named(named(d, a))).collect(),
    }
}

/// The sentences of part VII, and who stands behind them.
fn declared(d: &Declarations) -> Vec<String> {
    let by = (!d.signed_by.trim().is_empty()).then(|| format!("oświadczenia złożył(a): {}", d.signed_by));
    d.said.iter().cloned().chain(by).collect()
}

/// The file, after the name of the attachment that it is, where the call names some.
fn named(d: &Defect, a: &Attachment) -> String {
    let place = d.places().into_iter().find(|(key, _)| key == &a.key).filter(|_| !d.files.is_empty());
    place.map_or_else(|| a.name.clone(), |(_, label)| format!("{label}: {}", a.name))
}

pub(super) fn paid_text(paid: bool) -> &'static str {
    if paid { "Zadanie będzie wykonane odpłatnie." } else { "Zadanie będzie wykonane nieodpłatnie." }
}

/// The call with what was handed in; what is only prepared belongs to the organisation alone.
#[derive(Serialize)]
pub(super) struct SummonsView {
    called: String,
    until: String,
    left: String,
    label: &'static str,
    tone: &'static str,
    /// Empty before something was handed in.
    at: String,
    by: String,
    sha256: String,
    items: Vec<ItemView>,
}

impl SummonsView {
    pub(super) fn is_answered(&self) -> bool {
        !self.at.is_empty()
    }
}

/// Whether the office waits for a supplement: neither after the check was closed nor in a contest that is over.
pub(super) fn awaited(offer: &Offer, call: CallState) -> bool {
    offer.state == OfferState::ToSupplement && call == CallState::Review
}

/// Nothing where nobody was called.
pub(super) fn summons_view(
    r: &mut Read<'_>,
    (offer, call): (&Offer, CallState),
    href: fn(&Attachment) -> String,
    now: Instant,
) -> Result<Option<SummonsView>, AppError> {
    let waits = awaited(offer, call);
    let offer = &offer.id;
    let Some((summons, given)) = summons_of(r, offer)? else { return Ok(None) };
    let (label, tone) = match Standing::of(Some(&summons), given.as_ref(), now) {
        Standing::Answered => ("złożono uzupełnienie", "ok"),
        Standing::Over => ("nie złożono uzupełnienia w terminie", "error"),
        Standing::Open(_) | Standing::Never if !waits => ("urząd nie czeka już na uzupełnienie", "neutral"),
        Standing::Open(_) | Standing::Never => ("czeka na uzupełnienie", "warn"),
    };
    let (files, reply) = match &given {
        Some(done) => {
            (offer::store::named_attachments(r, offer, &done.content.attachments)?, done.content.reply.clone())
        }
        None => (Vec::new(), Reply::default()),
    };
    let done = given.as_ref();
    Ok(Some(SummonsView {
        called: show_instant(summons.called_at),
        until: show_deadline(summons.due),
        left: if done.is_none() && waits { left(now, summons.due) } else { String::new() },
        label,
        tone,
        at: done.map(|d| show_instant_seconds(d.arrived_at)).unwrap_or_default(),
        by: done.map(|d| d.given_by.clone()).unwrap_or_default(),
        sha256: done.map(|d| d.sha256.clone()).unwrap_or_default(),
        items: summons.defects.iter().map(|d| item(d, &reply, &files, href)).collect(),
    }))
}

/// One file that was handed in on the call: what whoever judges the offer may read.
///
/// # Errors
/// `NotFound` for what was not handed in.
pub(super) fn handed_in_file(r: &mut Read<'_>, offer: &OfferId, id: &AttachmentId) -> Result<Attachment, AppError> {
    let (_, given) = summons_of(r, offer)?.ok_or(AppError::NotFound)?;
    let named = given.ok_or(AppError::NotFound)?.content.attachments;
    let files = offer::store::named_attachments(r, offer, &named)?;
    files.into_iter().find(|a| &a.id == id).ok_or(AppError::NotFound)
}
