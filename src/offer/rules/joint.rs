//! What a joint offer must meet: everyone confirmed, everyone's part said, the costs divided
//! (R-JOINT-01, R-JOINT-02, R-OFF-08, R-ORG-01).

use super::complete::organisation;
use super::standing;
use crate::account::Organisation;
use crate::call::CallContent;
use crate::law::{Finding, Money, show_instant};
use crate::offer::calculation::cost_rows;
use crate::offer::model::{Joint, Offer, OfferContent, Party, Share, Word};

/// The place of what is said about partners.
pub const PARTNERS: &str = "partnerzy";
const V_C: &str = "V.C";
const FORM: &str = "oferta, część V.C (Dz.U. 2018 poz. 2057)";

/// Everything about the partners of a joint offer; nothing for an offer of one organisation. `digest` is
/// that of the content as it would be frozen.
/// Basis: UDPP art. 14 ust. 2 and 3; annex 1, part V.C. Date: the submission.
#[must_use]
pub fn joint(offer: &Offer, parties: &[Party], call: &CallContent, digest: &str) -> Vec<Finding> {
    let content = offer.working();
    let Some(joint) = &content.joint else { return Vec::new() };
    let listed: Vec<&Party> = parties.iter().filter(|p| p.is_listed()).collect();
    let mut out = Vec::new();
    if listed.is_empty() {
        out.push(alone());
    }
    out.extend(listed.iter().filter_map(|p| unconfirmed(p, digest)));
    out.extend(division(content, joint));
    out.extend(split(content));
    for org in listed.iter().filter(|p| p.takes_part()).filter_map(|p| p.org.as_ref()) {
        out.extend(offeror(org, call));
    }
    out
}

/// What one partner's own data lack (R-ORG-01, R-OFF-14): every offeror performs a part of the task, so each
/// must be one of those the rule set lets in.
/// Basis: that of [`standing`]; UDPP art. 14 ust. 2. Date: the submission.
#[must_use]
pub fn offeror(org: &Organisation, call: &CallContent) -> Vec<Finding> {
    let own = standing(org, call).into_iter().chain(organisation(org));
    own.map(|f| f.at(format!("II.1, {}", org.name))).collect()
}

fn alone() -> Finding {
    Finding::block("R-JOINT-01")
        .at(PARTNERS)
        .found("Oferta jest wspólna, a nie ma w niej partnera.")
        .limit("Ofertę wspólną składają co najmniej dwie organizacje.")
        .basis("art. 14 ust. 2 UDPP")
        .hint("Zaproś partnera albo zmień ofertę na ofertę jednej organizacji.")
}

/// Every partner has said yes to exactly this content (R-JOINT-01).
fn unconfirmed(party: &Party, digest: &str) -> Option<Finding> {
    let name = party.name();
    let given = party.partner.confirmation.as_ref().map(|c| show_instant(c.at)).unwrap_or_default();
    let (found, hint) = match party.word(digest) {
        Word::Given | Word::Removed => return None,
        Word::Nobody => (
            format!("Na zaproszenie wysłane na adres {name} nie odpowiedziała jeszcze żadna organizacja."),
            "Poczekaj na odpowiedź albo usuń zaproszenie.",
        ),
        Word::Open => (format!("{name} nie potwierdza jeszcze oferty."), "Poproś partnera o potwierdzenie."),
        Word::Stale => (
            format!("Potwierdzenie partnera {name} z {given} dotyczy innej treści – potrzebne nowe."),
            "Poproś partnera, żeby przeczytał ofertę i potwierdził ją jeszcze raz.",
        ),
        Word::Declined => (
            format!("{name} odmawia udziału. Powód: {}", party.partner.reason),
            "Usuń tego partnera i podziel jego część.",
        ),
    };
    Some(
        Finding::block("R-JOINT-01")
            .at(PARTNERS)
            .found(found)
            .limit("Każdy oferent potwierdza dokładnie tę treść, która jest składana.")
            .basis("art. 14 ust. 2 UDPP")
            .hint(hint),
    )
}

/// The offer says which activities each offeror performs (R-JOINT-02).
fn division(content: &OfferContent, joint: &Joint) -> Vec<Finding> {
    let finding = |found: String| {
        Finding::block("R-JOINT-02")
            .at(PARTNERS)
            .found(found)
            .limit("Oferta wspólna wskazuje, jakie działania wykonuje każdy oferent.")
            .basis("art. 14 ust. 3 pkt 1 UDPP")
            .hint("Otwórz część tego oferenta i zaznacz jego działania.")
    };
    let idle = joint.shares.iter().filter(|share| share.activities.is_empty());
    let mut out: Vec<Finding> =
        idle.map(|share| finding(format!("{} nie ma przypisanego żadnego działania.", share.name))).collect();
    for (n, activity) in (1..).zip(&content.activities) {
        if joint.performers(n).is_empty() {
            let text = format!("Nie wiadomo, kto wykona działanie {n} „{}”.", activity.name);
            out.push(finding(text).hint("Zaznacz je w części jednego z oferentów."));
        }
    }
    out
}

/// V.C adds up to V.A, in total and in every year (R-OFF-08).
/// Basis: annex 1, part V.C. Date: the years that III.2 touches.
#[must_use]
pub fn split(content: &OfferContent) -> Vec<Finding> {
    let Some(joint) = &content.joint else { return Vec::new() };
    let Some(whole) = cost_rows(content).pop() else { return Vec::new() };
    let years = content.years();
    let finding = |place: String, found: String, limit: String| {
        Finding::block("R-OFF-08").at(place).found(found).limit(limit).basis(FORM).hint("Popraw podział kosztów.")
    };
    let mut out = Vec::new();
    let borne = joint.shares.iter().try_fold(Money::ZERO, |sum, share| sum.checked_add(share.total()?));
    if borne != whole.total {
        let said = |m: Option<Money>| m.map_or_else(|| "poza zakresem kwot".to_owned(), |m| m.to_string());
        out.push(finding(
            V_C.to_owned(),
            format!("Oferenci dzielą między siebie {}.", said(borne)),
            format!("Suma wszystkich kosztów zadania (V.A): {}.", said(whole.total)),
        ));
    }
    if years.len() < 2 {
        return out;
    }
    for (at, year) in years.iter().enumerate() {
        let of = |share: &Share| share.years.get(at).copied().unwrap_or_default();
        let sum = Money::sum(joint.shares.iter().map(of)).unwrap_or_default();
        let wanted = whole.years.get(at).copied().unwrap_or_default();
        if sum != wanted {
            let place = format!("{V_C}, rok {year}");
            let limit = format!("Koszty zadania w roku {year} (V.A): {wanted}.");
            out.push(finding(place, format!("Oferenci dzielą między siebie {sum}."), limit));
        }
    }
    out
}
