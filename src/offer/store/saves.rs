//! Saving an offer: a compare-and-set on its version, with its texts or only what stands around them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::offeror_name;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::model::Offer;
use crate::store::schema::offers;
use crate::store::{Steady, Tx, digest, naive, one, to_json};

/// What an offer says, as it is kept.
pub struct Texts {
    content: String,
    draft: Option<String>,
}

impl Texts {
    /// # Errors
    /// `Internal` for what JSON cannot hold.
    pub fn of(o: &Offer) -> Result<Texts, AppError> {
        Ok(Texts { content: to_json(&o.content)?, draft: o.draft.as_ref().map(to_json).transpose()? })
    }

    /// The SHA-256 of what is worked on.
    #[must_use]
    pub fn digest(&self) -> String {
        digest(self.draft.as_ref().unwrap_or(&self.content))
    }
}

/// What stands around the texts of an offer.
#[derive(AsChangeset)]
#[diesel(table_name = offers, treat_none_as_null = true)]
struct Around<'a> {
    number: Option<&'a str>,
    title: &'a str,
    state: &'a str,
    grant_amount: i64,
    frozen_no: i64,
    offeror_name: Option<String>,
    submitted_at: Option<NaiveDateTime>,
    supplement_by: Option<NaiveDateTime>,
    updated_at: NaiveDateTime,
    version: i64,
}

impl<'a> Around<'a> {
    fn of(o: &'a Offer, now: Instant) -> Around<'a> {
        Around {
            number: o.number.as_deref(),
            title: &o.content.title,
            state: o.state.code(),
            grant_amount: o.grant.grosze(),
            frozen_no: o.frozen_no,
            offeror_name: offeror_name(o),
            submitted_at: o.submitted_at.map(naive),
            supplement_by: o.supplement_by.map(naive),
            updated_at: naive(now),
            version: o.version + 1,
        }
    }
}

/// Saves everything of an offer; `o.version` is the one the writer saw. Returns the digest of what is worked on.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save(tx: &mut Tx<'_>, o: &Offer, now: Instant) -> Result<String, AppError> {
    let texts = Texts::of(o)?;
    let sealed = texts.digest();
    save_texts(tx, o, texts, now)?;
    Ok(sealed)
}

/// [`save`] with texts that were made before.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save_texts(tx: &mut Tx<'_>, o: &Offer, texts: Texts, now: Instant) -> Result<(), AppError> {
    let saved = diesel::update(offers::table).filter(offers::id.eq(&o.id)).filter(offers::version.eq(o.version)).set((
        Around::of(o, now),
        offers::content.eq(texts.content),
        offers::draft.eq(texts.draft),
    ));
    one(Steady(saved).execute(tx.conn()))
}

/// [`save`] of an offer whose texts stay as they are kept.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile.
pub fn save_around(tx: &mut Tx<'_>, o: &Offer, now: Instant) -> Result<(), AppError> {
    let saved = diesel::update(offers::table)
        .filter(offers::id.eq(&o.id))
        .filter(offers::version.eq(o.version))
        .set(Around::of(o, now));
    one(Steady(saved).execute(tx.conn()))
}
