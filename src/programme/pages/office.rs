//! The office writes programmes, confirms them and records their outcomes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::conflict::{Conflict, with_version};
use super::form::{TABLES, content_of, fields_of, outcome_fields, outcomes_of};
use super::kit::{Shown, begun, renumbered, row_numbers, row_pressed, timeline};
use super::names::said;
use super::view::{FormPage, ListPage, OutcomesPage, ProgrammePage, Sources, waiting};
use crate::account::{Actor, Role};
use crate::audit;
use crate::error::AppError;
use crate::law::{Instant, rules};
use crate::programme::{self, Programme, ProgrammeContent, ProgrammeState, store};
use crate::store::{ProgrammeId, Read, tables};
use crate::web::{
    Allowed, Choice, Ctx, Decision, Doing, Fields, Flash, PathIds, Policy, Posted, Problems, option_list, sort_problems,
};

const OFFICERS: &str = "Programy zmienia pracownik merytoryczny urzędu.";

/// The list of programmes.
pub struct ReadProgrammes;

impl Policy for ReadProgrammes {
    const NAME: &'static str = "programme.list";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.reads_cases(), "Programy widzą pracownicy urzędu.")
    }
}

/// Begins a programme.
pub struct NewProgramme;

impl Policy for NewProgramme {
    const NAME: &'static str = "programme.create";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.has(Role::Officer), OFFICERS)
    }
}

fn visible(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Programme, AppError> {
    if !who.reads_cases() {
        return Err(AppError::NotFound);
    }
    store::find(r, &path.id("programme", ProgrammeId::parse)?)
}

/// Looks at one programme.
pub struct ReadProgramme;

impl Policy for ReadProgramme {
    const NAME: &'static str = "programme.read";
    type Object = Programme;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Programme, AppError> {
        visible(r, who, path)
    }

    fn decide(_: &Actor, _: &Programme, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Changes one programme.
pub struct EditProgramme;

impl Policy for EditProgramme {
    const NAME: &'static str = "programme.edit";
    type Object = Programme;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Programme, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Programme, _: Instant) -> Decision {
        Decision::when(who.has(Role::Officer), OFFICERS)
    }
}

pub async fn list(may: Allowed<ReadProgrammes>) -> Result<HttpResponse, AppError> {
    let all = may.ctx.read(store::all).await?;
    let view = ListPage::of(&all, may.ctx.actor.has(Role::Officer));
    may.ctx.page("programme/list.html", "Programy", &view)
}

pub async fn show(may: Allowed<ReadProgramme>) -> Result<HttpResponse, AppError> {
    let page = shown(&may.ctx, may.object, None).await?;
    may.ctx.page("programme/show.html", &page.title.clone(), &page)
}

async fn shown(ctx: &Ctx, programme: Programme, problems: Option<&Problems>) -> Result<ProgrammePage, AppError> {
    let (id, code) = (programme.id.clone(), programme.content.rules.clone());
    let sources = ctx
        .read(move |r| {
            Ok(Sources { rules: tables::rule_set(r, &code)?, events: timeline(audit::of_object(r, id.as_str())?) })
        })
        .await?;
    Ok(ProgrammePage::of(programme, sources, ctx.actor.has(Role::Officer), problems))
}

/// Every rule set a programme may be made under, by code and name.
async fn rule_choices(ctx: &Ctx) -> Result<Vec<Choice>, AppError> {
    let local = ctx.read(tables::local_rule_sets).await?;
    let all = rules::shipped().into_iter().rev().chain(local);
    Ok(option_list(all.map(|set| (set.code.clone(), format!("{} – {}", set.code, set.name)))))
}

async fn form_page(
    ctx: &Ctx,
    status: StatusCode,
    programme: Option<&Programme>,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let view = FormPage {
        conflict,
        action: programme.map_or("/urzad/programy".to_owned(), |p| format!("/urzad/programy/{}/edycja", p.id)),
        back: programme.map_or("/urzad/programy".to_owned(), |p| format!("/urzad/programy/{}", p.id)),
        waiting: waiting(programme.map_or(ProgrammeState::Draft, |p| p.state)),
        confirmed: programme.is_some_and(|p| p.state == ProgrammeState::Ready),
        f: fields.map(),
        rows: row_numbers(fields, &TABLES),
        rules: rule_choices(ctx).await?,
        answers: option_list(programme::OpsAnswer::ALL.map(|a| (a.code(), a.label()))),
        centres: option_list([("ops", "OPS"), ("cus", "CUS")]),
        shown: Shown::of(problems),
    };
    let name = if programme.is_some() { "Zmień program" } else { "Nowy program" };
    let title = if status == StatusCode::OK { name.to_owned() } else { format!("Błąd: {name}") };
    ctx.page_as(status, "programme/form.html", &title, &view)
}

pub async fn new(may: Allowed<NewProgramme>) -> Result<HttpResponse, AppError> {
    form_page(&may.ctx, StatusCode::OK, None, &Fields::default(), &Problems::default(), None).await
}

pub async fn create(may: Allowed<NewProgramme>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if let Some(fields) = row_pressed(&form, &TABLES) {
        return form_page(&may.ctx, StatusCode::OK, None, &fields, &Problems::default(), None).await;
    }
    let done = match content_of(&form, &ProgrammeContent::default()) {
        Ok(content) => {
            let doing = Doing::new("programme.create", "program", "nowy");
            may.ctx.deed(doing, move |tx, who, now| programme::create(tx, who, content, now)).await
        }
        Err(e) => Err(e),
    };
    match done {
        Ok(draft) => {
            let said = begun(&draft, "program", "Zapisano program jako wersję roboczą.");
            Ok(may.ctx.see_other(&format!("/urzad/programy/{}", draft.id), Some(said)))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            form_page(&may.ctx, StatusCode::UNPROCESSABLE_ENTITY, None, &form, &problems, None).await
        }
    }
}

pub async fn edit(may: Allowed<EditProgramme>) -> Result<HttpResponse, AppError> {
    let mut fields = fields_of(&may.object.content);
    fields.set("version", may.object.version.to_string());
    form_page(&may.ctx, StatusCode::OK, Some(&may.object), &fields, &Problems::default(), None).await
}

pub async fn save(may: Allowed<EditProgramme>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if let Some(fields) = row_pressed(&form, &TABLES) {
        return form_page(&may.ctx, StatusCode::OK, Some(&may.object), &fields, &Problems::default(), None).await;
    }
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let content = match content_of(&form, &may.object.content) {
        Ok(content) => content,
        Err(e) => {
            let problems = sort_problems(e)?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return form_page(&may.ctx, status, Some(&may.object), &form, &problems, None).await;
        }
    };
    let (doing, new) = (Doing::new("programme.save", "program", &id), content.clone());
    match may.ctx.deed(doing, move |tx, who, now| programme::save(tx, who, &id, seen, new, now)).await {
        Ok(()) => Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok("Zapisano program.")))),
        Err(AppError::Stale) => {
            let fresh = again(&may).await?;
            let title = "Ktoś zapisał ten program w międzyczasie";
            let conflict = Conflict::of(title, &fields_of(&fresh.content), &fields_of(&content), said);
            let fields = with_version(&renumbered(&form, &TABLES), fresh.version);
            let none = Problems::default();
            form_page(&may.ctx, StatusCode::CONFLICT, Some(&fresh), &fields, &none, Some(conflict)).await
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            form_page(&may.ctx, StatusCode::UNPROCESSABLE_ENTITY, Some(&may.object), &form, &problems, None).await
        }
    }
}

/// The programme as it is now.
async fn again(may: &Allowed<EditProgramme>) -> Result<Programme, AppError> {
    let id = may.object.id.clone();
    may.ctx.read(move |r| store::find(r, &id)).await
}

pub async fn confirm(may: Allowed<EditProgramme>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let doing = Doing::new("programme.confirm", "program", &id);
    let done = may.ctx.deed(doing, move |tx, who, now| programme::confirm(tx, who, &id, seen, now)).await;
    match done {
        Ok(()) => {
            let text = "Program jest zatwierdzony. Możesz przygotować z niego konkurs.";
            Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            let page = shown(&may.ctx, may.object, Some(&problems)).await?;
            let title = format!("Błąd: {}", page.title);
            may.ctx.page_as(StatusCode::UNPROCESSABLE_ENTITY, "programme/show.html", &title, &page)
        }
    }
}

pub async fn outcomes(may: Allowed<EditProgramme>) -> Result<HttpResponse, AppError> {
    let recorded = may.object.content.outcomes.as_ref();
    let mut fields = recorded.map(outcome_fields).unwrap_or_default();
    fields.set("version", may.object.version.to_string());
    outcomes_page(&may, StatusCode::OK, &fields, &Problems::default(), None)
}

fn outcomes_page(
    may: &Allowed<EditProgramme>,
    status: StatusCode,
    fields: &Fields,
    problems: &Problems,
    conflict: Option<Conflict>,
) -> Result<HttpResponse, AppError> {
    let view = OutcomesPage {
        conflict,
        action: format!("{}/efekty", url(&may.object)),
        back: url(&may.object),
        waiting: waiting(may.object.state),
        persons: may.object.content.persons(),
        classes: !may.object.content.groups.is_empty(),
        f: fields.map(),
        shown: Shown::of(problems),
    };
    let title = if status == StatusCode::OK { "Efekty programu" } else { "Błąd: Efekty programu" };
    may.ctx.page_as(status, "programme/outcomes.html", title, &view)
}

pub async fn record(may: Allowed<EditProgramme>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (may.object.id.clone(), version(&form)?);
    let cited = may.object.content.outcomes.as_ref().map(|o| o.facts.cited.clone()).unwrap_or_default();
    let outcomes = match outcomes_of(&form, &cited) {
        Ok(outcomes) => outcomes,
        Err(e) => {
            let problems = sort_problems(e)?;
            return outcomes_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None);
        }
    };
    let (doing, new) = (Doing::new("programme.outcomes", "program", &id), outcomes.clone());
    match may.ctx.deed(doing, move |tx, who, now| programme::record_outcomes(tx, who, &id, seen, new, now)).await {
        Ok(()) => Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok("Zapisano efekty programu.")))),
        Err(AppError::Stale) => {
            let fresh = again(&may).await?;
            let saved = fresh.content.outcomes.as_ref().map(outcome_fields).unwrap_or_default();
            let title = "Ktoś zapisał ten program w międzyczasie";
            let conflict = Conflict::of(title, &saved, &outcome_fields(&outcomes), said);
            let fields = with_version(&form, fresh.version);
            outcomes_page(&may, StatusCode::CONFLICT, &fields, &Problems::default(), Some(conflict))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            outcomes_page(&may, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None)
        }
    }
}

fn url(programme: &Programme) -> String {
    format!("/urzad/programy/{}", programme.id)
}

/// The version the writer saw; a form without it cannot be ours.
fn version(form: &Fields) -> Result<i64, AppError> {
    form.text("version").parse().map_err(|_| AppError::Stale)
}
