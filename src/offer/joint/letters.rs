//! The letters between the offerors of a joint offer.

use serde::Serialize;

use crate::account::{self, Actor};
use crate::call::Call;
use crate::error::AppError;
use crate::law::{Instant, show_deadline};
use crate::mail;
use crate::offer::model::Offer;
use crate::store::{OrgId, Read, Tx};

/// What every letter may say.
#[derive(Serialize, Default)]
pub(super) struct Letter<'a> {
    pub lead: &'a str,
    pub partner: &'a str,
    pub call_number: &'a str,
    pub call_title: &'a str,
    pub title: String,
    pub deadline: String,
    pub by: &'a str,
    pub reason: &'a str,
    pub sha256: &'a str,
    pub link: String,
    pub until: String,
}

impl<'a> Letter<'a> {
    pub fn about(offer: &'a Offer, call: &'a Call, by: &'a Actor) -> Letter<'a> {
        let title = offer.working().title.trim();
        Letter {
            lead: &offer.org_name,
            call_number: call.number(),
            call_title: &call.content.title,
            title: if title.is_empty() { "(bez tytułu)".to_owned() } else { title.to_owned() },
            deadline: call.deadline_for(&offer.org).map(show_deadline).unwrap_or_default(),
            by: by.person.as_ref().map_or("", |p| p.name.as_str()),
            ..Letter::default()
        }
    }

    /// Sends it to each address.
    pub fn send(
        &self,
        tx: &mut Tx<'_>,
        to: &[String],
        kind: &'static str,
        offer: &Offer,
        now: Instant,
    ) -> Result<(), AppError> {
        mail::put_each(tx, to, kind, offer.id.as_str(), self, now)
    }
}

/// The addresses of an organisation's people: of those who sign, or of all.
pub(super) fn people(r: &mut Read<'_>, org: &OrgId, all: bool) -> Result<Vec<String>, AppError> {
    let members = account::store::members(r, org)?;
    let fit = members.into_iter().filter(|(person, role)| person.active && (all || role.signs()));
    Ok(fit.map(|(person, _)| person.email).collect())
}
