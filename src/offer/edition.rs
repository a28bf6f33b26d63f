//! The edition of each group of an offer, as the announcement said when the offer was submitted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::OfferContent;
use crate::call::CallContent;
use crate::law::show_date;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenEdition {
    pub group: String,
    pub no: u32,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl FrozenEdition {
    /// `1 (11.01.2027–10.03.2027)`
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} ({}–{})", self.no, show_date(self.from), show_date(self.to))
    }
}

/// The editions of the offered groups that the call has, in the order of the offer.
#[must_use]
pub fn editions_of(content: &OfferContent, call: &CallContent) -> Vec<FrozenEdition> {
    let of = |group: &str| {
        let no = call.groups.iter().find(|g| g.code == group)?.edition;
        let edition = call.editions.iter().find(|e| e.no == no)?;
        Some(FrozenEdition { group: group.to_owned(), no, from: edition.from, to: edition.to })
    };
    content.hours.iter().filter_map(|h| of(&h.group)).collect()
}
