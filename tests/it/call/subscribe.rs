//! The calendar of a contest and the feed of all.

use konkurs::call::{self, Call, CallState, store};
use konkurs::store::to_json;

use super::{announced, find, office, places};
use crate::support::ics::parsed;
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_contest_has_three_dates_that_keep_their_ids() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    let url = format!("/konkursy/{}/kalendarz.ics", call.id);
    let file = app.stranger().page(&url).await;
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    let (name, events) = parsed(&file.html());
    assert_eq!((name.as_str(), events.len()), ("Konkurs RSD/1/2026", 3));
    let [questions, deadline, decision] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(questions["UID"], format!("{}-pytania@konkurs", call.id));
    assert_eq!((&questions["DTSTART;VALUE=DATE"][..], &questions["DTEND;VALUE=DATE"][..]), ("20261211", "20261212"));
    assert_eq!((&deadline["DTSTART"][..], &deadline["DTEND"][..]), ("20261214T223000Z", "20261214T230000Z"));
    assert_eq!(deadline["SUMMARY"], "Koniec składania ofert: RSD/1/2026");
    assert!(deadline["DESCRIPTION"].ends_with(&format!("/konkursy/{}", call.id)), "{deadline:?}");
    assert_eq!((&decision["DTSTART;VALUE=DATE"][..], &decision["DTSTAMP"][..]), ("20270104", "20261123T110000Z"));

    app.at("2026-12-01 08:00");
    assert_eq!(app.stranger().page(&url).await.html(), file.html(), "the same whenever it is asked");
    let moved = longer(&app, &call);
    let (_, after) = parsed(&app.stranger().page(&url).await.html());
    assert_eq!(after[1]["UID"], deadline["UID"]);
    assert_eq!((&after[1]["DTEND"][..], &after[1]["DTSTAMP"][..]), ("20261221T230000Z", "20261201T070000Z"));
    let number = |e: &crate::support::ics::Event| e["SEQUENCE"].parse::<i64>().unwrap();
    assert!(number(&after[1]) > number(deadline), "{} {}", number(&after[1]), number(deadline));
    sample::set_call(&app, &moved.id, CallState::Cancelled);
    let (_, cancelled) = parsed(&app.stranger().page(&url).await.html());
    assert!(cancelled.iter().all(|e| e["STATUS"] == "CANCELLED"), "{cancelled:?}");
}

/// The deadline moved by a week in a second announcement, at the time of the clock.
fn longer(app: &TestApp, call: &Call) -> Call {
    let now = app.state.clock.now();
    app.state
        .store
        .write(|tx| {
            let mut call = store::find(tx, &call.id)?;
            call.content.places = sample::three_places("2026-12-01");
            call.content.elements.deadline = sample::day("2026-12-21").and_hms_opt(23, 59, 0);
            call.deadline_at = call.content.elements.deadline.and_then(|wall| call::rules::deadline_instant(wall).ok());
            store::save(tx, &call)?;
            store::freeze(tx, &call.id, 2, &to_json(&call.content)?, "organ@example.pl", "przerwa <w> serwisie", now)
        })
        .unwrap();
    find(app, &call.id)
}

/// What stands in every `<name>…</name>` of a feed, in order.
fn all(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap().to_owned()).collect()
}

/// The tags of a feed close in order; returns how many there are.
fn well_formed(xml: &str) -> usize {
    let (mut open, mut seen): (Vec<&str>, usize) = (Vec::new(), 0);
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").unwrap();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>'), "{part}");
        for piece in text.split('&').skip(1) {
            assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|e| piece.starts_with(e)), "{text}");
        }
        seen += 1;
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(name), _) => assert_eq!(open.pop(), Some(name)),
            (None, true) => {}
            (None, false) => open.push(tag.split_whitespace().next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

#[actix_web::test]
async fn the_feed_tells_of_announcements_changes_answers_and_results() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let empty = app.stranger().page("/konkursy.atom").await;
    assert_eq!(empty.headers["content-type"], "application/atom+xml; charset=utf-8");
    well_formed(&empty.html());
    assert_eq!(all(&empty.html(), "updated"), ["1970-01-01T00:00:00Z"]);

    let call = announced(&app, &office).await;
    let draft = super::complete(&app, &office);
    app.at("2026-11-24 09:00");
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    ngo.post(&format!("/konkursy/{}/pytania", call.id), &[("text", "Czy sobota & niedziela?")]).await.expect(303);
    let question = app.state.store.read(|r| store::questions::of_call(r, &call.id)).unwrap().remove(0);
    let (actor, now) = (app.actor(&app.sign_in("urzednik@example.pl")), app.state.clock.now());
    let texts = (question.text.clone(), "Tak.".to_owned());
    app.state.store.write(|tx| call::save_answer(tx, &actor, &question.id, 0, texts, now)).unwrap();
    app.state.store.write(|tx| call::publish_answer(tx, &actor, &question.id, 1, "", now)).unwrap();
    app.new_mail();
    app.at("2026-12-01 08:00");
    longer(&app, &call);
    let xml = app.stranger().page("/konkursy.atom").await.html();
    assert!(well_formed(&xml) > 20);
    assert_eq!(
        all(&xml, "title"),
        [
            "Otwarte konkursy ofert – Powiatowy Urząd Pracy",
            "Zmiana ogłoszenia konkursu RSD/1/2026",
            &format!("Ogłoszono konkurs RSD/1/2026: {}", call.content.title),
            "Odpowiedź nr 1 w konkursie RSD/1/2026",
        ]
    );
    let updated = all(&xml, "updated");
    assert_eq!(
        updated,
        ["2026-12-01T07:00:00Z", "2026-12-01T07:00:00Z", "2026-12-01T07:00:00Z", "2026-11-24T08:00:00Z"]
    );
    assert_eq!(all(&xml, "published")[1], "2026-11-23T07:30:00Z", "the board, the last of its places");
    assert!(xml.contains(&format!("<id>urn:uuid:{}</id>", call.id)) && !xml.contains(draft.id.as_str()), "{xml}");
    assert!(xml.contains("przerwa &lt;w&gt; serwisie") && xml.contains("Czy sobota &amp; niedziela?"), "{xml}");
    assert!(xml.contains("#pytanie-1\"/>") && !xml.contains("Promyk"), "{xml}");
    let ids = all(&xml, "id");
    assert_eq!(all(&app.stranger().page("/konkursy.atom").await.html(), "id"), ids, "ids stay");

    app.at("2026-12-22 09:00");
    let organ = app.sign_in("organ@example.pl");
    let version = find(&app, &call.id).version.to_string();
    let mut form = places(&version, "2026-12-22");
    form.push(("reason", "no_offers"));
    organ.post(&format!("/urzad/konkursy/{}/uniewaznienie", call.id), &form).await.expect(303);
    let xml = app.stranger().page("/konkursy.atom").await.html();
    assert_eq!(all(&xml, "title")[1], "Unieważniono konkurs RSD/1/2026");
    assert_eq!(all(&xml, "updated")[0], "2026-12-22T07:30:00Z");
    app.stranger().page("/konkursy").await;
}

#[actix_web::test]
async fn the_feed_tells_of_results_when_the_last_of_their_places_showed_them() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let call = announced(&app, &office).await;
    for state in [CallState::Review, CallState::Decided] {
        sample::set_call(&app, &call.id, state);
        let xml = app.stranger().page("/konkursy.atom").await.html();
        assert_eq!(all(&xml, "title").len(), 2, "nothing of results in {state:?}: {xml}");
    }
    let published = |places: Vec<call::Publication>| {
        let mut call = sample::set_call(&app, &call.id, CallState::Published);
        call.content.result_places = places;
        app.state.store.write(|tx| store::save(tx, &call)).unwrap();
    };
    let place = |kind, on: &str, hour: Option<(u32, u32)>| {
        let at = hour.and_then(|(h, m)| chrono::NaiveTime::from_hms_opt(h, m, 0));
        call::Publication {
            time: at,
            ..call::Publication::new(kind, sample::day(on), "Jan Woźny", "https://bip.example.pl")
        }
    };
    use call::Place::{Bip, Board, Website};
    published(vec![
        place(Bip, "2027-01-05", Some((9, 0))),
        place(Board, "2027-01-05", Some((14, 15))),
        place(Website, "2027-01-04", Some((16, 0))),
    ]);
    app.at("2027-01-06 12:00");
    let xml = app.stranger().page("/konkursy.atom").await.html();
    assert!(well_formed(&xml) > 10);
    assert_eq!(all(&xml, "title")[1], "Wyniki konkursu RSD/1/2026");
    assert_eq!(all(&xml, "published")[0], "2027-01-05T13:15:00Z", "the board, the last of its places");
    assert_eq!(all(&xml, "updated")[..2], ["2027-01-05T13:15:00Z", "2027-01-05T13:15:00Z"]);
    assert!(
        xml.contains("category term=\"wyniki\"") && xml.contains(&format!("/konkursy/{}/wyniki\"/>", call.id)),
        "{xml}"
    );
    let ids = all(&xml, "id");
    assert_eq!(all(&app.stranger().page("/konkursy.atom").await.html(), "id"), ids, "ids stay");
    assert_eq!(ids.len(), 3);

    published(vec![place(Bip, "2027-01-05", None)]);
    let xml = app.stranger().page("/konkursy.atom").await.html();
    assert_eq!(all(&xml, "published")[0], "2027-01-04T23:00:00Z", "without an hour, the beginning of that day");
    assert_eq!(all(&xml, "id"), ids);
}
