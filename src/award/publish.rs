//! The results are made public, and every offeror gets a letter.

use std::collections::{BTreeMap, BTreeSet};

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
    call: &'a str,
    call_title: &'a str,
    /// The results in a few words, for the subject.
    about: String,
    offers: Vec<OfferResult<'a>>,
    selected: bool,
    until: String,
    contact: &'a str,
}

/// What was decided about one offer.
#[derive(Serialize)]
struct OfferResult<'a> {
    number: &'a str,
    title: &'a str,
    result: &'a str,
    selected: bool,
    granted: String,
    asked: String,
    points: String,
    reason: &'a str,
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

/// One letter to each address, about every offer whose result concerns it, the rejected ones too.
fn write_to_offerors(tx: &mut Tx<'_>, call: &Call, award: &Award, now: Instant) -> Result<(), AppError> {
    let until = rules::reasons_until(&award.content.places);
    let lines = &award.content.lines;
    let mut alike: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
    for (to, offers) in letters_of(tx, call, award)? {
        let told = lines.iter().enumerate().filter(|(_, line)| offers.contains(&line.offer));
        alike.entry(told.map(|(at, _)| at).collect()).or_default().push(to);
    }
    for (told, to) in alike {
        let of: Vec<&AwardLine> = told.iter().filter_map(|at| lines.get(*at)).collect();
        // The letter stands with the first of its offers, whose page shows when it went.
        let Some(first) = of.first() else { continue };
        mail::put_each(tx, &to, "award_result", first.offer.as_str(), &letter(call, of, until), now)?;
    }
    Ok(())
}

/// Whom the publication of the decision writes to, each once, with the offers the letter is about: whoever may sign
/// for one of the offerors of an offer; when nobody may, the contact of the offer.
///
/// # Errors
/// Those of the database.
pub fn letters_of(r: &mut Read<'_>, call: &Call, award: &Award) -> Result<BTreeMap<String, Vec<OfferId>>, AppError> {
    let mut offers = offer::store::filed_in_call(r, &call.id)?;
    offers.retain(|o| award.content.lines.iter().any(|l| l.offer == o.id));
    let orgs: BTreeSet<OrgId> = offers.iter().flat_map(|o| orgs_of(o).cloned()).collect();
    let signing = account::store::signing(r, &Vec::from_iter(orgs))?;
    let mut out: BTreeMap<String, Vec<OfferId>> = BTreeMap::new();
    for offer in &offers {
        let of =
            |org: &OrgId| signing.iter().filter(|(of, _)| of == org).map(|(_, to)| to.as_str()).collect::<Vec<_>>();
        let (mut to, contact) = (of(&offer.org), offer.content.contact.email.as_str());
        if to.is_empty() && !contact.is_empty() {
            to.push(contact);
        }
        to.extend(offer.partners().flat_map(|partner| of(&partner.org)));
        for email in BTreeSet::from_iter(to) {
            out.entry(email.to_owned()).or_default().push(offer.id.clone());
        }
    }
    Ok(out)
}

fn orgs_of(offer: &Offer) -> impl Iterator<Item = &OrgId> {
    std::iter::once(&offer.org).chain(offer.partners().map(|partner| &partner.org))
}

fn letter<'a>(call: &'a Call, lines: Vec<&'a AwardLine>, until: Option<NaiveDate>) -> Letter<'a> {
    let offers: Vec<OfferResult<'_>> = lines.into_iter().map(of_line).collect();
    Letter {
        call: call.number(),
        call_title: &call.content.title,
        about: about(&offers),
        selected: offers.iter().any(|offer| offer.selected),
        offers,
        until: until.map(show_date).unwrap_or_default(),
        contact: &call.content.contact,
    }
}

fn about(offers: &[OfferResult<'_>]) -> String {
    let said: Vec<String> = offers.iter().map(|o| format!("oferta {} – {}", o.number, o.result)).collect();
    if said.len() > 3 { format!("wyniki {} ofert", said.len()) } else { said.join(", ") }
}

fn of_line(line: &AwardLine) -> OfferResult<'_> {
    OfferResult {
        number: &line.number,
        title: &line.title,
        result: line.outcome.label(),
        selected: line.outcome == Outcome::Selected,
        granted: line.granted.to_string(),
        asked: line.asked.to_string(),
        points: line.mean_x100.map(points_text).unwrap_or_default(),
        reason: &line.reason,
    }
}
