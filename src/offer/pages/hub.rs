//! The page of one offer: what is done, what is missing, what it costs, what happened.

use actix_web::HttpResponse;
use serde::Serialize;

use super::confirmation::{self, ConfirmationView, confirmation_view};
use super::joint::partner_hub;
use super::policy::{Case, OwnOffer};
use super::presence::in_section;
use super::tasks::is_gap;
pub use super::tasks::{Task, tasks};
use super::view::{self, Called, CapView, Deadline, MailView, Status};
use crate::error::AppError;
use crate::law::{
    Finding, Instant, Severity, blocks, plural, show_date, show_instant, show_instant_seconds, warsaw_date,
};
use crate::offer::model::{Offer, OfferState};
use crate::offer::{Receipt, earlier, last_saves, present, receipt, store};
use crate::store::Read;
use crate::web::{Allowed, Choice, Event, FindingView, Waiting, option_list};
use crate::{audit, call, mail};

#[derive(Serialize)]
struct ReceiptView {
    number: String,
    time: String,
    hash: String,
    version: i64,
}

/// Changes of a submitted offer that are not submitted.
#[derive(Serialize)]
struct Pending {
    in_force: i64,
    since: String,
    saved: String,
    /// The deadline has passed: they stay without effect.
    lost: bool,
    /// Less than a day to the deadline.
    urgent: bool,
}

#[derive(Serialize)]
struct Hub {
    id: String,
    org: String,
    call_number: String,
    call_title: String,
    call_href: String,
    number: String,
    status: Status,
    draft: bool,
    band: String,
    /// The parts may be changed.
    may_edit: bool,
    /// There is something to submit.
    may_file: bool,
    pending: Option<Pending>,
    open: bool,
    may_withdraw: bool,
    waiting: Waiting,
    deadline: Option<Deadline>,
    /// By which decision it is later than everybody's; empty for none.
    extended: String,
    tasks: Vec<Task>,
    blocking: String,
    /// Heading over the findings: to mend, or only to know.
    remarks: &'static str,
    findings: Vec<FindingView>,
    /// Nothing was found at all.
    checked: bool,
    cap: Option<CapView>,
    grant: String,
    receipt: Option<ReceiptView>,
    confirmation: Option<ConfirmationView>,
    called: Option<Called>,
    events: Vec<Event>,
    mails: Vec<MailView>,
    version: i64,
    /// An offer of several organisations.
    joint: bool,
    /// Offers of the organisation that an untouched draft may be filled from.
    earlier: Vec<Choice>,
    /// Where the draft was copied from; empty otherwise.
    copied: String,
    /// When the announcement was changed since the offer was begun or last filed; empty otherwise.
    amended: String,
    /// The task is held as classes in groups.
    classes: bool,
}

/// `GET /oferty/{offer}`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    if !case.leads(&ctx.actor) {
        return partner_hub(&ctx, case).await;
    }
    let id = case.offer.id.clone();
    let offer = case.offer.clone();
    let (at, now) = (case.clone(), ctx.arrived);
    let (rows, letters, receipt, given, others, (here, amended, saves)) = ctx
        .read(move |r| {
            let rows = audit::of_object(r, id.as_str())?;
            let letters = mail::of_object(r, id.as_str())?;
            Ok((
                rows,
                letters,
                receipt(r, &offer)?,
                confirmation_view(r, &at, now)?,
                earlier(r, &offer)?,
                (present(r, &offer.id, now)?, amended(r, &offer)?, last_saves(r, &offer.id)?),
            ))
        })
        .await?;
    let waiting = confirmation::waiting(&case, given.as_ref(), true, now);
    let earlier = option_list(others.iter().map(|o| (o.id.to_string(), named(o))));
    let mut hub = Hub { waiting, confirmation: given, earlier, amended, ..hub(&case, &rows, &letters, receipt, now) };
    for task in &mut hub.tasks {
        task.present = in_section(&here, task.slug(), &ctx.actor);
        task.tell(&saves, now);
    }
    let title = format!("Oferta: {}", view::title_of(&case.offer));
    ctx.page("offer/hub.html", &title, &hub)
}

fn hub(case: &Case, rows: &[audit::Row], letters: &[mail::Letter], receipt: Option<Receipt>, now: Instant) -> Hub {
    let (offer, call) = (&case.offer, &case.call);
    let draft = offer.state == OfferState::Draft;
    let (may_edit, may_file) = (case.may_edit(now), case.may_file(now));
    let content = offer.working();
    let findings = if may_file { case.findings() } else { Vec::new() };
    // What is only not filled in stands with its part.
    let rest: Vec<Finding> = findings.iter().filter(|f| !is_gap(f)).cloned().collect();
    let open = case.is_open(now);
    Hub {
        id: offer.id.to_string(),
        org: case.whole().offeror_names(),
        call_number: call.number().to_owned(),
        call_title: call.content.title.clone(),
        call_href: view::call_href(call),
        number: offer.number.clone().unwrap_or_default(),
        status: view::status(offer, call),
        draft,
        band: view::open_band(offer),
        may_edit,
        may_file,
        pending: pending(case, now),
        open,
        may_withdraw: draft || (offer.state == OfferState::Submitted && open),
        waiting: view::waiting(case, now),
        deadline: view::deadline(call, &offer.org, now),
        extended: view::extended(case),
        tasks: if may_edit { tasks(case, &findings) } else { Vec::new() },
        blocking: blocking(&findings),
        remarks: if blocks(&rest) { "Co trzeba poprawić" } else { "Wynik sprawdzenia" },
        findings: view::linked(offer, content, &rest),
        checked: findings.is_empty(),
        cap: view::cap_view(content, &call.content),
        grant: offer.grant.to_string(),
        receipt: receipt.map(|r| ReceiptView {
            number: r.number,
            time: show_instant_seconds(r.arrived),
            hash: r.sha256,
            version: r.no,
        }),
        confirmation: None,
        called: view::called(offer, call, now),
        events: view::events(rows),
        mails: view::mails(letters),
        version: offer.version,
        joint: offer.is_joint(),
        earlier: Vec::new(),
        copied: if draft { copied(rows) } else { String::new() },
        amended: String::new(),
        classes: call.content.applies().classes,
    }
}

/// When the announcement was last changed, if that was after the offer was begun or last filed.
fn amended(r: &mut Read<'_>, offer: &Offer) -> Result<String, AppError> {
    let Some((_, changed)) = call::store::amendments::last_change(r, &offer.call)? else { return Ok(String::new()) };
    let since = match offer.submitted_at {
        Some(filed) => filed,
        None => store::begun_at(r, &offer.id)?,
    };
    Ok(if changed > since { show_instant(changed) } else { String::new() })
}

fn named(offer: &Offer) -> String {
    let number = offer.number.clone().unwrap_or_else(|| "bez numeru".into());
    format!("{} ({number}, {})", view::title_of(offer), show_date(warsaw_date(offer.updated_at)))
}

/// What the log says of the copy that the draft began with.
fn copied(rows: &[audit::Row]) -> String {
    let deed = rows.iter().rfind(|row| row.deed == "offer.copy" && row.object_kind == "offer");
    deed.map(|row| row.detail.clone()).unwrap_or_default()
}

fn pending(case: &Case, now: Instant) -> Option<Pending> {
    case.offer.draft.as_ref()?;
    let left = case.call.deadline_for(&case.offer.org).map(|end| end - now);
    Some(Pending {
        in_force: case.offer.frozen_no,
        since: case.offer.submitted_at.map(show_instant_seconds).unwrap_or_default(),
        saved: show_instant_seconds(case.offer.updated_at),
        lost: !case.is_open(now),
        urgent: left.is_some_and(|left| left < chrono::Duration::days(1)),
    })
}

/// `Do złożenia brakuje 3 rzeczy.`
pub fn blocking(findings: &[Finding]) -> String {
    let count = findings.iter().filter(|f| f.severity == Severity::Block).count();
    match i64::try_from(count) {
        Ok(0) => "Oferta jest kompletna i można ją złożyć.".to_owned(),
        Ok(n) => format!("Przed złożeniem trzeba poprawić {n} {}.", plural(n, "rzecz", "rzeczy", "rzeczy")),
        Err(_) => "Przed złożeniem trzeba poprawić bardzo wiele rzeczy.".to_owned(),
    }
}
