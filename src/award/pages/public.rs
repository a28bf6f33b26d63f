//! The results for everyone.

use actix_web::HttpResponse;
use serde::Serialize;

use super::decision::DecidedLine;
use super::gate::PublicResults;
use crate::award::model::{AwardLine, Outcome};
use crate::award::reasons_until;
use crate::call::CallState;
use crate::error::AppError;
use crate::law::{show_date, show_date_weekday};
use crate::review::pages::CallHead;
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct PublicPage {
    waiting: Option<Waiting>,
    call: CallHead,
    published: String,
    /// Place and time of each publication.
    places: Vec<(&'static str, String)>,
    selected: Vec<DecidedLine>,
    others: Vec<DecidedLine>,
    total: String,
    until: String,
    contact: String,
    act: String,
}

/// `GET /konkursy/{call}/wyniki`
pub async fn show(may: Allowed<PublicResults>) -> Result<HttpResponse, AppError> {
    let (ctx, (call, award)) = (may.ctx, may.object);
    let content = award.map(|a| a.content).unwrap_or_default();
    let last = content.places.iter().map(|p| p.on).max();
    let public = |selected: bool| {
        let chosen = |l: &&AwardLine| (l.outcome == Outcome::Selected) == selected;
        content.lines.iter().filter(chosen).map(DecidedLine::of).collect()
    };
    let waiting = match call.state {
        CallState::Announced | CallState::Review | CallState::Decided => Some(Waiting {
            whose: "organ".into(),
            what: "Wyniki nie zostały jeszcze ogłoszone.".into(),
            until: call.content.elements.decision_by.map(show_date).unwrap_or_default(),
            ..Waiting::default()
        }),
        CallState::Draft | CallState::Published | CallState::Cancelled => None,
    };
    let view = PublicPage {
        waiting,
        call: CallHead::of(&call),
        places: content.places.iter().map(|p| (p.place.label(), p.when())).collect(),
        published: last.map(show_date).unwrap_or_default(),
        selected: public(true),
        others: public(false),
        total: content.granted().map(|m| m.to_string()).unwrap_or_default(),
        until: reasons_until(&content.places).map(show_date_weekday).unwrap_or_default(),
        contact: call.content.contact.clone(),
        act: content.act.clone(),
    };
    ctx.page("award/results.html", &format!("Wyniki konkursu {}", view.call.number), &view)
}
