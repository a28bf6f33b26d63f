//! The receipt as a file that proves itself: it carries the text whose hash it states, so that anybody can
//! recompute it without this system.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::submit::Receipt;
use crate::document::texts_inside;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{digest, to_json};

/// Names the shape of the file; a change of the shape gets another name.
const FORMAT: &str = "konkurs-potwierdzenie-1";
/// Longest receipt that is taken out of a PDF, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct File {
    format: String,
    number: String,
    version: i64,
    /// UTC, to the microsecond.
    arrived: Instant,
    sha256: String,
    /// The frozen offer; SHA-256 of its canonical JSON (RFC 8785) is `sha256`.
    offer: Value,
}

/// The receipt with the frozen text, as canonical JSON.
///
/// # Errors
/// `Internal` when the stored text is no JSON.
pub fn receipt_file(receipt: &Receipt, frozen: &str) -> Result<String, AppError> {
    to_json(&File {
        format: FORMAT.into(),
        number: receipt.number.clone(),
        version: receipt.no,
        arrived: receipt.arrived,
        sha256: receipt.sha256.clone(),
        offer: serde_json::from_str(frozen).map_err(|e| AppError::internal(format!("frozen text: {e}")))?,
    })
}

/// What a file says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Checked {
    Receipt {
        number: String,
        version: i64,
        arrived: Instant,
        sha256: String,
        /// What does not fit, in sentences; empty for a sound receipt.
        faults: Vec<String>,
    },
    /// The frozen offer alone: its hash, and the call it names.
    Offer { call_number: String, sha256: String },
}

/// Reads a receipt or a frozen offer and recomputes its hash. Needs nothing but the file: number and time
/// are compared with the register only by who has the register.
///
/// # Errors
/// A sentence for a file that is neither.
pub fn check_file(bytes: &[u8]) -> Result<Checked, String> {
    if bytes.starts_with(b"%PDF-") {
        return check_pdf(bytes);
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|e| format!("Plik nie jest potwierdzeniem: {e}."))?;
    if value.get("format").and_then(Value::as_str) == Some(FORMAT) {
        let file: File = serde_json::from_value(value).map_err(|e| format!("Potwierdzenie jest niepełne: {e}."))?;
        return check_receipt(file);
    }
    let call = value.get("call_number").and_then(Value::as_str);
    let Some(call_number) = call.filter(|_| value.get("offer").is_some()).map(str::to_owned) else {
        return Err("Plik nie jest ani potwierdzeniem, ani zamrożoną ofertą z tego systemu.".into());
    };
    Ok(Checked::Offer { call_number, sha256: hash(&value)? })
}

/// The receipt that a PDF of ours carries as an attached file.
fn check_pdf(bytes: &[u8]) -> Result<Checked, String> {
    let is_ours = |text: &String| text.len() <= LONGEST && text.starts_with('{') && text.contains(FORMAT);
    let inside = texts_inside(bytes).into_iter().find(is_ours);
    let text = inside.ok_or(
        "Ten plik PDF nie zawiera potwierdzenia z treścią oferty: może to być sama oferta, skan albo plik zapisany od \
         nowa innym programem. Pobierz potwierdzenie jeszcze raz albo sprawdź numer i sumę kontrolną na stronie /sprawdz.",
    )?;
    check_file(text.as_bytes())
}

fn hash(value: &Value) -> Result<String, String> {
    Ok(digest(&to_json(value).map_err(|e| e.to_string())?))
}

fn check_receipt(file: File) -> Result<Checked, String> {
    let own = hash(&file.offer)?;
    let mut faults = Vec::new();
    if own != file.sha256 {
        faults.push(format!("Suma kontrolna treści oferty to {own}, a potwierdzenie podaje {}.", file.sha256));
    }
    let call = file.offer.get("call_number").and_then(Value::as_str).unwrap_or_default();
    if !file.number.starts_with(&format!("{call}/O-")) {
        faults.push(format!("Numer {} nie należy do konkursu {call}, którego dotyczy treść.", file.number));
    }
    let File { number, version, arrived, sha256, .. } = file;
    Ok(Checked::Receipt { number, version, arrived, sha256, faults })
}

/// `{base}/sprawdz?nr=…&suma=…`: where anyone checks a receipt.
#[must_use]
pub fn check_url(base: &str, number: &str, sha256: &str) -> String {
    let query = serde_urlencoded::to_string([("nr", number), ("suma", sha256)]).unwrap_or_default();
    format!("{}/sprawdz?{query}", base.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::OfferId;

    fn sound() -> (Receipt, String) {
        let text = r#"{"call_number":"PAI/2/2026","offer":{"title":"Razem łatwiej"}}"#.to_owned();
        let receipt = Receipt {
            offer: OfferId::new(),
            number: "PAI/2/2026/O-7".into(),
            no: 2,
            arrived: "2026-12-14T22:59:59.999999Z".parse().unwrap(),
            sha256: digest(&text),
        };
        (receipt, text)
    }

    fn faults(file: &str) -> Vec<String> {
        match check_file(file.as_bytes()).unwrap() {
            Checked::Receipt { faults, .. } => faults,
            Checked::Offer { .. } => panic!("not a receipt"),
        }
    }

    #[test]
    fn a_receipt_proves_itself_and_a_changed_one_does_not() {
        let (receipt, text) = sound();
        let file = receipt_file(&receipt, &text).unwrap();
        let expected = Checked::Receipt {
            number: receipt.number.clone(),
            version: 2,
            arrived: receipt.arrived,
            sha256: receipt.sha256.clone(),
            faults: vec![],
        };
        assert_eq!(check_file(file.as_bytes()), Ok(expected));
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&file).unwrap()).unwrap();
        assert_eq!(faults(&pretty), Vec::<String>::new(), "spaces between do not matter");
        let said = faults(&file.replace("łatwiej", "trudniej"));
        assert!(said[0].ends_with(&format!("a potwierdzenie podaje {}.", receipt.sha256)), "{said:?}");
        assert_eq!(
            faults(&file.replace("\"number\":\"PAI/2", "\"number\":\"PAI/3")),
            ["Numer PAI/3/2026/O-7 nie należy do konkursu PAI/2/2026, którego dotyczy treść."]
        );
    }

    #[test]
    fn the_offer_alone_gives_its_hash_and_other_files_a_sentence() {
        let (receipt, text) = sound();
        let alone = Checked::Offer { call_number: "PAI/2/2026".into(), sha256: receipt.sha256 };
        assert_eq!(check_file(text.as_bytes()), Ok(alone));
        for (bytes, said) in [
            (b"%PDF-1.7".as_slice(), "Ten plik PDF nie zawiera potwierdzenia"),
            (b"{}", "Plik nie jest ani potwierdzeniem"),
            (b"ala", "Plik nie jest potwierdzeniem"),
            (br#"{"format":"konkurs-potwierdzenie-1"}"#, "Potwierdzenie jest niepełne"),
        ] {
            assert!(check_file(bytes).unwrap_err().starts_with(said));
        }
    }

    #[test]
    fn the_address_of_the_check_is_coded() {
        assert_eq!(
            check_url("https://k.pl/", "PAI/2/2026/O-7", "ab"),
            "https://k.pl/sprawdz?nr=PAI%2F2%2F2026%2FO-7&suma=ab"
        );
    }
}
