//! A sample organisation for a rehearsal: an officer writes an offer in a test call as an organisation would.
//! Its numbers pass every check and belong to nobody: no tax office gives out a NIP that begins with 000, no
//! register is near KRS 9999…, no REGON begins with 99, no bank has the sort code 99999999.

use super::content::{Organisation, OrganisationContent, Representative, StaffMember, Status};
use super::model::{Actor, Person};
use super::{found, store};
use crate::error::AppError;
use crate::law::{Instant, Krs, Nip, Nrb, Regon};
use crate::store::{OrgId, Tx, counters};

/// Ends the name of every sample organisation.
const MARK: &str = "(PRÓBA)";

/// Numbers that are tried before the way is given up: somebody may have typed an invented NIP too.
const TRIES: usize = 50;

/// Makes the next sample organisation; whoever asked is its owner.
///
/// # Errors
/// `Login` for nobody; those of the database.
pub fn make_sample(tx: &mut Tx<'_>, by: &Actor, now: Instant) -> Result<Organisation, AppError> {
    let person = by.person.clone().ok_or(AppError::Login)?;
    let (no, nip) = free_number(tx)?;
    let org = Organisation {
        id: OrgId::new(),
        name: format!("Organizacja próbna {no} {MARK}"),
        krs: Krs::parse(&format!("9999{no:06}")).ok(),
        nip,
        regon: regon(no),
        content: content(&person),
        version: 0,
        test: true,
    };
    let detail = format!("Założono organizację próbną: {}", org.name);
    found::insert(tx, (&person.id, by.log_name()), &org, ("account.sample", detail), now)?;
    Ok(org)
}

/// A changed sample organisation stays recognisable, and its numbers stay nobody's.
pub(super) fn keep_apart(before: &Organisation, changed: &mut Organisation) {
    changed.nip.clone_from(&before.nip);
    changed.krs.clone_from(&before.krs);
    changed.regon.clone_from(&before.regon);
    changed.test = true;
    if !changed.name.contains(MARK) {
        changed.name = format!("{} {MARK}", changed.name.trim_end());
    }
}

fn free_number(tx: &mut Tx<'_>) -> Result<(i64, Nip), AppError> {
    for _ in 0..TRIES {
        let no = counters::next(tx, "organisation:test")?;
        if let Some(nip) = nip(no)
            && !store::nip_taken(tx, &nip)?
        {
            return Ok((no, nip));
        }
    }
    Err(AppError::internal("no number is free for a sample organisation"))
}

/// Two last digits leave room for a number that has a check digit: one in eleven has none.
fn nip(no: i64) -> Option<Nip> {
    (0..100).find_map(|end| Nip::parse(&format!("000{no:05}{end:02}")).ok())
}

fn regon(no: i64) -> Option<Regon> {
    (0..10).find_map(|check| Regon::parse(&format!("99{no:06}{check}")).ok())
}

/// An account that no bank holds.
fn account() -> Option<Nrb> {
    (2..=98).find_map(|check| Nrb::parse(&format!("{check:02}999999990000000000000000")).ok())
}

fn content(person: &Person) -> OrganisationContent {
    OrganisationContent {
        legal_form: "stowarzyszenie (przykład)".into(),
        register: "Krajowy Rejestr Sądowy (przykład)".into(),
        street: "ul. Próbna 1".into(),
        postal_code: "00-000".into(),
        town: "Przykładowo".into(),
        email: person.email.clone(),
        phone: "000 000 000".into(),
        account: account(),
        statute_paragraph: "§ 1 ust. 1".into(),
        statute_clause: "integracja i reintegracja zawodowa i społeczna osób zagrożonych wykluczeniem społecznym \
                         (przykład)"
            .into(),
        status: Status::Pes,
        status_proof: "wpis przykładowy nr 1".into(),
        representatives: vec![Representative { name: person.name.clone(), function: "prezes zarządu".into() }],
        representation: "prezes zarządu samodzielnie".into(),
        experience: "Organizacja próbna: od lat prowadzi zajęcia z integracji społecznej (przykład).".into(),
        resources: "sala szkoleniowa, dwoje prowadzących (przykład)".into(),
        staff: vec![StaffMember {
            name: "Maria Przykładowa".into(),
            qualifications: "psycholog, dziesięć lat zajęć z grupami (przykład)".into(),
        }],
        ..OrganisationContent::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invented_numbers_pass_the_checks_and_belong_to_nobody() {
        let account = account().unwrap();
        assert_eq!(account.as_str().get(2..10), Some("99999999"));
        let mut all: Vec<String> = (1..2000).map(|no| nip(no).unwrap().as_str().to_owned()).collect();
        assert!(all.iter().all(|nip| nip.starts_with("000")));
        all.dedup();
        assert_eq!(all.len(), 1999);
        assert!((1..2000).all(|no| regon(no).unwrap().as_str().starts_with("99")));
    }
}
