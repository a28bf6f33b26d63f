//! The administrator makes accounts for the office's people and committee members.

use super::model::{Actor, Role};
use super::session;
use super::store::{self, PersonRow, roles_text};
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{PersonId, Tx};

pub struct NewStaff {
    pub name: String,
    pub email: String,
    /// Already hashed.
    pub password_hash: String,
    pub roles: Vec<Role>,
}

/// Makes an account.
///
/// # Errors
/// `Taken` when the address has an account, `Invalid` when no role is given.
pub fn add_staff(tx: &mut Tx<'_>, by: &str, new: NewStaff, now: Instant) -> Result<PersonId, AppError> {
    if new.roles.is_empty() {
        return Err(AppError::Invalid(FieldErrors::of("roles", "Zaznacz co najmniej jedną rolę.")));
    }
    let row = PersonRow::new(&new.email, new.name, new.password_hash, roles_text(&new.roles), now);
    store::insert_person(tx, &row)?;
    log(tx, by, &row.id, format!("Założono konto {} z rolami: {}", row.email, row.roles), now);
    Ok(row.id)
}

/// Changes roles or closes an account; a closed or changed account is signed out everywhere.
///
/// # Errors
/// `Stale` when it was changed meanwhile; `Invalid` when an administrator would lock themselves out.
pub fn set_staff(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &PersonId,
    seen: i64,
    roles: &[Role],
    active: bool,
    now: Instant,
) -> Result<(), AppError> {
    let own = by.person_id() == Some(id);
    if own && !(active && roles.contains(&Role::Admin)) {
        let why = "Nie można odebrać sobie roli administratora ani zamknąć własnego konta. Niech zrobi to inny administrator.";
        return Err(AppError::Invalid(FieldErrors::of("roles", why)));
    }
    if roles.is_empty() {
        let why = "Zaznacz co najmniej jedną rolę. Żeby odebrać dostęp, zamknij konto.";
        return Err(AppError::Invalid(FieldErrors::of("roles", why)));
    }
    let real = store::memberships_of(tx, id)?.into_iter().filter(|m| !m.test);
    let orgs: Vec<String> = real.map(|m| m.org_name).collect();
    if active && !orgs.is_empty() && roles.iter().any(|role| *role != Role::Committee) {
        let why = format!(
            "Ta osoba należy do organizacji: {}. Kto prowadzi sprawy urzędu, nie składa w nich ofert. Zostaw tylko rolę członka \
             komisji albo załóż tej osobie osobne konto urzędowe.",
            orgs.join(", ")
        );
        return Err(AppError::Invalid(FieldErrors::of("roles", why)));
    }
    store::set_roles(tx, id, seen, roles, active)?;
    if !own {
        session::end_all(tx, id)?;
    }
    let state = if active { "czynne" } else { "zamknięte" };
    log(tx, by.log_name(), id, format!("Konto {state}, role: {}", roles_text(roles)), now);
    Ok(())
}

fn log(tx: &mut Tx<'_>, actor: &str, id: &PersonId, detail: String, now: Instant) {
    let deed = Deed {
        actor,
        deed: "account.staff",
        object_kind: "person",
        object_id: id.as_str(),
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
}
