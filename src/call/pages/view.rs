//! What the templates of calls share: deadline, state, whose move it is.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::call::{Call, CallStanding, CallState, Listed, NO_NUMBER, rules};
use crate::law::{
    Finding, Instant, Severity, blocks, left, plural, show_date_weekday, show_deadline, show_instant, show_time,
};
use crate::mail::Reach;
use crate::web::Waiting;

/// The deadline as people read it.
#[must_use]
pub fn deadline_text(call: &Call) -> String {
    deadline_words(call.deadline_at, call.content.elements.deadline)
}

/// The instant that counts, and, before there is one, the deadline that is planned.
fn deadline_words(end: Option<Instant>, planned: Option<NaiveDateTime>) -> String {
    end.map(show_deadline).or_else(|| planned.map(wall_text)).unwrap_or_default()
}

/// A deadline that is planned, as the clock on the wall shows it.
pub fn wall_text(wall: NaiveDateTime) -> String {
    match rules::deadline_instant(wall) {
        Ok(end) => show_deadline(end),
        Err(_) => format!("{}, godz. {}", show_date_weekday(wall.date()), show_time(wall.time())),
    }
}

/// Whose move it is with this call.
#[must_use]
pub fn waiting(call: &Call, now: Instant) -> Option<Waiting> {
    if call.is_open(now) {
        return offers_waiting(call, now);
    }
    if let Some(e) = call.running_extension(now) {
        return Some(Waiting {
            whose: "jednego oferenta".into(),
            what: "Ma termin wyznaczony decyzją organu. Potem urząd otworzy wszystkie oferty.".into(),
            until: show_deadline(e.until),
            left: left(now, e.until),
        });
    }
    let (whose, what) = match call.state {
        CallState::Draft => ("pracownika merytorycznego i organ", "Pracownik uzupełnia ogłoszenie, organ je ogłasza."),
        CallState::Announced => ("urząd", "Trzeba otworzyć oferty złożone w terminie."),
        CallState::Review => ("komisję konkursową", "Komisja opiniuje oferty, potem organ wybiera."),
        CallState::Decided => ("organ", "Trzeba ogłosić wyniki w trzech miejscach."),
        CallState::Published => ("urząd i wybrane organizacje", "Teraz zawierają umowy."),
        CallState::Cancelled => ("nic więcej", "Konkurs unieważniono. Urząd może przygotować nowy."),
    };
    let mut waiting = Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() };
    if call.state == CallState::Review {
        waiting.until = call.content.elements.decision_by.map(show_date_weekday).unwrap_or_default();
    }
    Some(waiting)
}

/// Whose move it is before the announcement.
pub fn draft_waiting(call: &Call, findings: &[Finding], lapsed: Option<&Finding>) -> Option<Waiting> {
    let (whose, what) = match (call.state == CallState::Draft, blocks(findings)) {
        (false, _) => return None,
        (true, true) => ("pracownika merytorycznego urzędu", "Trzeba uzupełnić ogłoszenie według uwag poniżej."),
        (true, false) if lapsed.is_some() => {
            ("organ", "Treść zatwierdza jeszcze raz ktoś, kto niczego nie przygotowywał.")
        }
        (true, false) if call.content.approval.is_some() => {
            ("urząd", "Organ zatwierdził treść. Trzeba umieścić pisma w trzech miejscach i zapisać, gdzie i kiedy.")
        }
        (true, false) => ("organ", "Ogłoszenie jest gotowe; zatwierdza je osoba, która go nie przygotowywała."),
    };
    let why = lapsed.filter(|_| whose == "organ").map(|f| format!("{} ", f.found)).unwrap_or_default();
    Some(Waiting { whose: whose.into(), what: format!("{why}{what}"), ..Waiting::default() })
}

/// Whose move it is while offers are filed; a draft that is looked at may have no deadline yet.
pub fn offers_waiting(call: &Call, now: Instant) -> Option<Waiting> {
    Some(Waiting {
        whose: "oferty organizacji".into(),
        what: "Przygotowuje się je i składa w tym serwisie.".into(),
        until: deadline_text(call),
        left: call.deadline_at.map(|end| left(now, end)).unwrap_or_default(),
    })
}

/// Whose move it is with one part of a draft.
pub fn part_waiting(open: &[Finding]) -> Option<Waiting> {
    let count = open.iter().filter(|f| f.severity == Severity::Block).count();
    let what = match i64::try_from(count) {
        Ok(0) if open.iter().any(|f| f.severity == Severity::Warn) => {
            "Ten krok nie blokuje ogłoszenia; przeczytaj uwagi.".to_owned()
        }
        Ok(0) => "Ten krok jest gotowy; zmienić go można do ogłoszenia.".to_owned(),
        Ok(n) => format!("Ten krok blokuje ogłoszenie: {n} {} poniżej.", plural(n, "uwaga", "uwagi", "uwag")),
        Err(_) => String::new(),
    };
    Some(Waiting { whose: "pracownika merytorycznego urzędu".into(), what, ..Waiting::default() })
}

/// The tone of a call's state tag.
pub fn tone(call: CallStanding, now: Instant) -> &'static str {
    match call.state {
        CallState::Draft => "warn",
        CallState::Announced if call.is_open(now) => "ok",
        CallState::Announced | CallState::Review | CallState::Decided => "info",
        CallState::Published => "neutral",
        CallState::Cancelled => "error",
    }
}

/// One line of a list of calls.
#[derive(Serialize)]
pub struct CallRow {
    pub href: String,
    pub number: String,
    pub title: String,
    pub state: &'static str,
    pub tone: &'static str,
    pub deadline: String,
    pub left: String,
    pub allocation: String,
    pub test: bool,
    /// Questions that wait for an answer; only the office's list says it.
    pub questions: i64,
}

impl CallRow {
    pub fn of(call: &Listed, now: Instant, office: bool) -> CallRow {
        let root = if office { "/urzad/konkursy" } else { "/konkursy" };
        let standing = call.standing;
        CallRow {
            href: format!("{root}/{}", call.id),
            number: call.number.as_deref().unwrap_or(NO_NUMBER).to_owned(),
            title: call.title.clone(),
            state: if office { standing.office_label(now) } else { standing.public_label(now) },
            tone: tone(standing, now),
            deadline: deadline_words(standing.deadline, call.planned),
            left: standing.deadline.filter(|_| standing.is_open(now)).map(|end| left(now, end)).unwrap_or_default(),
            allocation: call.allocation.to_string(),
            test: call.test,
            questions: 0,
        }
    }
}

/// Whom the letters `about` a deed go to, as its page tells it.
pub fn letters_text(reach: Reach, about: &str) -> String {
    let whom = "osób z organizacji, które mają ofertę albo wersję roboczą";
    reach.told(about, whom, "nikt nie ma w tym konkursie oferty ani wersji roboczej")
}

/// When the call was announced, for facts.
pub fn announced_text(call: &Call) -> String {
    call.announced_at.map(show_instant).unwrap_or_default()
}

/// Who approved the text of a draft and when; empty while nobody did.
pub fn approved_text(call: &Call) -> String {
    call.content.approval.as_ref().map(|a| format!("{}, {}", show_instant(a.at), a.by)).unwrap_or_default()
}
