//! Two programs on one database, each with connections and a row of writers of its own, as two processes are: what one
//! program promises when many come at once, two promise together.

use std::sync::Barrier;

use chrono::Duration;
use futures_util::future::join;
use konkurs::account::Actor;
use konkurs::audit;
use konkurs::error::AppError;
use konkurs::law::Instant;
use konkurs::offer::{Offer, OfferState, Receipt, replace, save, store, submit, withdraw};
use konkurs::store::{OfferId, Store};

use super::{Form, declarations, draft, find, form, post};
use crate::support::{Beside, Client, TestApp, sample};

/// How often two meet; each time anew, for the outcome depends on who is faster.
const TIMES: usize = 12;

/// Does both deeds at the same moment.
fn race<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    let gate = Barrier::new(2);
    std::thread::scope(|threads| {
        let first = threads.spawn(|| {
            gate.wait();
            one()
        });
        gate.wait();
        let second = other();
        (first.join().unwrap(), second)
    })
}

fn submitted(store: &Store, by: &Actor, id: &OfferId, at: Instant) -> Result<Receipt, AppError> {
    store.write(|tx| submit(tx, by, id, sample::declarations(), at))
}

fn replaced(store: &Store, by: &Actor, id: &OfferId, at: Instant) -> Result<Receipt, AppError> {
    store.write(|tx| replace(tx, by, id, 1, sample::declarations(), at))
}

fn withdrawn(store: &Store, by: &Actor, id: &OfferId, seen: i64, at: Instant) -> Result<(), AppError> {
    store.write(|tx| withdraw(tx, by, id, seen, at))
}

fn ordinal(number: &str) -> usize {
    number.rsplit_once('-').unwrap().1.parse().unwrap()
}

fn rule(refused: &AppError) -> String {
    match refused {
        AppError::Refused(findings) => findings[0].rule.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

/// One unbroken chain, read through the other program.
fn chained(beside: &Beside) {
    let (rows, breaks) = beside.state.store.read(audit::verify).unwrap();
    assert!(rows > 0);
    assert_eq!(breaks, Vec::new());
}

/// Organisations with a complete draft each.
async fn drafts(app: &TestApp, call: &konkurs::call::Call, many: usize) -> Vec<(Client, Actor, Offer)> {
    let mut out = Vec::new();
    for n in 1..=u32::try_from(many).unwrap() {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        let (actor, offer) = (app.actor(&ngo), draft(app, call, &ngo));
        out.push((ngo, actor, offer));
    }
    out
}

#[actix_web::test]
async fn a_hundred_offers_submitted_in_both_at_once_are_a_hundred_offers() {
    let (app, count) = (TestApp::new().await, 100);
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let offers = drafts(&app, &call, count).await;
    let now = app.state.clock.now();
    // Fifty deeds at once: more could wait longer than a deed waits on a machine that does other work as well.
    let together = |some: &[(Client, Actor, Offer)]| -> Vec<[Receipt; 2]> {
        let gate = Barrier::new(2 * some.len());
        std::thread::scope(|threads| {
            let tries: Vec<_> = some
                .iter()
                .map(|(_, actor, offer)| {
                    [&app.state.store, &beside.state.store].map(|store| {
                        let gate = &gate;
                        threads.spawn(move || {
                            gate.wait();
                            submitted(store, actor, &offer.id, now).unwrap()
                        })
                    })
                })
                .collect();
            tries.into_iter().map(|pair| pair.map(|t| t.join().unwrap())).collect()
        })
    };
    let receipts: Vec<[Receipt; 2]> = offers.chunks(25).flat_map(together).collect();
    assert!(receipts.iter().all(|[a, b]| a == b), "both programs give one receipt");
    let mut numbers: Vec<usize> = receipts.iter().map(|[a, _]| ordinal(&a.number)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>(), "no gap, none twice");
    let filed = beside.state.store.read(|r| store::filed_in_call(r, &call.id)).unwrap();
    assert_eq!(filed.len(), count);
    assert!(filed.iter().all(|o| o.state == OfferState::Submitted && o.frozen_no == 1));
    let mut told: Vec<String> = app.new_mail().into_iter().map(|(to, _)| to).collect();
    told.sort();
    let mut owners: Vec<String> = (1..=100).map(|n| format!("{}@example.pl", sample::nip(n))).collect();
    owners.sort();
    assert_eq!(told, owners, "one receipt by mail each");
    chained(&beside);
}

/// A part of the form as somebody filled it, who looked at version `seen`.
fn typed(seen: &str, base: &str, words: &str) -> Form {
    form(&[("version", seen), ("base", base), ("unpaid", "true"), ("other", words)])
}

#[actix_web::test]
async fn of_two_editors_in_two_programs_one_wins_and_the_other_sees_both_texts() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (offer, there) = (draft(&app, &call, &ngo), beside.also(&ngo));
    let path = format!("/oferty/{}/inne", offer.id);
    for n in 0..TIMES {
        let before = find(&app, &offer.id);
        let page = there.page(&path).await;
        let (seen, base) = (page.value_of("version").unwrap(), page.value_of("base").unwrap());
        assert_eq!(seen, before.version.to_string());
        let words = [format!("tekst {n} z pierwszego"), format!("tekst {n} z drugiego")];
        let (one, other) = join(
            post(&ngo, &path, typed(&seen, &base, &words[0]), &[]),
            post(&there, &path, typed(&seen, &base, &words[1]), &[]),
        )
        .await;
        let (won, lost) = if one.status == 303 { (0, other) } else { (1, one) };
        lost.expect(409).says(&words[0]).says(&words[1]);
        let after = find(&app, &offer.id);
        assert_eq!((after.content.other.as_str(), after.version), (words[won].as_str(), before.version + 1));
    }
    // The same of the whole content, without a page between.
    let now = app.state.clock.now();
    let actor = app.actor(&ngo);
    for n in 0..TIMES {
        let before = find(&app, &offer.id);
        let keep = |store: &Store, who: &str| {
            let mut content = before.content.clone();
            content.other = format!("{who} {n}");
            store.write(|tx| save(tx, &actor, &offer.id, before.version, content, now))
        };
        let (one, other) = race(|| keep(&app.state.store, "tu"), || keep(&beside.state.store, "tam"));
        let (won, lost) = if one.is_ok() { ("tu", other) } else { ("tam", one) };
        assert!(matches!(lost, Err(AppError::Stale)), "{lost:?}");
        assert_eq!(find(&app, &offer.id).content.other, format!("{won} {n}"));
    }
    chained(&beside);
}

#[actix_web::test]
async fn two_editors_of_two_parts_in_two_programs_never_meet() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (offer, there) = (draft(&app, &call, &ngo), beside.also(&ngo));
    let (here_path, there_path) = (format!("/oferty/{}/inne", offer.id), format!("/oferty/{}/zadanie", offer.id));
    for n in 0..TIMES {
        let (mine, theirs) = (ngo.page(&here_path).await, there.page(&there_path).await);
        let mine = typed(&mine.value_of("version").unwrap(), &mine.value_of("base").unwrap(), &format!("tekst {n}"));
        let title = format!("Tytuł {n}");
        let theirs = form(&[
            ("version", &theirs.value_of("version").unwrap()),
            ("base", &theirs.value_of("base").unwrap()),
            ("title", &title),
        ]);
        let (one, other) = join(post(&ngo, &here_path, mine, &[]), post(&there, &there_path, theirs, &[])).await;
        assert_eq!((one.status, other.status), (303, 303), "{}{}", one.text(), other.text());
        let kept = find(&app, &offer.id).content;
        assert_eq!((kept.other, kept.title), (format!("tekst {n}"), title));
    }
    chained(&beside);
}

#[actix_web::test]
async fn submitting_here_and_giving_up_there_ends_in_one_of_the_two() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let (here, there, now) = (&app.state.store, &beside.state.store, app.state.clock.now());
    let mut filed = 0;
    for (_, actor, offer) in drafts(&app, &call, TIMES).await {
        let (by, id) = (&actor, &offer.id);
        let (sent, given_up) = race(|| submitted(here, by, id, now), || withdrawn(there, by, id, offer.version, now));
        let after = find(&app, id);
        match (sent, given_up) {
            (Ok(receipt), Err(AppError::Stale)) => {
                filed += 1;
                assert_eq!((after.state, after.number), (OfferState::Submitted, Some(receipt.number.clone())));
                assert_eq!(ordinal(&receipt.number), filed, "who gives up takes no number");
            }
            (Err(refused), Ok(())) => {
                assert_eq!(rule(&refused), "R-OFF-16");
                assert_eq!((after.state, after.number), (OfferState::Withdrawn, None));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(app.new_mail().len(), filed, "a receipt for each that was filed, nothing for a draft");
    chained(&beside);
}

#[actix_web::test]
async fn replacing_here_and_withdrawing_there_ends_in_one_of_the_two() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let (here, there, now) = (&app.state.store, &beside.state.store, app.state.clock.now());
    for (_, actor, offer) in drafts(&app, &call, TIMES).await {
        let (by, id) = (&actor, &offer.id);
        submitted(there, by, id, now).unwrap();
        let mut changed = offer.content.clone();
        changed.other = "zmiana".into();
        let seen = here.write(|tx| save(tx, by, id, offer.version + 1, changed, now)).unwrap();
        app.new_mail();
        let (again, back) = race(|| replaced(here, by, id, now), || withdrawn(there, by, id, seen, now));
        let (after, mail) = (find(&app, id), app.new_mail());
        assert_eq!(mail.len(), 1, "{mail:?}");
        match (again, back) {
            (Ok(receipt), Err(AppError::Stale)) => {
                assert_eq!((receipt.no, after.state, after.frozen_no), (2, OfferState::Submitted, 2));
                assert_eq!((after.content.other.as_str(), after.draft), ("zmiana", None));
                assert!(mail[0].1.starts_with("Złożono zmienioną ofertę"), "{mail:?}");
            }
            (Err(refused), Ok(())) => {
                assert_eq!(rule(&refused), "R-OFF-16");
                assert_eq!((after.state, after.frozen_no), (OfferState::Withdrawn, 1));
                assert!(mail[0].1.starts_with("Wycofano ofertę"), "{mail:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    chained(&beside);
}

#[actix_web::test]
async fn submitting_and_replacing_in_both_at_once_freezes_every_text_once() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let (here, there, now) = (&app.state.store, &beside.state.store, app.state.clock.now());
    for (n, (_, actor, offer)) in (1..).zip(drafts(&app, &call, TIMES).await) {
        let (by, id) = (&actor, &offer.id);
        // Of a draft nothing is in force that could be replaced.
        let (first, early) = race(|| submitted(here, by, id, now), || replaced(there, by, id, now));
        let first = first.unwrap();
        assert!(matches!(&early, Err(AppError::Stale)) || early.as_ref().is_ok_and(|r| *r == first), "{early:?}");
        assert_eq!((first.no, ordinal(&first.number)), (1, n));
        let mut changed = offer.content.clone();
        changed.other = "zmiana".into();
        there.write(|tx| save(tx, by, id, offer.version + 1, changed, now)).unwrap();
        // Who submits once more gets the receipt of what is in force, the old version or the new one.
        let (again, once_more) = race(|| replaced(there, by, id, now), || submitted(here, by, id, now));
        let (again, once_more) = (again.unwrap(), once_more.unwrap());
        assert!(once_more == first || once_more == again, "{once_more:?}");
        let (one, other) = race(|| replaced(here, by, id, now), || replaced(there, by, id, now));
        assert_eq!((&one.unwrap(), &other.unwrap()), (&again, &again), "a second click replaces nothing");
        assert_eq!((again.no, &again.number), (2, &first.number));
        assert!(there.read(|r| store::version(r, id, 3)).is_err(), "two frozen versions");
        assert_eq!(app.new_mail().len(), 2, "a receipt for each version");
    }
    chained(&beside);
}

#[actix_web::test]
async fn at_the_deadline_both_let_in_the_same_offers() {
    let (app, tick) = (TestApp::new().await, Duration::microseconds(1));
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let end = call.deadline_at.unwrap();
    let stores = [&app.state.store, &beside.state.store];
    let mut in_time = 0;
    for (n, (_, actor, offer)) in drafts(&app, &call, TIMES).await.into_iter().enumerate() {
        let (by, id) = (&actor, &offer.id);
        let (early, late) = (stores[n % 2], stores[1 - n % 2]);
        let at = [end, end + tick][n / 2 % 2];
        // The same offer, a microsecond before the end in one program and too late in the other.
        let (sent, refused) = race(|| submitted(early, by, id, end - tick), || submitted(late, by, id, at));
        let receipt = sent.unwrap();
        in_time += 1;
        match refused {
            Ok(same) => assert_eq!(same, receipt, "it was filed a moment before, in time"),
            Err(e) => assert_eq!(rule(&e), "R-OFF-TERM"),
        }
        assert_eq!((receipt.arrived, ordinal(&receipt.number)), (end - tick, in_time));
        let after = find(&app, id);
        assert_eq!((after.submitted_at, after.frozen_no), (Some(end - tick), 1));
    }
    assert_eq!(app.new_mail().len(), in_time, "a receipt for each of them");
    let ngo = app.ngo("Spóźniona", &sample::nip(90)).await;
    let (actor, offer) = (app.actor(&ngo), draft(&app, &call, &ngo));
    let (one, other) =
        race(|| submitted(stores[0], &actor, &offer.id, end), || submitted(stores[1], &actor, &offer.id, end + tick));
    assert_eq!([rule(&one.unwrap_err()), rule(&other.unwrap_err())], ["R-OFF-TERM", "R-OFF-TERM"]);
    assert_eq!(find(&app, &offer.id), offer, "nothing late is let in by either");
    assert!(app.new_mail().is_empty());
    chained(&beside);
}

#[actix_web::test]
async fn each_program_looks_at_its_own_clock_when_a_request_arrives() {
    let app = TestApp::new().await;
    let beside = app.beside().await;
    let call = sample::pai_call(&app);
    let (nip, end, tick) = (sample::nip(1), call.deadline_at.unwrap(), Duration::microseconds(1));
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let offer = draft(&app, &call, &ngo);
    let (path, fields) = (format!("/oferty/{}/zlozenie", offer.id), declarations(&app, &offer.id));
    app.state.clock.set(end - tick);
    beside.state.clock.set(end);
    let here = app.sign_in(&format!("{nip}@example.pl"));
    let there = beside.also(&here);
    let (in_time, late) = join(post(&here, &path, fields.clone(), &[]), post(&there, &path, fields.clone(), &[])).await;
    in_time.expect(303);
    // Late is refused, or shown the receipt of the other one when that was kept before.
    assert!([303, 422].contains(&late.status), "{}", late.text());
    assert_eq!(find(&app, &offer.id).submitted_at, Some(end - tick));
    post(&there, &path, fields, &[]).await.expect(303);
    there.page(&format!("/oferty/{}/potwierdzenie", offer.id)).await.says("LOK/1/2026/O-1");
    assert_eq!(app.new_mail().len(), 1);
    chained(&beside);
}
