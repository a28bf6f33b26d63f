//! The longer deadline that an outage calls for, beside a change that somebody works on.

use serde::Serialize;

use crate::call::{Amendment, Call, Outage, rules};
use crate::law::Instant;

/// The open change that another one would take the place of.
#[derive(Serialize)]
pub struct Replaced {
    amendment: String,
    version: i64,
    state: &'static str,
}

impl Replaced {
    pub fn of(a: &Amendment) -> Replaced {
        Replaced { amendment: a.id.to_string(), version: a.version, state: a.state.label() }
    }
}

/// Whether an outage calls for a longer deadline: it may still move the one in force, and no change that is worked on
/// moves it far enough. After the deadline a change of anything else cannot be published any more (R-AMD-03), however late
/// its deadline.
pub fn prolonging(call: &Call, open: Option<&Amendment>, outages: &[Outage], now: Instant) -> bool {
    let Some(end) = call.deadline_at else { return false };
    let lawful = |a: &&Amendment| now < end || rules::only_deadline(&rules::changes(&call.content, &a.content.content));
    let planned = open.filter(lawful).and_then(|a| a.content.content.elements.deadline);
    let planned = planned.and_then(|wall| rules::deadline_instant(wall).ok()).filter(|planned| *planned > end);
    let enough = |o: &Outage| planned.is_some_and(|planned| planned >= o.to + rules::outage::GRACE);
    outages.iter().any(|o| rules::outage::prolongs(end, o, now) && !enough(o))
}
