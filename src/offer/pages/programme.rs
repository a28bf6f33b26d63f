//! The class programme on its page: the groups with what is planned for each, or the classes of one group
//! with its weeks held against the minimum.

use serde::Serialize;

use super::policy::Case;
use super::section::group_query;
use crate::call::CallContent;
use crate::law::hours::minutes_by_day;
use crate::law::{Week, plural, show_date, weeks};
use crate::offer::classes::{by_topic, groups, of_group, planned, sessions};
use crate::offer::model::OfferContent;
use crate::programme::Edition;
use crate::web::Fields;

#[derive(Serialize)]
struct GroupRow {
    code: String,
    href: String,
    edition: String,
    classes: usize,
    hours: String,
    individual: String,
    /// Weeks below the minimum; a dash where the rules know none.
    short: String,
    is_short: bool,
}

#[derive(Serialize)]
struct Bar {
    label: String,
    value_text: String,
    percent: i64,
    limit_percent: i64,
    tone: &'static str,
}

/// What the page of the programme shows beside its form.
#[derive(Serialize)]
pub struct ProgrammeView {
    /// The group whose classes are edited; empty for the list of groups.
    group: String,
    edition: String,
    hours: String,
    groups: Vec<GroupRow>,
    weeks: Vec<Bar>,
    weekly: String,
    topics: String,
    /// Hours of each topic over all groups.
    by_topic: Vec<(String, String)>,
    trainers: String,
    individual_counts: bool,
    /// Rows of a whole programme that was sent and not saved: they go along as hidden fields.
    carried: Vec<(String, String)>,
    carried_rows: usize,
    classes: usize,
}

/// The view for one group, or for the list when `fields` name none.
pub fn programme_view(case: &Case, content: &OfferContent, fields: &Fields) -> ProgrammeView {
    let call = &case.call.content;
    let group = fields.text("grupa").to_owned();
    let edition = edition_of(call, &group);
    let carried: Vec<(String, String)> = if group.is_empty() {
        fields.pairs().iter().filter(|(key, _)| key.starts_with("programme.")).cloned().collect()
    } else {
        Vec::new()
    };
    let weekly = call.weekly().map(|m| call.terms.unit.real(m));
    ProgrammeView {
        edition: edition.map(said).unwrap_or_default(),
        hours: planned(content, &group).map(|(m, _)| m.to_string()).unwrap_or_default(),
        groups: if group.is_empty() { rows(call, content) } else { Vec::new() },
        weeks: weeks_of(call, content, &group).iter().map(bar).collect(),
        weekly: weekly.map(|m| m.to_string()).unwrap_or_default(),
        topics: call.topics.join(", "),
        by_topic: by_topic(content).into_iter().map(|(topic, m)| (topic, m.to_string())).collect(),
        trainers: content.trainers.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", "),
        individual_counts: call.rules.individual_hours_count,
        carried_rows: if carried.is_empty() { 0 } else { fields.rows("programme").len() },
        carried,
        classes: content.programme.len(),
        group,
    }
}

fn edition_of<'a>(call: &'a CallContent, group: &str) -> Option<&'a Edition> {
    let no = call.groups.iter().find(|g| g.code == group)?.edition;
    call.editions.iter().find(|e| e.no == no)
}

fn said(edition: &Edition) -> String {
    format!("edycja {}: {}–{}", edition.no, show_date(edition.from), show_date(edition.to))
}

fn weeks_of(call: &CallContent, content: &OfferContent, group: &str) -> Vec<Week> {
    let (Some(edition), Some(weekly)) = (edition_of(call, group), call.weekly()) else {
        return Vec::new();
    };
    let days = minutes_by_day(&sessions(content, group), group);
    weeks(edition.from, edition.to, call.terms.week, &days, call.terms.unit.real(weekly))
}

fn rows(call: &CallContent, content: &OfferContent) -> Vec<GroupRow> {
    let row = |code: &str| {
        let classes = of_group(content, code).len();
        let weeks = weeks_of(call, content, code);
        let short = weeks.iter().filter(|w| w.short).count();
        let hours = planned(content, code);
        GroupRow {
            href: group_query(code),
            edition: edition_of(call, code).map(said).unwrap_or_default(),
            classes,
            hours: hours.map(|(m, _)| m.to_string()).unwrap_or_else(|| "–".to_owned()),
            individual: hours.map(|(_, m)| m.to_string()).unwrap_or_else(|| "–".to_owned()),
            short: match (classes, weeks.is_empty()) {
                (0, _) | (_, true) => "–".to_owned(),
                (_, false) => {
                    let n = i64::try_from(short).unwrap_or(i64::MAX);
                    format!("{n} {} z {}", plural(n, "tydzień", "tygodnie", "tygodni"), weeks.len())
                }
            },
            is_short: classes > 0 && short > 0,
            code: code.to_owned(),
        }
    };
    let offered: Vec<&str> = content.hours.iter().map(|h| h.group.as_str()).collect();
    // Classes of a group that the offer has no more must be found to be removed.
    let orphans = groups(content).into_iter().filter(|g| !offered.contains(g));
    offered.iter().copied().chain(orphans).map(row).collect()
}

/// The bar is as long as the fullest week may sensibly be: twice the minimum.
fn bar(week: &Week) -> Bar {
    let most = week.required.get().max(1).saturating_mul(2);
    let percent = |n: i64| n.saturating_mul(100).checked_div(most).unwrap_or(0).clamp(0, 100);
    Bar {
        label: format!("{}–{}", show_date(week.from), show_date(week.to)),
        value_text: format!("{} z {}", week.minutes, week.required),
        percent: percent(week.minutes.get()),
        limit_percent: percent(week.required.get()),
        tone: if week.short { "error" } else { "accent" },
    }
}
