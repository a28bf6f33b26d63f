//! A question from the page of a contest to its public answer, and the person's calendar, in Chromium; axe-core
//! finds nothing on any page on the way.

use crate::support::browser::{Driver, Person, Program};

#[actix_web::test]
async fn an_organisation_asks_and_everyone_reads_the_answer() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let ngo = Person::new(&driver, &program, "ngo").await;
    ngo.sign_in("promyk@ngo.example").await;
    ngo.open("/konkursy?stan=otwarte&zasady=lokalne").await;
    ngo.press("LOK/1/").await;
    let call = ngo.path().await;
    ngo.press("Zadaj pytanie").await;
    ngo.fill("text", "Czy?").await;
    ngo.press("Zadaj pytanie").await;
    ngo.says("Napisz pytanie: co najmniej 10 znaków.").await;
    ngo.fill("text", "Czy zajęcia mogą odbywać się w sobotę?").await;
    ngo.press("Zadaj pytanie").await;
    assert_eq!(ngo.path().await, format!("{call}/pytania"));

    let officer = Person::new(&driver, &program, "officer").await;
    officer.sign_in("urzednik@pup.example").await;
    officer.open(&format!("/urzad{call}")).await;
    officer.press("1 pytanie czeka na odpowiedź urzędu").await;
    officer.press("Czy zajęcia mogą odbywać się").await;
    let question = officer.path().await;
    officer.open(&format!("{question}/odmowa")).await;
    officer.press("Wróć do pytania").await;
    officer.fill("answer", "Tak. Godziny w sobotę liczą się jak inne.").await;
    officer.press("Zapisz i przejdź do publikacji").await;
    officer.says("Opublikowanej odpowiedzi nie da się cofnąć").await;
    officer.press("Opublikuj odpowiedź").await;
    officer.press("Czy zajęcia mogą odbywać się").await;
    officer.says("odpowiedź opublikowana").await;
    officer.press("Popraw odpowiedź").await;
    officer.press("Opublikuj poprawioną odpowiedź").await;
    officer.says("To jest dotychczasowa odpowiedź.").await;
    officer.fill("answer", "Tak, ale nie w święta.").await;
    officer.fill("reason", "Pierwsza odpowiedź pominęła święta").await;
    officer.press("Opublikuj poprawioną odpowiedź").await;
    officer.says("Poprzednia treść").await;

    let stranger = Person::new(&driver, &program, "stranger").await;
    stranger.open(&call).await;
    stranger.says("Tak, ale nie w święta.").await;
    stranger.says("Tak. Godziny w sobotę liczą się jak inne.").await;
    stranger.press("Zadaj pytanie").await;
    stranger.fill("text", "Czy potrzebny jest wkład własny?").await;
    stranger.fill("email", "ewa@example.pl").await;
    stranger.press("Zadaj pytanie").await;
    stranger.open("/konkursy?q=nic-takiego").await;
    stranger.says("Nie znaleziono konkursu").await;

    ngo.open("/konto/kalendarz").await;
    ngo.press("Utwórz adres kalendarza").await;
    ngo.says("Skopiuj teraz ten adres").await;
    ngo.open("/konto/kalendarz").await;
    ngo.press("Wyłącz adres kalendarza").await;
    ngo.says("Nie masz jeszcze adresu kalendarza.").await;
}
