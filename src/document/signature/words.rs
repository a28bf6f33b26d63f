//! Names and numbers out of a signature, fit to be shown: short, without marks that turn text around, and
//! without anybody's PESEL.

/// Longest text that is shown, in letters.
const LONGEST: usize = 200;
/// A run of digits that may be a PESEL.
const PESEL: usize = 11;

pub(super) fn clean(text: &str) -> String {
    let plain: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).take(LONGEST).collect();
    without_pesel(&plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Letters that are not seen but change how others are.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn without_pesel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(digit) = c.filter(char::is_ascii_digit) {
            run.push(digit);
            continue;
        }
        out.push_str(&if run.len() >= PESEL { masked(&run) } else { std::mem::take(&mut run) });
        run.clear();
        out.extend(c);
    }
    out
}

/// `PNOPL-*********45`: what kind of number it is and its last two signs.
pub(super) fn identifier(text: &str) -> String {
    let text: String = text.chars().filter(|c| !hidden(*c)).take(60).collect();
    match text.trim().rsplit_once(['-', ':']) {
        Some((kind, number)) if kind.chars().all(char::is_alphabetic) => format!("{kind}-{}", masked(number.trim())),
        _ => masked(text.trim()),
    }
}

fn masked(number: &str) -> String {
    let hide = number.chars().count().saturating_sub(2).max(2);
    number.chars().enumerate().map(|(at, c)| if at < hide { '*' } else { c }).collect()
}

/// Whom the minister's seal of a „podpis zaufany” stands for: „… w imieniu: Jan Kowalski, PESEL …”.
pub(super) fn on_behalf_of(reason: &str) -> Option<String> {
    let (_, rest) = reason.split_once("w imieniu")?;
    let rest = rest.trim_start_matches([':', ' ', '\u{A0}', '\n', '\r', '\t']);
    let name = rest.split(|c: char| c.is_ascii_digit() || [',', ';', '(', '\n'].contains(&c)).next()?;
    let name = clean(name.split("PESEL").next()?);
    let like_a_name = name.contains(' ') && name.chars().all(|c| c.is_alphabetic() || " -.'’".contains(c));
    like_a_name.then(|| name.trim_end_matches([' ', '-', '.']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_a_person_is_shown_in_full() {
        assert_eq!(identifier("PNOPL-90010112345"), "PNOPL-*********45");
        assert_eq!(identifier("PESEL: 90010112345"), "PESEL-*********45");
        assert_eq!(identifier("90010112345"), "*********45");
        assert_eq!(identifier("7"), "*");
        assert_eq!(clean("Jan\u{202E} Kowalski 90010112345\n"), "Jan Kowalski *********45");
        assert_eq!(clean("Centrum 2017"), "Centrum 2017");
    }

    #[test]
    fn the_seal_of_a_trusted_signature_says_for_whom() {
        let reason = "Opatrzono pieczęcią ministra właściwego do spraw informatyzacji w imieniu: JAN ŻÓŁĆ-NOWAK, PESEL: 90010112345, PZ ID: jan";
        assert_eq!(on_behalf_of(reason).as_deref(), Some("JAN ŻÓŁĆ-NOWAK"));
        assert_eq!(on_behalf_of("w imieniu Jan Nowak 90010112345").as_deref(), Some("Jan Nowak"));
        assert_eq!(on_behalf_of("w imieniu: 90010112345"), None);
        assert_eq!(on_behalf_of("zatwierdzam"), None);
    }
}
