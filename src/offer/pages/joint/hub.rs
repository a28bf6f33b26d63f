//! The page of an offer for a partner: its own part, its word, the whole to read.

use actix_web::HttpResponse;
use serde::Serialize;

use super::partners::{ShareLine, share_lines};
use super::said;
use crate::audit;
use crate::error::AppError;
use crate::law::{Instant, show_instant_seconds};
use crate::offer::model::{OfferState, Party, Word};
use crate::offer::pages::confirmation::{self, ConfirmationView, confirmation_view};
use crate::offer::pages::policy::Case;
use crate::offer::pages::view::{self, Deadline, Status};
use crate::offer::receipt;
use crate::web::{Ctx, Event, Waiting};

#[derive(Serialize)]
struct PartnerHub {
    id: String,
    lead: String,
    name: String,
    call_number: String,
    call_title: String,
    call_href: String,
    status: Status,
    band: String,
    waiting: Waiting,
    deadline: Option<Deadline>,
    /// By which decision it is later than everybody's; empty for none.
    extended: String,
    label: &'static str,
    tone: &'static str,
    said: String,
    /// The word for the content as it stands is given.
    given: bool,
    may_edit: bool,
    /// Before the deadline: after it a word of a partner changes nothing.
    open: bool,
    draft: bool,
    part: String,
    confirm: String,
    decline: String,
    pending: bool,
    /// Number, time, hash of what is in force; empty before the submission.
    receipt: Vec<String>,
    /// The signed confirmation, where the announcement asks for one.
    confirmation: Option<ConfirmationView>,
    called: Option<view::Called>,
    shares: Vec<ShareLine>,
    events: Vec<Event>,
}

/// `GET /oferty/{offer}` for who belongs to a partner and not to the lead.
///
/// # Errors
/// Those of the database.
pub async fn partner_hub(ctx: &Ctx, case: Case) -> Result<HttpResponse, AppError> {
    let party = case.partner_of(&ctx.actor).cloned().ok_or(AppError::NotFound)?;
    let offer = case.offer.clone();
    let (seen, now) = (case.clone(), ctx.arrived);
    let (rows, receipt, signed) = ctx
        .read(move |r| {
            let rows = audit::of_object(r, offer.id.as_str())?;
            Ok((rows, receipt(r, &offer)?, confirmation_view(r, &seen, now)?))
        })
        .await?;
    let digest = case.digest();
    let word = party.word(&digest);
    let may_edit = case.may_edit(ctx.arrived);
    let at = format!("/oferty/{}/partnerzy/{}", case.offer.id, party.partner.id);
    let org = party.partner.org.as_ref().map(ToString::to_string).unwrap_or_default();
    let view = PartnerHub {
        id: case.offer.id.to_string(),
        lead: case.offer.org_name.clone(),
        name: party.name().to_owned(),
        call_number: case.call.number().to_owned(),
        call_title: case.call.content.title.clone(),
        call_href: view::call_href(&case.call),
        status: view::status(&case.offer, &case.call),
        band: view::band(&case.offer),
        waiting: waiting(&case, &party, word, signed.as_ref(), ctx.arrived),
        deadline: view::deadline(&case.call, &case.offer.org, ctx.arrived),
        extended: view::extended(&case),
        label: word.label(),
        tone: word.tone(),
        said: said(&party, &digest),
        given: word == Word::Given,
        may_edit: case.may_file(ctx.arrived) && may_edit,
        open: case.is_open(ctx.arrived),
        draft: case.offer.state == OfferState::Draft,
        part: format!("/oferty/{}/podzial/{org}", case.offer.id),
        confirm: format!("{at}/potwierdzenie"),
        decline: format!("{at}/odmowa"),
        pending: case.offer.draft.is_some(),
        receipt: receipt.map(|r| vec![r.number, show_instant_seconds(r.arrived), r.sha256]).unwrap_or_default(),
        confirmation: signed,
        called: view::called(&case.offer, &case.call, ctx.arrived),
        shares: share_lines(&case, &ctx.actor, may_edit),
        events: view::events(&rows),
    };
    ctx.page("offer/joint/hub.html", &format!("Oferta wspólna: {}", view::title_of(&case.offer)), &view)
}

/// Whose move it is, for a partner.
fn waiting(case: &Case, party: &Party, word: Word, signed: Option<&ConfirmationView>, now: Instant) -> Waiting {
    let open = case.may_file(now) && case.is_open(now);
    let whole = confirmation::waiting(case, signed, false, now);
    if !open {
        return whole;
    }
    let (whose, what) = match word {
        Word::Given => (
            case.offer.org_name.clone(),
            "Twoja organizacja potwierdza tę treść. Ofertę składa organizacja, która ją prowadzi.",
        ),
        Word::Open | Word::Stale | Word::Nobody | Word::Declined | Word::Removed => (
            party.name().to_owned(),
            "Wypełnij swoją część. Gdy oferta jest gotowa, osoba reprezentująca organizację potwierdza całość.",
        ),
    };
    Waiting { whose, what: what.to_owned(), ..whole }
}
