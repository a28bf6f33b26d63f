//! A partner reads what it is asked to confirm, and its signatory confirms it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::partners::{ShareLine, share_lines};
use super::policy::{OwnWord, PartnerCase};
use super::said;
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, blocks};
use crate::offer::joint::confirm_part;
use crate::offer::model::Word;
use crate::offer::pages::submission::declarations;
use crate::offer::pages::view::{self, Deadline};
use crate::offer::{rules, store, wording};
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fields, FindingView, Flash, Posted, Waiting, error_links, error_map, findings_view,
    sort_problems,
};

#[derive(Serialize)]
struct ConfirmPage {
    id: String,
    lead: String,
    name: String,
    call: String,
    title: String,
    action: String,
    decline: String,
    waiting: Waiting,
    band: String,
    deadline: Option<Deadline>,
    digest: String,
    said: String,
    given: bool,
    draft: bool,
    may_sign: bool,
    ready: bool,
    /// Something else still blocks the submission: the content will change.
    unfinished: bool,
    total: String,
    grant: String,
    representation: String,
    shares: Vec<ShareLine>,
    findings: Vec<FindingView>,
    /// The seven sentences of part VII.
    words: [String; 7],
    /// What arrears mean in this contest.
    arrears: &'static str,
    extra: Vec<String>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/partnerzy/{partner}/potwierdzenie`.
///
/// # Errors
/// Those of the database.
pub async fn show(may: Allowed<OwnWord>) -> Result<HttpResponse, AppError> {
    let mut form = Fields::default();
    let org = may.object.party.org.as_ref();
    if let Some(first) = org.and_then(|org| org.content.representatives.first()) {
        form.set("signed_by", [first.name.as_str(), first.function.as_str()].join(", ").trim_matches([',', ' ']));
    }
    page(&may.ctx, &may.object, StatusCode::OK, &form, &FieldErrors::new()).await
}

async fn page(
    ctx: &Ctx,
    it: &PartnerCase,
    status: StatusCode,
    form: &Fields,
    errors: &FieldErrors,
) -> Result<HttpResponse, AppError> {
    let (case, content) = (&it.case, it.case.offer.working());
    let digest = case.digest();
    let mut findings = findings(ctx, it).await?;
    let own = it.party.org.as_ref().map(|org| rules::signatory(form.text("signed_by"), &org.content));
    findings.extend(own.into_iter().flatten());
    let others: Vec<Finding> = case.findings().into_iter().filter(|f| f.rule.as_str() != "R-JOINT-01").collect();
    let org = it.party.partner.org.as_ref();
    let at = format!("/oferty/{}/partnerzy/{}", case.offer.id, it.party.partner.id);
    let view = ConfirmPage {
        id: case.offer.id.to_string(),
        lead: case.offer.org_name.clone(),
        name: it.party.name().to_owned(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        title: content.title.clone(),
        action: format!("{at}/potwierdzenie"),
        decline: format!("{at}/odmowa"),
        waiting: view::waiting(case, ctx.arrived),
        band: view::band(&case.offer),
        deadline: view::deadline(&case.call, &case.offer.org, ctx.arrived),
        said: said(&it.party, &digest),
        given: it.party.word(&digest) == Word::Given,
        draft: case.offer.frozen_no == 0,
        may_sign: org.and_then(|org| ctx.actor.member_of(org)).is_some_and(|m| m.role.signs()),
        ready: !blocks(&findings),
        unfinished: blocks(&others),
        total: content.total().map(|t| t.to_string()).unwrap_or_default(),
        grant: content.sources.grant.to_string(),
        representation: content.joint.as_ref().map(|joint| joint.representation.clone()).unwrap_or_default(),
        shares: share_lines(case, &ctx.actor, false),
        findings: findings_view(&findings),
        words: wording::asked(wording::register(it.party.org.as_ref().is_some_and(|org| org.krs.is_some()))),
        arrears: case.call.content.terms.arrears.label(),
        extra: case.call.content.terms.extra_declarations.clone(),
        digest,
        f: form.map(),
        e: error_map(errors),
        errors: error_links(errors),
    };
    let title = if status.is_success() { "Potwierdzenie partnera" } else { "Błąd: Potwierdzenie partnera" };
    ctx.page_as(status, "offer/joint/confirm.html", title, &view)
}

/// What the partner's own data lack, and whether it also stands in an offer of its own.
async fn findings(ctx: &Ctx, it: &PartnerCase) -> Result<Vec<Finding>, AppError> {
    let Some(org) = it.party.org.clone() else { return Ok(Vec::new()) };
    let mut out = rules::offeror(&org, &it.case.call.content);
    let call = it.case.call.id.clone();
    let own = ctx.read(move |r| store::live_in_call(r, &call, &org.id)).await?;
    if own.is_some() {
        out.push(
            Finding::warn("R-JOINT-03")
                .at("konkurs")
                .found(format!("{} ma w tym konkursie także własną ofertę.", it.party.name()))
                .limit("Można brać udział w obu, jeśli ogłoszenie tego nie wyklucza.")
                .hint("Sprawdź w ogłoszeniu, ile ofert może złożyć jedna organizacja."),
        );
    }
    Ok(out)
}

/// `POST /oferty/{offer}/partnerzy/{partner}/potwierdzenie`.
///
/// # Errors
/// `Stale` when the content is another one than was shown; what the page can show is shown.
pub async fn give(may: Allowed<OwnWord>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: it, .. } = may;
    let (offer, id, shown) = (it.case.offer.id.clone(), it.party.partner.id.clone(), form.text("digest").to_owned());
    let declared = declarations(&form, it.case.call.content.terms.extra_declarations.len());
    let doing = Doing::new("offer.partner.confirm", "offer", &offer);
    match ctx.deed(doing, move |tx, who, now| confirm_part(tx, who, &offer, &id, &shown, declared, now)).await {
        Ok(()) => {
            let text = "Udział w ofercie jest potwierdzony. Ofertę składa organizacja, która ją prowadzi.";
            Ok(ctx.see_other(&format!("/oferty/{}", it.case.offer.id), Some(Flash::ok(text))))
        }
        Err(e) => {
            let problems = sort_problems(e)?;
            // What the own data lack stands on the page; everything else is told at once.
            if problems.findings.iter().any(|f| !f.place.starts_with("II.1, ")) {
                return Err(AppError::Refused(problems.findings));
            }
            page(&ctx, &it, StatusCode::UNPROCESSABLE_ENTITY, &form, &problems.errors).await
        }
    }
}
