//! §§ 6–9: records, information, control, reports.

use chrono::{Datelike, NaiveDate};

use super::financing::said;
use super::{Terms, listed, paragraph, plain, point};
use crate::document::Section;
use crate::law::{add_days, next_working_day_on_or_after, show_date};

/// Days after the end of the task for the final report (R-REP-01).
const REPORT_DAYS: u32 = 30;

pub fn records(t: &Terms<'_>) -> Section {
    let year = t.c.ends.year();
    let kept = NaiveDate::from_ymd_opt(year.saturating_add(5), 12, 31).map(show_date).unwrap_or_default();
    let points = vec![
        point(
            "Zleceniobiorca prowadzi wyodrębnioną dokumentację finansowo-księgową i ewidencję księgową zadania zgodnie z \
             ustawą o rachunkowości, tak aby każdą operację związaną z dotacją dało się wskazać osobno.",
        ),
        point(
            "Działalność odpłatną, nieodpłatną i gospodarczą Zleceniobiorca wyodrębnia rachunkowo w stopniu, który pozwala \
             określić przychody, koszty i wynik każdej z nich.",
        ),
        point(
            "Na oryginale każdego dowodu księgowego opłaconego z dotacji Zleceniobiorca wpisuje numer umowy, kwotę pokrytą z \
             dotacji i pozycję kosztorysu.",
        ),
        point(format!(
            "Dokumentację przechowuje się przez 5 lat, licząc od początku roku następującego po roku, w którym zadanie było \
             realizowane, czyli do {kept}."
        )),
        point(
            "Jeżeli Zleceniobiorca nie dopełni tych obowiązków, zadanie w części nieudokumentowanej uznaje się za \
             niewykonane, chyba że wykaże jego wykonanie w inny sposób.",
        ),
    ];
    paragraph(t, 6, "Wyodrębniona ewidencja i dokumentacja zadania", "art. 16 ust. 5 i art. 10 ust. 1 UDPP", points)
}

pub fn information(t: &Terms<'_>) -> Section {
    plain(
        7,
        "Obowiązki i uprawnienia informacyjne",
        vec![
            point(format!(
                "W materiałach, ogłoszeniach i informacjach dotyczących zadania oraz w miejscu {} Zleceniobiorca umieszcza \
                 widoczne zdanie „{}” i nazwę {}.",
                if t.applies().classes { "zajęć" } else { "realizacji zadania" },
                said(t.c),
                t.office.name
            )),
            point(
                "Zleceniodawca może rozpowszechniać w dowolnej formie nazwę i adres Zleceniobiorcy, cel i kwotę dotacji oraz \
                 informację, czy złożono i zaakceptowano sprawozdanie.",
            ),
            listed(
                "W ciągu 14 dni Zleceniobiorca zawiadamia Zleceniodawcę o:",
                [
                    "zmianie adresu, danych kontaktowych lub osób uprawnionych do reprezentacji;",
                    "wszczęciu likwidacji albo złożeniu wniosku o ogłoszenie upadłości;",
                    "innych zdarzeniach, które mogą wpłynąć na wykonanie zadania.",
                ],
            ),
        ],
    )
}

pub fn control(t: &Terms<'_>) -> Section {
    let points = vec![
        point(
            "Zleceniodawca kontroluje prawidłowość wykonywania zadania, w tym wydatkowania dotacji, w toku realizacji i po \
             jej zakończeniu, aż wygaśnie obowiązek przechowywania dokumentacji z § 6.",
        ),
        listed(
            "Kontrola obejmuje w szczególności:",
            [
                "stopień realizacji zadania;",
                "efektywność, rzetelność i jakość jego wykonania;",
                "prawidłowość wykorzystania środków publicznych;",
                "prowadzenie dokumentacji wymaganej przepisami i umową.",
            ],
        ),
        point(
            "Osoby upoważnione przez Zleceniodawcę mogą badać dokumenty i nośniki informacji oraz żądać ustnych lub pisemnych \
             wyjaśnień w wyznaczonym terminie, w siedzibie Zleceniobiorcy i w miejscu realizacji zadania.",
        ),
        point(
            "O wynikach kontroli Zleceniodawca informuje Zleceniobiorcę na piśmie. Zalecenia pokontrolne Zleceniobiorca \
             wykonuje w ciągu 14 dni od ich otrzymania i zawiadamia o tym Zleceniodawcę.",
        ),
    ];
    paragraph(t, 8, "Kontrola zadania publicznego", "art. 17 UDPP, art. 221 ust. 3 pkt 4 ufp", points)
}

pub fn reports(t: &Terms<'_>) -> Section {
    let c = t.c;
    let due = next_working_day_on_or_after(add_days(c.ends, REPORT_DAYS));
    let mut points = vec![
        point(
            "Zleceniodawca akceptuje sprawozdanie po sprawdzeniu, czy osiągnięto rezultaty i zrealizowano działania \
             założone w ofercie. Może zażądać dodatkowych informacji, wyjaśnień i dowodów, a Zleceniobiorca przedstawia je w \
             wyznaczonym terminie.",
        ),
        point(format!(
            "Sprawozdanie końcowe Zleceniobiorca składa w ciągu {REPORT_DAYS} dni od zakończenia zadania, czyli do {}.",
            show_date(due)
        )),
        point(format!(
            "Na wezwanie Zleceniodawcy Zleceniobiorca składa sprawozdanie częściowe w ciągu {REPORT_DAYS} dni od doręczenia \
             wezwania. Sprawozdania częściowe, od których zależy wypłata transzy, składa bez wezwania po zakończeniu edycji."
        )),
        point(if t.applies().classes {
            "Sprawozdania składa się na urzędowym wzorze, z zestawieniem godzin zajęć każdej grupy i osiągniętych mierników \
             z załącznika nr 3."
        } else {
            "Sprawozdania składa się na urzędowym wzorze, z opisem działań z załącznika nr 1 i osiągniętych rezultatów."
        }),
        point(
            "Jeżeli sprawozdania nie złożono w terminie, Zleceniodawca wzywa do jego złożenia w ciągu 7 dni. Niezastosowanie \
             się do wezwania oznacza wykorzystanie dotacji niezgodnie z przeznaczeniem i może być podstawą rozwiązania umowy \
             ze skutkiem natychmiastowym.",
        ),
        point("Złożenie sprawozdania końcowego oznacza zgodę na rozpowszechnianie zawartych w nim informacji."),
    ];
    if c.years().len() > 1 {
        points.insert(2, point(format!(
            "Za każdy rok budżetowy objęty zadaniem Zleceniobiorca składa sprawozdanie częściowe w ciągu {REPORT_DAYS} dni od \
             końca tego roku."
        )));
    }
    paragraph(t, 9, "Obowiązki sprawozdawcze", "art. 18 UDPP, art. 221 ust. 3 pkt 5 ufp", points)
}
