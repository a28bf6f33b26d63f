//! The call to supplement an offer when something went wrong: a rejection by mistake, an outage, several offerors, a file
//! that nobody has scanned, a contest that is over.

use std::sync::Barrier;

use konkurs::call::CallState;
use konkurs::law::parse_date;
use konkurs::offer::{Joint, OfferState, Share, store as offers};
use konkurs::review::{self, MoreTime, store::summonses};

use super::scene::{Scene, pairs};
use super::supplement::{FILE, SIGNED, card, due, hand_in, offer, prepared, summon, url};
use crate::support::clamd::{self, Clamd, MALWARE};
use crate::support::{Answer, TestApp, sample};

fn time_url(s: &Scene) -> String {
    s.office_url("oceny-formalne/czas")
}

const WHY: &str = "Serwis nie działał 22 grudnia od 18:00 do północy.";

/// What the log says of an offer, the last line first.
fn said(s: &Scene, at: usize) -> Vec<String> {
    let rows = s.app.state.store.read(|r| konkurs::audit::of_object(r, s.offers[at].id.as_str())).unwrap();
    rows.into_iter().rev().map(|row| row.detail).collect()
}

/// Hands in what is prepared without the button that the page does not show.
async fn force(s: &Scene) -> Answer {
    let id = &s.offers[0].id;
    let (summons, files) = s
        .app
        .state
        .store
        .read(|r| Ok((summonses::of_offer(r, id)?.unwrap(), offers::attachments_beside(r, id)?)))
        .unwrap();
    let shown = review::rules::shown(&summons, &files);
    s.ngos[0].post(&format!("{}/zlozenie", url(s, 0)), &[("shown", &shown)]).await
}

#[actix_web::test]
async fn a_rejection_by_mistake_goes_back_to_the_same_call() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    let first = s.app.state.store.read(|r| summonses::of_offer(r, &s.offers[0].id)).unwrap().unwrap();
    s.app.new_mail();
    let term = [("signed", "brak podpisu skarbnika"), ("term", "poza terminem")];
    s.officer.post(&s.check_url(0), &pairs(&card(&s, 0, &term, "rejected"))).await.expect(303);
    assert_eq!(offer(&s, 0).state, OfferState::Rejected);
    assert!(s.app.new_mail().is_empty(), "the result is told with the others");
    s.ngos[0].page(&url(&s, 0)).await.says("urząd nie czeka już na uzupełnienie").says_not("Zapisz i przejdź");

    s.officer
        .page(&s.check_url(0))
        .await
        .says("„Do uzupełnienia” cofa odrzucenie: znów obowiązuje to samo wezwanie, z tym samym terminem.");
    let back = |no: &'static [(&'static str, &'static str)]| pairs_of(&s, no);
    s.officer
        .post(&s.check_url(0), &pairs(&back(&[("signed", "x"), ("activity", "nie wskazano")])))
        .await
        .expect(422)
        .says("Odpowiedź „nie”, a wezwanie nie prosi o uzupełnienie tego braku.")
        .says("Wezwanie jest jedno: przywraca się je takie, jakie było.");
    let mut fields = back(&[("signed", "pomyłka co do terminu")]);
    s.officer
        .post(&s.check_url(0), &pairs(&fields))
        .await
        .expect(200)
        .says("Odrzucenie zostanie cofnięte do tego samego wezwania")
        .says("Wezwano 15.12.2026, 09:00.")
        .says("Termin uzupełnienia wtorek, 22.12.2026, do końca dnia (23:59)")
        .says("1 list do 1 osoby: wezwanie nadal obowiązuje")
        .says("O co proszono Punkt 4. brak podpisu skarbnika")
        .says("Przywróć wezwanie");
    fields.push(("_deed".into(), "summon".into()));
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(303);
    let now = offer(&s, 0);
    assert_eq!((now.state, now.supplement_by), (OfferState::ToSupplement, Some(due("2026-12-22"))));
    let kept = s.app.state.store.read(|r| summonses::of_offer(r, &s.offers[0].id)).unwrap().unwrap();
    assert_eq!(kept, first, "the call is the one that was made");
    let mail = s.app.new_mail();
    assert_eq!(
        mail.iter().map(|(_, subject)| subject.as_str()).collect::<Vec<_>>(),
        ["Uzupełnienie oferty LOK/1/2026/O-1: termin wtorek, 22.12.2026, do końca dnia (23:59)"]
    );
    assert_eq!(
        said(&s, 0)[0],
        "Przywrócono wezwanie do uzupełnienia oferty z 15.12.2026, 09:00; termin: do końca dnia 22.12.2026"
    );
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(409);
    s.ngos[0].page(&url(&s, 0)).await.says("Teraz czekamy na: Twoją organizację").says("Zapisz i przejdź");
    prepared(&s, 0).await;
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    s.officer.post(&s.check_url(0), &pairs(&card(&s, 0, SIGNED, "rejected"))).await.expect(303);
    s.officer
        .post(&s.check_url(0), &pairs(&back(&[("signed", "x")])))
        .await
        .expect(422)
        .says("Oferenta wezwano już raz do uzupełnienia tej oferty.");
    s.app.new_mail();
}

fn pairs_of(s: &Scene, no: &[(&str, &str)]) -> Vec<(String, String)> {
    card(s, 0, no, "to_supplement")
}

#[actix_web::test]
async fn after_the_time_a_rejection_goes_back_without_a_letter_and_waits_for_more_time() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    s.app.at("2026-12-23 09:00");
    let s = Scene { officer: s.app.sign_in("urzednik@example.pl"), ..s };
    s.officer.post(&s.check_url(0), &pairs(&card(&s, 0, SIGNED, "rejected"))).await.expect(303);
    s.app.new_mail();
    let mut fields = pairs_of(&s, SIGNED);
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(200).says("bez listu, bo termin minął");
    fields.push(("_deed".into(), "summon".into()));
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(303);
    assert_eq!(offer(&s, 0).state, OfferState::ToSupplement);
    assert!(s.app.new_mail().is_empty());
    s.officer
        .page(&time_url(&s))
        .await
        .says("LOK/1/2026/O-1 Fundacja Promyk 15.12.2026, 09:00 wtorek, 22.12.2026, do końca dnia (23:59) – minął");
}

#[actix_web::test]
async fn everybody_who_has_not_answered_gets_the_same_longer_time() {
    let s = Scene::opened().await;
    s.officer.page(&time_url(&s)).await.says("Urząd nie czeka na żadne uzupełnienie w tym konkursie.");
    let nobody = s.officer.post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)]).await;
    nobody.expect(422).says("Urząd nie czeka na żadne uzupełnienie w tym konkursie.");
    s.officer.page(&s.office_url("oceny-formalne")).await.says_not("Wydłuż czas na uzupełnienie");
    for at in 0..3 {
        summon(&s, at, SIGNED, &[]).await;
    }
    prepared(&s, 2).await;
    hand_in(&s, &s.ngos[2], 2).await.expect(303);
    s.app.new_mail();
    s.app.at("2026-12-23 08:00");
    let (officer, ngo) =
        (s.app.sign_in("urzednik@example.pl"), s.app.sign_in(&format!("{}@example.pl", sample::nip(1))));
    let s = Scene { officer, ngos: vec![ngo], organ: s.app.sign_in("organ@example.pl"), ..s };
    s.ngos[0].page(&url(&s, 0)).await.says("Czas na uzupełnienie minął");
    let (by, ended) = (s.app.actor(&s.officer), due("2026-12-22"));
    let from = ended - chrono::TimeDelta::hours(6);
    s.write(|tx, now| konkurs::call::report_outage(tx, &by, from, ended, "awaria zasilania", now)).unwrap();
    s.officer.page(&s.office_url("oceny-formalne")).await.says("Wydłuż czas na uzupełnienie");
    s.officer
        .page(&time_url(&s))
        .await
        .titled("Więcej czasu na uzupełnienie – konkurs LOK/1/2026")
        .says("LOK/1/2026/O-1 Fundacja Promyk")
        .says("LOK/1/2026/O-2 Stowarzyszenie Most")
        .says_not("Fundacja Żuraw")
        .says("od 22.12.2026, 18:00 do 23.12.2026, 00:00: awaria zasilania")
        .says("2 listy do 2 osób");

    for (until, why, error) in [
        ("", WHY, "Nie podano daty."),
        ("2026-12-22", WHY, "Podano 22.12.2026. Wybierz dzień od dzisiaj do 21.02.2027."),
        ("2026-12-28", "awaria", "Powód ma 6 znaków, a ma mieć co najmniej 30"),
        ("2026-12-28", "Fundacja Promyk prosiła, bo serwis nie działał.", "Usuń z niego nazwy i numery organizacji."),
    ] {
        let sent = s.officer.post(&time_url(&s), &[("until", until), ("why", why)]).await;
        sent.expect(422).says(error);
        assert_eq!(sent.value_of("until").as_deref(), Some(until));
    }
    s.organ
        .post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)])
        .await
        .expect(403)
        .says("Czas na uzupełnienie wydłuża pracownik merytoryczny");
    s.ngos[0].post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)]).await.expect(404);
    assert_eq!(offer(&s, 0).supplement_by, Some(due("2026-12-22")));
    assert!(s.app.new_mail().is_empty());

    let given = s.officer.post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)]).await;
    assert_eq!(given.expect(303).location, s.office_url("oceny-formalne"));
    s.officer.page(&s.office_url("oceny-formalne")).await.says("do uzupełnienia do końca dnia 28.12.2026");
    for at in [0, 1] {
        let kept = s.app.state.store.read(|r| summonses::of_offer(r, &s.offers[at].id)).unwrap().unwrap();
        assert_eq!((kept.due, offer(&s, at).supplement_by), (due("2026-12-28"), Some(due("2026-12-28"))));
        assert_eq!(
            said(&s, at)[0],
            format!(
                "Wydłużono czas na uzupełnienie oferty z końca dnia 22.12.2026 do końca dnia 28.12.2026. Powód: {WHY}"
            )
        );
    }
    assert_eq!(offer(&s, 2).supplement_by, Some(due("2026-12-22")), "who answered keeps the time that was");
    let mail = s.app.new_mail();
    let mut told: Vec<&str> = mail.iter().map(|(_, subject)| subject.as_str()).collect();
    told.sort_unstable();
    let subject = |n: u32| {
        format!("Uzupełnienie oferty LOK/1/2026/O-{n}: termin poniedziałek, 28.12.2026, do końca dnia (23:59)")
    };
    assert_eq!(told, [subject(1), subject(2)]);
    // the same again, and less
    s.officer.post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)]).await.expect(303);
    let less = s.officer.post(&time_url(&s), &[("until", "2026-12-27"), ("why", WHY)]).await;
    less.expect(422).says("Wszyscy wezwani mają czas co najmniej do końca dnia 28.12.2026.");
    assert!(s.app.new_mail().is_empty());
    // and it is used
    s.ngos[0]
        .page(&format!("/oferty/{}", s.offers[0].id))
        .await
        .says("· urząd Wydłużono czas na uzupełnienie oferty z końca dnia 22.12.2026 do końca dnia 28.12.2026.");
    prepared(&s, 0).await;
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    let done = s.app.state.store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap();
    assert_eq!(done.content.due, due("2026-12-28"));
    s.app.new_mail();
}

/// Whoever comes second finds what the first one left: the answer counts, or has the longer time.
#[actix_web::test]
async fn more_time_and_an_answer_at_one_instant() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    summon(&s, 1, SIGNED, &[]).await;
    prepared(&s, 0).await;
    s.app.new_mail();
    let shown = s.ngos[0].get(&format!("{}/zlozenie", url(&s, 0))).await.value_of("shown").unwrap();
    let (ngo, officer, now) = (s.app.actor(&s.ngos[0]), s.app.actor(&s.officer), s.app.state.clock.now());
    let (store, gate) = (&s.app.state.store, Barrier::new(2));
    let wish = MoreTime { until: parse_date("2026-12-28").unwrap(), why: WHY.into() };
    std::thread::scope(|scope| {
        let answers = scope.spawn(|| {
            gate.wait();
            store.write(|tx| review::supplement(tx, &ngo, &s.offers[0].id, &shown, now)).map(|_| ())
        });
        let extends = scope.spawn(|| {
            gate.wait();
            store.write(|tx| review::more_time(tx, &officer, &s.call.id, &wish, now))
        });
        answers.join().unwrap().unwrap();
        extends.join().unwrap().unwrap();
    });
    let given = store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap();
    let (own, other) = (offer(&s, 0), offer(&s, 1));
    assert_eq!((own.state, own.supplement_by), (OfferState::Supplemented, Some(given.content.due)));
    assert_eq!((other.state, other.supplement_by), (OfferState::ToSupplement, Some(due("2026-12-28"))));
    s.app.new_mail();
}

#[actix_web::test]
async fn in_a_joint_offer_the_partners_declare_too() {
    let s = Scene::opened().await;
    s.write(|tx, now| {
        let mut joint = offers::find(tx, &s.offers[0].id)?;
        let mut shares = Vec::new();
        for at in [0, 1] {
            shares.push(Share::of(&konkurs::account::store::organisation(tx, &s.offers[at].org)?));
        }
        joint.content.joint = Some(Joint { shares, ..Joint::default() });
        offers::save(tx, &joint, now).map(|_| ())
    })
    .unwrap();
    summon(&s, 0, &[("declarations", "nie wiadomo, kto zalega")], &[]).await;
    s.ngos[0].page(&url(&s, 0)).await.says("Oferta wspólna: powyżej odpowiada organizacja, która ją prowadzi.");
    let mut whole = vec![("version", "0"), ("declared", "true"), ("tax_arrears", "no"), ("social_arrears", "no")];
    whole.extend(
        ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"].map(|n| (n, "true")),
    );
    whole.push(("signed_by", "Anna Prezes"));
    s.ngos[0].upload(&url(&s, 0), &whole, "file.declarations", "", b"").await.expect(303);
    let asked = "Punkt 5: dołącz oświadczenia partnerów (część VII) podpisane przez osoby, które ich reprezentują, albo napisz, dlaczego ich nie trzeba; tutaj odpowiada tylko organizacja, która prowadzi ofertę.";
    s.ngos[0].page(&format!("{}/zlozenie", url(&s, 0))).await.says(asked);
    force(&s).await.expect(422).says(asked);
    whole[0] = ("version", "1");
    s.ngos[0].upload(&url(&s, 0), &whole, "file.declarations", "most.pdf", FILE).await.expect(303);
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    s.app.new_mail();
}

#[actix_web::test]
async fn a_supplement_waits_for_the_scan_of_its_files() {
    let address = clamd::nobody();
    let there = address.clone();
    let s = Scene::opened_in(TestApp::with_config(|config| config.scan.clamd = there).await).await;
    summon(&s, 0, SIGNED, &[]).await;
    let last = format!("{}/zlozenie", url(&s, 0));
    prepared(&s, 0).await;
    s.ngos[0].page(&url(&s, 0)).await.says("pelnomocnictwo.pdf (1 kB) czeka na sprawdzenie");
    let waits = "Plik „pelnomocnictwo.pdf” czeka na sprawdzenie antywirusowe.";
    s.ngos[0].page(&last).await.says(waits).says_not("Po złożeniu uzupełnienia nie da się zmienić");
    force(&s).await.expect(422).says(waits);
    // the scanner is back: an infected file is told at its field and is no answer
    let clamd = Clamd::start_at(&address);
    let typed = [("version", "1"), ("words.signed", "")];
    let bad = [b"%PDF-1.4 ".as_slice(), MALWARE].concat();
    let sent = s.ngos[0].upload(&url(&s, 0), &typed, "file.signed", "zly.pdf", &bad).await;
    sent.expect(422).says("Program antywirusowy znalazł w pliku złośliwe oprogramowanie: Zlosliwy.Kod.Testowy.");
    assert_eq!(clamd.asked.lock().unwrap().len(), 1);
    force(&s).await.expect(422).says("Plik „zly.pdf” ma złośliwe oprogramowanie i nie zostanie złożony.");
    assert_eq!(offer(&s, 0).state, OfferState::ToSupplement);
    s.app.new_mail();
}

#[actix_web::test]
async fn of_a_contest_that_is_over_nobody_waits_for_a_supplement() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    sample::set_call(&s.app, &s.call.id, CallState::Cancelled);
    let list = s.officer.page(&s.office_url("oceny-formalne")).await;
    list.says("LOK/1/2026/O-1 Fundacja Promyk")
        .says("20 000,00 zł złożona")
        .says("60 000,00 zł nieuzupełniona")
        .says_not("Wydłuż czas")
        .says_not("Teraz czekamy");
    s.officer.page(&s.check_url(0)).await.says("urząd nie czeka już na uzupełnienie").says_not("Teraz czekamy na");
    let more = s.officer.post(&time_url(&s), &[("until", "2026-12-28"), ("why", WHY)]).await;
    more.expect(422).says("Urząd nie czeka na żadne uzupełnienie w tym konkursie.");
    s.app.new_mail();
}
