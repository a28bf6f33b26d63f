//! The front door, help, and the accessibility statement.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::account::{Actor, Role};
use crate::config::{Accessibility, Office};
use crate::error::AppError;
use crate::law::{parse_date, show_date};
use crate::web::Ctx;

#[derive(Serialize)]
struct Way {
    href: &'static str,
    label: &'static str,
    hint: &'static str,
}

#[derive(Serialize)]
struct Home {
    name: String,
    organ: String,
    ways: Vec<Way>,
}

/// Where a person goes first.
pub(super) fn landing(who: &Actor) -> &'static str {
    if who.has_any(&[Role::Admin, Role::Officer, Role::Organ, Role::Auditor]) {
        "/urzad/konkursy"
    } else if who.has(Role::Finance) {
        "/finanse"
    } else if who.has(Role::Committee) {
        "/komisja"
    } else {
        "/oferty"
    }
}

fn ways(who: &Actor) -> Vec<Way> {
    let mut out = Vec::new();
    let mut add = |may: bool, href, label, hint| {
        if may {
            out.push(Way { href, label, hint });
        }
    };
    let member = !who.memberships.is_empty();
    add(member, "/oferty", "Moje oferty", "Robocze, złożone i do poprawy");
    add(member, "/umowy", "Umowy i sprawozdania", "Transze, godziny zajęć, rozliczenie");
    add(member, "/konto/organizacja", "Dane organizacji", "Przechodzą do każdej nowej oferty");
    let clerk = who.has_any(&[Role::Officer, Role::Organ, Role::Auditor, Role::Admin]);
    add(clerk, "/urzad/konkursy", "Konkursy urzędu", "Ogłoszenia, oferty, oceny i rozstrzygnięcia");
    add(clerk, "/urzad/programy", "Programy", "Edycje, grupy i gminy, z których bierze się konkurs");
    add(who.reads_cases(), "/urzad/umowy", "Umowy urzędu", "Podpisanie, aneksy, sprawozdania");
    add(
        who.has_any(&[Role::Committee, Role::Officer, Role::Organ]),
        "/komisja",
        "Komisja",
        "Oświadczenie, karty oceny, protokół",
    );
    add(
        who.has_any(&[Role::Finance, Role::Auditor, Role::Admin]),
        "/finanse",
        "Finanse",
        "Wypłaty, zwroty, zestawienia XLSX",
    );
    add(
        who.has_any(&[Role::Admin, Role::Auditor]),
        "/urzad/administracja",
        "Administracja",
        "Osoby i role, tabele stawek, poczta, dziennik",
    );
    out
}

/// What this place is; for the signed in, where to go.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let office = &ctx.state.config.office;
    let view = Home { name: office.name.clone(), organ: office.organ.clone(), ways: ways(&ctx.actor) };
    let title = if view.ways.is_empty() { "Otwarte konkursy ofert" } else { "Dokąd teraz" };
    ctx.page("home/home.html", title, &view)
}

#[derive(Serialize)]
struct Help {
    office: Office,
    /// How to reach the data protection officer.
    inspector: String,
    idle: i64,
    absolute: i64,
}

/// Help by role.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn help(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let view = Help {
        inspector: ctx.state.config.office.inspector_line(),
        office: ctx.state.config.office.clone(),
        idle: crate::account::IDLE.num_hours(),
        absolute: crate::account::ABSOLUTE.num_hours(),
    };
    ctx.page("home/help.html", "Pomoc", &view)
}

#[derive(Serialize)]
struct Statement {
    office: Office,
    a: Accessibility,
    address: String,
    base_url: String,
}

fn shown_date(text: &str) -> String {
    parse_date(text).map(show_date).unwrap_or_default()
}

/// The accessibility statement: what the program can say of itself, and what the office says.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn accessibility(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let config = &ctx.state.config;
    let (office, mut a) = (config.office.clone(), config.accessibility.clone());
    a.published = shown_date(&a.published);
    a.updated = shown_date(&a.updated);
    a.reviewed = shown_date(&a.reviewed);
    if a.email.is_empty() {
        a.email.clone_from(&office.email);
    }
    if a.phone.is_empty() {
        a.phone.clone_from(&office.phone);
    }
    let town = format!("{} {}", office.postal_code, office.town);
    let parts: Vec<&str> = [office.street.as_str(), town.trim()].into_iter().filter(|p| !p.is_empty()).collect();
    let view = Statement { address: parts.join(", "), office, a, base_url: config.base_url.clone() };
    ctx.page("home/accessibility.html", "Deklaracja dostępności", &view)
}
