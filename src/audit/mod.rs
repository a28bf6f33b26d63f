//! The append-only log: who did what to which object, when, with the digests of
//! the object before and after, each row chained to the one before by SHA-256.
//! The timeline of an object is read from here too: an event is its audit row.
//!
//! A refused deed leaves a row as well, written after its transaction was undone. So does an attempt that was turned
//! away before its deed where that must be provable (`turned_away`), and one that found it done (`again`).

mod chain;
mod store;

pub use chain::{Break, verify};
pub use store::{
    Row, count, digests_after, done_since, knows, last_by_detail, last_of, newest_of, of_object, page, seal,
};

use crate::law::Instant;
use crate::store::{JournalLine, Tx};

/// A deed to be logged with the transaction that does it.
pub struct Deed<'a> {
    pub actor: &'a str,
    pub deed: &'static str,
    pub object_kind: &'static str,
    pub object_id: &'a str,
    /// Digests of the object's content before and after; empty where there is none.
    pub before: String,
    pub after: String,
    /// One plain Polish sentence for the timeline and the log.
    pub detail: String,
}

/// Appends `deed` to the log when the transaction commits.
pub fn append(tx: &mut Tx<'_>, deed: Deed<'_>, now: Instant) {
    tx.journal(JournalLine {
        at: now,
        actor: deed.actor.to_owned(),
        deed: deed.deed,
        object_kind: deed.object_kind,
        object_id: deed.object_id.to_owned(),
        before: deed.before,
        after: deed.after,
        detail: deed.detail,
    });
}
