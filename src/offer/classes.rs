//! The class programme as hours: what a group gets by day, and the hours that follow from it.

use std::collections::BTreeSet;

use super::model::{OfferContent, PlannedClass};
use crate::law::Minutes;
use crate::law::hours::{Session, eligible_minutes_by_group};

/// A class of the programme with its number among those of its group, from 1.
pub type Numbered<'a> = (usize, &'a PlannedClass);

/// The classes of one group in the order of the programme.
#[must_use]
pub fn of_group<'a>(content: &'a OfferContent, group: &str) -> Vec<Numbered<'a>> {
    (1..).zip(content.programme.iter().filter(|c| c.group == group)).collect()
}

/// The groups of the programme in the order in which they first stand there.
#[must_use]
pub fn groups(content: &OfferContent) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for class in &content.programme {
        if !out.contains(&class.group.as_str()) {
            out.push(&class.group);
        }
    }
    out
}

/// How a finding names a class.
#[must_use]
pub fn place(group: &str, no: usize) -> String {
    format!("Program, grupa {group}, wiersz {no}")
}

/// The class as the law counts it; nothing while its day or an hour is missing.
#[must_use]
pub fn session(class: &PlannedClass, place: String, persons: u32) -> Option<Session> {
    Some(Session {
        place,
        group: class.group.clone(),
        trainer: class.trainer.clone(),
        day: class.day?,
        from: class.from?,
        to: class.to?,
        persons_present: persons.max(1),
        persons_absent: 0,
        individual: class.individual,
    })
}

/// The classes of a group that have a day and hours.
#[must_use]
pub fn sessions(content: &OfferContent, group: &str) -> Vec<Session> {
    let persons = content.hours.iter().find(|h| h.group == group).map_or(1, |h| h.persons);
    of_group(content, group).into_iter().filter_map(|(no, c)| session(c, place(group, no), persons)).collect()
}

/// Group and individual hours that the classes of a group give; nothing where it has none.
#[must_use]
pub fn planned(content: &OfferContent, group: &str) -> Option<(Minutes, Minutes)> {
    let sessions = sessions(content, group);
    if sessions.is_empty() {
        return None;
    }
    let together = eligible_minutes_by_group(&sessions).get(group).copied().unwrap_or_default();
    let alone = sessions.iter().filter(|s| s.individual).fold(Minutes::ZERO, |sum, s| sum.saturating_add(s.minutes()));
    Some((together, alone))
}

/// Sets the hours of every group that has classes to what these give.
pub fn fit_hours(content: &mut OfferContent) {
    let derived: Vec<_> = content.hours.iter().map(|h| planned(content, &h.group)).collect();
    for (row, hours) in content.hours.iter_mut().zip(derived) {
        if let Some((together, alone)) = hours {
            (row.minutes, row.individual) = (together, alone);
        }
    }
}

/// Hours of the classes by topic, in the order of the topics; a class of two trainers counts once.
#[must_use]
pub fn by_topic(content: &OfferContent) -> Vec<(String, Minutes)> {
    let mut out: Vec<(String, Minutes)> = Vec::new();
    let mut told = BTreeSet::new();
    for class in &content.programme {
        let key = (class.group.as_str(), class.topic.as_str(), class.day, class.from);
        let Some(session) = session(class, String::new(), 1) else { continue };
        if !told.insert(key) && !class.individual {
            continue;
        }
        let topic = class.topic.trim();
        match out.iter_mut().find(|(name, _)| name == topic) {
            Some((_, sum)) => *sum = sum.saturating_add(session.minutes()),
            None => out.push((topic.to_owned(), session.minutes())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offer::model::PlannedHours;

    fn class(group: &str, day: &str, from: &str, to: &str, trainer: &str, individual: bool) -> PlannedClass {
        PlannedClass {
            group: group.into(),
            day: day.parse().ok(),
            from: from.parse().ok(),
            to: to.parse().ok(),
            topic: "motywacja".into(),
            trainer: trainer.into(),
            individual,
        }
    }

    #[test]
    fn hours_follow_from_the_classes_and_two_trainers_count_once() {
        let row = |group: &str| PlannedHours {
            group: group.into(),
            persons: 9,
            minutes: Minutes::from_hours(90),
            individual: Minutes::ZERO,
        };
        let mut c = OfferContent { hours: vec![row("A"), row("B")], ..OfferContent::default() };
        c.programme = vec![
            class("A", "2027-01-11", "09:00:00", "14:00:00", "Ewa", false),
            class("A", "2027-01-11", "09:00:00", "14:00:00", "Jan", false),
            class("A", "2027-01-12", "09:00:00", "10:30:00", "Ewa", true),
            class("A", "2027-01-13", "09:00:00", "", "Ewa", false),
        ];
        fit_hours(&mut c);
        assert_eq!((c.hours[0].minutes, c.hours[0].individual), (Minutes::from_hours(5), Minutes::new(90)));
        assert_eq!(c.hours[1].minutes, Minutes::from_hours(90), "a group without classes keeps what was typed");
        assert_eq!(groups(&c), ["A"]);
        assert_eq!(of_group(&c, "A").len(), 4);
        assert_eq!(planned(&c, "B"), None);
        assert_eq!(by_topic(&c), [("motywacja".to_owned(), Minutes::new(390))]);
    }
}
