//! The page on which an organisation answers the call to supplement its offer: what is asked, words and files for each
//! point, and, once it is handed in, the receipt. Everything of the page is one form, so that a file takes no words
//! away.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::FormView;
use super::answer::{ItemForm, field_of, file_href, item_form, prepared, reply_of};
use super::gate::{AnswerSummons, ReadSummons, Summoned};
use super::summons::{SummonsView, awaited, summons_view};
use crate::account::{self, Actor};
use crate::audit;
use crate::call::CallState;
use crate::document::AttachmentKind;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, left, show_deadline, show_instant_seconds};
use crate::offer::pages::kept_file;
use crate::offer::{self, AttachmentState, BESIDE, OfferState, wording};
use crate::review::model::Standing;
use crate::review::{add_file, prepare, remove_file, takes_file};
use crate::store::{AttachmentId, OfferId};
use crate::web::{
    Allowed, AppState, Attached, Ctx, Doing, Fields, Flash, Problems, UploadedFile, Waiting, sort_problems,
};

#[derive(Serialize)]
struct Page {
    id: String,
    number: String,
    org: String,
    waiting: Waiting,
    /// The answer can still be changed, by the reader's organisation.
    may_answer: bool,
    /// The time is over and nothing was handed in.
    missed: bool,
    until: String,
    /// Who answers for a joint offer; empty for the reader's own organisation.
    led_by: String,
    items: Vec<ItemForm>,
    summons: Option<SummonsView>,
    given: Option<Given>,
    words: [String; 7],
    arrears: &'static str,
    extra: Vec<String>,
    accept: &'static str,
    list: &'static str,
    most_mb: u32,
    version: String,
    /// When a colleague saved other answers while the page was open, and who; empty otherwise.
    newer: String,
    newer_by: String,
    entry: FormView,
    /// The same under the names that the form of part VII reads.
    f: std::collections::BTreeMap<String, String>,
    e: std::collections::BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Given {
    time: String,
    hash: String,
    by: String,
}

/// `GET /oferty/{offer}/uzupelnienie`
pub async fn show(may: Allowed<ReadSummons>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, may.object, None, Problems::default(), StatusCode::OK).await
}

/// Whose move it is.
pub(super) fn waiting(o: &Summoned, standing: Standing, lead: bool, now: Instant) -> Waiting {
    let say = |whose: &str, what: &str| Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() };
    match (o.offer.state, standing, o.call.state) {
        (OfferState::ToSupplement, Standing::Open(due), CallState::Review) => Waiting {
            whose: if lead { "Twoją organizację".to_owned() } else { o.offer.org_name.clone() },
            what: "Odpowiedz na wezwanie urzędu i złóż uzupełnienie.".to_owned(),
            until: show_deadline(due),
            left: left(now, due),
        },
        (OfferState::ToSupplement, _, CallState::Review) => say(
            "urząd",
            "Czas na uzupełnienie minął, a uzupełnienia nie złożono. Urząd dokończy ocenę formalną oferty.",
        ),
        (OfferState::Supplemented, _, CallState::Review) => {
            say("urząd", "Uzupełnienie jest złożone. Urząd dokończy ocenę formalną oferty.")
        }
        (_, _, CallState::Review | CallState::Decided) => say("urząd i komisję konkursową", "Trwa ocena ofert."),
        (_, _, CallState::Draft | CallState::Announced | CallState::Published | CallState::Cancelled) => {
            say("nikogo", "Konkurs jest zakończony.")
        }
    }
}

async fn page(
    ctx: &Ctx,
    o: Summoned,
    typed: Option<Fields>,
    problems: Problems,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let (now, offer, state) = (ctx.arrived, o.offer.clone(), o.call.state);
    let (files, summons, org, last) = ctx
        .read(move |r| {
            let files = offer::store::attachments_beside(r, &offer.id)?;
            let org = account::store::organisation(r, &offer.org)?;
            let last = audit::last_of(r, offer.id.as_str())?;
            Ok((files, summons_view(r, (&offer, state), file_href, now)?, org, last))
        })
        .await?;
    let standing = Standing::of(Some(&o.summons), o.given.as_ref(), now);
    let lead = ctx.actor.member_of(&o.offer.org).is_some();
    let joint = o.offer.is_joint();
    let waits = awaited(&o.offer, o.call.state);
    let fields = typed.unwrap_or_else(|| prepared(&o.summons.reply));
    let entry = FormView::refused(&fields, &problems);
    let newer = if status == StatusCode::CONFLICT { last } else { None };
    let view = Page {
        id: o.offer.id.to_string(),
        number: o.offer.number.clone().unwrap_or_default(),
        org: o.offer.offeror_names(),
        waiting: waiting(&o, standing, lead, now),
        may_answer: waits && lead && matches!(standing, Standing::Open(_)),
        missed: standing == Standing::Over,
        until: show_deadline(o.summons.due),
        led_by: if lead { String::new() } else { o.offer.org_name.clone() },
        items: o.summons.defects.iter().map(|d| item_form(d, &files, joint)).collect(),
        summons,
        given: o.given.as_ref().map(|g| Given {
            time: show_instant_seconds(g.arrived_at),
            hash: g.sha256.clone(),
            by: g.given_by.clone(),
        }),
        words: wording::asked(wording::register(org.krs.is_some())),
        arrears: o.call.content.terms.arrears.label(),
        extra: o.call.content.terms.extra_declarations.clone(),
        accept: AttachmentKind::ACCEPT,
        list: AttachmentKind::LIST,
        most_mb: ctx.state.config.attachment_mib,
        version: o.summons.version.to_string(),
        newer: newer.as_ref().map(|row| show_instant_seconds(row.at.and_utc())).unwrap_or_default(),
        newer_by: newer.map(|row| row.actor).unwrap_or_default(),
        f: entry.f.clone(),
        e: entry.e.clone(),
        entry,
    };
    let error = if status.is_success() { "" } else { "Błąd: " };
    ctx.page_as(status, "review/supplement.html", &format!("{error}Uzupełnienie oferty {}", view.number), &view)
}

/// `POST /oferty/{offer}/uzupelnienie`: keeps the words, takes ticked files away and puts chosen ones to their points;
/// `_deed=next` goes on to handing in.
///
/// # Errors
/// Those of the database and the disk; what the page can show is shown.
pub async fn keep(may: Allowed<AnswerSummons>, sent: Result<Attached, AppError>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, path } = may;
    let fields = sent.as_ref().map(|s| s.0.fields.clone()).unwrap_or_default();
    let next = fields.text("_deed") == "next";
    let id = o.offer.id.clone();
    let done = match sent {
        Ok(Attached(upload)) => {
            let organ = ctx.state.config.office.organ.clone();
            let doing = Doing::new("offer.supplement.save", "offer", &id);
            ctx.work_deed(doing, move |state, who, now| {
                let seen = upload.fields.text("version").parse::<i64>().map_err(|_| AppError::Stale)?;
                let reply = reply_of(&upload.fields, &organ);
                state.store.write(|tx| prepare(tx, who, &id, seen, reply, now))?;
                removed(state, who, &id, &upload.fields, now)?;
                added(state, who, &id, upload.files, now)
            })
            .await
        }
        Err(e) => Err(e),
    };
    let back = format!("/oferty/{}/uzupelnienie", o.offer.id);
    let (status, problems) = match done {
        Ok(()) if next => return Ok(ctx.see_other(&format!("{back}/zlozenie"), None)),
        Ok(()) => return Ok(ctx.see_other(&back, Some(Flash::ok("Zapisano. Uzupełnienie nie jest jeszcze złożone.")))),
        Err(AppError::Stale) => (StatusCode::CONFLICT, Problems::default()),
        Err(AppError::TooLarge(why)) => {
            let errors = FieldErrors::of("", why);
            (StatusCode::PAYLOAD_TOO_LARGE, Problems { errors, ..Problems::default() })
        }
        Err(e) => (StatusCode::UNPROCESSABLE_ENTITY, sort_problems(e)?),
    };
    let typed = (!fields.pairs().is_empty()).then_some(fields);
    let who = std::sync::Arc::clone(&ctx.actor);
    let o = ctx.read(move |r| Summoned::own(r, &who, &path)).await?; // some of it may be kept
    page(&ctx, o, typed, problems, status).await
}

fn removed(state: &AppState, who: &Actor, id: &OfferId, form: &Fields, now: Instant) -> Result<(), AppError> {
    let ticked = form.pairs().iter().filter_map(|(name, _)| AttachmentId::parse(name.strip_prefix("remove.")?));
    for file in ticked {
        match state.store.write(|tx| remove_file(tx, who, id, &file, now)) {
            Ok(()) | Err(AppError::NotFound) => {} // it is gone already
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Every chosen file that can be taken is taken; of the others all errors are told.
fn added(state: &AppState, who: &Actor, id: &OfferId, files: Vec<UploadedFile>, now: Instant) -> Result<(), AppError> {
    let mut errors = FieldErrors::new();
    for file in files.into_iter().filter(|f| !f.bytes.is_empty()) {
        let place = format!("{BESIDE}{}", file.field.strip_prefix("file.").unwrap_or(&file.field));
        let field = field_of(&place);
        let kept = kept_file(state, &place, file, |r, bytes| takes_file(r, who, (id, &place), bytes, now));
        match kept.and_then(|new| state.store.write(|tx| add_file(tx, who, id, new, now))) {
            Ok(a) if a.state == AttachmentState::Refused => errors.add(field, a.reason),
            Ok(_) => {}
            Err(AppError::Invalid(found)) => {
                found.list().iter().for_each(|e| errors.add(field.clone(), e.message.clone()));
            }
            Err(AppError::Taken(why)) => errors.add(field, why),
            Err(e) => return Err(e),
        }
    }
    errors.finish(Some(()))
}
