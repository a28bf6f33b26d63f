//! What a call to supplement will say, before it goes out: the last page before a deed that cannot be taken back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::gate::CheckOffer;
use super::{CallHead, formal};
use crate::error::AppError;
use crate::law::{show_deadline, show_instant};
use crate::review::model::{Defect, FormalAnswer};
use crate::review::plan_summons;
use crate::web::{Allowed, Doing, Fields, Waiting, sort_problems};

#[derive(Serialize)]
struct SummonPage {
    waiting: Waiting,
    call: CallHead,
    number: String,
    org: String,
    href: String,
    until: String,
    days: String,
    letters: String,
    /// When the organisation was called, for a rejection that is taken back to that call; empty for a new one.
    again: String,
    /// There is time to answer.
    open: bool,
    defects: Vec<Defect>,
    /// What was typed, to be sent again with the deed.
    typed: Vec<(String, String)>,
}

/// What is about to be sent, before the one call to supplement goes out.
pub(super) async fn ask(
    may: Allowed<CheckOffer>,
    form: Fields,
    answers: Vec<FormalAnswer>,
) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, .. } = may;
    let (id, seen) = (o.offer.id.clone(), form.text("version").parse::<i64>().ok());
    if Some(o.offer.version) != seen {
        return Err(AppError::Stale);
    }
    let doing = Doing::new("review.check_formally", "offer", &id);
    let planned = ctx.work_deed(doing, move |state, _, now| state.store.read(|r| plan_summons(r, &id, &answers, now)));
    let planned = match planned.await {
        Ok(planned) => planned,
        Err(e) => {
            let form = formal::refused(&o, &form, &sort_problems(e)?);
            return formal::page(&ctx, o, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let sent = form.pairs().iter().filter(|(name, _)| !name.starts_with('_'));
    let what = if planned.again.is_some() {
        "Potwierdź, że odrzucenie ma być cofnięte, albo wróć do karty."
    } else {
        "Przeczytaj wezwanie i je wyślij albo wróć do karty. Niczego jeszcze nie wysłano."
    };
    let view = SummonPage {
        waiting: Waiting { whose: "pracownika merytorycznego".into(), what: what.into(), ..Waiting::default() },
        call: CallHead::of(&o.case.call),
        number: o.offer.number.clone().unwrap_or_default(),
        org: o.offer.offeror_names(),
        href: format!("/urzad/oferty/{}/ocena-formalna", o.offer.id),
        until: show_deadline(planned.due),
        days: planned.days,
        letters: planned.letters,
        again: planned.again.map(show_instant).unwrap_or_default(),
        open: ctx.arrived < planned.due,
        defects: planned.defects,
        typed: sent.cloned().collect(),
    };
    ctx.page("review/summon.html", &format!("Wezwanie do uzupełnienia oferty {}", view.number), &view)
}
