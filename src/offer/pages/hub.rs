//! The page of one offer: what is done, what is missing, what it costs, what happened.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::{Case, OwnOffer};
use super::section::{Section, field_of};
use super::view::{self, CapView, Deadline, Event, Linked, MailView, Status};
use crate::error::AppError;
use crate::law::{Finding, Instant, Severity, blocks, plural, show_instant_seconds};
use crate::offer::model::OfferState;
use crate::offer::{AttachmentState, Receipt, asked, receipt, rules};
use crate::web::{Allowed, Waiting};
use crate::{audit, mail};

#[derive(Serialize)]
pub struct Task {
    label: &'static str,
    href: String,
    state: &'static str,
    tone: &'static str,
    hint: String,
}

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
}

/// `GET /oferty/{offer}`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let id = case.offer.id.clone();
    let offer = case.offer.clone();
    let (rows, letters, receipt) = ctx
        .read(move |r| Ok((audit::of_object(r, id.as_str())?, mail::of_object(r, id.as_str())?, receipt(r, &offer)?)))
        .await?;
    let hub = hub(&case, &rows, &letters, receipt, ctx.arrived);
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
        findings: view::linked(offer, &offer.content, &findings),
        cap: view::cap_view(&offer.content, &call.content),
        grant: offer.grant.to_string(),
        receipt: receipt.map(|r| ReceiptView {
            number: r.number,
            time: show_instant_seconds(r.arrived),
            hash: r.sha256,
        }),
        events: view::events(rows),
        mails: view::mails(letters),
    }
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

/// The parts of the form with their states: missing, wrong, done.
pub fn tasks(case: &Case, findings: &[Finding]) -> Vec<Task> {
    let content = &case.offer.content;
    let state = |here: &[&Finding]| {
        let blocks = |f: &&&Finding| f.severity == Severity::Block;
        let wrong = here.iter().filter(blocks).any(|f| f.rule.as_str() != "R-OFF-14");
        let missing = here.iter().filter(blocks).any(|f| f.rule.as_str() == "R-OFF-14");
        match (missing, wrong) {
            (_, true) => ("do poprawy", "error"),
            (true, false) => ("do uzupełnienia", "warn"),
            (false, false) => ("gotowe", "ok"),
        }
    };
    let org: Vec<&Finding> = findings.iter().filter(|f| f.place == "II.1").collect();
    let (said, tone) = state(&org);
    let first = Task {
        label: "Dane organizacji",
        href: format!("/konto/organizacja?org={}", case.offer.org),
        state: said,
        tone,
        hint: "część II.1 oferty; wspólne dla wszystkich ofert".into(),
    };
    let parts = Section::ALL.into_iter().map(|section| {
        let at = |f: &&Finding| field_of(content, &f.place).is_some_and(|(s, _)| s == section);
        let here: Vec<&Finding> = findings.iter().filter(at).collect();
        let (said, tone) = state(&here);
        Task {
            label: section.title(),
            href: format!("/oferty/{}/{}", case.offer.id, section.slug()),
            state: said,
            tone,
            hint: section.parts().into(),
        }
    });
    let all = std::iter::once(first).chain(parts).chain([files(case, findings)]);
    all.collect()
}

fn files(case: &Case, findings: &[Finding]) -> Task {
    let accepted = case.files.iter().filter(|a| a.state == AttachmentState::Accepted).count();
    let count = i64::try_from(accepted).unwrap_or(i64::MAX);
    let waits = findings.iter().any(|f| f.rule.as_str() == "R-OFF-20");
    let missing = findings.iter().any(|f| f.place == rules::ATTACHMENTS_PLACE);
    let (state, tone) = match (waits, missing, accepted) {
        (true, ..) => ("czeka na sprawdzenie", "warn"),
        (false, true, _) => ("do uzupełnienia", "warn"),
        (false, false, 0) if asked(&case.call.content).is_empty() => ("niewymagane", "neutral"),
        (false, false, _) => ("gotowe", "ok"),
    };
    Task {
        label: "Załączniki",
        href: format!("/oferty/{}/zalaczniki", case.offer.id),
        state,
        tone,
        hint: format!("{count} {}; każdy dodaje się osobno", plural(count, "plik", "pliki", "plików")),
    }
}
