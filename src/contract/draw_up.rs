//! The office draws a contract up.

use super::model::{Contract, ContractState};
use super::{propose, rules, store};
use crate::account::{self, Actor};
use crate::audit::{self, Deed};
use crate::award;
use crate::call;
use crate::error::AppError;
use crate::law::{Instant, warsaw, warsaw_date};
use crate::offer;
use crate::review;
use crate::store::{ContractId, OfferId, Tx, counters, digest, tables, to_json};

/// Draws up the contract of a selected offer, with everything that is already agreed.
///
/// # Errors
/// `Refused` before the results or for another offer (R-CON-01), and when the wage of
/// the day is not in the table (R-TAB-01); `Taken` when the contract exists.
pub fn draw_up(tx: &mut Tx<'_>, by: &Actor, offer: &OfferId, now: Instant) -> Result<ContractId, AppError> {
    use chrono::Datelike as _;
    let offer = offer::store::find(tx, offer)?;
    if store::of_offer(tx, &offer.id)?.is_some() {
        return Err(AppError::Taken("Umowa do tej oferty już istnieje."));
    }
    let award = award::store::of_call(tx, &offer.call)?;
    let line = rules::award_line(&offer, award.as_ref()).map_err(AppError::refused)?;
    let call = call::store::find(tx, &offer.call)?;
    let given = review::summons_of(tx, &offer.id)?.and_then(|(_, given)| given);
    let agreed = propose::Agreed {
        call: &call,
        version: &offer::store::version(tx, &offer.id, offer.frozen_no)?,
        supplement: given.as_ref(),
        organisation: &account::store::organisation(tx, &offer.org)?,
        tables: &tables::tables(tx)?,
        offer: &offer,
        line: &line,
        today: warsaw_date(now),
    };
    let content = propose::content(&agreed)?;
    let year = warsaw(now).year();
    // A rehearsal uses up no number of a real contract.
    let (series, counter) = if call.content.test { ("PRÓBA/U", "contract:test:") } else { ("U", "contract:") };
    let number = format!("{series}/{}/{year}", counters::next(tx, &format!("{counter}{year}"))?);
    let contract = Contract {
        id: ContractId::new(),
        call: offer.call.clone(),
        offer: offer.id.clone(),
        org: offer.org.clone(),
        number,
        state: ContractState::Draft,
        version: 0,
        content,
        sha256: None,
        document: None,
        signed_on: None,
        created_at: now,
    };
    store::insert(tx, &contract, by.log_name())?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "contract.draw_up",
        object_kind: "contract",
        object_id: contract.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&contract.content)?),
        detail: format!(
            "Przygotowano projekt umowy {} z organizacją {} na kwotę {}",
            contract.number, contract.content.contractor.name, contract.content.grant
        ),
    };
    audit::append(tx, deed, now);
    Ok(contract.id)
}
