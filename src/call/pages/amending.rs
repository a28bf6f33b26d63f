//! A change of an announcement: what it changes, whether it opens a new term, whose move it is.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::office::url;
use super::policy::OfficeCall;
use super::prolonging::{Replaced, prolonging};
use super::view::{deadline_text, letters_text, wall_text};
use crate::account::Role;
use crate::call::rules::{AmendmentKind, FieldChange};
use crate::call::{self, Amendment, AmendmentState, Call, CallState, LONGEST_RETURN, Part, rules, store};
use crate::error::AppError;
use crate::law::{Finding, Instant, show_date_weekday, show_instant, warsaw_date};
use crate::mail::Reach;
use crate::programme::pages::conflict::Conflict;
use crate::programme::pages::kit::Shown;
use crate::web::{Allowed, Ctx, Fields, FindingView, Problems, Waiting, findings_view};

/// The page of the change of a call.
pub fn amend_url(call: &Call) -> String {
    format!("{}/zmiana", url(call))
}

#[derive(Serialize)]
struct Task {
    label: String,
    href: String,
    state: &'static str,
    tone: &'static str,
    hint: &'static str,
}

/// One line of a comparison.
#[derive(Serialize)]
pub struct Compared {
    label: String,
    before: String,
    after: String,
    /// Why it weighs what it weighs.
    weight: &'static str,
}

pub fn compared(changes: &[FieldChange]) -> Vec<Compared> {
    let said = |text: &str| if text.is_empty() { "(nie było)".to_owned() } else { text.to_owned() };
    changes
        .iter()
        .map(|c| Compared {
            label: c.label.clone(),
            before: said(&c.before),
            after: if c.after.is_empty() { "(usunięto)".to_owned() } else { c.after.clone() },
            weight: weight(c),
        })
        .collect()
}

fn weight(c: &FieldChange) -> &'static str {
    match AmendmentKind::of(std::slice::from_ref(c)) {
        AmendmentKind::NewTerm(_) => "element ogłoszenia: nowe 21 dni",
        AmendmentKind::Longer => "dłuższy termin",
        AmendmentKind::Repair if c.is_slip() => "oczywista omyłka",
        AmendmentKind::Repair | AmendmentKind::Nothing => "bez wpływu na termin",
    }
}

/// What the pages of a change read.
pub struct Draft {
    pub amendment: Option<Amendment>,
    pub findings: Vec<Finding>,
    pub four_eyes: Option<Finding>,
    pub near: Vec<call::Outage>,
    pub letters: Reach,
}

pub async fn draft(ctx: &Ctx, call: &Call) -> Result<Draft, AppError> {
    let (call, actor, now) = (call.clone(), std::sync::Arc::clone(&ctx.actor), ctx.arrived);
    ctx.read(move |r| {
        let (amendment, near) = (store::amendments::open_of(r, &call.id)?, call::near(r, &call)?);
        let Some(a) = &amendment else {
            return Ok(Draft {
                amendment: None,
                findings: Vec::new(),
                four_eyes: None,
                near,
                letters: Reach::default(),
            });
        };
        Ok(Draft {
            findings: call::check_change_near(r, &call, a, warsaw_date(now), (&near, now))?,
            four_eyes: call::four_eyes(r, &actor, &a.content.prepared_by)?,
            near,
            letters: call::reach(r, "call_amended", &call.id)?,
            amendment,
        })
    })
    .await
}

/// What a change changes.
#[derive(Serialize)]
struct Difference {
    changes: Vec<Compared>,
    kind: String,
    old_deadline: String,
    new_deadline: String,
    /// The earliest day of the deadline, where a new term opens.
    earliest: String,
}

impl Difference {
    fn of(call: &Call, a: Option<&Amendment>, now: Instant) -> Difference {
        let changes = a.map(|a| rules::changes(&call.content, &a.content.content)).unwrap_or_default();
        let kind = AmendmentKind::of(&changes);
        let wall = a.and_then(|a| a.content.content.elements.deadline);
        let earliest = wall.map(|w| rules::earliest_deadline(warsaw_date(now), w.time()));
        let new_term = matches!(kind, AmendmentKind::NewTerm(_));
        Difference {
            changes: compared(&changes),
            kind: kind.says(),
            old_deadline: deadline_text(call),
            new_deadline: wall.map(wall_text).unwrap_or_default(),
            earliest: earliest.filter(|_| new_term).map(show_date_weekday).unwrap_or_default(),
        }
    }
}

/// What the reader may do with a change.
#[derive(Serialize)]
struct Deeds {
    may_begin: bool,
    may_edit: bool,
    may_decide: bool,
    /// An outage calls for a longer deadline than the open change has.
    may_prolong: bool,
}

impl Deeds {
    fn of(ctx: &Ctx, call: &Call, d: &Draft) -> Deeds {
        let (officer, organ) = (ctx.actor.has(Role::Officer), ctx.actor.has(Role::Organ));
        let a = d.amendment.as_ref();
        let awaited = call.state == CallState::Announced;
        let prolonged = awaited && prolonging(call, a, &d.near, ctx.arrived);
        Deeds {
            may_begin: officer && a.is_none() && (call.is_open(ctx.arrived) || prolonged),
            may_edit: officer && a.is_some_and(|a| a.state == AmendmentState::Draft),
            may_decide: organ && a.is_some_and(|a| a.state == AmendmentState::Proposed),
            may_prolong: officer && a.is_some() && prolonged,
        }
    }
}

/// A change that is worked on, as its page tells it; empty where there is none.
#[derive(Serialize, Default)]
struct Open {
    amendment: String,
    version: i64,
    state: &'static str,
    writing: bool,
    prepared: String,
    reason: String,
    /// When and by whom it was given back, and why; empty otherwise.
    returned: String,
    returned_why: String,
    /// The address of the papers of the change; empty until it waits for the organ.
    papers: String,
}

impl Open {
    fn of(call: &Call, a: &Amendment) -> Open {
        let returned = a.content.returned.as_ref();
        let papers = format!("{}/ogloszenie", amend_url(call));
        Open {
            amendment: a.id.to_string(),
            version: a.version,
            state: a.state.label(),
            writing: a.state == AmendmentState::Draft,
            prepared: prepared(a),
            reason: a.content.reason.clone(),
            returned: returned.map(|r| format!("{}, {}", show_instant(r.at), r.by)).unwrap_or_default(),
            returned_why: returned.map(|r| r.reason.clone()).unwrap_or_default(),
            papers: Some(papers).filter(|_| a.state == AmendmentState::Proposed).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct AmendPage {
    id: String,
    number: String,
    title: String,
    waiting: Option<Waiting>,
    amending: bool,
    /// No change is worked on.
    none: bool,
    #[serde(flatten)]
    open: Open,
    #[serde(flatten)]
    difference: Difference,
    #[serde(flatten)]
    deeds: Deeds,
    four_eyes: Vec<FindingView>,
    near: Vec<FindingView>,
    replaced: Option<Replaced>,
    outage: String,
    tasks: Vec<Task>,
    checks: Vec<FindingView>,
    letters: String,
    longest_return: usize,
    conflict: Option<Conflict>,
    f: BTreeMap<String, String>,
    #[serde(flatten)]
    shown: Shown,
}

fn tasks(call: &Call, a: &Amendment, may_edit: bool) -> Result<Vec<Task>, AppError> {
    let mut out = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| call::may_amend(*part)) {
        let changed = part.mark(&a.content.content)? != part.mark(&call.content)?;
        let (state, tone) = if changed { ("zmienione", "info") } else { ("bez zmian", "neutral") };
        out.push(Task {
            label: if part == Part::Programme { "Nazwa i kontakt".to_owned() } else { part.title().to_owned() },
            href: if may_edit { format!("{}/{}", amend_url(call), part.slug()) } else { String::new() },
            state,
            tone,
            hint: "",
        });
    }
    Ok(out)
}

/// Whose move it is with a change.
pub fn amend_waiting(call: &Call, a: Option<&Amendment>) -> Option<Waiting> {
    let (whose, what) = match a.map(|a| a.state) {
        Some(AmendmentState::Draft) => {
            ("pracownika merytorycznego urzędu", "Przygotowuje zmianę ogłoszenia; obowiązuje dotychczasowe.")
        }
        Some(AmendmentState::Proposed) => {
            ("organ", "Zatwierdza zmianę i ogłasza ją w trzech miejscach; obowiązuje dotychczasowe ogłoszenie.")
        }
        Some(AmendmentState::Published | AmendmentState::Dropped) | None => {
            ("oferty organizacji", "Ogłoszenia nikt teraz nie zmienia.")
        }
    };
    let until = deadline_text(call);
    Some(Waiting { whose: whose.into(), what: what.into(), until, ..Waiting::default() })
}

pub(super) async fn page(
    ctx: &Ctx,
    call: &Call,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let d = draft(ctx, call).await?;
    let a = d.amendment.as_ref();
    let (deeds, organ) = (Deeds::of(ctx, call, &d), ctx.actor.has(Role::Organ));
    let near = call.deadline_at.map(|end| rules::outage::check_outages(end, &d.near, ctx.arrived));
    let view = AmendPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        waiting: amend_waiting(call, a),
        amending: a.is_some(),
        none: a.is_none(),
        open: a.map(|a| Open::of(call, a)).unwrap_or_default(),
        difference: Difference::of(call, a, ctx.arrived),
        tasks: a.map(|a| tasks(call, a, deeds.may_edit)).transpose()?.unwrap_or_default(),
        deeds,
        four_eyes: findings_view(d.four_eyes.filter(|_| organ).as_slice()),
        near: findings_view(&near.unwrap_or_default()),
        replaced: a.map(Replaced::of),
        outage: d.near.iter().max_by_key(|o| o.to).map(|o| o.id.to_string()).unwrap_or_default(),
        checks: findings_view(&d.findings),
        letters: letters_told(d.letters),
        longest_return: LONGEST_RETURN,
        conflict,
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "call/amend.html", &format!("{error}Zmiana ogłoszenia"), &view)
}

fn letters_told(letters: Reach) -> String {
    let told = letters_text(letters, "Po ogłoszeniu zmiany");
    if letters.letters == 0 { told } else { format!("{told} Kto to jest, urząd przed terminem nie wie.") }
}

pub fn prepared(a: &Amendment) -> String {
    a.content.prepared_by.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ")
}

/// `GET /urzad/konkursy/{call}/zmiana`
pub async fn show(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Announced {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &Problems::default(), None).await
}
