//! Later deadlines of single organisations as pages show them.

use std::cmp::Ordering;

use serde::Serialize;

use crate::account::{Actor, Role};
use crate::call::{Call, CallState, Extension};
use crate::law::{Instant, show_date, show_until, warsaw_date};

/// One decision.
#[derive(Serialize)]
struct ExtensionView {
    decided: String,
    until: String,
    why: String,
    /// A later decision for an organisation that had one already.
    again: bool,
    /// Whom it is for; empty for the public.
    who: String,
    by: String,
    /// What became of it when the deadline of all was prolonged; empty while it is later.
    overtaken: &'static str,
}

/// For `call/_extensions.html`.
#[derive(Serialize)]
pub struct Extended {
    decisions: Vec<ExtensionView>,
    /// The offers wait for one of these deadlines, or did until it passed.
    holds: bool,
}

fn views(call: &Call, who: impl Fn(&Extension) -> (String, String)) -> Extended {
    let again = |at: usize, e: &Extension| call.extensions.iter().take(at).any(|earlier| earlier.org == e.org);
    let view = |(at, e): (usize, &Extension)| {
        let (who, by) = who(e);
        ExtensionView {
            decided: show_date(warsaw_date(e.at)),
            until: show_until(e.until),
            why: e.why.trim_end_matches('.').to_owned(),
            again: again(at, e),
            who,
            by,
            overtaken: overtaken(call, e),
        }
    };
    Extended {
        decisions: call.extensions.iter().enumerate().map(view).collect(),
        holds: call.state == CallState::Announced && !call.later_deadlines().is_empty(),
    }
}

fn overtaken(call: &Call, e: &Extension) -> &'static str {
    match call.deadline_at.map(|end| end.cmp(&e.until)) {
        Some(Ordering::Greater) => "Termin dla wszystkich jest teraz późniejszy.",
        Some(Ordering::Equal) => "Termin dla wszystkich jest teraz taki sam.",
        Some(Ordering::Less) | None => "",
    }
}

/// Why no organisation can be given a later deadline any more, though the offers are not opened; empty while one can.
pub fn closed(call: &Call, now: Instant) -> String {
    let came = call.choice_came(now).filter(|_| call.state == CallState::Announced);
    let say = |day| {
        format!("Nie można już wyznaczyć terminu jednej organizacji: nadszedł dzień wyboru ofert ({}).", show_date(day))
    };
    came.map(say).unwrap_or_default()
}

/// For everybody: that it was decided, until when and why.
pub fn public(call: &Call) -> Extended {
    views(call, |_| (String::new(), String::new()))
}

/// For the office: the organ reads whom it is for, others once the offers are opened.
pub fn office(call: &Call, reader: &Actor) -> Extended {
    let knows = reader.has(Role::Organ) || call.is_opened();
    let name = |e: &Extension| if knows { e.org_name.clone() } else { "jedna organizacja".to_owned() };
    views(call, |e| (name(e), e.by.clone()))
}

/// What the reader's own organisations may still do in a call that takes no offers of others, a sentence each.
pub fn own(call: &Call, reader: &Actor, now: Instant) -> Vec<String> {
    if call.state != CallState::Announced {
        return Vec::new();
    }
    let say = |e: &Extension, name: &str| format!("Termin dla Twojej organizacji ({name}): {}.", e.says());
    let mine = reader.memberships.iter().filter_map(|m| Some((call.extension_of(&m.org)?, &m.org_name)));
    mine.filter(|(e, _)| now < e.until).map(|(e, name)| say(e, name)).collect()
}
