//! The two connections behind one type, and how each is opened.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{
    AnsiTransactionManager as Manager, InstrumentationEvent, SimpleConnection, TransactionManager as _,
};
use diesel::r2d2::ManageConnection;
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
            Address::Postgres { url, schema } => postgres(url, schema.as_deref())?,
        };
        let queries = Arc::clone(&self.queries);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| count(&event, &queries));
        Ok(conn)
    }
}

fn count(event: &InstrumentationEvent<'_>, queries: &AtomicU64) {
    if let InstrumentationEvent::StartQuery { query, .. } = event {
        // What the door itself says is not a page's: transactions, and "are you there?".
        let text = query.to_string();
        if !["BEGIN", "COMMIT", "ROLLBACK", "SELECT 1"].iter().any(|word| text.starts_with(word)) {
            queries.fetch_add(1, Ordering::Relaxed);
        }
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

#[cfg(feature = "postgres")]
fn postgres(url: &str, schema: Option<&str>) -> Result<Db, AppError> {
    let mut conn = diesel::PgConnection::establish(url).map_err(|e| unavailable(&e))?;
    conn.batch_execute("SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET statement_timeout = '60s';")
        .map_err(|e| unavailable(&e))?;
    if let Some(name) = schema.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
        conn.batch_execute(&format!("SET search_path TO {name}")).map_err(|e| unavailable(&e))?;
    }
    Ok(Db::Postgres(conn))
}

#[cfg(not(feature = "postgres"))]
fn postgres(_url: &str, _schema: Option<&str>) -> Result<Db, AppError> {
    Err(AppError::Unavailable("ten program zbudowano bez obsługi PostgreSQL (cecha `postgres`)".into()))
}

/// Opens a transaction through diesel's own manager, so that diesel knows of it when
/// it wants a savepoint (a batch insert on SQLite does).
pub fn begin(conn: &mut Db, writes: bool) -> QueryResult<()> {
    let sqlite = if writes { "BEGIN IMMEDIATE" } else { "BEGIN" };
    match conn {
        Db::Sqlite(c) => Manager::begin_transaction_sql(c, sqlite),
        #[cfg(feature = "postgres")]
        Db::Postgres(c) if writes => {
            Manager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE")
        }
        #[cfg(feature = "postgres")]
        Db::Postgres(c) => Manager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
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
        both!(conn, |c| Manager::is_broken_transaction_manager(c))
    }
}
