//! The form before anybody filled it: every field says what goes there, so that an organisation may read it
//! before it has an account.

use crate::document::{
    Answer, ContactAnswers, Declared, Head, OfferPaper, OfferorAnswers, PlanYear, RowStyle, TableRow,
};
use crate::offer::wording;

/// The empty form of annex 1 to Dz.U. 2018 poz. 2057 with the annex on classes.
#[must_use]
pub fn blank_paper(organ: &str, office: &[String]) -> OfferPaper {
    let from_org = || Some("[z konta organizacji]".to_owned());
    OfferPaper {
        head: Head {
            title: "Wzór oferty realizacji zadania publicznego".into(),
            subtitle: Some(
                "Dz.U. 2018 poz. 2057, załącznik nr 1. Do przeczytania; ofertę wypełnia się na stronie konkursu."
                    .into(),
            ),
            issuer: Some(office.to_vec()),
            ..Head::default()
        },
        organ: organ.to_owned(),
        task_kind: "[wpisuje się samo z ogłoszenia]".into(),
        offerors: vec![OfferorAnswers {
            name: "[z konta organizacji]".into(),
            legal_form: from_org(),
            register: from_org(),
            address: from_org(),
            website: from_org(),
            correspondence: from_org(),
            email: from_org(),
            phone: from_org(),
        }],
        contact: ContactAnswers {
            name: "[imię i nazwisko]".into(),
            phone: Some("[telefon]".into()),
            email: Some("[adres e-mail]".into()),
        },
        task_title: "[krótki tytuł zadania]".into(),
        starts_on: "[data, nie wcześniej niż pierwsza edycja]".into(),
        ends_on: "[data, nie później niż koniec ostatniej edycji]".into(),
        resources: "[Lokale, sprzęt, pieniądze i osoby, które będą użyte do zadania.]".into(),
        experience: "[Dotychczasowa działalność, w szczególności w zakresie tego zadania.]".into(),
        payment:
            "[nieodpłatnie; gdy ogłoszenie na to pozwala, można odpłatnie: za co i najwyżej ile od jednego odbiorcy]"
                .into(),
        other: Some("[Wyjaśnienia do kosztów i oświadczeń; można zostawić puste.]".into()),
        declarations: vec![Declared { texts: wording::blank(), ..Declared::default() }],
        ..tables()
    }
}

fn answer(label: &str, text: &str) -> Answer {
    Answer { label: label.to_owned(), text: Some(text.to_owned()) }
}

fn tables() -> OfferPaper {
    let row =
        |style: RowStyle, cells: &[&str]| TableRow { style, cells: cells.iter().map(|c| (*c).to_owned()).collect() };
    let sums = "[liczy się samo]";
    OfferPaper {
        summary: vec![
            answer("Miejsce realizacji", "[gminy i adresy sal]"),
            answer("Grupa docelowa", "[kto weźmie udział i ile osób; bez nazwisk]"),
            answer("Sposób rozwiązywania problemów i zaspokajania potrzeb grupy docelowej", "[opis]"),
            answer("Komplementarność z innymi działaniami", "[opis; można zostawić puste]"),
        ],
        plan: vec![PlanYear {
            year: "…".into(),
            rows: vec![[
                "1".into(),
                "[nazwa]".into(),
                "[opis]".into(),
                "[uczestnicy]".into(),
                "[od – do]".into(),
                "[puste znaczy „nie dotyczy”]".into(),
            ]],
        }],
        results: vec![
            answer("1) co będzie bezpośrednim efektem realizacji oferty?", "[produkty i usługi dla uczestników]"),
            answer("2) jaka zmiana społeczna zostanie osiągnięta poprzez realizację zadania?", "[opis]"),
            answer("3) czy rezultaty będą wykorzystane w dalszych działaniach organizacji (trwałość)?", "[opis]"),
        ],
        indicators: vec![["[rezultat]".into(), "[ile]".into(), "[jak i skąd wiadomo]".into()]],
        cost_years: vec!["Rok 1".into()],
        costs: vec![
            row(RowStyle::Group, &["I. Koszty realizacji działań"]),
            row(RowStyle::Plain, &["I.1.1", "[koszt działania 1]", "[miara]", "[kwota]", "[liczba]", sums, sums]),
            row(RowStyle::Group, &["II. Koszty administracyjne"]),
            row(RowStyle::Plain, &["II.1", "[koszt]", "[miara]", "[kwota]", "[liczba]", sums, sums]),
            row(RowStyle::Sum, &["", "Suma wszystkich kosztów realizacji zadania", "", "", "", sums, sums]),
        ],
        sources: vec![
            row(RowStyle::Sum, &["1", "Suma wszystkich kosztów realizacji zadania", sums, "100,00"]),
            row(RowStyle::Plain, &["2", "Planowana dotacja w ramach niniejszej oferty", "[kwota]", sums]),
            row(RowStyle::Plain, &["3", "Wkład własny (suma 3.1 i 3.2)", sums, sums]),
            row(RowStyle::Plain, &["3.1", "Wkład własny finansowy", "[kwota]", sums]),
            row(RowStyle::Plain, &["3.2", "Wkład własny niefinansowy (osobowy i rzeczowy)", "[kwota]", sums]),
            row(RowStyle::Plain, &["4", "Świadczenia pieniężne od odbiorców zadania", "[kwota]", sums]),
        ],
        trainers: vec![["[imię i nazwisko]".into(), "[wykształcenie, uprawnienia, praktyka]".into()]],
        groups: vec![["[z ogłoszenia]".into(), "[ile]".into(), "[godziny]".into(), "[godziny]".into()]],
        programme: vec![[
            "[grupa]".into(),
            "[data]".into(),
            "[od – do]".into(),
            "[temat]".into(),
            "[trener]".into(),
            "[grupowe albo indywidualne]".into(),
        ]],
        measures: vec![["[co]".into(), "[jak]".into(), "[kiedy]".into()]],
        ..OfferPaper::default()
    }
}
