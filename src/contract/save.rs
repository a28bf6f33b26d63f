//! The office changes a contract that is not signed yet.

use super::model::{Contract, ContractAction, ContractContent};
use super::{at_version, moved, propose, record, rules, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, warsaw_date};
use crate::store::{ContractId, Tx, tables};

/// Saves `content`; a generated document is dropped. What the contest fixed (rules,
/// call, offer, grant) stays as it was; the cap takes the rate of today.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile; `Invalid` when dates contradict;
/// `Forbidden` after the signature.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    seen: i64,
    content: ContractContent,
    now: Instant,
) -> Result<(), AppError> {
    let before = at_version(tx, id, seen)?;
    let state = moved(&before, ContractAction::Edit)?;
    rules::date_errors(&content).finish(Some(()))?;
    let fixed = &before.content;
    let tables = tables::tables(tx)?;
    let content = ContractContent {
        cap: propose::cap_terms(&fixed.rules, &tables, warsaw_date(now), &fixed.terms)?,
        rules: fixed.rules.clone(),
        terms: fixed.terms.clone(),
        call_number: fixed.call_number.clone(),
        offer_number: fixed.offer_number.clone(),
        offer_sha256: fixed.offer_sha256.clone(),
        supplement: fixed.supplement.clone(),
        mode: fixed.mode,
        grant: fixed.grant,
        partners: fixed.partners.clone(),
        ..content
    };
    let after = Contract { state, content, sha256: None, document: None, ..before.clone() };
    store::save(tx, &after)?;
    let detail = if before.document.is_some() {
        "Zmieniono treść umowy; wygenerowany wcześniej dokument przestał obowiązywać"
    } else {
        "Zmieniono treść projektu umowy"
    };
    record(tx, by, "contract.save", (&before, &after), detail.into(), now)
}
