//! The list of kept files: whose they are, what they are, and the digest that
//! names their bytes in [`super::Files`].

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::documents;
use super::{DocumentId, Read, Tx};
use crate::error::AppError;

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = documents)]
pub struct Document {
    pub id: DocumentId,
    pub owner_kind: String,
    pub owner_id: String,
    pub kind: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    pub created_at: NaiveDateTime,
    pub created_by: String,
}

/// # Errors
/// Those of the database.
pub fn insert(tx: &mut Tx<'_>, document: &Document) -> Result<(), AppError> {
    diesel::insert_into(documents::table).values(document).execute(tx.conn())?;
    Ok(())
}

/// # Errors
/// `NotFound` when there is none.
pub fn find(r: &mut Read<'_>, id: &DocumentId) -> Result<Document, AppError> {
    documents::table
        .filter(documents::id.eq(id))
        .select(Document::as_select())
        .first(r.conn())
        .optional()?
        .ok_or(AppError::NotFound)
}

/// Every kept file after `id`, for the check of frozen documents.
///
/// # Errors
/// Those of the database.
pub fn after(r: &mut Read<'_>, id: &str, limit: i64) -> Result<Vec<Document>, AppError> {
    Ok(documents::table
        .filter(documents::id.gt(id))
        .order(documents::id)
        .limit(limit)
        .select(Document::as_select())
        .load(r.conn())?)
}
