//! The ledger of hours against the contract and the law.

use super::{Facts, basis};
use crate::contract::ContractContent;
use crate::error::AppError;
use crate::law::hours::{check_attendance, check_days, check_group_size, check_overlaps, check_period, check_weeks};
use crate::law::{self, Finding, Minutes, Money, RuleSet, Session, Severity, show_date};
use crate::programme::{Edition, Group};
use crate::report::model::{HoursLine, Part, ReportKind};
use crate::report::performed::{cap_over, group_hours, pays_trainer, sessions, sum, under_cap, weeks_of};

/// The column of the workbook that a rule speaks of.
fn column(rule: &str) -> char {
    match rule {
        "R-HRS-07" => 'A',
        "R-HRS-06" => 'E',
        "R-HRS-03" | "R-ATT-02" => 'G',
        _ => 'D',
    }
}

/// `arkusz Godziny, wiersz 7` becomes `arkusz Godziny, komórka E7`; a row of the page stays one.
fn at_cell(mut finding: Finding) -> Finding {
    let cell = finding.place.strip_prefix("arkusz ").and_then(|rest| rest.rsplit_once(", wiersz "));
    if let Some((sheet, row)) = cell
        && row.chars().all(|c| c.is_ascii_digit())
    {
        finding.place = format!("arkusz {sheet}, komórka {}{row}", column(finding.rule.as_str()));
    }
    finding
}

/// Single rows: period, edition, size of the group, attendance, length of the day.
/// Basis: each check has its own. Date: the day of the class.
pub fn rows(facts: &Facts<'_>) -> Vec<Finding> {
    let (report, content) = (&facts.this.report, facts.contract);
    let all = sessions(&facts.this.hours);
    let mut found = check_period(&all, report.period_from, report.period_to);
    let inside: Vec<Session> =
        all.iter().filter(|s| report.period_from <= s.day && s.day <= report.period_to).cloned().collect();
    for group in &content.groups {
        let Some(edition) = content.editions.iter().find(|e| e.no == group.edition) else { continue };
        let own: Vec<Session> = inside.iter().filter(|s| s.group == group.code).cloned().collect();
        found.extend(check_period(&own, edition.from, edition.to));
    }
    let terms = &content.terms;
    let larger = content.rules.group_max.is_some_and(|max| terms.group_max > max);
    let rules = RuleSet { group_max: content.rules.group_max.map(|_| terms.group_max), ..content.rules.clone() };
    found.extend(check_group_size(&all, &rules, larger));
    found.extend(check_attendance(&all));
    if let Some(day) = content.rules.day_minutes {
        found.extend(check_days(&all, terms.unit.real(day), &basis(&content.rules, "R-HRS-05")));
    }
    found.into_iter().map(at_cell).collect()
}

/// One trainer, one group at a time, also across the reports of the contract (R-TS-01).
/// Basis: contract § 6; upz art. 62a ust. 11 pkt 5. Date: the day of the class.
pub fn overlaps(facts: &Facts<'_>) -> Vec<Finding> {
    let earlier: Vec<Session> = facts.earlier.iter().flat_map(of_part).collect();
    let known = check_overlaps(&earlier);
    let all: Vec<Session> = earlier.into_iter().chain(sessions(&facts.this.hours)).collect();
    check_overlaps(&all).into_iter().filter(|f| !known.contains(f)).map(at_cell).collect()
}

fn of_part(part: &Part) -> Vec<Session> {
    let mut all = sessions(&part.hours);
    for session in &mut all {
        session.place = format!("sprawozdanie nr {}, {}", part.report.no, session.place);
    }
    all
}

/// Every week of every group the report speaks of has the hours the rules ask (R-HRS-01).
/// Basis: upz art. 62a ust. 5. Date: the days of the classes; a week as the call says.
pub fn weeks(facts: &Facts<'_>) -> Vec<Finding> {
    let content = facts.contract;
    let (terms, rules) = (&content.terms, &content.rules);
    if terms.weekly(rules).is_none() {
        return Vec::new();
    }
    let basis = if terms.asks_more(rules) { terms.weekly_basis(rules) } else { basis(rules, "R-HRS-01") };
    let lines = facts.all_hours();
    let mut found = Vec::new();
    for (group, edition) in groups_of(facts) {
        if !lines.iter().any(|l| l.group == group.code && !l.individual) {
            found.push(nothing(group, edition, &basis));
            continue;
        }
        let weeks = weeks_of(content, group, content.terms.week, &lines);
        found.extend(check_weeks(&group.code, &weeks, Severity::Block, &basis));
    }
    found
}

fn nothing(group: &Group, edition: &Edition, basis: &str) -> Finding {
    Finding::block("R-HRS-01")
        .at(format!("grupa {}", group.code))
        .found("W ewidencji nie ma żadnych zajęć tej grupy.")
        .limit(format!("Edycja {} trwała od {} do {}.", edition.no, show_date(edition.from), show_date(edition.to)))
        .basis(basis)
        .hint("Dopisz zajęcia albo wyjaśnij, dlaczego się nie odbyły.")
}

/// A partial report answers for the groups of its edition, the final one for those no other
/// report spoke of.
pub fn groups_of<'a>(facts: &'a Facts<'_>) -> Vec<(&'a Group, &'a Edition)> {
    let report = &facts.this.report;
    let content: &'a ContractContent = facts.contract;
    let reported = |code: &str| facts.earlier.iter().any(|p| p.hours.iter().any(|l| l.group == code));
    let own = |code: &str| facts.this.hours.iter().any(|l: &HoursLine| l.group == code);
    content
        .groups
        .iter()
        .filter_map(|group| Some((group, content.editions.iter().find(|e| e.no == group.edition)?)))
        .filter(|(group, edition)| match report.kind {
            ReportKind::Partial => report.period_from <= edition.from && edition.to <= report.period_to,
            ReportKind::Final => own(&group.code) || !reported(&group.code),
        })
        .collect()
}

/// What all filed reports took from the grant fits the cap over the hours they show (R-CAP-02, R-REP-17).
/// Basis: the terms' own. Date: the terms the contract froze.
pub fn cap(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let content = facts.contract;
    if !content.rules.has_cap() {
        return Ok(Vec::new());
    }
    let cap = cap_over(content, &group_hours(content, &facts.all_hours()))?;
    let used = under_cap(content, facts.parts().flat_map(|p| p.costs.iter()))?;
    let over = law::check_used(&cap, &content.cap, used, content.rules.cap_binds);
    Ok(over.into_iter().collect())
}

/// An hour of the trainers' pay does not cost more than the cap on one hour (R-TS-03).
/// Basis: the terms' own. Date: the terms the contract froze.
pub fn trainers(facts: &Facts<'_>) -> Result<Vec<Finding>, AppError> {
    let content = facts.contract;
    let lines = facts.parts().flat_map(|p| p.costs.iter()).filter(|c| pays_trainer(content, &c.item));
    let pay = sum(lines.map(|c| c.actual))?;
    if pay.is_zero() || !content.rules.has_cap() {
        return Ok(Vec::new());
    }
    let hours = facts.all_hours();
    let minutes = Minutes::sum(sessions(&hours).iter().filter(|s| s.is_eligible()).map(Session::minutes));
    let finding = match minutes.filter(|m| !m.is_zero()) {
        None => Some(
            Finding::warn("R-TS-03")
                .at("Koszty, wynagrodzenia trenerów")
                .found(format!("Rozliczono {pay}, a w ewidencji nie ma godzin."))
                .limit("Wynagrodzenie trenera odpowiada godzinom z ewidencji.")
                .basis(content.cap.basis.clone())
                .hint("Uzupełnij ewidencję godzin."),
        ),
        Some(minutes) => dear(content, pay, minutes),
    };
    Ok(finding.into_iter().collect())
}

fn dear(content: &ContractContent, pay: Money, minutes: Minutes) -> Option<Finding> {
    let hour = i128::from(pay.grosze()).checked_mul(content.terms.unit.minutes().into())?;
    let hour = hour.checked_add(i128::from(minutes.get()) / 2)?.checked_div(minutes.get().into())?;
    let hour = Money::from_grosze(i64::try_from(hour).ok()?);
    let rate = content.cap.rate;
    (hour > rate).then(|| {
        Finding::block("R-TS-03")
            .at("Koszty, wynagrodzenia trenerów")
            .found(format!("Na godzinę pracy trenera przypada {hour} ({pay} za {minutes})."))
            .limit(format!("Najwyżej {rate} za godzinę."))
            .basis(content.cap.basis.clone())
            .hint("Sprawdź godziny w ewidencji i kwoty wynagrodzeń.")
            .amount(hour.saturating_sub_floor0(rate))
    })
}
