//! The documents an organisation keeps: added and removed one at a time. They do not touch
//! the version of its form, so that an upload never makes somebody's typing stale. What an
//! offer took stays with the offer.

use super::content::{OrgDocument, Organisation};
use super::model::Actor;
use super::store;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{DocumentId, OrgId, Tx, digest, documents, naive, to_json};

/// Most documents of one organisation.
const MOST: usize = 60;

/// Whether a file of this SHA-256 could be listed now: asked before its bytes are kept, and again when it is listed.
///
/// # Errors
/// `Invalid` when the same file is there, or too many are.
pub fn has_room(org: &Organisation, sha256: &str) -> Result<(), AppError> {
    let refuse = |why: String| Err(AppError::Invalid(FieldErrors::of("file", why)));
    if let Some(same) = org.content.documents.iter().find(|d| d.sha256 == sha256) {
        return refuse(format!("Ten sam plik jest już na liście jako „{}”.", same.name));
    }
    if org.content.documents.len() >= MOST {
        return refuse(format!("Na liście jest już {MOST} dokumentów i więcej się nie zmieści. Usuń nieaktualne."));
    }
    Ok(())
}

/// Lists a document whose bytes are kept already.
///
/// # Errors
/// `Invalid` when the same file is there, or too many are.
pub fn add_document(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    new: OrgDocument,
    media_type: &str,
    now: Instant,
) -> Result<(), AppError> {
    store::lock_organisation(tx, org)?;
    let before = store::organisation(tx, org)?;
    has_room(&before, &new.sha256)?;
    documents::insert(
        tx,
        &documents::Document {
            id: new.file.clone(),
            owner_kind: "organisation".into(),
            owner_id: org.to_string(),
            kind: new.kind.code().into(),
            name: new.file_name.clone(),
            media_type: media_type.into(),
            size: new.size,
            sha256: new.sha256.clone(),
            created_at: naive(now),
            created_by: by.log_name().into(),
        },
    )?;
    let detail = format!("Dodano dokument „{}” ({})", new.name, new.kind.label());
    let mut after = before.clone();
    after.content.documents.push(new);
    keep(tx, by, (&before, &after), "account.document.add", detail, now)
}

/// Takes a document off the list; offers that have it keep it.
///
/// # Errors
/// `NotFound` when it is not on the list.
pub fn remove_document(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    file: &DocumentId,
    now: Instant,
) -> Result<(), AppError> {
    store::lock_organisation(tx, org)?;
    let before = store::organisation(tx, org)?;
    let gone = before.content.documents.iter().find(|d| &d.file == file).ok_or(AppError::NotFound)?;
    let detail = format!("Usunięto dokument „{}” ({})", gone.name, gone.kind.label());
    let mut after = before.clone();
    after.content.documents.retain(|d| &d.file != file);
    keep(tx, by, (&before, &after), "account.document.remove", detail, now)
}

fn keep(
    tx: &mut Tx<'_>,
    by: &Actor,
    (before, after): (&Organisation, &Organisation),
    deed: &'static str,
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    store::save_documents(tx, after)?;
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "organisation",
        object_id: after.id.as_str(),
        before: digest(&to_json(&before.content)?),
        after: digest(&to_json(&after.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
