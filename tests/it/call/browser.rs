//! The steps that prepare a call, in Chromium: the links lead on, and axe-core finds nothing.

use konkurs::call::Part;

use crate::support::browser::{Driver, Person, Program};

#[actix_web::test]
async fn an_officer_prepares_a_test_call_step_by_step() {
    let program = Program::start("demo");
    let driver = Driver::start();
    let officer = Person::new(&driver, &program, "officer").await;
    officer.sign_in("urzednik@pup.example").await;
    officer.open("/urzad/programy").await;
    officer.press("Reintegracja społeczna długotrwale bezrobotnych").await;
    officer.press("Przygotuj konkurs próbny").await;
    officer.says("KONKURS PRÓBNY").await;
    let hub = officer.path().await;
    officer.press("1. Program, gminy i podstawa prawna").await;
    for part in Part::ALL {
        assert_eq!(officer.path().await, format!("{hub}/{}", part.slug()));
        if part == Part::Elements {
            // After the 21 days, before the first classes of the demonstration, 55 days from today.
            let today = konkurs::law::warsaw_date(chrono::Utc::now());
            let deadline = konkurs::law::next_working_day_on_or_after(today + chrono::Duration::days(30));
            officer.fill("deadline_date", &deadline.to_string()).await;
            officer.fill("decision_by", &(deadline + chrono::Duration::days(5)).to_string()).await;
            officer.fill_like("^earlier.*(cost|grants)$", "0").await;
        }
        if part == Part::Committee {
            officer.fill("cooperation", "uchwała nr 1/2026").await;
        }
        let next = match part {
            Part::Preconditions => "Przejdź do następnego kroku",
            Part::Committee => "Zapisz i wróć do listy kroków",
            Part::Programme
            | Part::Elements
            | Part::Terms
            | Part::Card
            | Part::Attachments
            | Part::Formal
            | Part::Correction
            | Part::Money => "Zapisz i przejdź do następnego kroku",
        };
        officer.press(next).await;
    }
    assert_eq!(officer.path().await, hub);
    officer.says_not("do uzupełnienia").await;
    officer.says_not("do sprawdzenia").await;
    officer.press("Podgląd dla organizacji").await;
    officer.says("PODGLĄD – TAK ZOBACZĄ TO ORGANIZACJE PO OGŁOSZENIU").await;
    officer.open(&format!("{hub}/kopia")).await;

    let organ = Person::new(&driver, &program, "organ").await;
    organ.sign_in("organ@pup.example").await;
    organ.open(&hub).await;
    organ.press("Zatwierdź treść do ogłoszenia").await;
    organ.press("Zatwierdź treść do ogłoszenia").await;
    organ.says("Organ zatwierdził treść:").await;
    organ.press("Zapisz miejsca i ogłoś konkurs").await;
    for place in ["bip", "board", "website"] {
        organ.fill(&format!("{place}_evidence"), "https://bip.pup.example/proba").await;
    }
    organ.press("Ogłoś konkurs").await;
    organ.says("PRÓBA/RSD/1/").await;
}
