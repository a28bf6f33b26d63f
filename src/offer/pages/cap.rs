//! The cap beside the money: a figure, the sentence that says it, and the table behind it.

use serde::Serialize;

use crate::call::CallContent;
use crate::law::{Cap, CapScope, CapTerms, HourUnit, KPolicy, Minutes, Money, cap, plural};
use crate::offer::calculation::{capped_amount, plain_number};
use crate::offer::model::OfferContent;

#[derive(Serialize)]
struct Row {
    group: String,
    persons: u32,
    hours: String,
    limit: String,
}

/// The cap beside the money. The plain figures are for the script that keeps the picture up while
/// somebody types; the server counts them anew at every save.
#[derive(Serialize)]
pub struct CapView {
    /// "15 grup × 90 h × 70,00 zł = 94 500,00 zł".
    limit: String,
    /// "85 050,00 zł".
    offer: String,
    /// "63,00 zł/h"; empty without hours.
    rate: String,
    /// "wolne do limitu: 9 450,00 zł" or "ponad limit: …".
    rest: String,
    rest_label: &'static str,
    /// The part of the bar that the offer fills, at most 100.
    percent: i64,
    over: bool,
    /// Whether the whole grant counts, so that the script may follow its field.
    whole: bool,
    limit_plain: String,
    minutes: i64,
    unit: i64,
    subject: &'static str,
    rows: Vec<Row>,
    total_hours: String,
    total: String,
    basis: String,
}

fn units(minutes: Minutes, unit: HourUnit) -> String {
    match unit {
        HourUnit::Min60 => minutes.to_string(),
        HourUnit::Min45 => format!("{} godz. 45-minutowych", plain_number(minutes.units(unit).round_dp(2))),
    }
}

fn how(content: &OfferContent, counted: &Cap, terms: &CapTerms) -> String {
    let count = i64::try_from(counted.lines.len()).unwrap_or_default();
    let first = counted.lines.first().map_or(Minutes::ZERO, |l| l.minutes);
    let same = counted.lines.iter().all(|l| l.minutes == first) && !content.hours.is_empty();
    match (terms.policy, same) {
        (KPolicy::Full, true) => {
            let groups = plural(count, "grupa", "grupy", "grup");
            format!("{count} {groups} × {} × {}", units(first, terms.unit), terms.rate)
        }
        (KPolicy::Full, false) => format!("{} × {}", units(counted.minutes, terms.unit), terms.rate),
        (KPolicy::ProRata, _) => {
            format!("{} × {}, proporcjonalnie do liczby osób", units(counted.minutes, terms.unit), terms.rate)
        }
    }
}

/// Nothing before there are hours: `limit: 15 grup × 90 h × 70,00 zł = 94 500,00 zł; oferta: 85 050,00 zł (63,00 zł/h)`.
pub fn cap_view(content: &OfferContent, call: &CallContent) -> Option<CapView> {
    let terms = call.cap.as_ref()?;
    let hours = content.group_hours(call.rules.individual_hours_count);
    hours.first()?;
    let counted = cap(terms, &hours).ok().filter(|counted| !counted.minutes.is_zero())?;
    let amount = capped_amount(content, terms);
    let over = amount > counted.total;
    let (rest_label, rest) = if over {
        ("ponad limit", amount.saturating_sub_floor0(counted.total))
    } else {
        ("wolne do limitu", counted.total.saturating_sub_floor0(amount))
    };
    let pro_rata = terms.policy == KPolicy::ProRata;
    let rows = counted.lines.iter().map(|l| Row {
        group: l.group.clone(),
        persons: l.persons,
        hours: units(l.minutes, terms.unit),
        limit: if pro_rata { l.pro_rata.unwrap_or(l.full) } else { l.full }.to_string(),
    });
    Some(CapView {
        limit: format!("{} = {}", how(content, &counted, terms), counted.total),
        offer: amount.to_string(),
        rate: counted.implied_rate(amount).map(|r| format!("{r}/h")).unwrap_or_default(),
        rest: rest.to_string(),
        rest_label,
        percent: if over { 100 } else { percent(amount, counted.total) },
        over,
        whole: terms.scope == CapScope::WholeGrant,
        limit_plain: counted.total.plain(),
        minutes: counted.minutes.get(),
        unit: terms.unit.minutes(),
        subject: match terms.scope {
            CapScope::WholeGrant => "oferta",
            CapScope::TrainerLines => "praca trenerów w ofercie",
        },
        rows: rows.collect(),
        total_hours: units(counted.minutes, terms.unit),
        total: counted.total.to_string(),
        basis: terms.basis.clone(),
    })
}

/// What a change does to the hours of the groups and to the limit, one sentence each.
pub fn hours_told(before: &OfferContent, after: &OfferContent, call: &CallContent) -> Vec<String> {
    let unit = call.cap.as_ref().map_or(HourUnit::Min60, |terms| terms.unit);
    let mut out = Vec::new();
    for is in &after.hours {
        let Some(was) = before.hours.iter().find(|was| was.group == is.group) else { continue };
        let pairs = [("Godziny", was.minutes, is.minutes), ("Godziny indywidualne", was.individual, is.individual)];
        for (what, was, is_now) in pairs.into_iter().filter(|(_, was, is_now)| was != is_now) {
            out.push(format!("{what} grupy {}: było {}, będzie {}.", is.group, units(was, unit), units(is_now, unit)));
        }
    }
    let total = |content| cap_view(content, call).map_or_else(|| Money::ZERO.to_string(), |view| view.total);
    let (was, is) = (total(before), total(after));
    if call.cap.is_some() && was != is {
        out.push(format!("Limit: było {was}, będzie {is}."));
    }
    out
}

/// That a change brings over the limit what is within it now; empty otherwise.
pub fn newly_over(before: &OfferContent, after: &OfferContent, call: &CallContent) -> String {
    let over = |content| cap_view(content, call).filter(|view| view.over);
    let Some(view) = over(after).filter(|_| over(before).is_none()) else { return String::new() };
    format!("Po zapisaniu {} przekroczy limit: {} przy limicie {}.", view.subject, view.offer, view.total)
}

/// Whole percent, at most 100.
fn percent(part: Money, whole: Money) -> i64 {
    part.grosze().checked_mul(100).and_then(|n| n.checked_div(whole.grosze())).unwrap_or(0).clamp(0, 100)
}
