//! The office prepares calls and looks after them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::announcement::{Announcement, mode_hint, policy_label, scope_label, week_label};
use super::form::{TABLES, content_of, fields_of};
use super::policy::{CreateCall, EditCall, OfficeCall, OfficeCalls};
use super::view::{CallRow, announced_text, deadline_text, tone, waiting};
use crate::account::Role;
use crate::audit;
use crate::call::{self, Call, CallState, Mode, rules, store};
use crate::error::AppError;
use crate::law::{CapScope, Finding, HourUnit, KPolicy, Money, Tables, WeekKind, blocks, warsaw_date};
use crate::programme::pages::kit::{Event, Fact, Shown, fact, row_numbers, row_pressed, timeline};
use crate::programme::{self, Programme};
use crate::store::tables;
use crate::web::{
    Allowed, Choice, Ctx, Doing, Fields, FindingView, Flash, Posted, Problems, Waiting, findings_view, option_list,
    sort_problems,
};

pub fn url(call: &Call) -> String {
    format!("/urzad/konkursy/{}", call.id)
}

/// The version the writer saw; a form without it cannot be ours.
pub fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}

#[derive(Serialize)]
struct ListPage {
    rows: Vec<CallRow>,
}

pub async fn list(may: Allowed<OfficeCalls>) -> Result<HttpResponse, AppError> {
    let now = may.ctx.arrived;
    let all = may.ctx.read(|r| store::all(r, false)).await?;
    let view = ListPage { rows: all.iter().map(|call| CallRow::of(call, now, true)).collect() };
    may.ctx.page("call/office_list.html", "Konkursy urzędu", &view)
}

pub async fn create(may: Allowed<CreateCall>, Posted(_): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let doing = Doing::new("call.create", "program", &id);
    let call = may.ctx.deed(doing, move |tx, who, now| call::create(tx, who, &id, now)).await?;
    let text = "Założono projekt konkursu. Uzupełnij ogłoszenie: termin, dzień wyboru i koszty z dwóch lat.";
    Ok(may.ctx.see_other(&format!("/urzad/konkursy/{call}"), Some(Flash::ok(text))))
}

/// What a call's pages read beside the call.
pub struct Sources {
    pub programme: Programme,
    tables: Tables,
    committed: Money,
    events: Vec<Event>,
}

pub async fn sources(ctx: &Ctx, call: &Call) -> Result<Sources, AppError> {
    let (id, programme) = (call.id.clone(), call.programme.clone());
    ctx.read(move |r| {
        Ok(Sources {
            committed: store::committed(r, &programme, Some(&id))?,
            programme: programme::store::find(r, &programme)?,
            tables: tables::tables(r)?,
            events: timeline(audit::of_object(r, id.as_str())?),
        })
    })
    .await
}

impl Sources {
    /// The checks of a draft, as if it were announced today; an announced call has passed them.
    pub fn findings(&self, ctx: &Ctx, call: &Call) -> Vec<Finding> {
        let today = warsaw_date(ctx.arrived);
        if call.state != CallState::Draft {
            return Vec::new();
        }
        rules::check(&call.content, &self.programme.content, today, &self.tables, self.committed)
    }

    pub fn announcement(&self, ctx: &Ctx, call: &Call) -> Announcement {
        let cap = rules::cap_on(&call.content, warsaw_date(ctx.arrived), &self.tables);
        Announcement::of(call, cap.as_ref(), ctx.arrived)
    }
}

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
        let warned = own.iter().any(|f| f.severity == crate::law::Severity::Warn);
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
    let mut facts = vec![
        Fact {
            href: format!("/urzad/programy/{}", call.programme),
            ..fact("Program", sources.programme.content.title.clone())
        },
        fact("Zasady", format!("{} – {}", call.content.rules.code, call.content.rules.name)),
        fact("Pula", call.content.elements.allocation.to_string()),
        fact("Termin składania ofert", deadline_text(call)),
    ];
    if !draft {
        facts.push(fact("Ogłoszono", announced_text(call)));
        facts.push(fact("Skrót warunków (SHA-256)", call.terms_hash.clone().unwrap_or_default()));
    }
    ShowPage {
        id: call.id.to_string(),
        version: call.version,
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        state: call.office_label(now),
        tone: tone(call, now),
        waiting: draft_waiting(draft, blocked).or_else(|| waiting(call, now)),
        draft,
        blocked,
        facts,
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
    }
}

fn draft_waiting(draft: bool, blocked: bool) -> Option<Waiting> {
    let (whose, what) = match (draft, blocked) {
        (false, _) => return None,
        (true, true) => ("pracownika merytorycznego urzędu", "Trzeba uzupełnić ogłoszenie według uwag poniżej."),
        (true, false) => ("organ", "Ogłoszenie jest gotowe; trzeba ogłosić je w trzech miejscach."),
    };
    Some(Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() })
}

#[derive(Serialize)]
struct FormPage {
    action: String,
    back: String,
    f: BTreeMap<String, String>,
    rows: BTreeMap<&'static str, Vec<usize>>,
    modes: Vec<Choice>,
    policies: Vec<Choice>,
    scopes: Vec<Choice>,
    units: Vec<Choice>,
    weeks: Vec<Choice>,
    points: Vec<Choice>,
    #[serde(flatten)]
    shown: Shown,
}

fn form_page(
    may: &Allowed<EditCall>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let view = FormPage {
        action: format!("{}/edycja", url(&may.object)),
        back: url(&may.object),
        f: fields.map(),
        rows: row_numbers(fields, &TABLES),
        modes: option_list([Mode::Entrusting, Mode::Supporting].map(|m| (m.code(), mode_hint(m)))),
        policies: option_list(
            [("full", KPolicy::Full), ("pro_rata", KPolicy::ProRata)].map(|(v, p)| (v, policy_label(p))),
        ),
        scopes: option_list(
            [("whole", CapScope::WholeGrant), ("trainers", CapScope::TrainerLines)].map(|(v, s)| (v, scope_label(s))),
        ),
        units: option_list([("60", HourUnit::Min60), ("45", HourUnit::Min45)].map(|(v, u)| (v, u.label()))),
        weeks: option_list(
            [("rolling", WeekKind::Rolling7), ("calendar", WeekKind::Calendar)].map(|(v, w)| (v, week_label(w))),
        ),
        points: option_list([
            ("1", "pkt 1 – możliwość realizacji"),
            ("2", "pkt 2 – kalkulacja kosztów"),
            ("3", "pkt 3 – jakość i kwalifikacje"),
            ("4", "pkt 4 – wkład własny (tylko wspieranie)"),
            ("5", "pkt 5 – wkład rzeczowy i osobowy"),
            ("6", "pkt 6 – wcześniej zlecone zadania"),
        ]),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Ogłoszenie konkursu" } else { "Błąd: Ogłoszenie konkursu" };
    may.ctx.page_as(status, "call/form.html", title, &view)
}

pub async fn edit(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Draft {
        return Err(AppError::forbidden("Konkurs jest ogłoszony; jego warunków nie można zmienić."));
    }
    let mut fields = fields_of(&may.object.content, warsaw_date(may.ctx.arrived));
    fields.set("version", may.object.version.to_string());
    form_page(&may, StatusCode::OK, &fields, &Problems::default())
}

pub async fn save(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if let Some(fields) = row_pressed(&form, &TABLES) {
        return form_page(&may, StatusCode::OK, &fields, &Problems::default());
    }
    let (id, seen, programme) = (may.object.id.clone(), version(&form)?, may.object.programme.clone());
    let programme = may.ctx.read(move |r| programme::store::find(r, &programme)).await?;
    let done = match content_of(&form, &may.object.content, &programme.content) {
        Ok(content) => {
            let doing = Doing::new("call.save", "konkurs", &id);
            may.ctx.deed(doing, move |tx, who, now| call::save(tx, who, &id, seen, content, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok("Zapisano projekt ogłoszenia.")))),
        Err(e) => {
            let problems = sort_problems(e)?;
            form_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems)
        }
    }
}
