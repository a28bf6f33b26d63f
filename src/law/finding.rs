//! What a check says: one shape from the offer to the settlement.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::money::Money;

/// How far a finding reaches. In order: what blocks comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The step cannot be taken.
    Block,
    /// The step needs a recorded justification.
    Warn,
    /// Worth knowing.
    Info,
}

impl Severity {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Block => "blokada",
            Self::Warn => "ostrzeżenie",
            Self::Info => "informacja",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// The stable name of a rule, such as `R-CAP-01`; the register explains it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    pub const fn new(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One remark of a check, in Polish sentences a person can act on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    pub rule: RuleId,
    pub severity: Severity,
    /// Where: a field, or a sheet and a cell.
    #[serde(default)]
    pub place: String,
    /// What stands there.
    #[serde(default)]
    pub found: String,
    /// What is allowed.
    #[serde(default)]
    pub limit: String,
    /// The provision.
    #[serde(default)]
    pub basis: String,
    /// The way out.
    #[serde(default)]
    pub hint: String,
    /// The money at stake, such as the excess over a cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

impl Finding {
    pub fn new(rule: &'static str, severity: Severity) -> Self {
        Self {
            rule: RuleId::new(rule),
            severity,
            place: String::new(),
            found: String::new(),
            limit: String::new(),
            basis: String::new(),
            hint: String::new(),
            amount: None,
        }
    }

    pub fn block(rule: &'static str) -> Self {
        Self::new(rule, Severity::Block)
    }

    pub fn warn(rule: &'static str) -> Self {
        Self::new(rule, Severity::Warn)
    }

    pub fn info(rule: &'static str) -> Self {
        Self::new(rule, Severity::Info)
    }

    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    pub fn limit(mut self, limit: impl Into<String>) -> Self {
        self.limit = limit.into();
        self
    }

    pub fn basis(mut self, basis: impl Into<String>) -> Self {
        self.basis = basis.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn amount(mut self, amount: Money) -> Self {
        self.amount = Some(amount);
        self
    }
}

/// Whether any of the findings stops the step.
pub fn blocks(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_reads_back_and_blocks() {
        let finding = Finding::block("R-CAP-01")
            .at("część V.B, wiersz 2")
            .found("85 050,00 zł")
            .limit("84 000,00 zł")
            .amount(Money::zl(1_050));
        let json = serde_json::to_string(&finding).unwrap();
        assert!(json.starts_with(r#"{"rule":"R-CAP-01","severity":"block""#), "{json}");
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), finding);
        assert!(blocks(std::slice::from_ref(&finding)));
        assert!(!blocks(&[Finding::warn("R-HRS-01"), Finding::info("R-CAP-04")]));
        assert!(Severity::Block < Severity::Warn && Severity::Warn < Severity::Info);
        assert_eq!(finding.rule.to_string(), "R-CAP-01");
    }
}
