//! What became known of the three places after a publication was recorded.

use chrono::NaiveDate;

use super::super::model::{CallContent, Notice, NoticeKind, Place};
use super::dates;
use crate::law::{Finding, Instant, show_date, show_instant, warsaw_date};

/// The day on which each place of announcement `no` really showed it: the recorded day, or the last
/// correction of it.
#[must_use]
pub fn in_force(content: &CallContent, no: i64, facts: &[Notice]) -> Vec<(Place, NaiveDate)> {
    let corrected = |place: Place| {
        let last = facts.iter().filter(|f| f.no == no && f.place == place && f.kind == NoticeKind::Posted);
        last.max_by_key(|f| (f.recorded_at, f.id.clone())).map(|f| warsaw_date(f.at))
    };
    content.places.iter().map(|p| (p.place, corrected(p.place).unwrap_or(p.on))).collect()
}

/// What the facts do to the deadline: a place that showed the announcement later than recorded shifts
/// nothing by itself, it is a finding (R-ANN-03), and so is a notice that was taken down before the deadline.
/// Of the newest announcement only: an older paper may go. `content` and `no` are those of the announcement from
/// which the 21 days run.
/// Basis: UDPP art. 13 ust. 1 and 3. Date: the latest of the three days as they really were.
#[must_use]
pub fn check_facts(
    current: &CallContent,
    (content, no): (&CallContent, i64),
    newest: i64,
    deadline: Instant,
    facts: &[Notice],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let recorded = content.places.iter().map(|p| p.on).max();
    let really = in_force(content, no, facts).into_iter().max_by_key(|(_, on)| *on);
    if let (Some(recorded), Some((place, on))) = (recorded, really)
        && on > recorded
    {
        let late = dates::deadline(current, on).into_iter().find(|f| f.rule.as_str() == "R-ANN-03");
        let found = format!(
            "Ogłoszenie było w miejscu „{}” dopiero od {}, a termin policzono od {}.",
            place.label(),
            show_date(on),
            show_date(recorded)
        );
        findings.push(match late {
            Some(late) => {
                Finding { hint: "Ogłoś dłuższy termin; ten jest krótszy niż 21 dni.".into(), ..late.found(found) }
            }
            None => Finding::info("R-ANN-03")
                .at("element 5: termin składania ofert")
                .found(found)
                .limit("Do terminu jest nadal pełnych 21 dni.")
                .basis("art. 13 ust. 1 i 3 UDPP"),
        });
    }
    let removed = facts.iter().filter(|f| f.no == newest && f.kind == NoticeKind::Removed && f.at < deadline);
    findings.extend(removed.map(|f| {
        Finding::warn("R-ANN-03")
            .at(f.place.label())
            .found(format!("Ogłoszenie zdjęto {}, przed terminem składania ofert.", show_instant(f.at)))
            .limit("Ogłoszenie widać w trzech miejscach do końca terminu składania ofert.")
            .basis("art. 13 ust. 3 UDPP")
            .hint("Umieść ogłoszenie z powrotem i rozważ dłuższy termin.")
    }));
    findings
}

/// A fact about a place has happened, and has something that proves it.
/// Basis: UDPP art. 13 ust. 3. Date: `now`, the moment of recording.
#[must_use]
pub fn check_notice(notice: &Notice, now: Instant) -> Vec<Finding> {
    let at = |found: String, hint: &str| {
        Finding::block("R-ANN-03")
            .at(notice.place.label())
            .found(found)
            .limit("Zapisuje się to, co już się stało, z dowodem.")
            .basis("art. 13 ust. 3 UDPP")
            .hint(hint)
    };
    let mut findings = Vec::new();
    if notice.at > now {
        findings.push(at(format!("{} jeszcze nie nadeszło.", show_instant(notice.at)), "Popraw datę albo godzinę."));
    }
    if notice.evidence.trim().is_empty() && notice.document.is_none() {
        findings.push(at("Nie podano dowodu.".into(), "Wpisz adres strony albo znak adnotacji, albo dołącz skan."));
    }
    findings
}
