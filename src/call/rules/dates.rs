//! The 21 days, the deadline as an instant, and the three places.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::super::model::{CallContent, Place, Publication};
use crate::law::time::NoSuchTime;
use crate::law::{
    Finding, Instant, add_days, at_warsaw, end_of_day_warsaw, is_working_day, show_date, show_date_weekday,
    show_instant, show_time, show_until, warsaw_date,
};

/// The first instant at which an offer is late. A deadline of 23:59 means the end of that day: nobody
/// who reads "23:59" expects to lose the last minute, so it ends at the next midnight.
///
/// # Errors
/// `NoSuchTime` for an hour that the clocks skip.
pub fn deadline_instant(wall: NaiveDateTime) -> Result<Instant, NoSuchTime> {
    if is_end_of_day(wall.time()) {
        return Ok(end_of_day_warsaw(wall.date()));
    }
    at_warsaw(wall.date(), wall.time())
}

/// How many days after the last publication a deadline of this hour lies at least.
pub(super) fn days_needed(time: NaiveTime) -> u32 {
    if is_end_of_day(time) { 21 } else { 22 }
}

fn is_end_of_day(time: NaiveTime) -> bool {
    NaiveTime::from_hms_opt(23, 59, 0).is_some_and(|end| time >= end)
}

/// 21 full days from the last of the three places (R-ANN-03), and a deadline on a working day (R-ANN-04).
/// Basis: UDPP art. 13 ust. 1 and 3; KC art. 110–111 and 115 by analogy.
/// Date: the latest of the three publications. An hour before 23:59 cuts the 21st day, so it needs the 22nd.
pub fn deadline(content: &CallContent, last_published: NaiveDate) -> Vec<Finding> {
    let Some(wall) = content.elements.deadline else { return Vec::new() };
    let mut findings = Vec::new();
    if let Err(e) = deadline_instant(wall) {
        findings.push(at("R-ANN-03").found(e.to_string()).hint("Podaj inną godzinę."));
    }
    findings
        .extend(too_early(wall, last_published, |day, term| format!("Ostatnie ogłoszenie {day}, oferty do {term}.")));
    if !is_working_day(wall.date()) {
        let mut free = at("R-ANN-04");
        free.severity = crate::law::Severity::Warn;
        findings.push(
            free.found(format!("Termin wypada w dzień wolny: {}.", show_date_weekday(wall.date())))
                .limit("Termin nie powinien wypadać w sobotę ani w dzień wolny od pracy.")
                .basis("art. 115 KC przez analogię")
                .hint("Wyznacz termin w dniu roboczym: oferty z następnego dnia roboczego trudno uznać za spóźnione."),
        );
    }
    findings
}

fn at(rule: &'static str) -> Finding {
    Finding::block(rule).at("element 5: termin składania ofert")
}

/// 21 full days also from the day on which the call opens for offers (R-ANN-03): offers go in only through this service, so
/// what hung before its places were recorded gave nobody time to file. Nothing where the deadline leaves that time.
/// Basis: UDPP art. 13 ust. 1. Date: `opens`, the day on which the three places are recorded.
pub(super) fn opening(content: &CallContent, opens: NaiveDate) -> Option<Finding> {
    too_early(content.elements.deadline?, opens, |day, term| {
        format!("Miejsca zapisano {day}: dopiero od tego dnia oferty można składać w serwisie, a termin to {term}.")
    })
}

fn too_early(wall: NaiveDateTime, from: NaiveDate, found: impl Fn(String, String) -> String) -> Option<Finding> {
    let why = if is_end_of_day(wall.time()) { "" } else { " (godzina przed 23:59 skraca 21. dzień)" };
    let earliest = add_days(from, days_needed(wall.time()));
    let term = format!("{}, godz. {}", show_date(wall.date()), show_time(wall.time()));
    (wall.date() < earliest).then(|| {
        at("R-ANN-03")
            .found(found(show_date(from), term))
            .limit(format!("Najwcześniejszy dzień terminu: {}{why}.", show_date_weekday(earliest)))
            .basis("art. 13 ust. 1 i 3 UDPP; art. 110–111 KC przez analogię")
            .hint("Wyznacz późniejszy termin składania ofert.")
    })
}

/// The deadline has passed before the call is announced.
#[must_use]
pub fn deadline_passed(end: Instant) -> Finding {
    at("R-ANN-03")
        .found(format!("Termin był do {} i już minął.", show_until(end)))
        .limit("Na złożenie ofert jest co najmniej 21 dni od ogłoszenia.")
        .basis("art. 13 ust. 1 UDPP")
        .hint("Wyznacz nowy termin.")
}

/// All three obligatory places, each with a day that has come and with evidence.
/// `rule` is R-ANN-03 for the announcement and R-ANN-05 for results and cancellation.
/// Basis: UDPP art. 13 ust. 3, art. 15 ust. 2j, art. 18a ust. 2. Date: `today`, the day of recording.
#[must_use]
pub fn check_places(rule: &'static str, places: &[Publication], today: NaiveDate) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in Place::ALL {
        let Some(publication) = places.iter().find(|p| p.place == place) else {
            findings.push(of_place(rule, place).found("Nie podano daty publikacji.").hint("Opublikuj i wpisz datę."));
            continue;
        };
        if publication.evidence.trim().is_empty() && publication.file.is_none() {
            findings.push(
                of_place(rule, place)
                    .found("Nie podano dowodu publikacji.")
                    .hint("Wpisz adres strony albo znak zdjęcia lub adnotacji, albo dołącz skan."),
            );
        }
        findings.extend(day(rule, publication, today));
    }
    findings
}

fn of_place(rule: &'static str, place: Place) -> Finding {
    Finding::block(rule)
        .at(place.label())
        .limit("Publikacja w BIP, na tablicy ogłoszeń i na stronie internetowej, każda z datą i dowodem.")
        .basis("art. 13 ust. 3 UDPP")
}

/// The day of a publication has come, and is none of another century.
fn day(rule: &'static str, publication: &Publication, today: NaiveDate) -> Option<Finding> {
    let on = show_date(publication.on);
    let finding = of_place(rule, publication.place);
    if publication.on > today {
        let found = format!("Data publikacji {on} jeszcze nie nadeszła.");
        return Some(finding.found(found).hint("Zapisz publikację w dniu, w którym jej dokonano."));
    }
    (publication.on.year() < 2004).then(|| finding.found(format!("Data {on} jest błędna.")).hint("Popraw rok."))
}

/// What is wrong with the days and hours of those places that were typed already.
/// Basis and date: as [`check_places`] and [`check_hours`].
#[must_use]
pub fn check_days(rule: &'static str, places: &[Publication], now: Instant) -> Vec<Finding> {
    let days = places.iter().filter_map(|p| day(rule, p, warsaw_date(now)));
    days.chain(check_hours(rule, places, now)).collect()
}

/// Every publication has an hour that has come.
/// Basis: UDPP art. 13 ust. 3. Date: `now`, the moment of recording.
#[must_use]
pub fn check_hours(rule: &'static str, places: &[Publication], now: Instant) -> Vec<Finding> {
    let early = places.iter().filter(|p| p.on == warsaw_date(now) && p.at().is_some_and(|at| at > now));
    early
        .map(|p| {
            Finding::block(rule)
                .at(p.place.label())
                .found(format!("Publikacja {}, a teraz jest {}.", p.when(), show_instant(now)))
                .limit("Zapisuje się publikację, która już się odbyła.")
                .basis("art. 13 ust. 3 UDPP")
                .hint("Popraw godzinę albo zapisz publikację później.")
        })
        .collect()
}

/// Since when there was something to publish.
#[derive(Clone, Copy, Debug)]
pub enum Ready {
    /// The organ approved the text of the announcement (R-PUB-02).
    Approved(Instant),
    /// A change was handed over to the organ (R-ANN-03).
    HandedOver(Instant),
    /// There was a reason to cancel the contest (R-ANN-05): the end of the term for offers, or the announcement.
    Cancellable(Instant),
}

impl Ready {
    fn since(self) -> Instant {
        match self {
            Ready::Approved(at) | Ready::HandedOver(at) | Ready::Cancellable(at) => at,
        }
    }

    fn finding(self, p: &Publication) -> Finding {
        let (when, since) = (p.when(), show_instant(self.since()));
        let (rule, found, limit, basis, hint) = match self {
            Ready::Approved(_) => (
                "R-PUB-02",
                format!("Publikacja {when}, a treść zatwierdzono {since}."),
                "Ogłasza się treść, którą organ zatwierdził wcześniej.",
                "art. 11 ust. 2b i art. 13 ust. 3 UDPP",
                "Popraw dzień albo godzinę publikacji; pisma sprzed zatwierdzenia zastąp zatwierdzonymi.",
            ),
            Ready::HandedOver(_) => (
                "R-ANN-03",
                format!("Publikacja {when}, a zmianę przekazano organowi {since}."),
                "Ogłasza się zmianę, którą organ dostał wcześniej.",
                "art. 13 ust. 3 UDPP",
                "Popraw dzień albo godzinę publikacji.",
            ),
            Ready::Cancellable(_) => (
                "R-ANN-05",
                format!("Publikacja {when}, a konkurs można było unieważnić od {since}."),
                "Unieważnienie ogłasza się, gdy jest jego powód.",
                "art. 18a ust. 2 UDPP",
                "Popraw dzień albo godzinę publikacji.",
            ),
        };
        Finding::block(rule).at(p.place.label()).found(found).limit(limit).basis(basis).hint(hint)
    }
}

/// No place shows what was not there yet (R-PUB-02, R-ANN-03, R-ANN-05). A publication of the same minute is none too
/// early; where nobody wrote the hour down, the day counts.
/// Basis: UDPP art. 11 ust. 2b, art. 13 ust. 3, art. 18a ust. 2. Date: day and hour of each publication.
#[must_use]
pub fn check_ready(places: &[Publication], ready: Ready) -> Vec<Finding> {
    let minute = ready.since() - chrono::Duration::minutes(1);
    let first = warsaw_date(ready.since());
    let early = places.iter().filter(|p| p.at().map_or(p.on < first, |at| at <= minute));
    early.map(|p| ready.finding(p)).collect()
}
