//! Who saved which part of an offer last, by the button or by the page itself.

use super::save::{saved_part, saved_share};
use crate::audit::{self, Row};
use crate::error::AppError;
use crate::store::{OfferId, Read};

/// The deeds that save a part.
const DEEDS: [&str; 4] = ["offer.save", "offer.autosave", "offer.part", "offer.part.autosave"];

/// The last saves of an offer, one for each thing that was saved, the newest last.
///
/// # Errors
/// Those of the database.
pub fn last_saves(r: &mut Read<'_>, offer: &OfferId) -> Result<Vec<Row>, AppError> {
    audit::last_by_detail(r, offer.as_str(), &DEEDS)
}

/// The newest save of what a form of the offer stands for: a part by its title, or the part of one offeror by its name.
///
/// # Errors
/// Those of the database.
pub fn last_save(
    r: &mut Read<'_>,
    offer: &OfferId,
    title: &str,
    offeror: Option<&str>,
) -> Result<Option<Row>, AppError> {
    let saves = last_saves(r, offer)?;
    let found = match offeror {
        Some(name) => saves.iter().rev().find(|row| row.detail == saved_share(name)),
        None => last_of_part(&saves, title),
    };
    Ok(found.cloned())
}

/// The last of `saves` of the part with this title.
#[must_use]
pub fn last_of_part<'a>(saves: &'a [Row], title: &str) -> Option<&'a Row> {
    let said = saved_part(title);
    saves
        .iter()
        .rev()
        .find(|row| row.detail.strip_prefix(&said).is_some_and(|rest| rest.is_empty() || rest.starts_with(" – ")))
}
