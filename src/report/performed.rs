//! What the ledger says was done: the hours of each group, its weeks, and the cap.
//! The report and the settlement count with these same functions.

use crate::contract::ContractContent;
use crate::error::AppError;
use crate::law::hours::{eligible_minutes, minutes_by_day};
use crate::law::{Cap, GroupHours, Minutes, Money, Session, Week, WeekKind, cap, weeks};
use crate::programme::Group;

use super::model::{CostReport, HoursLine};

/// The lines of a ledger as the law counts them.
#[must_use]
pub fn sessions(lines: &[HoursLine]) -> Vec<Session> {
    lines
        .iter()
        .map(|l| Session {
            place: l.place.clone(),
            group: l.group.clone(),
            trainer: l.trainer.clone(),
            day: l.day,
            from: l.from,
            to: l.to,
            persons_present: l.present,
            persons_absent: l.absent,
            individual: l.individual,
        })
        .collect()
}

/// Persons of a group as its longest list of attendance shows them; the planned number
/// while there is no class.
#[must_use]
pub fn persons(group: &Group, lines: &[HoursLine]) -> u32 {
    let listed = lines.iter().filter(|l| l.group == group.code && !l.individual);
    listed.map(|l| l.present.saturating_add(l.absent)).max().unwrap_or(group.persons)
}

/// Hours of every group of the contract that count towards the cap.
/// Basis: the rule set and the terms the contract froze. Date: the days of the classes.
#[must_use]
pub fn group_hours(content: &ContractContent, lines: &[HoursLine]) -> Vec<GroupHours> {
    let counted = eligible_minutes(&sessions(lines), &content.rules);
    let hours = |group: &Group| GroupHours {
        group: group.code.clone(),
        persons: persons(group, lines),
        minutes: counted.get(&group.code).copied().unwrap_or_default(),
    };
    content.groups.iter().map(hours).collect()
}

/// The hours the contract planned, as the cap counts them.
#[must_use]
pub fn planned_hours(content: &ContractContent) -> Vec<GroupHours> {
    let individual = content.rules.individual_hours_count;
    content
        .hours
        .iter()
        .map(|h| GroupHours {
            group: h.group.clone(),
            persons: h.persons,
            minutes: if individual { h.minutes.saturating_add(h.individual) } else { h.minutes },
        })
        .collect()
}

/// The cap over some hours, by the terms of the contract.
///
/// # Errors
/// `Internal` for hours no ledger can hold.
pub fn cap_over(content: &ContractContent, hours: &[GroupHours]) -> Result<Cap, AppError> {
    cap(&content.cap, hours).map_err(|e| AppError::Internal(Box::new(e)))
}

/// The weeks of a group inside its edition; empty where the rules know no weekly minimum.
#[must_use]
pub fn weeks_of(content: &ContractContent, group: &Group, kind: WeekKind, lines: &[HoursLine]) -> Vec<Week> {
    let edition = content.editions.iter().find(|e| e.no == group.edition);
    let (Some(edition), Some(minimum)) = (edition, content.terms.weekly(&content.rules)) else { return Vec::new() };
    let days = minutes_by_day(&sessions(lines), &group.code);
    weeks(edition.from, edition.to, kind, &days, content.terms.unit.real(minimum))
}

/// Hours as the page says them: `1 350 h`, or with the school hour beside.
#[must_use]
pub fn hours_text(content: &ContractContent, minutes: Minutes) -> String {
    match content.terms.unit {
        crate::law::HourUnit::Min60 => minutes.to_string(),
        unit @ crate::law::HourUnit::Min45 => {
            let units = minutes.units(unit).round_dp(2).normalize().to_string().replace('.', ",");
            format!("{units} godz. po 45 min ({minutes})")
        }
    }
}

/// # Errors
/// `Internal` when the sum is beyond any money.
pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Result<Money, AppError> {
    Money::sum(amounts).ok_or_else(|| AppError::internal("a sum of money does not fit"))
}

/// What was paid from the grant.
///
/// # Errors
/// `Internal` when the sum is beyond any money.
pub fn from_grant<'a>(costs: impl IntoIterator<Item = &'a CostReport>) -> Result<Money, AppError> {
    sum(costs.into_iter().map(|c| c.from_grant))
}

/// The numbers of the estimate's items (`I.1.1`, `II.1`), in its order.
#[must_use]
pub fn items(content: &ContractContent) -> Vec<String> {
    let (mut of_activity, mut admin) = (std::collections::BTreeMap::<u32, u32>::new(), 0_u32);
    content
        .costs
        .iter()
        .map(|line| match line.activity {
            Some(activity) => {
                let n = of_activity.entry(activity).or_default();
                *n = n.saturating_add(1);
                format!("I.{activity}.{n}")
            }
            None => {
                admin = admin.saturating_add(1);
                format!("II.{admin}")
            }
        })
        .collect()
}

/// Whether an item of the estimate pays a trainer.
#[must_use]
pub fn pays_trainer(content: &ContractContent, item: &str) -> bool {
    items(content).iter().zip(&content.costs).any(|(no, line)| no == item && line.trainer)
}

/// The part of the grant that the cap looks at: all of it, or the trainers' lines.
///
/// # Errors
/// `Internal` when the sum is beyond any money.
pub fn under_cap<'a>(
    content: &ContractContent,
    costs: impl IntoIterator<Item = &'a CostReport>,
) -> Result<Money, AppError> {
    match content.cap.scope {
        crate::law::CapScope::WholeGrant => from_grant(costs),
        crate::law::CapScope::TrainerLines => from_grant(costs.into_iter().filter(|c| pays_trainer(content, &c.item))),
    }
}
