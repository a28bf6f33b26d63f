//! A large file in pieces, as the script of the attachments sends it; and what the page says of one that is not whole.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::attachable::attachable;
use super::attachments::answer;
use super::outlined::SaveOffer;
use super::policy::Case;
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::offer::pieces::{self, Begun, Kept, PIECE, Unfinished, Wanted, abandon as give_up, begin as start, until};
use crate::offer::{Attachment, AttachmentState, store};
use crate::store::UploadId;
use crate::web::{Allowed, AppState, Attached, Ctx, Doing, Flash, Posted, UploadedFile, shown_size};

/// A file of which only a part is here.
#[derive(Serialize)]
pub(super) struct Line {
    name: String,
    got: String,
    percent: i64,
    last: String,
    until: String,
    /// Who sends it, when it is not the reader.
    who: String,
    remove: String,
}

/// The lines of one place.
pub(super) fn lines(case: &Case, who: &Actor, key: &str, all: &[(Unfinished, String)]) -> Vec<Line> {
    let line = |(u, email): &(Unfinished, String)| Line {
        name: u.name.clone(),
        got: format!("{} z {}", shown_size(u.received()), shown_size(u.size)),
        percent: u.received().saturating_mul(100) / u.size.max(1),
        last: show_instant(u.touched_at),
        until: show_instant(until(u, &case.offer.org, &case.call)),
        who: if who.person_id() == Some(&u.person) { String::new() } else { email.clone() },
        remove: format!("{}/usuniecie", address(u)),
    };
    all.iter().filter(|(u, _)| u.key == key).map(line).collect()
}

fn address(u: &Unfinished) -> String {
    format!("/oferty/{}/zalaczniki/czesci/{}", u.offer, u.id)
}

/// What the script goes by: where to send the next piece, from where on, and how long it may be.
#[derive(Serialize)]
struct Told<'a> {
    url: String,
    offset: i64,
    piece: i64,
    size: i64,
    error: &'a str,
}

fn told(ctx: &Ctx, status: StatusCode, u: &Unfinished, error: &str) -> HttpResponse {
    ctx.json(status, &Told { url: address(u), offset: u.received(), piece: PIECE, size: u.size, error })
}

fn elsewhere(ctx: &Ctx, u: &Unfinished) -> HttpResponse {
    let said = "Ta część już dotarła albo nie jest następna. Wyślij część, która zaczyna się od podanego miejsca.";
    told(ctx, StatusCode::CONFLICT, u, said)
}

fn adding(offer: &impl ToString) -> Doing {
    Doing::new("offer.attachment.add", "offer", offer.to_string())
}

async fn drop_pieces(ctx: &Ctx, u: Unfinished) -> Result<(), AppError> {
    ctx.work(move |state, _, _| state.files.drop_pieces(u.id.as_str(), u.count())).await
}

/// `POST /oferty/{offer}/zalaczniki/{key}/czesci`: a file is going to come; the answer says what is here of it. When
/// all of it is, the answer is the page, as after the last piece.
///
/// # Errors
/// Those of the verb.
pub async fn begin(may: Allowed<SaveOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: offer, path } = may;
    let number = |name: &str| form.text(name).parse::<i64>().unwrap_or(0);
    let wanted = Wanted {
        key: path.text("key")?.to_owned(),
        name: form.text("name").to_owned(),
        size: number("size"),
        sha256: form.text("sha256").to_owned(),
        modified: number("modified"),
    };
    let (id, most) = (offer.id.clone(), i64::from(ctx.state.config.attachment_mib) * 1024 * 1024);
    let begun = ctx.deed(adding(&id), move |tx, who, now| start(tx, who, &id, wanted, most, now)).await?;
    match begun {
        Begun::Coming { upload, instead } => {
            if let Some(other) = instead {
                drop_pieces(&ctx, *other).await?;
            }
            Ok(told(&ctx, StatusCode::OK, &upload, ""))
        }
        Begun::Here(file) => {
            let said = match file.state {
                AttachmentState::Quarantined => {
                    Flash::warn(format!("Plik „{}” dotarł i czeka na sprawdzenie.", file.name))
                }
                AttachmentState::Accepted | AttachmentState::Refused => {
                    Flash::ok(format!("Plik „{}” jest dołączony. Dotarł już wcześniej.", file.name))
                }
            };
            Ok(ctx.see_other(&format!("/oferty/{}/zalaczniki", offer.id), Some(said)))
        }
    }
}

/// `POST /oferty/{offer}/zalaczniki/czesci/{upload}`: the next piece. After the last one the answer is the one that a
/// file sent at once would get.
///
/// # Errors
/// `NotFound` for what is finished, forgotten, or somebody else's; `Invalid` for a piece that is not whole.
pub async fn take(may: Allowed<SaveOffer>, sent: Result<Attached, AppError>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: offer, path } = may;
    let Attached(sent) = sent?;
    let upload = path.id("upload", UploadId::parse)?;
    let offset = sent.fields.text("offset").parse::<i64>().unwrap_or(-1);
    let bytes = sent.files.into_iter().find(|f| f.field == "piece").map(|f| f.bytes).unwrap_or_default();
    let who = std::sync::Arc::clone(&ctx.actor);
    let seen = ctx.read(move |r| pieces::own(r, &who, &offer.id, &upload)).await?;
    if offset != seen.received() {
        return Ok(elsewhere(&ctx, &seen));
    }
    if i64::try_from(bytes.len()).ok() != Some(seen.next()) {
        let said = format!("Część pliku dotarła niecała: ma {} B, a powinna mieć {} B.", bytes.len(), seen.next());
        return Err(AppError::Invalid(FieldErrors::of(&seen.key, said)));
    }
    if seen.is_last() {
        let (who, key) = (std::sync::Arc::clone(&ctx.actor), seen.key.clone());
        let done =
            ctx.work_deed(adding(&seen.offer), move |state, who, now| finish(state, who, &seen, &bytes, now)).await;
        let case = ctx.read(move |r| Case::own(r, &who, &path)).await?;
        return answer(&ctx, &case, &key, done).await;
    }
    let kept = ctx.work(move |state, who, now| pieces::take(&state.store, &state.files, who, &seen, bytes, now));
    Ok(match kept.await? {
        Kept::Here(u) => told(&ctx, StatusCode::OK, &u, ""),
        Kept::Elsewhere(u) => elsewhere(&ctx, &u),
    })
}

/// Makes the pieces a file. What cannot be attached is not waited for any longer; when only the disk or the database
/// is away, the last piece may come again.
fn finish(state: &AppState, who: &Actor, u: &Unfinished, last: &[u8], now: Instant) -> Result<Attachment, AppError> {
    let attach = || {
        let bytes = pieces::whole(&state.files, u, last)?;
        let file = UploadedFile { field: "file".into(), name: u.name.clone(), bytes };
        let file = attachable(state, who, (&u.offer, &u.key), file, now)?;
        state.store.write(|tx| pieces::finish(tx, who, u, file, now))
    };
    let done = attach();
    if matches!(done, Err(AppError::Invalid(_) | AppError::Taken(_) | AppError::NotFound)) {
        state.store.write(|tx| store::uploads::delete(tx, u))?;
    }
    if matches!(done, Ok(_) | Err(AppError::Invalid(_) | AppError::Taken(_) | AppError::NotFound))
        && let Err(e) = state.files.drop_pieces(u.id.as_str(), u.count())
    {
        tracing::warn!(error = %e, "pieces are left to the timed work");
    }
    done
}

/// `POST /oferty/{offer}/zalaczniki/czesci/{upload}/usuniecie`.
///
/// # Errors
/// `NotFound` for what is gone, `Stale` when a piece of it came at this moment.
pub async fn abandon(may: Allowed<SaveOffer>, _form: Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: offer, path } = may;
    let (id, upload) = (offer.id.clone(), path.id("upload", UploadId::parse)?);
    let doing = Doing::new("offer.attachment.remove", "offer", &id);
    let gone = ctx.deed(doing, move |tx, who, _| give_up(tx, who, &id, &upload)).await?;
    let said = format!("Usunięto to, co dotarło z pliku „{}”.", gone.name);
    drop_pieces(&ctx, gone).await?;
    Ok(ctx.see_other(&format!("/oferty/{}/zalaczniki", offer.id), Some(Flash::ok(said))))
}
