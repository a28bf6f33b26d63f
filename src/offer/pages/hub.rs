//! The page of one offer: what is done, what is missing, what it costs, what happened.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::{Case, OwnOffer};
pub use super::tasks::{Task, tasks};
use super::view::{self, CapView, Deadline, Event, Linked, MailView, Status};
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity, blocks, plural, show_date, show_instant_seconds, warsaw_date};
use crate::offer::model::{Offer, OfferState};
use crate::offer::{Receipt, earlier, receipt};
use crate::web::{Allowed, Choice, Waiting, option_list};
use crate::{audit, mail};

#[derive(Serialize)]
struct ReceiptView {
    number: String,
    time: String,
    hash: String,
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
    open: bool,
    may_withdraw: bool,
    waiting: Waiting,
    deadline: Option<Deadline>,
    tasks: Vec<Task>,
    blocking: String,
    /// Heading over the findings: to mend, or only to know.
    remarks: &'static str,
    findings: Vec<Linked>,
    cap: Option<CapView>,
    grant: String,
    receipt: Option<ReceiptView>,
    events: Vec<Event>,
    mails: Vec<MailView>,
    version: i64,
    /// Offers of the organisation that an untouched draft may be filled from.
    earlier: Vec<Choice>,
    /// Where the draft was copied from; empty otherwise.
    copied: String,
}

/// `GET /oferty/{offer}`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let id = case.offer.id.clone();
    let offer = case.offer.clone();
    let (rows, letters, receipt, others) = ctx
        .read(move |r| {
            let rows = audit::of_object(r, id.as_str())?;
            Ok((rows, mail::of_object(r, id.as_str())?, receipt(r, &offer)?, earlier(r, &offer)?))
        })
        .await?;
    let mut hub = hub(&case, &rows, &letters, receipt, ctx.arrived);
    hub.earlier = option_list(others.iter().map(|o| (o.id.to_string(), named(o))));
    let title = format!("Oferta: {}", view::title_of(&case.offer));
    ctx.page("offer/hub.html", &title, &hub)
}

fn hub(case: &Case, rows: &[audit::Row], letters: &[mail::Letter], receipt: Option<Receipt>, now: Instant) -> Hub {
    let (offer, call) = (&case.offer, &case.call);
    let draft = offer.state == OfferState::Draft;
    let findings = if draft { case.findings() } else { Vec::new() };
    let open = call.is_open(now);
    Hub {
        id: offer.id.to_string(),
        org: offer.org_name.clone(),
        call_number: call.number().to_owned(),
        call_title: call.content.title.clone(),
        call_href: format!("/konkursy/{}", call.id),
        number: offer.number.clone().unwrap_or_default(),
        status: view::status(offer, call),
        draft,
        open,
        may_withdraw: draft || (offer.state == OfferState::Submitted && open),
        waiting: view::waiting(case, now),
        deadline: view::deadline(call, now),
        tasks: if draft { tasks(case, &findings) } else { Vec::new() },
        blocking: blocking(&findings),
        remarks: if blocks(&findings) { "Co trzeba poprawić" } else { "Wynik sprawdzenia" },
        findings: view::linked(offer, offer.working(), &findings),
        cap: view::cap_view(offer.working(), &call.content),
        grant: offer.grant.to_string(),
        receipt: receipt.map(|r| ReceiptView {
            number: r.number,
            time: show_instant_seconds(r.arrived),
            hash: r.sha256,
        }),
        events: view::events(rows),
        mails: view::mails(letters),
        version: offer.version,
        earlier: Vec::new(),
        copied: if draft { copied(rows) } else { String::new() },
    }
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

/// `Do złożenia brakuje 3 rzeczy.`
pub fn blocking(findings: &[Finding]) -> String {
    let count = findings.iter().filter(|f| f.severity == Severity::Block).count();
    match i64::try_from(count) {
        Ok(0) => "Oferta jest kompletna i można ją złożyć.".to_owned(),
        Ok(n) => format!("Przed złożeniem trzeba poprawić {n} {}.", plural(n, "rzecz", "rzeczy", "rzeczy")),
        Err(_) => "Przed złożeniem trzeba poprawić bardzo wiele rzeczy.".to_owned(),
    }
}
