//! The administrator gives an organisation another owner: when the only owner is gone, or when a stranger registered its
//! number NIP. Somebody who belongs to the organisation becomes its owner at once; anybody else gets the link of an
//! invitation, so that a second person, who reads that mail, takes part.

use serde::Serialize;

use super::invitation::{Invitation, InvitationState, VALID};
use super::invite::{send, take_back, token_hash};
use super::model::{Actor, OrgRole, Person, Role};
use super::store;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, email as check_email};
use crate::mail;
use crate::store::{InvitationId, OrgId, Tx, token};

/// Whom the administrator makes the owner, and why.
#[derive(Clone, Debug)]
pub struct NewOwner {
    pub email: String,
    pub reason: String,
    /// The owners until now become editors: at once when a member becomes the owner, else when the invitation is accepted,
    /// because an organisation always has an owner (R-ORG-02). What the office sent they cannot take back meanwhile.
    pub demote: bool,
}

impl NewOwner {
    /// # Errors
    /// `Invalid` without an address or a reason.
    pub fn check(self) -> Result<NewOwner, AppError> {
        let mut errors = FieldErrors::new();
        let email = errors.take("email", check_email(&self.email));
        if self.reason.trim().is_empty() {
            errors.add("reason", "Uzupełnij pole „Powód”. Przeczytają go dotychczasowi właściciele i audytor.");
        }
        errors.finish(email.map(|email| NewOwner { email: email.to_lowercase(), ..self }))
    }
}

/// Why a sample organisation has no other owner.
pub const SAMPLE: &str = "To organizacja próbna: prowadzi ją pracownik urzędu, który zaczął ofertę próbną. Innego właściciela \
                          jej się nie nadaje, a listy o niej nie wychodzą poza urząd.";

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    name: &'a str,
    new: &'a str,
    reason: &'a str,
    by: &'a str,
    /// Whether the reader is an owner no longer.
    demoted: bool,
    /// Whether the new owner still has to accept.
    invited: bool,
}

/// Makes `new` the owner, or invites them as one; the owners until now get a letter with the reason.
///
/// # Errors
/// `Forbidden` for who is no administrator and for a sample of a rehearsal, `Invalid` without a reason, for one's own
/// address, an owner's or that of a closed account.
pub fn grant_owner(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    new: NewOwner,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let admin = by.person.clone().filter(|_| by.has(Role::Admin));
    let admin =
        admin.ok_or_else(|| AppError::forbidden("Właściciela konta organizacji nadaje tylko administrator."))?;
    let new = new.check()?;
    let refuse = |why: &str| Err(AppError::Invalid(FieldErrors::of("email", why)));
    if new.email == admin.email {
        return refuse("Administrator nie nadaje organizacji siebie. Podaj adres osoby z organizacji.");
    }
    if store::organisation(tx, org)?.test {
        return Err(AppError::forbidden(SAMPLE));
    }
    store::lock_organisation(tx, org)?;
    let members = store::members(tx, org)?;
    let owners: Vec<&Person> = members.iter().filter(|(_, role)| *role == OrgRole::Owner).map(|(p, _)| p).collect();
    if owners.iter().any(|owner| owner.email == new.email) {
        return refuse("Ta osoba jest już właścicielem konta organizacji.");
    }
    // Of the office the last word counts: an earlier invitation would undo it when it is accepted later.
    take_back(tx, by.log_name(), org, |i| i.by_office || i.email == new.email, now)?;
    let member = members.iter().find(|(person, _)| person.email == new.email);
    match member {
        Some((person, _)) if !person.active => {
            return refuse(
                "To konto jest zamknięte, więc nikt nie mógłby go użyć. Podaj adres osoby z czynnym kontem.",
            );
        }
        Some((person, role)) => {
            store::set_role_in(tx, org, &person.id, *role, OrgRole::Owner)?;
            if new.demote {
                demote(tx, by.log_name(), org, &owners, now)?;
            }
        }
        None => invite_owner(tx, &admin, org, &new, base_url, now)?,
    }
    tell(tx, by, org, (&new, member.map(|(person, _)| person)), &owners, now)
}

/// Makes these owners editors. Whom the organisation invited under them does not come in any more: it could be themselves.
pub(super) fn demote(tx: &mut Tx<'_>, by: &str, org: &OrgId, owners: &[&Person], now: Instant) -> Result<(), AppError> {
    take_back(tx, by, org, |i| !i.by_office, now)?;
    owners.iter().try_for_each(|owner| store::set_role_in(tx, org, &owner.id, OrgRole::Owner, OrgRole::Editor))
}

fn invite_owner(
    tx: &mut Tx<'_>,
    admin: &Person,
    org: &OrgId,
    new: &NewOwner,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let invitation = Invitation {
        id: InvitationId::new(),
        org: org.clone(),
        org_name: store::organisation(tx, org)?.name,
        email: new.email.clone(),
        role: OrgRole::Owner,
        state: InvitationState::Pending,
        by: admin.name.clone(),
        by_office: true,
        demotes: new.demote,
        sent_at: now,
        expires_at: now + VALID,
        version: 0,
    };
    let secret = token()?;
    store::insert_invitation(tx, &invitation, &admin.id, &token_hash(&secret))?;
    send(tx, &invitation, &secret, base_url, now)
}

/// The letters to the owners until now and to a member who became one, and the log.
fn tell(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    (new, member): (&NewOwner, Option<&Person>),
    owners: &[&Person],
    now: Instant,
) -> Result<(), AppError> {
    let name = store::organisation(tx, org)?.name;
    let admin = by.person.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let mut letter = Letter {
        org: &name,
        name: "",
        new: &new.email,
        reason: new.reason.trim(),
        by: &admin,
        demoted: new.demote,
        invited: member.is_none(),
    };
    for owner in owners {
        letter.name = &owner.name;
        mail::put(tx, mail::render(&owner.email, "account_owner", owner.id.as_str(), &letter)?, now)?;
    }
    if let Some(person) = member {
        letter.name = &person.name;
        letter.demoted = false;
        mail::put(tx, mail::render(&person.email, "account_owner", person.id.as_str(), &letter)?, now)?;
    }
    let how = if member.is_some() {
        "Nadano właściciela konta organizacji"
    } else {
        "Zaproszono jako właściciela konta organizacji"
    };
    let demoted = match (new.demote, member.is_some()) {
        (false, _) => "",
        (true, true) => " Dotychczasowi właściciele są redaktorami.",
        (true, false) => " Dotychczasowi właściciele staną się redaktorami, gdy ta osoba przyjmie zaproszenie.",
    };
    let deed = Deed {
        actor: by.log_name(),
        deed: "account.owner",
        object_kind: "organisation",
        object_id: org.as_str(),
        before: String::new(),
        after: String::new(),
        detail: format!("{how}: {}. Powód: {}.{demoted}", new.email, new.reason.trim().trim_end_matches('.')),
    };
    audit::append(tx, deed, now);
    Ok(())
}
