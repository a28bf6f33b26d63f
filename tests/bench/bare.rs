//! How often the same database on the same disk commits a transaction of one row, with the same durability.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use konkurs::store::Address;

use super::Ground;

/// Commits a second with so many writers.
pub fn commits(ground: &Ground, writers: usize, lasting: Duration) -> f64 {
    let made = AtomicU64::new(0);
    open(&ground.address, |conn| conn.batch_execute("CREATE TABLE IF NOT EXISTS bare (n BIGINT NOT NULL)").unwrap());
    let begun = Instant::now();
    std::thread::scope(|threads| {
        for _ in 0..writers {
            threads.spawn(|| {
                open(&ground.address, |conn| {
                    while begun.elapsed() < lasting {
                        conn.batch_execute(one_row(&ground.address)).unwrap();
                        made.fetch_add(1, Ordering::Relaxed);
                    }
                });
            });
        }
    });
    let rate = made.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64();
    open(&ground.address, |conn| conn.batch_execute("DROP TABLE bare").unwrap());
    rate
}

fn one_row(address: &Address) -> &'static str {
    match address {
        Address::File(_) => "BEGIN IMMEDIATE; INSERT INTO bare VALUES (1); COMMIT",
        Address::Postgres { .. } => "BEGIN; INSERT INTO bare VALUES (1); COMMIT",
    }
}

/// Opens a connection as the program opens its own.
fn open(address: &Address, work: impl FnOnce(&mut dyn SimpleConnection)) {
    match address {
        Address::File(path) => {
            let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
            conn.batch_execute("PRAGMA busy_timeout = 20000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
                .unwrap();
            work(&mut conn);
        }
        Address::Postgres { url, .. } => work(&mut PgConnection::establish(url).unwrap()),
    }
}
