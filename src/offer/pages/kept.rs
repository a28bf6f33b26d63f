//! Keeping one part of the form: the same for the button, for the page that saves by itself, and for the
//! choice between two texts. A form brings the version it was filled from and the digest of its part
//! (`base`): who changed another part meanwhile is in nobody's way.

use super::forms::{fill, read};
use super::section::Section;
use super::sections::asked_by;
use crate::call;
use crate::error::{AppError, FieldErrors};
use crate::offer::joint::{part_digest, save_part_in};
use crate::offer::model::{Offer, OfferContent};
use crate::offer::store::Sealed;
use crate::offer::{Saving, edit_in};
use crate::store::{OfferId, OrgId, digest};
use crate::web::{Ctx, Doing, Fields};

/// The digest of one part (of the classes of one group, of one offeror) as it stands.
pub fn base(section: Section, content: &OfferContent, group: &str) -> String {
    if section == Section::Share {
        let org = OrgId::parse(group).ok_or(AppError::NotFound);
        return org.and_then(|org| part_digest(content, &org)).unwrap_or_default();
    }
    let mut fields = fill(section, content, group);
    if section == Section::Costs {
        // A cost says the number of its activity: who changed the activities changed what the number means.
        content.activities.iter().for_each(|a| fields.set("III.4", &*a.name));
    }
    digest(&serde_urlencoded::to_string(fields.pairs()).unwrap_or_default())
}

/// Whether the part is still as the form found it.
pub fn is_current(section: Section, form: &Fields, offer: &Offer) -> bool {
    let seen = form.text("base");
    form.text("version") == offer.version.to_string()
        || (!seen.is_empty() && seen == base(section, offer.working(), form.text("grupa")))
}

/// How fields become content: all of them or nothing, or as many as can be read.
pub type Reading = fn(Section, &Fields, &OfferContent) -> Result<(OfferContent, FieldErrors), AppError>;

/// Every field must be readable.
pub fn whole(section: Section, form: &Fields, now: &OfferContent) -> Result<(OfferContent, FieldErrors), AppError> {
    let mut content = now.clone();
    let content = read(section, form, &mut content).finish(Some(content))?;
    Ok((content, FieldErrors::new()))
}

/// Whose part a form is, by the name the log uses; nothing for the parts of the whole offer.
pub fn offeror(section: Section, form: &Fields, offer: &Offer) -> Option<String> {
    let org = OrgId::parse(form.text("grupa")).filter(|_| section == Section::Share)?;
    offer.working().joint.as_ref()?.share(&org).map(|share| share.name.clone())
}

/// Saves the part of `form`; returns the offer as it is then, and the fields that were left out. `found` is the
/// offer where the request has read it already.
///
/// # Errors
/// `Stale` when the part is newer than the form; what `reading` and the verb say.
pub async fn keep_part(
    ctx: &Ctx,
    (id, mut found): (&OfferId, Option<Sealed>),
    section: Section,
    form: &Fields,
    saving: Saving,
    reading: Reading,
) -> Result<(Offer, FieldErrors), AppError> {
    let (id, form) = (id.clone(), form.clone());
    let whose = OrgId::parse(form.text("grupa")).filter(|_| section == Section::Share);
    let doing = Doing::new(if whose.is_some() { "offer.part" } else { "offer.save" }, "offer", &id);
    ctx.work_deed(doing, move |state, who, now| {
        let mut left_out = FieldErrors::new();
        let change = |offer: &Offer| {
            if !is_current(section, &form, offer) {
                return Err(AppError::Stale);
            }
            if section.may_be_unasked() {
                asked_by(section, &state.store.read(|r| call::store::find(r, &offer.call))?)?;
            }
            let (content, errors) = reading(section, &form, offer.working())?;
            left_out = errors;
            Ok(content)
        };
        let offer = match &whose {
            Some(org) => save_part_in(&state.store, who, &id, org, saving, change, now)?,
            None => edit_in(&state.store, who, &id, found.take(), (saving, section.title()), change, now)?,
        };
        Ok((offer, left_out))
    })
    .await
}
