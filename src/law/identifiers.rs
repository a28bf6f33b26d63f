//! NIP, REGON, KRS, NRB, postal code, e-mail: the form is checked, never the existence of the entity.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{all_digits, quote};
use super::time::plural;

mod checksum;

/// A typed identifier that cannot be right. Its text goes straight to the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadIdentifier(String);

/// Writes the shared shell of an identifier; each type then says its own rule in `parse`.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Digits only, as stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadIdentifier;
            fn try_from(typed: String) -> Result<Self, BadIdentifier> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

identifier!(
    /// Tax number: ten digits, the last one a check digit.
    Nip
);
identifier!(
    /// Statistical number: nine digits, or fourteen for a local unit.
    Regon
);
identifier!(
    /// National court register number: ten digits, no check digit.
    Krs
);
identifier!(
    /// Polish bank account: 26 digits.
    Nrb
);

impl Nip {
    pub fn parse(typed: &str) -> Result<Self, BadIdentifier> {
        let digits = digits_of("Numer NIP", typed, "1234563218", &[10])?;
        if checksum::nip(&digits) {
            return Ok(Self(digits));
        }
        Err(wrong_check("Numer NIP", typed, "ostatnia cyfra (kontrolna)"))
    }
}

impl Regon {
    pub fn parse(typed: &str) -> Result<Self, BadIdentifier> {
        let digits = digits_of("Numer REGON", typed, "123456785", &[9, 14])?;
        if checksum::regon(&digits) {
            return Ok(Self(digits));
        }
        Err(wrong_check("Numer REGON", typed, "cyfra kontrolna"))
    }
}

impl Krs {
    pub fn parse(typed: &str) -> Result<Self, BadIdentifier> {
        let digits = digits_of("Numer KRS", typed, "0000249506", &[10]).map_err(|bad| pad_hint(typed, bad))?;
        if digits.bytes().any(|b| b != b'0') {
            return Ok(Self(digits));
        }
        Err(BadIdentifier(format!(
            "Wpisano {}. Numer KRS nie może składać się z samych zer. Przepisz go z odpisu z rejestru.",
            quote(typed)
        )))
    }
}

impl Nrb {
    /// Accepts the number with or without `PL` in front.
    pub fn parse(typed: &str) -> Result<Self, BadIdentifier> {
        let example = "61 1090 1014 0000 0712 1981 2874";
        let digits = digits_of("Numer rachunku", typed, example, &[26])?;
        if !checksum::mod97(&digits) {
            return Err(wrong_check("Numer rachunku", typed, "suma kontrolna (dwie pierwsze cyfry)"));
        }
        if !checksum::bank(&digits) {
            return Err(wrong_check("Numer rachunku", typed, "numer banku (cyfry od 3 do 10)"));
        }
        Ok(Self(digits))
    }
}

/// `123-456-32-18`.
impl fmt::Display for Nip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0, &[3, 3, 2, 2], "-"))
    }
}

impl fmt::Display for Regon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Krs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `61 1090 1014 0000 0712 1981 2874`.
impl fmt::Display for Nrb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0, &[2, 4, 4, 4, 4, 4, 4], " "))
    }
}

/// Reads `87-800` and `87800`.
pub fn postal_code(typed: &str) -> Result<String, BadIdentifier> {
    let digits: String = typed.chars().filter(|c| c.is_ascii_digit()).collect();
    let bare = typed.trim();
    if digits.len() == 5 && (bare == digits || bare == grouped(&digits, &[2, 3], "-")) {
        return Ok(grouped(&digits, &[2, 3], "-"));
    }
    Err(BadIdentifier(format!("Wpisano {}. Kod pocztowy ma pięć cyfr. Wpisz go np. tak: 87-800.", quote(typed))))
}

/// A light check that catches slips; only a delivered message proves an address.
pub fn email(typed: &str) -> Result<String, BadIdentifier> {
    let bare = typed.trim();
    let plain = bare.len() <= 254 && !bare.chars().any(|c| c.is_whitespace() || c.is_control());
    let shaped = match bare.split_once('@') {
        Some((name, host)) => {
            let labels: Vec<&str> = host.split('.').collect();
            !name.is_empty()
                && labels.len() >= 2
                && labels.iter().all(|l| !l.is_empty())
                && !host.contains(['@', ',', ';', '<', '>'])
                && !name.contains([',', ';', '<', '>'])
        }
        None => false,
    };
    if plain && shaped {
        return Ok(bare.to_owned());
    }
    Err(BadIdentifier(format!(
        "Wpisano {}. To nie jest adres e-mail. Wpisz jeden adres, np. biuro@fundacja.pl.",
        quote(typed)
    )))
}

fn digits_of(what: &str, typed: &str, example: &str, lengths: &[usize]) -> Result<String, BadIdentifier> {
    let upper = typed.trim().to_uppercase();
    let bare: String =
        upper.strip_prefix("PL").unwrap_or(&upper).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if bare.is_empty() {
        return Err(BadIdentifier(format!("Nie podano danych: {what}. Wpisz np. {example}.")));
    }
    if !all_digits(&bare) {
        return Err(BadIdentifier(format!(
            "Wpisano {}. {what} składa się z samych cyfr. Wpisz np. {example}.",
            quote(typed)
        )));
    }
    if lengths.contains(&bare.len()) {
        return Ok(bare);
    }
    let allowed: Vec<String> = lengths.iter().map(usize::to_string).collect();
    let count = i64::try_from(bare.len()).unwrap_or(i64::MAX);
    Err(BadIdentifier(format!(
        "Wpisano {} ({count} {}). {what} ma {} cyfr. Wpisz np. {example}.",
        quote(typed),
        plural(count, "cyfra", "cyfry", "cyfr"),
        allowed.join(" albo ")
    )))
}

fn wrong_check(what: &str, typed: &str, which: &str) -> BadIdentifier {
    BadIdentifier(format!(
        "Wpisano {}. {what} zawiera pomyłkę: nie zgadza się {which}. Porównaj cyfry z dokumentem.",
        quote(typed)
    ))
}

/// A short register number is usually one that lost its zeros in a spreadsheet.
fn pad_hint(typed: &str, bad: BadIdentifier) -> BadIdentifier {
    let bare = typed.trim();
    if !all_digits(bare) || bare.len() >= 10 {
        return bad;
    }
    BadIdentifier(format!("{bad} Jeśli zginęły zera z przodu, wpisz {bare:0>10}."))
}

fn grouped(digits: &str, sizes: &[usize], between: &str) -> String {
    let mut rest = digits.chars();
    let groups: Vec<String> = sizes.iter().map(|size| rest.by_ref().take(*size).collect()).collect();
    groups.join(between)
}

#[cfg(test)]
#[path = "identifiers_test.rs"]
mod tests;
