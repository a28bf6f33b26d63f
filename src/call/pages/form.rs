//! The form of a call: fields out of content, content out of fields.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::call::{CallContent, Criterion, EarlierTasks, Mode, ScoreCard, Terms, rules};
use crate::error::{AppError, FieldErrors};
use crate::law::{CapScope, HourUnit, KPolicy, Money, OtherBasis, WeekKind, parse_time};
use crate::programme::ProgrammeContent;
use crate::programme::pages::kit::{count, date, iso, lines, money, renumbered};
use crate::web::Fields;

pub const TABLES: [&str; 1] = ["criteria"];

/// The content as a form shows it; `today` chooses the two years of element 7.
pub fn fields_of(c: &CallContent, today: NaiveDate) -> Fields {
    let mut f = Fields::default();
    let e = &c.elements;
    for (name, value) in [
        ("title", c.title.as_str()),
        ("task", &e.task),
        ("grant_rules", &e.grant_rules),
        ("conditions", &e.conditions),
        ("selection", &e.selection),
        ("contact", &c.contact),
        ("mode", c.mode.code()),
    ] {
        f.set(name, value);
    }
    f.set("allocation", e.allocation.plain());
    if let Some(wall) = e.deadline {
        f.set("deadline_date", iso(wall.date()));
        f.set("deadline_time", wall.format("%H:%M").to_string());
    }
    f.set("decision_by", e.decision_by.map(iso).unwrap_or_default());
    for (i, year) in [today.year(), today.year() - 1].into_iter().enumerate() {
        let known = e.earlier.iter().find(|t| t.year == year);
        f.set(format!("earlier.{i}.year"), year.to_string());
        f.set(format!("earlier.{i}.cost"), known.map(|t| t.cost.plain()).unwrap_or_default());
        f.set(format!("earlier.{i}.grants"), known.map(|t| t.grants.plain()).unwrap_or_default());
    }
    set_card(&mut f, &c.card);
    set_terms(&mut f, &c.terms);
    f.set("assumed", c.assumed.join("\n"));
    if let Some(other) = &c.other_basis {
        f.set("other_who", &other.who);
        f.set("other_basis", &other.basis);
        f.set("other_why", &other.why);
    }
    f
}

fn set_card(f: &mut Fields, card: &ScoreCard) {
    for (i, k) in card.criteria.iter().enumerate() {
        f.set(format!("criteria.{i}.key"), &k.key);
        f.set(format!("criteria.{i}.name"), &k.name);
        f.set(format!("criteria.{i}.point"), k.point.to_string());
        f.set(format!("criteria.{i}.max"), k.max.to_string());
        f.set(format!("criteria.{i}.neutral"), k.neutral.map(|n| n.to_string()).unwrap_or_default());
    }
    f.set("threshold", card.threshold_percent.to_string());
}

fn set_terms(f: &mut Fields, t: &Terms) {
    f.set("policy", if t.policy == KPolicy::Full { "full" } else { "pro_rata" });
    f.set("scope", if t.scope == CapScope::WholeGrant { "whole" } else { "trainers" });
    f.set("unit", if t.unit == HourUnit::Min60 { "60" } else { "45" });
    f.set("week", if t.week == WeekKind::Rolling7 { "rolling" } else { "calendar" });
    f.set("group_max", t.group_max.to_string());
    f.set("offer_max", t.offer_max.map(Money::plain).unwrap_or_default());
    f.set("admin_percent", t.admin_percent.map(|p| p.to_string()).unwrap_or_default());
    f.set("shift_percent", t.shift_percent.to_string());
    f.set("declarations", t.extra_declarations.join("\n"));
}

/// The content out of a form. Editions, groups and topics come from the programme as it is now; the rest
/// that the form does not ask for stays as in `old`.
pub fn content_of(form: &Fields, old: &CallContent, programme: &ProgrammeContent) -> Result<CallContent, AppError> {
    let f = renumbered(form, &TABLES);
    let mut e = FieldErrors::new();
    let mut c = old.clone();
    c.title = f.required("title", "Nazwa konkursu", &mut e);
    c.contact = f.text("contact").to_owned();
    c.mode = Mode::parse(f.text("mode")).unwrap_or_default();
    c.editions = programme.editions.clone();
    c.groups = programme.groups.clone();
    c.topics = programme.topics.clone();
    c.assumed = lines(f.text("assumed"));
    c.elements.task = f.text("task").to_owned();
    c.elements.grant_rules = f.text("grant_rules").to_owned();
    c.elements.conditions = f.text("conditions").to_owned();
    c.elements.selection = f.text("selection").to_owned();
    c.elements.allocation = money(f.text("allocation"), "allocation", "Środki na zadanie", &mut e).unwrap_or_default();
    c.elements.deadline = deadline(&f, &mut e);
    c.elements.decision_by = maybe(&f, "decision_by").and_then(|t| date(t, "decision_by", "Dzień wyboru", &mut e));
    c.elements.earlier = earlier(&f, &mut e);
    c.card = card(&f, &mut e);
    c.terms = terms(&f, &mut e);
    c.other_basis = other(&f, &mut e);
    e.finish(Some(c))
}

fn maybe<'a>(f: &'a Fields, name: &str) -> Option<&'a str> {
    Some(f.text(name)).filter(|text| !text.is_empty())
}

fn deadline(f: &Fields, e: &mut FieldErrors) -> Option<NaiveDateTime> {
    let day = date(maybe(f, "deadline_date")?, "deadline_date", "Termin składania ofert", e)?;
    let typed = maybe(f, "deadline_time").unwrap_or("23:59");
    let wall = day.and_time(e.take("deadline_time", parse_time(typed))?);
    e.take("deadline_time", rules::deadline_instant(wall))?;
    Some(wall)
}

fn earlier(f: &Fields, e: &mut FieldErrors) -> Vec<EarlierTasks> {
    let mut out = Vec::new();
    for row in f.rows("earlier") {
        let (cost, grants) = (f.cell("earlier", &row, "cost"), f.cell("earlier", &row, "grants"));
        let Ok(year) = f.cell("earlier", &row, "year").parse::<i32>() else { continue };
        if cost.is_empty() && grants.is_empty() {
            continue;
        }
        let cost = money(cost, &format!("earlier.{row}.cost"), "Koszt zadań", e);
        let grants = money(grants, &format!("earlier.{row}.grants"), "Dotacje", e);
        if let (Some(cost), Some(grants)) = (cost, grants) {
            if grants > cost {
                e.add(format!("earlier.{row}.grants"), "Dotacje nie mogą przekraczać kosztu zadań.");
            }
            out.push(EarlierTasks { year, cost, grants });
        }
    }
    out
}

fn card(f: &Fields, e: &mut FieldErrors) -> ScoreCard {
    let mut criteria: Vec<Criterion> = Vec::new();
    for row in f.rows("criteria") {
        let cell = |name: &str| f.cell("criteria", &row, name);
        if ["name", "point", "max", "neutral"].iter().all(|name| cell(name).is_empty()) {
            continue;
        }
        let at = |name: &str| format!("criteria.{row}.{name}");
        if cell("name").is_empty() {
            e.add(at("name"), "Podaj nazwę kryterium.");
        }
        let point = cell("point").parse::<u8>().ok().filter(|p| (1..=6).contains(p));
        if point.is_none() {
            e.add(at("point"), "Wybierz punkt ustawy od 1 do 6.");
        }
        let max = count(cell("max"), &at("max"), "Najwięcej punktów", e);
        let neutral = Some(cell("neutral")).filter(|t| !t.is_empty());
        let neutral = neutral.and_then(|t| count(t, &at("neutral"), "Punkty dla nowego oferenta", e));
        if let (Some(point), Some(max)) = (point, max) {
            let key = key_of(cell("key"), &criteria);
            criteria.push(Criterion { key, name: cell("name").to_owned(), point, max, neutral });
        }
    }
    let threshold_percent = count(f.text("threshold"), "threshold", "Próg", e).unwrap_or_default();
    ScoreCard { criteria, threshold_percent }
}

/// The criterion's own key, or the first free one.
fn key_of(typed: &str, taken: &[Criterion]) -> String {
    let free = |key: &str| !taken.iter().any(|c| c.key == key);
    let usable = !typed.is_empty() && typed.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && free(typed);
    if usable {
        return typed.to_owned();
    }
    (1..).map(|n| format!("k{n}")).find(|key| free(key)).unwrap_or_default()
}

fn terms(f: &Fields, e: &mut FieldErrors) -> Terms {
    Terms {
        policy: if f.text("policy") == "pro_rata" { KPolicy::ProRata } else { KPolicy::Full },
        scope: if f.text("scope") == "trainers" { CapScope::TrainerLines } else { CapScope::WholeGrant },
        unit: if f.text("unit") == "45" { HourUnit::Min45 } else { HourUnit::Min60 },
        week: if f.text("week") == "calendar" { WeekKind::Calendar } else { WeekKind::Rolling7 },
        group_max: count(f.text("group_max"), "group_max", "Największa grupa", e).unwrap_or_default(),
        offer_max: maybe(f, "offer_max").and_then(|t| money(t, "offer_max", "Najwyższa dotacja na ofertę", e)),
        admin_percent: maybe(f, "admin_percent").and_then(|t| percent(t, "admin_percent", "Koszty administracyjne", e)),
        shift_percent: percent(f.text("shift_percent"), "shift_percent", "Przesunięcia", e).unwrap_or_default(),
        extra_declarations: lines(f.text("declarations")),
    }
}

fn percent(text: &str, field: &str, label: &str, e: &mut FieldErrors) -> Option<u32> {
    let n = count(text, field, label, e)?;
    if n > 100 {
        e.add(field, format!("{label}: wpisano {n}%. Podaj liczbę od 0 do 100."));
    }
    Some(n)
}

fn other(f: &Fields, e: &mut FieldErrors) -> Option<OtherBasis> {
    let fields = [("other_who", "Kto zdecydował"), ("other_basis", "Inna podstawa prawna"), ("other_why", "Dlaczego")];
    if fields.iter().all(|(name, _)| f.text(name).is_empty()) {
        return None;
    }
    let [who, basis, why] = fields.map(|(name, label)| f.required(name, label, e));
    Some(OtherBasis { who, basis, why })
}
