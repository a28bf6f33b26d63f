//! What was attached to an offer and to its supplement, in front of those who judge it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::gate::{OpenOffer, ReadCheck};
use super::matrix::offer_href;
use super::summons::handed_in_file;
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
        FileLink::at(file, committee_href(file))
    }

    pub(super) fn at(file: &Attachment, href: String) -> FileLink {
        FileLink { name: file.name.clone(), href, size: shown_size(file.size) }
    }

    pub(super) fn named(self, name: String) -> FileLink {
        FileLink { name, ..self }
    }
}

pub(super) fn committee_href(file: &Attachment) -> String {
    format!("{}/plik/{}", offer_href(&file.offer), file.id)
}

pub(super) fn office_href(file: &Attachment) -> String {
    format!("/urzad/oferty/{}/uzupelnienie/plik/{}", file.offer, file.id)
}

/// `GET /urzad/oferty/{offer}/uzupelnienie/plik/{attachment}`: a file of the supplement, for who may read the formal
/// card.
///
/// # Errors
/// `NotFound` for a file that was not handed in.
pub async fn office(may: Allowed<ReadCheck>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, path } = may;
    let id = path.id("attachment", AttachmentId::parse)?;
    let (file, bytes) = ctx
        .work(move |state, _, _| {
            let file = state.store.read(|r| handed_in_file(r, &o.offer.id, &id))?;
            let bytes = state.files.get(&file.sha256)?;
            Ok((file, bytes))
        })
        .await?;
    Ok(ctx.hand_back(bytes, file.kind.media_type(), &file.name))
}

/// `GET /komisja/oferty/{offer}/plik/{attachment}`: a file of the version in force or of the supplement, for who may
/// open the offer.
///
/// # Errors
/// `NotFound` for a file that neither of them names.
pub async fn download(may: Allowed<OpenOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: o, path } = may;
    let id = path.id("attachment", AttachmentId::parse)?;
    let (file, bytes) = ctx
        .work(move |state, _, _| {
            let file = state.store.read(|r| match store::filed_attachment(r, &o.offer, &id) {
                Err(AppError::NotFound) => handed_in_file(r, &o.offer.id, &id),
                found => found,
            })?;
            let bytes = state.files.get(&file.sha256)?;
            Ok((file, bytes))
        })
        .await?;
    Ok(ctx.hand_back(bytes, file.kind.media_type(), &file.name))
}
