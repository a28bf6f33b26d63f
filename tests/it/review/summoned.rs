//! Where a call to supplement is seen beside its own pages: on the office's page of the offer, and after the contest.

use konkurs::account::Role;
use konkurs::call::CallState;

use super::scene::{Scene, pairs};
use super::supplement::{SIGNED, card, hand_in, prepared, summon};
use crate::support::{Client, ics, sample};

const LINK: &str = "Wezwanie do uzupełnienia i odpowiedź";

/// Where the link of the office's page leads; none where there is no link.
async fn led(s: &Scene, who: &Client, at: usize) -> Option<String> {
    let html = who.page(&format!("/urzad/oferty/{}", s.offers[at].id)).await.html();
    let (before, _) = html.split_once(&format!("\">{LINK}</a>"))?;
    before.rsplit_once("<a href=\"").map(|(_, href)| href.to_owned())
}

#[actix_web::test]
async fn the_office_comes_from_the_offer_to_the_call_and_its_answer() {
    let s = Scene::opened().await;
    let auditor = s.app.staff("audyt@example.pl", &[Role::Auditor]).await;
    assert_eq!(led(&s, &s.officer, 0).await, None, "nobody called");
    summon(&s, 0, SIGNED, &[]).await;
    for who in [&s.officer, &s.organ, &auditor] {
        assert_eq!(led(&s, who, 0).await, Some(s.check_url(0)));
        who.page(&s.check_url(0)).await.says("brak podpisu skarbnika");
    }
    assert_eq!(led(&s, &s.officer, 1).await, None, "another offer");
    for (who, status) in [(&s.ngos[0], 403), (&s.ngos[1], 404), (&s.members[0], 404)] {
        who.get(&format!("/urzad/oferty/{}", s.offers[0].id)).await.expect(status).says_not(LINK);
    }
    prepared(&s, 0).await;
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    let mut fields = card(&s, 0, &[], "meets");
    let notes = fields.iter_mut().filter(|(name, _)| name.starts_with("note."));
    notes.for_each(|(_, note)| *note = "uzupełniono 15.12".to_owned());
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(303);
    // The check is closed, and then the contest: both stay to be read.
    for state in [CallState::Review, CallState::Decided, CallState::Published, CallState::Cancelled] {
        sample::set_call(&s.app, &s.call.id, state);
        assert_eq!(led(&s, &s.officer, 0).await, Some(s.check_url(0)), "{state:?}");
        s.officer.page(&s.check_url(0)).await.says("podpis jest w pełnomocnictwie");
    }
    s.app.new_mail();
}

#[actix_web::test]
async fn after_the_contest_nobody_waits_for_a_supplement() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    let (ngo, hub) = (&s.ngos[0], format!("/oferty/{}", s.offers[0].id));
    let link = ngo.post("/konto/kalendarz", &[]).await.value_of("link").unwrap();
    let link = link[link.find("/kalendarz/").unwrap()..].to_owned();
    let ours = "Teraz czekamy na: Twoją organizację";
    for (state, waits) in [
        (CallState::Review, ours),
        (CallState::Decided, "Teraz czekamy na: urząd i komisję konkursową Trwa ocena ofert."),
        (CallState::Published, "Teraz czekamy na: nikogo Konkurs jest rozstrzygnięty."),
        (CallState::Cancelled, "Teraz czekamy na: nikogo Konkurs unieważniono."),
    ] {
        sample::set_call(&s.app, &s.call.id, state);
        let open = state == CallState::Review;
        let (list, page) = (ngo.page("/oferty").await, ngo.page(&hub).await);
        page.says(waits);
        let number = "LOK/1/2026/O-1 LOK/1/2026 – Warsztaty integracji społecznej 2027";
        if open {
            list.says(&format!("{number} złożona, do uzupełnienia"));
            page.says("złożona, do uzupełnienia").says("Odpowiedz na wezwanie");
        } else {
            list.says(&format!("{number} złożona ")).says_not("do uzupełnienia");
            page.says_not("złożona, do uzupełnienia").says_not("Odpowiedz na wezwanie").says_not(ours);
            page.says("Urząd wzywał do uzupełnienia oferty do: wtorek, 22.12.2026, do końca dnia (23:59).");
        }
        let (_, events) = ics::parsed(&s.app.stranger().page(&link).await.html());
        let dates = events.iter().filter(|e| e["SUMMARY"] == "Uzupełnienie oferty na wezwanie urzędu: LOK/1/2026");
        assert_eq!(dates.count(), usize::from(open), "{state:?}: {events:?}");
    }
    s.app.new_mail();
}
