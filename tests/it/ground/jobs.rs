//! Timed work: once, whoever comes first; again later when it failed; dead in the end.

use std::sync::{Arc, Barrier};
use std::thread;

use konkurs::error::AppError;
use konkurs::jobs::{self, Kind, Ran};
use konkurs::law::Instant;
use konkurs::store::{Store, Tx, counters};

use super::raw::Raw;
use crate::support::{TestApp, moment};

fn counts(tx: &mut Tx<'_>, _: &str, _: Instant) -> Result<(), AppError> {
    counters::next(tx, "wykonano").map(|_| ())
}

fn counts_and_fails(tx: &mut Tx<'_>, _: &str, _: Instant) -> Result<(), AppError> {
    counters::next(tx, "wykonano")?;
    Err(AppError::internal("nie wyszło"))
}

const COUNT: Kind = Kind { name: "test.count", run: counts };
const FAIL: Kind = Kind { name: "test.fail", run: counts_and_fails };

fn next(store: &Store) -> i64 {
    store.write(|tx| counters::next(tx, "wykonano")).unwrap()
}

#[actix_web::test]
async fn two_runners_share_the_work_and_do_each_piece_once() {
    let app = TestApp::new().await;
    let (store, now) = (app.state.store.clone(), app.state.clock.now());
    for n in 0..20 {
        store.write(|tx| jobs::put(tx, &COUNT, &format!("praca {n}"), &n, now)).unwrap();
    }
    let gate = Arc::new(Barrier::new(2));
    let runners: Vec<_> = (0..2)
        .map(|_| {
            let (store, gate) = (store.clone(), Arc::clone(&gate));
            thread::spawn(move || {
                gate.wait();
                jobs::run_due(&store, &[COUNT], now).unwrap()
            })
        })
        .collect();
    let ran: Vec<Ran> = runners.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(ran.iter().map(|r| r.done).sum::<usize>(), 20, "{ran:?}");
    assert_eq!(ran.iter().map(|r| r.failed).sum::<usize>(), 0, "{ran:?}");
    assert_eq!(next(&store), 21);
    assert_eq!(jobs::run_due(&store, &[COUNT], now).unwrap(), Ran::default());
}

#[actix_web::test]
async fn the_same_key_is_put_once_also_by_two_at_once() {
    let app = TestApp::new().await;
    let (store, now) = (app.state.store.clone(), app.state.clock.now());
    let gate = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (store, gate) = (store.clone(), Arc::clone(&gate));
            thread::spawn(move || {
                gate.wait();
                store.write(|tx| jobs::put(tx, &COUNT, "jedna", &1, now)).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|t| t.join().unwrap());
    assert_eq!(jobs::run_due(&store, &[COUNT], now).unwrap(), Ran { done: 1, failed: 0 });
}

#[actix_web::test]
async fn work_waits_for_its_hour() {
    let app = TestApp::new().await;
    let store = &app.state.store;
    store.write(|tx| jobs::put(tx, &COUNT, "jutro", &1, moment("2026-11-24 08:00"))).unwrap();
    assert_eq!(jobs::run_due(store, &[COUNT], moment("2026-11-24 07:59:59")).unwrap(), Ran::default());
    assert_eq!(jobs::run_due(store, &[COUNT], moment("2026-11-24 08:00")).unwrap(), Ran { done: 1, failed: 0 });
}

#[actix_web::test]
async fn failed_work_is_undone_comes_again_later_and_dies_after_eight() {
    let app = TestApp::new().await;
    let (store, start) = (&app.state.store, app.state.clock.now());
    store.write(|tx| jobs::put(tx, &FAIL, "pech", &1, start)).unwrap();
    assert_eq!(jobs::run_due(store, &[FAIL], start).unwrap(), Ran { done: 0, failed: 1 });
    let (mut now, mut pauses) = (start, Vec::new());
    for _ in 0..7 {
        let before = now;
        now += chrono::Duration::minutes(1);
        while jobs::run_due(store, &[FAIL], now).unwrap() == Ran::default() {
            now += chrono::Duration::minutes(1);
        }
        pauses.push((now - before).num_minutes());
    }
    assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128]);
    assert_eq!(jobs::run_due(store, &[FAIL], now + chrono::Duration::days(9)).unwrap(), Ran::default(), "it is dead");
    let mut raw = Raw::beside(&app);
    let last = raw.lines("SELECT last_error AS line FROM jobs WHERE dead_at IS NOT NULL");
    assert_eq!(last, ["internal: nie wyszło"]);
    assert_eq!(next(store), 1, "what failed work did was undone");
}
