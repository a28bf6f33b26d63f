//! What the fields of a programme are called, for showing two versions side by side.

use super::conflict::plainly;
use crate::programme::OpsAnswer;

const PLAIN: &[(&str, &str)] = &[
    ("title", "Nazwa programu"),
    ("rules", "Podstawa prawna"),
    ("aim", "Cel"),
    ("topics", "Tematy zajęć"),
    ("prrp_number", "Opinia rady: numer"),
    ("prrp_date", "Opinia rady: data"),
    ("prrp_result", "Opinia rady: wynik"),
    ("plan_number", "Plan środków: numer"),
    ("plan_amount", "Plan środków: kwota"),
    ("assumed", "Założenia"),
    ("improved", "Poprawa sytuacji"),
    ("unchanged", "Bez zmian"),
    ("deregistered", "Wyrejestrowani z powodu przerwania"),
    ("completed", "Osoby, które ukończyły program"),
    ("workshops", "Wydano na zajęcia"),
    ("psu", "Wydano na prace społecznie użyteczne"),
    ("total", "Suma podana w sprawozdaniu"),
    ("hours", "Godziny jednej grupy"),
    ("rate", "Stawka za godzinę pracy trenera z grupą"),
    ("measures", "Mierniki efektów indywidualnych"),
    ("gminas_by_edition", "Gminy w podziale na edycje"),
    ("psu_described", "Opis kwoty prac społecznie użytecznych"),
    ("substitutes_described", "Opis osób skierowanych w miejsce innych"),
];

const CELLS: &[(&str, &str)] = &[
    ("gminas", "Gmina"),
    ("editions", "Edycja"),
    ("groups", "Grupa"),
    ("name", "nazwa"),
    ("persons", "liczba osób"),
    ("asked", "zapytanie do OPS lub CUS"),
    ("answered", "odpowiedź lub koniec terminu"),
    ("answer", "co odpowiedziano"),
    ("centre", "kogo zapytano"),
    ("coop_number", "porozumienie o współpracy, numer"),
    ("coop_on", "porozumienie o współpracy, data"),
    ("psu_number", "porozumienie o pracach społecznie użytecznych, numer"),
    ("psu_on", "porozumienie o pracach społecznie użytecznych, data"),
    ("from", "pierwszy dzień"),
    ("to", "ostatni dzień"),
    ("code", "kod"),
    ("edition", "numer edycji"),
    ("gmina", "gmina"),
];

/// The label of a field and what its value says; nothing for what people do not see.
pub fn said(field: &str, value: &str) -> Option<(String, String)> {
    let known = |list: &[(&str, &str)], key: &str| {
        list.iter().find(|(name, _)| *name == key).map(|(_, label)| (*label).to_owned())
    };
    let Some((table, rest)) = field.split_once('.') else {
        let ticked = field.ends_with("_described") || field == "gminas_by_edition";
        let text = match (ticked, value) {
            (true, "") => "nie".to_owned(),
            (true, _) => "tak".to_owned(),
            (false, value) => plainly(value),
        };
        return Some((known(PLAIN, field)?, text));
    };
    let (row, cell) = rest.split_once('.')?;
    let no = row.parse::<u32>().ok()?.checked_add(1)?;
    let text = match (cell, OpsAnswer::parse(value)) {
        ("answer", Some(answer)) => answer.label().to_owned(),
        ("centre", _) if !value.is_empty() => value.to_uppercase(),
        _ => plainly(value),
    };
    Some((format!("{} {no}: {}", known(CELLS, table)?, known(CELLS, cell)?), text))
}
