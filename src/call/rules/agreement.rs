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

/// Whether a clause has one of these words without a "nie" or "bez" before it: "nie wolno pobierać opłaty" allows none. A
/// denial reaches to the next comma or dash.
fn says(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase().replace(" - ", ", ");
    let denies =
        |before: &str| before.split(|c: char| !c.is_alphanumeric()).any(|w| ["nie", "bez", "ani"].contains(&w));
    let told = |clause: &str| {
        words.iter().any(|word| clause.match_indices(word).any(|(at, _)| !clause.get(..at).is_some_and(denies)))
    };
    text.split(['.', ';', '\n', ',', '–', '—']).any(told)
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
/// hour nor the number of a paper.
fn has_number(text: &str, number: u32) -> bool {
    let (text, number) = (text.replace(['–', '—'], "-"), number.to_string());
    let (mut found, mut next) = (false, None);
    for word in pieces(&text).into_iter().rev() {
        let day = word.date || next.is_some_and(|(next, date)| is_month(next) || (word.joined && date));
        found = found || (!day && word.text == number);
        next = Some((word.text, day));
    }
    found
}

/// A word or a part of one.
struct Piece<'a> {
    text: &'a str,
    date: bool,
    /// A hyphen joins it to the next one: `10-31.10.2026`, `46-osobowa`.
    joined: bool,
}

impl<'a> Piece<'a> {
    fn of(text: &'a str, date: bool, joined: bool) -> Piece<'a> {
        Piece { text, date, joined }
    }
}

/// What joins the figures of a date or of an hour, and other words too: `46-osobowa`, `osób:46`.
const JOINS: [char; 4] = ['.', '-', '/', ':'];

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !JOINS.contains(&c)).map(|word| word.trim_matches(JOINS));
    let mut out = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if is_hyphened_date(word) {
            out.push(Piece::of(word, true, false));
            continue;
        }
        let mut parts = word.split('-').map(|part| part.trim_matches(JOINS)).filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            let joined = parts.peek().is_some();
            if is_date_or_hour(part) {
                out.push(Piece::of(part, true, joined));
            } else {
                out.extend(part.split(JOINS).filter(|bit| !bit.is_empty()).map(|bit| Piece::of(bit, false, joined)));
            }
        }
    }
    out
}

fn is_figures(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && is_figures(part)
}

/// `2016-10-31`, `31-10-2016`.
fn is_hyphened_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let year = parts.first().is_some_and(|part| is_year(part)) || parts.last().is_some_and(|part| is_year(part));
    parts.len() == 3 && year && parts.iter().all(|part| is_figures(part))
}

/// `31.10.2016`, `31.10`, `10.2016`, `31/10`, `10:00`, and the number of a paper: `10/2026`, `VII/10/2026`. Numbers joined
/// otherwise, as in `46/2`, are none.
fn is_date_or_hour(word: &str) -> bool {
    if word.rsplit_once('/').is_some_and(|(_, end)| is_year(end)) {
        return true;
    }
    let parts: Vec<&str> = word.split(JOINS).collect();
    if !parts.iter().all(|part| is_figures(part)) {
        return false;
    }
    let two = |at: usize, most: u32| {
        parts.get(at).is_some_and(|part| part.len() <= 2 && part.parse::<u32>().is_ok_and(|n| n <= most))
    };
    let month_of_year = two(0, 12) && parts.last().is_some_and(|part| is_year(part));
    match parts.len() {
        3 => true,
        2 if word.contains(':') => two(0, 24) && two(1, 59),
        2 => month_of_year || (two(0, 31) && two(1, 12)),
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
            ("Każda grupa, nie większa niż 10 osób, ma 40 godzin zajęć", true),
            ("Każda grupa – nie większa niż 10 osób – ma 40 godzin zajęć", true),
            ("Każda grupa - nie większa niż 10 osób - ma 40 godzin zajęć", true),
            ("Oferent może, ale nie musi, pobierać opłaty", true),
            ("Oferent może działać sam, ale nie może pobierać opłaty", false),
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
            ("zajęcia 10:00-14:00", 10, false),
            ("zajęcia 10:00–14:00", 10, false),
            ("zajęcia w godz. 10-14:00", 10, false),
            ("01.10-31.10.2026", 10, false),
            ("10-31.10.2026", 10, false),
            ("10–31 października", 10, false),
            ("31-10-2016", 31, false),
            ("od 10.2026 do 12.2026", 10, false),
            ("uchwała nr 10/2026", 10, false),
            ("uchwała nr VII/10/2026", 10, false),
            ("uchwała nr 10/2026 dla 10 osób", 10, true),
            ("zajęcia 10:00-14:00, 10 osób", 10, true),
            ("grupy 10-osobowe od 10.10.2016", 10, true),
            ("8-10 osób", 10, true),
            ("46/2", 46, true),
            ("", 10, false),
        ] {
            assert_eq!(has_number(text, number), found, "{number} in „{text}”");
        }
    }
}
