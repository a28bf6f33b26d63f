//! Which provision a text names.

/// Whether a text names art. 19a, alone or in a list, however it is spaced: `art. 19a`, `ART. 19 A`, `art. 14 i 19a`. A
/// year, a number of a journal, a smaller unit of another article and a word that begins with an a are none.
pub fn names_small_grant(text: &str) -> bool {
    let text = text.to_lowercase();
    let Some(list) = after_article(&text) else { return false };
    list.match_indices("19").any(|(at, found)| {
        let parted = list.split_at_checked(at);
        parted.and_then(|(before, rest)| Some((before, rest.strip_prefix(found)?))).is_some_and(is_19a)
    })
}

/// What stands behind the first `art.`, `artykuł` or a form of it.
fn after_article(text: &str) -> Option<&str> {
    text.match_indices("art").find_map(|(at, found)| {
        let (before, rest) = text.split_at_checked(at)?;
        let rest = rest.strip_prefix(found)?;
        let after = rest.trim_start_matches(char::is_alphabetic);
        let ending = rest.strip_suffix(after)?;
        let article = ending.is_empty() || ending.starts_with("yku");
        (article && !before.ends_with(char::is_alphabetic)).then_some(after)
    })
}

/// Units and numbers that may be 19a without being that article.
const OTHERS: [&str; 9] = ["ust", "pkt", "lit", "tiret", "nr", "poz", "str", "zał", "§"];

/// Whether a 19 between these texts is that of art. 19a.
fn is_19a((before, behind): (&str, &str)) -> bool {
    let unit = before.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let unit = unit.rsplit(|c: char| !c.is_alphabetic() && c != '§').next().unwrap_or_default();
    if before.ends_with(char::is_alphanumeric) || OTHERS.contains(&unit) {
        return false;
    }
    let spaced = behind.starts_with(char::is_whitespace);
    let Some(rest) = behind.trim_start().strip_prefix('a') else { return false };
    !rest.starts_with(char::is_alphanumeric) && (!spaced || ends_there(rest.trim_start()))
}

/// Whether an `a` apart from its number belongs to it: the end, a sign or the next unit follows, and not another word, to
/// which it would be an "and".
fn ends_there(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.is_empty() || ["ust", "udpp"].contains(&word) || word.starts_with("ustaw")
}

#[cfg(test)]
mod tests {
    use super::names_small_grant;

    #[test]
    fn only_article_19a_is_a_small_grant() {
        for (text, named) in [
            ("art. 19a UDPP", true),
            ("art.19a", true),
            ("ART. 19 A", true),
            ("art. 19\u{a0}a ust. 1", true),
            ("na podstawie artykułu 19a ustawy", true),
            ("art. 11 ust. 2 w związku z art. 19a", true),
            ("art. 11 ust. 2 i 19a UDPP", true),
            ("art. 14, 19a", true),
            ("art. 14, 19 a", true),
            ("art. 14 i 19 a ustawy o działalności pożytku publicznego", true),
            ("artykuły 11 i 19a", true),
            ("art. 3; art. 19a ust. 1", true),
            ("art. 19 a, art. 20", true),
            ("art. 19 a także art. 20", false),
            ("art. 19 a ponadto umowa", false),
            ("art. 5 ust. 19a", false),
            ("art. 5, poz. 19a", false),
            ("art. 5 i umowa nr 19a", false),
            ("art. 5, 119a", false),
            ("art. 5, 19ab", false),
            ("§ 19 aneksu nr 2", false),
            ("ustawa z 20.03.2019 art. 5", false),
            ("poz. 1119 art. 3", false),
            ("art. 19 aneksu", false),
            ("art. 19 ust. 1 lit. a", false),
            ("art. 119a", false),
            ("art. 19ab", false),
            ("umowa partnerska nr 19a", false),
            ("karta 19a", false),
            ("program artystyczny 19a", false),
            ("", false),
        ] {
            assert_eq!(names_small_grant(text), named, "{text}");
        }
    }
}
