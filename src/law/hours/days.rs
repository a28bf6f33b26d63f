//! The length of a class day and of an edition.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Session, union_minutes};
use crate::law::calendar::edition_end;
use crate::law::finding::Finding;
use crate::law::minutes::Minutes;
use crate::law::rules::{MonthsRule, RuleSet};
use crate::law::time::{plural, show_date};

/// Each class day of a group lasts exactly as long as the act says.
/// Basis: art. 200 ust. 3 uor2025, four hours a day. Date: the day of the class.
/// `required` is clock time: `unit.real(rules.day_minutes)`. Where a day has individual classes too, only
/// the group's part is known here; it may not be longer, and the rest is left to the individual cards.
pub fn check_days(sessions: &[Session], required: Minutes, basis: &str) -> Vec<Finding> {
    let mut days: BTreeMap<(&str, NaiveDate), (Vec<&Session>, bool)> = BTreeMap::new();
    for session in sessions.iter().filter(|s| s.from < s.to) {
        let (classes, individual) = days.entry((&session.group, session.day)).or_default();
        if session.individual {
            *individual = true;
        } else {
            classes.push(session);
        }
    }
    days.into_iter()
        .filter_map(|((group, day), (classes, individual))| {
            let first = classes.first()?;
            let length = union_minutes(&classes);
            let finding = if length > required || (length < required && !individual) {
                Finding::block("R-HRS-05").hint("Popraw godziny zajęć tego dnia.")
            } else if length < required {
                Finding::warn("R-HRS-05")
                    .hint("Sprawdź w kartach indywidualnych, czy każda osoba ma pełny dzień zajęć.")
            } else {
                return None;
            };
            let found = format!("Grupa {group} ma {} zajęcia przez {length}.", show_date(day));
            let limit = format!("Dzień zajęć trwa dokładnie {required}.");
            Some(finding.at(first.place.clone()).found(found).limit(limit).basis(basis))
        })
        .collect()
}

/// An edition lasts exactly, or at most, as many months as the rules say, its first day counted in.
/// Basis: art. 62b ust. 1 of the 2004 act (two months); art. 200 ust. 3 uor2025 (at most six).
/// Date: the first and the last day of the edition.
pub fn check_edition(from: NaiveDate, to: NaiveDate, rules: &RuleSet) -> Vec<Finding> {
    let said = |months: u32| {
        let n = i64::from(months);
        format!("{n} {}", plural(n, "miesiąc", "miesiące", "miesięcy"))
    };
    let broken = match rules.months {
        _ if to < from => Some("Edycja nie może kończyć się przed swoim początkiem.".to_owned()),
        MonthsRule::Exactly(n) if to != edition_end(from, n) => {
            Some(format!("Edycja trwa dokładnie {}, czyli do {}.", said(n), show_date(edition_end(from, n))))
        }
        MonthsRule::AtMost(n) if to > edition_end(from, n) => {
            Some(format!("Edycja trwa najwyżej {}, czyli do {}.", said(n), show_date(edition_end(from, n))))
        }
        MonthsRule::Exactly(_) | MonthsRule::AtMost(_) => None,
    };
    let finding = broken.map(|limit| {
        Finding::block("R-HRS-02")
            .at("termin edycji")
            .found(format!("Edycja od {} do {}.", show_date(from), show_date(to)))
            .limit(limit)
            .basis(rules.act.clone())
            .hint("Popraw początek albo koniec edycji.")
    });
    finding.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::rules::find;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn editions_last_as_long_as_the_act_says() {
        let (pai, rsd) = (find("PAI-2").unwrap(), find("RSD-1").unwrap());
        for (from, to, set, right) in [
            ("2016-04-13", "2016-06-12", &pai, true),
            ("2016-04-13", "2016-06-13", &pai, false),
            ("2016-04-13", "2016-06-11", &pai, false),
            ("2026-01-05", "2026-07-04", &rsd, true),
            ("2026-01-05", "2026-07-05", &rsd, false),
            ("2026-01-05", "2026-01-05", &rsd, true),
            ("2026-01-05", "2026-01-04", &rsd, false),
        ] {
            assert_eq!(check_edition(day(from), day(to), set).is_empty(), right, "{from} {to}");
        }
        let long = &check_edition(day("2026-01-05"), day("2026-07-05"), &rsd)[0];
        assert_eq!(long.limit, "Edycja trwa najwyżej 6 miesięcy, czyli do 04.07.2026.");
    }
}
