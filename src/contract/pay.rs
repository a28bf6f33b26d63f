//! Finance records that a tranche was paid.

use chrono::NaiveDate;

use super::model::{Payment, PaymentKind};
use super::{record, rules, store};
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, show_date, warsaw_date};
use crate::store::{ContractId, PaymentId, Tx};

/// Records the payment of tranche `tranche_no`; `condition_met` says how its condition
/// was fulfilled and stays in the history.
///
/// # Errors
/// `Refused` when it is not its turn, the condition is not confirmed or the contract is
/// not in force (R-PAY-02), or has no account (R-PAY-03); `Taken` when it was paid;
/// `Stale` when another payment was recorded at the same moment.
#[expect(clippy::too_many_arguments, reason = "one for each thing a bank transfer says")]
pub fn pay(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    tranche_no: u32,
    paid_on: NaiveDate,
    reference: String,
    condition_met: &str,
    now: Instant,
) -> Result<(), AppError> {
    let contract = store::find(tx, id)?;
    let payments = store::payments(tx, id)?;
    if rules::is_paid(&payments, tranche_no) {
        return Err(AppError::Taken("Wypłatę tej transzy już zapisano."));
    }
    if paid_on > warsaw_date(now) {
        return Err(AppError::Invalid(FieldErrors::of("paid_on", "Data wypłaty nie może być w przyszłości.")));
    }
    let tranche =
        rules::payable(&contract, &payments, tranche_no, paid_on, condition_met).map_err(AppError::refused)?;
    let payment = Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Tranche(tranche_no),
        amount: tranche.amount,
        paid_on,
        reference,
        recorded_by: by.log_name().to_owned(),
    };
    let detail = format!(
        "Wypłacono transzę {tranche_no}: {} w dniu {} (przelew {}); warunek „{}”: {}",
        payment.amount,
        show_date(paid_on),
        payment.reference,
        tranche.condition,
        condition_met.trim()
    );
    store::insert_payment(tx, id, &payment, now)?;
    store::touch(tx, &contract)?;
    record(tx, by, "contract.pay", (&contract, &contract), detail, now)
}
