//! What may be paid, in which order, to which account, and what may come back.

use chrono::NaiveDate;

use super::check_account;
use crate::contract::model::{Contract, ContractContent, ContractState, Flow, Payment, PaymentKind, Tranche};
use crate::error::FieldErrors;
use crate::law::{Finding, Money, Nrb, show_date};

/// The tranche that may be paid now: the next one, its condition met, to the account
/// of the contract (R-PAY-02, R-PAY-03), not before the signature.
/// Basis: § 3 of the contract. Date: the day of the payment.
///
/// # Errors
/// The finding that says why not.
pub fn payable<'c>(
    contract: &'c Contract,
    payments: &[Payment],
    no: u32,
    paid_on: NaiveDate,
    condition_met: &str,
) -> Result<&'c Tranche, Finding> {
    let refuse = |found: String, limit: String, hint: &str| {
        Finding::block("R-PAY-02").at(format!("transza {no}")).found(found).limit(limit).basis("§ 3 umowy").hint(hint)
    };
    let tranche = contract
        .content
        .tranche(no)
        .ok_or_else(|| refuse("Umowa nie ma takiej transzy.".into(), String::new(), "Odśwież stronę."))?;
    let signed = contract.signed_on.filter(|day| contract.state == ContractState::Signed && *day <= paid_on);
    if signed.is_none() {
        let limit = contract.signed_on.map_or("Umowa nie jest podpisana.".to_owned(), |day| {
            format!("Wypłata po podpisaniu umowy ({}) i przed jej rozliczeniem.", show_date(day))
        });
        return Err(refuse(
            format!("Data wypłaty: {}.", show_date(paid_on)),
            limit,
            "Popraw datę albo zapisz podpisanie.",
        ));
    }
    let unpaid = contract.content.tranches.iter().find(|t| t.no < no && !is_paid(payments, t.no));
    if let Some(earlier) = unpaid {
        return Err(refuse(
            format!("Transza {} nie jest jeszcze wypłacona.", earlier.no),
            "Transze wypłaca się po kolei.".into(),
            "Zapisz najpierw wcześniejszą wypłatę.",
        ));
    }
    if condition_met.trim().is_empty() {
        return Err(refuse(
            "Nie potwierdzono warunku wypłaty.".into(),
            format!("Warunek: {}", tranche.condition),
            "Napisz, kiedy i jak warunek został spełniony.",
        ));
    }
    check_account(contract.content.account.as_ref()).map_or(Ok(tranche), Err)
}

#[must_use]
pub fn is_paid(payments: &[Payment], no: u32) -> bool {
    payments.iter().any(|p| p.kind == PaymentKind::Tranche(no))
}

/// The tranche whose turn it is.
#[must_use]
pub fn next_tranche<'c>(content: &'c ContractContent, payments: &[Payment]) -> Option<&'c Tranche> {
    content.tranches.iter().find(|t| !is_paid(payments, t.no))
}

/// Money goes to the account of the contract only (R-PAY-03).
/// Basis: § 3 of the contract. Date: none.
#[must_use]
pub fn check_paid_to(content: &ContractContent, paid_to: &Nrb) -> Option<Finding> {
    (content.account.as_ref() != Some(paid_to)).then(|| {
        Finding::block("R-PAY-03")
            .at("rachunek odbiorcy")
            .found(format!("Rachunek przelewu: {paid_to}."))
            .limit(content.account.as_ref().map_or(String::new(), |nrb| format!("Rachunek z umowy: {nrb}.")))
            .basis("§ 3 umowy")
            .hint("Zmiana rachunku wymaga aneksu do umowy.")
    })
}

/// Nothing comes back that was not paid, and not before the signature.
#[must_use]
pub fn return_errors(contract: &Contract, flow: Flow, amount: Money, paid_on: NaiveDate) -> FieldErrors {
    let mut errors = FieldErrors::new();
    let most = flow.held();
    if amount <= Money::ZERO || amount > most {
        errors.add("amount", format!("Zwrot wynosi więcej niż zero i najwyżej {most}: tyle wypłacono i nie zwrócono."));
    }
    if contract.signed_on.is_none_or(|day| paid_on < day) {
        errors.add("paid_on", "Zwrot nie może być wcześniejszy niż podpisanie umowy.");
    }
    errors
}
