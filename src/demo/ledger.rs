//! The classes of 2015: every group has two days of five hours in each of nine
//! calendar weeks, 90 hours in all; a trainer has one group in the morning and one
//! in the afternoon.

use chrono::{Duration, NaiveTime};

use super::figures::TOPICS;
use crate::programme::{Edition, Group};
use crate::report::HoursLine;

pub(super) const TRAINERS: [&str; 4] = ["Ewa Nowicka", "Tomasz Lis", "Beata Wrona", "Marek Sowa"];

/// The ledger of one edition: every group, nine weeks, two days, five hours.
#[must_use]
pub fn of_edition(edition: &Edition, groups: &[Group]) -> Vec<HoursLine> {
    let own: Vec<&Group> = groups.iter().filter(|g| g.edition == edition.no).collect();
    let mut out = Vec::new();
    for week in 0..9_i64 {
        for weekday in 0..2_i64 {
            let day = edition.from + Duration::days(week * 7 + weekday);
            for (n, group) in own.iter().enumerate() {
                out.push(class(day, n, group, out.len()));
            }
        }
    }
    out
}

fn class(day: chrono::NaiveDate, n: usize, group: &Group, row: usize) -> HoursLine {
    let morning = n.is_multiple_of(2);
    let (from, to) = if morning { (8, 13) } else { (14, 19) };
    let hour = |h: u32| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or(NaiveTime::MIN);
    let absent = u32::from(row % 7 == 3);
    HoursLine {
        group: group.code.clone(),
        trainer: TRAINERS.iter().cycle().nth(n / 2).map_or(String::new(), |t| (*t).to_owned()),
        day,
        from: hour(from),
        to: hour(to),
        topic: TOPICS.iter().cycle().nth(row % 4).map_or(String::new(), |t| (*t).to_owned()),
        present: group.persons - absent,
        absent,
        individual: false,
        place: format!("arkusz Godziny, wiersz {}", row + 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Minutes;

    #[test]
    fn a_group_gets_ninety_hours_inside_its_edition() {
        let day = |t: &str| t.parse().unwrap();
        for (from, to) in [("2015-04-13", "2015-06-12"), ("2015-07-13", "2015-09-12"), ("2015-10-05", "2015-12-04")] {
            let edition = Edition { no: 1, from: day(from), to: day(to), persons: 10 };
            let group = Group { code: "E1-G1".into(), edition: 1, gmina: "x".into(), persons: 10 };
            let lines = of_edition(&edition, &[group]);
            let hours: i64 = lines.iter().map(|l| l.minutes().get()).sum();
            assert_eq!(Minutes::new(hours), Minutes::from_hours(90));
            assert!(lines.iter().all(|l| edition.from <= l.day && l.day <= edition.to));
        }
    }
}
