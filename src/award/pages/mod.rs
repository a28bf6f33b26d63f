//! Pages of the award: the organ's decision, its publication, and the public results.

mod decision;
mod draft;
mod gate;
mod office;
mod public;

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/urzad/konkursy/{call}/rozstrzygniecie", decision::show),
        post!("/urzad/konkursy/{call}/rozstrzygniecie", decision::save),
        get!("/urzad/konkursy/{call}/wyniki", office::show),
        post!("/urzad/konkursy/{call}/wyniki", office::save),
        get!("/konkursy/{call}/wyniki", public::show),
    ]
}
