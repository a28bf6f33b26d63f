//! A member of the committee reads what was attached to an offer.

use actix_web::HttpResponse;
use serde::Serialize;

use super::gate::OpenOffer;
use super::matrix::offer_href;
use crate::error::AppError;
use crate::offer::{Attachment, store};
use crate::store::AttachmentId;
use crate::web::{Allowed, shown_size};

/// A file that can be opened.
#[derive(Serialize)]
pub(super) struct FileLink {
    name: String,
    href: String,
    size: String,
}

impl FileLink {
    pub(super) fn of(file: &Attachment) -> FileLink {
        FileLink {
            name: file.name.clone(),
            href: format!("{}/plik/{}", offer_href(&file.offer), file.id),
            size: shown_size(file.size),
        }
    }
}

/// `GET /komisja/oferty/{offer}/plik/{attachment}`: a file of the version in force, for who may open the offer.
///
/// # Errors
/// `NotFound` for a file that the version in force does not name.
pub async fn download(may: Allowed<OpenOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, path } = may;
    let id = path.id("attachment", AttachmentId::parse)?;
    let (file, bytes) = ctx
        .work(move |state, _, _| {
            let file = state.store.read(|r| store::filed_attachment(r, &o.offer, &id))?;
            let bytes = state.files.get(&file.sha256)?;
            Ok((file, bytes))
        })
        .await?;
    Ok(ctx.hand_back(bytes, file.kind.media_type(), &file.name))
}
