//! The office after the deadline; before it only a number.

use actix_web::HttpResponse;
use serde::Serialize;

use super::confirmation::{ConfirmationView, confirmation_view};
use super::form::{FormView, Which, about, frozen_of, preview_view};
use super::policy::{OfficeOffer, OfficeOffers};
use super::view::{self, Deadline};
use crate::call::{Call, CallState};
use crate::error::AppError;
use crate::law::{Instant, Money, plural, show_instant_seconds};
use crate::offer::model::Offer;
use crate::offer::store::{self, confirmations};
use crate::offer::{Confirmation, ConfirmationState, confirm_due};
use crate::web::{Allowed, Waiting};

#[derive(Serialize)]
struct Line {
    href: String,
    number: String,
    org: String,
    title: String,
    grant: String,
    arrived: String,
    state: &'static str,
    /// Of the signed confirmation; empty when the call asks for none.
    confirmed: &'static str,
    confirmed_tone: &'static str,
}

#[derive(Serialize)]
struct List {
    call: String,
    call_href: String,
    sealed: bool,
    /// The contest was cancelled before its offers were opened.
    never: bool,
    title: String,
    /// Whether the number of offers may be read.
    told: bool,
    count: String,
    deadline: Option<Deadline>,
    waiting: Waiting,
    lines: Vec<Line>,
    /// The call asks for a signed confirmation.
    confirms: bool,
    total: String,
    allocation: String,
}

/// `GET /urzad/konkursy/{call}/oferty`.
///
/// # Errors
/// Those of the database.
pub async fn list(may: Allowed<OfficeOffers>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: call, .. } = may;
    let sealed = !call.is_opened();
    let id = call.id.clone();
    let confirms = call.content.confirmation.is_some();
    let (count, offers, given) = ctx
        .read(move |r| {
            let count = store::count_filed(r, &id)?;
            let offers = if sealed { Vec::new() } else { store::filed_in_call(r, &id)? };
            let given = if sealed || !confirms { Vec::new() } else { confirmations::in_call(r, &id)? };
            Ok((count, offers, given))
        })
        .await?;
    let total = Money::sum(offers.iter().map(|o| o.grant)).map(|t| t.to_string()).unwrap_or_default();
    let ended = call.is_unsealed(ctx.arrived);
    let sealed = sealed && (count > 0 || !ended);
    let (told, counted) =
        (call.tells_number(ctx.arrived), format!("{count} {}", plural(count, "oferta", "oferty", "ofert")));
    let view = List {
        call: format!("{} – {}", call.number(), call.content.title),
        call_href: format!("/urzad/konkursy/{}", call.id),
        sealed,
        never: call.state == CallState::Cancelled,
        title: if told { format!("Złożono: {counted}") } else { "Liczby ofert jeszcze się nie ujawnia".to_owned() },
        told,
        count: counted,
        deadline: office_deadline(&call, ctx.arrived).filter(|_| !ended),
        waiting: waiting(&call, !ended, ctx.arrived),
        lines: offers.iter().map(|o| line(o, confirmed(o, &call, &given, ctx.arrived))).collect(),
        confirms,
        total,
        allocation: call.content.elements.allocation.to_string(),
    };
    ctx.page("offer/office_list.html", &format!("Oferty w konkursie {}", call.number()), &view)
}

/// What the office waits for before it opens the offers: the general deadline, then a longer one of one organisation.
pub(super) fn office_deadline(call: &Call, now: Instant) -> Option<Deadline> {
    let end = if call.is_open(now) { call.deadline_at } else { call.last_deadline() };
    end.map(|end| Deadline::of(end, now))
}

fn waiting(call: &Call, open: bool, now: Instant) -> Waiting {
    let say = |whose: &str, what: &str| Waiting { whose: whose.into(), what: what.into(), ..Waiting::default() };
    match call.state {
        CallState::Draft => say("ogłoszenie konkursu", "Ofert jeszcze nie można składać."),
        CallState::Cancelled => say("nikogo", "Konkurs unieważniono."),
        CallState::Announced if open => {
            let (until, left) = office_deadline(call, now).map(|d| (d.text, d.left)).unwrap_or_default();
            if !call.is_open(now) {
                let what = "Termin wyznaczył organ. Do tego czasu wszystkie oferty są zamknięte.";
                return Waiting { until, left, ..say("ofertę z późniejszym terminem", what) };
            }
            Waiting {
                until,
                left,
                ..say("organizacje", "Trwa nabór. Oferty są zamknięte do ich otwarcia, po terminie.")
            }
        }
        CallState::Announced => say("urząd", "Otwórz oferty i zacznij ocenę formalną."),
        CallState::Review => say("urząd i komisję", "Trwa ocena ofert."),
        CallState::Decided => say("urząd", "Ogłoś wyniki."),
        CallState::Published => say("urząd i wybrane organizacje", "Zawieracie umowy."),
    }
}

fn confirmed(o: &Offer, call: &Call, given: &[Confirmation], now: Instant) -> Option<ConfirmationState> {
    let own: Vec<Confirmation> = given.iter().filter(|c| c.offer == o.id).cloned().collect();
    confirm_due(call, &o.org).map(|due| ConfirmationState::of(due, o.frozen_no, &own, now))
}

fn line(offer: &Offer, confirmed: Option<ConfirmationState>) -> Line {
    Line {
        href: format!("/urzad/oferty/{}", offer.id),
        number: offer.number.clone().unwrap_or_else(|| "–".into()),
        org: offer.offeror_names(),
        title: view::title_of(offer),
        grant: offer.grant.to_string(),
        arrived: offer.submitted_at.map(show_instant_seconds).unwrap_or_default(),
        state: offer.state.office_label(),
        confirmed: confirmed.map_or("", ConfirmationState::label),
        confirmed_tone: confirmed.map_or("neutral", ConfirmationState::tone),
    }
}

#[derive(Serialize)]
struct OfferPage {
    id: String,
    back: String,
    org: String,
    state: &'static str,
    waiting: Waiting,
    /// What was attached to the version in force: name and where it is.
    files: Vec<(String, String)>,
    confirmation: Option<ConfirmationView>,
    /// The formal card with the call to supplement the offer and its answer; empty when nobody called.
    summons: String,
    form: FormView,
}

/// `GET /urzad/oferty/{offer}`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OfficeOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let now = ctx.arrived;
    let (case, frozen, receipt, files, confirmation) = ctx
        .read(move |r| {
            let (frozen, receipt) = frozen_of(r, &case, Which::InForce)?;
            let files = store::all_attachments(r, &case.offer.id)?;
            let confirmation = confirmation_view(r, &case, now)?;
            Ok((case, frozen, receipt, files, confirmation))
        })
        .await?;
    let filed = frozen.attachments.iter().filter_map(|a| {
        let row = files.iter().find(|f| f.key == a.key && f.sha256 == a.sha256)?;
        Some((a.name.clone(), format!("/oferty/{}/zalaczniki/plik/{}", case.offer.id, row.id)))
    });
    let office = &ctx.state.config.office;
    let lines = office.lines();
    let view = OfferPage {
        id: case.offer.id.to_string(),
        back: format!("/urzad/konkursy/{}/oferty", case.call.id),
        org: case.offer.offeror_names(),
        state: case.offer.state.office_label(),
        waiting: waiting(&case.call, false, ctx.arrived),
        files: filed.collect(),
        confirmation,
        summons: summons_href(&case.offer),
        form: preview_view(&frozen, about(&case, office, &lines, receipt.as_ref())),
    };
    let number = case.offer.number.clone().unwrap_or_default();
    ctx.page("offer/office_offer.html", &format!("Oferta {number}"), &view)
}

/// The card stands in the stage after this one, and stays when the check is closed.
fn summons_href(offer: &Offer) -> String {
    offer.supplement_by.map(|_| format!("/urzad/oferty/{}/ocena-formalna", offer.id)).unwrap_or_default()
}
