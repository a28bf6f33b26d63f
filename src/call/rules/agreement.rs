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
    let said = says(&content.elements.grant_rules, &["pobierać opłaty"]);
    let found = match (content.rules.is_local(), content.applies().paid) {
        (true, true) if !said => "Konkurs pozwala pobierać opłaty od odbiorców, a element 3 o nich nie mówi.",
        (true, false) if said => "Konkurs nie pozwala pobierać opłat od odbiorców, a element 3 o nich mówi.",
        _ => return None,
    };
    Some(finding("element 3: treść", found.to_owned()))
}

/// Whether a sentence without a "nie" or "bez" before it has one of these words: "nie wolno pobierać opłaty" allows none.
fn says(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let denies =
        |before: &str| before.split(|c: char| !c.is_alphanumeric()).any(|w| ["nie", "bez", "ani"].contains(&w));
    let told = |part: &str| {
        words.iter().any(|word| part.match_indices(word).any(|(at, _)| !part.get(..at).is_some_and(denies)))
    };
    text.split(['.', ';', '\n']).any(told)
}

/// Element 4 speaks of classes and groups where there are none.
fn classes(content: &CallContent) -> Option<Finding> {
    let said = says(&content.elements.conditions, &["zajęć", "zajęcia", "w każdej najwyżej", "grupy:"]);
    (!content.applies().classes && said).then(|| {
        finding("element 4: treść", "Zadanie nie polega na zajęciach w grupach, a element 4 o nich mówi.".to_owned())
    })
}

fn conditions(content: &CallContent) -> Option<Finding> {
    let text = &content.elements.conditions;
    if text.trim().is_empty() {
        return None;
    }
    let persons = content.persons();
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

/// Whether `text` has this number as a word of its own. The day, the month or the year of a date is none, nor is an
/// hour.
fn has_number(text: &str, number: u32) -> bool {
    let number = number.to_string();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && !JOINS.contains(&c))
        .filter(|word| !is_date_or_hour(word.trim_matches(JOINS)))
        .flat_map(|word| word.split(JOINS))
        .filter(|word| !word.is_empty())
        .collect();
    let next = words.iter().skip(1).map(Some).chain([None]);
    words.iter().zip(next).any(|(word, next)| *word == number && !next.is_some_and(|next| is_month(next)))
}

/// What joins the figures of a date or of an hour, and other words too: `46-osobowa`, `osób:46`.
const JOINS: [char; 4] = ['.', '-', '/', ':'];

/// `31.10.2016`, `2016-10-31`, `31.10`, `31/10`, `10:00`; numbers joined otherwise, as in `46/2` or `10-12`, are none.
fn is_date_or_hour(word: &str) -> bool {
    let parts: Vec<&str> = word.split(JOINS).collect();
    let figures = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !parts.iter().all(figures) {
        return false;
    }
    let two = |at: usize, most: u32| {
        parts.get(at).is_some_and(|part| part.len() <= 2 && part.parse::<u32>().is_ok_and(|n| n <= most))
    };
    match parts.len() {
        3 => true,
        2 if word.contains(':') => two(0, 24) && two(1, 59),
        2 if word.contains('.') || word.contains('/') => two(0, 31) && two(1, 12),
        _ => false,
    }
}

/// `31 października`, `31 X`.
fn is_month(word: &str) -> bool {
    const NAMES: [&str; 12] = [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ];
    const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    ROMAN.contains(&word) || NAMES.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{has_number, says};

    #[test]
    fn what_is_denied_is_not_said() {
        for (text, said) in [
            ("Oferent może pobierać opłaty od odbiorców.", true),
            ("Od odbiorców nie wolno pobierać opłaty.", false),
            ("Nie dotyczy VAT. Oferent może pobierać opłaty.", true),
            ("Zadanie nie obejmuje zajęć", false),
            ("Zadanie bez zajęć w grupach", false),
            ("5 godzin zajęć w tygodniu, a nie mniej", true),
            ("", false),
        ] {
            assert_eq!(says(text, &["pobierać opłaty", "zajęć"]), said, "{text}");
        }
    }

    #[test]
    fn a_date_or_an_hour_is_no_number_of_persons() {
        for (text, number, found) in [
            ("od 11.07.2016 do 31.10.2016 r.", 10, false),
            ("od 11.07.2016 do 31.10.2016 r.", 31, false),
            ("od 11.07.2016 do 31.10.2016 r.", 2016, false),
            ("do 31.10.", 31, false),
            ("od 10 września do 31 października 2016", 10, false),
            ("do 10 X 2016", 10, false),
            ("2016-10-31 o 10:00", 10, false),
            ("dla 10 osób od 10.10.2016", 10, true),
            ("od 10.10.2016; osób: 10.", 10, true),
            ("10, w tym 6 kobiet", 10, true),
            ("(10 osób)", 10, true),
            ("100 osób", 10, false),
            ("grupa 46-osobowa", 46, true),
            ("Liczba osób:46", 46, true),
            ("osoby/rodziny:46", 46, true),
            ("10-12 osób", 10, true),
            ("o godz. 10:00", 10, false),
            ("do 10/12/2026", 10, false),
            ("", 10, false),
        ] {
            assert_eq!(has_number(text, number), found, "{number} in „{text}”");
        }
    }
}
