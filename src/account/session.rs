//! Sessions: the browser holds a random token, the server its hash.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::model::{Actor, Membership, OrgRole};
use super::store::PersonRow;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{memberships, organisations, people, sessions};
use crate::store::{OrgId, PersonId, Read, Tx, digest, instant, naive};

/// A session ends after so long without a request, and after so long in any case.
pub const IDLE: Duration = Duration::hours(2);
pub const ABSOLUTE: Duration = Duration::hours(12);
/// How often a used session is marked as seen.
const SEEN_EVERY: Duration = Duration::minutes(5);

/// How long before its end a session says so.
pub const WARNED: Duration = Duration::minutes(10);

/// What a request is sure to add: marks are put that seldom.
pub const SURE: Duration = Duration::minutes(115);

/// A new session; the token goes into the cookie and nowhere else.
pub struct Opened {
    pub token: String,
}

/// Opens a session for a person who proved who they are.
///
/// # Errors
/// Those of the database.
pub fn open(tx: &mut Tx<'_>, person: &PersonId, now: Instant) -> Result<Opened, AppError> {
    let token = crate::store::token()?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(digest(&token)),
            sessions::person_id.eq(person),
            sessions::created_at.eq(naive(now)),
            sessions::seen_at.eq(naive(now)),
            sessions::expires_at.eq(naive(now + ABSOLUTE)),
        ))
        .execute(tx.conn())?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(naive(now)))).execute(tx.conn())?;
    Ok(Opened { token })
}

/// Whoever holds `token`, with the memberships, in one statement; the second value says whether the
/// session should be marked as seen now, the third when it ends in any case.
///
/// # Errors
/// Those of the database; an unknown or ended session is `Ok(None)`.
pub fn actor_of(r: &mut Read<'_>, token: &str, now: Instant) -> Result<Option<(Actor, bool, Instant)>, AppError> {
    type Row = (PersonRow, (NaiveDateTime, NaiveDateTime), Option<(OrgId, String, String, bool)>);
    let rows: Vec<Row> = sessions::table
        .inner_join(people::table)
        .left_join(memberships::table.on(memberships::person_id.eq(people::id)))
        .left_join(organisations::table.on(organisations::id.nullable().eq(memberships::org_id.nullable())))
        .filter(sessions::token_hash.eq(digest(token)))
        .filter(sessions::expires_at.gt(naive(now)))
        .filter(sessions::seen_at.gt(naive(now - IDLE)))
        .filter(people::active.eq(true))
        .order(organisations::name)
        .select((
            PersonRow::as_select(),
            (sessions::seen_at, sessions::expires_at),
            (organisations::id, organisations::name, memberships::role, organisations::test).nullable(),
        ))
        .load(r.conn())?;
    let Some((row, (seen, expires), _)) = rows.first() else { return Ok(None) };
    let (person, stale, ends) = (row.person(), now - instant(*seen) > SEEN_EVERY, instant(*expires));
    let held = rows.iter().filter_map(|(_, _, held)| held.as_ref());
    let memberships = held.map(|(org, name, role, test)| {
        Ok(Membership { org: org.clone(), org_name: name.clone(), role: org_role(role)?, test: *test })
    });
    Ok(Some((Actor { person: Some(person), memberships: memberships.collect::<Result<_, AppError>>()? }, stale, ends)))
}

/// Marks a session as seen now.
///
/// # Errors
/// Those of the database.
pub fn seen(tx: &mut Tx<'_>, token: &str, now: Instant) -> Result<(), AppError> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(digest(token))))
        .set(sessions::seen_at.eq(naive(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// Those of the database.
pub fn end(tx: &mut Tx<'_>, token: &str) -> Result<(), AppError> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(digest(token)))).execute(tx.conn())?;
    Ok(())
}

/// Ends every session of a person.
///
/// # Errors
/// Those of the database.
pub fn end_all(tx: &mut Tx<'_>, person: &PersonId) -> Result<(), AppError> {
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person))).execute(tx.conn())?;
    Ok(())
}

/// Reads a stored role of a membership.
pub(super) fn org_role(code: &str) -> Result<OrgRole, AppError> {
    OrgRole::parse(code).ok_or_else(|| AppError::internal(format!("memberships.role: {code}")))
}
