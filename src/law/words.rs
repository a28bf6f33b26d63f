//! Whole numbers in Polish words, for amounts in contracts.

use super::time::plural;

const UNITS: [&str; 20] = [
    "",
    "jeden",
    "dwa",
    "trzy",
    "cztery",
    "pięć",
    "sześć",
    "siedem",
    "osiem",
    "dziewięć",
    "dziesięć",
    "jedenaście",
    "dwanaście",
    "trzynaście",
    "czternaście",
    "piętnaście",
    "szesnaście",
    "siedemnaście",
    "osiemnaście",
    "dziewiętnaście",
];
const TENS: [&str; 10] = [
    "",
    "",
    "dwadzieścia",
    "trzydzieści",
    "czterdzieści",
    "pięćdziesiąt",
    "sześćdziesiąt",
    "siedemdziesiąt",
    "osiemdziesiąt",
    "dziewięćdziesiąt",
];
const HUNDREDS: [&str; 10] =
    ["", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset"];
/// From thousands up: one, two to four, five and more. Enough for every 64-bit number of grosze.
const SCALES: [[&str; 3]; 5] = [
    ["tysiąc", "tysiące", "tysięcy"],
    ["milion", "miliony", "milionów"],
    ["miliard", "miliardy", "miliardów"],
    ["bilion", "biliony", "bilionów"],
    ["biliard", "biliardy", "biliardów"],
];

/// `85050` → `osiemdziesiąt pięć tysięcy pięćdziesiąt`.
pub(super) fn number(n: u64) -> String {
    if n == 0 {
        return "zero".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut left = n / 1000;
    for [one, few, many] in SCALES {
        let group = left % 1000;
        left /= 1000;
        if group > 0 {
            let name = plural(signed(group), one, few, many);
            parts.push(format!("{} {name}", below_thousand(group)));
        }
    }
    parts.reverse();
    let rest = n % 1000;
    if rest > 0 {
        parts.push(below_thousand(rest));
    }
    parts.join(" ")
}

/// `złoty`, `złote` or `złotych` for this many.
pub(super) fn zloty_unit(n: u64) -> &'static str {
    plural(signed(n), "złoty", "złote", "złotych")
}

fn below_thousand(n: u64) -> String {
    let (tens, units) = match n % 100 {
        teens @ 0..20 => (0, teens),
        more => (more / 10, more % 10),
    };
    let words = [word(&HUNDREDS, n / 100), word(&TENS, tens), word(&UNITS, units)];
    let said: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
    said.join(" ")
}

fn word(table: &[&'static str], at: u64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| table.get(at).copied()).unwrap_or_default()
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
