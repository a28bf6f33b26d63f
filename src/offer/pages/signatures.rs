//! What was read from the electronic signatures of a confirmation, in words.

use serde::Serialize;

use crate::document::{ContentCheck, KeyCheck, PdfSignature, SignatureKind, Signatures};
use crate::law::{Instant, plural, show_date, show_instant_seconds, warsaw_date};
use crate::offer::Carried;

/// One signature.
#[derive(Serialize)]
pub struct SignatureRow {
    who: String,
    kind: &'static str,
    /// The masked number of the person; empty when there is none.
    number: String,
    issuer: String,
    valid: String,
    at: String,
    checks: Vec<String>,
}

/// A row for each signature that could be read, in the order of the file.
pub fn signature_rows(seen: &Signatures) -> Vec<SignatureRow> {
    seen.found.iter().map(|signature| row(signature, seen.uncovered)).collect()
}

fn row(it: &PdfSignature, uncovered: usize) -> SignatureRow {
    let date = |at: Option<Instant>| at.map_or_else(|| "?".to_owned(), |at| show_date(warsaw_date(at)));
    SignatureRow {
        who: if it.signer.is_empty() { "nie wiadomo kto".into() } else { it.signer.clone() },
        kind: match it.kind {
            SignatureKind::Person => "podpis z certyfikatem osoby",
            SignatureKind::Seal => "pieczęć elektroniczna",
            SignatureKind::Trusted => "podpis zaufany: pieczęć ministra, nazwisko z opisu podpisu",
            SignatureKind::Timestamp => "znacznik czasu",
        },
        number: it.identifier.clone(),
        issuer: if it.issuer.is_empty() { "nie podano wystawcy".into() } else { it.issuer.clone() },
        valid: format!("ważny od {} do {}", date(it.valid_from), date(it.valid_to)),
        at: it.claimed_at.map_or_else(|| "nie podano".into(), |at| said_at(it.kind, at)),
        checks: checks(it, uncovered),
    }
}

/// A timestamp is the word of who issued it; any other time is that of the signer's own computer.
fn said_at(kind: SignatureKind, at: Instant) -> String {
    let whose = match kind {
        SignatureKind::Timestamp => "z zegara wystawcy znacznika",
        SignatureKind::Seal => "z zegara systemu, który opieczętował plik",
        SignatureKind::Person | SignatureKind::Trusted => "z zegara osoby, która podpisała",
    };
    format!("{} ({whose})", show_instant_seconds(at))
}

fn checks(it: &PdfSignature, uncovered: usize) -> Vec<String> {
    let content = match it.content {
        ContentCheck::Unchanged => "treść bez zmian od podpisania",
        ContentCheck::Changed => "TREŚĆ ZMIENIONA po podpisaniu",
        ContentCheck::NotChecked => "treści nie sprawdzono: tego rodzaju podpisu nie badamy",
    };
    let key = match it.key {
        KeyCheck::Fits => "podpis pasuje do klucza z certyfikatu",
        KeyCheck::DoesNotFit => "podpis NIE PASUJE do klucza z certyfikatu",
        KeyCheck::NotChecked => "klucza nie sprawdzono: tego rodzaju klucza nie badamy",
    };
    vec![content.into(), key.into(), reach(it.appended, uncovered)]
}

fn reach(appended: usize, uncovered: usize) -> String {
    if appended == 0 {
        return "podpis obejmuje cały plik".into();
    }
    let n = i64::try_from(appended).unwrap_or(i64::MAX);
    let bytes = plural(n, "bajt", "bajty", "bajtów");
    let later = if appended > uncovered { "; obejmuje to kolejny podpis" } else { "" };
    format!("podpis obejmuje plik do chwili podpisania, potem dopisano {n} {bytes}{later}")
}

/// Which receipt the signed file carries.
pub fn carried_said(carried: &Carried) -> String {
    match carried {
        Carried::Receipt { number, version, sha256, .. } => {
            format!("W podpisanym pliku jest potwierdzenie oferty {number}, wersja {version}, suma kontrolna {sha256}.")
        }
        Carried::Nothing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_not_the_word_of_who_signed() {
        let at = "2026-11-23T10:30:00Z".parse().unwrap();
        let said = |kind| said_at(kind, at);
        assert_eq!(said(SignatureKind::Timestamp), "23.11.2026, 11:30:00 (z zegara wystawcy znacznika)");
        assert_eq!(said(SignatureKind::Trusted), "23.11.2026, 11:30:00 (z zegara osoby, która podpisała)");
        assert_eq!(said(SignatureKind::Seal), "23.11.2026, 11:30:00 (z zegara systemu, który opieczętował plik)");
    }
}
