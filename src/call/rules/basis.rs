//! Which provision a text names.

/// Whether a text names art. 19a, however it is spaced: `art. 19a`, `ART. 19 A`. A year, a number of a journal and a word
/// that begins with an a are none.
pub fn names_small_grant(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("art") {
        if !before.ends_with(char::is_alphabetic) && begins_with_19a(after) {
            return true;
        }
        rest = after;
    }
    false
}

/// What stands behind `art`: `. 19a`, `ykułu 19 a`.
fn begins_with_19a(after: &str) -> bool {
    let word = after.trim_start_matches(char::is_alphabetic);
    let ending = after.strip_suffix(word).unwrap_or_default();
    if !ending.is_empty() && !ending.starts_with("yku") {
        return false;
    }
    let number = word.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let Some(behind) = number.strip_prefix("19") else { return false };
    let Some(end) = behind.trim_start().strip_prefix('a') else { return false };
    !end.chars().next().is_some_and(char::is_alphanumeric)
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
