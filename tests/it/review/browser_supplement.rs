//! The call to supplement an offer, pressed in Chromium: the officer calls, the organisation answers with keys alone, the
//! officer gives another one more time and closes the check. Nobody else comes to these pages in these states, so each is
//! looked at here.

use konkurs::offer::OfferState;
use konkurs::review::{Supplement, store::summonses};

use super::scene::Scene;
use super::supplement::{SIGNED, announce, attachments, due, offer, summon, url};
use crate::support::browser::{Driver, Person};
use crate::support::sample;

const NUMBER: &str = "LOK/1/2026/O-1";
const OTHER: &str = "LOK/1/2026/O-2";
const WORDS: &str = "Skarbnik nie musi podpisywać: prezes działa samodzielnie.";
const WHY: &str = "Serwis nie działał 22 grudnia od 18:00 do północy.";

/// What the officer misses, by the question of the card.
const MISSING: [(&str, &str); 4] = [
    ("signed", "brak podpisu skarbnika"),
    ("declarations", "nie wiadomo, czy oferent zalega"),
    ("attachments", "nie ma statutu"),
    ("activity", "nie wskazano rodzaju działalności"),
];

/// axe-core finds nothing on the page that is open, and it fits a telephone.
async fn sound(who: &Person) {
    who.check().await;
    who.fits(&who.path().await).await;
}

async fn fill_card(officer: &Person) {
    officer.choose_like("^answer", "yes").await;
    for (key, note) in MISSING {
        officer.fill(&format!("answer.{key}"), "no").await;
        officer.fill(&format!("note.{key}"), note).await;
    }
    officer.fill("outcome", "to_supplement").await;
}

/// The card, what the call will say, back to the card, and the call.
async fn call_for(officer: &Person, s: &Scene) {
    officer.open(&s.office_url("oceny-formalne")).await;
    officer.press(NUMBER).await;
    fill_card(officer).await;
    officer.press("Zapisz ocenę formalną").await;
    officer.says("Nie zaznaczono, których załączników brakuje.").await;
    sound(officer).await;
    officer.fill("missing.statut", "true").await;
    officer.press("Zapisz ocenę formalną").await;
    officer.says("Wezwania nie można cofnąć ani powtórzyć").await;
    officer.says("wtorek, 22.12.2026, do końca dnia (23:59) (5 dni roboczych; dnia wezwania się nie liczy)").await;
    officer.says("1 list do 1 osoby").await;
    officer.says("załącznik: Statut").await;
    sound(officer).await;
    officer.press("Wróć do karty").await;
    for (key, note) in MISSING {
        assert_eq!(officer.value(&format!("note.{key}")).await, note);
    }
    assert_eq!(offer(s, 0).state, OfferState::Submitted, "nothing is done before the second page");
    officer.press("Zapisz ocenę formalną").await;
    officer.press("Wezwij do uzupełnienia").await;
    officer.told("Wezwano do uzupełnienia oferty LOK/1/2026/O-1. Wysłaliśmy list do organizacji.").await;
    officer.says("do uzupełnienia do końca dnia 22.12.2026").await;
    sound(officer).await;
    officer.press(NUMBER).await;
    officer.says("czeka na uzupełnienie").await;
    officer.says("Oferenta wezwano już do uzupełnienia tej oferty, a wezwanie jest jedno.").await;
    sound(officer).await;
}

/// Waits until the field that a link leads to has the focus.
async fn led_to(who: &Person, name: &str) {
    for _ in 0..1_000 {
        if who.focus().await == name {
            return;
        }
    }
    panic!("the link does not lead to „{name}”");
}

/// Words at one point, part VII at another, a file at the third; the fourth is forgotten.
async fn answer_most(anna: &Person, title: &str, file: &std::path::Path) {
    anna.open("/oferty").await;
    anna.skip_head().await;
    anna.follow(title).await;
    anna.skip_head().await;
    anna.follow("Odpowiedz na wezwanie").await;
    sound(anna).await;
    anna.skip_head().await;
    anna.type_into("words.signed", WORDS).await;
    // The first answer of each question is the one an organisation without arrears gives.
    for name in [
        "public_benefit_only",
        "paid_activity_only",
        "tax_arrears",
        "social_arrears",
        "data_agree",
        "all_true",
        "data_protection",
    ] {
        anna.tick(name).await;
    }
    anna.type_into("signed_by", "Anna Prezes, prezes").await;
    anna.type_into("file.attachments.statut", &file.to_string_lossy()).await;
    anna.follow("Zapisz i przejdź do złożenia").await;
}

/// The last page says what is forgotten and leads there; what was typed is kept.
async fn answer_the_rest(anna: &Person, hub: &str) {
    assert_eq!(anna.path().await, format!("{hub}/zlozenie"));
    anna.says("Na co jeszcze trzeba odpowiedzieć").await;
    anna.says_not("Po złożeniu uzupełnienia nie da się zmienić").await;
    sound(anna).await;
    anna.follow("Punkt 12: wybierz jedną z odpowiedzi.").await;
    led_to(anna, "paid").await;
    assert_eq!(anna.value("words.signed").await, WORDS);
    let text = anna.text().await;
    let (_, point) = text.split_once("Czego brakuje: nie ma statutu").unwrap();
    assert!(point.find("Statut").unwrap() < point.find("statut.pdf (1 kB)").unwrap(), "the file stands below its name");
    sound(anna).await;
    anna.type_text(" ").await;
    anna.follow("Zapisz i przejdź do złożenia").await;
}

async fn hand_in(anna: &Person, hub: &str) {
    for words in [WORDS, "Zadanie będzie wykonane nieodpłatnie.", "statut.pdf (1 kB)"] {
        anna.says(words).await;
    }
    anna.says("nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych").await;
    anna.says("Po złożeniu uzupełnienia nie da się zmienić").await;
    sound(anna).await;
    anna.skip_head().await;
    anna.follow("Złóż uzupełnienie").await;
    assert_eq!(anna.path().await, hub);
    anna.told("Uzupełnienie jest złożone.").await;
    anna.says("Uzupełnienie wpłynęło do urzędu. Nic nie trzeba wysyłać na papierze.").await;
    sound(anna).await;
}

fn given(s: &Scene) -> Supplement {
    s.app.state.store.read(|r| summonses::supplement_of(r, &s.offers[0].id)).unwrap().unwrap()
}

fn is_what_was_typed(s: &Scene, done: &Supplement) {
    let reply = &done.content.reply;
    let declared = reply.declarations.as_ref().unwrap();
    assert_eq!((reply.words.len(), reply.words["signed"].as_str(), reply.paid), (1, WORDS, Some(false)));
    assert_eq!((declared.tax_arrears, declared.social_arrears), (Some(false), Some(false)));
    assert_eq!((declared.said.len(), declared.signed_by.as_str()), (7, "Anna Prezes, prezes"));
    assert_eq!(done.content.attachments.len(), 1);
    assert_eq!((offer(s, 0).state, &offer(s, 0).content), (OfferState::Supplemented, &s.offers[0].content));
}

/// The one who has not answered gets more time, for a reason that says enough.
async fn give_more_time(officer: &Person, s: &Scene) {
    officer.open(&s.office_url("oceny-formalne")).await;
    officer.press("Wydłuż czas na uzupełnienie").await;
    assert_eq!(officer.path().await, s.office_url("oceny-formalne/czas"));
    officer.says(OTHER).await;
    officer.says_not(NUMBER).await;
    officer.says("Serwis nie zapisał żadnej.").await;
    sound(officer).await;
    officer.fill("until", "2026-12-28").await;
    officer.fill("why", "awaria").await;
    officer.press("Wydłuż czas").await;
    officer.says("Czasu nie wydłużono").await;
    officer.says("Powód ma 6 znaków, a ma mieć co najmniej 30: oferenci przeczytają go w liście.").await;
    sound(officer).await;
    assert_eq!(officer.value("until").await, "2026-12-28");
    officer.fill("why", WHY).await;
    officer.press("Wydłuż czas").await;
    let told = "Oferenci, na których uzupełnienie czekamy, mają czas co najmniej do: poniedziałek, 28.12.2026, do końca dnia (23:59).";
    officer.told(told).await;
    officer.says("do uzupełnienia do końca dnia 28.12.2026").await;
    officer.says("uzupełniona – do sprawdzenia").await;
}

async fn close(officer: &Person, done: &Supplement) {
    officer.press(NUMBER).await;
    officer.says("Oferta jest uzupełniona. Zakończ jej ocenę formalną.").await;
    for words in [WORDS, "Zadanie będzie wykonane nieodpłatnie.", done.sha256.as_str()] {
        officer.says(words).await;
    }
    let files = officer.links("/urzad/oferty/", "").await;
    assert_eq!(files.iter().filter(|href| href.contains("/uzupelnienie/plik/")).count(), 1, "{files:?}");
    sound(officer).await;
    officer.choose_like("^answer", "yes").await;
    for (key, _) in MISSING {
        officer.fill(&format!("note.{key}"), "uzupełniono 15.12").await;
    }
    officer.fill("outcome", "meets").await;
    officer.press("Zapisz ocenę formalną").await;
    officer.told("Zapisano ocenę formalną oferty LOK/1/2026/O-1.").await;
}

#[actix_web::test]
async fn an_offer_is_supplemented_by_keyboard_alone_and_passes() {
    let s = Scene::opened().await;
    announce(&s, attachments);
    summon(&s, 1, SIGNED, &[]).await;
    let (site, driver) = (s.app.site(), Driver::start());
    let officer = site.person(&s.app, &driver, "urzednik@example.pl").await;
    call_for(&officer, &s).await;

    let anna = site.person(&s.app, &driver, &format!("{}@example.pl", sample::nip(1))).await;
    let (hub, file) = (url(&s, 0), s.app.state.config.data.join("statut.pdf"));
    std::fs::write(&file, b"%PDF-1.7 statut").unwrap();
    answer_most(&anna, &s.offers[0].content.title, &file).await;
    answer_the_rest(&anna, &hub).await;
    hand_in(&anna, &hub).await;
    let done = given(&s);
    anna.says(&done.sha256).await;
    is_what_was_typed(&s, &done);

    give_more_time(&officer, &s).await;
    assert_eq!(offer(&s, 1).supplement_by, Some(due("2026-12-28")));
    assert_eq!(offer(&s, 0).supplement_by, Some(due("2026-12-22")), "who answered keeps the time that was");
    close(&officer, &done).await;
    assert_eq!(offer(&s, 0).state, OfferState::FormalOk);
    anna.open(&hub).await;
    anna.says("Trwa ocena ofert.").await;
    anna.says(&done.sha256).await;
    sound(&anna).await;
    s.app.new_mail();
}
