//! The pages of finance: all contracts, one settlement, the workbooks.

mod finance;
mod view;

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/finanse", finance::list),
        get!("/finanse/umowy/{contract}", finance::contract),
        post!("/finanse/umowy/{contract}/rozliczenie", finance::close),
        get!("/finanse/umowy/{contract}/rozliczenie.xlsx", finance::contract_workbook),
        get!("/finanse/konkursy/{call}/rozliczenie.xlsx", finance::call_workbook),
    ]
}
