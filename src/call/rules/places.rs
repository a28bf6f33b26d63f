//! What became known of the three places after a publication was recorded.

use chrono::{NaiveDate, NaiveDateTime};

use super::super::model::{CallContent, Notice, NoticeKind, Place, Publication};
use super::dates::{self, deadline_instant};
use crate::law::{
    Finding, Instant, add_working_days, end_of_day_warsaw, show_date, show_date_weekday, show_instant, warsaw_date,
};

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

/// What is known of the places of a call after its publication.
pub struct AfterPublication<'a> {
    /// What is in force.
    pub current: &'a CallContent,
    /// The announcement from which the 21 days run, and its number.
    pub term: (&'a CallContent, i64),
    /// The announcements after the first: number and places.
    pub later: Vec<(i64, &'a [Publication])>,
    pub deadline: Instant,
    pub facts: &'a [Notice],
}

/// A time in which a place did not show the announcement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    pub place: Place,
    pub from: Instant,
    /// Empty while it is missing still.
    pub to: Option<Instant>,
}

/// A longer deadline, with what its notice says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Longer {
    pub deadline: NaiveDateTime,
    pub reason: String,
}

/// How many full days the announcement is to be seen in all places.
const DAYS: usize = 21;

impl AfterPublication<'_> {
    /// The day on which the last of the three places really showed the announcement.
    fn start(&self) -> Option<(Place, NaiveDate)> {
        in_force(self.term.0, self.term.1, self.facts).into_iter().max_by_key(|(_, on)| *on)
    }

    /// The times before `end` in which a place did not show the announcement from which the 21 days run, or one that
    /// took its place there. A paper that was taken down when a newer one hung beside it is none.
    #[must_use]
    pub fn gaps(&self, end: Instant) -> Vec<Gap> {
        let numbers =
            std::iter::once(self.term.1).chain(self.later.iter().map(|(no, _)| *no).filter(|no| *no > self.term.1));
        let mut gaps: Vec<Gap> =
            numbers.flat_map(|no| Place::ALL.map(|place| (no, place))).flat_map(|at| self.gaps_of(at)).collect();
        let start = self.start().map(|(_, on)| end_of_day_warsaw(on));
        gaps.retain(|g| g.from < end && start.is_none_or(|start| g.to.is_none_or(|to| to > start)));
        gaps.sort_by_key(|g| (g.from, g.place));
        gaps
    }

    fn gaps_of(&self, (no, place): (i64, Place)) -> Vec<Gap> {
        let mut facts: Vec<&Notice> = self.facts.iter().filter(|f| f.no == no && f.place == place).collect();
        facts.sort_by_key(|f| (f.at, f.recorded_at, f.id.clone()));
        let (mut out, mut missing): (Vec<Gap>, Option<Instant>) = (Vec::new(), None);
        for fact in facts {
            match (fact.kind, missing) {
                (NoticeKind::Removed, None) => missing = Some(fact.at),
                (NoticeKind::Restored, Some(from)) => {
                    out.push(Gap { place, from, to: Some(fact.at) });
                    missing = None;
                }
                (NoticeKind::Posted | NoticeKind::Restored, _) | (NoticeKind::Removed, Some(_)) => {}
            }
        }
        out.extend(missing.map(|from| Gap { place, from, to: None }));
        let newer = self.replaced(no, place);
        out.into_iter()
            .map(|g| Gap { to: g.to.into_iter().chain(newer).min(), ..g })
            .filter(|g| g.to.is_none_or(|to| to > g.from))
            .collect()
    }

    /// When a newer announcement stood in the same place.
    fn replaced(&self, no: i64, place: Place) -> Option<Instant> {
        let newer = self.later.iter().filter(|(later, _)| *later > no);
        let there = newer.flat_map(|(_, places)| places.iter()).filter(|p| p.place == place);
        there.map(|p| p.at().unwrap_or_else(|| end_of_day_warsaw(p.on))).min()
    }

    /// The full days from the day after the last publication to `end` on which no place missed the announcement.
    #[must_use]
    pub fn days_in_all_places(&self, end: Instant) -> usize {
        let Some((_, start)) = self.start() else { return 0 };
        let gaps = self.gaps(end);
        let whole = |day: &NaiveDate| {
            let (from, to) = (day.pred_opt().map_or(Instant::MIN_UTC, end_of_day_warsaw), end_of_day_warsaw(*day));
            !gaps.iter().any(|g| g.from < to && g.to.is_none_or(|back| back > from))
        };
        let days = start.iter_days().skip(1).take_while(|day| end_of_day_warsaw(*day) <= end);
        days.filter(whole).count()
    }

    /// The deadline that the missing days call for: the same hour, on the first working day that leaves 21 full days
    /// in all three places. Nothing while a place is empty still, or where there are enough days.
    #[must_use]
    pub fn longer(&self) -> Option<Longer> {
        let gaps = self.gaps(self.deadline);
        if gaps.is_empty() || gaps.iter().any(|g| g.to.is_none()) || self.days_in_all_places(self.deadline) >= DAYS {
            return None;
        }
        let wall = self.current.elements.deadline?;
        let later = (1..=60).map(|days| add_working_days(wall.date(), days).and_time(wall.time()));
        let enough =
            |wall: &NaiveDateTime| deadline_instant(*wall).is_ok_and(|end| self.days_in_all_places(end) >= DAYS);
        Some(Longer { deadline: later.into_iter().find(enough)?, reason: reason(&gaps) })
    }
}

/// Why the deadline moves, as the notice says it.
fn reason(gaps: &[Gap]) -> String {
    let one = |g: &Gap| {
        let to = g.to.map(|to| format!(" do {}", show_instant(to))).unwrap_or_default();
        format!("Ogłoszenia nie było w miejscu „{}” od {}{to}.", g.place.label(), show_instant(g.from))
    };
    format!(
        "{} Żeby przez {DAYS} pełnych dni było ono we wszystkich trzech miejscach, termin składania ofert wydłuża się dla wszystkich. \
         Oferty już złożone są ważne; do nowego terminu można je zmienić.",
        gaps.iter().map(one).collect::<Vec<_>>().join(" ")
    )
}

/// What the facts do to the deadline: a place that showed the announcement later than recorded shifts
/// nothing by itself, it is a finding (R-ANN-03), and so is a notice that was missing before the deadline.
/// Basis: UDPP art. 13 ust. 1 and 3; the act does not say what a missing notice does, the strict count of full
/// days in all three places is this product's. Date: the latest of the three days as they really were.
#[must_use]
pub fn check_facts(after: &AfterPublication<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = later_than_recorded(after).into_iter().collect();
    let days = after.days_in_all_places(after.deadline);
    let longer = after.longer();
    findings.extend(after.gaps(after.deadline).iter().map(|gap| missing(gap, days, longer.as_ref())));
    findings
}

fn later_than_recorded(after: &AfterPublication<'_>) -> Option<Finding> {
    let recorded = after.term.0.places.iter().map(|p| p.on).max()?;
    let (place, on) = after.start().filter(|(_, on)| *on > recorded)?;
    let found = format!(
        "Ogłoszenie było w miejscu „{}” dopiero od {}, a termin policzono od {}.",
        place.label(),
        show_date(on),
        show_date(recorded)
    );
    let late = dates::deadline(after.current, on).into_iter().find(|f| f.rule.as_str() == "R-ANN-03");
    Some(match late {
        Some(late) => Finding {
            hint: "Ten termin jest krótszy niż 21 dni. Dopóki trwa, ogłoś dłuższy; po nim zachowaj ten zapis w aktach."
                .into(),
            ..late.found(found)
        },
        None => Finding::info("R-ANN-03")
            .at("element 5: termin składania ofert")
            .found(found)
            .limit("Do terminu jest nadal pełnych 21 dni.")
            .basis("art. 13 ust. 1 i 3 UDPP"),
    })
}

fn missing(gap: &Gap, days: usize, longer: Option<&Longer>) -> Finding {
    let basis = "art. 13 ust. 1 i 3 UDPP; ustawa nie mówi, co robić, gdy ogłoszenie zniknie, więc liczy się ostrożnie";
    let Some(to) = gap.to else {
        return Finding::warn("R-ANN-03")
            .at(gap.place.label())
            .found(format!("Ogłoszenie zdjęto {}, przed terminem składania ofert.", show_instant(gap.from)))
            .limit("Ogłoszenie widać w trzech miejscach do końca terminu składania ofert.")
            .basis(basis)
            .hint("Umieść ogłoszenie z powrotem i zapisz to: program policzy, czy trzeba wydłużyć termin.");
    };
    let enough = days >= DAYS;
    let finding = if enough { Finding::info("R-ANN-03") } else { Finding::warn("R-ANN-03") };
    let hint = match (enough, longer) {
        (true, _) => "Termin może zostać.".to_owned(),
        (false, Some(l)) => format!(
            "Wydłuż termin wszystkim, najwcześniej do: {}; projekt zawiadomienia jest gotowy.",
            show_date_weekday(l.deadline.date())
        ),
        (false, None) => "Wydłuż termin wszystkim, gdy ogłoszenie wróci w każde miejsce.".to_owned(),
    };
    finding
        .at(gap.place.label())
        .found(format!(
            "Ogłoszenia nie było od {} do {}. Pełnych dni do terminu, w których było we wszystkich miejscach: {days}.",
            show_instant(gap.from),
            show_instant(to)
        ))
        .limit(format!("Ogłoszenie widać we wszystkich miejscach przez {DAYS} pełnych dni."))
        .basis(basis)
        .hint(hint)
}

/// A notice that was put up again had been taken down before.
/// Basis: UDPP art. 13 ust. 3. Date: the moment it was put up again.
#[must_use]
pub fn check_restored(notice: &Notice, facts: &[Notice]) -> Option<Finding> {
    let here = facts.iter().filter(|f| f.no == notice.no && f.place == notice.place && f.at <= notice.at);
    let last = here.filter(|f| f.kind != NoticeKind::Posted).max_by_key(|f| (f.at, f.recorded_at, f.id.clone()));
    if notice.kind != NoticeKind::Restored || last.is_some_and(|f| f.kind == NoticeKind::Removed) {
        return None;
    }
    let found = format!("Przed {} tego ogłoszenia w tym miejscu nie zapisano jako zdjętego.", show_instant(notice.at));
    Some(
        Finding::block("R-ANN-03")
            .at(notice.place.label())
            .found(found)
            .limit("Z powrotem umieszcza się to, co zdjęto.")
            .basis("art. 13 ust. 3 UDPP")
            .hint("Najpierw zapisz, kiedy ogłoszenie zdjęto."),
    )
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
