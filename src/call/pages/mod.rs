//! Pages of calls: the public's, and the office's before and after the announcement.

mod amend_deeds;
mod amend_publishing;
mod amend_steps;
mod amending;
mod announcement;
mod announcing;
mod approving;
mod cancelling;
mod choices;
mod correcting;
mod documents;
mod dropping;
pub mod evidence;
mod extended;
mod extending;
mod form;
mod list;
mod notices;
mod office;
mod office_questions;
mod opening;
mod outages;
pub mod places;
mod policy;
mod prolonging;
mod public;
mod question_list;
mod questions;
mod registering;
mod show;
mod sources;
mod step_save;
mod steps;
mod subscribe;
mod tasks;
mod view;

pub use announcement::Announcement;
pub use policy::{AnnounceCall, EditCall, OfficeCall, PublicCall, PublishCall};
pub use view::{deadline_text, waiting};

use crate::web::Entry;
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/konkursy", list::list),
        get!("/konkursy.json", list::json),
        get!("/konkursy.atom", subscribe::atom),
        get!("/konkursy/{call}", public::show),
        get!("/konkursy/{call}/kalendarz.ics", subscribe::ics),
        get!("/konkursy/{call}/ogloszenie.pdf", documents::pdf),
        get!("/konkursy/{call}/ogloszenie.docx", documents::docx),
        get!("/konkursy/{call}/ogloszenie.txt", documents::txt),
        get!("/konkursy/{call}/pytania", questions::show),
        post!("/konkursy/{call}/pytania", questions::ask),
        get!("/konkursy/{call}/pytania/{link}", questions::confirming),
        post!("/konkursy/{call}/pytania/{link}", questions::confirm),
        post!("/urzad/programy/{programme}/konkursy", office::create),
        get!("/urzad/konkursy", office::list),
        get!("/urzad/konkursy/{call}", show::show),
        get!("/urzad/konkursy/{call}/program", steps::show),
        post!("/urzad/konkursy/{call}/program", step_save::save),
        get!("/urzad/konkursy/{call}/warunki-wstepne", steps::show),
        get!("/urzad/konkursy/{call}/elementy", steps::show),
        post!("/urzad/konkursy/{call}/elementy", step_save::save),
        get!("/urzad/konkursy/{call}/warunki", steps::show),
        post!("/urzad/konkursy/{call}/warunki", step_save::save),
        get!("/urzad/konkursy/{call}/karta-oceny", steps::show),
        post!("/urzad/konkursy/{call}/karta-oceny", step_save::save),
        get!("/urzad/konkursy/{call}/zalaczniki", steps::show),
        post!("/urzad/konkursy/{call}/zalaczniki", step_save::save),
        get!("/urzad/konkursy/{call}/karta-formalna", steps::show),
        post!("/urzad/konkursy/{call}/karta-formalna", step_save::save),
        get!("/urzad/konkursy/{call}/uzupelnienia", steps::show),
        post!("/urzad/konkursy/{call}/uzupelnienia", step_save::save),
        get!("/urzad/konkursy/{call}/pieniadze", steps::show),
        post!("/urzad/konkursy/{call}/pieniadze", step_save::save),
        get!("/urzad/konkursy/{call}/regulamin", steps::show),
        post!("/urzad/konkursy/{call}/regulamin", step_save::save),
        get!("/urzad/konkursy/{call}/podglad", public::preview),
        get!("/urzad/konkursy/{call}/pytania", question_list::list),
        get!("/urzad/konkursy/{call}/pytania/{question}", office_questions::show),
        post!("/urzad/konkursy/{call}/pytania/{question}", office_questions::save),
        get!("/urzad/konkursy/{call}/pytania/{question}/odpowiedz", office_questions::publishing),
        post!("/urzad/konkursy/{call}/pytania/{question}/odpowiedz", office_questions::publish),
        get!("/urzad/konkursy/{call}/pytania/{question}/poprawka", correcting::show),
        post!("/urzad/konkursy/{call}/pytania/{question}/poprawka", correcting::save),
        get!("/urzad/konkursy/{call}/pytania/{question}/odmowa", office_questions::refusing),
        post!("/urzad/konkursy/{call}/pytania/{question}/odmowa", office_questions::refuse),
        get!("/urzad/konkursy/{call}/kopia", office::copying),
        post!("/urzad/konkursy/{call}/kopia", office::copy),
        get!("/urzad/konkursy/{call}/usuniecie", dropping::confirm),
        post!("/urzad/konkursy/{call}/usuniecie", dropping::drop),
        get!("/urzad/konkursy/{call}/zatwierdzenie", approving::confirm),
        post!("/urzad/konkursy/{call}/zatwierdzenie", approving::approve),
        get!("/urzad/konkursy/{call}/ogloszenie.pdf", documents::office_pdf),
        get!("/urzad/konkursy/{call}/ogloszenie.docx", documents::office_docx),
        get!("/urzad/konkursy/{call}/ogloszenie.txt", documents::office_txt),
        get!("/urzad/konkursy/{call}/ogloszenie", announcing::confirm),
        post!("/urzad/konkursy/{call}/ogloszenie", announcing::announce),
        get!("/urzad/konkursy/{call}/zmiana", amending::show),
        post!("/urzad/konkursy/{call}/zmiana", amend_deeds::begin),
        post!("/urzad/konkursy/{call}/zmiana/wniosek", amend_deeds::propose),
        post!("/urzad/konkursy/{call}/zmiana/zwrot", amend_deeds::give_back),
        get!("/urzad/konkursy/{call}/zmiana/porzucenie", amend_deeds::giving_up),
        post!("/urzad/konkursy/{call}/zmiana/porzucenie", amend_deeds::give_up),
        get!("/urzad/konkursy/{call}/zmiana/ogloszenie", amend_publishing::confirm),
        post!("/urzad/konkursy/{call}/zmiana/ogloszenie", amend_publishing::publish),
        get!("/urzad/konkursy/{call}/zmiana/ogloszenie.pdf", documents::change_pdf),
        get!("/urzad/konkursy/{call}/zmiana/ogloszenie.docx", documents::change_docx),
        get!("/urzad/konkursy/{call}/zmiana/ogloszenie.txt", documents::change_txt),
        get!("/urzad/konkursy/{call}/zmiana/{step}", amend_steps::show),
        post!("/urzad/konkursy/{call}/zmiana/{step}", amend_steps::save),
        get!("/urzad/konkursy/{call}/dowody/{document}", evidence::evidence),
        get!("/urzad/konkursy/{call}/miejsca", notices::show),
        post!("/urzad/konkursy/{call}/miejsca", notices::record),
        get!("/urzad/przerwy", outages::show),
        post!("/urzad/przerwy", outages::report),
        get!("/urzad/konkursy/{call}/wyjatek", extending::choose),
        get!("/urzad/konkursy/{call}/wyjatek/{org}", extending::confirm),
        post!("/urzad/konkursy/{call}/wyjatek/{org}", extending::extend),
        get!("/urzad/konkursy/{call}/otwarcie", opening::confirm),
        post!("/urzad/konkursy/{call}/otwarcie", opening::open),
        get!("/urzad/konkursy/{call}/uniewaznienie", cancelling::cancelling),
        post!("/urzad/konkursy/{call}/uniewaznienie", cancelling::cancel),
        post!("/urzad/konkursy/{call}/zamkniecie-pokazowe", announcing::close_early),
    ]
}
