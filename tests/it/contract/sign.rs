use konkurs::contract::{self, ContractState};
use konkurs::error::AppError;
use konkurs::offer::OfferState;

use super::Scene;
use crate::support::sample;

#[actix_web::test]
async fn both_sides_sign_and_the_contract_is_in_force() {
    let mut s = Scene::new().await;
    let id = s.generated().await;
    s.app.new_mail();
    let url = format!("/urzad/umowy/{id}/podpisanie");
    s.at("2026-12-22 10:00");
    s.organ.page(&url).await.says("Po potwierdzeniu nie da się tego zmienić").says("Zapisz podpisanie umowy");
    let version = s.contract(&id).version.to_string();
    let early = [("version", version.as_str()), ("signed_on", "2026-12-20"), ("represented", "true")];
    let refused = s.organ.post(&url, &early).await;
    refused.expect(422).says("R-CON-01").says("Nie wcześniej niż 21.12.2026, w dniu ogłoszenia wyników.");
    assert_eq!(refused.value_of("signed_on").as_deref(), Some("2026-12-20"));
    let later = [("version", version.as_str()), ("signed_on", "2026-12-23"), ("represented", "true")];
    s.organ.post(&url, &later).await.expect(422).says("Data podpisania nie może być w przyszłości.");
    let unchecked = [("version", version.as_str()), ("signed_on", "2026-12-22")];
    s.organ.post(&url, &unchecked).await.expect(422).says("osoby uprawnione do reprezentacji");
    let sound = [("version", version.as_str()), ("signed_on", "2026-12-22"), ("represented", "true")];
    s.organ.post(&url, &sound).await.expect(303);
    s.organ.post(&url, &sound).await.expect(403).says("Podpisanie już zapisano.");
    let signed = s.contract(&id);
    assert_eq!((signed.state, signed.signed_on), (ContractState::Signed, Some(sample::day("2026-12-22"))));
    let offer = s.app.state.store.read(|r| konkurs::offer::store::find(r, &s.offer)).unwrap();
    assert_eq!(offer.state, OfferState::Contracted);
    assert!(s.app.new_mail().contains(&("biuro@example.pl".into(), "Umowa U/1/2026 została zawarta".into())));
    s.ngo
        .page(&format!("/umowy/{id}"))
        .await
        .says("Teraz czekamy na: finanse urzędu Wypłata transzy 1: 39 690,00 zł. Termin: 11.01.2027")
        .says("Sprawozdanie końcowe złóżcie do 03.01.2028.")
        .says_not("organ@example.pl");
    s.officer.get(&format!("/urzad/umowy/{id}/edycja")).await.expect(403).says("wymaga aneksu");
}

#[actix_web::test]
async fn a_late_signature_leaves_a_note() {
    let mut s = Scene::new().await;
    let id = s.generated().await;
    s.app.new_mail();
    s.at("2027-01-05 10:00");
    let by = s.app.actor(&s.organ);
    let (now, seen) = (s.app.state.clock.now(), s.contract(&id).version);
    s.app.state.store.write(|tx| contract::sign(tx, &by, &id, seen, sample::day("2027-01-05"), now)).unwrap();
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says(
        "Zapisano podpisanie umowy w dniu 05.01.2027 (R-CON-05: Podpisano 05.01.2027, wyniki ogłoszono 21.12.2026.",
    );
    assert_eq!(s.app.new_mail().len(), 1);
}

#[actix_web::test]
async fn two_people_cannot_save_over_each_other() {
    let s = Scene::new().await;
    let id = s.drawn_up().await;
    let by = s.app.actor(&s.officer);
    let (now, seen) = (s.app.state.clock.now(), s.contract(&id));
    let save = || {
        let content = seen.content.clone();
        s.app.state.store.write(|tx| contract::save(tx, &by, &id, seen.version, content, now))
    };
    save().unwrap();
    assert!(matches!(save(), Err(AppError::Stale)));
    let stale = [("version", "0")];
    let answer = s.officer.post(&format!("/urzad/umowy/{id}/generowanie"), &stale).await;
    answer.expect(409);
    assert_eq!(s.contract(&id).state, ContractState::Draft);
}

#[actix_web::test]
async fn only_a_signed_contract_is_settled_and_only_once() {
    let mut s = Scene::new().await;
    let id = s.generated().await;
    let by = s.app.actor(&s.finance);
    let settle = |s: &Scene| {
        let (now, seen) = (s.app.state.clock.now(), s.contract(&id).version);
        s.app.state.store.write(|tx| contract::settle(tx, &by, &id, seen, now))
    };
    assert!(matches!(settle(&s), Err(AppError::Forbidden(_))));
    s.at("2026-12-22 10:00");
    let version = s.contract(&id).version.to_string();
    let fields = [("version", version.as_str()), ("signed_on", "2026-12-22"), ("represented", "true")];
    s.officer.post(&format!("/urzad/umowy/{id}/podpisanie"), &fields).await.expect(303);
    settle(&s).unwrap();
    assert!(matches!(settle(&s), Err(AppError::Forbidden(_))));
    s.app.new_mail();
}

#[actix_web::test]
async fn the_form_keeps_what_was_typed_and_adds_rows() {
    let s = Scene::new().await;
    let id = s.drawn_up().await;
    let url = format!("/urzad/umowy/{id}/edycja");
    let page = s.officer.page(&url).await;
    let typed: Vec<(String, String)> = ["version", "starts", "ends", "use_until", "return_until", "account"]
        .iter()
        .map(|name| ((*name).to_owned(), page.value_of(name).unwrap()))
        .collect();
    let mut fields: Vec<(&str, &str)> = typed.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    fields.extend([
        ("represented_by", "Anna Prezes – prezes zarządu"),
        ("tranches.0.due_on", "2027-01-11"),
        ("tranches.0.amount", "85 050"),
        ("tranches.0.condition", "podpisanie umowy"),
    ]);
    let more = [fields.clone(), vec![("_add", "tranches")]].concat();
    let answer = s.officer.post(&url, &more).await;
    assert_eq!(answer.expect(200).value_of("tranches.1.amount").as_deref(), Some(""));
    let less = [fields.clone(), vec![("tranches.1.amount", "1"), ("_remove", "tranches.0")]].concat();
    assert_eq!(s.officer.post(&url, &less).await.expect(200).value_of("tranches.0.amount").as_deref(), Some("1"));
    let bad = [fields.clone(), vec![("tranches.1.amount", "dwa tysiące")]].concat();
    let answer = s.officer.post(&url, &bad).await;
    answer.expect(422).says("Popraw błędy").says("Napisz, po spełnieniu jakiego warunku wypłaca się transzę.");
    assert_eq!(answer.value_of("tranches.1.amount").as_deref(), Some("dwa tysiące"));
    let proposed = [fields.clone(), vec![("_deed", "propose")]].concat();
    s.officer.post(&url, &proposed).await.expect(200).says("Kwota środków Funduszu Pracy na realizację umowy wynosi");
    s.officer.post(&url, &fields).await.expect(303);
    let saved = s.contract(&id).content;
    assert_eq!(saved.tranches.len(), 1);
    // the clauses were not sent, so each is missing now and named
    s.officer.page(&format!("/urzad/umowy/{id}")).await.says("Brak treści klauzuli.");
}
