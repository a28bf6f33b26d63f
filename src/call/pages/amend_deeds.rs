//! What is done with a change of an announcement before its publication: begun, handed over, given back, given up.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::amending::{Compared, amend_url, amend_waiting, compared, page, prepared};
use super::office::{url, version};
use super::policy::{AnnounceCall, EditCall};
use crate::account::Actor;
use crate::call::{self, Amendment, AmendmentState, Call, Cause, rules, store};
use crate::error::AppError;
use crate::programme::pages::conflict::{Conflict, plainly};
use crate::store::{AmendmentId, OutageId, Read, Tx};
use crate::web::{Allowed, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

/// `POST /urzad/konkursy/{call}/zmiana`: begins one; after an outage or a missing notice its deadline and reason
/// are there already. A form that names the open change gives that one up first.
pub async fn begin(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let id = may.object.id.clone();
    let cause = match form.text("outage") {
        "" if form.text("cause") == "missing" => Cause::Missing,
        "" => Cause::Own,
        text => Cause::Outage(OutageId::parse(text).ok_or(AppError::NotFound)?),
    };
    let open = if form.text("amendment").is_empty() { None } else { Some((amendment_of(&form)?, version(&form)?)) };
    let (doing, prefilled) = (Doing::new("call.amend.begin", "konkurs", &id), cause != Cause::Own);
    let begun = move |tx: &mut Tx<'_>, who: &Actor, now| {
        // One deed: the open change is given up only together with the beginning of the new one.
        open.iter().try_for_each(|(open, seen)| call::drop_amendment(tx, who, open, *seen, now))?;
        call::begin_amendment(tx, who, &id, &cause, now)
    };
    may.ctx.deed(doing, begun).await?;
    let text = if prefilled {
        "Przygotowano dłuższy termin z powodem. Sprawdź go i przekaż organowi."
    } else {
        "Zaczęto zmianę. Ogłoszenie zmieni się dopiero, gdy ogłosi ją organ."
    };
    Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok(text))))
}

/// The change that a form is about.
pub fn amendment_of(form: &Fields) -> Result<AmendmentId, AppError> {
    AmendmentId::parse(form.text("amendment")).ok_or(AppError::Stale)
}

/// `POST /urzad/konkursy/{call}/zmiana/wniosek`
pub async fn propose(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen, reason) = (amendment_of(&form)?, version(&form)?, form.text("reason").to_owned());
    let change = id.clone();
    let doing = Doing::new("call.amend.propose", "konkurs", &may.object.id);
    let done = may.ctx.deed(doing, move |tx, who, now| call::propose_amendment(tx, who, &id, seen, &reason, now)).await;
    match done {
        Ok(()) => {
            let text = "Przekazano zmianę organowi. Do jej ogłoszenia obowiązuje dotychczasowe ogłoszenie.";
            Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(&may.ctx, &may.object, change, &form, &PROPOSING).await,
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, &may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// `POST /urzad/konkursy/{call}/zmiana/zwrot`
pub async fn give_back(may: Allowed<AnnounceCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen, reason) = (amendment_of(&form)?, version(&form)?, form.text("returned").to_owned());
    let change = id.clone();
    let doing = Doing::new("call.amend.return", "konkurs", &may.object.id);
    let done = may.ctx.deed(doing, move |tx, who, now| call::return_amendment(tx, who, &id, seen, &reason, now)).await;
    match done {
        Ok(()) => {
            let text = "Zwrócono zmianę do poprawy. Powód widzi pracownik, który ją przygotował.";
            Ok(may.ctx.see_other(&amend_url(&may.object), Some(Flash::ok(text))))
        }
        Err(AppError::Stale) => stale(&may.ctx, &may.object, change, &form, &RETURNING).await,
        Err(e) => {
            let problems = sort_problems(e)?;
            page(&may.ctx, &may.object, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems, None).await
        }
    }
}

/// The one text of a form about a change.
struct TextOf {
    field: &'static str,
    label: &'static str,
    /// The state in which it can be sent.
    state: AmendmentState,
    saved: fn(&Amendment) -> String,
    undone: &'static str,
}

const PROPOSING: TextOf = TextOf {
    field: "reason",
    label: "Powód zmiany",
    state: AmendmentState::Draft,
    saved: |a| a.content.reason.clone(),
    undone: "nie przekazano jej jeszcze raz",
};

const RETURNING: TextOf = TextOf {
    field: "returned",
    label: "Co trzeba poprawić",
    state: AmendmentState::Proposed,
    saved: |a| a.content.returned.as_ref().map(|r| r.reason.clone()).unwrap_or_default(),
    undone: "nie zwrócono jej tym wpisem",
};

/// Somebody moved the change meanwhile: what was typed stays, in its form or, where there is nothing to send any more,
/// beside what is saved.
async fn stale(
    ctx: &Ctx,
    call: &Call,
    change: AmendmentId,
    form: &Fields,
    text: &TextOf,
) -> Result<HttpResponse, AppError> {
    let id = call.id.clone();
    let read = move |r: &mut Read<'_>| Ok((store::find(r, &id)?, store::amendments::find(r, &change)?));
    let (call, a) = ctx.read(read).await?;
    if a.call != call.id {
        return Err(AppError::NotFound);
    }
    let mut saved = Fields::default();
    saved.set(text.field, (text.saved)(&a));
    let said = |name: &str, value: &str| (name == text.field).then(|| (text.label.to_owned(), plainly(value)));
    let mut conflict = Conflict::of("Ktoś zapisał tę zmianę w międzyczasie", &saved, form, said);
    let blank = Fields::default();
    let mut shown = form;
    if a.state != text.state {
        conflict = conflict.closed(&format!("Zmiana jest w stanie „{}”, więc {}.", a.state.label(), text.undone));
        shown = &blank;
    }
    page(ctx, &call, StatusCode::CONFLICT, shown, &Problems::default(), Some(conflict)).await
}

#[derive(Serialize)]
struct GiveUpPage {
    number: String,
    title: String,
    back: String,
    waiting: Option<Waiting>,
    amending: bool,
    amendment: String,
    version: i64,
    prepared: String,
    changes: Vec<Compared>,
}

/// `GET /urzad/konkursy/{call}/zmiana/porzucenie`
pub async fn giving_up(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    let (call, id) = (&may.object, may.object.id.clone());
    let open = may.ctx.read(move |r| store::amendments::open_of(r, &id)).await?;
    let Some(a) = open.filter(|a| a.state == AmendmentState::Draft) else {
        return Ok(may.ctx.see_other(&amend_url(call), None));
    };
    let view = GiveUpPage {
        number: call.number().to_owned(),
        title: call.content.title.clone(),
        back: amend_url(call),
        waiting: amend_waiting(call, Some(&a)),
        amending: true,
        amendment: a.id.to_string(),
        version: a.version,
        prepared: prepared(&a),
        changes: compared(&rules::changes(&call.content, &a.content.content)),
    };
    may.ctx.page("call/amend_drop.html", "Porzuć zmianę ogłoszenia", &view)
}

/// `POST /urzad/konkursy/{call}/zmiana/porzucenie`
pub async fn give_up(may: Allowed<EditCall>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seen) = (amendment_of(&form)?, version(&form)?);
    let doing = Doing::new("call.amend.drop", "konkurs", &may.object.id);
    may.ctx.deed(doing, move |tx, who, now| call::drop_amendment(tx, who, &id, seen, now)).await?;
    let text = "Porzucono zmianę. Ogłoszenie zostaje takie, jakie jest.";
    Ok(may.ctx.see_other(&url(&may.object), Some(Flash::ok(text))))
}
