//! What the templates of programmes get.

use std::collections::BTreeMap;

use serde::Serialize;

use super::conflict::Conflict;
use super::kit::Shown;
use crate::law::{RuleSet, blocks, plural, show_date, show_date_weekday};
use crate::programme::rules::{Reading, check, check_outcomes, opinion_asked, readings};
use crate::programme::{Agreement, Gmina, Programme, ProgrammeContent, ProgrammeState};
use crate::web::{Choice, Event, Fact, FindingView, Problems, Waiting, fact, findings_view};

#[derive(Serialize)]
pub struct ListPage {
    rows: Vec<ListRow>,
    may_edit: bool,
}

#[derive(Serialize)]
struct ListRow {
    href: String,
    title: String,
    rules: String,
    persons: u32,
    editions: usize,
    state: &'static str,
    tone: &'static str,
}

impl ListPage {
    pub fn of(all: &[Programme], may_edit: bool) -> ListPage {
        let row = |p: &Programme| ListRow {
            href: format!("/urzad/programy/{}", p.id),
            title: p.content.title.clone(),
            rules: p.content.rules.clone(),
            persons: p.content.persons(),
            editions: p.content.editions.len(),
            state: p.state.label(),
            tone: tone(p.state),
        };
        ListPage { rows: all.iter().map(row).collect(), may_edit }
    }
}

fn tone(state: ProgrammeState) -> &'static str {
    match state {
        ProgrammeState::Draft => "warn",
        ProgrammeState::Ready => "ok",
        ProgrammeState::Closed => "neutral",
    }
}

#[derive(Serialize)]
pub struct FormPage {
    pub action: String,
    pub back: String,
    pub waiting: Option<Waiting>,
    pub confirmed: bool,
    pub conflict: Option<Conflict>,
    pub f: BTreeMap<String, String>,
    pub rows: BTreeMap<&'static str, Vec<usize>>,
    pub rules: Vec<Choice>,
    pub answers: Vec<Choice>,
    pub centres: Vec<Choice>,
    #[serde(flatten)]
    pub shown: Shown,
}

#[derive(Serialize)]
pub struct OutcomesPage {
    pub action: String,
    pub back: String,
    pub waiting: Option<Waiting>,
    pub persons: u32,
    /// The task has groups, so classes, their hours and socially useful work are asked about.
    pub classes: bool,
    pub conflict: Option<Conflict>,
    pub f: BTreeMap<String, String>,
    #[serde(flatten)]
    pub shown: Shown,
}

/// What a programme's page reads beside the programme.
pub struct Sources {
    pub rules: RuleSet,
    pub events: Vec<Event>,
}

/// A gmina with everything that must stand before people are sent to classes there.
#[derive(Serialize)]
pub struct GminaRow {
    name: String,
    persons: u32,
    ops: String,
    cooperation: String,
    psu: String,
}

#[derive(Serialize)]
struct EditionRow {
    no: u32,
    from: String,
    to: String,
    persons: u32,
    groups: usize,
}

#[derive(Serialize)]
struct GroupRow {
    code: String,
    edition: u32,
    gmina: String,
    persons: u32,
}

#[derive(Serialize)]
struct ReadingRow {
    label: String,
    hours: String,
    cap: String,
    rate: String,
    verdict: String,
    tone: &'static str,
}

#[derive(Serialize)]
pub struct ProgrammePage {
    pub title: String,
    id: String,
    version: i64,
    state: &'static str,
    tone: &'static str,
    waiting: Option<Waiting>,
    facts: Vec<Fact>,
    topics: Vec<String>,
    gminas: Vec<GminaRow>,
    /// The OPS is asked first, or its answer is written down all the same.
    asks_ops: bool,
    /// Socially useful work belongs to the programme, or an agreement on it is written down.
    asks_psu: bool,
    editions: Vec<EditionRow>,
    groups: Vec<GroupRow>,
    persons: u32,
    assumed: Vec<String>,
    outcomes: Vec<Fact>,
    outcome_findings: Vec<FindingView>,
    readings: Vec<ReadingRow>,
    events: Vec<Event>,
    may_edit: bool,
    draft: bool,
    ready: bool,
    blocked: bool,
    checks: Vec<FindingView>,
    #[serde(flatten)]
    shown: Shown,
}

impl ProgrammePage {
    pub fn of(p: Programme, sources: Sources, officer: bool, problems: Option<&Problems>) -> ProgrammePage {
        let Sources { rules, events } = sources;
        let c = &p.content;
        let findings = check(c, &rules);
        let facts_of = c.outcomes.as_ref().map(|o| o.facts.clone()).unwrap_or_default();
        ProgrammePage {
            title: c.title.clone(),
            id: p.id.to_string(),
            version: p.version,
            state: p.state.label(),
            tone: tone(p.state),
            waiting: waiting(p.state),
            facts: facts(c, &rules),
            topics: c.topics.clone(),
            gminas: gminas(c),
            asks_ops: c.shows_ops(&rules),
            asks_psu: c.shows_psu(&rules),
            editions: editions(c),
            groups: groups(c),
            persons: c.persons(),
            assumed: c.assumed.clone(),
            outcomes: outcome_facts(c),
            outcome_findings: findings_view(&check_outcomes(c, &rules, &facts_of)),
            readings: if c.assumed.is_empty() { Vec::new() } else { readings(c, &rules).iter().map(reading).collect() },
            events,
            may_edit: officer && p.state != ProgrammeState::Closed,
            draft: p.state == ProgrammeState::Draft,
            ready: p.state == ProgrammeState::Ready,
            blocked: blocks(&findings),
            checks: findings_view(&findings),
            shown: problems.map(Shown::of).unwrap_or_default(),
        }
    }
}

pub fn waiting(state: ProgrammeState) -> Option<Waiting> {
    let what = match state {
        ProgrammeState::Draft => "Trzeba uzupełnić dane i zatwierdzić program.",
        ProgrammeState::Ready => "Można przygotować konkurs, a po zakończeniu działań zapisać efekty.",
        ProgrammeState::Closed => return None,
    };
    Some(Waiting { whose: "pracownika merytorycznego urzędu".into(), what: what.into(), ..Waiting::default() })
}

fn facts(c: &ProgrammeContent, rules: &RuleSet) -> Vec<Fact> {
    let whom = if rules.may_have_no_classes() && c.groups.is_empty() { "Odbiorcy" } else { "Uczestnicy" };
    let mut out = vec![
        fact("Zasady", format!("{} – {}", rules.code, rules.name)),
        fact("Podstawa prawna", rules.act.clone()),
        fact("Cel", c.aim.clone()),
        fact(whom, rules.participants.clone()),
        fact("Liczba osób", c.persons().to_string()),
    ];
    out.extend(before_a_call(c, rules));
    out
}

/// The opinion and the plan that have to be there before a contest.
pub fn before_a_call(c: &ProgrammeContent, rules: &RuleSet) -> Vec<Fact> {
    let prrp = c.prrp.as_ref().map(|p| format!("nr {} z {}: {}", p.number, show_date(p.date), p.result));
    let plan = c.plan.as_ref().map(|p| format!("{} (plan {})", p.amount, p.number));
    let mut out = Vec::new();
    // A local programme asks for no opinion; one that was given all the same is shown.
    if opinion_asked(rules).is_some() || prrp.is_some() {
        out.push(fact("Opinia powiatowej rady rynku pracy", prrp.unwrap_or_default()));
    }
    out.push(fact(plan_label(rules), plan.unwrap_or_default()));
    out
}

/// Where the money comes from: the Labour Fund pays for what the acts name, a local programme has its own plan.
fn plan_label(rules: &RuleSet) -> &'static str {
    if rules.is_local() { "Plan środków" } else { "Plan środków Funduszu Pracy" }
}

/// The gminas of a programme as tables show them.
pub fn gminas(c: &ProgrammeContent) -> Vec<GminaRow> {
    let ops = |g: &Gmina| match &g.ops {
        None => "brak zapisu".to_owned(),
        Some(ops) => format!(
            "{} {} ({}, zapytanie z {})",
            g.centre(),
            ops.answer.label(),
            show_date(ops.answered_on),
            show_date(ops.asked_on)
        ),
    };
    let said = |a: &Option<Agreement>| {
        a.as_ref().map_or_else(|| "brak zapisu".to_owned(), |a| format!("{} z {}", a.number, show_date(a.on)))
    };
    let row = |g: &Gmina| GminaRow {
        name: g.name.clone(),
        persons: g.persons,
        ops: ops(g),
        cooperation: said(&g.cooperation),
        psu: said(&g.psu),
    };
    c.gminas.iter().map(row).collect()
}

fn editions(c: &ProgrammeContent) -> Vec<EditionRow> {
    c.editions
        .iter()
        .map(|e| EditionRow {
            no: e.no,
            from: show_date_weekday(e.from),
            to: show_date_weekday(e.to),
            persons: e.persons,
            groups: c.groups.iter().filter(|g| g.edition == e.no).count(),
        })
        .collect()
}

fn groups(c: &ProgrammeContent) -> Vec<GroupRow> {
    c.groups
        .iter()
        .map(|g| GroupRow { code: g.code.clone(), edition: g.edition, gmina: g.gmina.clone(), persons: g.persons })
        .collect()
}

fn outcome_facts(c: &ProgrammeContent) -> Vec<Fact> {
    let Some(o) = &c.outcomes else { return Vec::new() };
    let persons = |n: u32| format!("{n} {}", plural(n.into(), "osoba", "osoby", "osób"));
    let mut out = vec![
        fact("Poprawa sytuacji", persons(o.improved)),
        fact("Bez zmian", persons(o.unchanged)),
        fact("Wyrejestrowani", persons(o.deregistered)),
        fact("Wydano na zajęcia", o.workshops.to_string()),
        fact("Wydano na prace społecznie użyteczne", o.psu.to_string()),
    ];
    if let Some(total) = crate::law::Money::sum([o.workshops, o.psu]) {
        out.push(fact("Razem", total.to_string()));
    }
    out
}

fn reading(r: &Reading) -> ReadingRow {
    let (verdict, tone) = match (r.over.is_zero(), r.short) {
        (true, false) => ("w limicie i w minimum tygodniowym".to_owned(), "ok"),
        (true, true) => ("w limicie, ale za mało godzin w tygodniu".to_owned(), "warn"),
        (false, false) => (format!("limit przekroczony o {}", r.over), "error"),
        (false, true) => (format!("limit przekroczony o {}, za mało godzin w tygodniu", r.over), "error"),
    };
    ReadingRow {
        label: r.label.clone(),
        hours: r.hours.to_string(),
        cap: r.cap.to_string(),
        rate: r.rate.map(|m| m.to_string()).unwrap_or_default(),
        verdict,
        tone,
    }
}
