//! Rows of invitations. The link's token is kept as its hash only.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::account::invitation::{Invitation, InvitationState};
use crate::account::session::org_role;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{invitations, organisations, people};
use crate::store::{InvitationId, OrgId, PersonId, Read, Tx, instant, naive, one};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations, treat_none_as_default_value = false)]
struct Row {
    id: InvitationId,
    org_id: OrgId,
    email: String,
    role: String,
    token_hash: String,
    state: String,
    invited_by: PersonId,
    created_at: NaiveDateTime,
    sent_at: NaiveDateTime,
    expires_at: NaiveDateTime,
    closed_at: Option<NaiveDateTime>,
    version: i64,
    by_office: bool,
    demotes: bool,
}

/// The row, the name of the organisation and of who invited.
type Joined = (Row, String, String);

fn invitation_of((row, org_name, by): Joined) -> Result<Invitation, AppError> {
    let state = InvitationState::parse(&row.state)
        .ok_or_else(|| AppError::internal(format!("invitations.state: {}", row.state)))?;
    Ok(Invitation {
        role: org_role(&row.role)?,
        id: row.id,
        org: row.org_id,
        org_name,
        email: row.email,
        state,
        by,
        by_office: row.by_office,
        demotes: row.demotes,
        sent_at: instant(row.sent_at),
        expires_at: instant(row.expires_at),
        version: row.version,
    })
}

/// # Errors
/// `NotFound` when there is none.
pub fn invitation(r: &mut Read<'_>, id: &InvitationId) -> Result<Invitation, AppError> {
    let row: Option<Joined> = invitations::table
        .inner_join(organisations::table)
        .inner_join(people::table)
        .filter(invitations::id.eq(id))
        .select((Row::as_select(), organisations::name, people::name))
        .first(r.conn())
        .optional()?;
    invitation_of(row.ok_or(AppError::NotFound)?)
}

/// The invitation whose link carries the token with this hash.
///
/// # Errors
/// `NotFound` when there is none.
pub fn invitation_by_token(r: &mut Read<'_>, hash: &str) -> Result<Invitation, AppError> {
    let row: Option<Joined> = invitations::table
        .inner_join(organisations::table)
        .inner_join(people::table)
        .filter(invitations::token_hash.eq(hash))
        .select((Row::as_select(), organisations::name, people::name))
        .first(r.conn())
        .optional()?;
    invitation_of(row.ok_or(AppError::NotFound)?)
}

/// The invitations of an organisation that wait for an answer, the oldest first.
///
/// # Errors
/// Those of the database.
pub fn pending_invitations(r: &mut Read<'_>, org: &OrgId) -> Result<Vec<Invitation>, AppError> {
    let rows: Vec<Joined> = invitations::table
        .inner_join(organisations::table)
        .inner_join(people::table)
        .filter(invitations::org_id.eq(org))
        .filter(invitations::state.eq(InvitationState::Pending.code()))
        .order((invitations::created_at, invitations::id))
        .limit(500)
        .select((Row::as_select(), organisations::name, people::name))
        .load(r.conn())?;
    rows.into_iter().map(invitation_of).collect()
}

/// # Errors
/// `Taken` when the address has a pending invitation of the organisation.
pub fn insert_invitation(tx: &mut Tx<'_>, new: &Invitation, by: &PersonId, token_hash: &str) -> Result<(), AppError> {
    let row = Row {
        id: new.id.clone(),
        org_id: new.org.clone(),
        email: new.email.clone(),
        role: new.role.code().to_owned(),
        token_hash: token_hash.to_owned(),
        state: new.state.code().to_owned(),
        invited_by: by.clone(),
        created_at: naive(new.sent_at),
        sent_at: naive(new.sent_at),
        expires_at: naive(new.expires_at),
        closed_at: None,
        version: new.version,
        by_office: new.by_office,
        demotes: new.demotes,
    };
    diesel::insert_into(invitations::table).values(&row).execute(tx.conn())?;
    Ok(())
}

/// Gives a pending invitation a new link and a new end; the old link dies with it.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub fn renew_invitation(tx: &mut Tx<'_>, renewed: &Invitation, token_hash: &str) -> Result<(), AppError> {
    one(diesel::update(invitations::table)
        .filter(invitations::id.eq(&renewed.id))
        .filter(invitations::version.eq(renewed.version))
        .filter(invitations::state.eq(InvitationState::Pending.code()))
        .set((
            invitations::token_hash.eq(token_hash),
            invitations::sent_at.eq(naive(renewed.sent_at)),
            invitations::expires_at.eq(naive(renewed.expires_at)),
            invitations::version.eq(renewed.version + 1),
        ))
        .execute(tx.conn()))
}

/// Ends a pending invitation.
///
/// # Errors
/// `Stale` when somebody else changed it meanwhile.
pub fn close_invitation(
    tx: &mut Tx<'_>,
    seen: &Invitation,
    state: InvitationState,
    now: Instant,
) -> Result<(), AppError> {
    one(diesel::update(invitations::table)
        .filter(invitations::id.eq(&seen.id))
        .filter(invitations::version.eq(seen.version))
        .filter(invitations::state.eq(InvitationState::Pending.code()))
        .set((
            invitations::state.eq(state.code()),
            invitations::closed_at.eq(Some(naive(now))),
            invitations::version.eq(seen.version + 1),
        ))
        .execute(tx.conn()))
}
