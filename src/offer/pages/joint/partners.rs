//! The partners of an offer and how they divide it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::{address, said};
use crate::account::Actor;
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Krs, Money, Nip, email};
use crate::offer::calculation::{columns, cost_rows};
use crate::offer::joint::{Whom, invite_partner, make_joint, make_single, next_letter};
use crate::offer::model::{Joint, OfferState, Party, Share};
use crate::offer::pages::policy::{Case, EditOffer, OwnOffer};
use crate::offer::pages::view;
use crate::offer::rules;
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fields, FindingView, Flash, Posted, Waiting, error_links, error_map, sort_problems,
};

#[derive(Serialize)]
pub(super) struct ShareLine {
    pub name: String,
    pub lead: bool,
    pub activities: Vec<String>,
    pub tasks: String,
    pub total: String,
    pub years: Vec<String>,
    /// Where the reader may fill it; empty where they may not.
    pub href: String,
}

#[derive(Serialize)]
struct PartnerLine {
    name: String,
    label: &'static str,
    tone: &'static str,
    said: String,
    remove: String,
    /// Where the invitation can be sent again; empty when it was answered.
    again: String,
}

#[derive(Serialize)]
struct PartnersPage {
    id: String,
    org: String,
    call: String,
    action: String,
    version: i64,
    waiting: Waiting,
    band: String,
    joint: bool,
    /// The reader belongs to the lead.
    lead: bool,
    may_edit: bool,
    /// Offerors may still come and go.
    open: bool,
    partners: Vec<PartnerLine>,
    shares: Vec<ShareLine>,
    years: Vec<String>,
    sums: Vec<String>,
    whole: String,
    findings: Vec<FindingView>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/partnerzy`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    page(&may.ctx, &may.object, StatusCode::OK, &Fields::default(), &FieldErrors::new())
}

fn page(
    ctx: &Ctx,
    case: &Case,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let (offer, content) = (&case.offer, case.offer.working());
    let digest = case.digest();
    let may_edit = case.leads(&ctx.actor) && case.may_edit(ctx.arrived);
    let open = may_edit && offer.state == OfferState::Draft;
    let here =
        |f: &Finding| f.place == rules::PARTNERS_PLACE || f.place.starts_with("V.C") || f.place.starts_with("II.1, ");
    let findings: Vec<Finding> =
        if case.may_file(ctx.arrived) { case.findings().into_iter().filter(here).collect() } else { Vec::new() };
    let listed = case.parties.iter().filter(|p| p.is_listed());
    let view = PartnersPage {
        id: offer.id.to_string(),
        org: offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        action: address(case),
        version: offer.version,
        waiting: view::waiting(case, ctx.arrived),
        band: view::band(offer),
        joint: content.joint.is_some(),
        lead: case.leads(&ctx.actor),
        may_edit,
        open,
        partners: listed.map(|p| partner_line(case, p, &digest, open)).collect(),
        shares: share_lines(case, &ctx.actor, case.may_edit(ctx.arrived)),
        years: columns(content).iter().map(|year| format!("Rok {year}")).collect(),
        sums: content.joint.as_ref().map(sums).unwrap_or_default(),
        whole: cost_rows(content).pop().and_then(|row| row.total).map(|m| m.to_string()).unwrap_or_default(),
        findings: view::linked(offer, content, &findings),
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title =
        if status.is_success() { "Partnerzy i podział kosztów" } else { "Błąd: Partnerzy i podział kosztów" };
    ctx.page_as(status, "offer/joint/partners.html", title, &view)
}

fn partner_line(case: &Case, party: &Party, digest: &str, open: bool) -> PartnerLine {
    let word = party.word(digest);
    let at = format!("{}/{}", address(case), party.partner.id);
    let waits = open && next_letter(&party.partner).is_some();
    PartnerLine {
        name: party.name().to_owned(),
        label: word.label(),
        tone: word.tone(),
        said: said(party, digest),
        remove: if open { format!("{at}/usuniecie") } else { String::new() },
        again: if waits { format!("{at}/zaproszenie") } else { String::new() },
    }
}

/// The parts of all offerors, in the order of the form.
pub(super) fn share_lines(case: &Case, who: &Actor, may_edit: bool) -> Vec<ShareLine> {
    let content = case.offer.working();
    let Some(joint) = &content.joint else { return Vec::new() };
    let named = |n: &u32| {
        let at = usize::try_from(*n).ok()?.checked_sub(1)?;
        Some(format!("{n}. {}", content.activities.get(at)?.name))
    };
    let line = |share: &Share| {
        let mine = may_edit && (case.leads(who) || who.member_of(&share.org).is_some());
        ShareLine {
            name: share.name.clone(),
            lead: share.org == case.offer.org,
            activities: share.activities.iter().filter_map(named).collect(),
            tasks: share.tasks.clone(),
            total: share.total().map(|m| m.to_string()).unwrap_or_default(),
            years: share.years.iter().map(ToString::to_string).collect(),
            href: if mine { format!("/oferty/{}/podzial/{}", case.offer.id, share.org) } else { String::new() },
        }
    };
    joint.shares.iter().map(line).collect()
}

/// The sum of all columns, then of each year.
fn sums(joint: &Joint) -> Vec<String> {
    let years = joint.shares.iter().map(|share| share.years.len()).max().unwrap_or_default();
    let total = Money::sum(joint.shares.iter().filter_map(Share::total)).unwrap_or_default();
    let of = |at: usize| Money::sum(joint.shares.iter().filter_map(|s| s.years.get(at).copied())).unwrap_or_default();
    std::iter::once(total).chain((0..years).map(of)).map(|m| m.to_string()).collect()
}

/// `POST /oferty/{offer}/partnerzy`: asks a partner.
///
/// # Errors
/// `Stale`; what the page can show is shown.
pub async fn invite(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (id, seen) = (case.offer.id.clone(), form.text("version").parse().unwrap_or(-1));
    let base = ctx.state.config.base_url.clone();
    let doing = Doing::new("offer.partner.invite", "offer", &id);
    let done = match whom(&form) {
        Ok(whom) => ctx.deed(doing, move |tx, who, now| invite_partner(tx, who, &id, seen, whom, &base, now)).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(_) => Ok(ctx.see_other(&address(&case), Some(Flash::ok("Zaproszenie wysłane.")))),
        Err(AppError::Taken(why)) => {
            let errors = FieldErrors::of("email", why);
            page(&ctx, &case, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors)
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            if !problems.findings.is_empty() {
                return Err(AppError::Refused(problems.findings));
            }
            page(&ctx, &case, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems.errors)
        }
    }
}

/// One of the three ways to name a partner.
fn whom(form: &Fields) -> Result<Whom, AppError> {
    let mut errors = FieldErrors::new();
    let given: Vec<&str> = ["nip", "krs", "email"].into_iter().filter(|name| !form.text(name).is_empty()).collect();
    let whom = match given.as_slice() {
        ["nip"] => errors.take("nip", Nip::parse(form.text("nip"))).map(Whom::Nip),
        ["krs"] => errors.take("krs", Krs::parse(form.text("krs"))).map(Whom::Krs),
        ["email"] => errors.take("email", email(form.text("email"))).map(|to| Whom::Email(to.to_lowercase())),
        [] => {
            errors.add("nip", "Podaj NIP albo numer KRS organizacji, albo adres e-mail.");
            None
        }
        [first, ..] => {
            errors.add(*first, "Wypełnij tylko jedno z pól: NIP, KRS albo e-mail.");
            None
        }
    };
    errors.finish(whom)
}

/// `POST /oferty/{offer}/partnerzy/wspolna`.
///
/// # Errors
/// `Stale`, `Refused` after the submission.
pub async fn joint(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (id, seen) = (case.offer.id.clone(), form.text("version").parse().map_err(|_| AppError::Stale)?);
    let doing = Doing::new("offer.joint", "offer", &id);
    ctx.deed(doing, move |tx, who, now| make_joint(tx, who, &id, seen, now)).await?;
    Ok(ctx.see_other(&address(&case), Some(Flash::ok("To jest teraz oferta wspólna. Zaproś partnerów."))))
}

/// `POST /oferty/{offer}/partnerzy/jedna`.
///
/// # Errors
/// `Stale`, `Refused` while there are partners and after the submission.
pub async fn single(may: Allowed<EditOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (id, seen) = (case.offer.id.clone(), form.text("version").parse().map_err(|_| AppError::Stale)?);
    let doing = Doing::new("offer.joint.undo", "offer", &id);
    ctx.deed(doing, move |tx, who, now| make_single(tx, who, &id, seen, now)).await?;
    Ok(ctx.see_other(&address(&case), Some(Flash::ok("To jest teraz oferta jednej organizacji."))))
}
