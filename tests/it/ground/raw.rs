//! A connection beside the program, as somebody with the database's password has.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};
use konkurs::store::{Address, MIGRATIONS};

use diesel_migrations::MigrationHarness as _;

use crate::support::TestApp;

pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Raw {
    pub fn beside(app: &TestApp) -> Raw {
        match app.address() {
            Address::File(path) => {
                let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
                conn.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
                Raw::Sqlite(conn)
            }
            Address::Postgres { url, schema } => {
                let mut conn = PgConnection::establish(&url).unwrap();
                conn.batch_execute(&format!("SET search_path TO {}", schema.unwrap())).unwrap();
                Raw::Postgres(conn)
            }
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Raw::Postgres(_))
    }

    pub fn run(&mut self, sql: &str) -> Result<(), String> {
        let done = match self {
            Raw::Sqlite(conn) => conn.batch_execute(sql),
            Raw::Postgres(conn) => conn.batch_execute(sql),
        };
        done.map_err(|e| e.to_string())
    }

    /// The column `line` of a query.
    pub fn lines(&mut self, sql: &str) -> Vec<String> {
        let rows: Vec<Line> = match self {
            Raw::Sqlite(conn) => sql_query(sql).load(conn),
            Raw::Postgres(conn) => sql_query(sql).load(conn),
        }
        .unwrap();
        rows.into_iter().map(|row| row.line).collect()
    }

    pub fn migrate_up(&mut self) {
        match self {
            Raw::Sqlite(conn) => conn.run_pending_migrations(MIGRATIONS).map(|_| ()),
            Raw::Postgres(conn) => conn.run_pending_migrations(MIGRATIONS).map(|_| ()),
        }
        .unwrap();
    }

    pub fn migrate_down(&mut self) {
        match self {
            Raw::Sqlite(conn) => conn.revert_all_migrations(MIGRATIONS).map(|_| ()),
            Raw::Postgres(conn) => conn.revert_all_migrations(MIGRATIONS).map(|_| ()),
        }
        .unwrap();
    }

    /// Takes the triggers of the log away, as only somebody outside the program can.
    pub fn unguard_log(&mut self) {
        let sql = match self {
            Raw::Sqlite(_) => "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;",
            Raw::Postgres(_) => "DROP TRIGGER audit_no_change ON audit;",
        };
        self.run(sql).unwrap();
    }
}
