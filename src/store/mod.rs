//! The database door. Whoever reads gets a [`Read`], whoever writes a [`Tx`];
//! nothing else of the program can reach a connection.
//!
//! One set of queries runs on SQLite (inside the program) and on PostgreSQL
//! (by URL). Every write is one transaction (`BEGIN IMMEDIATE` on SQLite); every
//! change of a shared row is a compare-and-set on its `version`. Every read runs
//! in a read-only transaction, so a page sees one moment and a GET cannot write.
//! Deeds that come together share one commit ([`group`]).

mod apart;
mod clock;
pub mod counters;
mod db;
pub mod documents;
mod files;
mod group;
mod guards;
mod ids;
mod scan;
pub mod schema;
mod sealed;
mod steady;
pub mod tables;
pub mod trial;
mod types;

pub use apart::{Apart, Compared, SET_CLOCKS};
pub use clock::{Clock, Stopwatch};
pub use db::{Address, Db, DbBackend};
pub use files::{FileKey, Files};
pub use ids::*;
pub use scan::{Scanner, Verdict};
pub use sealed::sealed_offers;
pub use steady::Steady;
pub use types::{digest, digest_bytes, instant, naive, one, parse_json, to_json, token};

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{Pool, PooledConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::error::AppError;
use crate::law::Instant;

pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// How long a request waits for a connection before it is told to come again.
const WAIT: Duration = Duration::from_secs(10);

/// One deed for the audit log; kept beside the transaction and written as the last
/// thing before its commit, with those of the other deeds in it.
#[derive(Clone, Debug)]
pub struct JournalLine {
    pub at: Instant,
    pub actor: String,
    pub deed: &'static str,
    pub object_kind: &'static str,
    pub object_id: String,
    pub before: String,
    pub after: String,
    pub detail: String,
}

/// Writes the journal of a transaction; given by `audit`, which stands above.
pub type Seal = fn(&mut Tx<'_>, Vec<JournalLine>) -> Result<(), AppError>;

#[derive(Clone)]
pub struct Store {
    readers: Pool<db::Opener>,
    writers: Arc<group::Group>,
    queries: Arc<AtomicU64>,
}

/// A moment of the database that can be read and not written.
pub struct Read<'c> {
    conn: &'c mut Db,
}

/// A transaction. It derefs to [`Read`], so readers serve writers too.
pub struct Tx<'c> {
    read: Read<'c>,
    journal: Vec<JournalLine>,
    /// Of the deeds before this one that are committed together with it.
    earlier: &'c [JournalLine],
}

impl Store {
    /// Opens the database without touching its schema.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be reached, with the reason.
    pub fn open(address: &Address, readers: u32, seal: Seal) -> Result<Store, AppError> {
        Store::open_patient(address, readers, WAIT, seal)
    }

    /// The same, with how long a request waits for a connection.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be reached, with the reason.
    pub fn open_patient(address: &Address, readers: u32, wait: Duration, seal: Seal) -> Result<Store, AppError> {
        let queries = Arc::new(AtomicU64::new(0));
        let pool = |writes: bool, size: u32| {
            let opener = db::Opener::new(address.clone(), writes, Arc::clone(&queries));
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(wait)
                .test_on_check_out(false) // a transaction is begun, which tries it
                .build(opener)
                .map_err(|e| AppError::Unavailable(e.to_string()))
        };
        let writers = Arc::new(group::Group::new(pool(true, 1)?, wait, seal));
        Ok(Store { readers: pool(false, readers)?, writers, queries })
    }

    /// Runs the pending migrations and puts the guards of immutable tables up.
    ///
    /// # Errors
    /// `Internal` with the failing migration.
    pub fn migrate(address: &Address) -> Result<(), AppError> {
        let mut conn = db::Opener::new(address.clone(), true, Arc::default()).open()?;
        conn.run_pending_migrations(MIGRATIONS).map_err(AppError::Internal)?;
        conn.batch_execute(guards::sql(&conn)).map_err(AppError::from)
    }

    /// Runs `work` on one moment of the database.
    ///
    /// # Errors
    /// What `work` returns; `Unavailable` when the database is away.
    pub fn read<T>(&self, work: impl FnOnce(&mut Read<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        let mut moment = Moment(db::checked_out(&self.readers, false)?);
        work(&mut Read { conn: &mut moment.0 })
    }

    /// Runs a `look` of one statement, which sees one moment by itself; it is taken again when its connection
    /// turns out to be gone.
    ///
    /// # Errors
    /// What `look` returns; `Unavailable` when the database is away.
    pub fn glance<T>(&self, look: impl Fn(&mut Read<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        let mut others = self.readers.max_size();
        loop {
            let mut conn = self.readers.get().map_err(|e| AppError::Unavailable(e.to_string()))?;
            match look(&mut Read { conn: &mut conn }) {
                Err(_) if others > 0 && db::is_broken(&mut conn) => others -= 1,
                seen => return seen,
            }
        }
    }

    /// Runs `work` in one transaction: all of it is kept, or nothing. Deeds run one after another.
    ///
    /// # Errors
    /// What `work` returns (nothing is kept then); `Unavailable` when the database is away.
    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        self.writers.write(work)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// `Unavailable` when it does not.
    pub fn ping(&self) -> Result<(), AppError> {
        self.read(|r| r.conn().batch_execute("SELECT 1").map_err(AppError::from))
    }

    /// How many statements ran so far; pages have a budget that tests assert.
    #[must_use]
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }
}

/// An open transaction for reading; it ends when this is dropped, also by a panic.
struct Moment(PooledConnection<db::Opener>);

impl Drop for Moment {
    fn drop(&mut self) {
        if let Err(e) = db::rollback(&mut self.0) {
            tracing::debug!(error = %e, "rollback failed; the pool drops a broken connection");
        }
    }
}

impl Read<'_> {
    /// The connection, for the queries in the `store.rs` of each stage.
    pub fn conn(&mut self) -> &mut Db {
        self.conn
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = Read<'c>;
    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl Tx<'_> {
    /// Keeps a deed for the audit log of this transaction.
    pub fn journal(&mut self, line: JournalLine) {
        self.journal.push(line);
    }

    /// The lines of this commit that stand in no table yet.
    pub fn unwritten(&self) -> impl Iterator<Item = &JournalLine> {
        self.earlier.iter().chain(&self.journal)
    }
}

/// Runs the same expression on the concrete connection, for what diesel's
/// `MultiConnection` cannot say (upserts, batch inserts). Say which at the call.
#[macro_export]
macro_rules! both {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::Db::Sqlite($c) => $body,
            #[cfg(feature = "postgres")]
            $crate::store::Db::Postgres($c) => $body,
        }
    };
}
