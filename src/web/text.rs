//! Words that every room uses for the same thing.

use crate::law::Severity;

#[must_use]
pub fn severity_label(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "blokuje",
        Severity::Warn => "ostrzeżenie",
        Severity::Info => "informacja",
    }
}

/// The tone of a status tag for a severity.
#[must_use]
pub fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "error",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}
