//! The whole form to read and to print: `templates/offer/_form.html` shows a [`FormView`] that the page
//! has as `v.form`. Committee and office read the same view of the frozen version.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::{Case, OwnOffer, ReadOffer};
use super::view;
use crate::config::Office;
use crate::document::OfferPaper;
use crate::error::AppError;
use crate::law::show_instant_seconds;
use crate::offer::document::{self, About, offer_paper};
use crate::offer::model::{FrozenOffer, Offer, OfferState, OfferVersion};
use crate::offer::{Receipt, store};
use crate::store::Read;
use crate::web::{Allowed, Ctx, Waiting, shown_size};

/// The form as it is read: the printed answers with their registration.
#[derive(Serialize)]
pub struct FormView {
    paper: OfferPaper,
    draft: bool,
    number: String,
    arrived: String,
    sha256: String,
    /// Name, size, SHA-256.
    attachments: Vec<[String; 3]>,
}

/// The view of a frozen offer (or of a draft as it would be frozen).
#[must_use]
pub fn preview_view(frozen: &FrozenOffer, about: About<'_>) -> FormView {
    FormView {
        paper: offer_paper(frozen, about),
        draft: about.receipt.is_none(),
        number: about.receipt.map(|r| r.number.clone()).unwrap_or_default(),
        arrived: about.receipt.map(|r| show_instant_seconds(r.arrived)).unwrap_or_default(),
        sha256: about.receipt.map(|r| r.sha256.clone()).unwrap_or_default(),
        attachments: frozen
            .attachments
            .iter()
            .map(|a| [a.name.clone(), shown_size(a.size), a.sha256.clone()])
            .collect(),
    }
}

/// The form before anybody filled it.
pub fn empty_view(paper: OfferPaper) -> FormView {
    FormView {
        paper,
        draft: true,
        number: String::new(),
        arrived: String::new(),
        sha256: String::new(),
        attachments: Vec::new(),
    }
}

/// What stands around the offer of `case`.
pub fn about<'a>(case: &'a Case, office: &'a Office, lines: &'a [String], receipt: Option<&'a Receipt>) -> About<'a> {
    About { call: &case.call, org: &case.offer.org, organ: &office.organ, office: lines, receipt }
}

/// Which text of an offer is meant: what is in force, what waits to be submitted, or a version by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    InForce,
    Pending,
    Version(i64),
}

impl Which {
    /// `?wersja=robocza` asks for what is not submitted yet, `?wersja=1` for a version that may be replaced.
    pub fn asked(ctx: &Ctx) -> Which {
        match ctx.asked("wersja").as_str() {
            "robocza" => Which::Pending,
            no => no.parse().map_or(Which::InForce, Which::Version),
        }
    }

    pub fn is_pending(self, offer: &Offer) -> bool {
        match self {
            Which::Version(_) => false,
            Which::Pending => offer.frozen_no == 0 || offer.draft.is_some(),
            Which::InForce => offer.frozen_no == 0,
        }
    }
}

/// The frozen version in force, or the one asked for, with its receipt; for a draft what would be frozen now, without one.
///
/// # Errors
/// Those of the database.
pub fn frozen_of(r: &mut Read<'_>, case: &Case, which: Which) -> Result<(FrozenOffer, Option<Receipt>), AppError> {
    let offer = &case.offer;
    if which.is_pending(offer) {
        return Ok((case.whole(), None));
    }
    let (version, receipt) = version_of(r, offer, which)?;
    Ok((version.content, receipt))
}

/// The frozen version that is meant, with its receipt; one that is in force and was withdrawn has none.
///
/// # Errors
/// `NotFound` when there is no such version.
pub fn version_of(r: &mut Read<'_>, offer: &Offer, which: Which) -> Result<(OfferVersion, Option<Receipt>), AppError> {
    let (no, given) = match which {
        Which::Version(no) => (no, true),
        Which::InForce | Which::Pending => (offer.frozen_no, offer.state != OfferState::Withdrawn),
    };
    let version = store::version(r, &offer.id, no)?;
    let receipt = Receipt::of(offer, &version).filter(|_| given);
    Ok((version, receipt))
}

#[derive(Serialize)]
pub struct ReadPage {
    pub id: String,
    pub band: String,
    /// `?wersja=robocza` for what is pending, else nothing.
    pub query: &'static str,
    /// There is another text beside this one.
    pub pending: bool,
    pub waiting: Waiting,
    pub form: FormView,
}

/// `GET /oferty/{offer}/podglad`.
///
/// # Errors
/// Those of the database.
pub async fn preview(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let which = Which::asked(&ctx);
    let (case, frozen, receipt) = ctx
        .read(move |r| {
            let (frozen, receipt) = frozen_of(r, &case, which)?;
            Ok((case, frozen, receipt))
        })
        .await?;
    let pending = receipt.is_none() && case.offer.draft.is_some();
    let office = &ctx.state.config.office;
    let lines = office.lines();
    let view = ReadPage {
        id: case.offer.id.to_string(),
        band: if receipt.is_some() { String::new() } else { view::band(&case.offer) },
        query: if pending { "?wersja=robocza" } else { "" },
        pending: case.offer.draft.is_some(),
        waiting: view::waiting(&case, ctx.arrived),
        form: preview_view(&frozen, about(&case, office, &lines, receipt.as_ref())),
    };
    ctx.page("offer/preview.html", &format!("Podgląd oferty: {}", view::title_of(&case.offer)), &view)
}

/// `GET /oferty/{offer}/oferta.pdf`: printed on demand from the frozen version, always the same bytes.
///
/// # Errors
/// Those of the database.
pub async fn pdf(may: Allowed<ReadOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    // What is not submitted is for its own people only.
    let own = case.is_own(&ctx.actor);
    let which = if own { Which::asked(&ctx) } else { Which::InForce };
    let (bytes, name) = ctx
        .work(move |state, _, _| {
            let (frozen, receipt) = state.store.read(|r| frozen_of(r, &case, which))?;
            let office = state.config.office.lines();
            let made_at = receipt.as_ref().map_or(case.offer.updated_at, |r| r.arrived);
            let about = about(&case, &state.config.office, &office, receipt.as_ref());
            let bytes = document::offer_pdf(&state.pdf, &frozen, about, made_at)?;
            let numbered = |r: Receipt| match which {
                Which::Version(no) => format!("{} wersja {no}", r.number.replace('/', "-")),
                Which::InForce | Which::Pending => r.number.replace('/', "-"),
            };
            Ok((bytes, receipt.map_or_else(|| "wersja robocza".to_owned(), numbered)))
        })
        .await?;
    Ok(ctx.download(bytes, "application/pdf", &format!("oferta {name}.pdf")))
}
