//! The dated tables: what the law sets anew, with its source and how sure it is.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{Administer, Oversee};
use crate::account::dated_value::shown_value;
use crate::account::{Role, add_dated_value};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Money, TableKind, Tables, parse_date, show_date, warsaw_date};
use crate::store::tables;
use crate::web::{
    Allowed, Choice, Ctx, Doing, ErrorLink, Fields, FindingView, Flash, Posted, Problems, error_links, error_map,
    findings_view, option_list, sort_problems,
};

#[derive(Serialize)]
struct Row {
    from: String,
    value: String,
    source: String,
    mark: &'static str,
}

#[derive(Serialize)]
struct Table {
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Page {
    tables: Vec<Table>,
    missing: Vec<FindingView>,
    findings: Vec<FindingView>,
    kinds: Vec<Choice>,
    may_change: bool,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// Values that the contests of this year need; from October those of the next year too.
pub(super) fn missing(tables: &Tables, today: NaiveDate) -> Vec<Finding> {
    let next = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).filter(|_| today.month() >= 10);
    let mut out: Vec<Finding> = Vec::new();
    for day in [Some(today), next].into_iter().flatten() {
        out.extend(tables.wage_on(day).err());
        out.extend(tables.psu_on(day).err());
    }
    out
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn table(kind: TableKind, all: &Tables) -> Table {
    let mut rows: Vec<_> = all.of(kind).rows().iter().rev().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.from));
    let rows = rows.into_iter().map(|row| Row {
        from: show_date(row.from),
        value: shown_value(kind, row.value_x100),
        source: row.source.clone(),
        mark: row.mark.label(),
    });
    Table { title: first_upper(kind.label()), rows: rows.collect() }
}

async fn page(ctx: &Ctx, form: &Fields, problems: &Problems) -> Result<HttpResponse, AppError> {
    let all = ctx.read(tables::tables).await?;
    let mut gaps = missing(&all, warsaw_date(ctx.arrived));
    gaps.iter_mut().for_each(|gap| gap.severity = crate::law::Severity::Warn);
    let view = Page {
        tables: TableKind::ALL.into_iter().map(|kind| table(kind, &all)).collect(),
        missing: findings_view(&gaps),
        findings: findings_view(&problems.findings),
        kinds: option_list(TableKind::ALL.map(|kind| (kind.code(), kind.label()))),
        may_change: ctx.actor.has(Role::Admin),
        f: form.map(),
        e: error_map(&problems.errors),
        errors: error_links(&problems.errors),
    };
    let sound = problems.errors.is_empty() && problems.findings.is_empty();
    let (status, title) = if sound {
        (StatusCode::OK, "Tabele stawek")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: Tabele stawek")
    };
    ctx.page_as(status, "account/tables.html", title, &view)
}

/// The three tables.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &Fields::default(), &Problems::default()).await
}

struct NewRow {
    kind: TableKind,
    from: NaiveDate,
    value_x100: i64,
    source: String,
}

fn new_row(form: &Fields) -> Result<NewRow, AppError> {
    let mut errors = FieldErrors::new();
    let kind = TableKind::from_code(form.text("kind"));
    if kind.is_none() {
        errors.add("kind", "Wybierz tabelę.");
    }
    let from = errors.take("from", parse_date(form.text("from")));
    let typed = form.text("value").trim_end_matches('%').trim_end();
    let value = errors.take("value", Money::parse_pl(typed));
    let source = form.required("source", "Źródło", &mut errors);
    let whole = match (kind, from, value) {
        (Some(kind), Some(from), Some(value)) => Some(NewRow { kind, from, value_x100: value.grosze(), source }),
        _ => None,
    };
    errors.finish(whole)
}

/// Adds a row; what contests froze already stays as it was.
///
/// # Errors
/// Those of the database; errors of the form show it again.
pub async fn add(may: Allowed<Administer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let done = match new_row(&form) {
        Ok(row) => {
            let doing = Doing::new("account.dated_value", "dated_table", row.kind.code());
            ctx.deed(doing, move |tx, who, now| {
                add_dated_value(tx, who, row.kind, row.from, row.value_x100, &row.source, now)
            })
            .await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(ctx.see_other("/urzad/administracja/tabele", Some(Flash::ok("Wartość dopisana.")))),
        Err(e) => page(ctx, &form, &sort_problems(e)?).await,
    }
}
