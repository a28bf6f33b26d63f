//! A time in which the service could not take offers.

use crate::law::{Instant, plural, show_instant};
use crate::store::OutageId;

/// One line of the ledger. `recorded_by` is [`Outage::PROGRAM`] for what the program noticed itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outage {
    pub id: OutageId,
    pub from: Instant,
    pub to: Instant,
    pub cause: String,
    pub recorded_at: Instant,
    pub recorded_by: String,
}

impl Outage {
    /// Who recorded a gap between two heartbeats.
    pub const PROGRAM: &'static str = "program";

    /// `od 14.12.2026, 22:40 do 15.12.2026, 01:05 (2 godziny 25 minut)`.
    #[must_use]
    pub fn span(&self) -> String {
        format!("od {} do {} ({})", show_instant(self.from), show_instant(self.to), self.length())
    }

    /// `2 godziny 25 minut`; at least a minute.
    #[must_use]
    pub fn length(&self) -> String {
        let minutes = (self.to - self.from).num_minutes().max(1);
        let (hours, rest) = (minutes / 60, minutes % 60);
        let said = |n: i64, one, few, many| format!("{n} {}", plural(n, one, few, many));
        let h = said(hours, "godzina", "godziny", "godzin");
        let m = said(rest, "minuta", "minuty", "minut");
        match (hours, rest) {
            (0, _) => m,
            (_, 0) => h,
            (_, _) => format!("{h} {m}"),
        }
    }
}
