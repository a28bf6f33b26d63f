//! The pages of reports: the organisation's, and the office's.

mod access;
mod forms;
mod hours;
mod import;
mod ngo;
mod office;
mod payments;
mod view;
mod view_costs;
mod view_hours;

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        post!("/finanse/umowy/{contract}/wyplaty", payments::pay),
        get!("/umowy/{contract}/sprawozdania", ngo::list),
        post!("/umowy/{contract}/sprawozdania", ngo::begin),
        get!("/sprawozdania/{report}", ngo::hub),
        get!("/sprawozdania/{report}/opis", forms::narrative),
        post!("/sprawozdania/{report}/opis", forms::save_narrative),
        get!("/sprawozdania/{report}/koszty", forms::costs),
        post!("/sprawozdania/{report}/koszty", forms::save_costs),
        get!("/sprawozdania/{report}/godziny", hours::ledger),
        post!("/sprawozdania/{report}/godziny", hours::save_rows),
        get!("/sprawozdania/{report}/godziny/szablon.xlsx", import::blank),
        get!("/sprawozdania/{report}/godziny/import", import::choose),
        post!("/sprawozdania/{report}/godziny/import", import::preview),
        post!("/sprawozdania/{report}/godziny/import/zapis", import::save),
        get!("/sprawozdania/{report}/zlozenie", ngo::confirm),
        post!("/sprawozdania/{report}/zlozenie", ngo::file),
        get!("/urzad/umowy/{contract}/sprawozdania", office::list),
        get!("/urzad/sprawozdania/{report}", office::report),
        post!("/urzad/sprawozdania/{report}/zwrot", office::send_back),
        get!("/urzad/sprawozdania/{report}/przyjecie", office::acceptance),
        post!("/urzad/sprawozdania/{report}/przyjecie", office::accept),
    ]
}
