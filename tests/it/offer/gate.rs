//! The gate: one function of the arrival and the deadline, on ordinary days and when the clocks change;
//! and a hundred offers that are each submitted twice at once.

use chrono::{Duration, NaiveDateTime};
use futures_util::future::join;
use konkurs::call::{self, Call, rules::deadline_instant};
use konkurs::error::AppError;
use konkurs::law::{Instant, left};
use konkurs::offer::{OfferState, Receipt, submit};

use super::{declarations, draft, find};
use crate::support::{TestApp, sample};

/// The call with another deadline, as a wall clock in Warsaw shows it.
fn until(app: &TestApp, mut call: Call, wall: &str) -> Call {
    let wall: NaiveDateTime = wall.parse().unwrap();
    call.content.elements.deadline = Some(wall);
    call.deadline_at = Some(deadline_instant(wall).unwrap());
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    app.state.store.read(|r| call::store::find(r, &call.id)).unwrap()
}

/// Deadlines on the wall, and the instant they are in UTC.
const DEADLINES: [(&str, &str); 9] = [
    // An ordinary day: a minute to midnight means the whole day.
    ("2026-12-14T23:59:00", "2026-12-14T23:00:00Z"),
    ("2026-12-14T12:00:00", "2026-12-14T11:00:00Z"),
    // The clocks go forward on 28.03.2027: 2:00 to 2:59 do not happen.
    ("2027-03-28T01:59:00", "2027-03-28T00:59:00Z"),
    ("2027-03-28T03:00:00", "2027-03-28T01:00:00Z"),
    ("2027-03-28T23:59:00", "2027-03-28T22:00:00Z"),
    // And back on 31.10.2027: 2:00 to 2:59 happen twice, the later one counts.
    ("2027-10-31T01:59:00", "2027-10-30T23:59:00Z"),
    ("2027-10-31T02:30:00", "2027-10-31T01:30:00Z"),
    ("2027-10-31T03:00:00", "2027-10-31T02:00:00Z"),
    ("2027-10-31T23:59:00", "2027-10-31T23:00:00Z"),
];

#[actix_web::test]
async fn one_microsecond_before_is_in_time_and_the_deadline_itself_is_late() {
    let app = TestApp::new().await;
    let first = sample::pai_call(&app);
    let mut call = first;
    for (n, (wall, utc)) in (1..).zip(DEADLINES) {
        call = until(&app, call, wall);
        let end: Instant = utc.parse().unwrap();
        assert_eq!(call.deadline_at, Some(end), "{wall}");
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        let (actor, offer) = (app.actor(&ngo), draft(&app, &call, &ngo));
        for late in [end, end + Duration::microseconds(1)] {
            assert!(!call.is_open(late) && call.is_unsealed(late), "{wall}: the list and the seal agree");
            assert!(left(late, end).starts_with("termin minął"), "{wall}: the countdown agrees");
            let refused = app.state.store.write(|tx| submit(tx, &actor, &offer.id, sample::declarations(), late));
            let Err(AppError::Refused(findings)) = refused else { panic!("{wall}: let in at {late}") };
            assert_eq!(findings[0].rule.as_str(), "R-OFF-TERM", "{wall}");
        }
        let last = end - Duration::microseconds(1);
        assert!(call.is_open(last) && !call.is_unsealed(last), "{wall}");
        assert!(left(last, end).starts_with("za "), "{wall}");
        app.state.store.write(|tx| submit(tx, &actor, &offer.id, sample::declarations(), last)).unwrap();
        assert_eq!(find(&app, &offer.id).submitted_at, Some(last), "{wall}: kept to the microsecond");
    }
    app.new_mail();
}

#[actix_web::test]
async fn who_ends_a_request_after_the_deadline_sent_it_late() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let nip = sample::nip(1);
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let offer = draft(&app, &call, &ngo);
    let (path, end) = (format!("/oferty/{}/zlozenie", offer.id), call.deadline_at.unwrap());
    let fields = declarations(&app, &offer.id);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let form = "application/x-www-form-urlencoded";
    app.state.clock.set(end - Duration::microseconds(1));
    let ngo = app.sign_in(&format!("{nip}@example.pl"));
    let state = app.state.clone();
    let late = ngo.post_late(&path, &fields, form, move || state.clock.set(end)).await;
    late.expect(422).says("Oferta dotarła 15.12.2026, 00:00:00.").says("Reguła R-OFF-TERM");
    // A body that says it brings files would be read without the time limit of a form.
    app.state.clock.set(end - Duration::microseconds(1));
    let disguised = ngo.post_late(&path, &fields, "multipart/form-data; boundary=x", || ()).await;
    disguised.expect(422).says("Ten formularz nie przyjmuje plików.");
    assert_eq!(find(&app, &offer.id).state, OfferState::Draft);
    ngo.post_late(&path, &fields, form, || ()).await.expect(303);
    assert_eq!(find(&app, &offer.id).submitted_at, Some(end - Duration::microseconds(1)));
    app.new_mail();
}

#[actix_web::test]
async fn what_was_whole_in_time_is_in_time_however_long_the_server_keeps_it_waiting() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let nip = sample::nip(1);
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let offer = draft(&app, &call, &ngo);
    let (path, end) = (format!("/oferty/{}/zlozenie", offer.id), call.deadline_at.unwrap());
    let last = end - Duration::microseconds(1);
    let fields = declarations(&app, &offer.id);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    // Who sat on the page for ten minutes is written down as seen before anything else is done for the request.
    app.state.clock.set(end - Duration::minutes(10));
    let ngo = app.sign_in(&format!("{nip}@example.pl"));
    app.state.clock.set(last);
    let held = app.hold_writers();
    let clock = app.state.clock.clone();
    let sent = ngo.post(&path, &fields);
    // The request is polled first: its last byte is there, and now it stands in the row of the writers.
    let (answer, ()) = join(sent, async move {
        clock.set(end);
        drop(held);
    })
    .await;
    answer.expect(303);
    assert_eq!(find(&app, &offer.id).submitted_at, Some(last));
    app.new_mail();
}

#[actix_web::test]
async fn an_hour_that_does_not_happen_is_no_deadline() {
    let why = deadline_instant("2027-03-28T02:30:00".parse().unwrap()).unwrap_err();
    assert!(why.to_string().starts_with("Godziny 02:30 w dniu 28.03.2027 nie ma w Polsce"), "{why}");
}

#[actix_web::test]
async fn list_page_countdown_and_gate_close_together() {
    let app = TestApp::new().await;
    let call = until(&app, sample::pai_call(&app), "2027-10-31T02:30:00");
    let nip = sample::nip(1);
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let offer = draft(&app, &call, &ngo);
    let (page, path) = (format!("/konkursy/{}", call.id), format!("/oferty/{}/zlozenie", offer.id));
    let end = call.deadline_at.unwrap();
    app.state.clock.set(end - Duration::microseconds(1));
    let ngo = app.sign_in(&format!("{nip}@example.pl"));
    app.stranger().page("/konkursy").await.says("trwa nabór ofert");
    app.stranger().page(&page).await.says("za mniej niż minutę");
    ngo.page(&path).await.says("Zegar serwera: 31.10.2027, 02:29:59.").says("za mniej niż minutę").says("Złóż ofertę");
    app.state.clock.set(end);
    app.stranger().page("/konkursy").await.says("nabór zakończony");
    ngo.page(&path).await.says("Konkurs nie przyjmuje już ofert.").says_not("Oświadczam(my)");
}

#[actix_web::test]
async fn a_hundred_offers_each_submitted_twice_at_once_are_a_hundred_offers() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let mut offers = Vec::new();
    for n in 1..=100 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        offers.push((app.actor(&ngo), draft(&app, &call, &ngo).id));
    }
    let now = app.state.clock.now();
    let gate = std::sync::Barrier::new(200);
    let receipts: Vec<(Receipt, Receipt)> = std::thread::scope(|threads| {
        let tries: Vec<_> = offers
            .iter()
            .map(|(actor, id)| {
                [(); 2].map(|()| {
                    let (store, gate) = (app.state.store.clone(), &gate);
                    threads.spawn(move || {
                        gate.wait();
                        store.write(|tx| submit(tx, actor, id, sample::declarations(), now)).unwrap()
                    })
                })
            })
            .collect();
        tries.into_iter().map(|[a, b]| (a.join().unwrap(), b.join().unwrap())).collect()
    });
    assert!(receipts.iter().all(|(a, b)| a == b), "both clicks see one receipt");
    let ordinal = |r: &Receipt| r.number.rsplit_once('-').unwrap().1.parse::<u32>().unwrap();
    let mut numbers: Vec<u32> = receipts.iter().map(|(a, _)| ordinal(a)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>(), "no gap, none twice");
    let filed = app.state.store.read(|r| konkurs::offer::store::filed_in_call(r, &call.id)).unwrap();
    assert_eq!(filed.len(), 100);
    assert!(filed.iter().all(|o| o.frozen_no == 1));
    assert_eq!(app.new_mail().len(), 100, "one receipt by mail each");
}
