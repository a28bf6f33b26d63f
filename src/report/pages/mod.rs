//! The pages of reports: the organisation's, and the office's.

mod access;
mod costs;
mod forms;
mod hours;
mod import;
mod narrative;
mod ngo;
mod office;
mod payments;
mod section;
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
        get!("/sprawozdania/{report}/opis", narrative::narrative),
        post!("/sprawozdania/{report}/opis", narrative::save_narrative),
        post!("/sprawozdania/{report}/opis/autozapis", narrative::keep_narrative),
        get!("/sprawozdania/{report}/koszty", costs::costs),
        post!("/sprawozdania/{report}/koszty", costs::save_costs),
        post!("/sprawozdania/{report}/koszty/autozapis", costs::keep_costs),
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
