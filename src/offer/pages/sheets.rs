//! A part of the offer as a workbook: template, export, upload, and what would change. The confirmation
//! posts the rows that were read to the page of that part, with the version that was seen.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::cap::{hours_told, newly_over};
use super::forms::fill;
use super::policy::{Case, EditOffer, LeadOffer};
use super::section::Section;
use super::sections::asked_for;
use super::view;
use crate::document::{CellProblem, folded};
use crate::error::AppError;
use crate::offer::model::OfferContent;
use crate::offer::sheet::{self, Change, Part, Unreadable};
use crate::web::{Allowed, Ctx, ErrorLink, PathIds, Upload, Waiting, error_links};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// As many bad cells as one page shows one by one; of more, the same fault down a column is one line.
const MOST_SHOWN: usize = 200;

fn part(path: &PathIds) -> Result<Part, AppError> {
    Part::parse(path.text("part")?).ok_or(AppError::NotFound)
}

fn section(part: Part) -> Section {
    match part {
        Part::Costs => Section::Costs,
        Part::Results => Section::Results,
        Part::Programme => Section::Programme,
    }
}

/// Refuses the workbook of what the announcement does not ask for.
fn asked(part: Part, case: &Case) -> Result<(), AppError> {
    if part == Part::Results && !case.call.content.applies().results {
        return Err(AppError::forbidden(
            "Urząd zrezygnował w ogłoszeniu z części III.6: ta część oferty ma wpis „nie dotyczy”.",
        ));
    }
    asked_for(section(part), case)
}

fn what(part: Part) -> &'static str {
    match part {
        Part::Costs => "Kosztorys",
        Part::Results => "Rezultaty",
        Part::Programme => "Program zajęć",
    }
}

#[derive(Serialize, Default)]
struct Trouble {
    file: String,
    cells: Vec<CellProblem>,
    more: usize,
}

#[derive(Serialize)]
struct ChoosePage {
    id: String,
    org: String,
    call: String,
    what: &'static str,
    sheet: &'static str,
    most: usize,
    address: String,
    back: String,
    may_edit: bool,
    band: String,
    waiting: Waiting,
    errors: Vec<ErrorLink>,
    trouble: Trouble,
}

fn choose_page(
    ctx: &Ctx,
    case: &Case,
    part: Part,
    errors: Vec<ErrorLink>,
    trouble: Trouble,
) -> Result<HttpResponse, AppError> {
    let bad = !errors.is_empty();
    let view = ChoosePage {
        id: case.offer.id.to_string(),
        org: case.offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        what: what(part),
        sheet: part.sheet(),
        most: part.most(),
        address: format!("/oferty/{}/arkusze/{}", case.offer.id, part.slug()),
        back: format!("/oferty/{}/{}", case.offer.id, section(part).slug()),
        may_edit: case.may_edit(ctx.arrived),
        band: view::band(&case.offer),
        waiting: view::waiting(case, ctx.arrived),
        errors,
        trouble,
    };
    let (status, mark) = if bad { (StatusCode::UNPROCESSABLE_ENTITY, "Błąd: ") } else { (StatusCode::OK, "") };
    ctx.page_as(status, "offer/sheet.html", &format!("{mark}{} w pliku XLSX", view.what), &view)
}

/// `GET /oferty/{offer}/arkusze/{part}`.
///
/// # Errors
/// `NotFound` for a part that is not there.
pub async fn choose(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    let part = part(&may.path)?;
    asked(part, &may.object)?;
    choose_page(&may.ctx, &may.object, part, Vec::new(), Trouble::default())
}

/// `GET …/wzor.xlsx`: the workbook to fill in.
///
/// # Errors
/// `NotFound` for a part that is not there.
pub async fn blank(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    let part = part(&may.path)?;
    let Allowed { ctx, object: case, .. } = may;
    asked(part, &case)?;
    let bytes = ctx.work(move |_, _, now| sheet::blank(part, case.offer.working(), &case.call.content, now)).await?;
    Ok(ctx.download(bytes, XLSX, &format!("wzór {}.xlsx", part.slug())))
}

/// `GET …/dane.xlsx`: what stands in the offer.
///
/// # Errors
/// `NotFound` for a part that is not there.
pub async fn export(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    let part = part(&may.path)?;
    let Allowed { ctx, object: case, .. } = may;
    let made_at = case.offer.updated_at;
    let title = view::title_of(&case.offer);
    let bytes =
        ctx.work(move |_, _, _| sheet::export(part, case.offer.working(), &case.call.content, &title, made_at)).await?;
    Ok(ctx.download(bytes, XLSX, &format!("oferta {}.xlsx", part.slug())))
}

#[derive(Serialize)]
struct PreviewPage {
    org: String,
    call: String,
    file: String,
    action: String,
    address: String,
    back: String,
    version: i64,
    band: String,
    waiting: Waiting,
    labels: Vec<&'static str>,
    changes: Vec<Change>,
    /// Nothing but the order of the rows changes.
    reordered: bool,
    counts: String,
    /// What the changes come to, one sentence each.
    sums: Vec<String>,
    /// What would be over the limit and is not now.
    over: String,
    fields: Vec<(String, String)>,
}

/// `POST …/{part}`: reads the file and shows what would change; nothing of the offer is changed.
///
/// # Errors
/// Those of the upload; a file that cannot be read is shown with every bad cell.
pub async fn preview(may: Allowed<EditOffer>, upload: Result<Upload, AppError>) -> Result<HttpResponse, AppError> {
    let part = part(&may.path)?;
    let Allowed { ctx, object: case, .. } = may;
    asked(part, &case)?;
    let upload = upload?; // who may not know of the offer is told so first
    let (name, bytes) = match upload.file("file") {
        Ok(file) => (file.name.chars().take(120).collect::<String>(), file.bytes.clone()),
        Err(AppError::Invalid(e)) => {
            return choose_page(&ctx, &case, part, error_links(&e), Trouble::default());
        }
        Err(e) => return Err(e),
    };
    let (content, call) = (case.offer.working().clone(), case.call.content.clone());
    let read = ctx.work(move |_, _, _| Ok(sheet::read(part, &bytes, &content, &call))).await?;
    match read {
        Ok(after) => {
            let view = preview_page(&ctx, &case, part, name, &after);
            ctx.page("offer/sheet_preview.html", &format!("{}: co się zmieni", what(part)), &view)
        }
        Err(why) => {
            let (errors, trouble) = told(&name, why);
            choose_page(&ctx, &case, part, errors, trouble)
        }
    }
}

fn told(file: &str, why: Unreadable) -> (Vec<ErrorLink>, Trouble) {
    let link = |href: &str, message: String| vec![ErrorLink { href: href.to_owned(), message }];
    match why {
        Unreadable::File(sentence) => (link("#file", format!("Plik „{file}”. {sentence}")), Trouble::default()),
        Unreadable::Cells(mut cells) => {
            let count = cells.len();
            if count > MOST_SHOWN {
                cells = folded(cells);
            }
            let more = cells.len().saturating_sub(MOST_SHOWN);
            cells.truncate(MOST_SHOWN);
            let said = format!("Liczba komórek do poprawy w pliku „{file}”: {count}. Nic nie zostało zapisane.");
            (link("#komorki", said), Trouble { file: file.to_owned(), cells, more })
        }
    }
}

fn preview_page(ctx: &Ctx, case: &Case, part: Part, file: String, after: &OfferContent) -> PreviewPage {
    let before = case.offer.working();
    let (mut labels, mut changes) = sheet::changes(part, before, after);
    // Without classes nobody asks for trainers, so there is no such column.
    let trainers = labels.iter().position(|label| *label == "Praca trenera");
    if let Some(at) = trainers.filter(|_| !case.call.content.applies().classes) {
        labels.remove(at);
        changes.iter_mut().for_each(|change| {
            change.cells.remove(at);
        });
    }
    let count = |kind: &str| changes.iter().filter(|c| c.what == kind).count();
    let counts =
        format!("dodane: {}, zmienione: {}, usunięte: {}", count("dodane"), count("zmienione"), count("usunięte"));
    let section = section(part);
    let sum = |c: &OfferContent| c.total().map(|t| t.to_string()).unwrap_or_default();
    PreviewPage {
        org: case.offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        file,
        action: format!("/oferty/{}/{}", case.offer.id, section.slug()),
        address: format!("/oferty/{}/arkusze/{}", case.offer.id, part.slug()),
        back: format!("/oferty/{}/{}", case.offer.id, section.slug()),
        version: case.offer.version,
        band: view::band(&case.offer),
        waiting: view::waiting(case, ctx.arrived),
        labels,
        reordered: changes.is_empty() && sheet::reordered(part, before, after),
        changes,
        counts,
        sums: match part {
            Part::Costs => vec![format!("Suma wszystkich kosztów: było {}, będzie {}.", sum(before), sum(after))],
            Part::Programme => hours_told(before, after, &case.call.content),
            Part::Results => Vec::new(),
        },
        over: newly_over(before, after, &case.call.content),
        fields: fill(section, after, "").pairs().to_vec(),
    }
}
