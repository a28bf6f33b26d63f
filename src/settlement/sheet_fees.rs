//! The rows of the settlement workbook about payments of recipients (part II.3 of the reports).

use super::sheet::{Facts, Spec, money};
use crate::document::{Cell, Kind};
use crate::report::Part;

pub(super) const FEES: [Spec; 9] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Sprawozdanie", Kind::Text, 28, false),
    ("Za co (oferta)", Kind::Text, 34, false),
    ("Najwyższa opłata w ofercie", Kind::Money, 16, false),
    ("Najwyższa opłata pobrana", Kind::Money, 16, false),
    ("Pobrano razem", Kind::Money, 16, true),
    ("Wydano na zadanie", Kind::Money, 16, true),
    ("Warunki", Kind::Text, 40, false),
    ("Wyjaśnienie wyższej opłaty", Kind::Text, 40, false),
];

/// One row for every report that said what was taken.
pub(super) fn fees(f: &Facts<'_>) -> Vec<Vec<Cell>> {
    let said = f.contract.content.fees.as_ref();
    let row = |p: &Part| {
        let taken = p.report.content.fees.as_ref()?;
        Some(vec![
            Cell::text(&f.contract.number),
            Cell::text(p.report.name()),
            said.map_or(Cell::Empty, |fees| Cell::text(&fees.form)),
            said.map_or(Cell::Empty, |fees| money(fees.amount)),
            money(taken.highest),
            money(taken.total),
            money(taken.spent),
            Cell::text(&taken.conditions),
            Cell::text(&taken.why_more),
        ])
    };
    f.parts.iter().filter(|p| p.report.is_filed()).filter_map(row).collect()
}
