//! Whether a public reason gives away the organisation it is about.

use crate::account::Organisation;
use crate::law::folded;

/// Beginnings of words that many names share: kinds of organisations, what they do, the office and a contest.
const COMMON: [&str; 29] = [
    "stowarzysz",
    "fundacj",
    "spoldzieln",
    "socjaln",
    "towarzystw",
    "zwiaz",
    "centr",
    "klub",
    "urzad",
    "urzed",
    "powiat",
    "gmin",
    "miejsk",
    "miast",
    "wojewodz",
    "spoleczn",
    "integrac",
    "reintegrac",
    "konkurs",
    "ofert",
    "organiz",
    "pomoc",
    "oddzial",
    "termin",
    "program",
    "dzialan",
    "pozytk",
    "publiczn",
    "bezrobotn",
];

/// Whole words of that kind: other names begin like them, as `Kolorowa` like `koło`.
const COMMON_WORDS: [&str; 13] =
    ["kolo", "kola", "kolem", "praca", "pracy", "prace", "osob", "osoby", "rzecz", "dzien", "oraz", "przy", "przez"];

/// Fewest letters of a word by which a name is found.
const LETTERS: usize = 4;

/// Fewest digits of a number by which it is found where it may stand shorter than it is.
const DIGITS: usize = 5;

/// What in `text` names the organisation, however it is declined: a word of its name by the beginning of that word, or one of
/// its numbers. Says what was found: `słowo „Promykowi”`, `numer KRS`.
#[must_use]
pub fn gives_away(text: &str, org: &Organisation) -> Option<String> {
    let said = words(text);
    let stems: Vec<String> = words(&org.name).iter().filter_map(|(_, word)| stem(word)).collect();
    let named = said.iter().find(|(_, word)| stems.iter().any(|stem| word.starts_with(stem.as_str())));
    named
        .map(|(typed, _)| format!("słowo „{typed}”"))
        .or_else(|| whole_name(&said, &org.name).then(|| "nazwa organizacji".to_owned()))
        .or_else(|| number(text, org).map(str::to_owned))
}

/// The words of a text as typed and folded; quotation marks and every other sign only part them.
fn words(text: &str) -> Vec<(&str, String)> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| (word, folded(word))).collect()
}

/// The beginning that the forms of a word share; nothing for a word that names no organisation.
fn stem(word: &str) -> Option<String> {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let common = COMMON.iter().any(|stem| word.starts_with(stem)) || COMMON_WORDS.contains(&word);
    let kept = word.chars().count().saturating_sub(3).max(LETTERS);
    (letters >= LETTERS && !common).then(|| word.chars().take(kept).collect())
}

/// A name may have common and short words only: `Fundacja „Dom”`.
fn whole_name(said: &[(&str, String)], name: &str) -> bool {
    let name = words(name);
    let same = |part: &[(&str, String)]| part.iter().zip(&name).all(|((_, one), (_, other))| one == other);
    !name.is_empty() && said.windows(name.len()).any(same)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Which number of the organisation stands in the text, with whatever between its digits; KRS also without the zeros it
/// begins with, REGON also of the local unit.
fn number(text: &str, org: &Organisation) -> Option<&'static str> {
    let all = digits(text);
    let short = |n: &str| {
        let n = n.trim_start_matches('0');
        let mut typed = text.split(|c: char| !c.is_ascii_digit());
        n.len() >= DIGITS && typed.any(|typed| typed.trim_start_matches('0') == n)
    };
    let krs = org.krs.as_ref().is_some_and(|krs| all.contains(krs.as_str()) || short(krs.as_str()));
    let regon = org.regon.as_ref().and_then(|regon| regon.as_str().get(..9));
    let other = digits(&org.content.register_no);
    let found = [
        ("numer NIP", all.contains(org.nip.as_str())),
        ("numer KRS", krs),
        ("numer REGON", regon.is_some_and(|regon| all.contains(regon))),
        ("numer z rejestru", other.len() >= DIGITS && all.contains(&other)),
    ];
    found.into_iter().find_map(|(label, there)| there.then_some(label))
}

#[cfg(test)]
mod tests {
    use super::gives_away;
    use crate::account::{Organisation, OrganisationContent};
    use crate::law::{Krs, Nip, Regon};
    use crate::store::OrgId;

    fn org(name: &str) -> Organisation {
        Organisation {
            id: OrgId::new(),
            name: name.into(),
            krs: Some(Krs::parse("0000249506").unwrap()),
            nip: Nip::parse("1234563218").unwrap(),
            regon: Some(Regon::parse("123456785").unwrap()),
            content: OrganisationContent { register_no: "EW/2024/0173".into(), ..OrganisationContent::default() },
            version: 0,
            test: false,
        }
    }

    #[test]
    fn a_name_is_found_in_its_forms() {
        for (name, text, found) in [
            ("Stowarzyszenie Promyk", "Konto stowarzyszenia Promyk zablokowano.", Some("słowo „Promyk”")),
            ("Stowarzyszenie Promyk", "Stowarzyszeniu „PROMYKOWI” zablokowano konto.", Some("słowo „PROMYKOWI”")),
            ("Stowarzyszenie „Promyk”", "Urząd wezwał promyka za późno.", Some("słowo „promyka”")),
            ("Stowarzyszenie Promyk", "Konto stowarzyszenia zablokowano z winy urzędu.", None),
            ("Fundacja Słoneczna Dolina", "Błąd konta fundacji ze Słonecznej Doliny.", Some("słowo „Słonecznej”")),
            ("Fundacja Słoneczna Dolina", "Blad konta SLONECZNEJ DOLINY.", Some("słowo „SLONECZNEJ”")),
            ("Fundacja Nadzieja", "Urząd zablokował konto Nadziei.", Some("słowo „Nadziei”")),
            ("Fundacja Życie", "Przeszkoda po stronie urzędu, nie życia.", Some("słowo „życia”")),
            ("Spółdzielnia Socjalna Razem-Raźniej", "Spółdzielni „Razem” odcięto dostęp.", Some("słowo „Razem”")),
            ("Centrum Integracji Społecznej", "Centrum pomocy społecznej nie miało prądu.", None),
            (
                "Centrum Integracji Społecznej",
                "Centrum integracji społecznej nie miało prądu.",
                Some("nazwa organizacji"),
            ),
            ("Koło Pomocy przy Urzędzie Pracy", "Urząd pracy zablokował konto organizacji w konkursie ofert.", None),
            ("Koło Kolorowy Świat", "W kole nikt nie zawinił; kolorów nie zmieniono.", Some("słowo „kolorów”")),
            ("Fundacja „Dom”", "Fundacja DOM nie mogła się zalogować.", Some("nazwa organizacji")),
            ("Fundacja „Dom”", "Domena urzędu nie działała.", None),
            ("", "Konto organizacji urząd zablokował przez pomyłkę.", None),
        ] {
            assert_eq!(gives_away(text, &org(name)).as_deref(), found, "{name}: {text}");
        }
    }

    #[test]
    fn a_number_is_found_with_whatever_between_its_digits() {
        for (text, found) in [
            ("Pomyłka w NIP 123-456-32-18.", Some("numer NIP")),
            ("Pomyłka w NIP PL 1234563218.", Some("numer NIP")),
            ("Pomyłka w KRS 0000249506.", Some("numer KRS")),
            ("Pomyłka w KRS 249506.", Some("numer KRS")),
            ("Pomyłka w REGON 123 456 785.", Some("numer REGON")),
            ("Pomyłka w REGON 12345678500012.", Some("numer REGON")),
            ("Pomyłka w ewidencji EW/2024/0173.", Some("numer z rejestru")),
            ("Pomyłka urzędu z 14.12.2026, godz. 20:00, zgłoszenie 24950.", None),
        ] {
            assert_eq!(gives_away(text, &org("Fundacja X")).as_deref(), found, "{text}");
        }
    }
}
