//! Pages about offers, by audience.

mod attempts;
mod changes;
mod check;
mod confirmation;
mod exports;
mod form;
mod forms;
mod hub;
mod ngo;
mod office;
mod policy;
mod receipt;
mod section;
mod sections;
mod submission;
mod view;

pub use form::{FormView, preview_view};

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/oferty", ngo::list),
        post!("/konkursy/{call}/oferty", ngo::begin),
        get!("/oferty/{offer}", hub::show),
        get!("/oferty/{offer}/zadanie", sections::show),
        post!("/oferty/{offer}/zadanie", sections::keep),
        get!("/oferty/{offer}/harmonogram", sections::show),
        post!("/oferty/{offer}/harmonogram", sections::keep),
        get!("/oferty/{offer}/rezultaty", sections::show),
        post!("/oferty/{offer}/rezultaty", sections::keep),
        get!("/oferty/{offer}/zasoby", sections::show),
        post!("/oferty/{offer}/zasoby", sections::keep),
        get!("/oferty/{offer}/kosztorys", sections::show),
        post!("/oferty/{offer}/kosztorys", sections::keep),
        get!("/oferty/{offer}/inne", sections::show),
        post!("/oferty/{offer}/inne", sections::keep),
        get!("/oferty/{offer}/zlozenie", submission::ask),
        post!("/oferty/{offer}/zlozenie", submission::submit),
        get!("/oferty/{offer}/odrzucenie-zmian", changes::ask),
        post!("/oferty/{offer}/odrzucenie-zmian", changes::discard),
        get!("/oferty/{offer}/potwierdzenie", receipt::show),
        get!("/oferty/{offer}/potwierdzenie.pdf", receipt::pdf),
        get!("/oferty/{offer}/potwierdzenie.json", receipt::json),
        get!("/oferty/{offer}/podpisane-potwierdzenie", confirmation::show),
        post!("/oferty/{offer}/podpisane-potwierdzenie", confirmation::give),
        get!("/oferty/{offer}/podpisane-potwierdzenie/{document}", confirmation::file),
        get!("/sprawdz", check::show),
        get!("/oferty/{offer}/wycofanie", ngo::ask_withdraw),
        post!("/oferty/{offer}/wycofanie", ngo::withdraw),
        get!("/oferty/{offer}/podglad", form::preview),
        get!("/oferty/{offer}/oferta.pdf", form::pdf),
        get!("/oferty/{offer}/oferta.docx", exports::docx),
        get!("/oferty/{offer}/oferta.xlsx", exports::xlsx),
        get!("/oferty/{offer}/oferta.json", exports::json),
        get!("/urzad/konkursy/{call}/oferty", office::list),
        get!("/urzad/konkursy/{call}/proby", attempts::list),
        get!("/urzad/oferty/{offer}", office::show),
    ]
}
