//! An offer in front of a member, with the score card below it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::compare::{Compare, compare};
use super::draft::{seen, typed};
use super::files::{FileLink, committee_href};
use super::gate::{MemberOffer, OpenOffer, ScoreOffer};
use super::matrix::offer_href;
use super::reading::{Core, Reading};
use super::summons::{SummonsView, summons_view};
use super::{CallHead, FormView};
use crate::call::{CallState, Criterion};
use crate::error::{AppError, FieldErrors};
use crate::law::show_instant;
use crate::offer::{self, OfferState};
use crate::review::model::Score;
use crate::review::rules::{self, Contender, Viewer};
use crate::review::{score, store};
use crate::web::{Allowed, AutosaveView, Ctx, Doing, Fields, Flash, Posted, Problems, Waiting, sort_problems};

#[derive(Serialize)]
struct CriterionView {
    key: String,
    name: String,
    max: u32,
    hint: String,
    points: String,
    why: String,
}

#[derive(Serialize)]
struct CardPage {
    waiting: Option<Waiting>,
    call: CallHead,
    number: String,
    org: String,
    href: String,
    back: String,
    core: Core,
    files: Vec<FileLink>,
    summons: Option<SummonsView>,
    form: offer::pages::FormView,
    criteria: Vec<CriterionView>,
    max: u32,
    total: u32,
    version: String,
    can_score: bool,
    sealed: String,
    /// Why there is no form, when there is none.
    note: &'static str,
    compare: Option<Compare>,
    autosave: Option<AutosaveView>,
    entry: FormView,
}

/// What a member is told whose card was saved in another window meanwhile.
const ELSEWHERE: &str = "Tę kartę zapisano w międzyczasie w innym oknie i tamtego zapisu nie zmieniono. W formularzu jest to, \
                         co wpisano tutaj: „Zapisz szkic” zastąpi nim tamten szkic.";

fn criterion(c: &Criterion, card: Option<&Score>) -> CriterionView {
    let item = card.and_then(|s| s.items.iter().find(|i| i.key == c.key));
    let newcomer = c.neutral.map(|n| format!(" Oferent bez wcześniejszych zadań: {n} pkt.")).unwrap_or_default();
    CriterionView {
        key: c.key.clone(),
        name: c.name.clone(),
        max: c.max,
        hint: format!("Od 0 do {}, art. 15 ust. 1 pkt {}.{newcomer}", c.max, c.point),
        points: item.map(|i| i.points.to_string()).unwrap_or_default(),
        why: item.map(|i| i.why.clone()).unwrap_or_default(),
    }
}

fn fields_of(view: &[CriterionView]) -> Fields {
    let mut out = Fields::default();
    for c in view {
        out.set(format!("points.{}", c.key), c.points.clone());
        out.set(format!("why.{}", c.key), c.why.clone());
    }
    out
}

/// The version the form was typed against; a failed save must not adopt a newer one.
fn seen_or(form: Option<&FormView>, stored: Option<String>) -> String {
    form.and_then(|f| f.f.get("version").cloned()).or(stored).unwrap_or_default()
}

fn note(o: &MemberOffer) -> &'static str {
    match (o.seat.kind.scores(), o.offer.state, o.call.state) {
        (false, _, _) => "Sekretarz komisji nie ocenia ofert.",
        (true, OfferState::Submitted | OfferState::ToSupplement | OfferState::Supplemented, _) => {
            "Kartę oceny otworzy ocena formalna tej oferty."
        }
        (true, OfferState::Rejected, _) => "Oferta została odrzucona formalnie i nie podlega ocenie.",
        (true, OfferState::FormalOk, CallState::Review) => "",
        (true, _, _) => "Ocena ofert w tym konkursie jest zakończona.",
    }
}

async fn page(ctx: &Ctx, o: MemberOffer, form: Option<FormView>, status: StatusCode) -> Result<HttpResponse, AppError> {
    let (offer, call) = (o.offer.clone(), o.call.id.clone());
    let (now, state) = (ctx.arrived, o.call.state);
    let (reading, files, supplement, seats, cards) = ctx
        .read(move |r| {
            let files = offer::store::filed_attachments(r, &offer)?;
            let supplement = summons_view(r, (&offer, state), committee_href, now)?;
            Ok((Reading::of(r, &offer)?, files, supplement, store::seats_of(r, &call)?, store::scores_of(r, &call)?))
        })
        .await?;
    let cards: Vec<Score> = cards.into_iter().filter(|c| c.offer == o.offer.id).collect();
    let own = cards.iter().find(|c| c.seat == o.seat.id).cloned();
    let sealed = own.as_ref().and_then(|c| c.sealed_at);
    let contender = Contender {
        offer: o.offer.id.clone(),
        number: o.offer.number.clone().unwrap_or_default(),
        org_name: o.offer.offeror_names(),
        asked: o.offer.grant,
    };
    let note = note(&o);
    let can_score = note.is_empty() && sealed.is_none();
    let here = offer_href(&o.offer.id);
    let autosave = if can_score {
        AutosaveView::of(ctx, format!("{here}/autozapis"), format!("karta:{}", o.offer.id), "karta").await?
    } else {
        None
    };
    let criteria: Vec<CriterionView> =
        o.call.content.card.criteria.iter().map(|c| criterion(c, own.as_ref())).collect();
    let view = CardPage {
        waiting: can_score.then(|| Waiting {
            whose: "Ciebie".into(),
            what: "Przeczytaj ofertę, przyznaj punkty, uzasadnij je i zapieczętuj kartę.".into(),
            ..Waiting::default()
        }),
        call: CallHead::of(&o.call),
        href: here,
        autosave,
        back: format!("/komisja/{}", o.call.id),
        core: reading.core(&o.call),
        files: files.iter().map(FileLink::of).collect(),
        summons: supplement,
        form: reading.form(&o.call, &ctx.state.config.office),
        max: o.call.content.card.max(),
        total: own.as_ref().map_or(0, |c| c.total),
        version: seen_or(form.as_ref(), own.as_ref().map(|c| c.version.to_string())),
        can_score,
        sealed: sealed.map(show_instant).unwrap_or_default(),
        note,
        compare: compare(&contender, &o.call, &seats, rules::visible(Viewer::Member(&o.seat), &cards)),
        entry: form.unwrap_or_else(|| FormView::of(&fields_of(&criteria))),
        criteria,
        number: contender.number,
        org: contender.org_name,
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    ctx.page_as(status, "review/card.html", &format!("{error}Oferta {} – karta oceny", view.number), &view)
}

/// `GET /komisja/oferty/{offer}`
pub async fn show(may: Allowed<OpenOffer>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, None, StatusCode::OK).await
}

/// `POST /komisja/oferty/{offer}`: saves a draft; with `_deed=seal` goes on to the seal, with `_add` shows what
/// was kept in the browser without saving it.
pub async fn save(may: Allowed<ScoreOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    if !form.text("_add").is_empty() {
        return page(&may.ctx, may.object, Some(FormView::of(&form)), StatusCode::OK).await;
    }
    let (id, seal) = (may.object.offer.id.clone(), form.text("_deed") == "seal");
    let here = offer_href(&id);
    let card = may.object.call.content.card.clone();
    let done = match (typed(&form, &card), seen(&form)) {
        (Ok(items), Ok(seen)) => {
            let (doing, kept) = (Doing::new("review.score", "offer", &id), items.clone());
            may.ctx.deed(doing, move |tx, who, now| score(tx, who, &id, seen, items, false, now)).await.map(|()| kept)
        }
        (Err(e), _) | (_, Err(e)) => Err(e),
    };
    let (saved, stale) = (done.is_ok(), matches!(done, Err(AppError::Stale)));
    let problems = match done {
        Ok(items) if seal => Problems { errors: rules::check_card(&card, &items, true), findings: Vec::new() },
        Ok(_) => return Ok(may.ctx.see_other(&here, Some(Flash::ok("Zapisano szkic karty. Widzisz go tylko Ty.")))),
        Err(AppError::Stale) => Problems { errors: FieldErrors::of("", ELSEWHERE), findings: Vec::new() },
        Err(e) => sort_problems(e)?,
    };
    if problems.errors.is_empty() && problems.findings.is_empty() {
        return Ok(may.ctx.see_other(&format!("{here}/pieczec"), None));
    }
    let mut form = FormView::refused(&form, &problems);
    if saved || stale {
        form.f.remove("version");
    }
    let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(&may.ctx, may.object, Some(form), status).await
}

#[derive(Serialize)]
struct SealPage {
    waiting: Option<Waiting>,
    call: CallHead,
    number: String,
    org: String,
    href: String,
    version: i64,
    criteria: Vec<CriterionView>,
    total: u32,
    max: u32,
}

/// `GET /komisja/oferty/{offer}/pieczec`
pub async fn confirm(may: Allowed<ScoreOffer>) -> Result<HttpResponse, AppError> {
    let (ctx, o) = (may.ctx, may.object);
    let (offer, seat) = (o.offer.id.clone(), o.seat.id.clone());
    let own = ctx.read(move |r| store::score_of(r, &offer, &seat)).await?;
    let ready =
        own.filter(|c| c.sealed_at.is_none() && rules::check_card(&o.call.content.card, &c.items, true).is_empty());
    let Some(own) = ready else {
        let why = "Karta nie jest jeszcze gotowa do zapieczętowania albo już ją zapieczętowano.";
        return Ok(ctx.see_other(&offer_href(&o.offer.id), Some(Flash::warn(why))));
    };
    let view = SealPage {
        waiting: Some(Waiting {
            whose: "Ciebie".into(),
            what: "Sprawdź kartę i zapieczętuj ją albo wróć do poprawek.".into(),
            ..Waiting::default()
        }),
        call: CallHead::of(&o.call),
        number: o.offer.number.clone().unwrap_or_default(),
        org: o.offer.offeror_names(),
        href: offer_href(&o.offer.id),
        version: own.version,
        criteria: o.call.content.card.criteria.iter().map(|c| criterion(c, Some(&own))).collect(),
        total: own.total,
        max: o.call.content.card.max(),
    };
    ctx.page("review/seal.html", &format!("Zapieczętowanie karty – oferta {}", view.number), &view)
}

/// `POST /komisja/oferty/{offer}/pieczec`
pub async fn seal(may: Allowed<ScoreOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let (id, seat) = (may.object.offer.id.clone(), may.object.seat.id.clone());
    let (here, seen) = (offer_href(&id), seen(&form)?);
    let doing = Doing::new("review.seal", "offer", &id);
    may.ctx
        .deed(doing, move |tx, who, now| {
            let items = store::score_of(tx, &id, &seat)?.ok_or(AppError::NotFound)?.items;
            score(tx, who, &id, seen, items, true, now)
        })
        .await?;
    let said = "Karta zapieczętowana. Poniżej zobaczysz zapieczętowane karty innych członków komisji.";
    Ok(may.ctx.see_other(&here, Some(Flash::ok(said))))
}
