//! Nobody is in two classes at once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::Session;
use crate::law::finding::Finding;
use crate::law::minutes::Minutes;
use crate::law::time::{show_date, show_time};

/// Time covered by these classes of one day, each minute once.
pub fn union_minutes(sessions: &[&Session]) -> Minutes {
    let mut spans: Vec<(NaiveTime, NaiveTime)> = sessions.iter().map(|s| (s.from, s.to)).collect();
    spans.sort_unstable();
    let mut total = Minutes::ZERO;
    let mut covered = NaiveTime::MIN;
    for (from, to) in spans {
        let fresh = to.signed_duration_since(from.max(covered)).num_minutes();
        total = total.saturating_add(Minutes::new(fresh.max(0)));
        covered = covered.max(to);
    }
    total
}

/// One trainer, and one group, may not stand in two classes at the same time.
/// Basis: the trainers' timesheets, art. 62a ust. 11 pkt 5 of the 2004 act, art. 200 ust. 2 pkt 6 uor2025.
/// Date: the day of the class. A class two trainers lead together, with the same hours, is no overlap of
/// the group: its hours count once and an `Info` says so.
pub fn check_overlaps(sessions: &[Session]) -> Vec<Finding> {
    let mut trainers: Lines<'_> = BTreeMap::new();
    let mut groups: Lines<'_> = BTreeMap::new();
    for session in sessions.iter().filter(|s| s.from < s.to) {
        trainers.entry((&session.trainer, session.day)).or_default().push(session);
        if !session.individual {
            groups.entry((&session.group, session.day)).or_default().push(session);
        }
    }
    let by_trainer = clashes(trainers).into_iter().map(|(a, b)| trainer_twice(a, b));
    // The same trainer twice is already said above.
    let by_group = clashes(groups).into_iter().filter(|(a, b)| a.trainer != b.trainer);
    by_trainer.chain(by_group.map(|(a, b)| group_twice(a, b))).collect()
}

type Lines<'a> = BTreeMap<(&'a str, NaiveDate), Vec<&'a Session>>;

/// Every class that begins before an earlier one of its line has ended, with that earlier one.
fn clashes(lines: Lines<'_>) -> Vec<(&Session, &Session)> {
    let mut pairs = Vec::new();
    for mut line in lines.into_values() {
        line.sort_by_key(|s| (s.from, s.to));
        let mut latest: Option<&Session> = None;
        for session in line {
            match latest {
                Some(earlier) if session.from < earlier.to => {
                    pairs.push((earlier, session));
                    latest = Some(if session.to > earlier.to { session } else { earlier });
                }
                Some(_) | None => latest = Some(session),
            }
        }
    }
    pairs
}

fn trainer_twice(earlier: &Session, later: &Session) -> Finding {
    Finding::block("R-TS-01")
        .at(later.place.clone())
        .found(format!(
            "Trener {} prowadzi {} zajęcia od {}, a inne ({}) trwają do {}.",
            later.trainer,
            show_date(later.day),
            show_time(later.from),
            earlier.place,
            show_time(earlier.to)
        ))
        .limit("Godziny jednego trenera nie mogą się nakładać.")
        .basis(BASIS)
        .hint("Popraw godziny albo trenera w jednym z tych wierszy.")
}

fn group_twice(earlier: &Session, later: &Session) -> Finding {
    let together = earlier.from == later.from && earlier.to == later.to;
    let when = format!("{}, {}–{}", show_date(later.day), show_time(later.from), show_time(later.to));
    if together {
        return Finding::info("R-TS-01")
            .at(later.place.clone())
            .found(format!(
                "Grupę {} prowadzą razem {} i {} ({when}; drugi wiersz: {}).",
                later.group, earlier.trainer, later.trainer, earlier.place
            ))
            .limit("Godzina grupy liczy się do limitu raz, także przy dwóch trenerach.")
            .basis(BASIS);
    }
    Finding::block("R-TS-01")
        .at(later.place.clone())
        .found(format!(
            "Grupa {} ma dwa nakładające się zajęcia ({when}; drugi wiersz: {}, {}–{}).",
            later.group,
            earlier.place,
            show_time(earlier.from),
            show_time(earlier.to)
        ))
        .limit("Godziny jednej grupy nie mogą się nakładać.")
        .basis(BASIS)
        .hint("Popraw godziny; zajęcia prowadzone wspólnie wpisz z tym samym początkiem i końcem.")
}

const BASIS: &str = "zasady dokumentowania działań w umowie (art. 62a ust. 11 pkt 5 ustawy z 20.04.2004; \
                     art. 200 ust. 2 pkt 6 ustawy z 20.03.2025)";
