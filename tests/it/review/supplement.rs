//! The call to supplement an offer: asked once, answered in time, beside the frozen offer.

use std::sync::Barrier;

use konkurs::account::OrgRole;
use konkurs::call::AskedAttachment;
use konkurs::law::{Instant, end_of_day_warsaw};
use konkurs::offer::{OfferState, store as offers};
use konkurs::review::{self, Declared, SeatKind, store::summonses};

use super::scene::{Scene, found, pairs, rule};
use crate::support::{Client, sample};

pub const FILE: &[u8] = b"%PDF-1.4 statut";

/// The card as it is sent: „nie” with its words at these questions, „tak” elsewhere.
pub fn card(s: &Scene, at: usize, no: &[(&str, &str)], outcome: &str) -> Vec<(String, String)> {
    let call = s.app.state.store.read(|r| konkurs::call::store::find(r, &s.call.id)).unwrap();
    let offer = offer(s, at);
    let mut out = Vec::new();
    for q in call.content.formal {
        let said = no.iter().find(|(key, _)| *key == q.key);
        out.push((format!("answer.{}", q.key), if said.is_some() { "no" } else { "yes" }.to_owned()));
        out.push((format!("note.{}", q.key), said.map(|(_, note)| (*note).to_owned()).unwrap_or_default()));
    }
    out.push(("outcome".into(), outcome.into()));
    out.push(("version".into(), offer.version.to_string()));
    out
}

pub fn offer(s: &Scene, at: usize) -> konkurs::offer::Offer {
    s.app.state.store.read(|r| offers::find(r, &s.offers[at].id)).unwrap()
}

/// Changes what the announcement says, without its verbs.
pub fn announce(s: &Scene, change: impl FnOnce(&mut konkurs::call::CallContent)) {
    s.write(|tx, _| {
        let mut call = konkurs::call::store::find(tx, &s.call.id)?;
        change(&mut call.content);
        konkurs::call::store::save(tx, &call)
    })
    .unwrap();
}

pub fn attachments(content: &mut konkurs::call::CallContent) {
    let file = |key: &str, name: &str| AskedAttachment {
        key: key.into(),
        name: name.into(),
        required: true,
        note: String::new(),
    };
    content.attachments = vec![file("statut", "Statut"), file("zgoda", "Zgoda gminy")];
}

/// The officer calls for it, through both pages.
pub async fn summon(s: &Scene, at: usize, no: &[(&str, &str)], more: &[(&str, &str)]) {
    let mut fields = card(s, at, no, "to_supplement");
    fields.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    s.officer.post(&s.check_url(at), &pairs(&fields)).await.expect(200);
    fields.push(("_deed".into(), "summon".into()));
    s.officer.post(&s.check_url(at), &pairs(&fields)).await.expect(303);
}

pub const SIGNED: &[(&str, &str)] = &[("signed", "brak podpisu skarbnika")];

pub fn url(s: &Scene, at: usize) -> String {
    format!("/oferty/{}/uzupelnienie", s.offers[at].id)
}

/// What stands between two pieces of a page.
fn inside(html: &str, from: &str, to: &str) -> String {
    let rest = html.split_once(from).unwrap_or_else(|| panic!("no {from}")).1;
    rest.split_once(to).unwrap().0.to_owned()
}

pub fn due(day: &str) -> Instant {
    end_of_day_warsaw(sample::day(day))
}

fn micros(s: &Scene, at: Instant, n: i64) {
    s.app.state.clock.set(at + chrono::Duration::microseconds(n));
}

/// Sends the page of the signatory as it is shown now.
pub async fn hand_in(s: &Scene, who: &Client, at: usize) -> crate::support::Answer {
    let page = format!("{}/zlozenie", url(s, at));
    let shown = who.get(&page).await.value_of("shown").unwrap_or_default();
    who.post(&page, &[("shown", &shown)]).await
}

#[actix_web::test]
async fn an_offer_is_called_for_supplemented_and_passes() {
    let s = Scene::opened().await;
    announce(&s, attachments);
    let no = [("signed", "brak podpisu skarbnika"), ("attachments", "nie ma statutu"), ("activity", "nie wskazano")];
    let mut fields = card(&s, 0, &no, "to_supplement");
    s.officer
        .post(&s.check_url(0), &pairs(&fields))
        .await
        .expect(422)
        .says("Nie zaznaczono, których załączników brakuje.");
    fields.push(("missing.statut".into(), "true".into()));
    let asked = s.officer.post(&s.check_url(0), &pairs(&fields)).await;
    asked
        .expect(200)
        .titled("Wezwanie do uzupełnienia oferty LOK/1/2026/O-1")
        .says("Termin uzupełnienia wtorek, 22.12.2026, do końca dnia (23:59) (5 dni roboczych; dnia wezwania się nie liczy)")
        .says("Powiadomienie 1 list do 1 osoby")
        .says("Punkt 6. nie ma statutu załącznik: Statut")
        .says_not("Zgoda gminy");
    assert_eq!(offer(&s, 0).state, OfferState::Submitted, "nothing is done before the second page");
    assert!(s.app.new_mail().is_empty());
    let mut back = fields.clone();
    back.push(("_deed".into(), "back".into()));
    let back = s.officer.post(&s.check_url(0), &pairs(&back)).await;
    assert_eq!(back.expect(200).value_of("note.signed").as_deref(), Some("brak podpisu skarbnika"));

    fields.push(("_deed".into(), "summon".into()));
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(303);
    let mail = s.app.new_mail();
    assert_eq!(mail.len(), 1, "{mail:?}");
    assert_eq!(
        mail[0].1,
        "Wezwanie do uzupełnienia oferty LOK/1/2026/O-1, termin: wtorek, 22.12.2026, do końca dnia (23:59)"
    );
    s.officer
        .page(&s.office_url("oceny-formalne"))
        .await
        .says("Oferty do oceny formalnej: 2 z 3.")
        .says("do uzupełnienia do końca dnia 22.12.2026")
        .says("pkt 4 karty formalnej: brak podpisu skarbnika");
    s.officer
        .page(&s.check_url(0))
        .await
        .says("Teraz czekamy na: Fundacja Promyk Organizacja ma uzupełnić ofertę na wezwanie urzędu. Termin: wtorek, 22.12.2026")
        .says("Oferenta wezwano już do uzupełnienia tej oferty, a wezwanie jest jedno.");

    // the organisation
    s.ngos[0].page("/oferty").await.says("złożona, do uzupełnienia");
    s.ngos[0]
        .page(&format!("/oferty/{}", s.offers[0].id))
        .await
        .says("Teraz czekamy na: Twoją organizację Urząd wezwał do uzupełnienia oferty. Odpowiedz na wezwanie i złóż uzupełnienie. Termin: wtorek, 22.12.2026, do końca dnia (23:59) (za 7 dni i 15 godzin)")
        .says("Odpowiedz na wezwanie")
        .says("· urząd Wezwano do uzupełnienia oferty do końca dnia 22.12.2026");
    let page = s.ngos[0].page(&url(&s, 0)).await;
    page.says("Punkt 4 Czy podpisały ją osoby").says("Czego brakuje: nie ma statutu").says("Statut").says_not("Zgoda");
    let version = page.value_of("version").unwrap();
    let typed =
        [("version", version.as_str()), ("words.signed", "podpis jest w statucie"), ("paid", "no"), ("_deed", "next")];
    let sent = s.ngos[0].upload(&url(&s, 0), &typed, "file.attachments.statut", "statut.pdf", FILE).await;
    assert_eq!(sent.expect(303).location, format!("{}/zlozenie", url(&s, 0)));
    let last = s.ngos[0].page(&format!("{}/zlozenie", url(&s, 0))).await;
    last.says("podpis jest w statucie").says("Zadanie będzie wykonane nieodpłatnie.").says("statut.pdf (1 kB)");
    s.app.new_mail();
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    let given = s.app.state.store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap();
    let mail = s.app.new_mail();
    assert_eq!(
        mail.iter().map(|(_, subject)| subject.as_str()).collect::<Vec<_>>(),
        ["Złożono uzupełnienie oferty LOK/1/2026/O-1"]
    );
    let receipt = s.ngos[0].page(&url(&s, 0)).await;
    receipt.says("Uzupełnienie jest złożone").says(&given.sha256).says("Data i godzina 15.12.2026, 09:00:00");
    s.ngos[0]
        .page(&format!("/oferty/{}", s.offers[0].id))
        .await
        .says("złożona, uzupełniona")
        .says(&format!("Złożono uzupełnienie oferty LOK/1/2026/O-1, suma kontrolna {}", given.sha256));

    // what was frozen before stays as it is
    let now = offer(&s, 0);
    assert_eq!((now.state, now.frozen_no, &now.content), (OfferState::Supplemented, 1, &s.offers[0].content));
    assert_eq!(given.content.offer_version, 1);
    assert_eq!(given.content.attachments.len(), 1);

    // the officer reads it and closes the check
    let check = s.officer.page(&s.check_url(0)).await;
    check
        .says("Teraz czekamy na: pracownika merytorycznego Oferta jest uzupełniona. Zakończ jej ocenę formalną.")
        .says("podpis jest w statucie")
        .says(&given.sha256);
    let file = inside(&check.html(), "href=\"/urzad/oferty/", "\"");
    let file = format!("/urzad/oferty/{file}");
    assert!(file.contains("/uzupelnienie/plik/"), "{file}");
    assert_eq!(s.officer.get(&file).await.expect(200).body, FILE);
    for who in [&s.ngos[0], &s.ngos[1], &s.members[0]] {
        who.get(&file).await.expect(404);
    }
    let mut fields = card(&s, 0, &[], "meets");
    let silent = s.officer.post(&s.check_url(0), &pairs(&fields)).await;
    silent.expect(422).says("Wezwano do uzupełnienia tego braku, a uwaga jest pusta albo mówi tylko, czego brakowało.");
    // the note that told what was missing is no answer either
    let told = fields.iter_mut().filter(|(name, _)| name == "note.signed");
    told.for_each(|(_, note)| *note = "brak podpisu skarbnika".to_owned());
    let same = s.officer.post(&s.check_url(0), &pairs(&fields)).await;
    same.expect(422).says("pytanie 4 Jest Wezwano do uzupełnienia tego braku");
    let notes = fields.iter_mut().filter(|(name, _)| name.starts_with("note."));
    notes.for_each(|(_, note)| *note = "uzupełniono 15.12".to_owned());
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(303);
    assert_eq!(offer(&s, 0).state, OfferState::FormalOk);
    let last = s.app.state.store.read(|r| konkurs::audit::last_of(r, s.offers[0].id.as_str())).unwrap().unwrap();
    assert!(
        last.detail.contains("spełnia wymogi formalne: pkt 1 karty formalnej: uzupełniono 15.12; "),
        "{}",
        last.detail
    );
    s.ngos[0].page("/oferty").await.says("złożona, w ocenie");
    s.ngos[0].page(&url(&s, 0)).await.says("Trwa ocena ofert.").says(&given.sha256);
}

#[actix_web::test]
async fn the_time_ends_with_the_day_and_a_holiday_is_no_working_day() {
    let s = Scene::opened().await;
    // from Monday 21 December: 22, 23, 28, 29 and 30; 24 to 26 are holidays, 27 a Sunday
    s.app.at("2026-12-21 10:00");
    let (officer, ngo) =
        (s.app.sign_in("urzednik@example.pl"), s.app.sign_in(&format!("{}@example.pl", sample::nip(1))));
    let s = Scene { officer, ngos: vec![ngo, s.app.sign_in(&format!("{}@example.pl", sample::nip(2)))], ..s };
    summon(&s, 0, SIGNED, &[]).await;
    summon(&s, 1, SIGNED, &[]).await;
    let end = due("2026-12-30");
    for at in [0, 1] {
        assert_eq!(offer(&s, at).supplement_by, Some(end));
    }
    let save = |n: usize| {
        let (s, url) = (&s, url(&s, n));
        async move {
            let typed = [("version", "0"), ("words.signed", "podpis jest")];
            s.ngos[n].upload(&url, &typed, "file.signed", "", b"").await
        }
    };
    save(0).await.expect(303);
    save(1).await.expect(303);
    let page = |n: usize| format!("{}/zlozenie", url(&s, n));
    micros(&s, end, -60_000_000);
    let ngos: Vec<Client> = (1..=2).map(|n| s.app.sign_in(&format!("{}@example.pl", sample::nip(n)))).collect();
    let shown0 = ngos[0].get(&page(0)).await.value_of("shown").unwrap();
    let shown1 = ngos[1].get(&page(1)).await.value_of("shown").unwrap();
    micros(&s, end, 0);
    ngos[0]
        .post(&page(0), &[("shown", &shown0)])
        .await
        .expect(422)
        .says("Żądanie dotarło 31.12.2026, 00:00:00.")
        .says("Uzupełnienie można było złożyć do końca dnia 30.12.2026.");
    micros(&s, end, -1);
    ngos[1].post(&page(1), &[("shown", &shown1)]).await.expect(303);
    micros(&s, end, 0);
    assert_eq!((offer(&s, 0).state, offer(&s, 1).state), (OfferState::ToSupplement, OfferState::Supplemented));
    // words, files and a second hand-in after the end
    ngos[0]
        .upload(&url(&s, 0), &[("version", "1"), ("words.signed", "inne")], "file.signed", "a.pdf", FILE)
        .await
        .expect(422)
        .says("Czas na uzupełnienie minął");
    assert_eq!(ngos[0].get(&page(0)).await.expect(303).location, url(&s, 0));
    ngos[1].post(&page(1), &[("shown", &shown1)]).await.expect(303);
    ngos[0]
        .page(&format!("/oferty/{}", s.offers[0].id))
        .await
        .says("Nie udało się: R-COR-03: Żądanie dotarło 31.12.2026, 00:00:00.");
    ngos[0]
        .page(&url(&s, 0))
        .await
        .says("Teraz czekamy na: urząd Czas na uzupełnienie minął, a uzupełnienia nie złożono.");
    let officer = s.app.sign_in("urzednik@example.pl");
    officer
        .page(&s.office_url("oceny-formalne"))
        .await
        .says("nie uzupełniono w terminie – do sprawdzenia")
        .says("Oferty do oceny formalnej: 3 z 3.");
    officer.post(&s.check_url(0), &pairs(&card(&s, 0, SIGNED, "rejected"))).await.expect(303);
    assert_eq!(offer(&s, 0).state, OfferState::Rejected);
    s.app.new_mail();
}

/// An answer that could be handed in.
pub async fn prepared(s: &Scene, at: usize) {
    let version = s.ngos[at].page(&url(s, at)).await.value_of("version").unwrap();
    let typed = [("version", version.as_str()), ("words.signed", "podpis jest w pełnomocnictwie")];
    s.ngos[at].upload(&url(s, at), &typed, "file.signed", "pelnomocnictwo.pdf", FILE).await.expect(303);
}

#[actix_web::test]
async fn an_answer_touches_nothing_but_what_was_asked() {
    let s = Scene::opened().await;
    s.ngos[0].get(&url(&s, 0)).await.expect(404);
    summon(&s, 0, SIGNED, &[]).await;
    let rule = "Uzupełnienie nie zmienia zakresu, ceny ani osób i nie zastępuje terminu ani uprawnienia oferenta.";
    for (typed, field, what) in [
        (("words.grant", "99 000 zł"), "file.signed", "grant"),
        (("paid", "yes"), "file.signed", "VI.1"),
        (("declared", "true"), "file.signed", "VII"),
        (("words.signed", "x"), "file.subject", "uzupelnienie:subject"),
    ] {
        let seen = s.ngos[0].page(&url(&s, 0)).await.value_of("version").unwrap();
        let sent = s.ngos[0].upload(&url(&s, 0), &[("version", &seen), typed], field, "a.pdf", FILE).await;
        sent.expect(422).says(&format!("Odpowiedź na coś, o co urząd nie pytał: {what}.")).says(rule);
    }
    let files = s.app.state.store.read(|r| offers::attachments_beside(r, &s.offers[0].id)).unwrap();
    assert!(files.is_empty(), "{files:?}");
    // a file that is none, and one that is; the words stay
    let typed = [("version", "1"), ("words.signed", "nowe słowa")];
    let bad = s.ngos[0].upload(&url(&s, 0), &typed, "file.signed", "a.pdf", b"MZ\x90\0").await;
    bad.expect(422).says("Plik „a.pdf” to w środku program dla Windows (EXE).").says("nowe słowa");
    let page = s.ngos[0].page(&url(&s, 0)).await;
    page.says("nowe słowa").says_not("a.pdf");
    let typed = [("version", "2"), ("words.signed", "nowe słowa")];
    s.ngos[0].upload(&url(&s, 0), &typed, "file.signed", "a.pdf", FILE).await.expect(303);
    let twice = s.ngos[0].upload(&url(&s, 0), &typed, "file.signed", "a.pdf", FILE).await;
    twice.expect(422).says("Ten sam plik jest już dołączony tutaj jako „a.pdf”");
    // somebody saved meanwhile: nothing typed is lost
    let late =
        s.ngos[0].upload(&url(&s, 0), &[("version", "0"), ("words.signed", "moje")], "file.signed", "", b"").await;
    late.expect(409).says("zapisał(a) inne odpowiedzi").says("moje");
    let file = inside(&s.ngos[0].page(&url(&s, 0)).await.html(), "name=\"remove.", "\"");
    let gone = [("version", "2"), ("words.signed", "nowe słowa"), (&*format!("remove.{file}"), "true")];
    s.ngos[0].upload(&url(&s, 0), &gone, "file.signed", "", b"").await.expect(303);
    s.ngos[0].page(&url(&s, 0)).await.says_not("a.pdf");
    s.app.new_mail();
}

#[actix_web::test]
async fn only_the_right_people_answer_and_read() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    prepared(&s, 0).await;
    let (page, last) = (url(&s, 0), format!("{}/zlozenie", url(&s, 0)));
    for who in [&s.ngos[1], &s.officer, &s.members[0]] {
        who.get(&page).await.expect(404);
        who.get(&last).await.expect(404);
        who.upload(&page, &[("version", "1")], "file.signed", "a.pdf", FILE).await.expect(404);
        who.post(&last, &[("shown", "x")]).await.expect(404);
    }
    // an editor prepares, but does not hand in
    let (org, now) = (s.offers[0].org.clone(), s.app.state.clock.now());
    let editor = s.app.actor(&s.members[2]).person_id().unwrap().clone();
    s.write(|tx, _| konkurs::account::store::insert_membership(tx, &org, &editor, OrgRole::Editor, now)).unwrap();
    let editor = s.app.sign_in("cyryl@example.pl");
    let typed = [("version", "1"), ("words.signed", "poprawione przez redaktora")];
    editor.upload(&page, &typed, "file.signed", "", b"").await.expect(303);
    editor.page(&last).await.says("Uzupełnienie składa osoba reprezentująca organizację").says_not("Złóż uzupełnienie");
    let shown = s.ngos[0].get(&last).await.value_of("shown").unwrap();
    editor.post(&last, &[("shown", &shown)]).await.expect(403);
    assert_eq!(offer(&s, 0).state, OfferState::ToSupplement);
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    s.app.new_mail();

    // the committee: after the declaration, and only then
    for member in 0..2 {
        s.appoint(member, SeatKind::Member, "").unwrap();
    }
    let given = s.app.state.store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap();
    let all =
        s.app.state.store.read(|r| offers::named_attachments(r, &s.offers[0].id, &given.content.attachments)).unwrap();
    let file = format!("/komisja/oferty/{}/plik/{}", s.offers[0].id, all[0].id);
    s.members[0].get(&file).await.expect(403).says("Nie złożono oświadczenia o bezstronności w tym konkursie.");
    s.declare(0, Declared::Impartial).unwrap();
    s.declare(1, Declared::Conflict).unwrap();
    assert_eq!(s.members[0].get(&file).await.expect(200).body, FILE);
    s.members[1].get(&file).await.expect(403);
    s.members[0]
        .page(&s.card_url(0))
        .await
        .says("poprawione przez redaktora")
        .says("pelnomocnictwo.pdf")
        .says("Kartę oceny otworzy ocena formalna tej oferty.");
    s.app.new_mail();
}

#[actix_web::test]
async fn the_check_waits_and_so_does_everything_after_it() {
    let s = Scene::scoring().await;
    sample::set_offer(&s.app, &s.offers[0].id, OfferState::Submitted);
    let refused = |no: &'static [(&'static str, &'static str)], outcome: &'static str| {
        let fields = card(&s, 0, no, outcome);
        let s = &s;
        async move { s.officer.post(&s.check_url(0), &pairs(&fields)).await }
    };
    refused(SIGNED, "rejected")
        .await
        .expect(422)
        .says("Odrzucono ofertę z powodu braku, który można uzupełnić, a oferenta do tego nie wezwano.");
    refused(&[("term", "za późno")], "to_supplement").await.expect(422).says(
        "Odpowiedź „nie” na pytanie „Czy termin realizacji mieści się w terminie z ogłoszenia?”, a wynik: do uzupełnienia.",
    );
    refused(&[], "to_supplement").await.expect(422).says("a na żadne pytanie nie odpowiedziano „nie”");
    summon(&s, 0, SIGNED, &[]).await;
    refused(SIGNED, "to_supplement").await.expect(422).says("Oferenta wezwano już raz do uzupełnienia tej oferty.");
    let waits = "Oferent może złożyć uzupełnienie do końca dnia 22.12.2026, a jeszcze go nie złożył.";
    refused(SIGNED, "rejected").await.expect(422).says(waits);
    refused(&[], "meets").await.expect(422).says(waits);
    let e = s.seal(0, 0, [40, 20, 25, 3, 2]).unwrap_err();
    assert_eq!(found(&e), [rule("R-SCO-02", "Oferta nie przeszła oceny formalnej.")]);
    assert!(s.ranking().iter().all(|r| r.offer != s.offers[0].id));
    s.organ
        .page(&s.office_url("rozstrzygniecie"))
        .await
        .says("Najpierw dokończ ocenę formalną; zostało ofert: 1.")
        .says("do uzupełnienia");
    // what cannot be corrected does not wait
    refused(&[("signed", "brak podpisu"), ("term", "za późno")], "rejected").await.expect(303);
    let said = s.ngos[0].page(&url(&s, 0)).await;
    said.says("Trwa ocena ofert.").says_not("odrzucona").says_not("Zapisz i przejdź");
    let answer =
        s.ngos[0].upload(&url(&s, 0), &[("version", "0"), ("words.signed", "x")], "file.signed", "", b"").await;
    answer.expect(422).says("Urząd zakończył ocenę formalną tej oferty albo konkurs się skończył.");
    s.app.new_mail();
}

#[actix_web::test]
async fn a_call_without_corrections_says_so() {
    let s = Scene::opened().await;
    announce(&s, |c| c.correction.allowed.clear());
    let page = s.officer.page(&s.check_url(0)).await;
    page.says("Ogłoszenie tego konkursu nie pozwala uzupełniać braków, dlatego nie ma wyniku „do uzupełnienia”.")
        .says_not("Brak można uzupełnić.");
    assert!(!page.html().contains("value=\"to_supplement\""));
    let fields = card(&s, 0, SIGNED, "to_supplement");
    s.officer.post(&s.check_url(0), &pairs(&fields)).await.expect(422).says("Tego braku nie można uzupełnić.");
    s.officer.post(&s.check_url(0), &pairs(&card(&s, 0, SIGNED, "rejected"))).await.expect(303);
    assert_eq!(offer(&s, 0).state, OfferState::Rejected);
}

#[actix_web::test]
async fn what_is_shown_is_handed_in_once() {
    let s = Scene::opened().await;
    summon(&s, 0, SIGNED, &[]).await;
    let last = format!("{}/zlozenie", url(&s, 0));
    let empty = s.ngos[0].page(&last).await;
    empty.says("Punkt 4: dołącz plik albo odpowiedz słowami, także gdy braku nie da się uzupełnić.");
    let shown = s.app.state.store.read(|r| summonses::of_offer(r, &s.offers[0].id)).unwrap().unwrap();
    let shown = review::rules::shown(&shown, &[]);
    s.ngos[0].post(&last, &[("shown", &shown)]).await.expect(422).says("Punkt 4: dołącz plik");
    prepared(&s, 0).await;
    s.ngos[0].post(&last, &[("shown", &shown)]).await.expect(409).says("więc niczego nie złożono");
    s.app.new_mail();

    // two people at one instant
    let shown = s.ngos[0].get(&last).await.value_of("shown").unwrap();
    let (by, id, now) = (s.app.actor(&s.ngos[0]), s.offers[0].id.clone(), s.app.state.clock.now());
    let (store, gate) = (&s.app.state.store, Barrier::new(2));
    let done: Vec<String> = std::thread::scope(|scope| {
        let one = || {
            gate.wait();
            store.write(|tx| review::supplement(tx, &by, &id, &shown, now)).map(|done| done.sha256).unwrap()
        };
        let both = [scope.spawn(one), scope.spawn(one)];
        both.map(|thread| thread.join().unwrap()).into()
    });
    assert_eq!(done[0], done[1]);
    assert_eq!(s.app.new_mail().len(), 1, "one letter");
    s.ngos[0].post(&last, &[("shown", &shown)]).await.expect(303);
    assert!(s.app.new_mail().is_empty(), "a second one is the same");
    let deeds = s.app.state.store.read(|r| konkurs::audit::of_object(r, id.as_str())).unwrap();
    assert_eq!(deeds.iter().filter(|row| row.deed == "offer.supplement" && row.object_kind == "offer").count(), 1);
    let late = s.ngos[0].upload(&url(&s, 0), &[("version", "1"), ("words.signed", "x")], "file.signed", "", b"").await;
    late.expect(422).says("Uzupełnienie tej oferty jest już złożone.");

    // it never changes, and its hash is checked
    let (seen, broken) = s.app.state.store.read(konkurs::app::verify_frozen).unwrap();
    assert!(seen >= 4 && broken.is_empty(), "{seen} {broken:?}");
    for sql in ["UPDATE offer_supplements SET given_by = 'x'", "DELETE FROM offer_supplements"] {
        let tried = store.write(|tx| Ok(diesel::RunQueryDsl::execute(diesel::sql_query(sql), tx.conn())?));
        assert!(tried.is_err(), "{sql}");
    }
}

#[actix_web::test]
async fn declarations_are_answered_again_and_the_calendar_knows_the_day() {
    let s = Scene::opened().await;
    summon(&s, 0, &[("declarations", "nie wiadomo, czy oferent zalega z podatkami")], &[]).await;
    s.app.new_mail();
    let last = format!("{}/zlozenie", url(&s, 0));
    let half = [("version", "0"), ("declared", "true"), ("tax_arrears", "no"), ("_deed", "next")];
    s.ngos[0].upload(&url(&s, 0), &half, "file.declarations", "", b"").await.expect(303);
    s.ngos[0].page(&last).await.says("Wybierz jedną z odpowiedzi w oświadczeniu 4");
    let mut whole = vec![("version", "1"), ("declared", "true"), ("tax_arrears", "no"), ("social_arrears", "no")];
    whole.extend(
        ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"].map(|n| (n, "true")),
    );
    whole.push(("signed_by", "Anna Prezes"));
    s.ngos[0].upload(&url(&s, 0), &whole, "file.declarations", "", b"").await.expect(303);
    s.ngos[0].page(&last).await.says("nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych");
    let person = s.app.actor(&s.ngos[0]).person_id().unwrap().clone();
    let dates = s.app.state.store.read(|r| konkurs::offer::calendar_of(r, &person, "https://k.pl")).unwrap();
    assert!(dates.iter().any(|d| d.summary == "Uzupełnienie oferty na wezwanie urzędu: LOK/1/2026"), "{dates:?}");
    hand_in(&s, &s.ngos[0], 0).await.expect(303);
    let given = s.app.state.store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap();
    let said = given.content.reply.declarations.unwrap();
    assert_eq!((said.said.len(), said.tax_arrears, said.signed_by.as_str()), (7, Some(false), "Anna Prezes"));
    s.app.new_mail();
}

#[actix_web::test]
async fn a_contest_is_not_cancelled_while_an_offer_may_be_supplemented() {
    let s = Scene::scoring().await;
    for at in 0..3 {
        sample::set_offer(&s.app, &s.offers[at].id, OfferState::Submitted);
    }
    for at in [1, 2] {
        let fields = card(&s, at, &[("term", "za późno")], "rejected");
        s.officer.post(&s.check_url(at), &pairs(&fields)).await.expect(303);
    }
    summon(&s, 0, SIGNED, &[]).await;
    let facts = s.app.state.store.read(|r| konkurs::call::store::cancel_facts(r, &s.call.id)).unwrap();
    assert_eq!((facts.filed, facts.compliant), (3, None), "one check is not finished");
    s.app.new_mail();
}
