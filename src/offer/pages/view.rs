//! Small views that several pages of offers share.

use serde::Serialize;

use super::policy::Case;
use super::section::href_of;
use super::tasks::said;
use crate::audit;
use crate::call::{Call, CallState, Extension};
use crate::law::{Finding, Instant, left, show_date_weekday, show_deadline, show_instant_seconds};
use crate::mail;
use crate::offer::model::{Offer, OfferContent, OfferState};
use crate::offer::rules;
use crate::store::OrgId;
use crate::web::{ErrorLink, Event, FindingView, Waiting, linked_findings};

pub use super::cap::{CapView, cap_view};

/// Findings that lead to their fields.
pub fn linked(offer: &Offer, content: &OfferContent, findings: &[Finding]) -> Vec<FindingView> {
    linked_findings(findings, |f| href(offer, content, f))
}

/// A link to each field that is not filled in.
pub fn gaps(offer: &Offer, content: &OfferContent, findings: &[Finding]) -> Vec<ErrorLink> {
    let one = |f: &Finding| ErrorLink { href: href(offer, content, f), message: said(f) };
    findings.iter().map(one).collect()
}

/// Where a finding is mended; empty for what is outside the offer.
fn href(offer: &Offer, content: &OfferContent, f: &Finding) -> String {
    let (id, place) = (&offer.id, f.place.as_str());
    match href_of(id, content, place) {
        Some(href) => href,
        None if place == rules::ATTACHMENTS_PLACE => format!("/oferty/{id}/zalaczniki"),
        None if place == rules::PARTNERS_PLACE || place.starts_with("V.C") || place.starts_with("II.1, ") => {
            format!("/oferty/{id}/partnerzy")
        }
        None if place == "II.1" => {
            let field = if f.rule.as_str() == "R-ORG-01" { "#status" } else { "" };
            format!("/konto/organizacja?org={}{field}", offer.org)
        }
        None => String::new(),
    }
}

#[derive(Serialize)]
pub struct Deadline {
    pub iso: String,
    pub text: String,
    pub left: String,
}

impl Deadline {
    pub fn of(end: Instant, now: Instant) -> Deadline {
        Deadline { iso: end.to_rfc3339(), text: show_deadline(end), left: left(now, end) }
    }
}

/// The deadline of the call for the organisation that leads an offer, and how long that is from now.
pub fn deadline(call: &Call, org: &OrgId, now: Instant) -> Option<Deadline> {
    call.deadline_for(org).map(|end| Deadline::of(end, now))
}

/// By which decision the deadline of this offer is a later one than everybody's; empty for none.
pub fn extended(case: &Case) -> String {
    case.call.extension_of(&case.offer.org).map(Extension::says).unwrap_or_default()
}

pub fn results_public(call: &Call) -> bool {
    call.state == CallState::Published
}

#[derive(Serialize)]
pub struct Status {
    label: &'static str,
    tone: &'static str,
}

pub fn status(offer: &Offer, call: &Call) -> Status {
    let public = results_public(call);
    // When the contest is over, nobody waits for what was missing.
    if offer.state == OfferState::ToSupplement && call.state != CallState::Review {
        return Status { label: OfferState::Submitted.ngo_label(public), tone: "info" };
    }
    let tone = match offer.state {
        OfferState::Draft | OfferState::ToSupplement => "warn",
        OfferState::Withdrawn => "neutral",
        OfferState::Submitted => "ok",
        OfferState::Selected | OfferState::Contracted if public => "ok",
        OfferState::Rejected | OfferState::NotSelected if public => "error",
        OfferState::Supplemented
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected
        | OfferState::Contracted => "info",
    };
    if offer.state == OfferState::Submitted && offer.draft.is_some() {
        return Status { label: "złożona, są niezłożone zmiany", tone: "warn" };
    }
    Status { label: offer.state.ngo_label(public), tone }
}

/// The band over what is not submitted: a draft, or changes of a submitted offer.
pub fn band(offer: &Offer) -> String {
    match (offer.state, &offer.draft) {
        (OfferState::Draft, _) => "WERSJA ROBOCZA – NIEZŁOŻONA".to_owned(),
        (OfferState::Withdrawn, _) => "OFERTA WYCOFANA".to_owned(),
        (_, Some(_)) => format!("ZMIANY NIEZŁOŻONE – OBOWIĄZUJE WERSJA {}", offer.frozen_no),
        (_, None) => format!("OFERTA ZŁOŻONA – OBOWIĄZUJE WERSJA {}", offer.frozen_no),
    }
}

/// The same band on pages that are also opened when everything is submitted; empty then.
pub fn open_band(offer: &Offer) -> String {
    if offer.state == OfferState::Draft || offer.draft.is_some() { band(offer) } else { String::new() }
}

/// Whose move it is, for the offeror.
pub fn waiting(case: &Case, now: Instant) -> Waiting {
    let (offer, call) = (&case.offer, &case.call);
    let say = |whose: &str, what: &str| Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() };
    let by_deadline = |w: Waiting| {
        let end = deadline(call, &offer.org, now);
        let (until, left) = end.map(|d| (d.text, d.left)).unwrap_or_default();
        Waiting { until, left, ..w }
    };
    let open = case.is_open(now);
    match offer.state {
        OfferState::Withdrawn if offer.number.is_none() => say("nikogo", "Wersja robocza jest usunięta."),
        OfferState::Withdrawn => say("nikogo", "Oferta jest wycofana i nie bierze udziału w konkursie."),
        _ if call.state == CallState::Cancelled => say("nikogo", "Konkurs unieważniono."),
        OfferState::Draft if open && offer.is_joint() => by_deadline(say(
            "oferentów",
            "Uzupełnijcie części oferty; partnerzy potwierdzają całość, a składa ją organizacja, która ją prowadzi.",
        )),
        OfferState::Draft if open => by_deadline(say("Twoją organizację", "Uzupełnij części oferty i ją złóż.")),
        OfferState::Draft => say("nikogo", "Termin minął, a tej oferty nie złożono."),
        OfferState::Submitted if open && offer.draft.is_some() => by_deadline(say(
            "Twoją organizację",
            "Zmieniono złożoną ofertę, ale zmian nie złożono. Złóż je albo odrzuć; do tego czasu obowiązuje złożona wersja.",
        )),
        OfferState::Submitted if open => by_deadline(say(
            "koniec naboru",
            "Oferta jest złożona. Urząd przeczyta ją dopiero po otwarciu ofert, po terminie; do terminu możesz ją zmienić albo wycofać.",
        )),
        OfferState::Selected if results_public(call) => say("urząd", "Oferta jest wybrana. Urząd przygotuje umowę."),
        OfferState::Contracted => say("realizację umowy", "Do tej oferty zawarto umowę."),
        OfferState::Rejected | OfferState::Reserve | OfferState::NotSelected | OfferState::ToSupplement
            if results_public(call) =>
        {
            say("nikogo", "Konkurs jest rozstrzygnięty.")
        }
        OfferState::Submitted if call.state == CallState::Announced => {
            let until = call.open_until(now).map(show_deadline).unwrap_or_default();
            let what = "Oferta jest złożona. Urząd otworzy wszystkie oferty po ostatnim terminie i zacznie ocenę.";
            Waiting { until, ..say("urząd", what) }
        }
        OfferState::ToSupplement if call.state == CallState::Review => supplement_waiting(offer, now),
        OfferState::Supplemented => say("urząd", "Uzupełnienie jest złożone. Urząd dokończy ocenę formalną oferty."),
        OfferState::Submitted
        | OfferState::ToSupplement
        | OfferState::FormalOk
        | OfferState::Rejected
        | OfferState::Selected
        | OfferState::Reserve
        | OfferState::NotSelected => {
            let until = call.content.elements.decision_by.map(show_date_weekday).unwrap_or_default();
            Waiting { until, ..say("urząd i komisję konkursową", "Trwa ocena ofert.") }
        }
    }
}

/// Whose move it is before there is an offer, or a partner in it: that of the reader, until the general deadline.
pub fn choosing(call: &Call, now: Instant, what: &str) -> Waiting {
    let end = call.deadline_at.filter(|end| now < *end);
    Waiting {
        whose: "Ciebie".to_owned(),
        what: what.to_owned(),
        until: end.map(show_deadline).unwrap_or_default(),
        left: end.map(|end| left(now, end)).unwrap_or_default(),
    }
}

/// Whose move it is while the office waits for what is missing.
fn supplement_waiting(offer: &Offer, now: Instant) -> Waiting {
    match offer.supplement_by {
        Some(due) if now < due => Waiting {
            whose: if offer.is_joint() { offer.org_name.clone() } else { "Twoją organizację".to_owned() },
            what: "Urząd wezwał do uzupełnienia oferty. Odpowiedz na wezwanie i złóż uzupełnienie.".to_owned(),
            until: show_deadline(due),
            left: left(now, due),
        },
        Some(_) | None => Waiting {
            whose: "urząd".to_owned(),
            what: "Czas na uzupełnienie minął, a uzupełnienia nie złożono. Urząd dokończy ocenę formalną oferty."
                .to_owned(),
            ..Waiting::default()
        },
    }
}

/// The call of the office to supplement the offer, on the pages of its organisations.
#[derive(Serialize)]
pub struct Called {
    pub href: String,
    /// It can still be answered.
    pub open: bool,
    pub until: String,
    pub given: bool,
}

/// Nothing before the office called.
pub fn called(offer: &Offer, call: &Call, now: Instant) -> Option<Called> {
    let due = offer.supplement_by?;
    let waits = offer.state == OfferState::ToSupplement;
    Some(Called {
        href: format!("/oferty/{}/uzupelnienie", offer.id),
        open: waits && now < due && call.state == CallState::Review,
        until: show_deadline(due),
        given: offer.state == OfferState::Supplemented,
    })
}

/// A row of the log as the offeror's people read it: of a refusal the sentences, without the names of fields.
fn told(row: &audit::Row) -> String {
    if !["refused", "turned_away"].contains(&row.object_kind.as_str()) {
        return row.detail.clone();
    }
    let said = row.detail.split_once("): ").map_or(row.detail.as_str(), |(_, said)| said);
    let is_field = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c));
    let sentence = |part| str::split_once(part, ": ").filter(|(name, _)| is_field(name)).map_or(part, |(_, rest)| rest);
    let parts: Vec<&str> = said.split("; ").map(sentence).collect();
    format!("Nie udało się: {}", parts.join(" "))
}

/// What the offeror's own people did, newest first; saves of one part in a row by one person are one line. Deeds of the office
/// are not shown here, because they become public with the results; only its call to supplement is.
pub fn events(rows: &[audit::Row]) -> Vec<Event> {
    let mut out: Vec<(Event, bool)> = Vec::new();
    for row in rows.iter().filter(|row| row.deed.starts_with("offer.")) {
        let event = Event {
            at: show_instant_seconds(row.at.and_utc()),
            who: if row.deed == "offer.summons" { "urząd".to_owned() } else { row.actor.clone() },
            what: told(row),
        };
        let save = row.deed == "offer.save" && row.object_kind == "offer";
        match out.last_mut() {
            Some((last, true)) if save && (&last.who, &last.what) == (&event.who, &event.what) => *last = event,
            Some(_) | None => out.push((event, save)),
        }
    }
    out.into_iter().rev().map(|(event, _)| event).collect()
}

#[derive(Serialize)]
pub struct MailView {
    at: String,
    to: String,
    subject: String,
    state: &'static str,
}

pub fn mails(letters: &[mail::Letter]) -> Vec<MailView> {
    letters
        .iter()
        .filter(|l| l.kind.starts_with("offer_"))
        .map(|l| MailView {
            at: show_instant_seconds(l.created_at.and_utc()),
            to: l.to_addr.clone(),
            subject: l.subject.clone(),
            state: match (l.sent_at.is_some(), l.dead_at.is_some()) {
                (true, _) => "wysłano",
                (false, true) => "nie udało się wysłać",
                (false, false) => "czeka na wysłanie",
            },
        })
        .collect()
}

/// The title a person gave, or what stands for it.
pub fn title_of(offer: &Offer) -> String {
    let title = offer.content.title.trim();
    if title.is_empty() { "(bez tytułu)".to_owned() } else { title.to_owned() }
}

/// Where the announcement is read: a test call has no public page.
pub fn call_href(call: &Call) -> String {
    if call.content.test { format!("/urzad/konkursy/{}/podglad", call.id) } else { format!("/konkursy/{}", call.id) }
}
