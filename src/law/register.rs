//! The register of rules: what every `R-…` in a finding stands for.

use chrono::NaiveDate;

use super::finding::Severity;
use super::mark::Mark;

mod table;

pub use table::RULES;

/// One rule, as `konkurs rules` prints it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleInfo {
    pub id: &'static str,
    /// The strongest one the rule uses; shown by its Polish label.
    pub severity: Severity,
    /// A Polish sentence.
    pub what: &'static str,
    pub basis: &'static str,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// How sure we are of the rule.
    pub mark: Mark,
    /// Why no finding of the program names the rule: nobody checks it, or it cannot be broken here. Empty for the others.
    pub instead: &'static str,
}

/// Looks a rule up by its id.
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    RULES.iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_one_entry_with_text_and_the_table_is_sorted() {
        assert!(RULES.windows(2).all(|w| w[0].id < w[1].id), "unsorted or twice");
        for rule in RULES {
            assert!(rule.id.starts_with("R-"), "{}", rule.id);
            assert!(rule.what.ends_with('.') && rule.what.len() > 20, "{}", rule.id);
            assert!(!rule.basis.is_empty(), "{}", rule.id);
            assert!(rule.to.is_none_or(|to| rule.from.is_some_and(|from| from < to)));
        }
        assert_eq!(rule("R-CAP-01").map(|r| r.severity.label()), Some("blokada"));
        assert_eq!(rule("R-XXX-01"), None);
    }

    #[test]
    fn every_rule_of_this_room_is_registered() {
        let sources = [
            include_str!("tables.rs"),
            include_str!("interest.rs"),
            include_str!("cap.rs"),
            include_str!("cap/check.rs"),
            include_str!("rules.rs"),
            include_str!("rules/gate.rs"),
            include_str!("rules/local.rs"),
            include_str!("hours/check.rs"),
            include_str!("hours/days.rs"),
            include_str!("hours/overlap.rs"),
            include_str!("hours/weeks.rs"),
        ];
        for source in sources {
            for piece in source.split("\"R-").skip(1) {
                let id = format!("R-{}", piece.split('"').next().unwrap());
                assert!(rule(&id).is_some(), "{id}");
            }
        }
    }
}
