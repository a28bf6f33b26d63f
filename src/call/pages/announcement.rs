//! The announcement as everyone reads it: public page, office page and the page before announcing.

use serde::Serialize;

mod asked;
mod outline;

use self::asked::Asked;

use super::view::deadline_text;
use crate::call::{
    Call, CallContent, CancelReason, Mode, Publication, classes_label, payment_label, results_label, rules,
};
use crate::law::{CapScope, CapTerms, Instant, KPolicy, WeekKind, left, plural, show_date, show_date_weekday};
use crate::programme::pages::kit::lines;
use crate::web::{Fact, fact};

#[derive(Serialize)]
struct Element {
    no: u8,
    title: &'static str,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct CriterionRow {
    name: String,
    point: u8,
    max: u32,
    neutral: String,
}

#[derive(Serialize)]
struct PlaceRow {
    place: &'static str,
    on: String,
    by: String,
    evidence: String,
    href: String,
    /// The name of a scan, which the office may open.
    file: String,
    file_href: String,
}

#[derive(Serialize)]
struct EditionRow {
    no: u32,
    from: String,
    to: String,
    persons: u32,
    groups: Vec<String>,
}

#[derive(Serialize)]
struct EarlierRow {
    year: String,
    cost: String,
    grants: String,
}

#[derive(Serialize)]
struct Countdown {
    iso: String,
    text: String,
    left: String,
}

/// The whole announcement.
#[derive(Serialize)]
pub struct Announcement {
    legal: Vec<Fact>,
    elements: Vec<Element>,
    earlier: Vec<EarlierRow>,
    editions: Vec<EditionRow>,
    persons: u32,
    topics: Vec<String>,
    terms: Vec<Fact>,
    criteria: Vec<CriterionRow>,
    max: u32,
    threshold: u32,
    places: Vec<PlaceRow>,
    result_places: Vec<PlaceRow>,
    hash: String,
    assumed: Vec<String>,
    declarations: Vec<String>,
    contact: Vec<String>,
    cancelled: String,
    /// The organ withdrew by its own reservation; the act knows no such reason.
    withdrawn: bool,
    countdown: Option<Countdown>,
    reservation: Vec<String>,
    asked: Asked,
    /// The task is held as classes in groups.
    classes: bool,
    /// A rehearsal says so in its papers; the band of its pages is the shell's.
    #[serde(skip)]
    test: bool,
}

impl Announcement {
    /// `cap` is the frozen one, or the one that would be frozen today.
    pub fn of(call: &Call, cap: Option<&CapTerms>, now: Instant) -> Announcement {
        let c = &call.content;
        Announcement {
            legal: legal(c),
            elements: elements(call),
            earlier: earlier(c),
            editions: editions(c),
            persons: c.persons(),
            topics: c.topics.clone(),
            terms: terms(c, cap),
            criteria: criteria(c),
            max: c.card.max(),
            threshold: c.card.threshold_percent,
            places: places(call, &c.places),
            result_places: places(call, &c.result_places),
            hash: call.terms_hash.clone().unwrap_or_default(),
            assumed: c.assumed.clone(),
            declarations: c.terms.extra_declarations.clone(),
            contact: lines(&c.contact),
            cancelled: c.cancel_reason.clone().unwrap_or_default(),
            withdrawn: c.cancel_reason.as_ref().is_some_and(|r| r.starts_with(CancelReason::OrganWithdrawal.label())),
            reservation: lines(&c.reservation),
            asked: Asked::of(c),
            classes: c.applies().classes,
            test: c.test,
            countdown: call.deadline_at.map(|end| Countdown {
                iso: end.to_rfc3339(),
                text: deadline_text(call),
                left: left(now, end),
            }),
        }
    }
}

fn legal(c: &CallContent) -> Vec<Fact> {
    let mut out = vec![
        fact("Zasady", format!("{} – {}", c.rules.code, c.rules.name)),
        fact("Podstawa prawna", c.rules.act.clone()),
    ];
    if let Some(other) = &c.other_basis {
        out.push(fact(
            "Inna podstawa prawna",
            format!("{} (decyzja: {}; powód: {})", other.basis, other.who, other.why),
        ));
    }
    out.push(fact("Tryb", c.mode.label()));
    out.push(fact("Kto może złożyć ofertę", c.rules.offerors.clone()));
    out
}

fn elements(call: &Call) -> Vec<Element> {
    let c = &call.content;
    let e = &c.elements;
    let selection = match e.decision_by {
        Some(day) => format!("{}\nWybór nastąpi do dnia: {}.", e.selection, show_date_weekday(day)),
        None => e.selection.clone(),
    };
    let element = |no, title, text: String| Element { no, title, lines: lines(&text) };
    vec![
        element(1, "Rodzaj zadania", e.task.clone()),
        element(2, "Środki na zadanie", e.allocation.to_string()),
        element(3, "Zasady przyznawania dotacji", e.grant_rules.clone()),
        element(4, "Terminy i warunki realizacji", e.conditions.clone()),
        element(5, "Termin składania ofert", deadline_text(call)),
        element(6, "Tryb, kryteria i termin wyboru ofert", selection),
        element(7, "Zadania tego samego rodzaju w tym i w poprzednim roku", String::new()),
    ]
}

fn earlier(c: &CallContent) -> Vec<EarlierRow> {
    let row = |t: &crate::call::EarlierTasks| EarlierRow {
        year: t.year.to_string(),
        cost: t.cost.to_string(),
        grants: t.grants.to_string(),
    };
    c.elements.earlier.iter().map(row).collect()
}

fn editions(c: &CallContent) -> Vec<EditionRow> {
    c.editions
        .iter()
        .map(|e| {
            let said = |g: &crate::programme::Group| {
                let code =
                    if c.applies().classes { format!("{} ({}, ", g.code, g.gmina) } else { format!("{} (", g.gmina) };
                format!("{code}{})", persons(g.persons))
            };
            let mut codes: Vec<String> = c.groups.iter().filter(|g| g.edition == e.no).map(said).collect();
            codes.extend(c.gminas.iter().cloned());
            EditionRow { no: e.no, from: show_date(e.from), to: show_date(e.to), persons: e.persons, groups: codes }
        })
        .collect()
}

pub fn persons(n: u32) -> String {
    format!("{n} {}", plural(n.into(), "osoba", "osoby", "osób"))
}

fn terms(c: &CallContent, cap: Option<&CapTerms>) -> Vec<Fact> {
    let t = &c.terms;
    let mut out = if c.applies().classes { class_terms(c, cap) } else { Vec::new() };
    out.extend([
        fact("Najwyższa dotacja na ofertę", t.offer_max.map_or_else(|| "cała pula".to_owned(), |m| m.to_string())),
        fact(
            "Koszty administracyjne",
            t.admin_percent.map_or_else(|| "bez granicy".to_owned(), |p| format!("najwyżej {p}%")),
        ),
        fact("Przesunięcia między kosztami", format!("pozycja może wzrosnąć najwyżej o {}%", t.shift_percent)),
        fact("Opłaty od odbiorców", payment_label(c.applies().paid)),
    ]);
    if c.rules.is_local() {
        out.push(fact("Zajęcia", classes_label(c.applies().classes)));
        out.push(fact("Rezultaty (część III.6)", results_label(c.waiver())));
    }
    out.push(fact("Zaległości w podatkach albo składkach", t.arrears.label()));
    out
}

/// The rate and the hours of classes.
fn class_terms(c: &CallContent, cap: Option<&CapTerms>) -> Vec<Fact> {
    let t = &c.terms;
    let cap = cap.map_or_else(
        || "bez limitu stawki".to_owned(),
        |cap| match cap.group {
            Some(group) => format!("{} za godzinę trenera z grupą {group}-osobową", cap.rate),
            None => format!("{} za godzinę trenera", cap.rate),
        },
    );
    let mut out = vec![fact("Limit", cap)];
    if c.rules.has_cap() {
        out.push(fact("Co obejmuje limit", scope_label(t.scope)));
    }
    if c.rules.caps_groups() {
        out.push(fact("Mniejsza grupa", policy_label(t.policy)));
    }
    out.push(fact("Godziny zajęć", rules::hours_text(c)));
    out.push(fact("Jednostka godziny", t.unit.label()));
    // Only a weekly minimum asks which week is meant.
    if c.weekly().is_some() {
        out.push(fact("Tydzień", week_label(t.week)));
    }
    out.push(fact("Największa grupa", persons(t.group_max)));
    out
}

pub fn policy_label(policy: KPolicy) -> &'static str {
    match policy {
        KPolicy::Full => "pełna stawka także dla mniejszej grupy",
        KPolicy::ProRata => "stawka proporcjonalna do liczby osób",
    }
}

pub fn scope_label(scope: CapScope) -> &'static str {
    match scope {
        CapScope::WholeGrant => "całą dotację",
        CapScope::TrainerLines => "tylko wynagrodzenia trenerów",
    }
}

pub fn week_label(week: WeekKind) -> &'static str {
    match week {
        WeekKind::Rolling7 => "7 dni licząc od pierwszego dnia edycji",
        WeekKind::Calendar => "od poniedziałku do niedzieli",
    }
}

pub fn mode_hint(mode: Mode) -> &'static str {
    match mode {
        Mode::Entrusting => "powierzenie – dotacja pokrywa wszystkie koszty",
        Mode::Supporting => "wspieranie – oferent wnosi wkład własny",
    }
}

fn criteria(c: &CallContent) -> Vec<CriterionRow> {
    c.card
        .criteria
        .iter()
        .map(|k| CriterionRow {
            name: k.name.clone(),
            point: k.point,
            max: k.max,
            neutral: k.neutral.map(|n| n.to_string()).unwrap_or_default(),
        })
        .collect()
}

fn places(call: &Call, list: &[Publication]) -> Vec<PlaceRow> {
    list.iter()
        .map(|p| PlaceRow {
            place: p.place.label(),
            on: p.when(),
            by: p.by.clone(),
            href: if p.evidence.starts_with("https://") || p.evidence.starts_with("http://") {
                p.evidence.clone()
            } else {
                String::new()
            },
            evidence: p.evidence.clone(),
            file: p.file.as_ref().map(|f| f.name.clone()).unwrap_or_default(),
            file_href: p
                .file
                .as_ref()
                .map(|f| format!("/urzad/konkursy/{}/dowody/{}", call.id, f.document))
                .unwrap_or_default(),
        })
        .collect()
}
