//! Somebody is going to send a large file: what cannot be taken is refused before the first byte, and what began
//! already goes on where it stopped.

use super::forget;
use super::{MOST_LARGE, MOST_UNFINISHED, Unfinished};
use crate::account::Actor;
use crate::call;
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::offer::Attachment;
use crate::offer::attach::{changeable, check, same};
use crate::offer::room;
use crate::offer::store::uploads;
use crate::store::{OfferId, Tx, UploadId};

/// Longest name that is kept until the file itself is looked at, in characters.
const NAME: usize = 200;

/// What the browser is going to send.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub key: String,
    pub name: String,
    pub size: i64,
    pub sha256: String,
    pub modified: i64,
}

impl Wanted {
    /// Whether this is the same file, as far as the browser can tell.
    fn is(&self, there: &Unfinished) -> bool {
        let bytes = self.size == there.size && self.sha256 == there.sha256;
        bytes && (!self.sha256.is_empty() || (self.name == there.name && self.modified == there.modified))
    }
}

#[derive(Clone, Debug)]
pub enum Begun {
    /// A file on its way, and the other one whose place it took.
    Coming { upload: Unfinished, instead: Option<Box<Unfinished>> },
    /// All of it is here: the answer to its last piece may have been lost.
    Here(Attachment),
}

/// Takes note of a file, or finds what is here of it. `most` is the largest file in bytes.
///
/// # Errors
/// `NotFound` for a stranger or a place nobody asked for, `Refused` when the offer cannot be changed, `TooLarge`,
/// `Invalid` when there are too many files, or the organisation has too much unfinished.
pub fn begin(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    mut wanted: Wanted,
    most: i64,
    now: Instant,
) -> Result<Begun, AppError> {
    wanted.name = wanted.name.chars().take(NAME).collect();
    let offer = changeable(tx, by, id, now)?;
    let person = by.person_id().cloned().ok_or(AppError::Login)?;
    let call = call::store::find(tx, &offer.call)?;
    sound(&wanted, most)?;
    if let Some(here) = same(tx, id, &wanted.key, &wanted.sha256)? {
        return Ok(Begun::Here(here));
    }
    check(tx, id, &call, &wanted.key, &wanted.sha256)?;
    room::room(tx, id, &wanted.key, (&wanted.sha256, wanted.size))?;
    let all = uploads::of_organisation(tx, &offer.org)?;
    let (mine, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|u| u.offer == *id && u.key == wanted.key && u.person == person);
    let instead = mine.into_iter().next();
    if let Some(same) = instead.as_ref().filter(|there| wanted.is(there)) {
        return Ok(Begun::Coming { upload: same.clone(), instead: None });
    }
    room(&others, &wanted, most)?;
    if let Some(other) = &instead {
        uploads::delete(tx, other)?;
    }
    let upload = Unfinished {
        id: UploadId::new(),
        offer: id.clone(),
        key: wanted.key,
        person,
        name: wanted.name,
        size: wanted.size,
        sha256: wanted.sha256,
        modified: wanted.modified,
        pieces: Vec::new(),
        begun_at: now,
        touched_at: now,
        version: 0,
    };
    uploads::insert(tx, &upload)?;
    forget::plan(tx, &upload, forget::until(&upload, &offer.org, &call))?;
    Ok(Begun::Coming { upload, instead: instead.map(Box::new) })
}

fn sound(wanted: &Wanted, most: i64) -> Result<(), AppError> {
    if wanted.size > most {
        return Err(AppError::TooLarge(format!(
            "Plik jest za duży: dozwolone jest najwyżej {} MB. Podziel go albo zmniejsz i wyślij ponownie.",
            most / 1024 / 1024
        )));
    }
    let digest = wanted.sha256.is_empty() || (wanted.sha256.len() == 64 && is_hex(&wanted.sha256));
    if wanted.size < 1 || wanted.name.is_empty() || !digest {
        let why = "Wybierz plik. Nie dołączono żadnego albo jest pusty.";
        return Err(AppError::Invalid(FieldErrors::of(&wanted.key, why)));
    }
    Ok(())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// What is on its way takes room on the disk although it may never be finished.
fn room(others: &[Unfinished], wanted: &Wanted, most: i64) -> Result<(), AppError> {
    let refuse = |why: String| Err(AppError::Invalid(FieldErrors::of(&wanted.key, why)));
    let way_out = "Dokończ je albo usuń na stronach załączników ofert, a potem wyślij ten plik.";
    if others.len() >= MOST_UNFINISHED {
        return refuse(format!("Twoja organizacja ma już {MOST_UNFINISHED} niedokończonych plików. {way_out}"));
    }
    let limit = most.saturating_mul(MOST_LARGE);
    if others.iter().map(|u| u.size).fold(wanted.size, i64::saturating_add) > limit {
        let mb = limit / 1024 / 1024;
        return refuse(format!("Niedokończone pliki Twojej organizacji razem z tym przekroczyłyby {mb} MB. {way_out}"));
    }
    Ok(())
}
