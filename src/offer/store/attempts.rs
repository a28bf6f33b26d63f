//! Every attempt to submit an offer of a call, as the log keeps them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::error::AppError;
use crate::law::Instant;
use crate::store::schema::{audit, offers, organisations};
use crate::store::{CallId, OrgId, Read, instant};

/// The deeds that submit; a refused one is logged under the same name.
const DEEDS: [&str; 2] = ["offer.submit", "offer.replace"];

/// One attempt: who, when it arrived, what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// When the request arrived, to the microsecond.
    pub at: Instant,
    pub actor: String,
    /// The organisation that leads the offer.
    pub org: OrgId,
    pub org_name: String,
    pub number: Option<String>,
    /// The line of the log.
    pub detail: String,
    pub refused: bool,
    /// The offer was submitted already, and its receipt was given again.
    pub again: bool,
}

fn is_refusal(kind: &str) -> bool {
    ["refused", "turned_away"].contains(&kind)
}

type Row = (NaiveDateTime, String, (OrgId, String, Option<String>), Option<String>, String, String);

/// One page of the attempts, in the order in which they were dealt with. Only for callers that checked that
/// the offers are opened: the lines name organisations.
///
/// # Errors
/// Those of the database.
pub fn of_call(r: &mut Read<'_>, call: &CallId, offset: i64, limit: i64) -> Result<Vec<Attempt>, AppError> {
    let rows: Vec<Row> = audit::table
        .inner_join(offers::table.on(offers::id.eq(audit::object_id)))
        .inner_join(organisations::table.on(organisations::id.eq(offers::org_id)))
        .filter(offers::call_id.eq(call))
        .filter(audit::deed.eq_any(DEEDS))
        .order(audit::seq)
        .offset(offset)
        .limit(limit)
        .select((
            audit::at,
            audit::actor,
            (offers::org_id, organisations::name, offers::offeror_name),
            offers::number,
            audit::detail,
            audit::object_kind,
        ))
        .load(r.conn())?;
    let attempt = |(at, actor, (org, name, frozen), number, detail, kind): Row| Attempt {
        at: instant(at),
        actor,
        org,
        org_name: frozen.unwrap_or(name),
        number,
        detail,
        refused: is_refusal(&kind),
        again: kind == "again",
    };
    Ok(rows.into_iter().map(attempt).collect())
}

/// How many attempts there were, and how many of them were refused.
///
/// # Errors
/// Those of the database.
pub fn count(r: &mut Read<'_>, call: &CallId) -> Result<(i64, i64), AppError> {
    let kinds: Vec<(String, i64)> = audit::table
        .inner_join(offers::table.on(offers::id.eq(audit::object_id)))
        .filter(offers::call_id.eq(call))
        .filter(audit::deed.eq_any(DEEDS))
        .group_by(audit::object_kind)
        .select((audit::object_kind, diesel::dsl::count_star()))
        .load(r.conn())?;
    let of = |refused: bool| kinds.iter().filter(|(kind, _)| is_refusal(kind) == refused).map(|(_, n)| n).sum::<i64>();
    Ok((of(true) + of(false), of(true)))
}
