//! Pages of programmes; all of them are the office's.

pub mod conflict;
mod form;
pub mod kit;
mod local;
mod names;
mod office;
mod view;

pub use view::{GminaRow, before_a_call, gminas};

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/urzad/programy", office::list),
        post!("/urzad/programy", office::create),
        get!("/urzad/programy/nowy", office::new),
        get!("/urzad/programy/lokalne", local::list),
        post!("/urzad/programy/lokalne", local::create),
        get!("/urzad/programy/lokalne/nowy", local::new),
        get!("/urzad/programy/{programme}", office::show),
        get!("/urzad/programy/{programme}/edycja", office::edit),
        post!("/urzad/programy/{programme}/edycja", office::save),
        post!("/urzad/programy/{programme}/potwierdzenie", office::confirm),
        get!("/urzad/programy/{programme}/efekty", office::outcomes),
        post!("/urzad/programy/{programme}/efekty", office::record),
    ]
}
