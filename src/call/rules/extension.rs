//! What a later deadline of one organisation has to keep to.

use super::naming::gives_away;
use crate::account::Organisation;
use crate::call::model::Call;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, last_day, show_date, show_until};

/// Fewest characters of a reason: less names no obstacle.
pub const LEAST_WHY: usize = 30;

/// What is said of a reason that names the organisation. The log keeps the refusal, so it does not repeat the name; the page
/// adds what was found ([`gives_away`]).
pub const NAMED: &str = "Powód przeczyta każdy, także przed otwarciem ofert. Usuń z niego nazwę i numery organizacji.";

/// A later deadline of one organisation lies after the general one and after now, before the day of the choice, and
/// only ever grows; its reason is public and so names neither the organisation nor a number of it.
/// Basis: UDPP art. 13 ust. 2 pkt 5 and 6 (deadline, day of the choice). Date: the decision.
///
/// # Errors
/// `Invalid` with what is wrong at `until_date` and `why`.
pub fn check_extension(
    call: &Call,
    org: &Organisation,
    until: Instant,
    why: &str,
    now: Instant,
) -> Result<(), AppError> {
    let mut errors = FieldErrors::new();
    let general = call.deadline_at.filter(|end| until <= *end);
    let own = call.extension_of(&org.id).filter(|e| until <= e.until);
    let choice = call.content.elements.decision_by.filter(|day| last_day(until) >= *day);
    if until <= now {
        errors.add("until_date", format!("Termin do {} już minął. Podaj późniejszy.", show_until(until)));
    } else if let Some(end) = general {
        let said = format!("Termin dla wszystkich trwa do {}. Podaj późniejszy.", show_until(end));
        errors.add("until_date", said);
    } else if let Some(own) = own {
        let said = format!(
            "Ta organizacja ma już termin do {}. Wyznaczony termin można tylko wydłużyć.",
            show_until(own.until)
        );
        errors.add("until_date", said);
    }
    if let Some(day) = choice {
        let last = day.pred_opt().unwrap_or(day);
        let said = format!(
            "Oferty mają być wybrane do {} (element 6), więc termin może trwać najpóźniej do końca dnia {}.",
            show_date(day),
            show_date(last)
        );
        errors.add("until_date", said);
    }
    let length = why.chars().count();
    if length < LEAST_WHY {
        let said = format!(
            "Napisz, jaka przeszkoda leżała po stronie urzędu albo jaki przepis na to pozwala: co najmniej {LEAST_WHY} znaków, jest {length}."
        );
        errors.add("why", said);
    }
    if gives_away(why, org).is_some() {
        errors.add("why", NAMED);
    }
    errors.finish(Some(()))
}
