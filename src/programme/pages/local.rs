//! Local programmes: the office defines a rule set of its own, with its own legal basis.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::kit::{Shown, count, date, money, renumbered, row_numbers, row_pressed};
use super::office::ReadProgrammes;
use crate::account::{Actor, Role};
use crate::error::{AppError, FieldErrors};
use crate::law::rules::LocalProgramme;
use crate::law::{CapBase, Clause, Instant, Minutes, MonthsRule, RuleSet, plural, show_date};
use crate::programme;
use crate::store::{Read, tables};
use crate::web::{
    Allowed, Choice, Ctx, Decision, Doing, Fields, Flash, PathIds, Policy, Posted, Problems, option_list, sort_problems,
};

const TABLES: [&str; 1] = ["clauses"];

/// Defines a local programme.
pub struct DefineLocal;

impl Policy for DefineLocal {
    const NAME: &'static str = "rules.local";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        let may = who.has_any(&[Role::Admin, Role::Officer]);
        Decision::when(may, "Programy lokalne określa administrator albo pracownik merytoryczny.")
    }
}

#[derive(Serialize)]
struct LocalRow {
    code: String,
    name: String,
    act: String,
    period: String,
    cap: String,
    length: String,
}

#[derive(Serialize)]
struct LocalList {
    rows: Vec<LocalRow>,
    may_define: bool,
}

#[derive(Serialize)]
struct LocalForm {
    f: BTreeMap<String, String>,
    rows: BTreeMap<&'static str, Vec<usize>>,
    caps: Vec<Choice>,
    months: Vec<Choice>,
    #[serde(flatten)]
    shown: Shown,
}

pub async fn list(may: Allowed<ReadProgrammes>) -> Result<HttpResponse, AppError> {
    let sets = may.ctx.read(tables::local_rule_sets).await?;
    let may_define = may.ctx.actor.has_any(&[Role::Admin, Role::Officer]);
    let view = LocalList { rows: sets.iter().map(row).collect(), may_define };
    may.ctx.page("programme/local_list.html", "Programy lokalne", &view)
}

fn row(set: &RuleSet) -> LocalRow {
    let to = set.to.map_or_else(|| "bezterminowo".to_owned(), show_date);
    LocalRow {
        code: set.code.clone(),
        name: set.name.clone(),
        act: set.act.clone(),
        period: format!("{} – {to}", show_date(set.from)),
        cap: cap_text(&set.cap),
        length: length_text(set.months),
    }
}

/// The cap in words.
fn cap_text(cap: &CapBase) -> String {
    match cap {
        CapBase::PerGroupHour { rate, group } => format!("{rate} za godzinę z grupą {group}-osobową"),
        CapBase::PerTrainerHour { rate } => format!("{rate} za godzinę pracy trenera"),
        CapBase::WagePercentPerTrainerHour { percent_x100 } => {
            let (whole, rest) = (percent_x100 / 100, percent_x100 % 100);
            format!("{whole},{rest:02}% minimalnego wynagrodzenia za godzinę pracy trenera")
        }
        CapBase::Uncapped => "bez limitu stawki".to_owned(),
    }
}

/// How long an edition lasts, in words.
fn length_text(months: MonthsRule) -> String {
    let said = |n: u32| format!("{n} {}", plural(n.into(), "miesiąc", "miesiące", "miesięcy"));
    match months {
        MonthsRule::Exactly(n) => format!("dokładnie {}", said(n)),
        MonthsRule::AtMost(n) => format!("najwyżej {}", said(n)),
    }
}

fn form_page(ctx: &Ctx, status: StatusCode, fields: &Fields, problems: &Problems) -> Result<HttpResponse, AppError> {
    let view = LocalForm {
        f: fields.map(),
        rows: row_numbers(fields, &TABLES),
        caps: option_list([
            ("group", "stała stawka za godzinę trenera z grupą"),
            ("trainer", "stała stawka za godzinę trenera"),
            ("wage", "procent minimalnego wynagrodzenia za godzinę trenera"),
            ("none", "bez limitu"),
        ]),
        months: option_list([("exactly", "dokładnie tyle miesięcy"), ("at_most", "najwyżej tyle miesięcy")]),
        shown: Shown::of(problems),
    };
    let title = if view.shown.errors.is_empty() { "Nowy program lokalny" } else { "Błąd: Nowy program lokalny" };
    ctx.page_as(status, "programme/local_form.html", title, &view)
}

pub async fn new(may: Allowed<DefineLocal>) -> Result<HttpResponse, AppError> {
    form_page(&may.ctx, StatusCode::OK, &Fields::default(), &Problems::default())
}

pub async fn create(may: Allowed<DefineLocal>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if let Some(fields) = row_pressed(&form, &TABLES) {
        return form_page(&may.ctx, StatusCode::OK, &fields, &Problems::default());
    }
    let done = match draft_of(&form) {
        Ok(draft) => {
            let doing = Doing::new("rules.local", "zasady", form.text("code"));
            may.ctx.deed(doing, move |tx, who, now| programme::define_local(tx, who, draft, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(code) => {
            let text = format!("Zapisano zasady programu lokalnego {code}. Możesz założyć z nich program.");
            Ok(may.ctx.see_other("/urzad/programy/lokalne", Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            form_page(&may.ctx, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems)
        }
    }
}

fn draft_of(form: &Fields) -> Result<LocalProgramme, AppError> {
    let f = renumbered(form, &TABLES);
    let mut e = FieldErrors::new();
    let maybe = |name: &str| Some(f.text(name)).filter(|text| !text.is_empty());
    let from = date(f.text("from"), "from", "Pierwszy dzień obowiązywania", &mut e);
    let to = maybe("to").and_then(|t| date(t, "to", "Ostatni dzień obowiązywania", &mut e));
    let cap = cap_of(&f, &mut e);
    let draft = from.map(|from| LocalProgramme {
        code: f.text("code").to_owned(),
        name: f.text("name").to_owned(),
        act: f.text("act").to_owned(),
        from,
        to,
        cap,
        cap_basis: f.text("cap_basis").to_owned(),
        group_max: maybe("group_max").and_then(|t| count(t, "group_max", "Największa grupa", &mut e)),
        week_min_minutes: maybe("week_min").and_then(|t| e.take("week_min", Minutes::parse_pl(t))),
        day_minutes: maybe("day_hours").and_then(|t| e.take("day_hours", Minutes::parse_pl(t))),
        months: months_of(&f, &mut e),
        individual_hours_count: f.checked("individual"),
        participants: f.text("participants").to_owned(),
        offerors: f.text("offerors").to_owned(),
        needs_ops: f.checked("needs_ops"),
        clauses: f.rows("clauses").iter().filter_map(|row| clause(&f, row)).collect(),
    });
    e.finish(draft)
}

fn cap_of(f: &Fields, e: &mut FieldErrors) -> CapBase {
    match f.text("cap") {
        "group" => CapBase::PerGroupHour {
            rate: money(f.text("rate"), "rate", "Stawka", e).unwrap_or_default(),
            group: count(f.text("cap_group"), "cap_group", "Liczba osób w grupie, dla której jest stawka", e)
                .unwrap_or_default(),
        },
        "trainer" => CapBase::PerTrainerHour { rate: money(f.text("rate"), "rate", "Stawka", e).unwrap_or_default() },
        "wage" => {
            // a percentage has two decimals, as an amount has
            let percent = money(f.text("percent"), "percent", "Procent", e).unwrap_or_default();
            CapBase::WagePercentPerTrainerHour { percent_x100: u32::try_from(percent.grosze()).unwrap_or_default() }
        }
        "none" => CapBase::Uncapped,
        _ => {
            e.add("cap", "Wybierz, jaki jest limit stawki.");
            CapBase::Uncapped
        }
    }
}

fn months_of(f: &Fields, e: &mut FieldErrors) -> Option<MonthsRule> {
    let n = count(f.text("months"), "months", "Liczba miesięcy edycji", e)?;
    match f.text("months_kind") {
        "exactly" => Some(MonthsRule::Exactly(n)),
        "at_most" => Some(MonthsRule::AtMost(n)),
        _ => {
            e.add("months_kind", "Wybierz, czy to dokładna, czy największa długość edycji.");
            None
        }
    }
}

fn clause(f: &Fields, row: &str) -> Option<Clause> {
    let cell = |name: &str| f.cell("clauses", row, name).to_owned();
    let clause = Clause {
        key: format!("clause_{row}"),
        title: cell("title"),
        demand: cell("demand"),
        basis: f.text("act").to_owned(),
    };
    (!clause.title.is_empty() || !clause.demand.is_empty()).then_some(clause)
}
