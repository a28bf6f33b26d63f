//! How many hours a week the groups of a contest have: what the act asks, or more where the announcement does.

use super::{Applies, CallContent, Terms};
use crate::law::{Minutes, RuleSet};

impl Terms {
    /// Least time of a group in a week, in hours of the call's unit: what the announcement asks for, never less than the
    /// rules do. Nothing where neither asks, and in a task without classes.
    #[must_use]
    pub fn weekly(&self, rules: &RuleSet) -> Option<Minutes> {
        if Applies::of(rules, self).classes { self.week_min.max(rules.week_min_minutes) } else { None }
    }

    /// What the figure of [`Terms::weekly`] rests on: the act, or the announcement that asks for more.
    #[must_use]
    pub fn weekly_basis(&self, rules: &RuleSet) -> String {
        if self.asks_more(rules) { "zasady konkursu w ogłoszeniu".to_owned() } else { rules.act.clone() }
    }

    /// Whether the announcement asks for more hours a week than the rules.
    #[must_use]
    pub fn asks_more(&self, rules: &RuleSet) -> bool {
        self.week_min > rules.week_min_minutes
    }
}

impl CallContent {
    /// [`Terms::weekly`] of this contest.
    #[must_use]
    pub fn weekly(&self) -> Option<Minutes> {
        self.terms.weekly(&self.rules)
    }
}
