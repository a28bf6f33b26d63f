//! The owner of an organisation's account invites somebody by mail, sends the letter
//! again, or takes the invitation back.
//!
//! Whether the address has an account is never looked at, so nobody can learn it here.

use chrono::Duration;
use serde::Serialize;

use super::invitation::{Invitation, InvitationState, VALID};
use super::model::{Actor, OrgRole, Person};
use super::store;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_instant};
use crate::mail;
use crate::store::{self as db, InvitationId, OrgId, PersonId, Tx, digest};

/// Most letters of invitation in a day, so that nobody can use an organisation to spam.
const A_DAY: usize = 30;
/// How soon the same letter may be sent again.
const AGAIN: Duration = Duration::minutes(5);

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    role: &'static str,
    by: &'a str,
    link: String,
    until: String,
}

/// What the hash of a link's token is, for looking it up.
#[must_use]
pub fn token_hash(token: &str) -> String {
    digest(&format!("invitation:{token}"))
}

/// Holds the organisation and makes sure that `by` is its owner now.
pub(super) fn as_owner(tx: &mut Tx<'_>, by: &Actor, org: &OrgId) -> Result<(Person, PersonId), AppError> {
    let person = by.person.clone().ok_or(AppError::Login)?;
    if by.member_of(org).is_none() {
        return Err(AppError::NotFound);
    }
    store::lock_organisation(tx, org)?;
    match store::role_in(tx, org, &person.id)? {
        Some(OrgRole::Owner) => {
            let id = person.id.clone();
            Ok((person, id))
        }
        Some(OrgRole::Editor | OrgRole::Signatory) => {
            Err(AppError::forbidden("Osoby i zaproszenia prowadzi właściciel konta organizacji. Poproś go o zmianę."))
        }
        None => Err(AppError::NotFound),
    }
}

/// Invites an address; the letter leaves with this transaction.
///
/// # Errors
/// `Forbidden` for who is not the owner, `Invalid` for a member's own address or too many
/// letters, `Taken` when the address is invited already.
pub fn invite(
    tx: &mut Tx<'_>,
    by: &Actor,
    org: &OrgId,
    to: (&str, OrgRole),
    base_url: &str,
    now: Instant,
) -> Result<InvitationId, AppError> {
    let (owner, owner_id) = as_owner(tx, by, org)?;
    let (email, role) = (to.0.trim().to_lowercase(), to.1);
    if store::members(tx, org)?.iter().any(|(person, _)| person.email == email) {
        return Err(AppError::Invalid(FieldErrors::of("email", "Osoba z tym adresem należy już do organizacji.")));
    }
    within_a_day(tx, org, now)?;
    let org_name = store::organisation(tx, org)?.name;
    let invitation = Invitation {
        id: InvitationId::new(),
        org: org.clone(),
        org_name,
        email,
        role,
        state: InvitationState::Pending,
        by: owner.name,
        by_office: false,
        demotes: false,
        sent_at: now,
        expires_at: now + VALID,
        version: 0,
    };
    let token = db::token()?;
    store::insert_invitation(tx, &invitation, &owner_id, &token_hash(&token))?;
    send(tx, &invitation, &token, base_url, now)?;
    log(tx, by.log_name(), &invitation, "account.invite", "Zaproszono", now);
    Ok(invitation.id)
}

/// Sends the letter again with a new link, good for another 14 days; the old link dies.
///
/// # Errors
/// `Forbidden` for who is not the owner and for what the office sent, `Stale` when it is answered or changed meanwhile,
/// `Invalid` too soon after the last letter.
pub fn invite_again(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &InvitationId,
    seen: i64,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let old = own(tx, by, id, seen)?;
    if now - old.sent_at < AGAIN {
        let why = "List wysłano przed chwilą. Sprawdź folder ze spamem; ponownie można wysłać go po 5 minutach.";
        return Err(AppError::Invalid(FieldErrors::of("", why)));
    }
    within_a_day(tx, &old.org, now)?;
    let renewed = Invitation { sent_at: now, expires_at: now + VALID, ..old };
    let token = db::token()?;
    store::renew_invitation(tx, &renewed, &token_hash(&token))?;
    send(tx, &renewed, &token, base_url, now)?;
    log(tx, by.log_name(), &renewed, "account.invite.again", "Wysłano ponownie zaproszenie:", now);
    Ok(())
}

/// Takes an invitation back; its link dies.
///
/// # Errors
/// `Forbidden` for who is not the owner and for what the office sent, `Stale` when it is answered or changed meanwhile.
pub fn withdraw_invitation(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &InvitationId,
    seen: i64,
    now: Instant,
) -> Result<(), AppError> {
    let invitation = own(tx, by, id, seen)?;
    store::close_invitation(tx, &invitation, InvitationState::Withdrawn, now)?;
    log(tx, by.log_name(), &invitation, "account.invite.withdraw", "Wycofano zaproszenie:", now);
    Ok(())
}

/// Version `seen` of an invitation that an owner sent.
fn own(tx: &mut Tx<'_>, by: &Actor, id: &InvitationId, seen: i64) -> Result<Invitation, AppError> {
    let invitation = store::invitation(tx, id)?;
    as_owner(tx, by, &invitation.org)?;
    if invitation.version != seen {
        return Err(AppError::Stale);
    }
    if invitation.by_office {
        return Err(AppError::forbidden(
            "To zaproszenie wysłał administrator urzędu; tylko on może je zmienić. Napisz do urzędu.",
        ));
    }
    Ok(invitation)
}

/// Takes back the invitations of an organisation that `which` names: their links die.
pub(super) fn take_back(
    tx: &mut Tx<'_>,
    by: &str,
    org: &OrgId,
    which: impl Fn(&Invitation) -> bool,
    now: Instant,
) -> Result<(), AppError> {
    for invitation in store::pending_invitations(tx, org)?.iter().filter(|i| which(i)) {
        store::close_invitation(tx, invitation, InvitationState::Withdrawn, now)?;
        log(tx, by, invitation, "account.invite.withdraw", "Wycofano zaproszenie:", now);
    }
    Ok(())
}

fn within_a_day(tx: &mut Tx<'_>, org: &OrgId, now: Instant) -> Result<(), AppError> {
    // The log tells: a letter that was sent again leaves no row of its own.
    let deeds = ["account.invite", "account.invite.again"];
    let letters = audit::done_since(tx, ("organisation", org.as_str()), &deeds, now - Duration::days(1))?;
    if letters.len() < A_DAY {
        return Ok(());
    }
    let why = format!(
        "W ciągu doby można wysłać najwyżej {A_DAY} listów z zaproszeniem, także ponownie wysłanych. Wyślij pozostałe jutro."
    );
    Err(AppError::Invalid(FieldErrors::of("email", why)))
}

pub(super) fn send(
    tx: &mut Tx<'_>,
    to: &Invitation,
    token: &str,
    base_url: &str,
    now: Instant,
) -> Result<(), AppError> {
    let view = Letter {
        org: &to.org_name,
        role: to.role.label(),
        by: &to.by,
        link: format!("{}/konto/zaproszenie/{token}", base_url.trim_end_matches('/')),
        until: show_instant(to.expires_at),
    };
    mail::put(tx, mail::render(&to.email, "account_invitation", to.id.as_str(), &view)?, now)
}

fn log(tx: &mut Tx<'_>, by: &str, about: &Invitation, deed: &'static str, what: &str, now: Instant) {
    let deed = Deed {
        actor: by,
        deed,
        object_kind: "organisation",
        object_id: about.org.as_str(),
        before: String::new(),
        after: String::new(),
        detail: format!("{what} {} (rola: {})", about.email, about.role.label()),
    };
    audit::append(tx, deed, now);
}
