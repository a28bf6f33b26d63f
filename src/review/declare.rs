//! A member declares impartiality, or a conflict, once the offerors are known.

use super::model::{Declared, Seat};
use super::{rules, store};
use crate::account::{self, Actor};
use crate::audit::{self, Deed};
use crate::call::{self, CallState};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant};
use crate::offer;
use crate::store::{CallId, Tx, digest};

/// A ground of exclusion, in plain words, with its place in KPA art. 24 § 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ground {
    pub key: &'static str,
    pub point: &'static str,
    pub text: &'static str,
}

const fn ground(key: &'static str, point: &'static str, text: &'static str) -> Ground {
    Ground { key, point, text }
}

/// What a member is asked about, for every offeror on the list.
pub const GROUNDS: &[Ground] = &[
    ground(
        "party",
        "§ 1 pkt 1",
        "Sam składam ofertę albo wynik konkursu może wpłynąć na moje prawa lub obowiązki, bo łączy mnie z oferentem umowa, praca, członkostwo lub podobna więź.",
    ),
    ground(
        "family",
        "§ 1 pkt 2",
        "Po stronie oferenta występuje mój małżonek, krewny lub powinowaty do drugiego stopnia (także po ustaniu małżeństwa).",
    ),
    ground(
        "care",
        "§ 1 pkt 3",
        "Po stronie oferenta występuje osoba związana ze mną przysposobieniem, opieką lub kuratelą (także po ich ustaniu).",
    ),
    ground(
        "agent",
        "§ 1 pkt 4",
        "W tej sprawie jestem lub byłem świadkiem, biegłym albo przedstawicielem oferenta, albo reprezentuje go ktoś z mojej rodziny lub pod moją opieką.",
    ),
    ground("decision", "§ 1 pkt 5", "Brałem udział w wydaniu rozstrzygnięcia, którego ta sprawa dotyczy."),
    ground(
        "proceedings",
        "§ 1 pkt 6",
        "Z powodu tej sprawy wszczęto przeciw mnie dochodzenie służbowe, postępowanie dyscyplinarne lub karne.",
    ),
    ground("superior", "§ 1 pkt 7", "Oferentem jest osoba, której podlegam służbowo."),
    ground("other", "§ 3", "Zachodzą inne okoliczności, które mogą budzić wątpliwość co do mojej bezstronności."),
    ground(
        "indicated",
        "art. 15 ust. 2d ustawy o pożytku",
        "Wskazała mnie organizacja, która bierze udział w tym konkursie.",
    ),
];

/// The text that an impartial member declares.
pub const IMPARTIAL: &str = "Znam listę oferentów. Wobec żadnego z nich nie zachodzi przyczyna wyłączenia z art. 24 \
    Kodeksu postępowania administracyjnego ani z art. 15 ust. 2d ustawy o działalności pożytku publicznego i o wolontariacie. \
    Jeśli taka przyczyna wyjdzie na jaw, niezwłocznie ją zgłoszę.";

/// Records the declaration of the member who sends it. Impartiality may later turn
/// into a conflict, never back.
///
/// # Errors
/// `NotFound` without a seat; `Refused` before the offers were opened (R-COM-01), for
/// a member tied to an offeror (R-COM-03) and after a conflict (R-COM-02).
pub fn declare(
    tx: &mut Tx<'_>,
    by: &Actor,
    call: &CallId,
    declared: Declared,
    statement: String,
    now: Instant,
) -> Result<(), AppError> {
    let person = by.person_id().ok_or(AppError::Login)?;
    let seat = store::seat_of(tx, call, person)?.ok_or(AppError::NotFound)?;
    if matches!(seat.declared, Some((before, _)) if before == declared) {
        return Ok(());
    }
    let call = call::store::find(tx, call)?;
    if call.state != CallState::Review {
        return Err(AppError::refused(not_open(call.state)));
    }
    if statement.trim().is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("statement", "Opisz przyczynę wyłączenia.")));
    }
    let offers = offer::store::filed_in_call(tx, &call.id)?;
    // Who wrote a sample offer of a rehearsal may go on with it in the committee.
    let real = account::store::memberships_of(tx, person)?.into_iter().filter(|m| !m.test);
    let orgs: Vec<_> = real.map(|m| m.org).collect();
    let findings = rules::check_declaration(&seat, declared, &orgs, &offers);
    if !findings.is_empty() {
        return Err(AppError::Refused(findings));
    }
    let changed = Seat { declared: Some((declared, now)), statement: statement.trim().to_owned(), ..seat.clone() };
    store::save_seat(tx, &changed)?;
    let detail = match declared {
        Declared::Impartial => {
            format!("{} oświadcza bezstronność; lista oferentów: {}", seat.person_name, offers.len())
        }
        Declared::Conflict => {
            format!("{} zgłasza konflikt interesów i jest wyłączony(-a) z konkursu", seat.person_name)
        }
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: "review.declare",
        object_kind: "call",
        object_id: call.id.as_str(),
        before: digest(&seat.statement),
        after: digest(&changed.statement),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}

fn not_open(state: CallState) -> Finding {
    let found = match state {
        CallState::Draft | CallState::Announced => {
            "Oferty nie zostały jeszcze otwarte, więc lista oferentów nie jest znana."
        }
        CallState::Review | CallState::Decided | CallState::Published | CallState::Cancelled => {
            "Ocena ofert w tym konkursie jest zakończona."
        }
    };
    Finding::block("R-COM-01")
        .at("oświadczenie o bezstronności")
        .found(found)
        .limit("Oświadczenie składa się po otwarciu ofert, a przed ich oceną.")
        .basis("art. 15 ust. 2f UDPP; art. 24 KPA")
}
