//! Every attempt is kept with what refused it, and the office reads them once the offers are opened.

use actix_web::web::Bytes;
use konkurs::account::{OrgRole, Role};
use konkurs::audit;
use konkurs::call::CallState;
use konkurs::store::OfferId;

use super::{declarations, draft, draft_of, post};
use crate::ground::raw::Raw;
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn the_office_reads_every_attempt_after_the_deadline() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let nip = sample::nip(1);
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let editor = app.staff("redaktor@example.pl", &[Role::Committee]).await;
    let (org, now) = (super::org_id(&app, &ngo), app.state.clock.now());
    let person = app.actor(&editor).person_id().unwrap().clone();
    app.state
        .store
        .write(|tx| konkurs::account::store::insert_membership(tx, &org, &person, OrgRole::Editor, now))
        .unwrap();
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    // Who may not sign, a declaration left out, an old page, at last a submission, and the second click.
    post(&editor, &path, declarations(&app, &offer.id), &[]).await.expect(403);
    let mut gap = declarations(&app, &offer.id);
    gap.retain(|(name, _)| name != "tax_arrears");
    post(&ngo, &path, gap, &[]).await.expect(422);
    let mut old = declarations(&app, &offer.id);
    old.retain(|(name, _)| name != "version");
    post(&ngo, &path, old, &[("version", "0")]).await.expect(409);
    post(&ngo, &path, declarations(&app, &offer.id), &[]).await.expect(303);
    // Another one asks for too much, and comes late in the end.
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let mut content = sample::offer_content(&call);
    content.title = String::new();
    let unfiled = draft_of(&app, &call, &other, content);
    post(&other, &format!("/oferty/{}/zlozenie", unfiled.id), declarations(&app, &unfiled.id), &[]).await.expect(422);

    let list = format!("/urzad/konkursy/{}/proby", call.id);
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    office
        .page(&list)
        .await
        .says("Dopóki oferty nie są otwarte, nikt w urzędzie nie widzi, kto próbował je złożyć.")
        .says_not("Promyk");

    app.at("2026-12-15 00:00:00.000001");
    let other = app.sign_in(&format!("{}@example.pl", sample::nip(2)));
    post(&other, &format!("/oferty/{}/zlozenie", unfiled.id), declarations(&app, &unfiled.id), &[]).await.expect(422);
    let office = app.sign_in("urzad@example.pl");
    let shut = office.page(&list).await;
    shut.says("Teraz czekamy na: urząd Trzeba otworzyć oferty złożone w terminie.");
    shut.says("Termin minął, a oferty czekają na otwarcie.").says_not("Promyk").says_not("Zorza");
    office.post(&format!("/urzad/konkursy/{}/otwarcie", call.id), &[]).await.expect(303);
    let (page, statements) = app.queries(office.page(&list)).await;
    assert!(statements <= 12, "{statements} statements");
    page.says("6 prób, w tym odmów: 5")
        .says("termin: 15.12.2026, 00:00:00,000000")
        .says("23.11.2026, 12:00:00,000000 Stowarzyszenie Promyk redaktor@example.pl LOK/1/2026/O-1 odmowa Ofertę składa i wycofuje osoba reprezentująca organizację")
        .says("odmowa tax_arrears: Wybierz jedną z odpowiedzi w oświadczeniu 3 (o zobowiązaniach podatkowych).")
        .says("odmowa obiekt zmieniono w międzyczasie")
        .says(&format!("{nip}@example.pl LOK/1/2026/O-1 przyjęto Złożono ofertę LOK/1/2026/O-1, suma kontrolna "))
        .says("– odmowa reguły: R-OFF-14")
        .says("15.12.2026, 00:00:00,000001 Fundacja Zorza")
        .says("odmowa, po terminie R-OFF-TERM: Oferta dotarła 15.12.2026, 00:00:00.")
        .says_not("tytuł zadania publicznego");
    office.page(&format!("/urzad/konkursy/{}/oferty", call.id)).await.says("Próby złożenia oferty");
    app.new_mail();
}

/// What the log says of the attempts on an offer, newest last: account, kind, sentence.
fn logged(app: &TestApp, id: &OfferId) -> Vec<(String, String, String)> {
    let rows = app.state.store.read(|r| audit::page(r, None, 1000)).unwrap();
    let own = rows.into_iter().rev().filter(|r| r.object_id == id.as_str() && r.deed == "offer.submit");
    own.map(|r| (r.actor, r.object_kind, r.detail)).collect()
}

fn row(who: &str, kind: &str, why: &str) -> (String, String, String) {
    (who.into(), kind.into(), why.into())
}

#[actix_web::test]
async fn what_was_turned_away_before_its_deed_is_logged_with_what_refused_it() {
    let app = TestApp::with_config(|config| config.limits.form_seconds = 0).await;
    let call = sample::pai_call(&app);
    let (nip, other_nip) = (sample::nip(1), sample::nip(2));
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let stranger = app.ngo("Fundacja Zorza", &other_nip).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let fields = declarations(&app, &offer.id);
    let typed: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();

    app.stranger().post(&path, &typed).await.expect(401).says("Zaloguj się");
    stranger.post(&path, &typed).await.expect(404);
    ngo.post_raw(&path, &typed, "same-origin").await.expect(403).says("Formularz pochodzi z innej sesji.");
    let token = ngo.token();
    let mut with_token = typed.clone();
    with_token.push(("_token", &token));
    ngo.post_raw(&path, &with_token, "cross-site").await.expect(403).says("Żądanie przyszło z obcej strony");
    let half = ngo.stalled(&path, "application/x-www-form-urlencoded", Bytes::from_static(b"public_benefit=t")).await;
    half.expect(408);
    let held: Vec<_> = std::iter::from_fn(|| app.state.submits.enter()).collect();
    ngo.post(&path, &typed).await.expect(503).says("Tyle osób korzysta z serwisu w tej chwili");
    drop(held);
    let me = app.actor(&ngo).person_id().unwrap().to_string();
    while app.state.writes.spend(&format!("submit:{me}"), app.state.clock.now()).is_ok() {}
    ngo.post(&path, &typed).await.expect(429).says("Z tego konta przyszło w krótkim czasie bardzo dużo zapisów");
    app.at("2026-11-23 12:10");
    // What is no attempt leaves nothing: reading the page, and a number that no offer has.
    ngo.page(&path).await;
    ngo.post(&format!("/oferty/{}/zlozenie", OfferId::new()), &typed).await.expect(404);
    // Whoever was turned away submits in the end, and once more.
    ngo.post(&path, &typed).await.expect(303);
    ngo.post(&path, &typed).await.expect(303);

    let (mine, theirs) = (format!("{nip}@example.pl"), format!("{other_nip}@example.pl"));
    let away = |who: &str, why: &str| row(who, "turned_away", &format!("Odmowa (oferta): {why}"));
    let all = logged(&app, &offer.id);
    let (accepted, again) = (&all[7], &all[8]);
    assert_eq!(
        all[..7],
        [
            away("-", "nikt nie był zalogowany albo sesja wygasła"),
            away(&theirs, "tego konta to nie dotyczy: nie ma do tego dostępu"),
            away(&mine, "Formularz pochodzi z innej sesji. Wróć do strony, odśwież ją i wyślij formularz jeszcze raz."),
            away(
                &mine,
                "Żądanie przyszło z obcej strony, więc go nie wykonano. Otwórz formularz w Konkursie i wyślij go stamtąd."
            ),
            away(&mine, "dane przestały napływać, zanim dotarły w całości"),
            away(&mine, "za duży ruch: tylu żądań naraz serwer nie przyjmuje"),
            away(&mine, "za dużo zapisów z jednego konta w krótkim czasie"),
        ]
    );
    assert_eq!((accepted.0.as_str(), accepted.1.as_str()), (mine.as_str(), "offer"));
    let said = "Oferta LOK/1/2026/O-1 była już złożona: pokazano potwierdzenie wersji 1";
    assert_eq!(*again, row(&mine, "again", said));
    assert_eq!(all.len(), 9);

    // The office reads all of it; the organisation's own story tells only what its people did.
    app.at("2026-12-15 00:00:01");
    let office = app.staff("urzad@example.pl", &[Role::Officer]).await;
    sample::set_call(&app, &call.id, CallState::Review);
    office
        .page(&format!("/urzad/konkursy/{}/proby", call.id))
        .await
        .says("Każde naciśnięcie „Złóż ofertę”, które dotarło do serwera, jest tu zapisane, także nieudane i powtórzone: 9 prób, w tym odmów: 7.")
        .says("są dwa wpisy: pierwsza odmowa i liczba pozostałych.")
        .says("Wyjątkiem są chwile, w których nie działała baza danych: te są wśród przerw w działaniu serwisu.")
        .says("- LOK/1/2026/O-1 odmowa nikt nie był zalogowany albo sesja wygasła")
        .says(&format!("{mine} LOK/1/2026/O-1 potwierdzenie ponownie {said}"));
    let ngo = app.sign_in(&mine);
    ngo.page(&format!("/oferty/{}", offer.id))
        .await
        .says_not(&theirs)
        .says_not("obcej strony")
        .says_not("była już złożona");
    app.new_mail();
}

#[actix_web::test]
async fn a_partner_who_presses_and_a_fault_of_the_program_are_logged_too() {
    let s = super::joint::scene().await;
    s.join().await;
    let fields = declarations(&s.app, &s.id);
    let refused = post(&s.partner, &s.path("/zlozenie"), fields.clone(), &[]).await;
    refused.expect(403).says("Ofertę wspólną prowadzi Stowarzyszenie Promyk");
    let mut raw = Raw::beside(&s.app);
    raw.run("ALTER TABLE offer_partners RENAME TO offer_partners_away").unwrap();
    post(&s.lead, &s.path("/zlozenie"), fields, &[]).await.expect(500).says("Błąd programu");
    raw.run("ALTER TABLE offer_partners_away RENAME TO offer_partners").unwrap();
    let why = "Ofertę wspólną prowadzi Stowarzyszenie Promyk: tylko ta organizacja zmienia i składa całość. Swoją część wypełnisz, a całość potwierdzisz, na stronie oferty.";
    assert_eq!(
        logged(&s.app, &s.id),
        [
            row(&format!("{}@example.pl", sample::nip(2)), "turned_away", &format!("Odmowa (oferta): {why}")),
            row(&format!("{}@example.pl", sample::nip(1)), "turned_away", "Odmowa (oferta): błąd programu"),
        ]
    );
    s.app.new_mail();
}

#[actix_web::test]
async fn a_database_that_is_away_is_tried_once_and_nobody_waits_for_it() {
    let app = TestApp::with_store(1, std::time::Duration::from_millis(300)).await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let fields = declarations(&app, &offer.id);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let (held, holding) = std::sync::mpsc::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let store = app.state.store.clone();
    let busy = std::thread::spawn(move || {
        store.write(|_| {
            held.send(()).unwrap();
            let _ = released.recv();
            Ok(())
        })
    });
    holding.recv().unwrap();
    post(&ngo, &path, fields.clone(), &[]).await.expect(503).says("Nic nie zostało zapisane.");
    drop(release);
    busy.join().unwrap().unwrap();
    post(&ngo, &path, fields, &[]).await.expect(303);
    let all = logged(&app, &offer.id);
    assert_eq!(all.iter().filter(|(_, kind, _)| kind == "offer").count(), 1);
    assert!(all.len() <= 2, "one try at most: {all:?}");
    app.new_mail();
}

#[actix_web::test]
async fn equal_refusals_of_one_account_are_two_rows_a_minute_and_no_other_reason_is_lost() {
    let app =
        TestApp::with_config(|config| (config.limits.writes_a_second, config.limits.writes_at_once) = (1, 2)).await;
    let call = sample::pai_call(&app);
    let (nip, other_nip) = (sample::nip(1), sample::nip(2));
    let ngo = app.ngo("Stowarzyszenie Promyk", &nip).await;
    let other = app.ngo("Fundacja Zorza", &other_nip).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    // Two attempts that the deed refuses, each with its own row; then a button pressed without end.
    for _ in 0..2 {
        ngo.post(&path, &[("version", "0")]).await.expect(409);
    }
    for second in 0..40 {
        app.at(&format!("2026-11-23 12:00:00.{second:03}"));
        ngo.post(&path, &[]).await.expect(429);
    }
    // Another reason, and another account, in the middle of it.
    ngo.post_raw(&path, &[], "cross-site").await.expect(403);
    other.post(&path, &[]).await.expect(404);
    ngo.post(&path, &[]).await.expect(429);
    let (mine, theirs) = (format!("{nip}@example.pl"), format!("{other_nip}@example.pl"));
    let away = |who: &str, why: &str| row(who, "turned_away", &format!("Odmowa (oferta): {why}"));
    let often = "za dużo zapisów z jednego konta w krótkim czasie";
    let foreign =
        "Żądanie przyszło z obcej strony, więc go nie wykonano. Otwórz formularz w Konkursie i wyślij go stamtąd.";
    let denied = "tego konta to nie dotyczy: nie ma do tego dostępu";
    let expected = [away(&mine, often), away(&mine, foreign), away(&theirs, denied)];
    assert_eq!(logged(&app, &offer.id)[2..], expected);
    assert!(logged(&app, &offer.id)[..2].iter().all(|(_, kind, _)| kind == "refused"));
    // The run is over a minute after it began: its number, and the time of the last one.
    let close = |wall: &str| konkurs::web::close_runs(&app.state, Some(crate::support::moment(wall)));
    close("2026-11-23 12:00:59.999");
    assert_eq!(logged(&app, &offer.id).len(), 5);
    close("2026-11-23 12:01");
    let more = format!("{often} (w ciągu minuty jeszcze 40 razy, ostatni raz w chwili tego wpisu)");
    let all = logged(&app, &offer.id);
    assert_eq!((all.len(), all.last()), (6, Some(&away(&mine, &more))));
    let last = app.state.store.read(|r| audit::page(r, None, 1)).unwrap().remove(0);
    assert_eq!(konkurs::store::instant(last.at), crate::support::moment("2026-11-23 12:00:00.039"));
    // The next one begins anew, and what goes on when the program is stopped is told too.
    app.at("2026-11-23 12:01:00.500");
    let _ = ngo.post(&path, &[]).await;
    let _ = ngo.post(&path, &[]).await;
    for _ in 0..2 {
        ngo.post(&path, &[]).await.expect(429);
    }
    konkurs::web::close_runs(&app.state, None);
    let once = format!("{often} (w ciągu minuty jeszcze raz, ostatni raz w chwili tego wpisu)");
    let all = logged(&app, &offer.id);
    assert_eq!(all[all.len() - 2..], [away(&mine, often), away(&mine, &once)]);
    app.new_mail();
}

#[actix_web::test]
async fn autosaves_and_files_never_spend_what_a_submission_needs() {
    let app =
        TestApp::with_config(|config| (config.limits.writes_a_second, config.limits.writes_at_once) = (1, 3)).await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let fields = declarations(&app, &offer.id);
    let of = |deed: &str| format!("/oferty/{}/{deed}", offer.id);
    let mut told = Vec::new();
    for n in 0..5 {
        let saved = ngo.script(&of("inne/autozapis"), &[("version", "99"), ("other", &format!("tekst {n}"))]).await;
        told.push(saved.status);
    }
    assert_eq!(told, [409, 409, 409, 429, 429]);
    ngo.post(&of("obecnosc"), &[]).await.expect(429);
    // Files have a budget of their own, and when that is spent too, the offer is still submitted.
    for n in 0..3 {
        let bytes = format!("%PDF-1.7 {n}");
        ngo.upload(&of("zalaczniki/inne"), &[], "file", "a.pdf", bytes.as_bytes()).await.expect(303);
    }
    ngo.upload(&of("zalaczniki/inne"), &[], "file", "a.pdf", b"%PDF-1.7 x").await.expect(429);
    post(&ngo, &of("zlozenie"), fields, &[]).await.expect(303);
    ngo.script(&of("inne/autozapis"), &[("version", "99"), ("other", "dalej")]).await.expect(429);
    app.new_mail();
}

#[actix_web::test]
async fn readers_never_hold_up_a_submission() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let fields = declarations(&app, &offer.id);
    let readers: Vec<_> = std::iter::from_fn(|| app.state.gate.enter()).collect();
    assert_eq!(readers.len(), 1_000);
    app.stranger().get("/konkursy").await.expect(503);
    app.stranger().post(&path, &[]).await.expect(503); // strangers wait with the readers
    // Nor does another account that submits without end; it is only its own that wait.
    let other: Vec<_> = std::iter::from_fn(|| app.state.submits.enter_as("other").ok()).collect();
    assert_eq!(other.len(), 8);
    post(&ngo, &path, fields, &[]).await.expect(303);
    app.new_mail();
}

#[actix_web::test]
async fn what_a_deed_refuses_without_end_is_counted_after_twenty_rows() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    for _ in 0..25 {
        ngo.post(&path, &[("version", "0")]).await.expect(409);
    }
    let rows = || logged(&app, &offer.id).into_iter().filter(|(_, kind, _)| kind == "refused").collect::<Vec<_>>();
    assert_eq!(rows().len(), 20);
    konkurs::web::close_runs(&app.state, Some(crate::support::moment("2026-11-23 12:01")));
    let all = rows();
    assert_eq!(all.len(), 21);
    let last = &all.last().unwrap().2;
    assert!(last.ends_with(" (w ciągu minuty jeszcze 5 razy, ostatni raz w chwili tego wpisu)"), "{last}");
}
