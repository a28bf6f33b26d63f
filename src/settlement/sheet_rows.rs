//! The rows of each sheet of the settlement workbook.

use chrono::NaiveDate;

use super::interest::{Late, late};
use super::model::ReturnClass;
use super::sheet::{Facts, Spec};
use crate::contract::{Contract, PaymentKind};
use crate::document::{Cell, Kind};
use crate::error::AppError;
use crate::law::{Cap, CapScope, KPolicy, Minutes, Money, Tables, cap};
use crate::report::performed::{group_hours, persons, planned_hours, sum, weeks_of};
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
    ("Sprawozdanie", Kind::Integer, 12, false),
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
            Cell::Int(part.report.no),
            Cell::text(&l.place),
        ]
    };
    parts.iter().flat_map(|part| part.hours.iter().map(move |l| row(part, l))).collect()
}

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

pub(super) const SETTLEMENT: [Spec; 18] = [
    ("Nr umowy", Kind::Text, 16, false),
    ("Wypłacono", Kind::Money, 16, true),
    ("Wykorzystano", Kind::Money, 16, true),
    ("Niewykorzystane", Kind::Money, 16, true),
    ("Odsetki bankowe i przychody", Kind::Money, 16, true),
    ("Limit za przeprowadzone godziny", Kind::Money, 18, true),
    ("Koszt godziny", Kind::Money, 14, false),
    ("Ponad limit", Kind::Money, 16, true),
    ("Nieuznane", Kind::Money, 16, true),
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
    f.contract.content.groups.iter().map(group).chain(results.map(measure)).collect()
}

fn money(amount: Money) -> Cell {
    Cell::Money(amount.grosze())
}
