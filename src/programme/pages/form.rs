//! The form of a programme: fields out of content, content out of fields.

use super::kit::{count, date, iso, lines, money, named, renumbered};
use crate::error::{AppError, FieldErrors};
use crate::law::{Minutes, Money};
use crate::programme::{
    Agreement, CitedAct, Edition, FpPlan, Gmina, Group, OpsAnswer, OpsRecord, Outcomes, ProgrammeContent, PrrpOpinion,
    ReportFacts,
};
use crate::web::Fields;

pub const TABLES: [&str; 3] = ["gminas", "editions", "groups"];

/// The content as a form shows it.
pub fn fields_of(content: &ProgrammeContent) -> Fields {
    let mut f = Fields::default();
    f.set("title", &content.title);
    f.set("rules", &content.rules);
    f.set("aim", &content.aim);
    f.set("topics", content.topics.join("\n"));
    f.set("assumed", content.assumed.join("\n"));
    if let Some(prrp) = &content.prrp {
        f.set("prrp_number", &prrp.number);
        f.set("prrp_date", iso(prrp.date));
        f.set("prrp_result", &prrp.result);
    }
    if let Some(plan) = &content.plan {
        f.set("plan_number", &plan.number);
        f.set("plan_amount", plan.amount.plain());
    }
    for (i, gmina) in content.gminas.iter().enumerate() {
        set_gmina(&mut f, i, gmina);
    }
    for (i, edition) in content.editions.iter().enumerate() {
        f.set(format!("editions.{i}.from"), iso(edition.from));
        f.set(format!("editions.{i}.to"), iso(edition.to));
        f.set(format!("editions.{i}.persons"), edition.persons.to_string());
    }
    for (i, group) in content.groups.iter().enumerate() {
        f.set(format!("groups.{i}.code"), &group.code);
        f.set(format!("groups.{i}.edition"), group.edition.to_string());
        f.set(format!("groups.{i}.gmina"), &group.gmina);
        f.set(format!("groups.{i}.persons"), group.persons.to_string());
    }
    f
}

fn set_gmina(f: &mut Fields, i: usize, gmina: &Gmina) {
    f.set(format!("gminas.{i}.name"), &gmina.name);
    f.set(format!("gminas.{i}.persons"), gmina.persons.to_string());
    if let Some(ops) = &gmina.ops {
        f.set(format!("gminas.{i}.asked"), iso(ops.asked_on));
        f.set(format!("gminas.{i}.answered"), iso(ops.answered_on));
        f.set(format!("gminas.{i}.answer"), ops.answer.code());
    }
    f.set(format!("gminas.{i}.centre"), if gmina.cus { "cus" } else { "ops" });
    for (name, agreement) in [("coop", &gmina.cooperation), ("psu", &gmina.psu)] {
        if let Some(agreement) = agreement {
            f.set(format!("gminas.{i}.{name}_number"), &agreement.number);
            f.set(format!("gminas.{i}.{name}_on"), iso(agreement.on));
        }
    }
}

/// The content out of a form; `old` keeps what the form does not ask for.
pub fn content_of(form: &Fields, old: &ProgrammeContent) -> Result<ProgrammeContent, AppError> {
    let f = renumbered(form, &TABLES);
    let mut e = FieldErrors::new();
    let content = ProgrammeContent {
        title: named(&f, "title", "Nazwa programu", &mut e),
        aim: f.text("aim").to_owned(),
        rules: f.required("rules", "Podstawa prawna", &mut e),
        topics: lines(f.text("topics")),
        gminas: f.rows("gminas").iter().filter_map(|row| gmina(&f, row, &mut e)).collect(),
        editions: editions(&f, &mut e),
        groups: groups(&f, &mut e),
        prrp: prrp(&f, &mut e),
        plan: plan(&f, &mut e),
        outcomes: old.outcomes.clone(),
        assumed: lines(f.text("assumed")),
        prepared_by: old.prepared_by.clone(),
    };
    e.finish(Some(content))
}

fn gmina(f: &Fields, row: &str, e: &mut FieldErrors) -> Option<Gmina> {
    let typed = f.pairs().iter().any(|(key, value)| {
        let cell = key.strip_prefix(&format!("gminas.{row}."));
        cell.is_some_and(|name| name != "centre") && !value.trim().is_empty()
    });
    if !typed {
        return None;
    }
    let at = |name: &str| format!("gminas.{row}.{name}");
    let name = f.cell("gminas", row, "name").to_owned();
    if name.is_empty() {
        e.add(at("name"), "Podaj nazwę gminy.");
    }
    let persons = count(f.cell("gminas", row, "persons"), &at("persons"), "Liczba osób w gminie", e);
    let ops = ops(f, row, e);
    let cooperation = agreement(f, row, "coop", "Porozumienie o współpracy", e);
    let psu = agreement(f, row, "psu", "Porozumienie o pracach społecznie użytecznych", e);
    let cus = f.cell("gminas", row, "centre") == "cus";
    Some(Gmina { name, persons: persons?, ops, cus, cooperation, psu })
}

/// An agreement of a gmina: a number and a date, or neither.
fn agreement(f: &Fields, row: &str, name: &str, label: &str, e: &mut FieldErrors) -> Option<Agreement> {
    let (number, on) = (format!("{name}_number"), format!("{name}_on"));
    let typed = (f.cell("gminas", row, &number), f.cell("gminas", row, &on));
    if typed == ("", "") {
        return None;
    }
    if typed.0.is_empty() {
        e.add(format!("gminas.{row}.{number}"), format!("{label}: podaj numer."));
    }
    let on = date(typed.1, &format!("gminas.{row}.{on}"), &format!("{label}: data"), e)?;
    Some(Agreement { number: typed.0.to_owned(), on })
}

fn ops(f: &Fields, row: &str, e: &mut FieldErrors) -> Option<OpsRecord> {
    let cell = |name: &str| f.cell("gminas", row, name);
    if ["asked", "answered", "answer"].iter().all(|name| cell(name).is_empty()) {
        return None;
    }
    let at = |name: &str| format!("gminas.{row}.{name}");
    let asked = date(cell("asked"), &at("asked"), "Data zapytania OPS", e);
    let answered = date(cell("answered"), &at("answered"), "Data odpowiedzi OPS", e);
    let answer = OpsAnswer::parse(cell("answer"));
    if answer.is_none() {
        e.add(at("answer"), "Wybierz, co odpowiedział OPS.");
    }
    let (asked_on, answered_on) = (asked?, answered?);
    if answered_on < asked_on {
        e.add(at("answered"), "Odpowiedź OPS nie może być wcześniejsza niż zapytanie.");
    }
    Some(OpsRecord { asked_on, answered_on, answer: answer? })
}

fn editions(f: &Fields, e: &mut FieldErrors) -> Vec<Edition> {
    let mut out = Vec::new();
    for (row, no) in f.rows("editions").iter().filter(|row| !f.row_is_empty("editions", row)).zip(1..) {
        let at = |name: &str| format!("editions.{row}.{name}");
        let from = date(f.cell("editions", row, "from"), &at("from"), "Pierwszy dzień edycji", e);
        let to = date(f.cell("editions", row, "to"), &at("to"), "Ostatni dzień edycji", e);
        let persons = count(f.cell("editions", row, "persons"), &at("persons"), "Liczba osób w edycji", e);
        if let (Some(from), Some(to), Some(persons)) = (from, to, persons) {
            if to < from {
                e.add(at("to"), "Edycja nie może kończyć się przed swoim początkiem.");
            }
            out.push(Edition { no, from, to, persons });
        }
    }
    out
}

fn groups(f: &Fields, e: &mut FieldErrors) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for row in f.rows("groups").iter().filter(|row| !f.row_is_empty("groups", row)) {
        let at = |name: &str| format!("groups.{row}.{name}");
        let edition = count(f.cell("groups", row, "edition"), &at("edition"), "Numer edycji grupy", e);
        let persons = count(f.cell("groups", row, "persons"), &at("persons"), "Liczba osób w grupie", e);
        let gmina = f.cell("groups", row, "gmina").to_owned();
        if gmina.is_empty() {
            e.add(at("gmina"), "Podaj gminę grupy.");
        }
        if let (Some(edition), Some(persons)) = (edition, persons) {
            let typed = f.cell("groups", row, "code");
            let nth = out.iter().filter(|g| g.edition == edition).count() + 1;
            let code = if typed.is_empty() { format!("E{edition}-G{nth}") } else { typed.to_owned() };
            out.push(Group { code, edition, gmina, persons });
        }
    }
    out
}

fn prrp(f: &Fields, e: &mut FieldErrors) -> Option<PrrpOpinion> {
    let (number, day) = (f.text("prrp_number"), f.text("prrp_date"));
    let result = f.text("prrp_result");
    if number.is_empty() && day.is_empty() && result.is_empty() {
        return None;
    }
    let number = f.required("prrp_number", "Numer opinii", e);
    let date = date(day, "prrp_date", "Data opinii", e)?;
    Some(PrrpOpinion { number, date, result: result.to_owned() })
}

fn plan(f: &Fields, e: &mut FieldErrors) -> Option<FpPlan> {
    if f.text("plan_number").is_empty() && f.text("plan_amount").is_empty() {
        return None;
    }
    let number = f.required("plan_number", "Numer planu", e);
    let amount = money(f.text("plan_amount"), "plan_amount", "Kwota planu", e)?;
    Some(FpPlan { number, amount })
}

/// The outcomes as their form shows them.
pub fn outcome_fields(outcomes: &Outcomes) -> Fields {
    let mut f = Fields::default();
    f.set("improved", outcomes.improved.to_string());
    f.set("unchanged", outcomes.unchanged.to_string());
    f.set("deregistered", outcomes.deregistered.to_string());
    f.set("workshops", outcomes.workshops.plain());
    f.set("psu", outcomes.psu.plain());
    let facts = &outcomes.facts;
    f.set("completed", facts.completed.map(|n| n.to_string()).unwrap_or_default());
    f.set("hours", facts.hours_per_group.map(|m| (m.get() / 60).to_string()).unwrap_or_default());
    f.set("rate", facts.rate.map(Money::plain).unwrap_or_default());
    f.set("total", facts.total.map(Money::plain).unwrap_or_default());
    f.set("measures", facts.measures.join("\n"));
    for (name, on) in [
        ("gminas_by_edition", facts.gminas_by_edition),
        ("psu_described", facts.psu_described),
        ("substitutes_described", facts.substitutes_described),
    ] {
        f.set(name, if on { "true" } else { "" });
    }
    f
}

/// The outcomes out of their form; cited acts stay as they were.
pub fn outcomes_of(f: &Fields, old: &[CitedAct]) -> Result<Outcomes, AppError> {
    let mut e = FieldErrors::new();
    let number = |name: &str, label: &str, e: &mut FieldErrors| count(f.text(name), name, label, e).unwrap_or_default();
    let maybe = |name: &str| Some(f.text(name)).filter(|text| !text.is_empty());
    let facts = ReportFacts {
        cited: old.to_vec(),
        hours_per_group: maybe("hours").and_then(|t| e.take("hours", Minutes::parse_pl(t))),
        rate: maybe("rate").and_then(|t| money(t, "rate", "Stawka", &mut e)),
        completed: maybe("completed").and_then(|t| count(t, "completed", "Osoby, które ukończyły", &mut e)),
        total: maybe("total").and_then(|t| money(t, "total", "Suma", &mut e)),
        gminas_by_edition: f.checked("gminas_by_edition"),
        psu_described: f.checked("psu_described"),
        substitutes_described: f.checked("substitutes_described"),
        measures: lines(f.text("measures")),
    };
    let outcomes = Outcomes {
        improved: number("improved", "Poprawa sytuacji", &mut e),
        unchanged: number("unchanged", "Bez zmian", &mut e),
        deregistered: number("deregistered", "Wyrejestrowani", &mut e),
        psu: money(f.text("psu"), "psu", "Prace społecznie użyteczne", &mut e).unwrap_or_default(),
        workshops: money(f.text("workshops"), "workshops", "Zajęcia", &mut e).unwrap_or_default(),
        facts,
    };
    e.finish(Some(outcomes))
}
