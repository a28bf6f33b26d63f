//! The electronic signatures of a confirmation against the offer (R-SIG-01 to R-SIG-03). Nothing here stops the
//! confirmation: it is kept, and the office decides.

use super::signature::{each_once, same_person, signature};
use crate::document::{ContentCheck, KeyCheck, PdfSignature, SignatureKind, Signatures};
use crate::law::{Finding, Instant, plural, show_date, show_instant, warsaw_date};
use crate::offer::confirmation::Carried;
use crate::offer::model::FrozenOffer;
use crate::offer::submit::Receipt;

/// The people whose electronic signatures stand, each once.
#[must_use]
pub fn named(seen: &Signatures) -> Vec<String> {
    let standing = seen.found.iter().filter(|s| by_person(s) && s.holds() && !s.signer.is_empty());
    each_once(standing.map(|s| s.signer.as_str())).into_iter().map(str::to_owned).collect()
}

/// Who signed by the certificates, what the signatures cover, and when the certificates were good.
/// Basis: the way of representation in the register; product rule: the office decides. Date: the time in the
/// signature, else the arrival of the file.
#[must_use]
pub fn electronic(seen: &Signatures, said: &[String], frozen: &FrozenOffer, arrived: Instant) -> Vec<Finding> {
    let read = named(seen);
    let unclear = seen.unreadable > 0 || seen.found.iter().any(|s| by_person(s) && s.signer.is_empty());
    let certain = !read.is_empty() && !unclear;
    let mut out = signature(if certain { &read } else { said }, frozen);
    if certain {
        let unsigned = said.iter().filter(|name| !read.iter().any(|signer| same_person(signer, name)));
        out.extend(unsigned.map(|name| only_said(name)));
    }
    out.extend(seen.found.iter().flat_map(|s| faults(s, arrived)));
    out.extend(of_file(seen));
    out
}

/// The receipt inside the file against the one in force.
/// Basis: the announcement, which asks for the confirmation of the offer. Date: the arrival of the file.
#[must_use]
pub fn carried(carried: &Carried, in_force: &Receipt) -> Option<Finding> {
    let Carried::Receipt { number, version, sha256, sound } = carried else {
        let found = "W pliku nie ma danych potwierdzenia, które zapisujemy w PDF-ie, więc nie sprawdziliśmy, czy podpisano potwierdzenie tej oferty.";
        let hint = "Tak bywa, gdy program zapisał plik od nowa albo podpisano skan. Urząd porówna treść sam.";
        return Some(Finding::info("R-SIG-03").at("treść pliku").found(found).hint(hint));
    };
    let found = if *number != in_force.number {
        format!("Podpisano potwierdzenie oferty {number}, a to jest oferta {}.", in_force.number)
    } else if *version != in_force.no {
        format!("Podpisano potwierdzenie wersji {version}, a w mocy jest wersja {}.", in_force.no)
    } else if !sound || *sha256 != in_force.sha256 {
        "Dane potwierdzenia w podpisanym pliku nie zgadzają się z tym, co zapisano przy złożeniu oferty.".to_owned()
    } else {
        return None;
    };
    let hint = "Pobierz potwierdzenie z tej strony, podpisz je i dołącz. Urząd zobaczy tę uwagę.";
    Some(Finding::warn("R-SIG-03").at("treść pliku").found(found).hint(hint))
}

fn by_person(signature: &PdfSignature) -> bool {
    match signature.kind {
        SignatureKind::Person | SignatureKind::Trusted => true,
        SignatureKind::Seal | SignatureKind::Timestamp => false,
    }
}

fn finding(found: String) -> Finding {
    Finding::warn("R-SIG-02").at("podpis elektroniczny").found(found)
}

fn only_said(name: &str) -> Finding {
    finding(format!("{name}: osoba podana jako podpisująca, ale w pliku nie ma jej podpisu elektronicznego."))
        .hint("Jeśli miała podpisać, podpisuje ten sam plik, a potem dołącz go jeszcze raz. Urząd zobaczy tę uwagę.")
}

/// `Podpis „Anna Prezes”`.
fn label(signature: &PdfSignature) -> String {
    match (signature.kind, signature.signer.as_str()) {
        (SignatureKind::Timestamp, _) => "Znacznik czasu".into(),
        (SignatureKind::Seal, name) => format!("Pieczęć „{name}”"),
        (SignatureKind::Trusted, "") => "Podpis zaufany".into(),
        (SignatureKind::Person, "") => "Podpis bez nazwiska".into(),
        (SignatureKind::Trusted | SignatureKind::Person, name) => format!("Podpis „{name}”"),
    }
}

fn faults(signature: &PdfSignature, arrived: Instant) -> Vec<Finding> {
    let (mut out, who) = (Vec::new(), label(signature));
    if by_person(signature) && signature.signer.is_empty() {
        out.push(finding(format!("{who}: z pliku nie da się odczytać, kto podpisał. Urząd sprawdzi to sam.")));
    }
    if signature.content == ContentCheck::Changed {
        out.push(
            finding(format!("{who}: plik zmieniono po podpisaniu."))
                .limit("Podpis dotyczy pliku dokładnie w tej treści, w której go podpisano.")
                .hint("Dołącz plik prosto z programu do podpisu, niezapisany od nowa. Urząd zobaczy tę uwagę."),
        );
    }
    if signature.key == KeyCheck::DoesNotFit {
        out.push(
            finding(format!("{who}: podpis nie pasuje do klucza z certyfikatu."))
                .hint("Podpisz potwierdzenie jeszcze raz. Urząd zobaczy tę uwagę."),
        );
    }
    out.extend(expired(signature, &who, arrived));
    out
}

fn expired(signature: &PdfSignature, who: &str, arrived: Instant) -> Option<Finding> {
    let at = signature.claimed_at.unwrap_or(arrived);
    let date = |limit: Instant| show_date(warsaw_date(limit));
    let limit = match (signature.valid_from, signature.valid_to) {
        (Some(from), _) if at < from => format!("dopiero od {}", date(from)),
        (_, Some(to)) if at > to => format!("do {}", date(to)),
        _ => return None,
    };
    let when = match signature.claimed_at {
        Some(at) => format!("podpis ma czas {}", show_instant(at)),
        None => format!("podpis nie ma czasu, a plik dołączono {}", show_instant(arrived)),
    };
    let found = format!("{who}: certyfikat jest ważny {limit}, {when}.");
    Some(finding(found).hint("Podpisz potwierdzenie ważnym certyfikatem. Urząd zobaczy tę uwagę."))
}

/// What concerns the file and not one signature.
fn of_file(seen: &Signatures) -> Vec<Finding> {
    let mut out = Vec::new();
    if seen.unreadable > 0 {
        let n = i64::try_from(seen.unreadable).unwrap_or(i64::MAX);
        let what = plural(
            n,
            "podpis elektroniczny, którego nie umiemy odczytać",
            "podpisy elektroniczne, których nie umiemy odczytać",
            "podpisów elektronicznych, których nie umiemy odczytać",
        );
        let hint = "Otwórz plik w programie, którym go podpisano, i sprawdź, czy podpis tam widać. Urząd ma ten plik.";
        // That this program cannot read it says nothing of the signature.
        let found = format!("W pliku {} {n} {what}.", plural(n, "jest", "są", "jest"));
        out.push(Finding::info("R-SIG-02").at("podpis elektroniczny").found(found).hint(hint));
    }
    if !seen.found.is_empty() && seen.unreadable == 0 && !seen.found.iter().any(by_person) {
        out.push(
            finding("W pliku jest pieczęć albo znacznik czasu, ale nie ma podpisu żadnej osoby.".into())
                .hint("Potwierdzenie podpisują osoby, które reprezentują organizację. Urząd zobaczy tę uwagę."),
        );
    }
    if seen.uncovered > 0 {
        let n = i64::try_from(seen.uncovered).unwrap_or(i64::MAX);
        let bytes = plural(n, "bajt, którego", "bajty, których", "bajtów, których");
        let found = format!("Za ostatnim podpisem dopisano do pliku {n} {bytes} nie obejmuje żaden podpis.");
        let hint = "Tak program dopisuje dowody ważności podpisu, ale też zmiany treści. Urząd porówna plik sam.";
        out.push(Finding::info("R-SIG-02").at("podpis elektroniczny").found(found).hint(hint));
    }
    out
}
