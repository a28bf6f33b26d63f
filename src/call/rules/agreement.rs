//! The free text of the announcement beside its figures: both say the same.

use super::super::model::{CallContent, Mode};
use crate::law::{Finding, show_date};

/// Elements 3 and 4 are written once and edited freely, while mode, editions and groups may change after them. What the
/// texts do not say any more is a warning (R-ANN-02): two readings of one announcement are a reason to challenge it.
/// Basis: UDPP art. 13 ust. 2 pkt 3 and 4. Date: the announcement.
pub fn texts(content: &CallContent) -> Vec<Finding> {
    mode(content).into_iter().chain(payment(content)).chain(conditions(content)).chain(classes(content)).collect()
}

fn finding(place: &str, found: String) -> Finding {
    Finding::warn("R-ANN-02")
        .at(place)
        .found(found)
        .limit("Treść elementu zgadza się z trybem, edycjami i grupami konkursu.")
        .basis("art. 13 ust. 2 pkt 3 i 4 UDPP")
        .hint("Popraw treść albo użyj przycisku „Napisz elementy 3 i 4 na nowo”.")
}

fn mode(content: &CallContent) -> Option<Finding> {
    let text = content.elements.grant_rules.to_lowercase();
    let (entrusted, supported) = (text.contains("powierz"), text.contains("wspier"));
    let other = match content.mode {
        Mode::Entrusting => supported && !entrusted,
        Mode::Supporting => entrusted && !supported,
    };
    let whole = content.mode == Mode::Supporting && text.contains("wszystkie jego koszty");
    (other || whole).then(|| {
        let said = if other { " o innym trybie" } else { ", że dotacja pokrywa wszystkie koszty" };
        finding(
            "element 3: treść",
            format!("Konkurs jest w trybie „{}”, a element 3 mówi{said}.", content.mode.label()),
        )
    })
}

/// Whether the announcement allows payments and element 3 says so.
fn payment(content: &CallContent) -> Option<Finding> {
    let said = content.elements.grant_rules.to_lowercase().contains("pobierać opłaty");
    let found = match (content.rules.is_local(), content.applies().paid) {
        (true, true) if !said => "Konkurs pozwala pobierać opłaty od odbiorców, a element 3 o nich nie mówi.",
        (true, false) if said => "Konkurs nie pozwala pobierać opłat od odbiorców, a element 3 o nich mówi.",
        _ => return None,
    };
    Some(finding("element 3: treść", found.to_owned()))
}

/// Element 4 speaks of classes and groups where there are none.
fn classes(content: &CallContent) -> Option<Finding> {
    let text = content.elements.conditions.to_lowercase();
    let said = ["zajęć", "zajęcia", "w każdej najwyżej", "grupy:"].iter().any(|word| text.contains(word));
    (!content.applies().classes && said).then(|| {
        finding("element 4: treść", "Zadanie nie polega na zajęciach w grupach, a element 4 o nich mówi.".to_owned())
    })
}

fn conditions(content: &CallContent) -> Option<Finding> {
    let text = &content.elements.conditions;
    if text.trim().is_empty() {
        return None;
    }
    let persons: u32 = content.groups.iter().map(|g| g.persons).sum();
    let mut missing: Vec<String> = Vec::new();
    if persons > 0 && !has_number(text, persons) {
        missing.push(format!("liczby uczestników ({persons})"));
    }
    for edition in &content.editions {
        let days = [edition.from, edition.to].map(show_date);
        if days.iter().any(|day| !text.contains(day.as_str())) {
            let [from, to] = days;
            missing.push(format!("terminu edycji {} (od {from} do {to})", edition.no));
        }
    }
    (!missing.is_empty()).then(|| finding("element 4: treść", format!("W elemencie 4 nie ma: {}.", missing.join(", "))))
}

/// Whether `text` has this number as a word of its own.
fn has_number(text: &str, number: u32) -> bool {
    let number = number.to_string();
    text.split(|c: char| !c.is_ascii_digit()).any(|word| word == number)
}
