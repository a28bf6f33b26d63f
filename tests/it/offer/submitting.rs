//! The gate: deadline to the microsecond, one receipt, one number, who may sign, taking back.

use chrono::Duration;
use konkurs::account::{OrgRole, Role};
use konkurs::audit;
use konkurs::error::AppError;
use konkurs::law::Instant;
use konkurs::offer::{OfferState, Receipt, store, submit};
use konkurs::store::OfferId;

use super::{begin, declarations, draft, draft_of, find, post};
use crate::support::{Client, TestApp, sample};

fn submit_at(app: &TestApp, who: &Client, id: &OfferId, at: Instant) -> Result<Receipt, AppError> {
    let actor = app.actor(who);
    app.state.store.write(|tx| submit(tx, &actor, id, sample::declarations(), at))
}

fn rules_of(e: &AppError) -> Vec<String> {
    match e {
        AppError::Refused(findings) => findings.iter().map(|f| f.rule.to_string()).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[actix_web::test]
async fn the_deadline_counts_to_the_microsecond() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let end = call.deadline_at.unwrap();
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    for late in [end, end + Duration::microseconds(1), end + Duration::days(3)] {
        let refused = submit_at(&app, &ngo, &offer.id, late).unwrap_err();
        assert_eq!(rules_of(&refused), ["R-OFF-TERM"]);
    }
    assert_eq!(find(&app, &offer.id), offer, "a refused deed leaves nothing");
    let receipt = submit_at(&app, &ngo, &offer.id, end - Duration::microseconds(1)).unwrap();
    assert_eq!(receipt.number, "LOK/1/2026/O-1");
    assert_eq!(find(&app, &offer.id).submitted_at, Some(end - Duration::microseconds(1)));
    assert_eq!(submit_at(&app, &ngo, &offer.id, end + Duration::days(1)).unwrap(), receipt, "and stays so afterwards");
    assert_eq!(app.new_mail().len(), 1);
}

#[actix_web::test]
async fn a_late_submission_is_told_why_and_logged() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let fields = declarations(&app, &offer.id);
    app.at("2026-12-14 23:59:59");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.page(&format!("/oferty/{}/zlozenie", offer.id)).await.says("za mniej niż minutę").says("Złóż ofertę");
    app.at("2026-12-15 00:00:07");
    let path = format!("/oferty/{}/zlozenie", offer.id);
    post(&ngo, &path, fields, &[])
        .await
        .expect(422)
        .says("Oferta dotarła 15.12.2026, 00:00:07.")
        .says("Termin składania ofert minął: oferty przyjmowano do końca dnia 14.12.2026.")
        .says("Reguła R-OFF-TERM · art. 13 ust. 2 pkt 5 UDPP")
        .says("Wersja robocza zostaje na Twoim koncie.");
    let rows = app.state.store.read(|r| audit::of_object(r, offer.id.as_str())).unwrap();
    let last = rows.last().unwrap();
    assert_eq!((last.deed.as_str(), last.object_kind.as_str()), ("offer.submit", "refused"));
    assert!(last.detail.contains("R-OFF-TERM: Oferta dotarła 15.12.2026, 00:00:07."), "{}", last.detail);
    assert_eq!(find(&app, &offer.id).state, OfferState::Draft);
    ngo.page(&format!("/oferty/{}", offer.id)).await.says("Termin minął, a tej oferty nie złożono.");
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn a_double_click_lands_on_the_same_receipt() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let (path, fields) = (format!("/oferty/{}/zlozenie", offer.id), declarations(&app, &offer.id));
    let first = post(&ngo, &path, fields.clone(), &[]).await;
    let second = post(&ngo, &path, fields, &[]).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    assert_eq!(app.new_mail().len(), 1);
    assert_eq!(find(&app, &offer.id).number.as_deref(), Some("LOK/1/2026/O-1"));
}

#[actix_web::test]
async fn fifty_submits_at_once_take_one_number() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let (actor, now, id) = (app.actor(&ngo), app.state.clock.now(), &offer.id);
    let receipts: Vec<Receipt> = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..50)
            .map(|_| {
                let (store, actor) = (app.state.store.clone(), &actor);
                threads.spawn(move || store.write(|tx| submit(tx, actor, id, sample::declarations(), now)).unwrap())
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(receipts.len(), 50);
    assert!(receipts.iter().all(|r| r.number == "LOK/1/2026/O-1" && r.sha256 == receipts[0].sha256));
    assert!(app.state.store.read(|r| store::version(r, id, 2)).is_err(), "one frozen version");
    assert_eq!(app.new_mail().len(), 1);
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let next = draft(&app, &call, &other);
    assert_eq!(submit_at(&app, &other, &next.id, now).unwrap().number, "LOK/1/2026/O-2", "no number was lost");
}

#[actix_web::test]
async fn offers_that_arrive_together_get_their_own_numbers() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let mut offers = Vec::new();
    for n in 1..=8 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        offers.push((app.actor(&ngo), draft(&app, &call, &ngo).id));
    }
    let now = app.state.clock.now();
    let mut numbers: Vec<String> = std::thread::scope(|threads| {
        let tries: Vec<_> = offers
            .iter()
            .map(|(actor, id)| {
                let store = app.state.store.clone();
                threads
                    .spawn(move || store.write(|tx| submit(tx, actor, id, sample::declarations(), now)).unwrap().number)
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    numbers.sort();
    assert_eq!(numbers, (1..=8).map(|n| format!("LOK/1/2026/O-{n}")).collect::<Vec<_>>());
}

#[actix_web::test]
async fn what_blocks_is_listed_and_nothing_is_frozen() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.sources.grant = konkurs::law::Money::zl(85_000);
    content.title = String::new();
    let offer = draft_of(&app, &call, &ngo, content);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    ngo.page(&path)
        .await
        .says("Przed złożeniem trzeba poprawić 2 rzeczy.")
        .says("Brakuje: tytuł zadania publicznego.")
        .says("Dotacja, wkład własny i świadczenia od odbiorców: 85 000,00 zł.")
        .says("Suma wszystkich kosztów realizacji zadania: 85 050,00 zł.")
        .says("Brakuje 50,00 zł: zwiększ źródła albo zmniejsz koszty.")
        .says_not("Oświadczam(my)");
    post(&ngo, &path, declarations(&app, &offer.id), &[])
        .await
        .expect(422)
        .says("Przed złożeniem trzeba poprawić 2 rzeczy.");
    assert_eq!(find(&app, &offer.id), offer);
}

#[actix_web::test]
async fn declarations_are_all_answered_and_the_shown_version_is_the_frozen_one() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let mut gaps = declarations(&app, &offer.id);
    gaps.retain(|(k, _)| !["tax_arrears", "all_true", "signed_by"].contains(&k.as_str()));
    let answer = post(&ngo, &path, gaps, &[("signed_by", "")]).await;
    answer
        .expect(422)
        .says("Wybierz jedną z odpowiedzi w oświadczeniu 3 (o zobowiązaniach podatkowych).")
        .says("Zaznacz oświadczenie 6 (o prawdziwości informacji): bez niego nie można złożyć oferty.")
        .says("Wpisz imię i nazwisko osoby lub osób");
    assert!(answer.html().contains("href=\"#tax_arrears\""));
    let shown = declarations(&app, &offer.id);
    let other = super::form(&[("version", "1"), ("unpaid", "true"), ("other", "zmiana po pokazaniu")]);
    post(&ngo, &format!("/oferty/{}/inne", offer.id), other, &[]).await.expect(303);
    app.at("2026-11-23 12:05:30");
    let newer = post(&ngo, &path, shown, &[]).await;
    newer
        .expect(409)
        .says("Niczego nie złożono, bo ofertę zmieniono, gdy ta strona była otwarta.")
        .says(&format!("Ostatni zapis: 23.11.2026, 12:00:00, {}@example.pl.", sample::nip(1)))
        .says("Przeczytaj ofertę jeszcze raz");
    assert_eq!(find(&app, &offer.id).state, OfferState::Draft);
    // Everything that was answered is still there, with the offer as it is now: one more press submits it.
    let answered = super::merge::inputs(&newer);
    for (name, value) in declarations(&app, &offer.id) {
        assert!(answered.contains(&(name.clone(), value.clone())), "{name}={value} in {answered:?}");
    }
    post(&ngo, &path, answered, &[]).await.expect(303);
    assert_eq!(find(&app, &offer.id).content.other, "zmiana po pokazaniu");
    app.new_mail();
}

#[actix_web::test]
async fn an_editor_prepares_and_cannot_sign() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let editor = app.staff("redaktor@example.pl", &[Role::Committee]).await;
    let (org, now) = (super::org_id(&app, &ngo), app.state.clock.now());
    let person = app.actor(&editor).person_id().unwrap().clone();
    app.state
        .store
        .write(|tx| konkurs::account::store::insert_membership(tx, &org, &person, OrgRole::Editor, now))
        .unwrap();
    let offer = draft(&app, &call, &editor);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    editor
        .page(&path)
        .await
        .says("Ty możesz ofertę tylko przygotować.")
        .says("Anna Prezes (właściciel konta)")
        .says_not("Osoba redaktor@example.pl (");
    post(&editor, &path, declarations(&app, &offer.id), &[])
        .await
        .expect(403)
        .says("Ofertę składa i wycofuje osoba reprezentująca organizację");
    let actor = app.actor(&editor);
    let refused = app.state.store.write(|tx| submit(tx, &actor, &offer.id, sample::declarations(), now));
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
    post(&ngo, &path, declarations(&app, &offer.id), &[]).await.expect(303);
    let to: Vec<String> = app.new_mail().into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, [format!("{}@example.pl", sample::nip(1))], "an editor gets no receipt");
}

#[actix_web::test]
async fn an_offer_is_taken_back_until_the_deadline_and_a_new_one_started() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    ngo.page(&format!("{path}/wycofanie")).await.says("Wycofujesz złożoną ofertę").says("LOK/1/2026/O-1");
    ngo.post(&format!("{path}/wycofanie"), &[("version", "1")]).await.expect(409);
    let version = find(&app, &offer.id).version.to_string();
    ngo.post(&format!("{path}/wycofanie"), &[("version", &version)]).await.expect(303);
    assert_eq!(find(&app, &offer.id).state, OfferState::Withdrawn);
    assert_eq!(app.new_mail()[0].1, "Wycofano ofertę LOK/1/2026/O-1");
    ngo.page(&path).await.says("Oferta jest wycofana i nie bierze udziału w konkursie.");
    ngo.get(&format!("{path}/potwierdzenie")).await.expect(404);

    let again = begin(&ngo, &call).await;
    assert_ne!(again, offer.id);
    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    app.state.store.write(|tx| konkurs::offer::save(tx, &actor, &again, 0, sample::offer_content(&call), now)).unwrap();
    assert_eq!(submit_at(&app, &ngo, &again, now).unwrap().number, "LOK/1/2026/O-2");
    app.new_mail();
    app.at("2026-12-15 00:00:00");
    let late = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let version = find(&app, &again).version.to_string();
    late.post(&format!("/oferty/{again}/wycofanie"), &[("version", &version)])
        .await
        .expect(422)
        .says("Termin składania ofert minął: oferty przyjmowano do końca dnia 14.12.2026.")
        .says("Po terminie oferty nie można już wycofać w systemie; napisz do urzędu.");
    assert_eq!(find(&app, &again).state, OfferState::Submitted);
}

#[actix_web::test]
async fn letters_name_the_day_that_the_pages_name() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = super::draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    ngo.page(&path).await.says("Termin: poniedziałek, 14.12.2026, do końca dnia (23:59)");
    post(&ngo, &path, super::declarations(&app, &offer.id), &[]).await.expect(303);
    let letter = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.contains("Do końca dnia 14.12.2026 ofertę można zmienić"), "{}", letter.body);
    assert!(!letter.body.contains("15.12.2026"), "{}", letter.body);
    app.new_mail();
}
