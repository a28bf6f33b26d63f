//! Which letters come to me.

use actix_web::HttpResponse;
use serde::Serialize;

use super::Own;
use crate::account;
use crate::error::AppError;
use crate::mail::{self, MailChoice};
use crate::web::{Allowed, Doing, Flash, Posted};

#[derive(Serialize)]
struct Switch {
    code: &'static str,
    label: &'static str,
    hint: &'static str,
    on: bool,
}

#[derive(Serialize)]
struct Notifications {
    email: String,
    switches: Vec<Switch>,
}

/// `GET /konto/powiadomienia`
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<Own>) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let person = ctx.actor.person.clone().ok_or(AppError::Login)?;
    let off = ctx.read(move |r| mail::switched_off(r, &person.id)).await?;
    let switch = |c: MailChoice| Switch { code: c.code(), label: c.label(), hint: c.hint(), on: !off.contains(&c) };
    let view = Notifications {
        email: ctx.actor.log_name().to_owned(),
        switches: MailChoice::ALL.map(switch).into_iter().collect(),
    };
    ctx.page("account/notifications.html", "Powiadomienia", &view)
}

/// `POST /konto/powiadomienia`
///
/// # Errors
/// Those of the database.
pub async fn save(may: Allowed<Own>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let off: Vec<MailChoice> = MailChoice::ALL.into_iter().filter(|c| form.text(c.code()).is_empty()).collect();
    let doing = Doing::new("account.mail", "person", "");
    may.ctx.deed(doing, move |tx, who, now| account::choose_mail(tx, who, &off, now)).await?;
    Ok(may.ctx.see_other(
        "/konto/powiadomienia",
        Some(Flash::ok("Zapisano. Od teraz listy przychodzą według tych ustawień.")),
    ))
}
