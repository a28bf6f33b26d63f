//! The seven elements of an announcement, and the conditions the task's own act adds.

use chrono::{Datelike, NaiveDate};

use super::super::model::CallContent;
use crate::law::{Finding, Severity, show_date};
use crate::programme::rules::ops_basis;
use crate::programme::{Edition, Group, ProgrammeContent};

const BASIS: &str = "art. 13 ust. 2 UDPP";

/// None of the seven elements is missing (R-ANN-01), the choice is made after the deadline day; costs of earlier tasks are
/// said for two years.
/// Basis: UDPP art. 13 ust. 2.
/// Date: the announcement; its year and the year before for element 7.
pub fn elements(content: &CallContent, announced_on: NaiveDate) -> Vec<Finding> {
    let e = &content.elements;
    let texts = [
        (1, "rodzaj zadania", e.task.trim().is_empty()),
        (2, "wysokość środków", e.allocation.is_zero()),
        (3, "zasady przyznawania dotacji", e.grant_rules.trim().is_empty()),
        (4, "terminy i warunki realizacji", e.conditions.trim().is_empty()),
        (5, "termin składania ofert", e.deadline.is_none()),
        (6, "tryb i kryteria wyboru", e.selection.trim().is_empty()),
        (6, "termin dokonania wyboru", e.decision_by.is_none()),
    ];
    let mut findings: Vec<Finding> =
        texts.iter().filter(|(.., empty)| *empty).map(|(no, name, _)| missing(*no, name)).collect();
    let before = e.decision_by.zip(e.deadline).filter(|(by, deadline)| *by <= deadline.date());
    findings.extend(before.map(|(by, deadline)| {
        Finding::block("R-ANN-01")
            .at("element 6: termin dokonania wyboru")
            .found(format!("Wybór do {}, a oferty do {}.", show_date(by), show_date(deadline.date())))
            .limit("Wyboru dokonuje się po terminie składania ofert, najwcześniej następnego dnia.")
            .basis(BASIS)
            .hint("Podaj późniejszy dzień wyboru.")
    }));
    for year in [announced_on.year(), announced_on.year() - 1] {
        if !e.earlier.iter().any(|tasks| tasks.year == year) {
            findings
                .push(missing(7, &same_kind_in(year)).hint("Podaj koszty i dotacje; jeśli zadań nie było, wpisz 0."));
        }
    }
    findings
}

/// The findings of an approved text: between its approval and the record of its places a year may end, and the papers
/// may hang since the old one (R-ANN-01, element 7). What only the new year asks for warns, with both ways out.
/// Basis: UDPP art. 13 ust. 2 pkt 7. Date: the approval, beside `today`.
#[must_use]
pub fn element_7_as_approved(findings: Vec<Finding>, approved_on: NaiveDate, today: NaiveDate) -> Vec<Finding> {
    let year = approved_on.year();
    let element = |year: i32| format!("element 7: {}", same_kind_in(year));
    let fresh: Vec<String> = (year + 1..=today.year()).map(element).collect();
    let told = |f: Finding| {
        if f.rule.as_str() != "R-ANN-01" || !fresh.contains(&f.place) {
            return f;
        }
        let hint = format!(
            "Jeżeli ogłoszenie zawisło w trzech miejscach jeszcze w {year} r., zapisz te miejsca. Jeżeli nie, uzupełnij \
             element 7 i poproś organ o ponowne zatwierdzenie."
        );
        Finding { severity: Severity::Warn, ..f }.hint(hint)
    };
    findings.into_iter().map(told).collect()
}

fn same_kind_in(year: i32) -> String {
    format!("zadania tego samego rodzaju w {year} r.")
}

/// The classes begin when offers can be chosen for them (R-ANN-07): after the deadline day, and better after the day of the
/// choice, because the contract comes later still.
/// Basis: UDPP art. 13 ust. 2 pkt 4–6, art. 15 ust. 4. Date: the first day of each edition.
pub fn editions_later(content: &CallContent) -> Vec<Finding> {
    let e = &content.elements;
    let Some(deadline) = e.deadline.map(|wall| wall.date()) else { return Vec::new() };
    let early = |edition: &Edition| {
        let place = format!("element 4: edycja {}", edition.no);
        let (finding, found, limit) = if edition.from <= deadline {
            let found = format!("Zaczyna się {}, a oferty do {}.", show_date(edition.from), show_date(deadline));
            (Finding::block("R-ANN-07"), found, "Zajęcia zaczynają się po terminie składania ofert.")
        } else {
            let by = e.decision_by.filter(|by| edition.from <= *by)?;
            let found = format!("Zaczyna się {}, a wybór nastąpi do {}.", show_date(edition.from), show_date(by));
            (Finding::warn("R-ANN-07"), found, "Umowę zawiera się po wyborze, a zajęcia zaczynają się po jej zawarciu.")
        };
        let hint = "Zmień edycję w programie albo terminy w elementach 5 i 6.";
        Some(
            finding
                .at(place)
                .found(found)
                .limit(limit)
                .basis("art. 13 ust. 2 pkt 4–6 i art. 15 ust. 4 UDPP")
                .hint(hint),
        )
    };
    content.editions.iter().filter_map(early).collect()
}

fn missing(no: u8, name: &str) -> Finding {
    Finding::block("R-ANN-01")
        .at(format!("element {no}: {name}"))
        .found("Brak w ogłoszeniu.")
        .limit("Ogłoszenie zawiera wszystkie siedem elementów.")
        .basis(BASIS)
        .hint("Uzupełnij ten element.")
}

/// The conditions of the task are said: persons, hours, editions, group size, cap (R-ANN-02).
/// Basis: UDPP art. 13 ust. 2 pkt 4 with the act of the task.
/// Date: the announcement.
pub fn conditions(content: &CallContent) -> Vec<Finding> {
    let persons = content.persons();
    let statutory = !content.rules.is_local();
    let classes = content.applies().classes;
    let hours = content.weekly().is_some() || content.rules.day_minutes.is_some();
    let asked = [
        ("liczba uczestników", persons == 0),
        ("terminy edycji", content.editions.is_empty()),
        ("wielkość grupy", classes && content.terms.group_max == 0),
        ("liczba godzin zajęć", statutory && !hours),
        ("limit stawki", statutory && !content.rules.has_cap()),
    ];
    let mut findings: Vec<Finding> = asked
        .iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| lacking(&format!("element 4: {name}"), "Nie podano.".to_owned()))
        .collect();
    if classes {
        findings.extend(too_large(content));
        return findings;
    }
    let limit = "Warunki realizacji podają liczbę odbiorców i terminy.";
    findings.into_iter().map(|f| f.limit(limit)).collect()
}

/// The call has the editions, the groups and the rules of its programme: its preconditions were judged for those
/// (R-PRE-06). A gmina that left the programme, because its OPS takes the task, must leave the call as well.
/// Basis: upz art. 62a ust. 9 where the OPS is asked; a decision of this product. Date: the announcement.
pub fn as_in_programme(content: &CallContent, programme: &ProgrammeContent) -> Vec<Finding> {
    let product = "ustalenie przyjęte w programie Konkurs";
    let basis =
        if content.rules.needs_ops { format!("{}; {product}", ops_basis(&content.rules)) } else { product.to_owned() };
    let finding = |place: &str, found: String| {
        Finding::block("R-PRE-06")
            .at(place)
            .found(found)
            .limit("Konkurs ogłasza się dla edycji, grup i zasad, które sprawdzono i zatwierdzono w programie.")
            .basis(basis.clone())
    };
    let mut findings = Vec::new();
    let gminas = programme.ungrouped();
    if content.editions != programme.editions || content.groups != programme.groups || content.gminas != gminas {
        let own = sayings(&content.editions, &content.groups, &content.gminas);
        let theirs = sayings(&programme.editions, &programme.groups, &gminas);
        let only = |of: &[String], not: &[String], said: &str| {
            let left: Vec<&str> = of.iter().filter(|one| !not.contains(one)).map(String::as_str).collect();
            if left.is_empty() { String::new() } else { format!(" {said}: {}.", left.join("; ")) }
        };
        let found = format!(
            "Edycje albo grupy konkursu są inne niż w programie.{}{}",
            only(&own, &theirs, "Tylko w konkursie"),
            only(&theirs, &own, "Tylko w programie")
        );
        findings.push(finding("element 4: edycje i grupy", found).hint(
            "Zapisz krok „Program, gminy i podstawa prawna”: edycje i grupy przejdą z programu. Potem popraw element 4.",
        ));
    }
    if content.rules.code != programme.rules {
        let found = format!("Konkurs ma zasady {}, a program {}.", content.rules.code, programme.rules);
        findings.push(finding("zasady prawne", found).hint(
            "Załóż konkurs z tego programu od nowa („Przygotuj podobny konkurs”) i usuń ten projekt albo przywróć zasady w programie.",
        ));
    }
    findings
}

/// Editions, groups and the gminas of a task without groups, each in words.
fn sayings(editions: &[Edition], groups: &[Group], gminas: &[String]) -> Vec<String> {
    let edition =
        |e: &Edition| format!("edycja {} od {} do {}, osoby: {}", e.no, show_date(e.from), show_date(e.to), e.persons);
    let group = |g: &Group| format!("grupa {} w edycji {} ({}, osoby: {})", g.code, g.edition, g.gmina, g.persons);
    let gminas = gminas.iter().map(|name| format!("gmina {name}"));
    editions.iter().map(edition).chain(groups.iter().map(group)).chain(gminas).collect()
}

/// No group is larger than the announcement itself allows.
fn too_large(content: &CallContent) -> Vec<Finding> {
    let max = content.terms.group_max;
    content
        .groups
        .iter()
        .filter(|g| max > 0 && g.persons > max)
        .map(|g| {
            lacking(&format!("grupa {}", g.code), format!("Osoby w grupie: {}.", g.persons))
                .limit(format!("Ogłoszenie pozwala na grupy do {max} osób."))
                .hint("Zmień wielkość grupy w programie albo w warunkach konkursu.")
        })
        .collect()
}

fn lacking(place: &str, found: String) -> Finding {
    Finding::block("R-ANN-02")
        .at(place)
        .found(found)
        .limit("Warunki realizacji podają liczbę osób, godziny, terminy edycji, wielkość grupy i limit stawki.")
        .basis("art. 13 ust. 2 pkt 4 UDPP")
        .hint("Uzupełnij warunki konkursu albo program.")
}
