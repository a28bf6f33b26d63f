//! The administrator's room: five doors.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Oversee;
use super::tables::missing;
use crate::account::{Role, store};
use crate::audit;
use crate::error::AppError;
use crate::law::{plural, warsaw_date};
use crate::mail;
use crate::store::tables;
use crate::web::Allowed;

#[derive(Serialize)]
struct Door {
    href: &'static str,
    label: &'static str,
    hint: &'static str,
    state: String,
    tone: &'static str,
}

#[derive(Serialize)]
struct Overview {
    doors: Vec<Door>,
    reads_only: bool,
}

/// What there is to look after.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    let today = warsaw_date(may.ctx.arrived);
    let doors = may
        .ctx
        .read(move |r| {
            let active = store::staff(r)?.iter().filter(|p| p.active).count();
            let missing = missing(&tables::tables(r)?, today).len();
            let (pending, dead) = (mail::pending_count(r)?, mail::dead_count(r)?);
            let orgs = store::registered_count(r)?;
            Ok(doors((active, orgs), missing, (pending, dead), audit::count(r)?))
        })
        .await?;
    let view = Overview { doors, reads_only: !may.ctx.actor.has(Role::Admin) };
    may.ctx.page("account/administration.html", "Administracja", &view)
}

fn doors((active, orgs): (usize, i64), missing: usize, (pending, dead): (i64, i64), deeds: i64) -> Vec<Door> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let accounts = plural(count(active), "czynne konto", "czynne konta", "czynnych kont");
    let organisations = plural(orgs, "organizacja", "organizacje", "organizacji");
    let (tables, tables_tone) = match missing {
        0 => ("kompletne".to_owned(), "ok"),
        n => (format!("{n} {}", plural(count(n), "brak", "braki", "braków")), "warn"),
    };
    let (letters, letters_tone) = match (pending, dead) {
        (0, 0) => ("wszystko wysłane".to_owned(), "ok"),
        (n, 0) => (format!("{n} {}", plural(n, "czeka", "czekają", "czeka")), "neutral"),
        (_, n) => (format!("{n} {}", plural(n, "niewysłany", "niewysłane", "niewysłanych")), "error"),
    };
    let log = format!("{deeds} {}", plural(deeds, "wpis", "wpisy", "wpisów"));
    vec![
        Door {
            href: "/urzad/administracja/osoby",
            label: "Osoby i role",
            hint: "Konta pracowników i członków komisji",
            state: format!("{active} {accounts}"),
            tone: "neutral",
        },
        Door {
            href: "/urzad/administracja/organizacje",
            label: "Organizacje",
            hint: "Poprawa numerów NIP, KRS i REGON; nowy właściciel, gdy poprzedniego już nie ma",
            state: format!("{orgs} {organisations}"),
            tone: "neutral",
        },
        Door {
            href: "/urzad/administracja/tabele",
            label: "Tabele stawek",
            hint: "Minimalne wynagrodzenie, prace społecznie użyteczne, odsetki",
            state: tables,
            tone: tables_tone,
        },
        Door {
            href: "/urzad/administracja/poczta",
            label: "Poczta",
            hint: "Listy, które czekają, wyszły albo nie dały się wysłać",
            state: letters,
            tone: letters_tone,
        },
        Door {
            href: "/urzad/dziennik",
            label: "Dziennik zdarzeń",
            hint: "Kto, co i kiedy zrobił, także odmowy",
            state: log,
            tone: "neutral",
        },
    ]
}
