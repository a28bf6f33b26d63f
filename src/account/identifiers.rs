//! The numbers an organisation is known by: NIP, KRS, REGON. Until one of its offers was submitted the owner puts
//! a slip right; afterwards the numbers stand in receipts, and only an administrator does, with a reason that the
//! owners read. What was submitted keeps the numbers it was submitted with.

use serde::Serialize;

use super::content::Organisation;
use super::model::{Actor, OrgRole};
use super::store;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Krs, Nip, Regon};
use crate::mail;
use crate::store::{OrgId, Read, Tx, digest, to_json};

/// Longest reason, in characters.
const LONGEST: usize = 1000;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Identifiers {
    pub nip: Nip,
    pub krs: Option<Krs>,
    pub regon: Option<Regon>,
}

#[derive(Serialize)]
struct Letter<'a> {
    name: &'a str,
    org: &'a str,
    changes: &'a str,
    reason: &'a str,
}

impl Identifiers {
    #[must_use]
    pub fn of(org: &Organisation) -> Identifiers {
        Identifiers { nip: org.nip.clone(), krs: org.krs.clone(), regon: org.regon.clone() }
    }

    /// Field, label, and the number as people read it, if there is one.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, &'static str, Option<String>); 3] {
        [
            ("nip", "NIP", Some(self.nip.to_string())),
            ("krs", "KRS", self.krs.as_ref().map(ToString::to_string)),
            ("regon", "REGON", self.regon.as_ref().map(ToString::to_string)),
        ]
    }

    /// The same, with a word for the number that is not there.
    #[must_use]
    pub fn shown(&self) -> [(&'static str, &'static str, String); 3] {
        self.fields().map(|(field, label, value)| (field, label, value.unwrap_or_else(|| "brak".to_owned())))
    }

    /// The fields that are not as they were, each with what it was and what it is.
    fn changes(&self, before: &Identifiers) -> Vec<(&'static str, String)> {
        let pairs = before.shown().into_iter().zip(self.shown());
        let other = pairs.filter(|(old, new)| old.2 != new.2);
        other.map(|((field, label, old), (_, _, new))| (field, format!("{label} {old} → {new}"))).collect()
    }
}

/// `NIP 123-456-32-18 → 526-10-40-828, KRS brak → 0000249506`; empty when nothing changed.
pub(super) fn changes_text(before: &Identifiers, after: &Identifiers) -> String {
    after.changes(before).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
}

/// Refuses other numbers to an owner once an offer of the organisation was submitted.
pub(super) fn free(r: &mut Read<'_>, org: &OrgId, before: &Identifiers, after: &Identifiers) -> Result<(), AppError> {
    let changes = after.changes(before);
    if changes.is_empty() || !store::has_filed(r, org)? {
        return Ok(());
    }
    let mut errors = FieldErrors::new();
    for (field, text) in changes {
        let why = "Ten numer stoi już w złożonej ofercie, więc poprawia go administrator urzędu";
        errors.add(field, format!("{text}: {why}. Napisz do urzędu, podaj właściwy numer i powód."));
    }
    Err(AppError::Invalid(errors))
}

/// Who reads of a correction: the owners who can sign in.
///
/// # Errors
/// Those of the database.
pub fn told_of_numbers(r: &mut Read<'_>, org: &OrgId) -> Result<Vec<(String, String)>, AppError> {
    let owners = store::members(r, org)?.into_iter().filter(|(p, role)| p.active && *role == OrgRole::Owner);
    Ok(owners.map(|(p, _)| (p.email, p.name)).collect())
}

/// The administrator corrects the numbers of an organisation that looked like version `seen`. Submitted offers,
/// receipts and contracts keep the numbers they were made with.
///
/// # Errors
/// `Invalid` when nothing changes, without a reason, or for a NIP that another organisation has; `Stale` when the
/// organisation was changed meanwhile; `NotFound` for a sample of a rehearsal, whose numbers are invented.
pub fn correct_identifiers(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    seen: i64,
    new: Identifiers,
    reason: &str,
    now: Instant,
) -> Result<(), AppError> {
    let before = store::organisation(tx, org)?;
    if before.test {
        return Err(AppError::NotFound);
    }
    let (old, reason) = (Identifiers::of(&before), reason.trim());
    if before.version != seen {
        return Err(AppError::Stale);
    }
    check(tx, &before, &new, reason)?;
    let Identifiers { nip, krs, regon } = new.clone();
    let after = Organisation { nip, krs, regon, ..before };
    store::save_organisation(tx, &after)?;
    let changes = changes_text(&old, &new);
    let deed = Deed {
        actor: by.log_name(),
        deed: "account.identifiers",
        object_kind: "organisation",
        object_id: org.as_str(),
        before: digest(&to_json(&old)?),
        after: digest(&to_json(&new)?),
        detail: format!("Poprawiono numery organizacji {}: {changes}. Powód: {reason}", after.name),
    };
    audit::append(tx, deed, now);
    for (email, name) in told_of_numbers(tx, org)? {
        let letter = Letter { name: &name, org: &after.name, changes: &changes, reason };
        mail::put(tx, mail::render(&email, "account_identifiers", org.as_str(), &letter)?, now)?;
    }
    Ok(())
}

fn check(r: &mut Read<'_>, before: &Organisation, new: &Identifiers, reason: &str) -> Result<(), AppError> {
    let mut errors = FieldErrors::new();
    if *new == Identifiers::of(before) {
        errors.add("nip", "Te same numery są już zapisane. Wpisz numer, który ma być inny.");
    }
    if new.nip != before.nip
        && let Some(other) = store::by_nip(r, &new.nip)?
    {
        let why = "Numer należy do jednej organizacji: sprawdź go w rejestrze.";
        errors.add("nip", format!("Numer NIP {} ma już organizacja {}. {why}", new.nip, other.name));
    }
    if new.krs.is_none() && before.content.register.is_empty() {
        let why = "Organizacja nie podała innego rejestru ani ewidencji, więc numer KRS musi zostać.";
        errors.add("krs", format!("{why} Inny rejestr wpisuje właściciel konta."));
    }
    let length = reason.chars().count();
    if length == 0 {
        errors.add("reason", "Wpisz powód: przeczytają go właściciele konta i zostanie w dzienniku.");
    } else if length > LONGEST {
        errors.add("reason", format!("Powód ma {length} znaków, a może mieć najwyżej {LONGEST}. Skróć go."));
    }
    errors.finish(Some(()))
}
