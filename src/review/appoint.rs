//! The organ appoints a member of the committee.

use serde::Serialize;

use super::model::{Seat, SeatKind, Side};
use super::{rules, store};
use crate::account::{self, Actor, Role};
use crate::audit::{self, Deed};
use crate::call::{self, Call, CallState};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant};
use crate::mail;
use crate::store::{CallId, PersonId, SeatId, Tx};

/// Somebody to be appointed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSeat {
    pub person: PersonId,
    pub kind: SeatKind,
    pub side: Side,
    /// The organisation that indicated the person; empty for the organ's side.
    pub indicated_by: String,
}

#[derive(Serialize)]
struct Letter<'a> {
    name: &'a str,
    kind: &'a str,
    number: &'a str,
    title: &'a str,
}

/// Appoints `new` to the committee of `call` and writes to the person.
///
/// # Errors
/// `Refused` outside of the time for it, `Invalid` for a seat that cannot be,
/// `Taken` when the person sits there already.
pub fn appoint(tx: &mut Tx<'_>, by: &Actor, call: &CallId, new: NewSeat, now: Instant) -> Result<SeatId, AppError> {
    let call = call::store::find(tx, call)?;
    check_time(&call)?;
    let staff = account::store::staff(tx)?;
    let person = staff.into_iter().find(|p| p.id == new.person);
    let Some(person) = person else {
        return Err(AppError::Invalid(FieldErrors::of("person", "Wybierz osobę z listy.")));
    };
    let fit = person.active && [Role::Committee, Role::Officer, Role::Organ].iter().any(|r| person.roles.contains(r));
    if !fit {
        let why = "Ta osoba nie ma czynnego konta z rolą członka komisji, pracownika albo organu.";
        return Err(AppError::Invalid(FieldErrors::of("person", why)));
    }
    let seats = store::seats_of(tx, &call.id)?;
    rules::check_seat(new.kind, new.side, &new.indicated_by, &seats).finish(Some(()))?;
    let seat = Seat {
        id: SeatId::new(),
        call: call.id.clone(),
        person: new.person,
        person_name: person.name.clone(),
        kind: new.kind,
        side: new.side,
        indicated_by: if new.side == Side::Ngo { new.indicated_by.trim().to_owned() } else { String::new() },
        declared: None,
        statement: String::new(),
        version: 0,
    };
    store::insert_seat(tx, &seat)?;
    log(tx, by, &call, &seat, now);
    let title = &call.content.title;
    let letter = Letter { name: &person.name, kind: seat.kind.label(), number: call.number(), title };
    mail::put(tx, mail::render(&person.email, "review_appointed", call.id.as_str(), &letter)?, now)?;
    Ok(seat.id)
}

fn check_time(call: &Call) -> Result<(), AppError> {
    match call.state {
        CallState::Announced | CallState::Review => Ok(()),
        CallState::Draft | CallState::Decided | CallState::Published | CallState::Cancelled => Err(AppError::refused(
            Finding::block("R-COM-05")
                .at("komisja konkursowa")
                .found("Konkurs nie jest ogłoszony albo został już rozstrzygnięty lub unieważniony.")
                .limit("Komisję powołuje się od ogłoszenia konkursu do jego rozstrzygnięcia.")
                .basis("art. 15 ust. 2a UDPP"),
        )),
    }
}

fn log(tx: &mut Tx<'_>, by: &Actor, call: &Call, seat: &Seat, now: Instant) {
    let side = match seat.side {
        Side::Organ => seat.side.label().to_owned(),
        Side::Ngo => format!("{}: {}", seat.side.label(), seat.indicated_by),
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: "review.appoint",
        object_kind: "call",
        object_id: call.id.as_str(),
        before: String::new(),
        after: String::new(),
        detail: format!("Powołano do komisji: {}, {} ({side})", seat.person_name, seat.kind.label()),
    };
    audit::append(tx, deed, now);
}
