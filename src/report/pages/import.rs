//! The ledger from a workbook: template, upload, what would change, and the saving.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::access::{Case, OwnReport, keeps_hours};
use super::forms::version;
use super::view::{Head, head};
use crate::contract::Contract;
use crate::document::{CellProblem, folded};
use crate::error::{AppError, FieldErrors};
use crate::law::Minutes;
use crate::report::performed::group_hours;
use crate::report::sheet::{self, Unreadable};
use crate::report::{self, HoursLine, HoursSource, store};
use crate::web::{Allowed, Ctx, Doing, ErrorLink, Flash, Posted, Upload};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// As many bad cells as one page shows; the count says how many there are.
const MOST_SHOWN: usize = 200;

#[derive(Serialize, Default)]
struct Trouble {
    file: String,
    sentence: String,
    cells: Vec<CellProblem>,
    count: usize,
    more: usize,
}

#[derive(Serialize)]
struct ChoosePage {
    head: Head,
    trouble: Option<Trouble>,
    errors: Vec<ErrorLink>,
}

fn choose_page(ctx: &Ctx, case: &Case, trouble: Option<Trouble>) -> Result<HttpResponse, AppError> {
    let bad = trouble.is_some();
    let errors = trouble.as_ref().map(summary).unwrap_or_default();
    let view = ChoosePage { head: head(case, ctx.arrived), trouble, errors };
    let (status, mark) = if bad { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") } else { (StatusCode::OK, "") };
    ctx.page_as(status, "report/import.html", &format!("{mark}Godziny z pliku – {}", view.head.name), &view)
}

fn summary(trouble: &Trouble) -> Vec<ErrorLink> {
    let message = if trouble.sentence.is_empty() {
        format!("Liczba komórek do poprawy w pliku „{}”: {}. Nic nie zostało zapisane.", trouble.file, trouble.count)
    } else {
        trouble.sentence.clone()
    };
    let href = if trouble.sentence.is_empty() { "#komorki" } else { "#file" };
    vec![ErrorLink { href: href.to_owned(), message }]
}

fn trouble(file: &str, why: Unreadable) -> Trouble {
    let file = file.to_owned();
    match why {
        Unreadable::File(why) => {
            let sentence = format!("Plik „{file}”. {why}");
            Trouble { file, sentence, ..Trouble::default() }
        }
        Unreadable::Cells(mut cells) => {
            let count = cells.len();
            if count > MOST_SHOWN {
                cells = folded(cells);
            }
            let more = cells.len().saturating_sub(MOST_SHOWN);
            cells.truncate(MOST_SHOWN);
            Trouble { file, count, more, cells, ..Trouble::default() }
        }
    }
}

/// `GET …/godziny/szablon.xlsx`
pub async fn blank(may: Allowed<OwnReport>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    keeps_hours(&object)?;
    let name = format!("godziny-{}-{}.xlsx", object.contract.number.replace('/', "-"), object.report.no);
    let bytes = ctx.work(move |_, _, now| sheet::blank(&object.contract, &object.report, now)).await?;
    Ok(ctx.download(bytes, XLSX, &name))
}

/// `GET …/godziny/import`
pub async fn choose(may: Allowed<OwnReport>) -> Result<HttpResponse, AppError> {
    keeps_hours(&may.object)?;
    choose_page(&may.ctx, &may.object, None)
}

#[derive(Serialize)]
struct Change {
    group: String,
    gmina: String,
    rows_before: usize,
    rows_after: usize,
    hours_before: String,
    hours_after: String,
    changed: bool,
}

#[derive(Serialize)]
struct PreviewPage {
    head: Head,
    file: String,
    sha256: String,
    changes: Vec<Change>,
    rows_before: usize,
    rows_after: usize,
    hours_before: String,
    hours_after: String,
}

fn total(hours: &[crate::law::GroupHours]) -> String {
    Minutes::sum(hours.iter().map(|h| h.minutes)).unwrap_or_default().to_string()
}

fn preview_page(
    case: &Case,
    before: &[HoursLine],
    after: &[HoursLine],
    head: Head,
    file: String,
    sha256: String,
) -> PreviewPage {
    let content = &case.contract.content;
    let (old, new) = (group_hours(content, before), group_hours(content, after));
    let rows = |lines: &[HoursLine], code: &str| lines.iter().filter(|l| l.group == code).count();
    let changes = content.groups.iter().zip(old.iter().zip(&new)).map(|(g, (old, new))| Change {
        group: g.code.clone(),
        gmina: g.gmina.clone(),
        rows_before: rows(before, &g.code),
        rows_after: rows(after, &g.code),
        hours_before: old.minutes.to_string(),
        hours_after: new.minutes.to_string(),
        changed: old.minutes != new.minutes,
    });
    let changes = changes.filter(|c| c.rows_before.saturating_add(c.rows_after) > 0).collect();
    PreviewPage {
        head,
        file,
        sha256,
        changes,
        rows_before: before.len(),
        rows_after: after.len(),
        hours_before: total(&old),
        hours_after: total(&new),
    }
}

/// `POST …/godziny/import`: reads the file and shows what would change; nothing of the report is changed.
pub async fn preview(may: Allowed<OwnReport>, upload: Result<Upload, AppError>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    keeps_hours(&object)?;
    let upload = upload?; // who may not know of the report is told so first
    if !object.report.is_open() {
        return Err(AppError::forbidden("Sprawozdanie jest już złożone; ewidencji nie można teraz zmieniać."));
    }
    let (name, bytes) = match upload.file("file") {
        Ok(file) => (file.name.chars().take(120).collect::<String>(), file.bytes.clone()),
        Err(AppError::Invalid(e)) => {
            let sentence = e.list().first().map(|e| e.message.clone()).unwrap_or_default();
            return choose_page(&ctx, &object, Some(Trouble { sentence, ..Trouble::default() }));
        }
        Err(e) => return Err(e),
    };
    let (contract, report) = (object.contract.clone(), object.report.id.clone());
    let read = ctx
        .work(move |state, _, _| {
            let lines = match sheet::read(&bytes, &contract) {
                Ok(lines) => lines,
                Err(why) => return Ok(Err(why)),
            };
            let before = state.store.read(|r| store::hours_of_report(r, &report))?;
            Ok(Ok((before, lines, state.files.put(bytes)?)))
        })
        .await?;
    match read {
        Err(why) => choose_page(&ctx, &object, Some(trouble(&name, why))),
        Ok((before, after, sha256)) => {
            let view = preview_page(&object, &before, &after, head(&object, ctx.arrived), name, sha256);
            ctx.page("report/preview.html", &format!("Co się zmieni – {}", view.head.name), &view)
        }
    }
}

/// `POST …/godziny/import/zapis`: reads the kept file again and saves its lines.
pub async fn save(may: Allowed<OwnReport>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object, .. } = may;
    keeps_hours(&object)?;
    let (id, seen) = (object.report.id.clone(), version(&form)?);
    let url = format!("/sprawozdania/{id}");
    let name: String = form.text("file").chars().take(120).collect();
    let sha256 = form.text("sha256").to_owned();
    if sha256.len() != 64 || !sha256.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(AppError::Invalid(FieldErrors::of("sha256", "Wyślij plik jeszcze raz.")));
    }
    let contract: Contract = object.contract;
    let doing = Doing::new("report.hours", "report", &id);
    let count = ctx
        .work_deed(doing, move |state, who, now| {
            let bytes = state.files.get(&sha256)?;
            let lines = sheet::read(&bytes, &contract).map_err(|_| {
                AppError::Invalid(FieldErrors::of("sha256", "Pliku nie da się już odczytać. Wyślij go jeszcze raz."))
            })?;
            let count = lines.len();
            let source = HoursSource::File { name, sha256 };
            state.store.write(|tx| report::put_hours(tx, who, &id, seen, lines, source, now))?;
            Ok(count)
        })
        .await?;
    Ok(ctx.see_other(
        &url,
        Some(Flash::ok(format!("Zapisano ewidencję z pliku, wierszy: {count}. Uwagi są przeliczone."))),
    ))
}
