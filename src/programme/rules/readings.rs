//! What hours and what rate the money of the classes may mean, when the report does not say.
//! No reading is a fact; the page shows them all, with the verdict of the cap and of the weekly hours.

use super::super::model::ProgrammeContent;
use crate::law::cap::{GroupHours, cap};
use crate::law::{CapBase, CapScope, CapTerms, HourUnit, KPolicy, Minutes, Money, RuleSet};

/// One way to read the figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    pub label: String,
    pub pro_rata: bool,
    /// Hours of all groups together.
    pub hours: Minutes,
    pub cap: Money,
    /// Money for one group-hour, half up.
    pub rate: Option<Money>,
    /// Money above the cap; zero within it.
    pub over: Money,
    /// Fewer hours than the weekly minimum asks for.
    pub short: bool,
}

/// The readings of the money spent on classes. Empty where the law names no group and no weekly minimum,
/// or where the outcomes are not recorded.
/// Basis: upz art. 62a ust. 5 and 62c ust. 3. Date: the shortest edition of the programme.
#[must_use]
pub fn readings(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Reading> {
    read(content, rules).unwrap_or_default()
}

fn read(content: &ProgrammeContent, rules: &RuleSet) -> Option<Vec<Reading>> {
    let CapBase::PerGroupHour { rate, group } = rules.cap else { return None };
    let money = content.outcomes.as_ref()?.workshops;
    let weekly = rules.week_min_minutes?.get().checked_div(60)?;
    let groups = i64::try_from(content.groups.len()).ok().filter(|n| *n > 0)?;
    let days = days(content)?;
    let calendar_weeks = days.checked_add(6)?.checked_div(7)?;
    let full_weeks = days.checked_div(7)?;
    let least = weekly.checked_mul(days)?.checked_div(7)?;
    let at_cap = at_cap_hours(money, rate, groups);
    let case = Case { content, money, least, terms: terms(rate, group) };
    let mut out = vec![
        case.reading(
            weekly * calendar_weeks,
            &format!("{weekly} godz. × {calendar_weeks} tygodni kalendarzowych"),
            false,
        ),
        case.reading(least, &format!("proporcjonalnie do {days} dni edycji"), false),
    ];
    if let Some(hours) = at_cap {
        out.push(case.reading(hours, "cała kwota po najwyższej stawce", false));
    }
    out.push(case.reading(weekly * full_weeks, &format!("{weekly} godz. × {full_weeks} pełnych tygodni"), false));
    out.push(case.reading(weekly * calendar_weeks, "limit według liczby osób, tygodnie kalendarzowe", true));
    out.push(case.reading(least, "limit według liczby osób, proporcjonalnie do dni", true));
    Some(out.into_iter().flatten().collect())
}

/// Days of the shortest edition, first and last counted.
pub(super) fn days(content: &ProgrammeContent) -> Option<i64> {
    content.editions.iter().map(|e| e.to.signed_duration_since(e.from).num_days() + 1).filter(|d| *d > 0).min()
}

/// Whole hours of each group at the full rate, when the money is an exact multiple.
fn at_cap_hours(money: Money, rate: Money, groups: i64) -> Option<i64> {
    let hour_of_all = rate.checked_mul(groups)?.grosze();
    (money.grosze().checked_rem(hour_of_all)? == 0).then_some(money.grosze().checked_div(hour_of_all)?)
}

fn terms(rate: Money, group: u32) -> CapTerms {
    CapTerms {
        rate,
        group: Some(group),
        policy: KPolicy::Full,
        scope: CapScope::WholeGrant,
        unit: HourUnit::Min60,
        basis: String::new(),
    }
}

struct Case<'a> {
    content: &'a ProgrammeContent,
    money: Money,
    least: i64,
    terms: CapTerms,
}

impl Case<'_> {
    fn reading(&self, hours: i64, how: &str, pro_rata: bool) -> Option<Reading> {
        let minutes = Minutes::from_hours(hours);
        let of = |g: &super::super::model::Group| GroupHours { group: g.code.clone(), persons: g.persons, minutes };
        let hours_of: Vec<GroupHours> = self.content.groups.iter().map(of).collect();
        let mut terms = self.terms.clone();
        terms.policy = if pro_rata { KPolicy::ProRata } else { KPolicy::Full };
        let cap = cap(&terms, &hours_of).ok()?;
        Some(Reading {
            label: format!("{} × {hours} godz. ({how})", self.content.groups.len()),
            pro_rata,
            hours: cap.minutes,
            cap: cap.total,
            rate: cap.implied_rate(self.money),
            over: self.money.saturating_sub_floor0(cap.total),
            short: hours < self.least,
        })
    }
}
