use super::*;
use crate::law::{Instant, parse_date};
use crate::offer::OfferContent;
use crate::store::{CallId, OfferId, OrgId, PersonId};

fn offer(no: u32, asked: i64, state: OfferState) -> Offer {
    Offer {
        id: OfferId::new(),
        call: CallId::new(),
        org: OrgId::new(),
        org_name: format!("Organizacja {no}"),
        number: Some(format!("O-{no}")),
        state,
        version: 0,
        grant: Money::zl(asked),
        content: OfferContent::default(),
        draft: None,
        frozen_no: 1,
        submitted_at: None,
        supplement_by: None,
        updated_at: Instant::default(),
        created_by: PersonId::new(),
    }
}

fn ranked(place: u32, offer: &Offer, meets: bool) -> Ranked {
    Ranked {
        place,
        offer: offer.id.clone(),
        number: offer.number.clone().unwrap(),
        org_name: offer.org_name.clone(),
        asked: offer.grant,
        mean_x100: Some(if meets { 8000 } else { 5000 }),
        cards: 3,
        meets_threshold: meets,
        spread: vec![],
    }
}

fn line(offer: &Offer, outcome: Outcome, granted: i64, reason: &str) -> AwardLine {
    AwardLine {
        offer: offer.id.clone(),
        number: String::new(),
        org_name: String::new(),
        title: String::new(),
        asked: Money::ZERO,
        granted: Money::zl(granted),
        mean_x100: None,
        place: None,
        outcome,
        reason: reason.into(),
    }
}

struct Case {
    offers: Vec<Offer>,
    ranked: Vec<Ranked>,
}

/// Two good offers, one below the threshold, one rejected; 300 zł to give.
fn case() -> Case {
    let offers = vec![
        offer(1, 200, OfferState::FormalOk),
        offer(2, 150, OfferState::FormalOk),
        offer(3, 100, OfferState::FormalOk),
        offer(4, 100, OfferState::Rejected),
    ];
    let ranked = vec![ranked(1, &offers[0], true), ranked(2, &offers[1], true), ranked(3, &offers[2], false)];
    Case { offers, ranked }
}

impl Case {
    fn found(&self, outcomes: [(Outcome, i64); 4], differs: &str) -> Vec<(String, String)> {
        let lines = self.offers.iter().zip(outcomes).map(|(o, (out, zl))| line(o, out, zl, "powód")).collect();
        self.check(lines, differs)
    }

    fn check(&self, lines: Vec<AwardLine>, differs: &str) -> Vec<(String, String)> {
        let content = AwardContent {
            lines: complete(lines, &self.offers, &self.ranked),
            differs_because: differs.into(),
            ..AwardContent::default()
        };
        let found = check_decision(&content, &self.offers, &self.ranked, Money::zl(300));
        found.into_iter().map(|f| (f.rule.to_string(), f.found.replace(['\u{a0}', '\u{202f}'], " "))).collect()
    }
}

use Outcome::{NotSelected, Rejected, Reserve, Selected};

fn pair(rule: &str, found: &str) -> (String, String) {
    (rule.to_owned(), found.to_owned())
}

#[test]
fn a_decision_that_follows_the_ranking_needs_no_reasons() {
    let case = case();
    assert_eq!(case.found([(Selected, 200), (Selected, 100), (NotSelected, 0), (Rejected, 0)], ""), vec![]);
    assert_eq!(case.found([(Selected, 200), (Reserve, 0), (NotSelected, 0), (Rejected, 0)], ""), vec![]);
}

#[test]
fn more_than_the_allocation_is_refused_with_the_excess() {
    let found = case().found([(Selected, 200), (Selected, 150), (NotSelected, 0), (Rejected, 0)], "");
    assert_eq!(found, [pair("R-AWD-01", "Przyznano razem 350,00 zł, czyli o 50,00 zł więcej niż pula konkursu.")]);
}

#[test]
fn an_offer_gets_no_more_than_it_asked_for_and_only_when_selected() {
    let case = case();
    let found = case.found([(Selected, 201), (Selected, 0), (NotSelected, 5), (Rejected, 0)], "");
    assert_eq!(
        found,
        [
            pair("R-AWD-02", "Przyznano 201,00 zł, czyli o 1,00 zł więcej, niż wnioskowano."),
            pair("R-AWD-02", "Oferta wybrana bez kwoty."),
            pair("R-AWD-02", "Oferta niewybrana z kwotą 5,00 zł."),
        ]
    );
}

#[test]
fn differing_from_the_ranking_needs_reasons() {
    let case = case();
    let other = [(Reserve, 0), (Selected, 150), (Selected, 100), (Rejected, 0)];
    assert_eq!(
        case.found(other, " "),
        [
            pair("R-AWD-03", "Oferta wybrana, a wyżej w rankingu jest oferta O-1 (na liście rezerwowej)."),
            pair("R-AWD-03", "Wybrano ofertę, która nie osiągnęła progu punktów."),
            pair("R-AWD-03", "Oferta wybrana, a wyżej w rankingu jest oferta O-1 (na liście rezerwowej)."),
        ]
    );
    assert_eq!(case.found(other, "Oferta 1 dubluje zadanie gminy."), vec![]);
}

#[test]
fn every_offer_has_one_line_with_its_reason_and_fits_its_state() {
    let mut case = case();
    let lines = |o: &[Offer]| {
        vec![line(&o[0], Selected, 200, ""), line(&o[2], NotSelected, 0, " "), line(&o[3], Selected, 50, "")]
    };
    let found = case.check(lines(&case.offers), "bo tak");
    assert_eq!(
        found,
        [
            pair("R-AWD-04", "Brak rozstrzygnięcia."),
            pair("R-AWD-04", "Oferta niewybrana bez powodu."),
            pair("R-AWD-04", "Rozstrzygnięcie „wybrana”, a stan oferty: odrzucona formalnie."),
        ]
    );
    case.offers[1].state = OfferState::Submitted;
    let found = case.found([(Selected, 1), (NotSelected, 0), (NotSelected, 0), (Rejected, 0)], "bo tak");
    assert_eq!(found, [pair("R-AWD-04", "Oferta nie została oceniona formalnie.")]);
}

#[test]
fn results_need_all_three_places_from_the_decision_to_today() {
    let day = |text: &str| parse_date(text).unwrap();
    let at = |place, on: &str| Publication::new(place, day(on), "Jan Urzędnik", "znak OR.1");
    let (decided, today) = (day("2026-12-01"), day("2026-12-03"));
    let all = [at(Place::Bip, "2026-12-01"), at(Place::Board, "2026-12-02"), at(Place::Website, "2026-12-03")];
    assert_eq!(check_places(&all, decided, today), vec![]);
    assert_eq!(reasons_until(&all), Some(day("2027-01-04")), "2.01.2027 to sobota");
    let found = check_places(&all[..2], decided, today);
    assert_eq!((found[0].place.as_str(), found.len()), ("strona internetowa organu", 1));
    let bad = [at(Place::Bip, "2026-11-30"), at(Place::Board, "2026-12-04"), all[2].clone()];
    let texts: Vec<String> = check_places(&bad, decided, today).into_iter().map(|f| f.found).collect();
    assert_eq!(
        texts,
        [
            "Data ogłoszenia 30.11.2026 jest wcześniejsza niż rozstrzygnięcie.",
            "Data ogłoszenia 04.12.2026 jeszcze nie nadeszła."
        ]
    );
}
