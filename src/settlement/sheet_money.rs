//! The rows of the settlement workbook about money and effects.

use chrono::NaiveDate;

use super::interest::{Late, late};
use super::model::ReturnClass;
use super::sheet::{Facts, Spec, money};
use crate::contract::PaymentKind;
use crate::document::{Cell, Kind};
use crate::error::AppError;
use crate::law::{Money, Tables};
use crate::report::performed::sum;

pub(super) const COSTS: [Spec; 10] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Pozycja", Kind::Text, 10, false),
    ("Rodzaj kosztu", Kind::Text, 34, false),
    ("Plan", Kind::Money, 16, true),
    ("Wykonanie", Kind::Money, 16, true),
    ("Z dotacji", Kind::Money, 16, true),
    ("Z innych środków", Kind::Money, 16, true),
    ("Odchylenie dotacji", Kind::Money, 16, true),
    ("Odchylenie %", Kind::Percent, 12, false),
    ("Dozwolone przesunięcie %", Kind::Percent, 14, false),
];

pub(super) fn costs(f: &Facts<'_>) -> Result<Vec<Vec<Cell>>, AppError> {
    let content = &f.contract.content;
    let items = crate::report::performed::items(content);
    let shift = i64::from(content.terms.shift_percent).saturating_mul(100);
    let mut rows = Vec::new();
    for (item, line) in items.iter().zip(&content.costs) {
        let spent = || f.parts.iter().flat_map(|p| p.costs.iter()).filter(|c| c.item == *item);
        let (actual, grant) = (sum(spent().map(|c| c.actual))?, sum(spent().map(|c| c.from_grant))?);
        let planned = line.value().unwrap_or(Money::ZERO);
        let deviation = Money::from_grosze(grant.grosze().saturating_sub(planned.grosze()));
        let allowed = if item.starts_with("II.") { 0 } else { shift };
        rows.push(vec![
            Cell::text(&f.contract.number),
            Cell::text(item),
            Cell::text(&line.name),
            money(planned),
            money(actual),
            money(grant),
            money(actual.saturating_sub_floor0(grant)),
            money(deviation),
            percent(deviation, planned),
            Cell::Percent(allowed),
        ]);
    }
    Ok(rows)
}

fn percent(part: Money, whole: Money) -> Cell {
    let hundredths = part.percent_of(whole).and_then(|p| p.checked_mul(rust_decimal::Decimal::ONE_HUNDRED));
    hundredths.and_then(|p| i64::try_from(p).ok()).map_or(Cell::Empty, Cell::Percent)
}

pub(super) const DOCUMENTS: [Spec; 8] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Nr dokumentu", Kind::Text, 20, false),
    ("Data", Kind::Date, 12, false),
    ("Wystawca", Kind::Text, 34, false),
    ("Kwota", Kind::Money, 16, true),
    ("Z dotacji", Kind::Money, 16, true),
    ("Data zapłaty", Kind::Date, 12, false),
    ("Pozycja kosztów", Kind::Text, 14, false),
];

pub(super) const TRANCHES: [Spec; 8] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Transza", Kind::Text, 10, false),
    ("Termin", Kind::Date, 12, false),
    ("Warunek", Kind::Text, 34, false),
    ("Kwota", Kind::Money, 16, true),
    ("Wypłacono", Kind::Money, 16, true),
    ("Data wypłaty", Kind::Date, 12, false),
    ("Dokument", Kind::Text, 24, false),
];

pub(super) fn tranches(f: &Facts<'_>) -> Vec<Vec<Cell>> {
    let number = || Cell::text(&f.contract.number);
    let tranche = |t: &crate::contract::Tranche| {
        let paid = f.payments.iter().find(|p| p.kind == PaymentKind::Tranche(t.no));
        vec![
            number(),
            Cell::text(t.no.to_string()),
            Cell::Date(t.due_on),
            Cell::text(&t.condition),
            money(t.amount),
            paid.map_or(Cell::Empty, |p| money(p.amount)),
            paid.map_or(Cell::Empty, |p| Cell::Date(p.paid_on)),
            paid.map_or(Cell::Empty, |p| Cell::text(&p.reference)),
        ]
    };
    let returned = |p: &crate::contract::Payment| {
        let back = Money::from_grosze(p.amount.grosze().saturating_neg());
        let (day, reference) = (Cell::Date(p.paid_on), Cell::text(&p.reference));
        vec![
            number(),
            Cell::text("zwrot"),
            Cell::Empty,
            Cell::text("zwrot do urzędu"),
            Cell::Empty,
            money(back),
            day,
            reference,
        ]
    };
    let tranches = f.contract.content.tranches.iter().map(tranche);
    tranches.chain(f.payments.iter().filter(|p| p.kind == PaymentKind::Return).map(returned)).collect()
}

/// Only where recipients were charged.
pub(super) const UNSPENT_FEES: &str = "Opłaty niewydane na zadanie";

pub(super) const SETTLEMENT: [Spec; 19] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Wypłacono", Kind::Money, 16, true),
    ("Wykorzystano", Kind::Money, 16, true),
    ("Niewykorzystane", Kind::Money, 16, true),
    ("Odsetki bankowe i przychody", Kind::Money, 16, true),
    ("Limit za przeprowadzone godziny", Kind::Money, 18, true),
    ("Koszt godziny", Kind::Money, 14, false),
    ("Ponad limit", Kind::Money, 16, true),
    ("Nieuznane", Kind::Money, 16, true),
    (UNSPENT_FEES, Kind::Money, 16, true),
    ("Do zwrotu", Kind::Money, 16, true),
    ("Zwrócono", Kind::Money, 16, true),
    ("Pozostało do zwrotu", Kind::Money, 16, true),
    ("Odsetki od dnia", Kind::Date, 12, false),
    ("Dni", Kind::Integer, 8, false),
    ("Stawka", Kind::Percent, 10, false),
    ("Odsetki na dzień", Kind::Date, 12, false),
    ("Odsetki", Kind::Money, 14, true),
    ("Razem z odsetkami", Kind::Money, 16, true),
];

/// The day interest is counted to: the last return when everything is back, else today.
fn counted_to(f: &Facts<'_>, today: NaiveDate) -> NaiveDate {
    let back = f.figures.returned >= f.figures.to_return;
    let last = f.payments.iter().filter(|p| p.kind == PaymentKind::Return).map(|p| p.paid_on).max();
    last.filter(|_| back).unwrap_or(today)
}

fn lates(f: &Facts<'_>, tables: &Tables, today: NaiveDate) -> Vec<Late> {
    let day = counted_to(f, today);
    f.figures.returns.iter().map(|line| late(line, day, tables)).collect()
}

pub(super) fn settlement(f: &Facts<'_>, tables: &Tables, today: NaiveDate) -> Result<Vec<Cell>, AppError> {
    let (n, lates) = (&f.figures, lates(f, tables, today));
    let income = f.parts.iter().map(|p| &p.report.content).flat_map(|c| [c.bank_interest, c.other_income]);
    let interest = sum(lates.iter().map(|l| l.interest))?;
    let first = lates.iter().filter(|l| l.days > 0).min_by_key(|l| l.line.interest_from);
    Ok(vec![
        Cell::text(&f.contract.number),
        money(n.paid),
        money(n.used),
        money(n.unused),
        money(sum(income)?),
        if f.contract.content.rules.has_cap() { money(n.cap_performed) } else { Cell::Empty },
        n.implied_rate.map_or(Cell::Empty, money),
        money(n.excess),
        money(n.ineligible),
        money(n.unspent_fees),
        money(n.to_return),
        money(n.returned),
        money(n.to_return.saturating_sub_floor0(n.returned)),
        first.map_or(Cell::Empty, |l| Cell::Date(l.line.interest_from)),
        first.map_or(Cell::Empty, |l| Cell::Int(l.days)),
        first.and_then(|l| l.rates_x100.last().copied()).map_or(Cell::Empty, Cell::Percent),
        Cell::Date(counted_to(f, today)),
        money(interest),
        money(sum([n.to_return, interest])?),
    ])
}

pub(super) const RETURNS: [Spec; 11] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Rodzaj zwrotu", Kind::Text, 34, false),
    ("Podstawa", Kind::Text, 40, false),
    ("Kwota", Kind::Money, 16, true),
    ("Zwrot do", Kind::Date, 12, false),
    ("Odsetki od dnia", Kind::Date, 12, false),
    ("Dni", Kind::Integer, 8, false),
    ("Stawki roczne", Kind::Text, 18, false),
    ("Odsetki", Kind::Money, 14, true),
    ("Razem", Kind::Money, 16, true),
    ("Uwagi", Kind::Text, 40, false),
];

pub(super) fn returns(f: &Facts<'_>, tables: &Tables, today: NaiveDate) -> Result<Vec<Vec<Cell>>, AppError> {
    let row = |l: Late| {
        let class: ReturnClass = l.line.class;
        Ok(vec![
            Cell::text(&f.contract.number),
            Cell::text(class.label()),
            Cell::text(class.basis()),
            money(l.line.amount),
            Cell::Date(l.line.due_on),
            Cell::Date(l.line.interest_from),
            Cell::Int(l.days),
            Cell::text(
                l.rates_x100.iter().map(|r| format!("{},{:02}%", r / 100, r % 100)).collect::<Vec<_>>().join(", "),
            ),
            money(l.interest),
            money(sum([l.line.amount, l.interest])?),
            Cell::text(l.remark),
        ])
    };
    lates(f, tables, today).into_iter().map(row).collect()
}

pub(super) const EFFECTS: [Spec; 6] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Kod uczestnika", Kind::Text, 16, false),
    ("Ukończył(a)", Kind::Text, 12, false),
    ("Obecność %", Kind::Percent, 12, false),
    ("Miernik", Kind::Text, 34, false),
    ("Wynik", Kind::Text, 34, false),
];

/// Participants are not kept here, so a group stands for its participants; the measures of the
/// contract follow with what each report says of them.
pub(super) fn effects(f: &Facts<'_>) -> Vec<Vec<Cell>> {
    let number = || Cell::text(&f.contract.number);
    let group = |g: &crate::programme::Group| {
        let own = || f.hours.iter().filter(|l| l.group == g.code && !l.individual);
        let present: i64 = own().map(|l| i64::from(l.present)).sum();
        let listed: i64 = own().map(|l| i64::from(l.present) + i64::from(l.absent)).sum();
        let share = percent(Money::from_grosze(present), Money::from_grosze(listed));
        vec![number(), Cell::text(format!("grupa {}", g.code)), Cell::Empty, share, Cell::Empty, Cell::Empty]
    };
    let measure = |r: &crate::report::AchievedResult| {
        let measure = Cell::text(format!("{} (plan: {})", r.name, r.planned));
        vec![number(), Cell::Empty, Cell::Empty, Cell::Empty, measure, Cell::text(&r.achieved)]
    };
    let results = f.parts.iter().flat_map(|p| p.report.content.results.iter());
    let taught = f.contract.content.applies().classes;
    f.contract.content.groups.iter().filter(|_| taught).map(group).chain(results.map(measure)).collect()
}
