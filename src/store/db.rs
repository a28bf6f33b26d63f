//! The two connections behind one type, and how each is opened.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{
    AnsiTransactionManager as Manager, InstrumentationEvent, SimpleConnection, TransactionManager as _,
};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::{Connection, QueryResult, SqliteConnection};

use crate::both;
use crate::error::AppError;

#[derive(diesel::MultiConnection)]
pub enum Db {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

/// diesel's name for the joint backend of [`Db`].
pub type DbBackend = MultiBackend;

/// Where the database is.
#[derive(Clone, Debug)]
pub enum Address {
    /// One file of SQLite.
    File(PathBuf),
    /// A PostgreSQL URL, with an optional schema that stands first in the search path.
    Postgres { url: String, schema: Option<String> },
}

impl Address {
    #[must_use]
    pub fn is_remote(&self) -> bool {
        matches!(self, Address::Postgres { .. })
    }
}

/// Opens connections for a pool; its error names why a connection failed.
pub struct Opener {
    address: Address,
    writes: bool,
    queries: Arc<AtomicU64>,
}

impl Opener {
    pub fn new(address: Address, writes: bool, queries: Arc<AtomicU64>) -> Opener {
        Opener { address, writes, queries }
    }

    pub fn open(&self) -> Result<Db, AppError> {
        let mut conn = match &self.address {
            Address::File(path) => sqlite(path, self.writes)?,
            Address::Postgres { url, schema } => postgres(url, schema.as_deref(), self.writes)?,
        };
        let queries = Arc::clone(&self.queries);
        let mut of_door = false;
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| count(&event, &mut of_door, &queries));
        Ok(conn)
    }
}

/// Counts what pages and deeds ask. The door's own words, transactions and savepoints, are told before they
/// are said. The text of a statement is not looked at: it would be written out with all its values.
fn count(event: &InstrumentationEvent<'_>, of_door: &mut bool, queries: &AtomicU64) {
    use InstrumentationEvent as Event;
    if matches!(
        event,
        Event::BeginTransaction { .. } | Event::CommitTransaction { .. } | Event::RollbackTransaction { .. }
    ) {
        *of_door = true;
    } else if matches!(event, Event::StartQuery { .. }) && !std::mem::take(of_door) {
        queries.fetch_add(1, Ordering::Relaxed);
    }
}

fn unavailable(e: &dyn std::error::Error) -> AppError {
    AppError::Unavailable(e.to_string())
}

/// `synchronous=FULL`: what was acknowledged survives a power cut.
fn sqlite(path: &std::path::Path, writes: bool) -> Result<Db, AppError> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(|e| unavailable(&e))?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;",
    )
    .map_err(|e| unavailable(&e))?;
    if !writes {
        conn.batch_execute("PRAGMA query_only = ON;").map_err(|e| unavailable(&e))?;
    }
    Ok(Db::Sqlite(conn))
}

/// A connection for reading opens every transaction so that it cannot write.
#[cfg(feature = "postgres")]
fn postgres(url: &str, schema: Option<&str>, writes: bool) -> Result<Db, AppError> {
    let mut conn = diesel::PgConnection::establish(url).map_err(|e| unavailable(&e))?;
    // Every statement here asks by ids and short lists; planning them anew took about as long as running them.
    conn.batch_execute(
        "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET statement_timeout = '60s'; \
         SET plan_cache_mode = 'force_generic_plan';",
    )
    .map_err(|e| unavailable(&e))?;
    if writes {
        // A process that froze in mid-transaction must not hold the head of the log for all the others.
        conn.batch_execute("SET idle_in_transaction_session_timeout = '30s'").map_err(|e| unavailable(&e))?;
    } else {
        let reading = "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read'";
        conn.batch_execute(reading).map_err(|e| unavailable(&e))?;
    }
    if let Some(name) = schema.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
        conn.batch_execute(&format!("SET search_path TO {name}")).map_err(|e| unavailable(&e))?;
    }
    Ok(Db::Postgres(conn))
}

#[cfg(not(feature = "postgres"))]
fn postgres(_url: &str, _schema: Option<&str>, _writes: bool) -> Result<Db, AppError> {
    Err(AppError::Unavailable("ten program zbudowano bez obsługi PostgreSQL (cecha `postgres`)".into()))
}

/// Opens a transaction through diesel's own manager, so that diesel knows of it when it wants a savepoint.
///
/// Writers stand in one row on both databases: `BEGIN IMMEDIATE` takes SQLite's only lock, on PostgreSQL the head
/// of the log is locked first, which every deed needs in the end. So two deeds never wait for each other crosswise.
pub fn begin(conn: &mut Db, writes: bool) -> QueryResult<()> {
    match conn {
        Db::Sqlite(c) => Manager::begin_transaction_sql(c, if writes { "BEGIN IMMEDIATE" } else { "BEGIN" }),
        #[cfg(feature = "postgres")]
        Db::Postgres(c) if writes => Manager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE; SELECT seq FROM audit_head FOR UPDATE",
        )
        .inspect_err(|_| {
            // The server has begun although diesel does not know it; without this the connection stays unusable.
            if let Err(e) = c.batch_execute("ROLLBACK") {
                tracing::debug!(error = %e, "no rollback either; the connection is gone");
            }
        }),
        #[cfg(feature = "postgres")]
        Db::Postgres(c) => Manager::begin_transaction_sql(c, "BEGIN"),
    }
}

/// A transaction inside the open one; [`commit`] and [`rollback`] end the innermost.
pub fn savepoint(conn: &mut Db) -> QueryResult<()> {
    both!(conn, |c| Manager::begin_transaction(c))
}

/// Keeps the inner transaction and begins the next one in its place: one message to the server for two. The
/// name is the one diesel gives the first savepoint; of the change it need not know.
pub fn next_savepoint(conn: &mut Db) -> QueryResult<()> {
    conn.batch_execute("RELEASE SAVEPOINT diesel_savepoint_1; SAVEPOINT diesel_savepoint_1")
}

pub fn is_broken(conn: &mut Db) -> bool {
    both!(conn, |c| Manager::is_broken_transaction_manager(c))
}

/// A connection with an open transaction. Beginning is how a connection is tried: one whose server went away
/// meanwhile is left and another one taken.
pub fn checked_out(pool: &Pool<Opener>, writes: bool) -> Result<PooledConnection<Opener>, AppError> {
    let mut others = pool.max_size();
    loop {
        let mut conn = pool.get().map_err(|e| AppError::Unavailable(e.to_string()))?;
        match begin(&mut conn, writes) {
            Err(_) if others > 0 && is_broken(&mut conn) => others -= 1,
            begun => return Ok(begun.map(|()| conn)?),
        }
    }
}

pub fn commit(conn: &mut Db) -> QueryResult<()> {
    both!(conn, |c| Manager::commit_transaction(c))
}

pub fn rollback(conn: &mut Db) -> QueryResult<()> {
    both!(conn, |c| Manager::rollback_transaction(c))
}

impl ManageConnection for Opener {
    type Connection = Db;
    type Error = AppError;

    fn connect(&self) -> Result<Db, AppError> {
        self.open()
    }

    fn is_valid(&self, conn: &mut Db) -> Result<(), AppError> {
        conn.batch_execute("SELECT 1").map_err(AppError::from)
    }

    fn has_broken(&self, conn: &mut Db) -> bool {
        is_broken(conn)
    }
}
