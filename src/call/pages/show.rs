//! The office's page of one call: what is ready, what blocks, what comes next.

use actix_web::HttpResponse;
use serde::Serialize;

use super::announcement::Announcement;
use super::office::{Sources, sources, url};
use super::policy::OfficeCall;
use super::view::{announced_text, deadline_text, tone, waiting};
use crate::account::Role;
use crate::call::{Call, CallState, rules};
use crate::error::AppError;
use crate::law::{Finding, Severity, blocks};
use crate::programme::pages::kit::{Event, Fact, fact};
use crate::web::{Allowed, Ctx, FindingView, Waiting, findings_view};

#[derive(Serialize)]
struct Task {
    label: &'static str,
    href: String,
    state: &'static str,
    tone: &'static str,
    hint: String,
}

/// The parts of the announcement, each with its state.
fn tasks(call: &Call, findings: &[Finding]) -> Vec<Task> {
    let edit = format!("{}/edycja", url(call));
    let part = |label: &'static str, anchor: &str, rules: &[&str]| {
        let own: Vec<&Finding> =
            findings.iter().filter(|f| rules.iter().any(|r| f.rule.as_str().starts_with(r))).collect();
        let blocking = own.iter().filter(|f| rules::is_blocking(f)).count();
        let warned = own.iter().any(|f| f.severity == Severity::Warn);
        let (state, tone) = match (blocking, warned) {
            (0, false) => ("gotowe", "ok"),
            (0, true) => ("do sprawdzenia", "warn"),
            (_, _) => ("do uzupełnienia", "error"),
        };
        Task { label, href: format!("{edit}#{anchor}"), state, tone, hint: String::new() }
    };
    let mut out = vec![
        part("Siedem elementów ogłoszenia", "task", &["R-ANN"]),
        part("Karta oceny", "criteria", &["R-CRIT", "R-MODE-01"]),
        part("Warunki dotacji i limit stawki", "policy", &["R-CAP", "R-TAB", "R-HRS"]),
        part("Podstawa prawna", "other_who", &["R-LAW", "R-MODE-03"]),
    ];
    let mut programme = part("Program, opinia rady, OPS i plan środków", "", &["R-PRE"]);
    programme.href = format!("/urzad/programy/{}", call.programme);
    out.push(programme);
    out.push(Task {
        label: "Publikacja w trzech miejscach",
        href: format!("{}/ogloszenie", url(call)),
        state: "przed ogłoszeniem",
        tone: "neutral",
        hint: "Zapisuje ją organ, gdy ogłasza konkurs.".to_owned(),
    });
    out
}

#[derive(Serialize)]
struct ShowPage {
    id: String,
    version: i64,
    number: String,
    title: String,
    state: &'static str,
    tone: &'static str,
    waiting: Option<Waiting>,
    draft: bool,
    blocked: bool,
    facts: Vec<Fact>,
    tasks: Vec<Task>,
    findings: Vec<FindingView>,
    a: Announcement,
    events: Vec<Event>,
    may_edit: bool,
    may_announce: bool,
    may_open: bool,
    may_cancel: bool,
    may_close: bool,
    next: Vec<Step>,
}

/// A page of a later stage.
#[derive(Serialize)]
struct Step {
    label: &'static str,
    href: String,
}

/// The pages that open in this state, in the order of the procedure.
fn steps(call: &Call) -> Vec<Step> {
    let judged = matches!(call.state, CallState::Review | CallState::Decided | CallState::Published);
    let decided = matches!(call.state, CallState::Decided | CallState::Published);
    let office = |tail: &str| format!("/urzad/konkursy/{}/{tail}", call.id);
    [
        (true, "Oferty", office("oferty")),
        (true, "Komisja", office("komisja")),
        (judged, "Oceny formalne", office("oceny-formalne")),
        (judged, "Ranking i rozstrzygnięcie", office("rozstrzygniecie")),
        (decided, "Wyniki", office("wyniki")),
        (call.state == CallState::Published, "Umowy", office("umowy")),
        (true, "Strona publiczna konkursu", format!("/konkursy/{}", call.id)),
    ]
    .into_iter()
    .filter(|(opens, ..)| *opens)
    .map(|(_, label, href)| Step { label, href })
    .collect()
}

pub async fn show(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    let sources = sources(&may.ctx, &may.object).await?;
    let view = show_page(&may.ctx, &may.object, sources);
    let title =
        if may.object.number.is_some() { format!("Konkurs {}", view.number) } else { "Projekt konkursu".to_owned() };
    may.ctx.page("call/office_show.html", &title, &view)
}

fn show_page(ctx: &Ctx, call: &Call, sources: Sources) -> ShowPage {
    let (now, actor) = (ctx.arrived, &ctx.actor);
    let findings = sources.findings(ctx, call);
    let draft = call.state == CallState::Draft;
    let unsealed = call.is_unsealed(now);
    let blocked = blocks(&findings);
    ShowPage {
        id: call.id.to_string(),
        version: call.version,
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        state: call.office_label(now),
        tone: tone(call, now),
        waiting: draft_waiting(call, &findings).or_else(|| waiting(call, now)),
        draft,
        blocked,
        facts: facts(call, &sources),
        tasks: if draft { tasks(call, &findings) } else { Vec::new() },
        findings: findings_view(&findings),
        a: sources.announcement(ctx, call),
        events: sources.events,
        may_edit: draft && actor.has(Role::Officer),
        may_announce: draft && actor.has(Role::Organ),
        may_open: call.state == CallState::Announced && unsealed && actor.has_any(&[Role::Officer, Role::Organ]),
        may_cancel: unsealed
            && matches!(call.state, CallState::Announced | CallState::Review)
            && actor.has(Role::Organ),
        may_close: ctx.state.demo && call.is_open(now) && actor.has(Role::Officer),
        next: steps(call),
    }
}

fn facts(call: &Call, sources: &Sources) -> Vec<Fact> {
    let mut facts = vec![
        Fact {
            href: format!("/urzad/programy/{}", call.programme),
            ..fact("Program", sources.programme.content.title.clone())
        },
        fact("Zasady", format!("{} – {}", call.content.rules.code, call.content.rules.name)),
        fact("Pula", call.content.elements.allocation.to_string()),
        fact("Termin składania ofert", deadline_text(call)),
    ];
    if call.state != CallState::Draft {
        facts.push(fact("Ogłoszono", announced_text(call)));
        facts.push(fact("Skrót warunków (SHA-256)", call.terms_hash.clone().unwrap_or_default()));
    }
    facts
}

/// Whose move it is before the announcement.
pub fn draft_waiting(call: &Call, findings: &[Finding]) -> Option<Waiting> {
    let (whose, what) = match (call.state == CallState::Draft, blocks(findings)) {
        (false, _) => return None,
        (true, true) => ("pracownika merytorycznego urzędu", "Trzeba uzupełnić ogłoszenie według uwag poniżej."),
        (true, false) => ("organ", "Ogłoszenie jest gotowe; trzeba ogłosić je w trzech miejscach."),
    };
    Some(Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() })
}
