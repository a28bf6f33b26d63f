//! What the office reads in a dispute: every attempt to submit an offer, with what refused it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::office::office_deadline;
use super::policy::OfficeOffers;
use super::view::Deadline;
use crate::call::pages::waiting;
use crate::call::{Call, CallState, Extension};
use crate::error::AppError;
use crate::law::{Instant, plural, show_instant, warsaw};
use crate::offer::store;
use crate::offer::store::attempts::{self, Attempt};
use crate::store::{OfferId, Read};
use crate::web::{Allowed, Doing, Waiting, Watch};

/// Every form sent to the page that submits an offer is an attempt.
pub const WATCH: Watch = Watch { deed: attempted, known, budget };

fn attempted(path: &str) -> Option<Doing> {
    let id = OfferId::parse(path.strip_prefix("/oferty/")?.strip_suffix("/zlozenie")?)?;
    Some(submitting(&id))
}

/// Submitting an offer, with what makes it complete in time, never waits because a page saved too often; nor does it
/// wait for files, which come in many pieces.
fn budget(path: &str) -> &'static str {
    let Some((_, deed)) = path.strip_prefix("/oferty/").and_then(|rest| rest.split_once('/')) else { return "" };
    match deed.split('/').collect::<Vec<_>>().as_slice() {
        ["zlozenie" | "podpisane-potwierdzenie" | "wycofanie"]
        | ["uzupelnienie", ..]
        | ["partnerzy", _, "potwierdzenie"] => "submit:",
        ["zalaczniki", ..] => "files:",
        _ => "",
    }
}

/// The deed as the log names it.
pub fn submitting(id: &OfferId) -> Doing {
    Doing::new("offer.submit", "oferta", id)
}

fn known(r: &mut Read<'_>, id: &str) -> Result<bool, AppError> {
    let Some(id) = OfferId::parse(id) else { return Ok(false) };
    match store::outline(r, &id) {
        Ok(_) => Ok(true),
        Err(AppError::NotFound) => Ok(false),
        Err(e) => Err(e),
    }
}

const PAGE: i64 = 200;

#[derive(Serialize)]
struct Line {
    at: String,
    actor: String,
    org: String,
    number: String,
    what: String,
    tone: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct Pager {
    label: &'static str,
    page: i64,
    pages: i64,
    prev: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Attempts {
    call: String,
    waiting: Option<Waiting>,
    back: String,
    sealed: bool,
    /// The contest was cancelled before its offers were opened.
    never: bool,
    count: String,
    deadline: Option<Deadline>,
    exact: String,
    /// Later deadlines of single organisations, by decision.
    own: Vec<String>,
    lines: Vec<Line>,
    pager: Pager,
}

/// `GET /urzad/konkursy/{call}/proby`; before the offers are opened nothing is told.
///
/// # Errors
/// Those of the database.
pub async fn list(may: Allowed<OfficeOffers>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let sealed = !call.is_opened();
    let ended = call.is_unsealed(ctx.arrived);
    let page = ctx.asked("strona").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let id = call.id.clone();
    let ((all, refused), found) = ctx
        .read(move |r| {
            if sealed {
                return Ok(((0, 0), Vec::new()));
            }
            Ok((attempts::count(r, &id)?, attempts::of_call(r, &id, (page - 1) * PAGE, PAGE)?))
        })
        .await?;
    let own = format!("/urzad/konkursy/{}/proby", call.id);
    let pages = all.saturating_add(PAGE - 1) / PAGE;
    let to = |n: i64| (1..=pages).contains(&n).then(|| format!("{own}?strona={n}"));
    let view = Attempts {
        call: format!("{} – {}", call.number(), call.content.title),
        waiting: waiting(&call, ctx.arrived),
        back: format!("/urzad/konkursy/{}/oferty", call.id),
        sealed,
        never: call.state == CallState::Cancelled,
        count: format!("{all} {}, w tym odmów: {refused}", plural(all, "próba", "próby", "prób")),
        deadline: office_deadline(&call, ctx.arrived).filter(|_| !ended),
        exact: call.deadline_at.map(micros).unwrap_or_default(),
        own: call.extensions.iter().filter(|_| !sealed).map(own_deadline).collect(),
        lines: found.iter().map(|a| line(a, deadline_then(&call, a))).collect(),
        pager: Pager { label: "Strony prób", page, pages, prev: to(page - 1), next: to(page + 1) },
    };
    ctx.page("offer/attempts.html", "Próby złożenia oferty", &view)
}

/// The deadline that held for an attempt when it came: a decision made because of it does not make it timely.
fn deadline_then(call: &Call, a: &Attempt) -> Option<Instant> {
    call.deadline_at.max(call.extension_at(&a.org, a.at).map(|e| e.until))
}

fn own_deadline(e: &Extension) -> String {
    format!("{}: {}, decyzją z {}", e.org_name, micros(e.until), show_instant(e.at))
}

/// `14.12.2026, 23:59:59,999999`.
fn micros(at: Instant) -> String {
    warsaw(at).format("%d.%m.%Y, %H:%M:%S%.6f").to_string().replace('.', ",").replacen(',', ".", 2)
}

fn line(a: &Attempt, deadline: Option<Instant>) -> Line {
    let late = deadline.is_some_and(|end| a.at >= end);
    let (what, tone) = match (a.refused, late) {
        (false, _) if a.again => ("potwierdzenie ponownie", "info"),
        (false, _) => ("przyjęto", "ok"),
        (true, true) => ("odmowa, po terminie", "error"),
        (true, false) => ("odmowa", "warn"),
    };
    Line {
        at: micros(a.at),
        actor: a.actor.clone(),
        org: a.org_name.clone(),
        number: a.number.clone().unwrap_or_else(|| "–".into()),
        what: what.into(),
        tone,
        detail: if a.refused { reason(&a.detail) } else { a.detail.clone() },
    }
}

/// What refused it. Of rules that look at the content only their numbers are told: an offer that was not
/// submitted stays with its organisation.
fn reason(detail: &str) -> String {
    let said = detail.split_once("): ").map_or(detail, |(_, said)| said);
    let mut rules: Vec<&str> = Vec::new();
    for part in said.split("; ") {
        let rule = part.split_once(": ").map(|(rule, _)| rule).filter(|rule| rule.starts_with("R-"));
        if let Some(rule) = rule.filter(|rule| !rules.contains(rule)) {
            rules.push(rule);
        }
    }
    let of_content = |rule: &&str| !["R-OFF-TERM", "R-OFF-16"].contains(rule);
    if rules.iter().any(of_content) { format!("reguły: {}", rules.join(", ")) } else { said.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_unsubmitted_offer_says_is_not_told() {
        let said = "Odmowa (oferta): R-OFF-14: Brakuje: tytuł. (granica: ); R-OFF-10: 85 000,00 zł (granica: 80 000,00 zł); R-OFF-14: x (granica: )";
        assert_eq!(reason(said), "reguły: R-OFF-14, R-OFF-10");
        let late = "Odmowa (oferta): R-OFF-TERM: Oferta dotarła 15.12.2026, 00:00:00. (granica: Termin minął.)";
        assert_eq!(reason(late), "R-OFF-TERM: Oferta dotarła 15.12.2026, 00:00:00. (granica: Termin minął.)");
        assert_eq!(reason("Odmowa (oferta): obiekt zmieniono w międzyczasie"), "obiekt zmieniono w międzyczasie");
    }

    #[test]
    fn submitting_and_files_have_budgets_of_their_own() {
        let id = "0193b0a0-0000-7000-8000-000000000000";
        let of = |deed: &str| budget(&format!("/oferty/{id}/{deed}"));
        for deed in ["zlozenie", "podpisane-potwierdzenie", "wycofanie", &format!("partnerzy/{id}/potwierdzenie")] {
            assert_eq!(of(deed), "submit:", "{deed}");
        }
        for deed in ["zalaczniki/inne", "zalaczniki/inne/czesci", &format!("zalaczniki/czesci/{id}")] {
            assert_eq!(of(deed), "files:", "{deed}");
        }
        for deed in ["zadanie/autozapis", "obecnosc", "partnerzy", &format!("partnerzy/{id}/odmowa")] {
            assert_eq!(of(deed), "", "{deed}");
        }
        assert_eq!((budget("/oferty"), budget("/konto/haslo")), ("", ""));
    }

    #[test]
    fn the_arrival_is_told_to_the_microsecond() {
        let at: Instant = "2026-12-14T22:59:59.999999Z".parse().unwrap();
        assert_eq!(micros(at), "14.12.2026, 23:59:59,999999");
    }
}
