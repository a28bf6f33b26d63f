//! The rows of the settlement workbook about the contract and its hours.

use super::sheet::{Facts, Spec, money};
use crate::contract::Contract;
use crate::document::{Cell, Kind};
use crate::error::AppError;
use crate::law::{Cap, CapScope, KPolicy, Minutes, Money, cap};
use crate::report::performed::{group_hours, persons, planned_hours, weeks_of};
use crate::report::{HoursLine, Part};

pub(super) const CONTRACT: [Spec; 17] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Zleceniobiorca", Kind::Text, 34, false),
    ("KRS", Kind::Text, 12, false),
    ("NIP", Kind::Text, 12, false),
    ("Rachunek", Kind::Text, 34, false),
    ("Od", Kind::Date, 12, false),
    ("Do", Kind::Date, 12, false),
    ("Dotacja", Kind::Money, 16, true),
    ("Tryb", Kind::Text, 14, false),
    ("Zasady", Kind::Text, 10, false),
    ("Limit za godzinę", Kind::Money, 14, false),
    ("Limit obejmuje", Kind::Text, 22, false),
    ("Mniejsza grupa", Kind::Text, 22, false),
    ("Godzina", Kind::Text, 28, false),
    ("Godziny zaplanowane", Kind::Hours, 14, true),
    ("Godziny przeprowadzone", Kind::Hours, 14, true),
    ("Stan", Kind::Text, 14, false),
];

pub(super) fn contract(f: &Facts<'_>) -> Vec<Cell> {
    let (content, c) = (&f.contract.content, &f.contract.content.contractor);
    vec![
        Cell::text(&f.contract.number),
        Cell::text(&c.name),
        Cell::text(c.krs.clone().unwrap_or_default()),
        Cell::text(&c.nip),
        content.account.as_ref().map_or(Cell::Empty, |nrb| Cell::text(nrb.to_string())),
        Cell::Date(content.starts),
        Cell::Date(content.ends),
        money(content.grant),
        Cell::text(content.mode.label()),
        Cell::text(&content.rules.code),
        if content.rules.has_cap() { money(content.cap.rate) } else { Cell::text("brak limitu") },
        Cell::text(match content.cap.scope {
            CapScope::WholeGrant => "cała dotacja",
            CapScope::TrainerLines => "wynagrodzenia trenerów",
        }),
        Cell::text(match content.cap.policy {
            KPolicy::Full => "pełna stawka",
            KPolicy::ProRata => "proporcjonalnie do osób",
        }),
        Cell::text(content.terms.unit.label()),
        Cell::Minutes(f.figures.minutes_planned),
        Cell::Minutes(f.figures.minutes_performed),
        Cell::text(f.contract.state.label()),
    ]
}

pub(super) const GROUPS: [Spec; 11] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Edycja", Kind::Integer, 8, false),
    ("Grupa", Kind::Text, 10, false),
    ("Gmina", Kind::Text, 28, false),
    ("Osoby – plan", Kind::Integer, 10, true),
    ("Osoby – lista", Kind::Integer, 10, true),
    ("Godziny – plan", Kind::Hours, 12, true),
    ("Godziny – wykonanie", Kind::Hours, 12, true),
    ("Tygodnie poniżej minimum", Kind::Integer, 14, true),
    ("Limit – plan", Kind::Money, 16, true),
    ("Limit – wykonanie", Kind::Money, 16, true),
];

pub(super) fn groups(f: &Facts<'_>) -> Result<Vec<Vec<Cell>>, AppError> {
    let content = &f.contract.content;
    let over = |hours| cap(&content.cap, hours).map_err(|e| AppError::Internal(Box::new(e)));
    let (planned, performed) = (over(&planned_hours(content))?, over(&group_hours(content, &f.hours))?);
    let row = |g: &crate::programme::Group| {
        let short = weeks_of(content, g, content.terms.week, &f.hours).iter().filter(|w| w.short).count();
        let ((plan, plan_cap), (done, done_cap)) = (of_group(&planned, &g.code, f), of_group(&performed, &g.code, f));
        vec![
            Cell::text(&f.contract.number),
            Cell::Int(i64::from(g.edition)),
            Cell::text(&g.code),
            Cell::text(&g.gmina),
            Cell::Int(i64::from(g.persons)),
            Cell::Int(i64::from(persons(g, &f.hours))),
            Cell::Minutes(plan.get()),
            Cell::Minutes(done.get()),
            Cell::Int(i64::try_from(short).unwrap_or(i64::MAX)),
            money(plan_cap),
            money(done_cap),
        ]
    };
    Ok(content.groups.iter().map(row).collect())
}

/// A group's hours and its part of the cap, by the policy of the call.
fn of_group(cap: &Cap, code: &str, f: &Facts<'_>) -> (Minutes, Money) {
    let Some(line) = cap.lines.iter().find(|l| l.group == code) else { return (Minutes::ZERO, Money::ZERO) };
    let share = match (f.contract.content.cap.policy, line.pro_rata) {
        (KPolicy::ProRata, Some(share)) => share,
        (KPolicy::ProRata, None) | (KPolicy::Full, _) => line.full,
    };
    (line.minutes, share)
}

pub(super) const HOURS: [Spec; 13] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Data", Kind::Date, 12, false),
    ("Grupa", Kind::Text, 10, false),
    ("Prowadzący", Kind::Text, 24, false),
    ("Od", Kind::Time, 8, false),
    ("Do", Kind::Time, 8, false),
    ("Godziny", Kind::Hours, 10, true),
    ("Temat", Kind::Text, 34, false),
    ("Obecni", Kind::Integer, 9, false),
    ("Nieobecni", Kind::Integer, 10, false),
    ("Indywidualne", Kind::Text, 12, false),
    ("Sprawozdanie", Kind::Text, 28, false),
    ("Dokument", Kind::Text, 28, false),
];

pub(super) fn hours(contract: &Contract, parts: &[Part]) -> Vec<Vec<Cell>> {
    let row = |part: &Part, l: &HoursLine| {
        vec![
            Cell::text(&contract.number),
            Cell::Date(l.day),
            Cell::text(&l.group),
            Cell::text(&l.trainer),
            Cell::Time(l.from),
            Cell::Time(l.to),
            Cell::Minutes(l.minutes().get()),
            Cell::text(&l.topic),
            Cell::Int(i64::from(l.present)),
            Cell::Int(i64::from(l.absent)),
            Cell::text(if l.individual { "tak" } else { "nie" }),
            Cell::text(part.report.name()),
            Cell::text(&l.place),
        ]
    };
    parts.iter().flat_map(|part| part.hours.iter().map(move |l| row(part, l))).collect()
}
