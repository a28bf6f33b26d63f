//! The list of contests: filtered, searched, page by page.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;

use super::{Row, state_of};
use crate::call::model::{Call, CallFilter, CallStanding, CallState, Family, Listed, Stage};
use crate::error::AppError;
use crate::law::rules::shipped;
use crate::law::{Instant, Money, at_warsaw, warsaw};
use crate::store::schema::calls;
use crate::store::{CallId, DbBackend, Read, Tx, instant, naive};

type Query = calls::BoxedQuery<'static, DbBackend>;

/// The public contests that a filter finds.
pub struct Found {
    /// Those that take offers now, the nearest deadline first.
    pub open: Vec<Listed>,
    /// One page of the others, newest first.
    pub rest: Vec<Listed>,
    /// How many others there are.
    pub rest_count: i64,
}

/// Most contests that take offers at once.
const OPEN: i64 = 200;

/// The list for everyone; `page` counts from 1, `size` contests a page.
///
/// # Errors
/// Those of the database.
pub fn listed(r: &mut Read<'_>, f: &CallFilter, page: i64, size: i64, now: Instant) -> Result<Found, AppError> {
    let mut found = Found { open: Vec::new(), rest: Vec::new(), rest_count: 0 };
    if matches!(f.stage, None | Some(Stage::Open)) {
        let query = stage(public(f), Some(Stage::Open), now).order((calls::deadline_at, calls::id)).limit(OPEN);
        found.open = lines(r, query)?;
    }
    if f.stage != Some(Stage::Open) {
        let rest = || if f.stage.is_some() { stage(public(f), f.stage, now) } else { closed(public(f), now) };
        found.rest_count = rest().count().get_result(r.conn())?;
        let offset = page.saturating_sub(1).saturating_mul(size);
        found.rest = lines(r, rest().order(calls::id.desc()).limit(size).offset(offset))?;
    }
    Ok(found)
}

/// Everything that a filter finds, newest first.
///
/// # Errors
/// Those of the database.
pub fn matching(r: &mut Read<'_>, f: &CallFilter, limit: i64, now: Instant) -> Result<Vec<Call>, AppError> {
    load(r, stage(public(f), f.stage, now).order(calls::id.desc()).limit(limit))
}

/// One page of the office's list, drafts and rehearsals too, newest first, and how many there are; `page` counts from 1.
///
/// # Errors
/// Those of the database.
pub fn of_office(r: &mut Read<'_>, words: &[String], page: i64, size: i64) -> Result<(Vec<Call>, i64), AppError> {
    let all = || with_words(calls::table.into_boxed(), words);
    let count = all().count().get_result(r.conn())?;
    let offset = page.saturating_sub(1).saturating_mul(size);
    Ok((load(r, all().order(calls::id.desc()).limit(size).offset(offset))?, count))
}

/// The years in which public contests were announced, newest first.
///
/// # Errors
/// Those of the database.
pub fn years(r: &mut Read<'_>) -> Result<Vec<i32>, AppError> {
    let at: Vec<Option<NaiveDateTime>> = calls::table
        .filter(calls::state.ne(CallState::Draft.code()))
        .filter(calls::test.eq(false))
        .select(calls::announced_at)
        .load(r.conn())?;
    let mut years: Vec<i32> = at.into_iter().flatten().map(|at| warsaw(instant(at)).year()).collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    Ok(years)
}

/// Writes the searched text of calls that were saved before there was one; says how many.
///
/// # Errors
/// Those of the database.
pub fn fill(tx: &mut Tx<'_>) -> Result<usize, AppError> {
    let rows: Vec<Row> = calls::table.filter(calls::search.eq("")).select(Row::as_select()).load(tx.conn())?;
    let count = rows.len();
    for row in rows {
        let call = row.call()?;
        diesel::update(calls::table.filter(calls::id.eq(&call.id)))
            .set(calls::search.eq(call.search_text()))
            .execute(tx.conn())?;
    }
    Ok(count)
}

fn load(r: &mut Read<'_>, query: Query) -> Result<Vec<Call>, AppError> {
    let rows: Vec<Row> = query.select(Row::as_select()).load(r.conn())?;
    rows.into_iter().map(Row::call).collect()
}

type Line = (CallId, Option<String>, String, String, i64, bool, Option<NaiveDateTime>);

/// Without their contents, which no list needs.
fn lines(r: &mut Read<'_>, query: Query) -> Result<Vec<Listed>, AppError> {
    let columns =
        (calls::id, calls::number, calls::title, calls::state, calls::allocation, calls::test, calls::deadline_at);
    let rows: Vec<Line> = query.select(columns).load(r.conn())?;
    let line = |(id, number, title, state, allocation, test, deadline): Line| {
        let deadline = deadline.map(instant);
        // Who reads these lines is not told of single organisations.
        let standing = CallStanding { state: state_of(&state)?, deadline, last: deadline };
        let allocation = Money::from_grosze(allocation);
        Ok(Listed { id, number, title, standing, allocation, test, planned: None })
    };
    rows.into_iter().map(line).collect()
}

/// What everyone may see, by everything of a filter but the stage.
fn public(f: &CallFilter) -> Query {
    let mut query = with_words(calls::table.into_boxed(), &f.words)
        .filter(calls::state.ne(CallState::Draft.code()))
        .filter(calls::test.eq(false));
    if let Some(family) = f.family {
        query = of_family(query, family);
    }
    if let Some((from, to)) = f.year.and_then(bounds) {
        query = query.filter(calls::announced_at.ge(from)).filter(calls::announced_at.lt(to));
    }
    query
}

fn with_words(mut query: Query, words: &[String]) -> Query {
    for word in words {
        query = query.filter(calls::search.like(pattern(word)).escape('!'));
    }
    query
}

/// A word for LIKE, its own signs escaped.
fn pattern(word: &str) -> String {
    let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

fn of_family(query: Query, family: Family) -> Query {
    let codes = |name: &str| -> Vec<String> {
        shipped().into_iter().filter(|set| name.is_empty() || set.family() == name).map(|set| set.code).collect()
    };
    match family {
        Family::Pai => query.filter(calls::rules_code.eq_any(codes("PAI"))),
        Family::Rsd => query.filter(calls::rules_code.eq_any(codes("RSD"))),
        Family::Local => query.filter(calls::rules_code.ne_all(codes(""))),
    }
}

/// The first instants of a year and of the one after it, in Warsaw.
fn bounds(year: i32) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let first = |year| at_warsaw(NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveTime::MIN).ok().map(naive);
    Some((first(year)?, first(year + 1)?))
}

fn stage(query: Query, stage: Option<Stage>, now: Instant) -> Query {
    let (announced, at) = (CallState::Announced.code(), naive(now));
    match stage {
        None => query,
        Some(Stage::Open) => query.filter(calls::state.eq(announced)).filter(calls::deadline_at.gt(at)),
        Some(Stage::Judged) => closed(query, now)
            .filter(calls::state.ne(CallState::Published.code()))
            .filter(calls::state.ne(CallState::Cancelled.code())),
        Some(Stage::Finished) => {
            query.filter(calls::state.eq(CallState::Published.code()).or(calls::state.eq(CallState::Cancelled.code())))
        }
    }
}

/// Those that take no offers (any more).
fn closed(query: Query, now: Instant) -> Query {
    query.filter(calls::state.ne(CallState::Announced.code()).or(calls::deadline_at.le(naive(now))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_like_are_only_signs() {
        assert_eq!(pattern("50%_!"), "%50!%!_!!%");
    }
}
