//! Finance records money that came back.

use chrono::NaiveDate;

use super::model::{ContractState, Flow, Payment, PaymentKind};
use super::{record, rules, store};
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{Instant, Money, show_date, warsaw_date};
use crate::store::{ContractId, PaymentId, Tx};

/// Records a return of `amount` by the contractor.
///
/// # Errors
/// `Invalid` for more than was paid, or a day before the signature or to come;
/// `Forbidden` before the signature; `Stale` when another payment came first.
pub fn record_return(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    amount: Money,
    paid_on: NaiveDate,
    reference: String,
    now: Instant,
) -> Result<(), AppError> {
    let contract = store::find(tx, id)?;
    if !matches!(contract.state, ContractState::Signed | ContractState::Settled) {
        return Err(AppError::forbidden("Zwrot zapisuje się do umowy podpisanej."));
    }
    let flow = Flow::of(&store::payments(tx, id)?);
    let mut errors = rules::return_errors(&contract, flow, amount, paid_on);
    if paid_on > warsaw_date(now) {
        errors.add("paid_on", "Data zwrotu nie może być w przyszłości.");
    }
    errors.finish(Some(()))?;
    let payment = Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Return,
        amount,
        paid_on,
        reference,
        recorded_by: by.log_name().to_owned(),
    };
    let detail = format!("Zapisano zwrot {amount} w dniu {} (przelew {})", show_date(paid_on), payment.reference);
    store::insert_payment(tx, id, &payment, now)?;
    store::touch(tx, &contract)?;
    record(tx, by, "contract.return", (&contract, &contract), detail, now)
}
