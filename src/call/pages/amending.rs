//! A change of an announcement: what it changes, whether it opens a new term, whose move it is.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::office::{url, version};
use super::policy::{AnnounceCall, EditCall, OfficeCall};
use super::prolonging::{Replaced, prolonging};
use super::view::{deadline_text, wall_text};
use crate::account::{Actor, Role};
use crate::call::rules::{AmendmentKind, FieldChange};
use crate::call::{self, Amendment, AmendmentState, Call, CallState, Cause, Part, rules, store};
use crate::error::AppError;
use crate::law::{Finding, blocks, show_date_weekday, warsaw_date};
use crate::programme::pages::kit::Shown;
use crate::store::{AmendmentId, OutageId, Tx};
use crate::web::{
    Allowed, Ctx, Doing, Fields, FindingView, Flash, Posted, Problems, Waiting, findings_view, sort_problems,
};

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
    /// How many letters go to how many people.
    pub letters: String,
}

pub async fn draft(ctx: &Ctx, call: &Call) -> Result<Draft, AppError> {
    let (call, actor, now) = (call.clone(), std::sync::Arc::clone(&ctx.actor), ctx.arrived);
    ctx.read(move |r| {
        let (amendment, near) = (store::amendments::open_of(r, &call.id)?, call::near(r, &call)?);
        let Some(a) = &amendment else {
            return Ok(Draft { amendment: None, findings: Vec::new(), four_eyes: None, near, letters: String::new() });
        };
        Ok(Draft {
            findings: call::check_change_near(r, &call, a, warsaw_date(now), (&near, now))?,
            four_eyes: call::four_eyes(r, &actor, &a.content.prepared_by)?,
            near,
            letters: call::reach(r, "call_amended", &call.id)?.text(),
            amendment,
        })
    })
    .await
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
    writing: bool,
    proposed: bool,
    may_begin: bool,
    may_edit: bool,
    may_decide: bool,
    four_eyes: Vec<FindingView>,
    near: Vec<FindingView>,
    /// An outage calls for a longer deadline than the open change has.
    may_prolong: bool,
    replaced: Option<Replaced>,
    outage: String,
    version: i64,
    amendment: String,
    state: &'static str,
    tasks: Vec<Task>,
    changes: Vec<Compared>,
    kind: String,
    new_term: bool,
    old_deadline: String,
    new_deadline: String,
    earliest: String,
    checks: Vec<FindingView>,
    blocked: bool,
    prepared: String,
    reason: String,
    letters: String,
    /// The address of the papers of the change; empty until it waits for the organ.
    papers: String,
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

async fn page(
    ctx: &Ctx,
    call: &Call,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let d = draft(ctx, call).await?;
    let (officer, organ) = (ctx.actor.has(Role::Officer), ctx.actor.has(Role::Organ));
    let a = d.amendment.as_ref();
    let changes = a.map(|a| rules::changes(&call.content, &a.content.content)).unwrap_or_default();
    let kind = AmendmentKind::of(&changes);
    let writing = a.is_some_and(|a| a.state == AmendmentState::Draft);
    let proposed = a.is_some_and(|a| a.state == AmendmentState::Proposed);
    let wall = a.and_then(|a| a.content.content.elements.deadline);
    let new_term = matches!(kind, AmendmentKind::NewTerm(_));
    let earliest = wall.map(|w| rules::earliest_deadline(warsaw_date(ctx.arrived), w.time()));
    let (end, now) = (call.deadline_at, ctx.arrived);
    let prolonged = prolonging(call, a, &d.near, now);
    let view = AmendPage {
        id: call.id.to_string(),
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        waiting: amend_waiting(call, a),
        amending: a.is_some(),
        none: a.is_none(),
        writing,
        proposed,
        may_begin: officer && a.is_none() && (call.is_open(now) || prolonged),
        may_edit: officer && writing,
        may_decide: organ && proposed,
        four_eyes: d.four_eyes.iter().filter(|_| organ).flat_map(|f| findings_view(std::slice::from_ref(f))).collect(),
        near: findings_view(&end.map(|end| rules::outage::check_outages(end, &d.near, now)).unwrap_or_default()),
        may_prolong: officer && a.is_some() && prolonged,
        replaced: a.map(Replaced::of),
        outage: d.near.iter().max_by_key(|o| o.to).map(|o| o.id.to_string()).unwrap_or_default(),
        version: a.map_or(0, |a| a.version),
        amendment: a.map(|a| a.id.to_string()).unwrap_or_default(),
        state: a.map_or("", |a| a.state.label()),
        tasks: a.map(|a| tasks(call, a, officer && writing)).transpose()?.unwrap_or_default(),
        changes: compared(&changes),
        kind: kind.says(),
        new_term,
        old_deadline: deadline_text(call),
        new_deadline: wall.map(wall_text).unwrap_or_default(),
        earliest: earliest.filter(|_| new_term).map(show_date_weekday).unwrap_or_default(),
        checks: findings_view(&d.findings),
        blocked: blocks(&d.findings),
        prepared: a.map(prepared).unwrap_or_default(),
        reason: a.map(|a| a.content.reason.clone()).unwrap_or_default(),
        letters: d.letters,
        papers: if proposed { format!("{}/ogloszenie", amend_url(call)) } else { String::new() },
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "call/amend.html", &format!("{error}Zmiana ogłoszenia"), &view)
}

pub fn prepared(a: &Amendment) -> String {
    a.content.prepared_by.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ")
}

/// `GET /urzad/konkursy/{call}/zmiana`
pub async fn show(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    if may.object.state != CallState::Announced {
        return Ok(may.ctx.see_other(&url(&may.object), None));
    }
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &Problems::default()).await
}

/// `POST /urzad/konkursy/{call}/zmiana`: begins one; after an outage or a missing notice its deadline and reason
/// are there already. A form that names the open change gives that one up first.
pub async fn begin(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let cause = match form.text("outage") {
        "" if form.text("cause") == "missing" => Cause::Missing,
        "" => Cause::Own,
        text => Cause::Outage(OutageId::parse(text).ok_or(AppError::NotFound)?),
    };
    let open = if form.text("amendment").is_empty() { None } else { Some((amendment_of(&form)?, version(&form)?)) };
    let (doing, prefilled) = (Doing::new("call.amend.begin", "konkurs", &id), cause != Cause::Own);
    let begun = move |tx: &mut Tx<'_>, who: &Actor, now| {
        // One deed: the open change is given up only together with the beginning of the new one.
        open.iter().try_for_each(|(open, seen)| call::drop_amendment(tx, who, open, *seen, now))?;
        call::begin_amendment(tx, who, &id, &cause, now)
    };
    may.ctx.deed(doing, begun).await?;
    let text = if prefilled {
        "Przygotowano dłuższy termin z powodem. Sprawdź go i przekaż organowi."
    } else {
        "Zaczęto zmianę. Ogłoszenie zmieni się dopiero, gdy ogłosi ją organ."
    };
    Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok(text))))
}

/// The change that a form is about.
pub fn amendment_of(form: &Fields) -> Result<AmendmentId, AppError> {
    AmendmentId::parse(form.text("amendment")).ok_or(AppError::Stale)
}

/// `POST /urzad/konkursy/{call}/zmiana/wniosek`
pub async fn propose(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen, reason) = (amendment_of(&form)?, version(&form)?, form.text("reason").to_owned());
    let doing = Doing::new("call.amend.propose", "konkurs", &may.object.id);
    let done = may.ctx.deed(doing, move |tx, who, now| call::propose_amendment(tx, who, &id, seen, &reason, now)).await;
    match done {
        Ok(()) => {
            let text = "Przekazano zmianę organowi. Do jej ogłoszenia obowiązuje dotychczasowe ogłoszenie.";
            Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, &may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems).await
        }
    }
}

/// `POST /urzad/konkursy/{call}/zmiana/zwrot`
pub async fn give_back(may: Allowed<AnnounceCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (amendment_of(&form)?, version(&form)?);
    let doing = Doing::new("call.amend.return", "konkurs", &may.object.id);
    may.ctx.deed(doing, move |tx, who, now| call::return_amendment(tx, who, &id, seen, now)).await?;
    Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok("Zwrócono zmianę do poprawy."))))
}

/// `POST /urzad/konkursy/{call}/zmiana/porzucenie`
pub async fn give_up(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (amendment_of(&form)?, version(&form)?);
    let doing = Doing::new("call.amend.drop", "konkurs", &may.object.id);
    may.ctx.deed(doing, move |tx, who, now| call::drop_amendment(tx, who, &id, seen, now)).await?;
    let text = "Porzucono zmianę. Ogłoszenie zostaje takie, jakie jest.";
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}
