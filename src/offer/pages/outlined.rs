//! Who may come where requests are many: no more is read than the deed needs.

use super::policy::{CLOSED, Case, may_edit};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::offer::store::{self, Near, Outline};
use crate::store::{OfferId, Read};
use crate::web::{Decision, PathIds, Policy};

fn outline(r: &mut Read<'_>, path: &PathIds) -> Result<Outline, AppError> {
    store::outline(r, &path.id("offer", OfferId::parse)?)
}

/// A member edits a draft, or a submitted offer until the deadline; the page saves by itself.
pub struct AutosaveOffer;

impl Policy for AutosaveOffer {
    const NAME: &'static str = "offer.autosave";
    const GLANCE: bool = true;
    type Object = Near;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Near, AppError> {
        let near = store::near(r, &path.id("offer", OfferId::parse)?)?;
        if who.member_of(&near.offer().org).is_some() { Ok(near) } else { Err(AppError::NotFound) }
    }

    fn decide(_: &Actor, near: &Near, now: Instant) -> Decision {
        Decision::when(may_edit(near.offer().state, near.is_open(now)), CLOSED)
    }
}

/// The same for files, which leave the text alone.
pub struct SaveOffer;

impl Policy for SaveOffer {
    const NAME: &'static str = "offer.attach.pieces";
    const GLANCE: bool = true;
    type Object = Outline;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Outline, AppError> {
        let outline = outline(r, path)?;
        if who.member_of(&outline.org).is_some() { Ok(outline) } else { Err(AppError::NotFound) }
    }

    fn decide(_: &Actor, offer: &Outline, now: Instant) -> Decision {
        Decision::when(may_edit(offer.state, offer.is_open(now)), CLOSED)
    }
}

/// A member of the organisation that leads the offer sends it; whether it may be submitted, and by this member,
/// is decided by the deed, so that a refused attempt is in the log. More than the outline is read only to say why not.
pub struct FileOffer;

impl Policy for FileOffer {
    const NAME: &'static str = "offer.file";
    const GLANCE: bool = true;
    const MARKED: bool = false;
    type Object = Outline;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Outline, AppError> {
        let outline = outline(r, path)?;
        if who.member_of(&outline.org).is_some() {
            return Ok(outline);
        }
        match Case::own(r, who, path)?.led_by(who) {
            Decision::Yes => Ok(outline),
            Decision::No(why) => Err(AppError::Forbidden(why)),
        }
    }

    fn decide(_: &Actor, _: &Outline, _: Instant) -> Decision {
        Decision::Yes
    }
}
