//! Finance records that a tranche was paid.

use chrono::NaiveDate;

use super::model::{Payment, PaymentKind};
use super::{record, rules, store};
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, Money, show_date, warsaw_date};
use crate::store::{ContractId, PaymentId, Tx};

/// A bank transfer of a tranche.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub tranche: u32,
    /// Less than the contract says, where the cap leaves no room for more (R-CAP-05).
    pub amount: Option<Money>,
    pub paid_on: NaiveDate,
    pub reference: String,
    /// How the condition was fulfilled; it stays in the history.
    pub condition_met: String,
}

/// Records the payment of a tranche. The stage of reports asks the cap first.
///
/// # Errors
/// `Refused` when it is not its turn, the condition is not confirmed or the contract is
/// not in force (R-PAY-02), or has no account (R-PAY-03); `Taken` when it was paid;
/// `Invalid` for a day in the future or an amount above the tranche;
/// `Stale` when another payment was recorded at the same moment.
pub fn pay(tx: &mut Tx<'_>, by: &Actor, id: &ContractId, transfer: Transfer, now: Instant) -> Result<(), AppError> {
    let Transfer { tranche: tranche_no, amount, paid_on, reference, condition_met } = transfer;
    let contract = store::find(tx, id)?;
    let payments = store::payments(tx, id)?;
    if rules::is_paid(&payments, tranche_no) {
        return Err(AppError::Taken("Wypłatę tej transzy już zapisano."));
    }
    if paid_on > warsaw_date(now) {
        return Err(AppError::Invalid(FieldErrors::of("paid_on", "Data wypłaty nie może być w przyszłości.")));
    }
    let tranche =
        rules::payable(&contract, &payments, tranche_no, paid_on, &condition_met).map_err(AppError::refused)?;
    let amount = amount.unwrap_or(tranche.amount);
    if amount.is_zero() || amount > tranche.amount {
        let most = format!("Wpisano {amount}. Wypłata wynosi więcej niż zero i najwyżej {}.", tranche.amount);
        return Err(AppError::Invalid(FieldErrors::of("amount", most)));
    }
    let payment = Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Tranche(tranche_no),
        amount,
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
