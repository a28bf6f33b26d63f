//! The office's outgoing mail: what waits, what left, what could not be sent and why.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use serde::Serialize;

use super::{Administer, Oversee};
use crate::account::Role;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::show_instant;
use crate::mail::{self, Letter};
use crate::store::{MailId, instant, sealed_offers};
use crate::web::{Allowed, Doing, Flash, Posted};

/// Letters on one page.
const PAGE: i64 = 100;

#[derive(Serialize)]
struct Line {
    to: String,
    subject: String,
    created: String,
    when: String,
    attempts: i64,
    reason: String,
    action: String,
}

#[derive(Serialize)]
struct Page {
    dead: Vec<Line>,
    pending: Vec<Line>,
    sent: Vec<Line>,
    pending_count: i64,
    shown: i64,
    may_change: bool,
}

/// Letters about a contest that go to who has an offer or a draft there, or to the one organisation that got a later
/// deadline.
const TO_ALL: [&str; 3] = ["call_amended", "call_cancelled", "call_extended"];

/// Who got a letter about a question, or about a contest before its offers were opened, stays hidden: its very
/// existence tells who asks, or who has an offer there. So does why it could not be sent, which quotes the address.
fn line(letter: &Letter, sealed: &BTreeSet<String>) -> Line {
    let when = letter.dead_at.or(letter.sent_at).unwrap_or(letter.due_at);
    let hidden = if letter.kind.starts_with("question") || TO_ALL.contains(&letter.kind.as_str()) {
        Some("adresat nieujawniany")
    } else {
        sealed.contains(&letter.object_id).then_some("adresat nieujawniany do otwarcia ofert")
    };
    let reason = letter.last_error.as_deref().filter(|_| hidden.is_none()).unwrap_or_default();
    let to = hidden.unwrap_or(&letter.to_addr).to_owned();
    Line {
        to,
        subject: letter.subject.clone(),
        created: show_instant(instant(letter.created_at)),
        when: show_instant(instant(when)),
        attempts: letter.attempts,
        reason: reason.to_owned(),
        action: format!("/urzad/administracja/poczta/{}", letter.id),
    }
}

/// The outbox.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<Oversee>) -> Result<HttpResponse, AppError> {
    let ctx = &may.ctx;
    let (dead, pending, recent, pending_count, sealed) = ctx
        .read(|r| {
            let (dead, pending, recent) = (mail::dead(r)?, mail::pending(r, PAGE)?, mail::recent(r, PAGE)?);
            let all = dead.iter().chain(&pending).chain(&recent);
            let sealed = sealed_offers(r, all.map(|letter| letter.object_id.as_str()))?;
            Ok((dead, pending, recent, mail::pending_count(r)?, sealed))
        })
        .await?;
    let line = |letter: &Letter| line(letter, &sealed);
    let view = Page {
        dead: dead.iter().map(line).collect(),
        pending: pending.iter().map(line).collect(),
        sent: recent.iter().filter(|l| l.sent_at.is_some()).map(line).collect(),
        pending_count,
        shown: PAGE,
        may_change: ctx.actor.has(Role::Admin),
    };
    ctx.page("account/letters.html", "Poczta", &view)
}

/// Gives a letter that could not be sent another try.
///
/// # Errors
/// `NotFound` for what cannot be a letter, `Stale` when it is not dead.
pub async fn revive(may: Allowed<Administer>, _form: Posted) -> Result<HttpResponse, AppError> {
    let id = may.path.id("letter", MailId::parse)?;
    let doing = Doing::new("account.letter", "letter", &id);
    may.ctx
        .deed(doing, move |tx, who, now| {
            let letter = mail::revive(tx, &id, now)?;
            let deed = Deed {
                actor: who.log_name(),
                deed: "account.letter",
                object_kind: "letter",
                object_id: id.as_str(),
                before: String::new(),
                after: String::new(),
                detail: format!("Ponowiono wysyłkę listu „{}”", letter.subject),
            };
            audit::append(tx, deed, now);
            Ok(())
        })
        .await?;
    Ok(may.ctx.see_other("/urzad/administracja/poczta", Some(Flash::ok("List wróci do wysyłki w ciągu minuty."))))
}
