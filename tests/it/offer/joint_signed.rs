//! A joint offer where the announcement asks for a signed confirmation: one file, signed for every offeror.

use konkurs::account::Representative;
use konkurs::call::{self, Confirmation};

use super::find;
use super::joint::{Scene, scene};
use crate::support::{Answer, Client, sample};

const PAPER: &[u8] = b"%PDF-1.7 a scan with all signatures";

/// A submitted joint offer of Promyk and Razem, whose Jan Razem signs alone.
async fn submitted() -> Scene {
    let s = scene().await;
    let mut call = s.app.state.store.read(|r| call::store::find(r, &find(&s.app, &s.id).call)).unwrap();
    call.content.confirmation = Some(Confirmation { days: 5 });
    s.app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    let mut org = sample::org_of(&s.app, &s.partner);
    org.content.representatives = vec![Representative { name: "Jan Razem".into(), function: "prezes".into() }];
    let (actor, now) = (s.app.actor(&s.partner), s.app.state.clock.now());
    s.app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &org, now)).unwrap();
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    s.app.new_mail();
    s
}

async fn give(s: &Scene, who: &Client, names: &str, name: &str) -> Answer {
    let path = s.path("/podpisane-potwierdzenie");
    who.upload(&path, &[("signed_by", names)], "file", name, PAPER).await
}

#[actix_web::test]
async fn every_offeror_signs_and_each_partner_sees_where_the_paper_stands() {
    let s = submitted().await;
    let page = s.path("/podpisane-potwierdzenie");
    s.lead
        .page(&s.path(""))
        .await
        .says("Teraz czekamy na: Twoją organizację Oferta jest złożona. Dołącz jeszcze potwierdzenie podpisane za każdego oferenta.");
    s.lead
        .page(&page)
        .await
        .says("Stowarzyszenie Promyk Anna Prezes (prezes zarządu)")
        .says("Fundacja Razem Jan Razem (prezes)")
        .says("Dołącz plik tutaj.");
    s.partner
        .page(&s.path(""))
        .await
        .says("Teraz czekamy na: Stowarzyszenie Promyk Oferta jest złożona. Podpisane potwierdzenie, także z podpisem Twojej organizacji, dołącza organizacja prowadząca.")
        .says("Stan: czeka na dołączenie Termin: poniedziałek, 21.12.2026, do końca dnia (23:59)");
    s.partner
        .page(&page)
        .await
        .says("Podpisany plik przekażcie organizacji Stowarzyszenie Promyk: ona go tu dołączy.")
        .says("Niczego jeszcze nie dołączono.")
        .says_not("Kto podpisał");
    give(&s, &s.partner, "Jan Razem", "moje.pdf").await.expect(403);

    give(&s, &s.lead, "Anna Prezes", "bez partnera.pdf").await.expect(303);
    let missing = "Brakuje podpisu za oferenta Fundacja Razem.";
    s.lead.page(&page).await.says("Stan: dołączono, do wyjaśnienia").says(missing);
    let hub = s.partner.page(&s.path("")).await;
    hub.says("Stan: dołączono, do wyjaśnienia").says("bez partnera.pdf").says(missing);
    let html = hub.html();
    let start = html.find("/podpisane-potwierdzenie/").unwrap();
    let link = s.path(html[start..].split('"').next().unwrap());
    assert!(s.partner.page(&link).await.body == PAPER, "a partner takes what was attached");
    let told: Vec<String> = s.app.new_mail().into_iter().map(|(to, _)| to).collect();
    assert_eq!(told, [format!("{}@example.pl", sample::nip(1)), format!("{}@example.pl", sample::nip(2))]);

    s.app.ngo("Stowarzyszenie Obce", &sample::nip(4)).await.get(&link).await.expect(404);
    give(&s, &s.lead, "Anna Prezes\nJan Razem", "podpisy.pdf").await.expect(303);
    let given = s.app.state.store.read(|r| konkurs::offer::store::confirmations::of_offer(r, &s.id)).unwrap();
    assert_eq!(given[0].content.remarks, Vec::<String>::new());
    assert_eq!(given[1].content.remarks, [missing]);
    s.app.new_mail();
}

#[actix_web::test]
async fn the_printed_paper_names_who_confirmed_for_each_offeror() {
    let s = submitted().await;
    let frozen = s.app.state.store.read(|r| konkurs::offer::store::version(r, &s.id, 1)).unwrap().content;
    let named = konkurs::offer::document::to_sign(&frozen);
    let named: Vec<(String, String)> = named.into_iter().map(|p| (p.label, p.name.unwrap_or_default())).collect();
    assert_eq!(
        named,
        [
            ("Za oferenta: Stowarzyszenie Promyk".to_owned(), "Anna Prezes, prezes zarządu".to_owned()),
            ("Za oferenta: Fundacja Razem".to_owned(), "Jan Razem, prezes".to_owned()),
        ]
    );
    for who in [&s.lead, &s.partner] {
        assert!(who.page(&s.path("/potwierdzenie.pdf")).await.body.starts_with(b"%PDF-"));
    }
}
