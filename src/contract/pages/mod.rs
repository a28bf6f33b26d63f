//! Pages of contracts: the office draws up, prints and records signing; finance pays;
//! the contractor reads what it has to do next.

mod deeds;
pub use deeds::print;
mod edit;
mod finance;
mod form;
mod ngo;
mod office;
mod pdf;
mod policy;
mod view;

pub use finance::pay_with;
pub use policy::{
    AllContracts, AnyContract, CallContracts, DrawUp, EditContract, GenerateContract, MyContracts, NgoContract,
    OfficeContract, PayContract, SignContract,
};

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/urzad/konkursy/{call}/umowy", office::of_call),
        post!("/urzad/konkursy/{call}/umowy", office::draw_up),
        get!("/urzad/umowy", office::list),
        get!("/urzad/umowy/{contract}", office::show),
        get!("/urzad/umowy/{contract}/edycja", edit::show),
        post!("/urzad/umowy/{contract}/edycja", edit::save),
        get!("/urzad/umowy/{contract}/generowanie", deeds::confirm_generate),
        post!("/urzad/umowy/{contract}/generowanie", deeds::generate),
        get!("/urzad/umowy/{contract}/podpisanie", deeds::confirm_sign),
        post!("/urzad/umowy/{contract}/podpisanie", deeds::sign),
        get!("/finanse/umowy/{contract}/wyplaty", finance::show),
        post!("/finanse/umowy/{contract}/zwroty", finance::record_return),
        get!("/umowy", ngo::list),
        get!("/umowy/{contract}", ngo::show),
        get!("/umowy/{contract}/umowa.pdf", pdf::download),
    ]
}
