//! Later deadlines of single organisations as pages show them.

use serde::Serialize;

use crate::account::{Actor, Role};
use crate::call::{Call, CallState, Extension};
use crate::law::{Instant, show_date, show_until, warsaw_date};

/// One decision, for `call/_extensions.html`.
#[derive(Serialize)]
pub struct ExtensionView {
    decided: String,
    until: String,
    why: String,
    /// A later decision for an organisation that had one already.
    again: bool,
    /// Whom it is for; empty for the public.
    who: String,
    by: String,
}

fn views(call: &Call, who: impl Fn(&Extension) -> (String, String)) -> Vec<ExtensionView> {
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
        }
    };
    call.extensions.iter().enumerate().map(view).collect()
}

/// For everybody: that it was decided, until when and why.
pub fn public(call: &Call) -> Vec<ExtensionView> {
    views(call, |_| (String::new(), String::new()))
}

/// For the office: the organ reads whom it is for, others once the offers are opened.
pub fn office(call: &Call, reader: &Actor) -> Vec<ExtensionView> {
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
