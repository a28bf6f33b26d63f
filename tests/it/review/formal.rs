//! The formal card.

use konkurs::call::default_formal;
use konkurs::offer::{OfferState, store as offers};

use super::scene::Scene;

fn card(version: i64, no: &str, note: &str, outcome: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = default_formal()
        .into_iter()
        .flat_map(|q| {
            let (answer, note) = if q.key == no { ("no", note) } else { ("yes", "") };
            [(format!("answer.{}", q.key), answer.to_owned()), (format!("note.{}", q.key), note.to_owned())]
        })
        .collect();
    out.push(("outcome".into(), outcome.into()));
    out.push(("version".into(), version.to_string()));
    out
}

fn refs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    super::scene::pairs(fields)
}

#[actix_web::test]
async fn the_officer_passes_and_rejects_offers() {
    let s = Scene::opened().await;
    let list = s.office_url("oceny-formalne");
    s.officer.page(&list).await.says("Oferty do oceny formalnej: 3 z 3.").says("Fundacja Promyk");
    let page = s.officer.page(&s.check_url(0)).await;
    page.says("Z systemu: złożono 23.11.2026, 12:00:00; oferty przyjmowano do końca dnia 14.12.2026.")
        .says("Zaplanowano 1 350 h; limit dotacji to 94 500,00 zł, a wnioskowano 85 050,00 zł.");
    assert!(page.html().contains("id=\"answer.deadline\" name=\"answer.deadline\" value=\"yes\" checked"));

    let version = s.offers[0].version;
    s.officer.post(&s.check_url(0), &refs(&card(version, "", "", "meets"))).await.expect(303);
    let rejected = card(s.offers[1].version, "entitled", "statut nie obejmuje integracji społecznej", "rejected");
    s.officer.post(&s.check_url(1), &refs(&rejected)).await.expect(303);
    s.officer
        .page(&list)
        .await
        .says("Oferty do oceny formalnej: 1 z 3.")
        .says("odrzucona formalnie pkt 2 karty formalnej: statut nie obejmuje integracji społecznej");
    let states: Vec<OfferState> = s
        .app
        .state
        .store
        .read(|r| offers::filed_in_call(r, &s.call.id))
        .unwrap()
        .into_iter()
        .map(|o| o.state)
        .collect();
    assert_eq!(states, [OfferState::FormalOk, OfferState::Rejected, OfferState::Submitted]);
    // the offeror reads no verdict yet
    s.ngos[1].page("/oferty").await.says("złożona, w ocenie").says_not("odrzucona");
}

/// A link of the page to this place of it.
fn leads_to(html: &str, id: &str) -> bool {
    html.contains(&format!("<a href=\"#{id}\">")) && html.contains(&format!(" id=\"{id}\""))
}

#[actix_web::test]
async fn a_no_that_cannot_be_mended_forces_the_rejection() {
    let s = Scene::opened().await;
    let fields = card(s.offers[0].version, "deadline", "wpłynęła 15 grudnia", "meets");
    let page = s.officer.post(&s.check_url(0), &refs(&fields)).await;
    page.expect(422)
        .says("Odpowiedź „nie” na pytanie „Czy oferta wpłynęła w terminie?”, a wynik: spełnia wymogi.")
        .says("Tego braku nie można uzupełnić: oferta jest odrzucona.");
    assert_eq!(page.value_of("note.deadline").as_deref(), Some("wpłynęła 15 grudnia"), "nothing typed is lost");
    assert!(leads_to(&page.html(), "answer.deadline"), "the finding leads to its question");
    let groundless = s.officer.post(&s.check_url(0), &refs(&card(s.offers[0].version, "", "", "rejected"))).await;
    groundless.expect(422).says("Odrzucono ofertę, a na żadne pytanie nie odpowiedziano „nie”.");
    assert!(leads_to(&groundless.html(), "outcome"), "and this one to the outcome");
    let gaps = [("outcome", "rejected"), ("answer.deadline", "yes")];
    s.officer
        .post(&s.check_url(0), &gaps)
        .await
        .expect(422)
        .says("Odpowiedz na pytanie 2.")
        .says("Odpowiedz na pytanie 12.");
}

#[actix_web::test]
async fn a_card_over_an_older_state_of_the_offer_is_stale_and_after_the_decision_refused() {
    let s = Scene::opened().await;
    let fields = card(s.offers[0].version, "", "", "meets");
    s.officer.post(&s.check_url(0), &refs(&fields)).await.expect(303);
    s.officer.post(&s.check_url(0), &refs(&fields)).await.expect(409);
    let again = card(s.offers[0].version + 1, "entitled", "statut nie obejmuje zadania", "rejected");
    s.officer.post(&s.check_url(0), &refs(&again)).await.expect(303);
    crate::support::sample::set_call(&s.app, &s.call.id, konkurs::call::CallState::Decided);
    let late = card(s.offers[0].version + 2, "", "", "meets");
    s.officer.post(&s.check_url(0), &refs(&late)).await.expect(422).says("konkurs jest już rozstrzygnięty");
}
