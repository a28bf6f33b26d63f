//! A large file comes in pieces, so that a connection that breaks costs one piece and not the file.
//!
//! The browser says what it is going to send ([`begin`]) and is told from where; pieces of [`PIECE`] bytes follow one
//! after another ([`keep`]), each only where the last one ended. The last piece makes it a file like any other
//! ([`finish`]): from then on it is one deed with the plain upload, and the arrival of that piece is its time. A piece
//! stands on the disk before its row says so: whatever is killed in between, the row never claims what is not there.
//! What nobody finishes is forgotten ([`forget_work`]).

mod begin;
mod finish;
mod forget;
mod keep;

pub use begin::{Begun, Wanted, begin};
pub use finish::{finish, whole};
pub use forget::{FORGET_UPLOAD, abandon, forget_work, until};
pub use keep::{Kept, keep, own, take};

use crate::law::Instant;
use crate::store::{OfferId, PersonId, UploadId};

/// Bytes of every piece but the last. Four seconds on a line of 1 Mbit/s, so a break loses little; a file of the usual
/// 20 MB is 40 requests, of which each costs the server one short write.
pub const PIECE: i64 = 512 * 1024;

/// Unfinished files of one organisation, and how many of the largest size they may fill together.
pub const MOST_UNFINISHED: usize = 20;
pub const MOST_LARGE: i64 = 10;

/// A file that is still on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfinished {
    pub id: UploadId,
    pub offer: OfferId,
    /// The key of what the announcement asks for.
    pub key: String,
    pub person: PersonId,
    pub name: String,
    pub size: i64,
    /// What the browser says of the whole; empty when it cannot tell.
    pub sha256: String,
    /// When the file was last changed, by its owner's clock; tells two files apart where the digest cannot.
    pub modified: i64,
    /// Digests of the pieces that are here, in their order.
    pub pieces: Vec<String>,
    pub begun_at: Instant,
    /// When the last piece came.
    pub touched_at: Instant,
    pub version: i64,
}

impl Unfinished {
    /// Bytes that are here: where the next piece begins.
    #[must_use]
    pub fn received(&self) -> i64 {
        i64::try_from(self.pieces.len()).map_or(self.size, |n| n.saturating_mul(PIECE)).min(self.size)
    }

    /// Bytes of the next piece.
    #[must_use]
    pub fn next(&self) -> i64 {
        (self.size - self.received()).min(PIECE)
    }

    #[must_use]
    pub fn is_last(&self) -> bool {
        self.received() + self.next() == self.size
    }

    /// Of how many pieces the whole file consists.
    #[must_use]
    pub fn count(&self) -> usize {
        count(self.size)
    }
}

fn count(size: i64) -> usize {
    usize::try_from(size.saturating_add(PIECE - 1) / PIECE).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coming(size: i64, pieces: usize) -> Unfinished {
        let now: Instant = "2026-11-23T11:00:00Z".parse().unwrap();
        Unfinished {
            id: UploadId::new(),
            offer: OfferId::new(),
            key: "inne".into(),
            person: PersonId::new(),
            name: "a.pdf".into(),
            size,
            sha256: String::new(),
            modified: 0,
            pieces: vec![String::new(); pieces],
            begun_at: now,
            touched_at: now,
            version: 0,
        }
    }

    #[test]
    fn pieces_fill_the_file_exactly() {
        let at = |size, pieces| {
            let c = coming(size, pieces);
            (c.received(), c.next(), c.is_last())
        };
        assert_eq!(at(PIECE + 1, 0), (0, PIECE, false));
        assert_eq!(at(PIECE + 1, 1), (PIECE, 1, true));
        assert_eq!(at(2 * PIECE, 1), (PIECE, PIECE, true));
        assert_eq!(at(7, 0), (0, 7, true));
        assert_eq!([1, PIECE, PIECE + 1].map(count), [1, 1, 2]);
    }
}
