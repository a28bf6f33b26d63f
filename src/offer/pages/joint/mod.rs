//! Pages of joint offers: the partners and the division of costs, the part of one offeror, a partner's word,
//! and the link of an invitation.

mod confirm;
mod decline;
mod hub;
mod invitation;
mod link;
mod part;
mod partners;
mod policy;
mod remove;

pub use hub::partner_hub;
pub use part::save_part_form;

use super::policy::Case;
use crate::law::{Instant, show_instant};
use crate::offer::model::{Party, Word};
use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/oferty/zaproszenie/{token}", link::show),
        post!("/oferty/zaproszenie/{token}", link::accept),
        get!("/oferty/{offer}/partnerzy", partners::show),
        post!("/oferty/{offer}/partnerzy", partners::invite),
        post!("/oferty/{offer}/partnerzy/wspolna", partners::joint),
        post!("/oferty/{offer}/partnerzy/jedna", partners::single),
        get!("/oferty/{offer}/podzial/{org}", part::show),
        post!("/oferty/{offer}/podzial/{org}", part::keep),
        post!("/oferty/{offer}/podzial/{org}/autozapis", part::autosave),
        post!("/oferty/{offer}/podzial/{org}/scalenie", part::choose),
        get!("/oferty/{offer}/partnerzy/{partner}/zaproszenie", invitation::show),
        post!("/oferty/{offer}/partnerzy/{partner}/zaproszenie", invitation::send),
        get!("/oferty/{offer}/partnerzy/{partner}/usuniecie", remove::ask),
        post!("/oferty/{offer}/partnerzy/{partner}/usuniecie", remove::remove),
        get!("/oferty/{offer}/partnerzy/{partner}/potwierdzenie", confirm::show),
        post!("/oferty/{offer}/partnerzy/{partner}/potwierdzenie", confirm::give),
        get!("/oferty/{offer}/partnerzy/{partner}/odmowa", decline::ask),
        post!("/oferty/{offer}/partnerzy/{partner}/odmowa", decline::decline),
    ]
}

/// Where the partners of an offer are.
fn address(case: &Case) -> String {
    format!("/oferty/{}/partnerzy", case.offer.id)
}

/// What is known of a partner's word, in a sentence; empty when nothing is.
fn said(party: &Party, digest: &str) -> String {
    let given = |words: &str| {
        party
            .partner
            .confirmation
            .as_ref()
            .map(|c| format!("{words} {}; podpisuje: {}.", show_instant(c.at), c.declarations.signed_by))
            .unwrap_or_default()
    };
    match party.word(digest) {
        Word::Given => given("Potwierdzenie z"),
        Word::Stale => match &party.partner.confirmation {
            Some(c) => format!("Potwierdzenie z {} dotyczy innej treści – potrzebne nowe.", show_instant(c.at)),
            None => String::new(),
        },
        Word::Declined => format!("Powód odmowy: {}", party.partner.reason),
        Word::Nobody | Word::Open | Word::Removed => asked(party.partner.invited_at, &party.partner.invited_by),
    }
}

fn asked(at: Instant, by: &str) -> String {
    format!("Zaproszenie z {}, od {by}.", show_instant(at))
}
