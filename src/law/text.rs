//! Small helpers for what a person typed and for digits shown the Polish way.

/// Narrow no-break space: stands between groups of three digits.
pub(super) const THIN: char = '\u{202F}';
/// No-break space: stands before a unit.
pub(super) const NBSP: char = '\u{A0}';
const ECHO_LIMIT: usize = 40;

/// What was typed, in Polish quotation marks, shortened so that a pasted page does not fill the message.
pub(super) fn quote(typed: &str) -> String {
    let mut clean = typed.trim().chars().filter(|c| !c.is_control());
    let head: String = clean.by_ref().take(ECHO_LIMIT).collect();
    let tail = if clean.next().is_some() { "…" } else { "" };
    format!("„{head}{tail}”")
}

/// Spaces a person or a spreadsheet puts between thousands.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | THIN | '\u{2009}')
}

pub(super) fn all_digits(s: &str) -> bool {
    !s.is_empty() && s.chars().all(|c| c.is_ascii_digit())
}

/// `12345` and `12 345` give `12345`; `12 34 5` gives nothing, because a digit was lost or added there.
pub(super) fn ungroup(s: &str) -> Option<String> {
    let groups: Vec<&str> = s.split(is_space).collect();
    let (head, rest) = groups.split_first()?;
    let grouped = rest.is_empty() || head.chars().count() <= 3;
    let whole = rest.iter().all(|g| g.chars().count() == 3 && all_digits(g));
    (grouped && whole && all_digits(head)).then(|| groups.concat())
}

/// Digits in groups of three with a narrow no-break space: `12 345`.
pub(super) fn group_thousands(n: u64) -> String {
    let digits = n.to_string();
    let len = digits.len();
    let mut out = String::with_capacity(len + len / 3 * THIN.len_utf8());
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (len - i).is_multiple_of(3) {
            out.push(THIN);
        }
        out.push(c);
    }
    out
}

/// Letters in the order of a Polish dictionary, which is not that of their numbers: „Łomża” stands before „Zorza”.
const ALPHABET: &str = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż";

/// What a list of names is sorted by: spaces before digits before letters, capitals and punctuation do not count.
#[must_use]
pub fn polish_order(text: &str) -> Vec<(u8, usize)> {
    let place = |c: char| match ALPHABET.chars().position(|letter| letter == c) {
        Some(at) => Some((2, at)),
        None if c.is_whitespace() => Some((0, 0)),
        None => c.to_digit(10).and_then(|n| usize::try_from(n).ok()).map(|n| (1, n)),
    };
    text.chars().flat_map(char::to_lowercase).filter_map(place).collect()
}

/// A small letter without its Polish mark, so that „Wloclawek” finds „Włocławek”.
#[must_use]
pub fn unmarked(small: char) -> char {
    match small {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

/// What names and numbers are compared by: small letters without Polish marks, and without hyphens, so that what stands
/// between the digits of a number does not count.
#[must_use]
pub fn folded(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| *c != '-').map(unmarked).collect()
}
