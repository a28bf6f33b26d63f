//! What a joint offer prints beside the rest: every offeror, who performs what, part V.C, VI.2, all signatures.

use super::{amount, organisation, said};
use crate::document::{FORM, OfferorAnswers, RowStyle, Signature, TableRow};
use crate::law::Money;
use crate::offer::model::{FrozenOffer, OfferContent, Share};

/// II.1 of the partners.
pub fn partners(frozen: &FrozenOffer) -> impl Iterator<Item = OfferorAnswers> {
    frozen.partners.iter().map(|p| {
        let ids = [p.krs.as_deref(), Some(p.nip.as_str()), p.regon.as_deref()];
        organisation(&p.name, ids, &p.organisation)
    })
}

/// The last column of III.4: who performs the activity, and what somebody outside the contract does.
pub fn performed(c: &OfferContent, n: u32, outside: &str) -> String {
    let by = c.joint.as_ref().map(|joint| joint.performers(n)).unwrap_or_default();
    let by = if by.is_empty() { None } else { Some(format!("wykonuje: {}", by.join(", "))) };
    let outside = said(outside).or_else(|| by.is_none().then(|| "nie dotyczy".to_owned()));
    [by, outside].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The name of an offeror as it was frozen.
fn named(frozen: &FrozenOffer, share: &Share) -> String {
    let partner = frozen.partners.iter().find(|p| p.org == share.org);
    partner.map_or_else(|| share.name.clone(), |p| p.name.clone())
}

/// What each offeror performs (UDPP art. 14 ust. 3 pkt 1), in its own words; empty for an offer of one organisation.
pub fn shares(frozen: &FrozenOffer) -> Vec<[String; 3]> {
    let none = || "nie dotyczy".to_owned();
    let activity = |n: u32| {
        let at = usize::try_from(n).ok()?.checked_sub(1)?;
        Some(format!("{n}. {}", frozen.offer.activities.get(at)?.name))
    };
    let row = |share: &Share| {
        let activities: Vec<String> = share.activities.iter().filter_map(|n| activity(*n)).collect();
        let activities = said(&activities.join("\n")).unwrap_or_else(none);
        [named(frozen, share), activities, said(&share.tasks).unwrap_or_else(none)]
    };
    frozen.offer.joint.iter().flat_map(|joint| &joint.shares).map(row).collect()
}

/// V.C; empty for an offer of one organisation.
pub fn split(frozen: &FrozenOffer) -> Vec<TableRow> {
    let Some(joint) = &frozen.offer.joint else { return Vec::new() };
    let years = frozen.offer.years().len();
    let name = |share: &Share| named(frozen, share);
    let of = |share: &Share, at: usize| share.years.get(at).copied().unwrap_or_default();
    let sum = |amounts: Vec<Money>| Money::sum(amounts).map_or_else(|| "poza zakresem".to_owned(), amount);
    let mut out: Vec<TableRow> = joint
        .shares
        .iter()
        .zip(1_u32..)
        .map(|(share, n)| {
            let mut cells = vec![n.to_string(), name(share), sum(share.years.clone())];
            cells.extend((0..years).map(|at| amount(of(share, at))));
            TableRow { style: RowStyle::Plain, cells }
        })
        .collect();
    let all = joint.shares.iter().flat_map(|share| share.years.iter().copied()).collect();
    let mut cells = vec![String::new(), FORM.sum_all.to_owned(), sum(all)];
    cells.extend((0..years).map(|at| sum(joint.shares.iter().map(|share| of(share, at)).collect())));
    out.push(TableRow { style: RowStyle::Sum, cells });
    out
}

/// A signature for each offeror.
pub fn signatures(frozen: &FrozenOffer) -> Vec<Signature> {
    let one = |label: String, signed_by: &str| Signature { label, name: said(signed_by), role: None };
    if frozen.partners.is_empty() {
        return vec![one("Za oferenta".into(), &frozen.declarations.signed_by)];
    }
    let lead = one(format!("Za oferenta: {}", frozen.organisation_name), &frozen.declarations.signed_by);
    let others = frozen.partners.iter().map(|p| {
        let signed_by = p.confirmation.as_ref().map(|c| c.declarations.signed_by.as_str());
        one(format!("Za oferenta: {}", p.name), signed_by.unwrap_or_default())
    });
    std::iter::once(lead).chain(others).collect()
}
