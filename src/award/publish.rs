//! The results are made public, and every offeror gets a letter.

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
use crate::offer;
use crate::review::points_text;
use crate::store::{CallId, OrgId, Tx, digest, to_json};

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

/// One letter to each address of an offeror, the rejected ones too.
fn write_to_offerors(tx: &mut Tx<'_>, call: &Call, award: &Award, now: Instant) -> Result<(), AppError> {
    let until = rules::reasons_until(&award.content.places);
    for offer in offer::store::filed_in_call(tx, &call.id)? {
        let Some(line) = award.content.lines.iter().find(|l| l.offer == offer.id) else { continue };
        let mut to = addresses(tx, &offer.org, &offer.content.contact.email)?;
        for partner in offer.partners() {
            let more = addresses(tx, &partner.org, "")?;
            to.extend(more.into_iter().filter(|email| !to.contains(email)).collect::<Vec<_>>());
        }
        mail::put_each(tx, &to, "award_result", offer.id.as_str(), &letter(call, line, until), now)?;
    }
    Ok(())
}

/// Who may sign for the organisation; when nobody may, the contact of the offer.
fn addresses(tx: &mut Tx<'_>, org: &OrgId, contact: &str) -> Result<Vec<String>, AppError> {
    let members = account::store::members(tx, org)?;
    let mut out: Vec<String> =
        members.into_iter().filter(|(p, role)| p.active && role.signs()).map(|(p, _)| p.email).collect();
    if out.is_empty() && !contact.is_empty() {
        out.push(contact.to_owned());
    }
    Ok(out)
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
