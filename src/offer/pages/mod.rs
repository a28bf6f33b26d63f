//! Pages about offers, by audience.

mod attachable;
mod attachments;
mod attempts;
mod autosave;
mod blank;
mod calendar;
mod cap;
mod changes;
mod check;
mod confirmation;
mod copy;
mod differences;
mod exports;
mod form;
mod forms;
mod hub;
mod joint;
mod kept;
mod labels;
mod merge;
mod ngo;
mod offeror;
mod office;
mod outlined;
mod pieces;
mod policy;
mod presence;
mod programme;
mod receipt;
mod section;
mod sections;
mod sheets;
mod signatures;
mod submission;
mod sums;
mod tasks;
mod trial;
mod view;

pub(crate) use attachable::kept_file;
pub use attempts::WATCH;
pub use form::{FormView, preview_view};
pub(crate) use submission::declarations;

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let mut all = joint::entries();
    all.extend(vec![
        get!("/oferty", ngo::list),
        post!("/konkursy/{call}/oferty", ngo::begin),
        get!("/konto/kalendarz", calendar::show),
        post!("/konto/kalendarz", calendar::make),
        post!("/konto/kalendarz/wylaczenie", calendar::revoke),
        get!("/kalendarz/{feed}.ics", calendar::ics),
        get!("/oferta/wzor", blank::page),
        get!("/oferta/wzor.pdf", blank::pdf),
        get!("/oferty/{offer}", hub::show),
        post!("/oferty/{offer}/kopia", copy::take),
        get!("/oferty/{offer}/obecnosc", presence::look),
        post!("/oferty/{offer}/obecnosc", presence::tick),
        get!("/oferty/{offer}/organizacja", offeror::show),
        get!("/oferty/{offer}/zadanie", sections::show),
        post!("/oferty/{offer}/zadanie", sections::keep),
        post!("/oferty/{offer}/zadanie/autozapis", autosave::keep),
        post!("/oferty/{offer}/zadanie/scalenie", merge::keep),
        get!("/oferty/{offer}/harmonogram", sections::show),
        post!("/oferty/{offer}/harmonogram", sections::keep),
        post!("/oferty/{offer}/harmonogram/autozapis", autosave::keep),
        post!("/oferty/{offer}/harmonogram/scalenie", merge::keep),
        get!("/oferty/{offer}/rezultaty", sections::show),
        post!("/oferty/{offer}/rezultaty", sections::keep),
        post!("/oferty/{offer}/rezultaty/autozapis", autosave::keep),
        post!("/oferty/{offer}/rezultaty/scalenie", merge::keep),
        get!("/oferty/{offer}/zasoby", sections::show),
        post!("/oferty/{offer}/zasoby", sections::keep),
        post!("/oferty/{offer}/zasoby/autozapis", autosave::keep),
        post!("/oferty/{offer}/zasoby/scalenie", merge::keep),
        get!("/oferty/{offer}/program", sections::show),
        post!("/oferty/{offer}/program", sections::keep),
        post!("/oferty/{offer}/program/autozapis", autosave::keep),
        post!("/oferty/{offer}/program/scalenie", merge::keep),
        get!("/oferty/{offer}/kosztorys", sections::show),
        post!("/oferty/{offer}/kosztorys", sections::keep),
        post!("/oferty/{offer}/kosztorys/autozapis", autosave::keep),
        post!("/oferty/{offer}/kosztorys/scalenie", merge::keep),
        get!("/oferty/{offer}/inne", sections::show),
        post!("/oferty/{offer}/inne", sections::keep),
        post!("/oferty/{offer}/inne/autozapis", autosave::keep),
        post!("/oferty/{offer}/inne/scalenie", merge::keep),
        get!("/oferty/{offer}/zalaczniki", attachments::show),
        post!("/oferty/{offer}/zalaczniki/{key}", attachments::add),
        post!("/oferty/{offer}/zalaczniki/{key}/z-dokumentow", attachments::add_document),
        post!("/oferty/{offer}/zalaczniki/{key}/czesci", pieces::begin),
        post!("/oferty/{offer}/zalaczniki/czesci/{upload}", pieces::take),
        post!("/oferty/{offer}/zalaczniki/czesci/{upload}/usuniecie", pieces::abandon),
        get!("/oferty/{offer}/zalaczniki/plik/{attachment}", attachments::download),
        post!("/oferty/{offer}/zalaczniki/plik/{attachment}/usuniecie", attachments::remove),
        get!("/oferty/{offer}/arkusze/{part}", sheets::choose),
        post!("/oferty/{offer}/arkusze/{part}", sheets::preview),
        get!("/oferty/{offer}/arkusze/{part}/wzor.xlsx", sheets::blank),
        get!("/oferty/{offer}/arkusze/{part}/dane.xlsx", sheets::export),
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
        post!("/urzad/konkursy/{call}/oferta-probna", trial::begin),
        get!("/urzad/oferty/{offer}", office::show),
    ]);
    all
}
