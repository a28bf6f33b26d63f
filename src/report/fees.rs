//! What recipients of a paid task really paid: part II.3 of the report and row 2.2 of its part II.2.

use serde::{Deserialize, Serialize};

use super::performed::sum;
use crate::contract::ContractContent;
use crate::error::AppError;
use crate::law::Money;

/// Payments of recipients in the time of one report; all zero when nobody paid anything.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FeesTaken {
    /// On what conditions they were taken.
    pub conditions: String,
    /// The most that one recipient really paid.
    pub highest: Money,
    /// All that was taken.
    pub total: Money,
    /// What of it was spent on the task (row 2.2 of part II.2).
    pub spent: Money,
    /// Why somebody paid more than the offer had said.
    pub why_more: String,
}

/// What all these reports say was taken, and what of it was spent on the task.
///
/// # Errors
/// `Internal` when a sum is beyond any money.
pub fn taken_and_spent<'a>(all: impl Iterator<Item = &'a FeesTaken> + Clone) -> Result<(Money, Money), AppError> {
    Ok((sum(all.clone().map(|f| f.total))?, sum(all.map(|f| f.spent))?))
}

/// What the offer and the contract said of payments before.
#[must_use]
pub fn announced(content: &ContractContent) -> String {
    let planned = format!("Umowa przewiduje razem {}.", content.sources.recipients);
    match &content.fees {
        None => planned,
        Some(fees) => format!(
            "Oferta: {}; najwyższa opłata od jednego odbiorcy: {}. {planned}",
            fees.form.trim().trim_end_matches('.'),
            fees.amount
        ),
    }
}

/// Part II.3 in a sentence.
#[must_use]
pub fn charged(content: &ContractContent, taken: Option<&FeesTaken>) -> String {
    if !content.charges() {
        return "nie dotyczy".to_owned();
    }
    let planned = content.sources.recipients;
    let Some(taken) = taken else { return format!("umowa przewiduje {planned}; jeszcze nie podano, ile pobrano") };
    if *taken == FeesTaken::default() {
        return format!("umowa przewiduje {planned}; niczego nie pobrano");
    }
    let said = |label: &str, text: &str| match text.trim() {
        "" => String::new(),
        text => format!("; {label}: {}", text.trim_end_matches('.')),
    };
    format!(
        "umowa przewiduje {planned}, pobrano {}; najwyższa opłata poniesiona przez jednego odbiorcę: {}; na zadanie \
         wydano {}{}{}",
        taken.total,
        taken.highest,
        taken.spent,
        said("warunki", &taken.conditions),
        said("wyjaśnienie wyższej opłaty", &taken.why_more)
    )
}
