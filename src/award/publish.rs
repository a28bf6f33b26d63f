//! The results are made public, and every offeror gets a letter.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::model::{Award, AwardLine, AwardState, Outcome};
use super::{rules, store};
use crate::account::{self, Actor};
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallAction, Publication};
use crate::error::AppError;
use crate::law::{Finding, Instant, show_date, warsaw_date};
use crate::mail;
use crate::offer::{self, Offer};
use crate::review::points_text;
use crate::store::{CallId, OfferId, OrgId, Read, Tx, digest, to_json};

#[derive(Serialize)]
struct Letter<'a> {
    number: &'a str,
    title: &'a str,
    call: &'a str,
    call_title: &'a str,
    result: &'a str,
    selected: bool,
    granted: String,
    asked: String,
    points: String,
    reason: &'a str,
    until: String,
    contact: &'a str,
}

/// Publishes the decision on `call`: the same three places as the announcement.
///
/// # Errors
/// `NotFound` without a decision; `Refused` without one of the three places (R-ANN-05)
/// or when the results are public already.
pub fn publish(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &CallId,
    places: Vec<Publication>,
    now: Instant,
) -> Result<(), AppError> {
    let call = call::store::find(tx, call)?;
    let award = store::of_call(tx, &call.id)?.ok_or(AppError::NotFound)?;
    if award.state == AwardState::Published {
        return Err(AppError::refused(
            Finding::block("R-ANN-05")
                .at("wyniki konkursu")
                .found("Wyniki są już ogłoszone.")
                .limit("Wyniki ogłasza się raz.")
                .basis("art. 15 ust. 2h UDPP"),
        ));
    }
    let today = warsaw_date(now);
    let mut findings = rules::check_places(&places, award.decided_at.map_or(today, warsaw_date), today);
    findings.extend(call::rules::check_hours("R-ANN-05", &places, now));
    if !findings.is_empty() {
        return Err(AppError::Refused(findings));
    }
    let mut changed = call.clone();
    changed.content.result_places.clone_from(&places);
    call::advance_with(tx, by, changed, CallAction::PublishResults, "award.publish", said(&places), now)?;
    let before = digest(&to_json(&award.content)?);
    let mut public = Award { state: AwardState::Published, published_at: Some(now), ..award };
    public.content.places = places;
    store::save(tx, &public)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "award.publish",
        object_kind: "award",
        object_id: public.id.as_str(),
        before,
        after: digest(&to_json(&public.content)?),
        detail: said(&public.content.places),
    };
    audit::append(tx, deed, now);
    write_to_offerors(tx, &call, &public, now)
}

fn said(places: &[Publication]) -> String {
    let parts: Vec<String> = places.iter().map(|p| format!("{} {}", p.place.label(), p.when())).collect();
    format!("Ogłoszono wyniki konkursu: {}", parts.join(", "))
}

/// One letter about each offer to each address of its offerors, the rejected ones too.
fn write_to_offerors(tx: &mut Tx<'_>, call: &Call, award: &Award, now: Instant) -> Result<(), AppError> {
    let until = rules::reasons_until(&award.content.places);
    for of_offer in letters_of(tx, call, award)?.chunk_by(|(one, _), (next, _)| one == next) {
        let Some((offer, _)) = of_offer.first() else { continue };
        let Some(line) = award.content.lines.iter().find(|l| l.offer == *offer) else { continue };
        let to: Vec<String> = of_offer.iter().map(|(_, to)| to.clone()).collect();
        mail::put_each(tx, &to, "award_result", offer.as_str(), &letter(call, line, until), now)?;
    }
    Ok(())
}

/// Whom the publication of the decision writes to, a letter a line: of each offer whoever may sign for one of its
/// offerors; when nobody may, the contact of the offer.
///
/// # Errors
/// Those of the database.
pub fn letters_of(r: &mut Read<'_>, call: &Call, award: &Award) -> Result<Vec<(OfferId, String)>, AppError> {
    let mut offers = offer::store::filed_in_call(r, &call.id)?;
    offers.retain(|o| award.content.lines.iter().any(|l| l.offer == o.id));
    let orgs: BTreeSet<OrgId> = offers.iter().flat_map(|o| orgs_of(o).cloned()).collect();
    let signing = account::store::signing(r, &Vec::from_iter(orgs))?;
    let mut out = Vec::new();
    for offer in &offers {
        let of =
            |org: &OrgId| signing.iter().filter(|(of, _)| of == org).map(|(_, to)| to.as_str()).collect::<Vec<_>>();
        let (mut to, contact) = (of(&offer.org), offer.content.contact.email.as_str());
        if to.is_empty() && !contact.is_empty() {
            to.push(contact);
        }
        to.extend(offer.partners().flat_map(|partner| of(&partner.org)));
        let mut told = BTreeSet::new();
        to.retain(|email| told.insert(*email));
        out.extend(to.into_iter().map(|email| (offer.id.clone(), email.to_owned())));
    }
    Ok(out)
}

fn orgs_of(offer: &Offer) -> impl Iterator<Item = &OrgId> {
    std::iter::once(&offer.org).chain(offer.partners().map(|partner| &partner.org))
}

fn letter<'a>(call: &'a Call, line: &'a AwardLine, until: Option<NaiveDate>) -> Letter<'a> {
    Letter {
        number: &line.number,
        title: &line.title,
        call: call.number(),
        call_title: &call.content.title,
        result: line.outcome.label(),
        selected: line.outcome == Outcome::Selected,
        granted: line.granted.to_string(),
        asked: line.asked.to_string(),
        points: line.mean_x100.map(points_text).unwrap_or_default(),
        reason: &line.reason,
        until: until.map(show_date).unwrap_or_default(),
        contact: &call.content.contact,
    }
}
