//! The organisation answers the call of the office: it prepares words and files, and whoever may submit an offer hands
//! them in. What is handed in is frozen beside the offer, which stays as it was.

use super::letters;
use super::model::{DECLARATIONS, FrozenSupplement, Reply, Summons, Supplement};
use super::rules;
use super::store::summonses;
use crate::account::{self, Actor};
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallState};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant};
use crate::offer::{
    self, Attachment, AttachmentState, FrozenAttachment, NewFile, Offer, OfferAction, OfferState, wording,
};
use crate::store::{AttachmentId, OfferId, Read, Tx, digest, to_json};

/// An offer whose call to supplement can be answered at this moment.
struct Open {
    offer: Offer,
    call: Call,
    summons: Summons,
}

/// # Errors
/// `NotFound` for a stranger and without a call, `Refused` when it cannot be answered any more.
fn open(r: &mut Read<'_>, by: &Actor, id: &OfferId, now: Instant) -> Result<Open, AppError> {
    let offer = offer::store::find(r, id)?;
    by.member_of(&offer.org).ok_or(AppError::NotFound)?;
    let summons = summonses::of_offer(r, id)?.ok_or(AppError::NotFound)?;
    let call = call::store::find(r, &offer.call)?;
    rules::in_time(summons.due, now).map_err(AppError::refused)?;
    if offer.state != OfferState::ToSupplement || call.state != CallState::Review {
        return Err(AppError::refused(over(&offer, &call)));
    }
    Ok(Open { offer, call, summons })
}

fn over(offer: &Offer, call: &Call) -> Finding {
    let found = match (offer.state, call.state) {
        (OfferState::Supplemented, CallState::Review) => "Uzupełnienie tej oferty jest już złożone.",
        _ => "Urząd zakończył ocenę formalną tej oferty albo konkurs się skończył.",
    };
    Finding::block("R-COR-02")
        .at("uzupełnienie")
        .found(found)
        .limit("Wezwanie i uzupełnienie są jedno; składa się je, póki urząd na nie czeka.")
        .basis("zasady konkursu w ogłoszeniu")
}

/// Keeps what is prepared; `seen` is the version of the summons that the page showed.
///
/// # Errors
/// `Refused` after the time (R-COR-03) and for what nobody asked (R-COR-01), `Stale` when a colleague saved meanwhile.
pub fn prepare(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    reply: Reply,
    now: Instant,
) -> Result<(), AppError> {
    offer::store::lock(tx, id)?;
    let Open { offer, summons, .. } = open(tx, by, id, now)?;
    if let Some(fault) = rules::check_reply(&summons.defects, &reply, []) {
        return Err(AppError::refused(fault));
    }
    if seen != summons.version {
        return Err(AppError::Stale);
    }
    if reply == summons.reply {
        return Ok(());
    }
    let (before, after) = (digest(&to_json(&summons.reply)?), digest(&to_json(&reply)?));
    summonses::save_reply(tx, &Summons { reply, ..summons })?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "offer.supplement.save",
        object_kind: "offer",
        object_id: offer.id.as_str(),
        before,
        after,
        detail: "Zapisano odpowiedzi na wezwanie do uzupełnienia".to_owned(),
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// Whether a file could be put there now, asked before its bytes are kept.
///
/// # Errors
/// Those of [`attach`].
pub fn takes_file(
    r: &mut Read<'_>,
    by: &Actor,
    (id, place): (&OfferId, &str),
    bytes: (&str, i64),
    now: Instant,
) -> Result<(), AppError> {
    let Open { summons, .. } = open(r, by, id, now)?;
    asked(&summons, place)?;
    offer::takes_beside(r, id, place, bytes)
}

fn asked(summons: &Summons, place: &str) -> Result<(), AppError> {
    rules::check_reply(&summons.defects, &Reply::default(), [place]).map_or(Ok(()), |f| Err(AppError::refused(f)))
}

/// Puts a file to a point of the summons.
///
/// # Errors
/// `Refused` after the time (R-COR-03) and at a place nobody asked about (R-COR-01), `Invalid` for a file twice.
pub fn add_file(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    file: NewFile,
    now: Instant,
) -> Result<Attachment, AppError> {
    offer::store::lock(tx, id)?;
    let Open { offer, summons, .. } = open(tx, by, id, now)?;
    asked(&summons, &file.key)?;
    offer::attach_beside(tx, by, &offer, file, now)
}

/// Takes a file away again.
///
/// # Errors
/// `NotFound` for a file that is not there, `Refused` after the time.
pub fn remove_file(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    file: &AttachmentId,
    now: Instant,
) -> Result<(), AppError> {
    offer::store::lock(tx, id)?;
    let Open { offer, .. } = open(tx, by, id, now)?;
    offer::detach_beside(tx, by, &offer, file, now)
}

/// What is not answered yet, at the fields of the page.
///
/// # Errors
/// Those of the database.
pub fn gaps(
    r: &mut Read<'_>,
    offer: &Offer,
    call: &Call,
    summons: &Summons,
    files: &[Attachment],
) -> Result<FieldErrors, AppError> {
    let declared = match declared(r, offer, call, summons) {
        Ok(_) => FieldErrors::new(),
        Err(AppError::Invalid(errors)) => errors,
        Err(e) => return Err(e),
    };
    Ok(rules::unanswered(&summons.defects, &summons.reply, files, declared, offer.is_joint()))
}

/// Part VII with the sentences it answers, when it was asked for.
fn declared(
    r: &mut Read<'_>,
    offer: &Offer,
    call: &Call,
    summons: &Summons,
) -> Result<Option<offer::Declarations>, AppError> {
    if !summons.defects.iter().any(|d| d.key == DECLARATIONS) {
        return Ok(None);
    }
    let krs = account::store::organisation(r, &offer.org)?.krs.is_some();
    wording::answered(summons.reply.declarations.clone().unwrap_or_default(), call, krs).map(Some)
}

/// Hands in what is prepared; `shown` stands for what the page of the signatory showed. Handing in twice, by anyone,
/// gives the same.
///
/// # Errors
/// `Refused` after the time (R-COR-03), with a file that waits for the scan, and when the office waits no more;
/// `Invalid` for a point without an answer; `Stale` when something was changed after the page was shown; `Forbidden`
/// for who may not submit an offer; `NotFound` for a stranger.
pub fn supplement(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    shown: &str,
    arrived: Instant,
) -> Result<Supplement, AppError> {
    offer::store::lock(tx, id)?;
    let offer = offer::store::find(tx, id)?;
    signatory(by, &offer)?;
    if let Some(done) = summonses::supplement_of(tx, id)? {
        return Ok(done);
    }
    let Open { offer, call, summons } = open(tx, by, id, arrived)?;
    let files = offer::store::attachments_beside(tx, id)?;
    if shown != rules::shown(&summons, &files) {
        return Err(AppError::Stale);
    }
    let waits = rules::unscanned(&files);
    if !waits.is_empty() {
        return Err(AppError::Refused(waits));
    }
    gaps(tx, &offer, &call, &summons, &files)?.finish(Some(()))?;
    let declarations = declared(tx, &offer, &call, &summons)?;
    let version = offer::store::version(tx, id, offer.frozen_no)?;
    let frozen = FrozenSupplement {
        offer_number: offer.number.clone().unwrap_or_default(),
        offer_version: version.no,
        offer_sha256: version.sha256,
        called_at: summons.called_at,
        due: summons.due,
        defects: summons.defects,
        reply: Reply { declarations, ..summons.reply },
        attachments: files
            .iter()
            .filter(|a| a.state == AttachmentState::Accepted)
            .map(FrozenAttachment::from)
            .collect(),
    };
    let done = summonses::freeze(tx, (id, frozen), by.log_name(), arrived)?;
    let number = offer.number.as_deref().unwrap_or_default();
    let detail = format!("Złożono uzupełnienie oferty {number}, suma kontrolna {}", done.sha256);
    offer::advance(tx, by, &offer, OfferAction::Supplement, "offer.supplement", detail, arrived)?;
    letters::given(tx, &call, &offer, &done)?;
    Ok(done)
}

/// Who may submit the offer hands in its supplement.
fn signatory(by: &Actor, offer: &Offer) -> Result<(), AppError> {
    if by.member_of(&offer.org).ok_or(AppError::NotFound)?.role.signs() {
        return Ok(());
    }
    Err(AppError::forbidden(
        "Uzupełnienie składa osoba reprezentująca organizację albo właściciel konta. Poproś o to jedną z tych osób.",
    ))
}
