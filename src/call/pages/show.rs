//! The office's page of one call: what is ready, what blocks, what comes next.

use actix_web::HttpResponse;
use serde::Serialize;

use super::announcement::Announcement;
use super::announcing::closes_early;
use super::extended::{self, Extended};
use super::office::url;
use super::policy::OfficeCall;
use super::prolonging::Replaced;
use super::question_list::WaitingQuestions;
use super::registering::{ChangeView, changes_view};
use super::sources::{Sources, sources};
use super::steps::own;
use super::tasks::{Task, tasks};
use super::view::{announced_text, approved_text, deadline_text, draft_waiting, tone, waiting};
use crate::account::Role;
use crate::call::rules::outage::{check_later, check_outages};
use crate::call::{Call, CallState, Part, rules};
use crate::error::AppError;
use crate::law::{Finding, blocks};
use crate::web::{Allowed, Ctx, Event, Fact, FindingView, Waiting, fact, findings_view, linked_findings};

/// Findings with the step that mends each.
fn linked(call: &Call, findings: &[Finding], may_edit: bool) -> Vec<FindingView> {
    linked_findings(findings, |f| {
        let part = Part::of_finding(f).filter(|_| may_edit);
        part.map(|part| format!("{}/{}", url(call), part.slug())).unwrap_or_default()
    })
}

/// What a copied draft must have looked at again.
fn look_again(call: &Call) -> Vec<Step> {
    let parts = [
        ("Nazwa, kontakt i to, czy potrzebna jest inna podstawa prawna", Part::Programme),
        ("Opinia rady, OPS i porozumienia dla nowego roku", Part::Preconditions),
        ("Środki, termin składania ofert, dzień wyboru i koszty z dwóch lat", Part::Elements),
        ("Element 4: napisano go na nowo z programu", Part::Elements),
        ("Elementy 1 i 3: przy innych zasadach niż we wzorze napisano je na nowo", Part::Elements),
        ("Tryb, wielkość grupy i oświadczenia oferenta", Part::Terms),
        ("Program współpracy na nowy rok w regulaminie komisji", Part::Committee),
    ];
    parts.map(|(label, part)| Step { label, href: format!("{}/{}", url(call), part.slug()) }).into_iter().collect()
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
    questions: Option<WaitingQuestions>,
    draft: bool,
    blocked: bool,
    test: bool,
    copied_from: String,
    look_again: Vec<Step>,
    first_open: String,
    facts: Vec<Fact>,
    tasks: Vec<Task>,
    findings: Vec<FindingView>,
    a: Announcement,
    events: Vec<Event>,
    #[serde(flatten)]
    approval: ApprovalView,
    #[serde(flatten)]
    deeds: Deeds,
    #[serde(flatten)]
    after: AfterView,
    next: Vec<Step>,
    /// The office may open scans.
    office: bool,
}

/// How far the approval of a draft is.
#[derive(Serialize)]
struct ApprovalView {
    /// Who approved the text of the draft and when; empty while nobody did.
    approved: String,
    /// Why an earlier approval holds no more.
    lapsed: Vec<FindingView>,
    /// Why the reader may not approve it.
    four_eyes: Vec<FindingView>,
    /// The address of the papers without its ending; empty while there are none.
    papers: String,
}

impl ApprovalView {
    fn of(ctx: &Ctx, call: &Call, sources: &Sources) -> ApprovalView {
        let (draft, approved) = (call.state == CallState::Draft, is_approved(call, sources));
        let four_eyes = sources.four_eyes.clone().filter(|_| ctx.actor.has(Role::Organ) && !approved);
        let papers = format!("{}/ogloszenie", url(call));
        ApprovalView {
            approved: if draft && approved { approved_text(call) } else { String::new() },
            lapsed: findings_view(sources.lapsed.as_slice()),
            four_eyes: findings_view(four_eyes.as_slice()),
            papers: Some(papers).filter(|_| !draft || approved).unwrap_or_default(),
        }
    }
}

/// The text was approved and nothing took that back.
fn is_approved(call: &Call, sources: &Sources) -> bool {
    call.content.approval.is_some() && sources.lapsed.is_none()
}

/// What the reader may do with the call now.
#[derive(Serialize)]
struct Deeds {
    may_edit: bool,
    may_announce: bool,
    /// May record the places of an approved text.
    may_publish: bool,
    may_open: bool,
    may_cancel: bool,
    may_close: bool,
    may_rehearse: bool,
    may_copy: bool,
    may_prolong: bool,
    may_extend: bool,
    /// Why the organ may give no organisation a later deadline any more; empty while it may.
    extend_closed: String,
    amend_href: String,
    amend_label: &'static str,
}

impl Deeds {
    fn of(ctx: &Ctx, call: &Call, sources: &Sources) -> Deeds {
        let now = ctx.arrived;
        let (officer, organ) = (ctx.actor.has(Role::Officer), ctx.actor.has(Role::Organ));
        let (draft, approved) = (call.state == CallState::Draft, is_approved(call, sources));
        let (open, unsealed) = (call.is_open(now), call.is_unsealed(now));
        let extended = call.running_extension(now).is_some();
        let amending = sources.later.amending.is_some();
        let amendable = amending || (officer && open);
        Deeds {
            may_edit: draft && officer,
            may_announce: draft && organ && sources.four_eyes.is_none() && !approved,
            may_publish: draft && approved && (officer || organ),
            may_copy: officer,
            may_open: call.state == CallState::Announced && unsealed && (officer || organ),
            may_cancel: (unsealed || !call.content.reservation.trim().is_empty())
                && matches!(call.state, CallState::Announced | CallState::Review)
                && organ,
            may_close: closes_early(ctx, call) && open && !extended && officer,
            may_rehearse: call.content.test && (open || extended) && (officer || organ),
            may_extend: call.may_extend(now) && organ,
            extend_closed: if organ { extended::closed(call, now) } else { String::new() },
            may_prolong: officer && sources.later.prolongs(call, now),
            amend_href: if amendable { format!("{}/zmiana", url(call)) } else { String::new() },
            amend_label: if amending { "Przejdź do zmiany ogłoszenia" } else { "Zmień ogłoszenie albo termin" },
        }
    }
}

/// What became of the announcement after its publication.
#[derive(Serialize)]
struct AfterView {
    outages: Vec<FindingView>,
    /// Outages near a later deadline of one organisation.
    later_outages: Vec<FindingView>,
    /// The last outage near the deadline.
    outage: String,
    /// The open change that a longer deadline after an outage would take the place of.
    replaced: Option<Replaced>,
    place_findings: Vec<FindingView>,
    changed: Vec<ChangeView>,
    /// Later deadlines of single organisations.
    extended: Extended,
}

impl AfterView {
    fn of(ctx: &Ctx, call: &Call, sources: &Sources) -> AfterView {
        let later = &sources.later;
        let near = call.deadline_at.map(|end| check_outages(end, &later.outages, ctx.arrived));
        let alone = check_later(&call.later_deadlines(), &later.later_outages, call.may_extend(ctx.arrived));
        AfterView {
            outages: findings_view(&near.unwrap_or_default()),
            later_outages: findings_view(&alone),
            outage: later.outages.iter().max_by_key(|o| o.to).map(|o| o.id.to_string()).unwrap_or_default(),
            replaced: later.amending.as_ref().map(Replaced::of),
            place_findings: findings_view(&later.place_findings(call)),
            changed: changes_view(&later.changes),
            extended: extended::office(call, &ctx.actor),
        }
    }
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
        (!call.content.test, "Pytania i odpowiedzi", office("pytania")),
        (true, "Komisja", office("komisja")),
        (judged, "Oceny formalne", office("oceny-formalne")),
        (judged, "Ranking i rozstrzygnięcie", office("rozstrzygniecie")),
        (decided, "Wyniki", office("wyniki")),
        (call.state == CallState::Published, "Umowy", office("umowy")),
        (!call.content.test, "Strona publiczna konkursu", format!("/konkursy/{}", call.id)),
        (call.content.test, "Podgląd strony publicznej", office("podglad")),
        (true, "Miejsca ogłoszenia po publikacji", office("miejsca")),
        (true, "Przerwy w działaniu serwisu", "/urzad/przerwy".to_owned()),
    ]
    .into_iter()
    .filter(|(opens, ..)| *opens)
    .map(|(_, label, href)| Step { label, href })
    .collect()
}

pub async fn show(may: Allowed<OfficeCall>) -> Result<HttpResponse, AppError> {
    let sources = sources(&may.ctx, &may.object).await?;
    let view = show_page(&may.ctx, &may.object, sources);
    may.ctx.page("call/office_show.html", &heading(&may.object), &view)
}

/// A draft has its number from the first approval on.
fn heading(call: &Call) -> String {
    match (call.state == CallState::Draft, &call.number) {
        (true, None) => "Projekt konkursu".to_owned(),
        (true, Some(number)) => format!("Projekt konkursu {number}"),
        (false, _) => format!("Konkurs {}", call.number()),
    }
}

fn show_page(ctx: &Ctx, call: &Call, sources: Sources) -> ShowPage {
    let (now, actor) = (ctx.arrived, &ctx.actor);
    let findings = sources.findings(ctx, call);
    let draft = call.state == CallState::Draft;
    let (officer, organ) = (actor.has(Role::Officer), actor.has(Role::Organ));
    let approved = is_approved(call, &sources);
    let copied = call.content.copied_from.clone().filter(|_| draft && officer && !approved);
    let first_open = Part::ALL.into_iter().find(|part| own(*part, &findings).any(rules::is_blocking));
    ShowPage {
        id: call.id.to_string(),
        version: call.version,
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        state: call.office_label(now),
        tone: tone(call.standing(), now),
        waiting: draft_waiting(call, &findings, sources.lapsed.as_ref()).or_else(|| waiting(call, now)),
        questions: WaitingQuestions::of(call, &sources.questions),
        draft,
        blocked: blocks(&findings),
        test: call.content.test,
        copied_from: copied.unwrap_or_default(),
        look_again: look_again(call),
        first_open: first_open.unwrap_or(Part::Programme).slug().to_owned(),
        facts: facts(call, &sources),
        tasks: if draft { tasks(call, &findings, approved, (officer, organ)) } else { Vec::new() },
        findings: linked(call, &findings, officer),
        a: sources.announcement(ctx, call),
        approval: ApprovalView::of(ctx, call, &sources),
        deeds: Deeds::of(ctx, call, &sources),
        after: AfterView::of(ctx, call, &sources),
        events: sources.events,
        next: steps(call),
        office: true,
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
    if call.content.approval.is_some() && sources.lapsed.is_none() && call.state == CallState::Draft {
        facts.push(fact("Zatwierdzono treść", approved_text(call)));
    }
    if call.state != CallState::Draft {
        facts.push(fact("Ogłoszono", announced_text(call)));
    }
    if call.terms_hash.is_some() {
        facts.push(fact("Suma kontrolna warunków (SHA-256)", call.terms_hash.clone().unwrap_or_default()));
    }
    facts
}
