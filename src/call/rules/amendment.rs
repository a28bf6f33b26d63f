//! A change of an announcement: what differs, whether it opens a new term of 21 days, whether it is lawful.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use super::super::model::{CallContent, Outage};
use super::lines::{Line, Weight, lines};
use super::{dates, deadline_instant, outage};
use crate::law::{
    Finding, Instant, check_new_call, last_day, show_date, show_instant, show_until, unmarked, warsaw_date,
};

/// One saying of an announcement that is not what it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    pub label: String,
    pub weight: Weight,
    pub before: String,
    pub after: String,
}

impl FieldChange {
    /// Same letters and figures, other capitals, spaces or marks: an obvious slip that was put right.
    #[must_use]
    pub fn is_slip(&self) -> bool {
        plain(&self.before) == plain(&self.after)
    }
}

/// What a change means for the term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AmendmentKind {
    /// Nothing differs.
    Nothing,
    /// Elements of art. 13 ust. 2 differ: the change is an announcement with its own 21 days.
    NewTerm(Vec<u8>),
    /// Only a longer deadline, perhaps with a later day of the decision and slips put right.
    Longer,
    /// Something that no offer is written for.
    Repair,
}

impl AmendmentKind {
    /// Read from what differs, never from what somebody ticks.
    #[must_use]
    pub fn of(changes: &[FieldChange]) -> AmendmentKind {
        let elements: BTreeSet<u8> = changes.iter().filter(|c| !c.is_slip()).filter_map(element).collect();
        if !elements.is_empty() {
            return AmendmentKind::NewTerm(elements.into_iter().collect());
        }
        match changes {
            [] => AmendmentKind::Nothing,
            _ if changes.iter().any(|c| c.weight == Weight::Deadline) && changes.iter().all(goes_with_deadline) => {
                AmendmentKind::Longer
            }
            _ => AmendmentKind::Repair,
        }
    }

    /// What it means, for people.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            AmendmentKind::Nothing => "Jeszcze nic się nie zmienia.".to_owned(),
            AmendmentKind::NewTerm(points) => {
                let points: Vec<String> = points.iter().map(u8::to_string).collect();
                format!(
                    "Zmienia się element ogłoszenia (art. 13 ust. 2 pkt {} UDPP). To nowe ogłoszenie: od ostatniego \
                     z jego trzech miejsc biegnie nowe 21 dni na złożenie ofert.",
                    points.join(", ")
                )
            }
            AmendmentKind::Longer => "To tylko dłuższy termin. Nie otwiera nowych 21 dni.".to_owned(),
            AmendmentKind::Repair => {
                "Nie zmienia się nic, pod co pisze się oferty. Nie otwiera nowych 21 dni.".to_owned()
            }
        }
    }
}

fn goes_with_deadline(c: &FieldChange) -> bool {
    c.weight == Weight::Deadline || c.label == DECISION || c.is_slip()
}

/// The element that a change touches; nothing for what opens no new term.
fn element(change: &FieldChange) -> Option<u8> {
    match change.weight {
        Weight::Element(no) => Some(no),
        // Asking for less is no reason to write an offer anew, asking for more or otherwise is.
        Weight::Demand if change.after.is_empty() => None,
        Weight::Demand => Some(3),
        Weight::Deadline | Weight::Plain => None,
    }
}

/// Signs that carry meaning: without them "< 10" would be "> 10".
const MEANING: &str = "%‰<>≤≥=+-±€$";

/// Words and numbers without capitals, Polish marks, spaces and punctuation; what separates the figures of one
/// number stays, and so do signs with a meaning.
fn plain(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.to_lowercase().chars().map(unmarked).collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let inside = !c.is_whitespace() && digit(at.checked_sub(1)) && digit(at.checked_add(1));
        let sign = MEANING.contains(*c) && !hyphen(&chars, at);
        let keep = c.is_alphanumeric() || sign || inside;
        out.push(if keep { *c } else { ' ' });
    }
    out.split_whitespace().map(str::to_owned).collect()
}

/// Whether a minus is no sign: it does not stand before a figure.
fn hyphen(chars: &[char], at: usize) -> bool {
    let next = at.checked_add(1).and_then(|next| chars.get(next));
    chars.get(at) == Some(&'-') && !next.is_some_and(char::is_ascii_digit)
}

/// What differs between two announcements, in the order of the announcement; what is new stands at the end.
#[must_use]
pub fn changes(before: &CallContent, after: &CallContent) -> Vec<FieldChange> {
    let (old, new) = (lines(before), lines(after));
    let text = |list: &[Line], key: &str| list.iter().find(|l| l.key == key).map(|l| l.text.clone());
    let change = |line: &Line, before: String, after: String| FieldChange {
        label: line.label.clone(),
        weight: line.weight,
        before,
        after,
    };
    let mut out: Vec<FieldChange> = old
        .iter()
        .map(|line| change(line, line.text.clone(), text(&new, &line.key).unwrap_or_default()))
        .filter(|c| c.before != c.after)
        .collect();
    let fresh = new.iter().filter(|line| text(&old, &line.key).is_none());
    out.extend(fresh.map(|line| change(line, String::new(), line.text.clone())));
    out
}

/// What a change is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Amending<'a> {
    pub old: &'a CallContent,
    pub new: &'a CallContent,
    /// The deadline in force.
    pub deadline: Instant,
    /// The latest deadline that one organisation has; `deadline` where none has a later one.
    pub last: Instant,
    /// The latest of the change's own three places, or today before they are known.
    pub published_on: NaiveDate,
    /// Outages near the deadline in force.
    pub outages: &'a [Outage],
    pub now: Instant,
}

/// Everything that is wrong with a change, beside what every announcement must say. An information says
/// whether new 21 days run (R-AMD-05).
/// Basis: UDPP art. 13 ust. 1–3. Date: the latest of the change's own three places.
#[must_use]
pub fn check_amendment(a: &Amending<'_>) -> Vec<Finding> {
    let changes = changes(a.old, a.new);
    let kind = AmendmentKind::of(&changes);
    let mut findings = Vec::new();
    findings.extend(untouched(a));
    findings.extend(reservation(a));
    findings.extend(choice(a));
    let term = term(a, &kind);
    findings.extend(criteria(&changes, term.iter().any(|f| f.rule.as_str() == "R-ANN-03")));
    findings.extend(term);
    findings.extend(open(a, &changes));
    if kind == AmendmentKind::Nothing {
        findings.push(
            Finding::block("R-AMD-02")
                .at("zmiana ogłoszenia")
                .found("Nic się nie zmienia.")
                .limit("Zmiana ogłoszenia coś zmienia.")
                .basis("ustalenie przyjęte w programie")
                .hint("Zmień termin albo treść ogłoszenia."),
        );
    } else {
        findings.push(Finding::info("R-AMD-05").at("zmiana ogłoszenia").found(kind.says()).basis("art. 13 UDPP"));
    }
    findings
}

/// What makes it this contest does not change.
fn untouched(a: &Amending<'_>) -> Option<Finding> {
    let (old, new) = (a.old, a.new);
    let same = old.rules == new.rules
        && old.other_basis == new.other_basis
        && old.editions == new.editions
        && old.groups == new.groups
        && old.gminas == new.gminas
        && old.topics == new.topics
        && old.test == new.test;
    (!same).then(|| {
        Finding::block("R-AMD-04")
            .at("zmiana ogłoszenia")
            .found("Zmieniono program, zasady prawne, edycje, grupy albo tematy.")
            .limit("Po ogłoszeniu można zmienić wszystko inne.")
            .basis("art. 13 ust. 2 UDPP")
            .hint("Cofnij tę zmianę; inne zadanie wymaga osobnego konkursu.")
    })
}

/// The organ's reservation stands in the first announcement or nowhere (R-CANCEL-01): added later it would let the
/// organ withdraw from a contest whose offers are written. Taking it out is fine.
fn reservation(a: &Amending<'_>) -> Option<Finding> {
    let new = a.new.reservation.trim();
    (!new.is_empty() && new != a.old.reservation.trim()).then(|| {
        Finding::block("R-AMD-04")
            .at("zastrzeżenie organu")
            .found("Zmiana dodaje zastrzeżenie organu albo zmienia jego treść.")
            .limit("Po ogłoszeniu zastrzeżenie można tylko usunąć.")
            .basis("art. 18a ust. 1 UDPP")
            .hint("Przywróć poprzednią treść albo usuń zastrzeżenie.")
    })
}

/// The choice comes after the last offers: also after those of one organisation with a later deadline (R-ANN-01).
/// Basis: UDPP art. 13 ust. 2 pkt 6. Date: the day of the choice in the change.
fn choice(a: &Amending<'_>) -> Option<Finding> {
    let last = last_day(a.last);
    let early = a.new.elements.decision_by.filter(|day| a.deadline < a.last && *day <= last)?;
    Some(
        Finding::block("R-ANN-01")
            .at("element 6: termin dokonania wyboru")
            .found(format!("Wybór do {}, a jedna organizacja ma termin do {}.", show_date(early), show_until(a.last)))
            .limit("Wyboru dokonuje się po terminie składania ofert, także wyznaczonym jednej organizacji.")
            .basis("art. 13 ust. 2 pkt 6 UDPP")
            .hint(format!("Podaj dzień wyboru późniejszy niż {}.", show_date(last))),
    )
}

/// Criteria and weights stand from the announcement on: another card is another announcement with its own 21 days
/// (R-CRIT-02). `short` when the deadline leaves less.
/// Basis: UDPP art. 13 ust. 1 and ust. 2 pkt 6. Date: the latest of the change's own three places.
fn criteria(changes: &[FieldChange], short: bool) -> Option<Finding> {
    let card = |c: &&FieldChange| c.label.starts_with("Kryterium ") || c.label == "Próg punktów";
    let changed: Vec<&str> = changes.iter().filter(card).filter(|c| !c.is_slip()).map(|c| c.label.as_str()).collect();
    if changed.is_empty() {
        return None;
    }
    let finding = if short { Finding::block("R-CRIT-02") } else { Finding::info("R-CRIT-02") };
    let finding = finding
        .at("karta oceny")
        .found(format!("Zmienia się: {}.", changed.join(", ")))
        .limit("Kryteria i wagi są stałe od ogłoszenia; ich zmiana jest nowym ogłoszeniem z pełnymi 21 dniami.")
        .basis("art. 13 ust. 1 i ust. 2 pkt 6 UDPP");
    Some(if short {
        finding.hint("Wyznacz późniejszy termin składania ofert albo cofnij zmianę karty oceny.")
    } else {
        finding
    })
}

fn at_deadline(rule: &'static str) -> Finding {
    Finding::block(rule).at("element 5: termin składania ofert")
}

/// The deadline is never earlier than the one in force (R-AMD-01); new 21 days where an element changes, from the last of
/// its places and from the day of recording (R-ANN-03), under a law that new calls may still use (R-LAW); it lies ahead.
fn term(a: &Amending<'_>, kind: &AmendmentKind) -> Vec<Finding> {
    let Some(wall) = a.new.elements.deadline else { return Vec::new() };
    let mut findings = Vec::new();
    let moved = a.old.elements.deadline != a.new.elements.deadline;
    let end = if moved { deadline_instant(wall).unwrap_or(a.deadline) } else { a.deadline };
    if end < a.deadline {
        findings.push(
            at_deadline("R-AMD-01")
                .found(format!("Nowy termin: do {}, obowiązujący: do {}.", show_until(end), show_until(a.deadline)))
                .limit("Termin można tylko wydłużyć.")
                .basis("art. 13 ust. 1 i art. 5 ust. 3 UDPP")
                .hint("Wyznacz późniejszy termin albo zostaw obowiązujący."),
        );
    } else if moved && end <= a.now {
        findings.push(super::deadline_passed(end));
    }
    // A new announcement opens when it is recorded: its days and its law are those of that day as well (R-ANN-03, R-LAW).
    let today = warsaw_date(a.now);
    if matches!(kind, AmendmentKind::NewTerm(_)) {
        let law = check_new_call(&a.new.rules, today.max(a.published_on), a.new.other_basis.as_ref());
        findings.extend(law.into_iter().filter(super::is_blocking));
    }
    let dated = dates::deadline(a.new, a.published_on).into_iter();
    findings.extend(dated.filter(|f| match f.rule.as_str() {
        "R-ANN-03" => matches!(kind, AmendmentKind::NewTerm(_)) || f.limit.is_empty(),
        _ => moved,
    }));
    let late = matches!(kind, AmendmentKind::NewTerm(_)) && today > a.published_on;
    if late && !findings.iter().any(|f| f.rule.as_str() == "R-ANN-03") {
        findings.extend(dates::opening(a.new, today));
    }
    findings
}

/// Until the deadline in force everything lawful may change. Afterwards only the deadline, and only because of an
/// outage in the last 24 hours before it (R-AMD-03): whoever wanted to file then found a closed door, and a
/// contest treats all alike, so the door is opened again for everybody. It must happen within 24 hours after
/// the service came back and before an offer is opened: later nobody could be sure that the new term was not
/// made for somebody who had seen the others' offers. An outage that a person recorded counts when it was recorded
/// within 24 hours after the deadline: nobody reopens a contest by an entry of days later.
fn open(a: &Amending<'_>, changes: &[FieldChange]) -> Option<Finding> {
    if a.now < a.deadline {
        return None;
    }
    let finding = Finding::block("R-AMD-03")
        .at("zmiana ogłoszenia")
        .limit("Po terminie można tylko wydłużyć termin, i tylko w 24 godziny po przerwie, która wypadła w ostatniej dobie przed nim.")
        .basis("art. 5 ust. 3 UDPP; ustalenie przyjęte w programie");
    let Some(last) = a.outages.iter().filter(|o| outage::reopens(a.deadline, o)).map(|o| o.to).max() else {
        let found = format!("Termin był do {} i w ostatniej dobie przed nim nie było przerwy.", show_until(a.deadline));
        return Some(finding.found(found).hint("Zmiany ogłoszenia po terminie są niedopuszczalne."));
    };
    let until = last + outage::GRACE;
    if a.now > until {
        let found =
            format!("Przerwa skończyła się {}, a 24 godziny minęły {}.", show_instant(last), show_instant(until));
        return Some(finding.found(found).hint("Otwórz oferty złożone w terminie."));
    }
    if !only_deadline(changes) {
        return Some(finding.found("Zmienia się coś więcej niż termin.").hint("Zmień tylko termin składania ofert."));
    }
    let end = a.new.elements.deadline.and_then(|wall| deadline_instant(wall).ok())?;
    (end < until).then(|| {
        finding
            .found(format!("Nowy termin: do {}.", show_until(end)))
            .hint(format!("Wyznacz termin nie wcześniej niż {}: pełną dobę po przerwie.", show_instant(until)))
    })
}

/// Whether nothing but the deadline and the day of the decision changes: what may still change after the deadline.
#[must_use]
pub fn only_deadline(changes: &[FieldChange]) -> bool {
    changes.iter().all(|c| c.weight == Weight::Deadline || c.label == DECISION)
}

/// The label of the day of the decision, which moves along with the deadline.
const DECISION: &str = "6. Wybór nastąpi do";

/// The first deadline that a change needs when new 21 days run, counted as if it were published on `day`.
#[must_use]
pub fn earliest_deadline(day: NaiveDate, time: NaiveTime) -> NaiveDate {
    crate::law::add_days(day, dates::days_needed(time))
}
