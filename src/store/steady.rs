//! Statements whose text stays the same whatever their values are.
//!
//! diesel prepares an `UPDATE` and an `ON CONFLICT` anew each time they run, because a changeset with fields to
//! skip gives another text for other values. Where no field is ever skipped that costs a message to the server and
//! a plan for nothing; [`Steady`] says so.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

/// A statement the connection prepares once and keeps. Its changesets have `treat_none_as_null`, so that they
/// always name all of their columns; kept by its text, a statement could otherwise only be kept too often.
#[derive(QueryId)]
pub struct Steady<Q>(pub Q);

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Steady<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q: Query> Query for Steady<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, Conn> RunQueryDsl<Conn> for Steady<Q> {}
