//! What an organisation answers to the call to supplement its offer: in time, what was asked, all of it, and nothing else.

use super::summons::{BASIS, NEVER};
use crate::error::FieldErrors;
use crate::law::{Finding, Instant, show_instant_seconds, show_until};
use crate::offer::{Attachment, AttachmentState};
use crate::review::model::{ACTIVITY, DECLARATIONS, Defect, Reply, Summons};
use crate::store::digest;

const PARTNERS: &str = "dołącz oświadczenia partnerów (część VII) podpisane przez osoby, które ich reprezentują, albo napisz, dlaczego \
                        ich nie trzeba; tutaj odpowiada tylko organizacja, która prowadzi ofertę.";

/// A supplement arrives before the end of the time that the call to supplement gave (R-COR-03).
/// Basis: the announcement. Date: the arrival of the request.
///
/// # Errors
/// The finding that says how late it is.
pub fn in_time(due: Instant, arrived: Instant) -> Result<(), Finding> {
    if arrived < due {
        return Ok(());
    }
    Err(Finding::block("R-COR-03")
        .at("termin uzupełnienia")
        .found(format!("Żądanie dotarło {}.", show_instant_seconds(arrived)))
        .limit(format!("Uzupełnienie można było złożyć do {}.", show_until(due)))
        .basis(BASIS)
        .hint("Urząd oceni ofertę taką, jaka jest. W razie wątpliwości napisz do urzędu."))
}

/// An answer touches what was asked and nothing else: neither scope, price nor persons (R-COR-01).
/// Basis: the announcement. Date: the arrival of the request.
#[must_use]
pub fn check_reply<'a>(
    defects: &[Defect],
    reply: &Reply,
    places: impl IntoIterator<Item = &'a str>,
) -> Option<Finding> {
    let asked = |key: &str| defects.iter().any(|d| d.key == key);
    let known: Vec<String> = defects.iter().flat_map(Defect::places).map(|(key, _)| key).collect();
    let words = reply.words.keys().find(|key| !asked(key)).cloned();
    let paid = reply.paid.filter(|_| !asked(ACTIVITY)).map(|_| "VI.1".to_owned());
    let declared = reply.declarations.as_ref().filter(|_| !asked(DECLARATIONS)).map(|_| "VII".to_owned());
    let place = places.into_iter().find(|place| !known.iter().any(|k| k == place)).map(str::to_owned);
    let other = words.or(paid).or(declared).or(place)?;
    Some(
        Finding::block("R-COR-01")
            .at("uzupełnienie")
            .found(format!("Odpowiedź na coś, o co urząd nie pytał: {other}."))
            .limit(NEVER)
            .basis(BASIS)
            .hint("Odpowiedz tylko na punkty wezwania."),
    )
}

/// Every point of the call has an answer: a file, words, or what its form asks. `declared` has what is wrong in part VII
/// of the organisation that answers; in a `joint` offer the partners' own part VII comes as a file or is explained.
#[must_use]
pub fn unanswered(
    defects: &[Defect],
    reply: &Reply,
    files: &[Attachment],
    declared: FieldErrors,
    joint: bool,
) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for d in defects {
        let words = reply.words.get(&d.key).is_some_and(|text| !text.trim().is_empty());
        let there = |place: &String| files.iter().any(|a| &a.key == place && counts(a));
        let lacking: Vec<String> =
            d.places().into_iter().filter(|(place, _)| !there(place)).map(|(_, name)| name).collect();
        let field = format!("words.{}", d.key);
        match d.key.as_str() {
            ACTIVITY if reply.paid.is_none() => {
                errors.add("paid", format!("Punkt {}: wybierz jedną z odpowiedzi.", d.no))
            }
            DECLARATIONS if joint && !words && !lacking.is_empty() => {
                errors.add(field, format!("Punkt {}: {PARTNERS}", d.no))
            }
            ACTIVITY | DECLARATIONS => {}
            _ if words || lacking.is_empty() => {}
            _ if !d.files.is_empty() => errors.add(
                field,
                format!(
                    "Punkt {}: dołącz to, czego jeszcze brakuje ({}), albo odpowiedz słowami.",
                    d.no,
                    lacking.join(", ")
                ),
            ),
            _ => errors.add(
                field,
                format!("Punkt {}: dołącz plik albo odpowiedz słowami, także gdy braku nie da się uzupełnić.", d.no),
            ),
        }
    }
    for error in declared.list() {
        errors.add(error.field.clone(), error.message.clone());
    }
    errors
}

/// A refused file is no file.
fn counts(a: &Attachment) -> bool {
    matches!(a.state, AttachmentState::Accepted | AttachmentState::Quarantined)
}

/// No file waits for the scan, and none was found to carry malware (R-OFF-20). Basis: the program's own. Date: the
/// arrival of the supplement.
#[must_use]
pub fn unscanned(files: &[Attachment]) -> Vec<Finding> {
    let finding = |found: String, hint: &str| {
        Finding::block("R-OFF-20")
            .at("pliki uzupełnienia")
            .found(found)
            .limit("Uzupełnienie można złożyć, gdy każdy plik jest sprawdzony.")
            .basis("ustalenie przyjęte w programie")
            .hint(hint)
    };
    let one = |a: &Attachment| match a.state {
        AttachmentState::Accepted => None,
        AttachmentState::Quarantined => Some(finding(
            format!("Plik „{}” czeka na sprawdzenie antywirusowe.", a.name),
            "Poczekaj kilka minut i odśwież stronę albo usuń ten plik.",
        )),
        AttachmentState::Refused => Some(finding(
            format!("Plik „{}” ma złośliwe oprogramowanie i nie zostanie złożony.", a.name),
            "Usuń ten plik z uzupełnienia i dołącz czysty.",
        )),
    };
    files.iter().filter_map(one).collect()
}

/// Stands for everything the page of the signatory shows: what is handed in is exactly that.
#[must_use]
pub fn shown(summons: &Summons, files: &[Attachment]) -> String {
    let mut text = format!("{}:{}", summons.offer, summons.version);
    for file in files {
        text.push_str(&format!("\n{}:{}:{}:{}", file.key, file.name, file.sha256, file.state.code()));
    }
    digest(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_touches_only_what_was_asked() {
        let signed = Defect { key: "signed".into(), no: 4, question: "?".into(), missing: "x".into(), files: vec![] };
        let words = |key: &str| Reply { words: [(key.to_owned(), "tak".to_owned())].into(), ..Reply::default() };
        let other = |reply: &Reply, places: &[&str]| {
            check_reply(std::slice::from_ref(&signed), reply, places.iter().copied()).map(|f| f.found)
        };
        assert_eq!(other(&words("signed"), &["uzupelnienie:signed"]), None);
        let said = |what: &str| Some(format!("Odpowiedź na coś, o co urząd nie pytał: {what}."));
        assert_eq!(other(&words("grant"), &[]), said("grant"));
        assert_eq!(other(&Reply { paid: Some(true), ..Reply::default() }, &[]), said("VI.1"));
        assert_eq!(other(&Reply { declarations: Some(Default::default()), ..Reply::default() }, &[]), said("VII"));
        assert_eq!(other(&Reply::default(), &["uzupelnienie:subject"]), said("uzupelnienie:subject"));
    }
}
