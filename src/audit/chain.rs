//! How a row is hashed, and how the whole chain is checked.

use super::store::{Row, head, rows_after};
use crate::error::AppError;
use crate::store::{Read, digest};

/// The hash of a row: every field with its length, so that no two rows share a spelling.
pub(super) fn row_hash(row: &Row) -> String {
    use std::fmt::Write as _;
    let at = row.at.and_utc().timestamp_micros().to_string();
    let seq = row.seq.to_string();
    let mut text = String::new();
    for part in [
        &row.previous_hash,
        &seq,
        &at,
        &row.actor,
        &row.deed,
        &row.object_kind,
        &row.object_id,
        &row.before_digest,
        &row.after_digest,
        &row.detail,
    ] {
        let _ = write!(text, "{}:{part};", part.len());
    }
    digest(&text)
}

/// A place where the chain is broken, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub seq: i64,
    pub what: String,
}

/// Walks the whole chain and says what is broken; also returns how many rows it saw.
///
/// # Errors
/// Those of the database.
pub fn verify(r: &mut Read<'_>) -> Result<(i64, Vec<Break>), AppError> {
    let mut breaks = Vec::new();
    let (mut seq, mut hash) = (0, String::new());
    loop {
        let rows = rows_after(r, seq, 1000)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 {
                breaks.push(Break { seq: row.seq, what: format!("brakuje wpisów {}–{}", seq + 1, row.seq - 1) });
            }
            if row.previous_hash != hash {
                breaks.push(Break { seq: row.seq, what: "wpis nie łączy się z poprzednim".into() });
            }
            let own = row_hash(&row);
            if own != row.hash {
                let what = format!("treść wpisu zmieniono: suma kontrolna {own}, zapisana {}", row.hash);
                breaks.push(Break { seq: row.seq, what });
            }
            (seq, hash) = (row.seq, row.hash);
        }
    }
    let end = head(r)?;
    if end.seq != seq || end.hash != hash {
        let what = format!("koniec dziennika: zapisano {} wpisów, jest {seq}", end.seq);
        breaks.push(Break { seq: end.seq, what });
    }
    Ok((seq, breaks))
}
