//! §§ 1–2: what is to be done, and how.

use super::{Terms, paragraph, point};
use crate::call::Mode;
use crate::document::Section;
use crate::law::show_date;

pub fn subject(t: &Terms<'_>) -> Section {
    let c = t.c;
    let mode = match c.mode {
        Mode::Entrusting => "powierzenia wykonania zadania, a dotacja służy sfinansowaniu jego realizacji",
        Mode::Supporting => "wspierania wykonania zadania, a dotacja służy dofinansowaniu jego realizacji",
    };
    let d = &c.contractor.details;
    let mut points = vec![
        point(format!(
            "Zleceniodawca zleca Zleceniobiorcy realizację zadania publicznego „{}”, opisanego w ofercie nr {} złożonej w \
             otwartym konkursie ofert nr {}, a Zleceniobiorca zobowiązuje się wykonać je w zakresie i na zasadach \
             określonych w umowie.",
            c.title, c.offer_number, c.call_number
        )),
        point(format!("Zlecenie ma formę {mode}.")),
        point(format!(
            "Celem dotacji jest {} opisanych w załączniku nr 1. Zadanie jest wykonywane na podstawie: {}.",
            if t.applies().classes { "przeprowadzenie z uczestnikami działań" } else { "wykonanie działań" },
            c.rules.act
        )),
        point(
            "Zadanie uznaje się za wykonane z chwilą zaakceptowania przez Zleceniodawcę sprawozdania końcowego, o którym \
             mowa w § 9.",
        ),
        point(format!(
            "Oferta (suma kontrolna SHA-256 złożonej wersji: {}), jej {}aktualizacje i załączniki są integralną częścią umowy. \
             Gdy oferta i umowa mówią co innego, wiąże umowa.",
            c.offer_sha256,
            if c.supplement.is_some() { "uzupełnienie, " } else { "" }
        )),
        point(format!(
            "Do roboczych kontaktów Strony wskazują: Zleceniodawca – {}; Zleceniobiorca – {}.",
            contact(&t.office.email, &t.office.phone),
            contact(&d.email, &d.phone)
        )),
    ];
    if !c.partners.is_empty() {
        let names: Vec<&str> = std::iter::once(&c.contractor).chain(&c.partners).map(|p| p.name.as_str()).collect();
        points.push(point(format!(
            "Umowę zawiera się na podstawie oferty wspólnej. Ilekroć mowa o Zleceniobiorcy, rozumie się przez to łącznie: \
             {}. Wykonują oni działania przypisane im w ofercie i odpowiadają za zobowiązania z umowy solidarnie \
             (art. 14 ust. 5 UDPP). Umowę między nimi, która określa zakres ich świadczeń, dołącza się do niniejszej \
             umowy (art. 14 ust. 4 UDPP).",
            names.join(", ")
        )));
    }
    paragraph(t, 1, "Przedmiot umowy", "art. 16 ust. 1 UDPP, art. 221 ust. 3 pkt 1 ufp", points)
}

fn contact(email: &str, phone: &str) -> String {
    let phone = if phone.is_empty() { String::new() } else { format!("tel. {phone}") };
    let all: Vec<&str> = [email, &phone].into_iter().filter(|s| !s.is_empty()).collect();
    if all.is_empty() { "adres podany w komparycji umowy".into() } else { all.join(", ") }
}

pub fn manner(t: &Terms<'_>) -> Section {
    let c = t.c;
    let points = vec![
        point(format!("Termin realizacji zadania: od {} do {}.", show_date(c.starts), show_date(c.ends))),
        point(format!(
            "Wydatki z dotacji można ponosić od {} do {}, a wydatki z innych środków w tym samym czasie. Dotację przekazaną \
             w danym roku budżetowym wykorzystuje się najpóźniej do 31 grudnia tego roku.",
            show_date(c.starts),
            show_date(c.use_until)
        )),
        point(
            "Wykorzystanie dotacji to zapłata za wykonane działania, na które jej udzielono. Samo przekazanie środków na \
             rachunek Zleceniobiorcy nie jest ich wykorzystaniem.",
        ),
        point(format!(
            "Zleceniobiorca wykonuje zadanie zgodnie z ofertą i jej aktualizacjami, z {} (załącznik nr 1) i \
             kosztorysem (załącznik nr 2), a środki wydaje wyłącznie na cel, na który je otrzymał.",
            if t.applies().classes { "programem zajęć" } else { "planem działań" }
        )),
        point(
            "Przychody uzyskane przy realizacji zadania, w tym odsetki bankowe od przekazanych środków, Zleceniobiorca może \
             wydać wyłącznie na realizację zadania. Przychody wydane inaczej traktuje się jak dotację pobraną w nadmiernej \
             wysokości.",
        ),
    ];
    paragraph(
        t,
        2,
        "Sposób wykonania zadania publicznego",
        "art. 16 ust. 3 UDPP, art. 221 ust. 3 pkt 1 i 3 ufp",
        points,
    )
}
