//! The columns of the three workbooks and what their explanations say.

use super::Part;
use crate::call::CallContent;
use crate::document::{ColumnSpec, Kind};
use crate::law::show_date;
use crate::offer::model::OfferContent;

/// One column: how it is found, and how it looks.
pub(super) struct Told {
    pub spec: ColumnSpec,
    pub kind: Kind,
    pub width: u16,
    pub note: &'static str,
}

const fn told(
    key: &'static str,
    label: &'static str,
    aliases: &'static [&'static str],
    required: bool,
    kind: Kind,
    width: u16,
    note: &'static str,
) -> Told {
    Told { spec: ColumnSpec { key, label, aliases, required }, kind, width, note }
}

/// Keys and labels of the year columns; a task of five years that begins in the middle of one touches six.
pub(super) const YEARS: [(&str, &str); 6] =
    [("y0", "Rok 1"), ("y1", "Rok 2"), ("y2", "Rok 3"), ("y3", "Rok 4"), ("y4", "Rok 5"), ("y5", "Rok 6")];

/// `Rok 2` for `y1`.
pub fn year_label(key: &str) -> Option<&'static str> {
    YEARS.iter().find(|(year, _)| *year == key).map(|(_, label)| *label)
}

/// The columns of a part; a task of one year has no year columns.
pub(super) fn of(part: Part, years: usize) -> Vec<Told> {
    match part {
        Part::Costs => costs(if years > 1 { years } else { 0 }),
        Part::Results => vec![
            told("name", "Nazwa rezultatu", &["rezultat"], true, Kind::Text, 40, "Co ma być osiągnięte."),
            told(
                "target",
                "Planowany poziom",
                &["wartość docelowa", "planowany poziom osiągnięcia rezultatów"],
                true,
                Kind::Text,
                24,
                "Wartość docelowa, na przykład 120 osób.",
            ),
            told(
                "monitoring",
                "Sposób monitorowania",
                &["źródło informacji"],
                true,
                Kind::Text,
                50,
                "Jak to sprawdzisz i skąd weźmiesz dane.",
            ),
        ],
        Part::Programme => vec![
            told("day", "Data", &["dzień", "data zajęć"], true, Kind::Date, 12, "Dzień zajęć, w edycji tej grupy."),
            told(
                "group",
                "Grupa",
                &["oznaczenie grupy"],
                true,
                Kind::Text,
                12,
                "Oznaczenie grupy z oferty; lista stoi niżej.",
            ),
            told("from", "Od", &["od godziny", "początek"], true, Kind::Time, 8, "Początek zajęć."),
            told("to", "Do", &["do godziny", "koniec"], true, Kind::Time, 8, "Koniec zajęć, tego samego dnia."),
            told("topic", "Temat", &["temat zajęć"], true, Kind::Text, 34, "Temat z programu konkursu albo własny."),
            told(
                "trainer",
                "Trener",
                &["prowadzący", "osoba prowadząca"],
                true,
                Kind::Text,
                24,
                "Imię i nazwisko z listy trenerów. Dwie osoby naraz: dwa wiersze z tymi samymi godzinami.",
            ),
            told(
                "individual",
                "Indywidualne",
                &["zajęcia indywidualne"],
                false,
                Kind::Text,
                13,
                "„tak” dla zajęć z jedną osobą; puste znaczy „nie”.",
            ),
        ],
    }
}

/// Which columns a task asks for: without classes nobody asks for trainers.
pub(super) fn kept(columns: &[Told], taught: bool) -> Vec<bool> {
    columns.iter().map(|c| taught || c.spec.key != "trainer").collect()
}

/// What stands in the columns that are kept.
pub(super) fn only<'a, T: 'a>(row: Vec<T>, kept: &'a [bool]) -> impl Iterator<Item = T> + use<'a, T> {
    row.into_iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell)
}

fn costs(years: usize) -> Vec<Told> {
    let mut out = vec![
        told(
            "activity",
            "Działanie",
            &["numer działania"],
            true,
            Kind::Text,
            18,
            "Numer działania z harmonogramu (I.1, I.2 …) albo „administracyjne”.",
        ),
        told("name", "Rodzaj kosztu", &["koszt", "nazwa kosztu"], true, Kind::Text, 40, "Nazwa kosztu."),
        told(
            "unit",
            "Rodzaj miary",
            &["miara", "jednostka"],
            true,
            Kind::Text,
            16,
            "Na przykład godzina, sztuka, miesiąc.",
        ),
        told(
            "unit_cost",
            "Koszt jednostkowy",
            &["koszt jednostkowy [pln]", "cena jednostkowa"],
            true,
            Kind::Money,
            18,
            "W złotych, z groszami.",
        ),
        told(
            "units",
            "Liczba jednostek",
            &["ilość"],
            true,
            Kind::Text,
            16,
            "Najwyżej dwie cyfry po przecinku, na przykład 2,5.",
        ),
        told(
            "trainer",
            "Praca trenera",
            &["trener"],
            false,
            Kind::Text,
            14,
            "„tak”, gdy koszt jednostkowy to stawka trenera za godzinę; puste znaczy „nie”.",
        ),
    ];
    out.extend(YEARS.iter().take(years).map(|&(key, label)| {
        told(key, label, &[], false, Kind::Money, 14, "Część wartości, która przypada na ten rok kalendarzowy zadania.")
    }));
    out
}

/// What Excel offers to choose from; it takes a list of at most 255 characters.
pub(super) fn choices(key: &str, content: &OfferContent) -> Vec<String> {
    let list = match key {
        "group" => content.hours.iter().map(|h| h.group.clone()).collect(),
        "activity" => activities(content),
        "individual" => vec!["tak".to_owned(), "nie".to_owned()],
        _ => Vec::new(),
    };
    if list.join(",").chars().count() <= 255 { list } else { Vec::new() }
}

/// What stands in the column of activities: `I.1`, …, `administracyjne`.
pub(super) fn activities(content: &OfferContent) -> Vec<String> {
    let numbered = (1..=content.activities.len()).map(|n| format!("I.{n}"));
    numbered.chain(["administracyjne".to_owned()]).collect()
}

pub(super) fn notes(part: Part, content: &OfferContent, call: &CallContent) -> Vec<String> {
    let mut out = vec!["Nie używaj formuł ani scalonych komórek. Jeden wiersz to jedna pozycja.".to_owned()];
    match part {
        Part::Costs => {
            out.push("Działania z harmonogramu:".to_owned());
            out.extend(content.activities.iter().zip(1..).map(|(a, n)| format!("I.{n}: {}", a.name)));
            let years = content.years();
            if years.len() > 1 {
                out.extend(years.iter().zip(1..).map(|(year, n)| format!("Rok {n} to {year}.")));
            }
        }
        Part::Results => {}
        Part::Programme => {
            out.push("Grupy tej oferty:".to_owned());
            out.extend(content.hours.iter().map(|h| {
                let edition = call.groups.iter().find(|g| g.code == h.group);
                let edition = edition.and_then(|g| call.editions.iter().find(|e| e.no == g.edition));
                let when = edition.map(|e| format!(", {}–{}", show_date(e.from), show_date(e.to))).unwrap_or_default();
                format!("{}: liczba osób: {}{when}", h.group, h.persons)
            }));
            out.push(format!("Tematy z ogłoszenia: {}.", call.topics.join(", ")));
        }
    }
    out
}
