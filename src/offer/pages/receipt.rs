//! The receipt of what was submitted: page, PDF with a QR code, JSON for the check without a network.

use actix_web::HttpResponse;
use serde::Serialize;

use super::confirmation::{self, confirmation_view};
use super::form::{Which, about, version_of};
use super::policy::OwnOffer;
use super::view;
use crate::call::{Call, Extension};
use crate::document::{Qr, ascii_json};
use crate::error::AppError;
use crate::law::{Finding, show_instant_seconds};
use crate::offer::document::Proof;
use crate::offer::model::{FrozenOffer, OfferState};
use crate::offer::store::versions;
use crate::offer::{
    Receipt, check_url, confirm_by, document, in_force, receipt as receipt_of, receipt_file, receipt_of_version, rules,
};
use crate::web::{Allowed, Ctx, FindingView, Waiting, findings_view};

#[derive(Serialize)]
struct Earlier {
    version: i64,
    time: String,
    hash: String,
    filed_by: String,
    check: String,
}

#[derive(Serialize)]
struct ReceiptPage {
    id: String,
    number: String,
    version: i64,
    time: String,
    hash: String,
    org: String,
    title: String,
    call: String,
    filed_by: String,
    check: String,
    qr_size: usize,
    qr_path: String,
    earlier: Vec<Earlier>,
    pending: bool,
    /// Until when a signed confirmation is still wanted; empty when none is.
    confirm_by: String,
    /// What the office will see at the formal check.
    remarks: Vec<FindingView>,
    /// By which decision the deadline was later than everybody's; empty for none.
    extended: String,
    waiting: Waiting,
    may_withdraw: bool,
}

/// `GET /oferty/{offer}/potwierdzenie`: of the version in force, with those it replaced.
///
/// # Errors
/// `NotFound` before the submission.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let offer = case.offer.clone();
    let (at, now) = (case.clone(), ctx.arrived);
    let (receipt, all, frozen, given) = ctx
        .read(move |r| {
            let (receipt, version) = in_force(r, &offer)?.ok_or(AppError::NotFound)?;
            Ok((receipt, versions::all(r, &offer.id)?, version.content, confirmation_view(r, &at, now)?))
        })
        .await?;
    let base = &ctx.state.config.base_url;
    let check = check_url(base, &receipt.number, &receipt.sha256);
    let qr = Qr::of(&check);
    let filed_by = all.iter().find(|(no, ..)| *no == receipt.no).map(|(.., by)| by.clone()).unwrap_or_default();
    let extended = case.call.extension_at(&case.offer.org, receipt.arrived).map(Extension::says).unwrap_or_default();
    let earlier = |(no, hash, at, by): &(i64, String, crate::law::Instant, String)| Earlier {
        version: *no,
        time: show_instant_seconds(*at),
        check: local(&receipt.number, hash),
        hash: hash.clone(),
        filed_by: by.clone(),
    };
    let view = ReceiptPage {
        id: case.offer.id.to_string(),
        version: receipt.no,
        time: show_instant_seconds(receipt.arrived),
        earlier: all.iter().rev().filter(|(no, ..)| *no < receipt.no).map(earlier).collect(),
        check: local(&receipt.number, &receipt.sha256),
        number: receipt.number,
        hash: receipt.sha256,
        org: case.offer.offeror_names(),
        title: view::title_of(&case.offer),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        filed_by,
        qr_size: qr.as_ref().map_or(0, |qr| qr.size),
        qr_path: qr.map(|qr| qr.path).unwrap_or_default(),
        pending: case.offer.draft.is_some(),
        confirm_by: confirm_by(&case.call, &case.offer.org)
            .filter(|_| given.as_ref().is_some_and(|c| c.open))
            .unwrap_or_default(),
        remarks: findings_view(&remarks(&frozen, &case.call)),
        extended,
        waiting: confirmation::waiting(&case, given.as_ref(), case.leads(&ctx.actor), now),
        may_withdraw: case.offer.state == OfferState::Submitted && case.is_open(ctx.arrived),
    };
    ctx.page("offer/receipt.html", "Potwierdzenie złożenia oferty", &view)
}

/// What part VII leaves for the office to judge.
fn remarks(frozen: &FrozenOffer, call: &Call) -> Vec<Finding> {
    let mut out = rules::arrears(frozen, call.content.terms.arrears);
    out.extend(rules::signed(frozen));
    out
}

/// The check page on this server, with its fields filled in.
fn local(number: &str, sha256: &str) -> String {
    check_url("", number, sha256)
}

/// `GET /oferty/{offer}/potwierdzenie.pdf`, with `?wersja=1` of a version that was replaced: the same receipt gives
/// the same bytes.
///
/// # Errors
/// `NotFound` before the submission.
pub async fn pdf(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let which = Which::asked(&ctx);
    let (bytes, receipt) = ctx
        .work(move |state, _, _| {
            // Of what is pending there is a receipt as little as of a draft.
            if which.is_pending(&case.offer) {
                return Err(AppError::NotFound);
            }
            let ((version, receipt), text) = state.store.read(|r| {
                let found = version_of(r, &case.offer, which)?;
                let text = versions::text(r, &case.offer.id, found.0.no)?.text;
                Ok((found, text))
            })?;
            let receipt = receipt.ok_or(AppError::NotFound)?;
            let office = state.config.office.lines();
            let about = about(&case, &state.config.office, &office, Some(&receipt));
            let proof = Proof {
                check_url: check_url(&state.config.base_url, &receipt.number, &receipt.sha256),
                json: ascii_json(&receipt_file(&receipt, &text)?),
            };
            let bytes =
                document::receipt_pdf(&state.pdf, &version.content, about, &receipt, &version.submitted_by, proof)?;
            Ok((bytes, receipt))
        })
        .await?;
    Ok(ctx.download(bytes, "application/pdf", &name(&receipt, "pdf")))
}

/// `GET /oferty/{offer}/potwierdzenie.json`, with `?wersja=1` of a version that was replaced: the receipt with the
/// text it covers.
///
/// # Errors
/// `NotFound` before the submission.
pub async fn json(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (offer, which) = (case.offer, Which::asked(&ctx));
    let (receipt, frozen) = ctx
        .read(move |r| {
            let receipt = match which {
                Which::Version(no) => receipt_of_version(r, &offer, no)?,
                Which::InForce | Which::Pending => receipt_of(r, &offer)?.ok_or(AppError::NotFound)?,
            };
            let frozen = versions::text(r, &offer.id, receipt.no)?;
            Ok((receipt, frozen))
        })
        .await?;
    download(&ctx, receipt_file(&receipt, &frozen.text)?, &name(&receipt, "json"))
}

fn download(ctx: &Ctx, text: String, name: &str) -> Result<HttpResponse, AppError> {
    Ok(ctx.download(text.into_bytes(), "application/json", name))
}

fn name(receipt: &Receipt, ending: &str) -> String {
    let version = if receipt.no > 1 { format!(" wersja {}", receipt.no) } else { String::new() };
    format!("potwierdzenie {}{version}.{ending}", receipt.number.replace('/', "-"))
}
