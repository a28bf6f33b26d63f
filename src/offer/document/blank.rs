//! The form before anybody filled it: every field says what goes there, so that an organisation may read it
//! before it has an account.

use crate::document::{
    Answer, ContactAnswers, Declared, FORM, Head, Note, OfferPaper, OfferorAnswers, PlanYear, RowStyle, Standing,
    TableRow,
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
        heading: FORM.heading_blank(),
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
        representation: Some(
            "[Oferta wspólna: kto i na jakiej podstawie działa za oferentów wobec organu. Oferta jednej organizacji: „nie dotyczy” wpisuje się samo.]".into(),
        ),
        declarations: vec![Declared { texts: wording::blank(), ..Declared::default() }],
        ..tables()
    }
}

fn answer(label: &str, text: &str) -> Answer {
    Answer { label: label.to_owned(), text: Some(text.to_owned()) }
}

/// In the narrow columns of V.A and V.C.
const SUM: &str = "[suma]";
const COUNTED: &str = "[liczy się samo]";
const AMOUNT: &str = "[kwota]";

fn row(style: RowStyle, cells: &[&str]) -> TableRow {
    TableRow { style, cells: cells.iter().map(|c| (*c).to_owned()).collect() }
}

/// V.A with every row that the form has.
fn costs() -> Vec<TableRow> {
    let line = |no: &str, name: &str| {
        row(RowStyle::Plain, &[no, name, "[miara]", AMOUNT, "[liczba]", SUM, AMOUNT, AMOUNT, AMOUNT])
    };
    let sum = |style: RowStyle, no: &str, name: &str| row(style, &[no, name, "", "", "", SUM, SUM, SUM, SUM]);
    vec![
        row(RowStyle::Group, &[&format!("I. {}", FORM.costs_actions)]),
        sum(RowStyle::Group, "I.1", "[Działanie 1]"),
        line("I.1.1", "[Koszt 1]"),
        line("I.1.2", "[Koszt 2]"),
        sum(RowStyle::Group, "I.2", "[Działanie 2]"),
        line("I.2.1", "[Koszt 1]"),
        sum(RowStyle::Sum, "", FORM.sum_actions),
        row(RowStyle::Group, &[&format!("II. {}", FORM.costs_admin)]),
        line("II.1", "[Koszt 1]"),
        line("II.2", "[Koszt 2]"),
        sum(RowStyle::Sum, "", FORM.sum_admin),
        sum(RowStyle::Sum, "", FORM.sum_all),
    ]
}

fn tables() -> OfferPaper {
    let sums = COUNTED;
    OfferPaper {
        summary: vec![
            answer(FORM.place, "[gminy i adresy sal]"),
            answer(FORM.target_group, "[kto weźmie udział i ile osób; bez nazwisk]"),
            answer(FORM.problem, "[opis]"),
            answer(FORM.complementarity, "[opis; można zostawić puste]"),
        ],
        plan: vec![PlanYear {
            year: "…".into(),
            rows: vec![[
                "1".into(),
                "[nazwa]".into(),
                "[opis]".into(),
                "[uczestnicy]".into(),
                "[od – do]".into(),
                "[puste znaczy „nie dotyczy”; przy ofercie wspólnej samo wpisuje się tu też, kto wykonuje działanie]"
                    .into(),
            ]],
        }],
        results: vec![
            answer(&format!("1) {}", FORM.effect_direct), "[produkty i usługi dla uczestników]"),
            answer(&format!("2) {}", FORM.effect_change), "[opis]"),
            answer(&format!("3) {}", FORM.effect_durable), "[opis]"),
        ],
        indicators: vec![["[rezultat]".into(), "[ile]".into(), "[jak i skąd wiadomo]".into()]],
        cost_years: ["Rok 1", "Rok 2", "Rok 3"].map(str::to_owned).to_vec(),
        costs: costs(),
        sources: vec![
            row(RowStyle::Sum, &["1", FORM.sum_all, sums, "100,00"]),
            row(RowStyle::Plain, &["2", FORM.grant, "[kwota]", sums]),
            row(RowStyle::Plain, &["3", &FORM.noted(FORM.own, Note::Own), sums, sums]),
            row(RowStyle::Plain, &["3.1", FORM.own_financial, "[kwota]", sums]),
            row(RowStyle::Plain, &["3.2", FORM.own_in_kind, "[kwota]", sums]),
            row(RowStyle::Plain, &["4", FORM.recipients, "[kwota]", sums]),
        ],
        split: vec![
            row(RowStyle::Plain, &["1", "[Oferent 1]", SUM, AMOUNT, AMOUNT, AMOUNT]),
            row(RowStyle::Plain, &["2", "[Oferent 2]", SUM, AMOUNT, AMOUNT, AMOUNT]),
            row(RowStyle::Sum, &["", FORM.sum_all, SUM, SUM, SUM, SUM]),
        ],
        shares: vec![["[Oferent]".into(), "[działania z części III.4]".into(), "[co w nich wykonuje]".into()]],
        standing: vec![Standing {
            name: "[z konta organizacji]".into(),
            status: "[z konta organizacji]".into(),
            proof: Some("[z konta organizacji]".into()),
            statute: Some("[z konta organizacji]".into()),
        }],
        trainers: vec![["[imię i nazwisko]".into(), "[wykształcenie, uprawnienia, praktyka]".into()]],
        groups: vec![["[z ogłoszenia]", "[z ogłoszenia]", "[ile]", "[godziny]", "[godziny]"].map(str::to_owned)],
        topics: vec![["[temat]".into(), COUNTED.into()]],
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
