//! Pages of the review: the office's formal cards and the committee's seats, what an organisation hands in when the
//! office calls for it, and the committee's own screens.

mod answer;
mod card;
mod checks;
mod committee;
mod compare;
mod declaration;
mod draft;
mod files;
mod formal;
mod gate;
mod hand_in;
mod matrix;
mod more_time;
mod office;
mod reading;
mod summon;
mod summons;
mod supplement;

use std::collections::BTreeMap;

use serde::Serialize;

pub(crate) use gate::{Case, why_shut};

use crate::call::{Call, CallState};
use crate::web::{Entry, ErrorLink, Fields, FindingView, Problems, error_links, error_map, findings_view};
use crate::{get, post};

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    vec![
        get!("/urzad/konkursy/{call}/oceny-formalne", checks::list),
        get!("/urzad/konkursy/{call}/oceny-formalne/czas", more_time::show),
        post!("/urzad/konkursy/{call}/oceny-formalne/czas", more_time::give),
        get!("/urzad/oferty/{offer}/ocena-formalna", formal::show),
        post!("/urzad/oferty/{offer}/ocena-formalna", formal::save),
        get!("/urzad/oferty/{offer}/uzupelnienie/plik/{attachment}", files::office),
        get!("/oferty/{offer}/uzupelnienie", supplement::show),
        post!("/oferty/{offer}/uzupelnienie", supplement::keep),
        get!("/oferty/{offer}/uzupelnienie/zlozenie", hand_in::ask),
        post!("/oferty/{offer}/uzupelnienie/zlozenie", hand_in::hand_in),
        get!("/urzad/konkursy/{call}/komisja", office::show),
        post!("/urzad/konkursy/{call}/komisja", office::add),
        get!("/komisja", committee::contests),
        get!("/komisja/oferty/{offer}", card::show),
        post!("/komisja/oferty/{offer}", card::save),
        post!("/komisja/oferty/{offer}/autozapis", draft::keep),
        get!("/komisja/oferty/{offer}/plik/{attachment}", files::download),
        get!("/komisja/oferty/{offer}/pieczec", card::confirm),
        post!("/komisja/oferty/{offer}/pieczec", card::seal),
        get!("/komisja/{call}", committee::contest),
        get!("/komisja/{call}/oswiadczenie", declaration::show),
        post!("/komisja/{call}/oswiadczenie", declaration::save),
    ]
}

/// A form as typed, with what is wrong in it.
#[derive(Default, Serialize)]
pub(crate) struct FormView {
    pub f: BTreeMap<String, String>,
    pub e: BTreeMap<String, String>,
    pub errors: Vec<ErrorLink>,
    pub findings: Vec<FindingView>,
}

impl FormView {
    pub(crate) fn of(fields: &Fields) -> FormView {
        FormView { f: fields.map(), ..FormView::default() }
    }

    pub(crate) fn refused(fields: &Fields, problems: &Problems) -> FormView {
        FormView {
            f: fields.map(),
            e: error_map(&problems.errors),
            errors: error_links(&problems.errors),
            findings: findings_view(&problems.findings),
        }
    }
}

/// What stands at the head of every page about a contest.
#[derive(Serialize)]
pub(crate) struct CallHead {
    pub id: String,
    pub number: String,
    pub title: String,
    /// The offers are open: formal checks and the ranking can be looked at.
    pub judged: bool,
}

impl CallHead {
    pub(crate) fn of(call: &Call) -> CallHead {
        CallHead {
            id: call.id.to_string(),
            number: call.number().to_owned(),
            title: call.content.title.clone(),
            judged: matches!(call.state, CallState::Review | CallState::Decided | CallState::Published),
        }
    }
}

/// A bar of `ui.bars`.
#[derive(Serialize)]
pub(crate) struct Bar {
    pub label: String,
    pub value_text: String,
    pub percent: u32,
    pub limit_percent: u32,
    pub tone: &'static str,
}

/// Points (times 100) as a share of the most points, for a picture.
pub(crate) fn percent(x100: u32, max: u32) -> u32 {
    x100.checked_div(max).unwrap_or(0).min(100)
}
