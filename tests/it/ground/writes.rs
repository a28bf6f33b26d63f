//! Many writers at once: nothing is lost, no number is given twice, no link is torn.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;

use konkurs::account::store as accounts;
use konkurs::audit::{self, Deed};
use konkurs::error::AppError;
use konkurs::store::{OrgId, Store, counters};

use crate::support::{TestApp, sample};

const THREADS: usize = 6;
const TIMES: usize = 15;

/// Runs `work` on every thread at the same moment.
fn together<T: Send + 'static>(store: &Store, work: impl Fn(&Store, usize) -> T + Send + Sync + 'static) -> Vec<T> {
    let (work, gate) = (Arc::new(work), Arc::new(Barrier::new(THREADS)));
    let threads: Vec<_> = (0..THREADS)
        .map(|n| {
            let (store, work, gate) = (store.clone(), Arc::clone(&work), Arc::clone(&gate));
            thread::spawn(move || {
                gate.wait();
                work(&store, n)
            })
        })
        .collect();
    threads.into_iter().map(|t| t.join().unwrap()).collect()
}

/// Reads, counts one up, writes; comes again when somebody was faster. Says how often that was.
fn count_up(store: &Store, org: &OrgId) -> usize {
    let mut stale = 0;
    loop {
        let seen = store.read(|r| accounts::organisation(r, org)).unwrap();
        let mut next = seen;
        next.content.website = (next.content.website.parse::<usize>().unwrap_or(0) + 1).to_string();
        match store.write(|tx| accounts::save_organisation(tx, &next)) {
            Ok(()) => return stale,
            Err(AppError::Stale) => stale += 1,
            Err(e) => panic!("{e}"),
        }
    }
}

#[actix_web::test]
async fn compare_and_set_loses_nothing() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let org = sample::org_of(&app, &ngo).id;
    let id = org.clone();
    together(&app.state.store, move |store, _| (0..TIMES).map(|_| count_up(store, &id)).sum::<usize>());
    let end = app.state.store.read(|r| accounts::organisation(r, &org)).unwrap();
    assert_eq!(end.content.website, (THREADS * TIMES).to_string());
    assert_eq!(end.version, i64::try_from(THREADS * TIMES).unwrap());
}

#[actix_web::test]
async fn a_stale_write_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let seen = sample::org_of(&app, &ngo);
    count_up(&app.state.store, &seen.id);
    let late = app.state.store.write(|tx| accounts::save_organisation(tx, &seen));
    assert!(matches!(late, Err(AppError::Stale)), "{late:?}");
    assert_eq!(sample::org_of(&app, &ngo).content.website, "1");
}

#[actix_web::test]
async fn a_counter_gives_every_number_once() {
    let app = TestApp::new().await;
    let given: Vec<i64> = together(&app.state.store, |store, _| {
        (0..TIMES).map(|_| store.write(|tx| counters::next(tx, "PAI/2026")).unwrap()).collect::<Vec<i64>>()
    })
    .concat();
    let all: BTreeSet<i64> = given.iter().copied().collect();
    let last = i64::try_from(THREADS * TIMES).unwrap();
    assert_eq!(all.len(), given.len(), "a number was given twice");
    assert_eq!((all.first(), all.last()), (Some(&1), Some(&last)), "a number is missing");
}

#[actix_web::test]
async fn an_undone_transaction_gives_its_number_back() {
    let app = TestApp::new().await;
    let store = &app.state.store;
    let undone = store.write(|tx| -> Result<i64, AppError> {
        counters::next(tx, "O")?;
        Err(AppError::Stale)
    });
    assert!(undone.is_err());
    assert_eq!(store.write(|tx| counters::next(tx, "O")).unwrap(), 1);
}

#[actix_web::test]
async fn the_log_stays_one_chain_when_many_write() {
    let app = TestApp::new().await;
    let now = app.state.clock.now();
    together(&app.state.store, move |store, n| {
        for i in 0..TIMES {
            store
                .write(|tx| {
                    let id = format!("{n}-{i}");
                    let deed = Deed {
                        actor: "test",
                        deed: "test.deed",
                        object_kind: "test",
                        object_id: &id,
                        before: String::new(),
                        after: String::new(),
                        detail: format!("wątek {n}, raz {i}"),
                    };
                    audit::append(tx, deed, now);
                    Ok(())
                })
                .unwrap();
        }
    });
    let (rows, breaks) = app.state.store.read(audit::verify).unwrap();
    assert_eq!((rows, breaks), (i64::try_from(THREADS * TIMES).unwrap(), Vec::new()));
}

#[actix_web::test]
async fn guesses_at_the_same_moment_are_counted_one_by_one() {
    let app = TestApp::new().await;
    app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let (email, hashing, now) = (format!("{}@example.pl", sample::nip(1)), app.state.hashing, app.state.clock.now());
    let answers: Vec<String> = together(&app.state.store, move |store, n| {
        let guess = |i: usize| konkurs::account::sign_in(store, hashing, &email, &format!("zgaduję {n} {i}"), now);
        (0..3).map(|i| guess(i).err().unwrap().reason()).collect::<Vec<String>>()
    })
    .concat();
    let tried = answers.iter().filter(|a| a.contains("hasło się nie zgadza")).count();
    let waited = answers.iter().filter(|a| a.contains("To konto odpoczywa")).count();
    assert_eq!((tried, waited), (5, THREADS * 3 - 5), "{answers:?}");
}

/// Counts one up and then says no.
fn refused(store: &Store) {
    let done = store.write(|tx| -> Result<i64, AppError> {
        counters::next(tx, "wspólny")?;
        Err(AppError::Stale)
    });
    assert!(matches!(done, Err(AppError::Stale)), "{done:?}");
}

#[actix_web::test]
async fn a_refused_deed_takes_nothing_from_those_it_shares_a_commit_with() {
    let app = TestApp::new().await;
    let given: Vec<i64> = together(&app.state.store, |store, _| {
        let mut given = Vec::new();
        for _ in 0..TIMES {
            refused(store);
            given.push(store.write(|tx| counters::next(tx, "wspólny")).unwrap());
        }
        given
    })
    .concat();
    let all: BTreeSet<i64> = given.iter().copied().collect();
    let last = i64::try_from(THREADS * TIMES).unwrap();
    assert_eq!((all.len(), all.last()), (THREADS * TIMES, Some(&last)), "{given:?}");
}

#[actix_web::test]
async fn a_panic_in_one_deed_is_nobody_elses() {
    let app = TestApp::new().await;
    let kept: Vec<usize> = together(&app.state.store, |store, n| {
        let mut kept = 0;
        for i in 0..TIMES {
            let deed = || {
                store.write(|tx| {
                    counters::next(tx, "panika")?;
                    assert!(n != 0 || i % 3 != 0, "na chybił trafił");
                    Ok(())
                })
            };
            match std::panic::catch_unwind(std::panic::AssertUnwindSafe(deed)) {
                Ok(done) => {
                    done.unwrap();
                    kept += 1;
                }
                Err(_) => assert_eq!(n, 0),
            }
        }
        kept
    });
    let kept = i64::try_from(kept.into_iter().sum::<usize>()).unwrap();
    assert_eq!(app.state.store.write(|tx| counters::next(tx, "panika")).unwrap(), kept + 1);
}

#[actix_web::test]
async fn what_is_answered_can_be_read_by_everybody() {
    let app = TestApp::new().await;
    together(&app.state.store, |store, n| {
        for i in 1..=TIMES {
            let name = format!("własny {n}");
            let mine = store.write(|tx| counters::next(tx, &name)).unwrap();
            assert_eq!(mine, i64::try_from(i).unwrap());
            let seen = store.read(|r| Ok(value(r, &name))).unwrap();
            assert_eq!(seen, Some(mine), "an answer came before its commit");
        }
    });
}

fn value(r: &mut konkurs::store::Read<'_>, name: &str) -> Option<i64> {
    use diesel::prelude::*;
    use konkurs::store::schema::counters;
    counters::table.filter(counters::name.eq(name)).select(counters::value).first(r.conn()).optional().unwrap()
}
