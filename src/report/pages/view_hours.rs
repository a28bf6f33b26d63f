//! The ledger on a page: the table of groups, and the weeks of one of them.

use serde::Serialize;

use crate::law::{Minutes, Week, WeekKind, show_date};
use crate::programme::Group;
use crate::report::HoursLine;
use crate::report::performed::{group_hours, persons, planned_hours, weeks_of};
use crate::report::rules::Facts;

/// One group: what was planned and what the ledger shows.
#[derive(Serialize)]
pub struct GroupRow {
    pub code: String,
    pub gmina: String,
    pub edition: u32,
    pub persons: String,
    pub planned: String,
    pub performed: String,
    /// Lines of this report.
    pub lines: usize,
    /// Weeks below the minimum, counted both ways; a dash where the rules know none.
    pub short_rolling: String,
    pub short_calendar: String,
    pub short: bool,
}

fn short(weeks: &[Week]) -> usize {
    weeks.iter().filter(|w| w.short).count()
}

/// Every group of the contract, with the hours of all filed reports and this one.
pub fn group_rows(facts: &Facts<'_>) -> Vec<GroupRow> {
    let (content, lines) = (facts.contract, facts.all_hours());
    let performed = group_hours(content, &lines);
    let planned = planned_hours(content);
    let weekly = content.terms.weekly(&content.rules).is_some();
    let row = |g: &Group| {
        let minutes = |all: &[crate::law::GroupHours]| {
            all.iter().find(|h| h.group == g.code).map_or(Minutes::ZERO, |h| h.minutes)
        };
        let begun = lines.iter().any(|l| l.group == g.code);
        let count = |kind| {
            let n = short(&weeks_of(content, g, kind, &lines));
            if weekly && begun { n.to_string() } else { "–".to_owned() }
        };
        GroupRow {
            code: g.code.clone(),
            gmina: g.gmina.clone(),
            edition: g.edition,
            persons: format!("{} / {}", persons(g, &lines), g.persons),
            planned: minutes(&planned).to_string(),
            performed: minutes(&performed).to_string(),
            lines: facts.this.hours.iter().filter(|l| l.group == g.code).count(),
            short_rolling: count(WeekKind::Rolling7),
            short_calendar: count(WeekKind::Calendar),
            short: begun && weeks_of(content, g, content.terms.week, &lines).iter().any(|w| w.short && !w.tail),
        }
    };
    content.groups.iter().map(row).collect()
}

#[derive(Serialize)]
pub struct Bar {
    pub label: String,
    pub value_text: String,
    pub percent: i64,
    pub limit_percent: i64,
    pub tone: &'static str,
}

/// The weeks of one group against the minimum, as the call counts weeks.
#[derive(Serialize)]
pub struct Bars {
    pub group: String,
    pub caption: String,
    pub bars: Vec<Bar>,
}

/// The weeks of `group`; without one, of the first group that is short, else of the first with hours.
pub fn bars(facts: &Facts<'_>, group: Option<&str>) -> Option<Bars> {
    let (content, lines) = (facts.contract, facts.all_hours());
    let begun = |g: &&Group| lines.iter().any(|l: &HoursLine| l.group == g.code);
    let weeks = |g: &Group| weeks_of(content, g, content.terms.week, &lines);
    let asked = content.groups.iter().find(|g| group == Some(g.code.as_str()));
    let chosen = asked
        .or_else(|| content.groups.iter().filter(begun).find(|g| weeks(g).iter().any(|w| w.short)))
        .or_else(|| content.groups.iter().find(begun))?;
    let weeks = weeks(chosen);
    let most = weeks.iter().map(|w| w.minutes.max(w.required).get()).max().filter(|m| *m > 0)?;
    let share = |m: Minutes| m.get().saturating_mul(100) / most;
    let bar = |w: &Week| Bar {
        label: format!("{}–{}", show_date(w.from), show_date(w.to)),
        value_text: format!(
            "{}{}",
            w.minutes,
            if w.short { format!(" – potrzeba {}", w.required) } else { String::new() }
        ),
        percent: share(w.minutes),
        limit_percent: share(w.required),
        tone: if w.short { "error" } else { "accent" },
    };
    let kind = match content.terms.week {
        WeekKind::Rolling7 => "tygodnie liczone od początku edycji",
        WeekKind::Calendar => "tygodnie od poniedziałku do niedzieli",
    };
    Some(Bars {
        group: chosen.code.clone(),
        caption: format!("Grupa {}, {}: {kind}", chosen.code, chosen.gmina),
        bars: weeks.iter().map(bar).collect(),
    })
}
