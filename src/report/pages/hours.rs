//! The ledger on a page: all groups with their sums, and the rows of one group to edit.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use serde::Serialize;

use super::access::{Case, OwnReport, keeps_hours};
use super::forms::{Stands, Typed};
use super::ngo::Chosen;
use super::section::{self, Section};
use super::view::{Head, Reading, count, head};
use super::view_hours::GroupRow;
use crate::error::{AppError, FieldErrors};
use crate::law::{parse_date, parse_time, show_time};
use crate::report::{self, HoursLine, HoursSource, store};
use crate::web::{Allowed, Choice, Ctx, Doing, Fields, FindingView, Flash, Posted, findings_view, option_list};

/// Rows of one group in one report that the form takes.
const MOST_ROWS: usize = 200;

#[derive(Serialize)]
struct LedgerPage {
    head: Head,
    stands: Stands,
    groups: Vec<GroupRow>,
    total_planned: String,
    total_performed: String,
    group: String,
    gmina: String,
    /// Row numbers of the form, in order.
    rows: Vec<String>,
    yes_no: Vec<Choice>,
    typed: Typed,
    refused: Vec<FindingView>,
}

/// What the form of a group shows: stored lines, or what was typed.
struct Shown {
    rows: Vec<String>,
    typed: Typed,
    refused: Vec<FindingView>,
}

fn stored(lines: &[HoursLine], group: &str) -> Shown {
    let (mut fields, mut rows) = (Fields::default(), Vec::new());
    for (n, line) in lines.iter().filter(|l| l.group == group).enumerate() {
        let mut set = |name: &str, value: String| fields.set(format!("rows.{n}.{name}"), value);
        set("day", line.day.to_string());
        set("from", show_time(line.from));
        set("to", show_time(line.to));
        set("trainer", line.trainer.clone());
        set("topic", line.topic.clone());
        set("present", line.present.to_string());
        set("absent", line.absent.to_string());
        set("individual", if line.individual { "tak" } else { "nie" }.to_owned());
        set("place", line.place.clone());
        rows.push(n.to_string());
    }
    Shown { rows, typed: Typed::of(fields), refused: Vec::new() }
}

async fn page(ctx: Ctx, object: Case, group: Option<String>, shown: Option<Shown>) -> Result<HttpResponse, AppError> {
    let now = ctx.arrived;
    let view = ctx
        .read(move |r| {
            let counted = count(r, &object, None, Reading::Now)?;
            let content = &object.contract.content;
            let chosen = content.groups.iter().find(|g| group.as_deref() == Some(g.code.as_str()));
            let chosen = chosen.or_else(|| first_of_period(&object)).ok_or(AppError::NotFound)?;
            let shown = shown.unwrap_or_else(|| stored(&counted.this.hours, &chosen.code));
            let planned = report::performed::planned_hours(content).into_iter().map(|h| h.minutes);
            let base = section::base_of(r, &object.report, &Section::Hours(chosen.code.clone()))?;
            Ok(LedgerPage {
                head: head(&object, now),
                stands: shown.typed.stands(&object.report, base),
                total_planned: crate::law::Minutes::sum(planned).unwrap_or_default().to_string(),
                total_performed: counted.cap.hours,
                groups: counted.groups,
                group: chosen.code.clone(),
                gmina: chosen.gmina.clone(),
                rows: shown.rows,
                yes_no: option_list([("nie", "nie"), ("tak", "tak")]),
                typed: shown.typed,
                refused: shown.refused,
            })
        })
        .await?;
    let (status, mark) = match view.typed.status() {
        (StatusCode::OK, _) if !view.refused.is_empty() => (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: "),
        other => other,
    };
    ctx.page_as(status, "report/hours.html", &format!("{mark}Ewidencja godzin – {}", view.head.name), &view)
}

fn first_of_period(case: &Case) -> Option<&crate::programme::Group> {
    let (content, report) = (&case.contract.content, &case.report);
    let inside = |no: u32| {
        content.editions.iter().any(|e| e.no == no && report.period_from <= e.from && e.to <= report.period_to)
    };
    content.groups.iter().find(|g| inside(g.edition)).or_else(|| content.groups.first())
}

/// `GET /sprawozdania/{report}/godziny?grupa=E1-G1`
pub async fn ledger(may: Allowed<OwnReport>, query: Query<Chosen>) -> Result<HttpResponse, AppError> {
    keeps_hours(&may.object)?;
    page(may.ctx, may.object, query.into_inner().grupa, None).await
}

/// One row of the form; all its errors are kept.
fn line(form: &Fields, row: &str, group: &str, number: usize, errors: &mut FieldErrors) -> Option<HoursLine> {
    let name = |field: &str| format!("rows.{row}.{field}");
    let cell = |field: &str| form.cell("rows", row, field);
    let day = errors.take(&name("day"), parse_date(cell("day")));
    let from = errors.take(&name("from"), parse_time(cell("from")));
    let to = errors.take(&name("to"), parse_time(cell("to")));
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        errors.add(
            name("to"),
            format!(
                "Koniec {} nie jest później niż początek {}. Popraw jedną z godzin.",
                show_time(to),
                show_time(from)
            ),
        );
    }
    let mut words = |field: &str, label: &str| {
        let text = form.cell("rows", row, field);
        if text.is_empty() {
            errors.add(format!("rows.{row}.{field}"), format!("Uzupełnij pole „{label}”."));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect::<String>()
    };
    let (trainer, topic) = (words("trainer", "Prowadzący"), words("topic", "Temat"));
    let mut persons = |field: &str| match cell(field).parse::<u32>() {
        Ok(n) if n <= 200 => Some(n),
        Ok(_) | Err(_) => {
            errors.add(name(field), "Wpisz liczbę osób cyframi, od 0 do 200.");
            None
        }
    };
    let (present, absent) = (persons("present"), persons("absent"));
    let place = match cell("place") {
        "" => format!("strona Godziny, grupa {group}, wiersz {number}"),
        kept => kept.chars().take(120).collect(),
    };
    Some(HoursLine {
        group: group.to_owned(),
        trainer,
        day: day?,
        from: from?,
        to: to?,
        topic,
        present: present?,
        absent: absent?,
        individual: cell("individual") == "tak",
        place,
    })
}

/// The rows of the form with the row to add, or without the one to remove; `None` when the form is saved.
fn reshaped(form: &Fields) -> Option<Shown> {
    let mut rows = form.rows("rows");
    let mut fields = form.clone();
    let removed = form.text("_remove").strip_prefix("rows.").map(str::to_owned);
    if let Some(removed) = removed {
        rows.retain(|row| *row != removed);
    } else if form.text("_add") == "rows" {
        let last = rows.last().cloned();
        let next =
            rows.iter().filter_map(|r| r.parse::<u32>().ok()).max().map_or(0, |n| n.saturating_add(1)).to_string();
        for field in ["trainer", "from", "to", "topic", "present"] {
            let kept = last.as_deref().map(|row| form.cell("rows", row, field).to_owned()).unwrap_or_default();
            fields.set(format!("rows.{next}.{field}"), kept);
        }
        rows.push(next);
    } else {
        return None;
    }
    Some(Shown { rows, typed: Typed::of(fields), refused: Vec::new() })
}

fn read_rows(form: &Fields, group: &str) -> Result<Vec<HoursLine>, AppError> {
    let (mut errors, mut lines) = (FieldErrors::new(), Vec::new());
    let filled = form.rows("rows").into_iter().filter(|row| {
        ["day", "from", "to", "trainer", "topic"].iter().any(|field| !form.cell("rows", row, field).is_empty())
    });
    for (row, number) in filled.zip(1..) {
        lines.push(line(form, &row, group, number, &mut errors));
    }
    if lines.len() > MOST_ROWS {
        errors.add(
            "rows",
            format!(
                "Grupa ma {} wierszy; formularz przyjmuje najwyżej {MOST_ROWS}. Większą ewidencję wyślij w pliku.",
                lines.len()
            ),
        );
    }
    let whole: Option<Vec<HoursLine>> = lines.into_iter().collect();
    errors.finish(Some(whole.unwrap_or_default()))
}

/// `POST /sprawozdania/{report}/godziny`: the rows of one group in place of its earlier ones.
pub async fn save_rows(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    keeps_hours(&object)?;
    let (id, group) = (object.report.id.clone(), form.text("group").to_owned());
    if let Some(shown) = reshaped(&form) {
        return page(ctx, object, Some(group), Some(shown)).await;
    }
    let url = format!("/sprawozdania/{id}/godziny?grupa={group}");
    let doing = Doing::new("report.hours", "report", &id);
    let done = match read_rows(&form, &group) {
        Ok(mut lines) => {
            let (code, form) = (group.clone(), form.clone());
            ctx.deed(doing, move |tx, who, now| {
                let seen = section::met(tx, &id, Section::Hours(code.clone()), &form)?.version;
                let mut all = store::hours_of_report(tx, &id)?;
                all.retain(|l| l.group != code);
                lines.sort_by_key(|l| (l.day, l.from));
                all.append(&mut lines);
                report::put_hours(tx, who, &id, seen, all, HoursSource::Form, now)
            })
            .await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(()) => Ok(ctx.see_other(&url, Some(Flash::ok(format!("Zapisano zajęcia grupy {group}."))))),
        Err(e) => {
            let refused = if let AppError::Refused(findings) = &e { findings_view(findings) } else { Vec::new() };
            let shown = Shown { rows: form.rows("rows"), typed: Typed::refused(&form, e)?, refused };
            page(ctx, object, Some(group), Some(shown)).await
        }
    }
}
