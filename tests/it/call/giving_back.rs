//! What was typed about a change stays when somebody moved the change meanwhile.

use konkurs::call::{AmendmentState, Part};

use super::amending::{again, begun, open_of, proposed, until, wrote};
use super::{announced, office};
use crate::support::TestApp;

const WHY: &str = "Termin jest za krótki: dopisz jeszcze dwa dni.";

#[actix_web::test]
async fn the_words_of_the_organ_survive_an_older_view() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-21"));
    let a = proposed(&app, &office, &call, "Dłuższy termin.");
    let url = format!("/urzad/konkursy/{}/zmiana", call.id);
    let back = format!("{url}/zwrot");
    let (id, now) = (a.id.to_string(), a.version.to_string());
    let older = (a.version - 1).to_string();
    let form = |version, why| [("amendment", id.as_str()), ("version", version), ("returned", why)];

    let page = office.organ.post(&back, &form(&older, WHY)).await;
    page.expect(409)
        .says("Ktoś zapisał tę zmianę w międzyczasie")
        .says("Co trzeba poprawić (puste) Termin jest za krótki");
    assert!(page.html().contains(&format!("{WHY}</textarea>")), "in the form, to be sent again");
    assert_eq!(page.value_of("version"), Some(now.clone()));
    assert_eq!(open_of(&app, &call), a);
    office.organ.post(&back, &form(&now, WHY)).await.expect(303);

    // Somebody else had given it back already: there is nothing to send, but the text is not lost.
    let other = "Brakuje powodu, dla którego termin się wydłuża.";
    let page = office.organ.post(&back, &form(&now, other)).await;
    page.expect(409)
        .says("Zmiana jest w stanie „w przygotowaniu”, więc nie zwrócono jej tym wpisem.")
        .says(&format!("Co trzeba poprawić {WHY} {other}"));
    assert!(!page.html().contains("name=\"returned\""), "no form");
    let a = open_of(&app, &call);
    assert_eq!((a.state, a.content.returned.unwrap().reason.as_str()), (AmendmentState::Draft, WHY));
}

#[actix_web::test]
async fn the_reason_of_a_change_survives_an_older_view() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let office = again(&app, "2026-12-01 12:00");
    begun(&app, &office, &call);
    wrote(&app, &office, &call, Part::Elements, until("2026-12-21"));
    let a = open_of(&app, &call);
    let (id, now, older) = (a.id.to_string(), a.version.to_string(), (a.version - 1).to_string());
    let ask = format!("/urzad/konkursy/{}/zmiana/wniosek", call.id);
    let why = "Dłuższy termin na prośbę organizacji.";
    let form = |version| [("amendment", id.as_str()), ("version", version), ("reason", why)];
    let page = office.officer.post(&ask, &form(&older)).await;
    page.expect(409).says("Ktoś zapisał tę zmianę w międzyczasie");
    assert!(page.html().contains(&format!("{why}</textarea>")), "in the form, to be sent again");
    office.officer.post(&ask, &form(&now)).await.expect(303);
    let page = office.officer.post(&ask, &form(&now)).await;
    page.expect(409).says("więc nie przekazano jej jeszcze raz.");
}
