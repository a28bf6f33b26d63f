//! Pure checks of the decision and of its publication.

use chrono::NaiveDate;

use super::model::{AwardContent, AwardLine, Outcome};
use crate::call::{Place, Publication};
use crate::law::calendar::{add_days, next_working_day_on_or_after};
use crate::law::{Finding, Money, show_date};
use crate::offer::{Offer, OfferState};
use crate::review::Ranked;

const BASIS: &str = "art. 15 ust. 2g–2i UDPP";

fn fault(rule: &'static str, line: &AwardLine) -> Finding {
    Finding::block(rule).at(format!("{} {}", line.number, line.org_name)).basis(BASIS)
}

/// The lines with what the database knows of their offers: number, name, title,
/// amount asked for, mean and place. Only amount, outcome and reason are the organ's.
#[must_use]
pub fn complete(lines: Vec<AwardLine>, offers: &[Offer], ranked: &[Ranked]) -> Vec<AwardLine> {
    lines
        .into_iter()
        .map(|line| {
            let Some(offer) = offers.iter().find(|o| o.id == line.offer) else { return line };
            let rank = ranked.iter().find(|r| r.offer == line.offer);
            AwardLine {
                number: offer.number.clone().unwrap_or_default(),
                org_name: offer.offeror_names(),
                title: offer.content.title.clone(),
                asked: offer.grant,
                mean_x100: rank.and_then(|r| r.mean_x100),
                place: rank.map(|r| r.place),
                reason: line.reason.trim().to_owned(),
                ..line
            }
        })
        .collect()
}

/// The whole decision: every filed offer once, amounts within what was asked for and
/// within the allocation, reasons where they are due.
/// Basis: UDPP art. 13 ust. 2 pkt 2, art. 15 ust. 2g–2i. Date: the day of the decision.
#[must_use]
pub fn check_decision(content: &AwardContent, offers: &[Offer], ranked: &[Ranked], allocation: Money) -> Vec<Finding> {
    let mut out = every_offer_once(content, offers);
    for line in &content.lines {
        if let Some(offer) = offers.iter().find(|o| o.id == line.offer) {
            out.extend(check_line(line, offer.state));
        }
    }
    out.extend(check_sum(content, allocation));
    if content.differs_because.trim().is_empty() {
        out.extend(differs(content, ranked).into_iter().map(|(line, found)| {
            fault("R-AWD-03", line)
                .found(found)
                .limit("Organ może odstąpić od opinii komisji, gdy zapisze powody.")
                .hint("Wypełnij pole „Dlaczego organ odstępuje od opinii komisji” albo zmień rozstrzygnięcie.")
        }));
    }
    out
}

fn every_offer_once(content: &AwardContent, offers: &[Offer]) -> Vec<Finding> {
    let plain = |number: &str, name: &str, found: &str, limit: &str| {
        Finding::block("R-AWD-04").at(format!("{number} {name}")).found(found).limit(limit).basis(BASIS)
    };
    let mut out = Vec::new();
    for offer in offers {
        let number = offer.number.as_deref().unwrap_or_default();
        match content.lines.iter().filter(|l| l.offer == offer.id).count() {
            1 => {}
            0 => out.push(plain(
                number,
                &offer.offeror_names(),
                "Brak rozstrzygnięcia.",
                "Każda złożona oferta ma rozstrzygnięcie.",
            )),
            _ => out.push(plain(
                number,
                &offer.offeror_names(),
                "Dwa rozstrzygnięcia.",
                "Każda oferta ma jedno rozstrzygnięcie.",
            )),
        }
        if let Some(found) = unchecked(offer.state) {
            out.push(plain(
                number,
                &offer.offeror_names(),
                found,
                "Rozstrzyga się po ocenie formalnej wszystkich ofert.",
            ));
        }
    }
    for line in content.lines.iter().filter(|l| !offers.iter().any(|o| o.id == l.offer)) {
        out.push(plain(
            &line.number,
            &line.org_name,
            "Tej oferty nie złożono w tym konkursie.",
            "Tylko oferty tego konkursu.",
        ));
    }
    out
}

/// Why an offer cannot be decided on yet: its formal check is not finished.
#[must_use]
pub fn unchecked(state: OfferState) -> Option<&'static str> {
    match state {
        OfferState::Submitted => Some("Oferta nie została oceniona formalnie."),
        OfferState::ToSupplement => Some("Oferta czeka na uzupełnienie braków albo na zakończenie oceny formalnej."),
        OfferState::Supplemented => Some("Ofertę uzupełniono, a jej oceny formalnej nie zakończono."),
        OfferState::Draft
        | OfferState::Withdrawn
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => None,
    }
}

fn check_line(line: &AwardLine, state: OfferState) -> Vec<Finding> {
    let mut out = Vec::new();
    let rejected = state == OfferState::Rejected;
    if rejected != (line.outcome == Outcome::Rejected) {
        let limit = if rejected {
            "Oferta odrzucona formalnie nie może być wybrana ani czekać na liście rezerwowej."
        } else {
            "„Odrzucona formalnie” jest tylko oferta, którą odrzucono w ocenie formalnej."
        };
        let found = format!("Rozstrzygnięcie „{}”, a stan oferty: {}.", line.outcome.label(), state.office_label());
        out.push(fault("R-AWD-04", line).found(found).limit(limit));
    }
    let selected = line.outcome == Outcome::Selected;
    let zero = line.granted <= Money::ZERO;
    if selected && zero {
        out.push(fault("R-AWD-02", line).found("Oferta wybrana bez kwoty.").limit("Kwota dotacji większa od zera."));
    }
    if !selected && line.granted != Money::ZERO {
        let found = format!("Oferta {} z kwotą {}.", said(line.outcome), line.granted);
        out.push(fault("R-AWD-02", line).found(found).limit("Dotację dostaje tylko oferta wybrana."));
    }
    if line.granted > line.asked {
        let excess = line.granted.saturating_sub_floor0(line.asked);
        out.push(
            fault("R-AWD-02", line)
                .found(format!("Przyznano {}, czyli o {excess} więcej, niż wnioskowano.", line.granted))
                .limit(format!("Najwyżej {}.", line.asked))
                .amount(excess),
        );
    }
    let owed = match line.outcome {
        Outcome::NotSelected | Outcome::Rejected => true,
        Outcome::Selected | Outcome::Reserve => false,
    };
    if owed && line.reason.trim().is_empty() {
        let found = format!("Oferta {} bez powodu.", said(line.outcome));
        out.push(fault("R-AWD-04", line).found(found).limit("Powód, który organ poda każdemu, kto o niego zapyta."));
    }
    out
}

fn check_sum(content: &AwardContent, allocation: Money) -> Option<Finding> {
    let place = || Finding::block("R-AWD-01").at("suma dotacji").basis("art. 13 ust. 2 pkt 2 UDPP");
    let Some(sum) = content.granted() else {
        return Some(place().found("Suma kwot jest za duża.").limit(format!("Najwyżej {allocation}.")));
    };
    let excess = sum.saturating_sub_floor0(allocation);
    (!excess.is_zero()).then(|| {
        place()
            .found(format!("Przyznano razem {sum}, czyli o {excess} więcej niż pula konkursu."))
            .limit(format!("Najwyżej {allocation}."))
            .hint(format!("Zmniejsz dotacje razem o {excess} albo przenieś ofertę na listę rezerwową."))
            .amount(excess)
    })
}

/// What an offer is, after "oferta".
fn said(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Selected => "wybrana",
        Outcome::Reserve => "na liście rezerwowej",
        Outcome::NotSelected => "niewybrana",
        Outcome::Rejected => "odrzucona formalnie",
    }
}

fn rung(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Selected => 0,
        Outcome::Reserve => 1,
        Outcome::NotSelected | Outcome::Rejected => 2,
    }
}

/// Where the decision does not follow the ranking: an offer below the threshold is
/// selected, or an offer stands above a better one that met the threshold.
/// Basis: the committee gives an opinion, the organ decides (UDPP art. 15 ust. 2a, 2g).
/// Date: the ranking on the day of the decision.
#[must_use]
pub fn differs<'a>(content: &'a AwardContent, ranked: &[Ranked]) -> Vec<(&'a AwardLine, String)> {
    let line_of = |r: &Ranked| content.lines.iter().find(|l| l.offer == r.offer);
    let mut out = Vec::new();
    for (i, rank) in ranked.iter().enumerate() {
        let Some(line) = line_of(rank) else { continue };
        if line.outcome == Outcome::Selected && !rank.meets_threshold {
            out.push((line, "Wybrano ofertę, która nie osiągnęła progu punktów.".to_owned()));
        }
        let better = ranked.iter().take(i).filter(|b| b.meets_threshold).find_map(|b| {
            let above = line_of(b)?;
            (rung(above.outcome) > rung(line.outcome)).then_some(above)
        });
        if let Some(better) = better {
            let (one, other) = (said(line.outcome), said(better.outcome));
            out.push((line, format!("Oferta {one}, a wyżej w rankingu jest oferta {} ({other}).", better.number)));
        }
    }
    out
}

/// All three places with dates and evidence, from the decision to today.
/// Basis: UDPP art. 15 ust. 2h with art. 13 ust. 3. Date: the day of each publication.
#[must_use]
pub fn check_places(places: &[Publication], decided: NaiveDate, today: NaiveDate) -> Vec<Finding> {
    let fault = |place: Place| {
        Finding::block("R-ANN-05").at(place.label()).basis("art. 15 ust. 2h w związku z art. 13 ust. 3 UDPP")
    };
    let mut out = Vec::new();
    for place in Place::ALL {
        let Some(given) = places.iter().find(|p| p.place == place) else {
            let limit = "Wyniki ogłasza się w trzech miejscach: BIP, tablica ogłoszeń i strona internetowa organu.";
            out.push(fault(place).found("Brak daty ogłoszenia wyników w tym miejscu.").limit(limit));
            continue;
        };
        if given.evidence.trim().is_empty() && given.file.is_none() {
            let limit = "Każde z trzech miejsc ma dowód: adres strony, znak adnotacji albo skan.";
            out.push(fault(place).found("Nie podano dowodu ogłoszenia wyników.").limit(limit));
        }
        if given.on < decided {
            out.push(
                fault(place)
                    .found(format!("Data ogłoszenia {} jest wcześniejsza niż rozstrzygnięcie.", show_date(given.on)))
                    .limit(format!("Nie wcześniej niż {}.", show_date(decided))),
            );
        }
        if given.on > today {
            out.push(
                fault(place)
                    .found(format!("Data ogłoszenia {} jeszcze nie nadeszła.", show_date(given.on)))
                    .limit(format!("Nie później niż dziś, {}.", show_date(today))),
            );
        }
    }
    out
}

/// The last day to ask for reasons: 30 days from the last publication; when that day
/// is free from work, the next working one.
/// Basis: UDPP art. 15 ust. 2i; KC art. 110, 111, 115 by analogy. Date: the last publication.
#[must_use]
pub fn reasons_until(places: &[Publication]) -> Option<NaiveDate> {
    places.iter().map(|p| p.on).max().map(|last| next_working_day_on_or_after(add_days(last, 30)))
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
