//! Who may sit, declare and score.

use crate::error::FieldErrors;
use crate::law::{Finding, unmarked};
use crate::offer::Offer;
use crate::review::model::{Declared, Seat, SeatKind, Side};
use crate::store::OrgId;

/// A name without case, Polish marks, spaces and signs, so that two spellings of
/// one organisation are the same.
#[must_use]
pub fn folded(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(unmarked).collect()
}

/// Half of those who score, at least three.
#[must_use]
pub fn quorum(voters: usize) -> usize {
    voters.div_ceil(2).max(3)
}

/// A new seat says whom it represents, and there is one chair, from the organ.
/// Basis: UDPP art. 15 ust. 2a, 2b, 2d. Date: the day of the appointment.
#[must_use]
pub fn check_seat(kind: SeatKind, side: Side, indicated_by: &str, seats: &[Seat]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if side == Side::Ngo && indicated_by.trim().is_empty() {
        errors.add("indicated_by", "Wpisz nazwę organizacji, która wskazała tę osobę.");
    }
    if kind == SeatKind::Chair {
        if side == Side::Ngo {
            errors.add("kind", "Przewodniczącym jest przedstawiciel organu. Wybierz inną funkcję albo stronę.");
        }
        if let Some(chair) = seats.iter().find(|s| s.kind == SeatKind::Chair && !is_out(s)) {
            errors.add("kind", format!("Komisja ma już przewodniczącego: {}.", chair.person_name));
        }
    }
    errors
}

fn is_out(seat: &Seat) -> bool {
    matches!(seat.declared, Some((Declared::Conflict, _)))
}

/// Opening an offer and scoring need a declaration of impartiality, made after the
/// offerors were known; a conflict shuts the whole contest.
/// Basis: UDPP art. 15 ust. 2f with KPA art. 24. Date: the moment of the deed.
///
/// # Errors
/// R-COM-01 without a declaration, R-COM-02 after one of conflict.
pub fn gate(seat: &Seat) -> Result<(), Finding> {
    match seat.declared {
        Some((Declared::Impartial, _)) => Ok(()),
        None => Err(Finding::block("R-COM-01")
            .at(seat.person_name.clone())
            .found("Nie złożono oświadczenia o bezstronności w tym konkursie.")
            .limit("Oferty otwiera i ocenia członek komisji, który złożył oświadczenie po poznaniu listy oferentów.")
            .basis("art. 15 ust. 2f UDPP; art. 24 KPA")
            .hint("Złóż oświadczenie o bezstronności.")),
        Some((Declared::Conflict, _)) => Err(Finding::block("R-COM-02")
            .at(seat.person_name.clone())
            .found("Zgłoszono konflikt interesów.")
            .limit("Członek komisji, którego dotyczy konflikt, jest wyłączony z całego konkursu.")
            .basis("art. 15 ust. 2f UDPP; art. 24 KPA")),
    }
}

/// The offer that ties a member to an offeror: the organisation that indicated the
/// member, or one the member belongs to, is an offeror or performs a part of the task.
fn tie<'a>(seat: &Seat, member_of: &[OrgId], offers: &'a [Offer]) -> Option<&'a Offer> {
    let name = folded(&seat.indicated_by);
    let indicated = seat.side == Side::Ngo && !name.is_empty();
    offers.iter().find(|o| {
        let outside = || o.content.activities.iter().any(|a| folded(&a.outside).contains(&name));
        // Every offeror of a joint offer counts (UDPP art. 14 ust. 2).
        let named = || folded(&o.org_name) == name || o.partners().any(|p| folded(&p.name) == name);
        member_of.contains(&o.org)
            || o.partners().any(|p| member_of.contains(&p.org))
            || (indicated && (named() || outside()))
    })
}

fn tied(seat: &Seat, offer: &Offer) -> Finding {
    let number = offer.number.as_deref().unwrap_or("bez numeru");
    Finding::block("R-COM-03")
        .at(seat.person_name.clone())
        .found(format!(
            "W konkursie bierze udział organizacja związana z tą osobą: oferta {number}, {}.",
            offer.offeror_names()
        ))
        .limit("Osoba wskazana przez organizację, która bierze udział w konkursie, jest wyłączona z komisji.")
        .basis("art. 15 ust. 2d UDPP")
        .hint("Złóż oświadczenie o konflikcie interesów; organ może powołać inną osobę.")
}

/// Whoever is tied to an offeror cannot declare impartiality; a conflict, once
/// declared, stays.
/// Basis: UDPP art. 15 ust. 2d, 2f. Date: the day of the declaration, offerors known.
#[must_use]
pub fn check_declaration(seat: &Seat, declared: Declared, member_of: &[OrgId], offers: &[Offer]) -> Vec<Finding> {
    if declared == Declared::Conflict {
        return Vec::new();
    }
    if is_out(seat) {
        return gate(seat).err().into_iter().collect();
    }
    tie(seat, member_of, offers).map(|offer| tied(seat, offer)).into_iter().collect()
}

/// What is wrong with a committee as a whole; `offers` is empty before they were opened.
/// Basis: UDPP art. 15 ust. 2b, 2d, 2da; the quorum is the office's own default.
/// Date: every day of the review.
#[must_use]
pub fn composition(seats: &[Seat], offers: &[Offer]) -> Vec<Finding> {
    let mut out: Vec<Finding> =
        seats.iter().filter(|s| !is_out(s)).filter_map(|s| tie(s, &[], offers).map(|offer| tied(s, offer))).collect();
    let sitting = |side: Side| seats.iter().filter(|s| s.side == side && s.kind.scores() && !is_out(s)).count();
    if sitting(Side::Ngo) == 0 {
        out.push(no_ngo());
    }
    let voters = sitting(Side::Ngo) + sitting(Side::Organ);
    if voters < quorum(voters) {
        out.push(
            Finding::warn("R-COM-05")
                .at("kworum")
                .found(format!("Oceniać może {voters}."))
                .limit(format!("Kworum to połowa oceniających i nie mniej niż {}.", quorum(voters)))
                .basis("regulamin pracy komisji")
                .hint("Powołaj kolejne osoby."),
        );
    }
    if !seats.iter().any(|s| s.kind == SeatKind::Chair && !is_out(s)) {
        out.push(
            Finding::warn("R-COM-05")
                .at("przewodniczący")
                .found("Komisja nie ma przewodniczącego.")
                .limit("Przewodniczy jej przedstawiciel organu.")
                .basis("art. 15 ust. 2b UDPP; regulamin pracy komisji"),
        );
    }
    out
}

fn no_ngo() -> Finding {
    Finding::warn("R-COM-04")
        .at("osoby wskazane przez organizacje")
        .found("W komisji nie ma oceniającego, którego wskazała organizacja.")
        .limit(
            "Komisja może tak działać, gdy żadna organizacja nikogo nie wskazała, wskazani nie biorą udziału \
             w pracach albo wszyscy są wyłączeni.",
        )
        .basis("art. 15 ust. 2d i 2da UDPP")
        .hint("Powołaj osobę wskazaną przez organizację albo zapisz w aktach, który z trzech powodów zachodzi i z kiedy był nabór.")
}
