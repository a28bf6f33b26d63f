//! The seven elements of an announcement, and the conditions the task's own act adds.

use chrono::{Datelike, NaiveDate};

use super::super::model::CallContent;
use crate::law::{Finding, Severity, show_date};
use crate::programme::ProgrammeContent;

const BASIS: &str = "art. 13 ust. 2 UDPP";

/// None of the seven elements is missing (R-ANN-01); costs of earlier tasks are said for two years.
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
    let before = e.decision_by.zip(e.deadline).filter(|(by, deadline)| *by < deadline.date());
    findings.extend(before.map(|(by, deadline)| {
        Finding::block("R-ANN-01")
            .at("element 6: termin dokonania wyboru")
            .found(format!("Wybór do {}, a oferty do {}.", show_date(by), show_date(deadline.date())))
            .limit("Wyboru dokonuje się po terminie składania ofert.")
            .basis(BASIS)
            .hint("Podaj późniejszy dzień wyboru.")
    }));
    for year in [announced_on.year(), announced_on.year() - 1] {
        if !e.earlier.iter().any(|tasks| tasks.year == year) {
            findings.push(
                missing(7, &format!("zadania tego samego rodzaju w {year} r."))
                    .hint("Podaj koszty i dotacje; jeśli zadań nie było, wpisz 0."),
            );
        }
    }
    findings
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
pub fn conditions(content: &CallContent, programme: &ProgrammeContent) -> Vec<Finding> {
    let persons: u32 = content.groups.iter().map(|g| g.persons).sum();
    let statutory = matches!(content.rules.family(), "PAI" | "RSD");
    let hours = content.rules.week_min_minutes.is_some() || content.rules.day_minutes.is_some();
    let asked = [
        ("liczba uczestników", persons == 0),
        ("terminy edycji", content.editions.is_empty()),
        ("wielkość grupy", content.terms.group_max == 0),
        ("liczba godzin zajęć", statutory && !hours),
        ("limit stawki", statutory && !content.rules.has_cap()),
    ];
    let mut findings: Vec<Finding> = asked
        .iter()
        .filter(|(_, missing)| *missing)
        .map(|(name, _)| lacking(Severity::Block, &format!("element 4: {name}"), "Nie podano.".to_owned()))
        .collect();
    findings.extend(too_large(content));
    if content.editions != programme.editions || content.groups != programme.groups {
        findings.push(
            lacking(
                Severity::Warn,
                "element 4: edycje i grupy",
                "Edycje albo grupy konkursu różnią się od tych w programie.".to_owned(),
            )
            .hint("Zapisz konkurs jeszcze raz: edycje i grupy przejdą z programu."),
        );
    }
    findings
}

/// No group is larger than the announcement itself allows.
fn too_large(content: &CallContent) -> Vec<Finding> {
    let max = content.terms.group_max;
    content
        .groups
        .iter()
        .filter(|g| max > 0 && g.persons > max)
        .map(|g| {
            lacking(Severity::Block, &format!("grupa {}", g.code), format!("Osoby w grupie: {}.", g.persons))
                .limit(format!("Ogłoszenie pozwala na grupy do {max} osób."))
                .hint("Zmień wielkość grupy w programie albo w warunkach konkursu.")
        })
        .collect()
}

fn lacking(severity: Severity, place: &str, found: String) -> Finding {
    Finding::new("R-ANN-02", severity)
        .at(place)
        .found(found)
        .limit("Warunki realizacji podają liczbę osób, godziny, terminy edycji, wielkość grupy i limit stawki.")
        .basis("art. 13 ust. 2 pkt 4 UDPP")
        .hint("Uzupełnij warunki konkursu albo program.")
}
