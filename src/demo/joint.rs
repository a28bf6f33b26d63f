//! A joint offer that waits for the word of its partner: a visitor gives it as the partner, then submits as the
//! organisation that leads. Its contest asks for a signed confirmation.

use super::steps::{self, Play};
use crate::error::AppError;
use crate::law::{Instant, Money, Nip};
use crate::offer::calculation::cost_rows;
use crate::offer::joint::{Whom, invite_partner, make_joint};
use crate::offer::{self, CostLine, OfferContent};
use crate::store::{CallId, OrgId};

/// The organisations of the cast: who leads, and who is asked.
const LEAD: usize = 0;
const PARTNER: usize = 3;

/// `rooms` is what the partner bears in the year of the first column; the lead bears the rest.
pub(super) fn waiting_for_its_partner(
    play: &Play<'_>,
    call: &CallId,
    content: OfferContent,
    rooms: &CostLine,
    now: Instant,
) -> Result<(), AppError> {
    let id = steps::draft(play, call, LEAD, content, now)?;
    let (by, lead) = steps::ngo(play, LEAD)?;
    let (_, partner) = steps::ngo(play, PARTNER)?;
    let nip = Nip::parse(super::cast::PARTNER_NIP).map_err(|e| AppError::internal(e.to_string()))?;
    let base_url = &play.state.config.base_url;
    play.state.store.write(|tx| {
        let seen = offer::store::find(tx, &id)?.version;
        make_joint(tx, by, &id, seen, now)?;
        invite_partner(tx, by, &id, seen + 1, Whom::Nip(nip), base_url, now)?;
        let made = offer::store::find(tx, &id)?;
        let mut content = made.content;
        divide(&mut content, (lead, partner), rooms);
        offer::save(tx, by, &id, made.version, content, now).map(|_| ())
    })
}

fn divide(content: &mut OfferContent, (lead, partner): (&OrgId, &OrgId), rooms: &CostLine) {
    let whole = cost_rows(content).pop().map(|row| (row.total.unwrap_or_default(), row.years)).unwrap_or_default();
    let rooms = rooms.value().unwrap_or_default();
    // With one year the only column is the whole.
    let mut years = if whole.1.len() < 2 { vec![whole.0] } else { whole.1 };
    let mut theirs = vec![Money::ZERO; years.len()];
    if let (Some(own), Some(first)) = (years.first_mut(), theirs.first_mut()) {
        (*own, *first) = (own.saturating_sub_floor0(rooms), rooms);
    }
    let Some(joint) = &mut content.joint else { return };
    joint.representation =
        "Stowarzyszenie SUKCES na podstawie umowy partnerskiej (przykład), art. 14 ust. 3 pkt 2 ustawy o pożytku"
            .into();
    let parts = [(lead, "zajęcia grupowe i rekrutacja", years), (partner, "sale, materiały i dojazdy", theirs)];
    for (org, tasks, years) in parts {
        if let Some(share) = joint.share_mut(org) {
            share.activities = vec![1];
            share.tasks = tasks.to_owned();
            share.years = years;
        }
    }
}
