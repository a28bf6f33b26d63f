//! Pages of calls: the public's, and the office's before and after the announcement.

mod announcement;
mod announcing;
mod form;
mod office;
mod policy;
mod public;
mod show;
mod view;

pub use announcement::Announcement;
pub use policy::{AnnounceCall, EditCall, OfficeCall, PublicCall};
pub use view::{deadline_text, waiting};

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/konkursy", public::list),
        get!("/konkursy.json", public::json),
        get!("/konkursy/{call}", public::show),
        post!("/urzad/programy/{programme}/konkursy", office::create),
        get!("/urzad/konkursy", office::list),
        get!("/urzad/konkursy/{call}", show::show),
        get!("/urzad/konkursy/{call}/edycja", office::edit),
        post!("/urzad/konkursy/{call}/edycja", office::save),
        get!("/urzad/konkursy/{call}/ogloszenie", announcing::confirm),
        post!("/urzad/konkursy/{call}/ogloszenie", announcing::announce),
        post!("/urzad/konkursy/{call}/otwarcie", announcing::open),
        get!("/urzad/konkursy/{call}/uniewaznienie", announcing::cancelling),
        post!("/urzad/konkursy/{call}/uniewaznienie", announcing::cancel),
        post!("/urzad/konkursy/{call}/zamkniecie-pokazowe", announcing::close_early),
    ]
}
