//! The signed confirmation: a step with its own countdown, and what both sides see of it.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::attachable::{malware_in, scanned_now, waits_for_scan};
use super::policy::{Case, LeadOffer, OwnOffer, ReadOffer};
use super::signatures::{SignatureRow, carried_said, signature_rows};
use super::view::{self, Deadline};
use crate::account::OrganisationContent;
use crate::document::SignedFile;
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant, Severity, show_instant_seconds};
use crate::offer::model::OfferState;
use crate::offer::store::{self, confirmations};
use crate::offer::{
    Confirmation, ConfirmationState, Doubt, Scanned, SignedPaper, awaited, confirm, confirm_due, wants_confirmation,
};
use crate::store::{OfferId, Read, documents};
use crate::web::{
    Allowed, Ctx, Doing, ErrorLink, Fields, FindingView, Flash, Upload, Waiting, error_links, error_map, findings_view,
    sort_problems,
};

/// What both sides see of the confirmation of one offer.
#[derive(Serialize)]
pub struct ConfirmationView {
    pub open: bool,
    #[serde(skip)]
    pub doubt: Option<Doubt>,
    label: &'static str,
    tone: &'static str,
    due: Deadline,
    given: Vec<GivenView>,
}

#[derive(Serialize)]
struct GivenView {
    at: String,
    by: String,
    version: i64,
    file: String,
    kind: &'static str,
    href: String,
    hash: String,
    signed_by: String,
    /// The electronic signatures as they were read; empty for a scan.
    signatures: Vec<SignatureRow>,
    /// Which receipt the signed file carries; empty when it was not looked for.
    carried: String,
    remarks: Vec<String>,
}

/// Nothing when the call asks for none or the offer is not submitted.
///
/// # Errors
/// Those of the database.
pub fn confirmation_view(r: &mut Read<'_>, case: &Case, now: Instant) -> Result<Option<ConfirmationView>, AppError> {
    let offer = &case.offer;
    let due = confirm_due(&case.call, &offer.org);
    let Some(due) = due.filter(|_| offer.frozen_no > 0) else { return Ok(None) };
    let given = confirmations::of_offer(r, &offer.id)?;
    let state = ConfirmationState::of(due, offer.frozen_no, &given, now);
    Ok(Some(ConfirmationView {
        open: state.is_open() && wants_confirmation(offer, &case.call),
        doubt: state.doubt(),
        label: state.label(),
        tone: state.tone(),
        due: Deadline::of(due, now),
        given: given.iter().map(|c| given_view(&offer.id, c)).collect(),
    }))
}

fn given_view(offer: &OfferId, c: &Confirmation) -> GivenView {
    GivenView {
        at: show_instant_seconds(c.given_at),
        by: c.given_by.clone(),
        version: c.version_no,
        file: c.content.file_name.clone(),
        kind: c.content.file.label(),
        href: format!("/oferty/{offer}/podpisane-potwierdzenie/{}", c.document),
        hash: c.content.file_sha256.clone(),
        signed_by: c.content.signed_by.join(", "),
        signatures: c.content.signatures.as_ref().map(signature_rows).unwrap_or_default(),
        carried: c.content.carried.as_ref().map(carried_said).unwrap_or_default(),
        remarks: c.content.remarks.iter().chain(&c.content.told).cloned().chain(scanned(c)).collect(),
    }
}

/// What the scanner said, where it did not answer at once.
fn scanned(c: &Confirmation) -> Option<String> {
    let said = match c.scanned {
        Scanned::Clean => return None,
        Scanned::Waiting => {
            "Gdy plik przyszedł, program antywirusowy nie odpowiadał. Sprawdzi go, zanim ktokolwiek go otworzy."
        }
        Scanned::Infected => {
            "Program antywirusowy znalazł w tym pliku złośliwe oprogramowanie, więc nikt go nie pobierze. Potrzebny jest czysty plik."
        }
    };
    Some(said.to_owned())
}

/// Whose move it is when a confirmation is still wanted; `lead` for the organisation that attaches it.
pub fn waiting(case: &Case, seen: Option<&ConfirmationView>, lead: bool, now: Instant) -> Waiting {
    let doubt = seen.and_then(|c| c.doubt);
    let what = match (lead, case.offer.is_joint()) {
        (true, _) if doubt == Some(Doubt::Signers) => {
            "Oferta jest złożona. Podpisy na dołączonym potwierdzeniu nie zgadzają się z danymi oferenta: dołącz plik podpisany przez osoby, które go reprezentują. Jeśli podpisał pełnomocnik, dołącz plik razem z pełnomocnictwem: uwaga zostanie, a oceni ją urząd."
        }
        (true, _) if doubt == Some(Doubt::Other) => {
            "Oferta jest złożona. Do dołączonego potwierdzenia są uwagi: przeczytaj je i dołącz poprawiony plik. Jeśli plik jest dobry, uwagi oceni urząd."
        }
        (true, false) => "Oferta jest złożona. Dołącz jeszcze podpisane potwierdzenie.",
        (true, true) => "Oferta jest złożona. Dołącz jeszcze potwierdzenie podpisane za każdego oferenta.",
        (false, _) => {
            "Oferta jest złożona. Podpisane potwierdzenie, także z podpisem Twojej organizacji, dołącza organizacja prowadząca."
        }
    };
    let called = case.offer.state == OfferState::ToSupplement; // that goes first
    match seen.filter(|c| c.open && case.offer.draft.is_none() && !called) {
        Some(c) => Waiting {
            whose: if lead { "Twoją organizację".to_owned() } else { case.offer.org_name.clone() },
            what: what.into(),
            until: c.due.text.clone(),
            left: c.due.left.clone(),
        },
        None => view::waiting(case, now),
    }
}

#[derive(Serialize)]
struct ConfirmPage {
    id: String,
    action: String,
    number: String,
    version: i64,
    accept: &'static str,
    limit: u32,
    /// The reader belongs to the organisation that leads the offer, which attaches the file.
    lead: bool,
    /// Who leads a joint offer; empty for an offer of one organisation.
    led_by: String,
    offerors: Vec<Represented>,
    waiting: Waiting,
    confirmation: Option<ConfirmationView>,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
    findings: Vec<FindingView>,
}

/// Who signs for one offeror.
#[derive(Serialize)]
struct Represented {
    name: String,
    people: String,
    how: String,
}

fn represented(name: &str, org: &OrganisationContent) -> Represented {
    let people = org.representatives.iter().filter(|r| !r.name.trim().is_empty());
    let people: Vec<String> = people.map(|r| format!("{} ({})", r.name, r.function)).collect();
    Represented { name: name.to_owned(), people: people.join("; "), how: org.representation.clone() }
}

/// As the version in force froze them: that is what the signatures are compared with.
fn offerors(r: &mut Read<'_>, case: &Case) -> Result<Vec<Represented>, AppError> {
    if case.offer.frozen_no == 0 {
        return Ok(Vec::new());
    }
    let frozen = store::version(r, &case.offer.id, case.offer.frozen_no)?.content;
    Ok(frozen.offerors().map(|o| represented(o.name, o.org)).collect())
}

/// `GET /oferty/{offer}/podpisane-potwierdzenie`: a partner of a joint offer reads what the lead attaches.
///
/// # Errors
/// `NotFound` where none is wanted.
pub async fn show(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    page(&ctx, case, StatusCode::OK, &Fields::default(), (&FieldErrors::new(), Vec::new())).await
}

async fn page(
    ctx: &Ctx,
    case: Case,
    status: StatusCode,
    fields: &Fields,
    (errors, findings): (&FieldErrors, Vec<FindingView>),
) -> Result<HttpResponse, AppError> {
    let now = ctx.arrived;
    let (case, seen, offerors) = ctx
        .read(move |r| {
            let (seen, offerors) = (confirmation_view(r, &case, now)?, offerors(r, &case)?);
            Ok((case, seen, offerors))
        })
        .await?;
    if seen.is_none() && findings.is_empty() {
        return Err(AppError::NotFound);
    }
    let lead = case.leads(&ctx.actor);
    let view = ConfirmPage {
        id: case.offer.id.to_string(),
        action: format!("/oferty/{}/podpisane-potwierdzenie", case.offer.id),
        number: case.offer.number.clone().unwrap_or_default(),
        version: case.offer.frozen_no,
        accept: SignedFile::ACCEPT,
        limit: ctx.state.config.upload_mib,
        led_by: if case.offer.is_joint() { case.offer.org_name.clone() } else { String::new() },
        waiting: waiting(&case, seen.as_ref(), lead, now),
        lead,
        offerors,
        confirmation: seen,
        f: fields.map(),
        e: error_map(errors),
        errors: error_links(errors),
        findings,
    };
    let title = if status.is_success() { "Podpisane potwierdzenie" } else { "Błąd: Podpisane potwierdzenie" };
    ctx.page_as(status, "offer/confirmation.html", title, &view)
}

/// `POST /oferty/{offer}/podpisane-potwierdzenie`: keeps the file, then the deed. What was typed is shown
/// again when something is wrong; the file has to be chosen again, as browsers want it.
///
/// # Errors
/// Those of the database and the disk.
pub async fn give(may: Allowed<LeadOffer>, upload: Result<Upload, AppError>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let fields = upload.as_ref().map(|u| u.fields.clone()).unwrap_or_default();
    match keep(&ctx, &case, upload).await {
        Ok(flash) => Ok(ctx.see_other(&format!("/oferty/{}/podpisane-potwierdzenie", case.offer.id), Some(flash))),
        Err(e) => {
            let problems = sort_problems(e)?;
            let shown = (&problems.errors, findings_view(&problems.findings));
            page(&ctx, case, StatusCode::UNPROCESSABLE_ENTITY, &fields, shown).await
        }
    }
}

async fn keep(ctx: &Ctx, case: &Case, upload: Result<Upload, AppError>) -> Result<Flash, AppError> {
    let upload = upload?;
    let doing = Doing::new("offer.confirm", "oferta", &case.offer.id);
    let id = case.offer.id.clone();
    let findings = ctx
        .work_deed(doing, move |state, who, now| {
            // Nothing is read from a file that nobody wants, and nothing kept of one that is refused.
            state.store.read(|r| awaited(r, who, &id))?;
            let mut file = read(&upload)?; // before the database is held: signatures take time
            file.signers()?;
            let sent = upload.file("file")?;
            file.unscanned = waits_for_scan(state, &sent.name, &sent.bytes)?;
            state.files.put(sent.bytes.clone())?;
            state.store.write(|tx| confirm(tx, who, &id, file, now))
        })
        .await?;
    Ok(told(&findings))
}

fn told(findings: &[Finding]) -> Flash {
    if findings.iter().all(|f| f.severity == Severity::Info) {
        return Flash::ok("Podpisane potwierdzenie jest dołączone.");
    }
    if findings.iter().all(|f| f.rule.as_str() == "R-SIG-01" || f.severity == Severity::Info) {
        return Flash::warn(
            "Potwierdzenie jest dołączone, ale podpisy nie zgadzają się z danymi oferenta. Zobacz uwagi.",
        );
    }
    Flash::warn("Potwierdzenie jest dołączone, ale mamy uwagi do podpisów. Przeczytaj je poniżej.")
}

fn read(upload: &Upload) -> Result<SignedPaper, AppError> {
    let mut errors = FieldErrors::new();
    let names = upload.fields.text("signed_by").split('\n').map(str::trim).filter(|n| !n.is_empty());
    let signed_by: Vec<String> = names.map(str::to_owned).take(20).collect();
    let chosen = upload.file("file").ok();
    let typed = !signed_by.is_empty();
    let paper = chosen.and_then(|f| SignedPaper::read(&f.name, &f.bytes, signed_by));
    let electronic = paper.as_ref().is_some_and(|p| p.file == SignedFile::SignedPdf);
    if !typed && !electronic {
        errors.add("signed_by", "Wpisz imię i nazwisko każdej osoby, która podpisała potwierdzenie.");
    }
    match (chosen, &paper) {
        (None, _) => {
            errors.add("file", "Wybierz plik z podpisanym potwierdzeniem. Nie dołączono żadnego albo jest pusty.")
        }
        (Some(f), None) => errors.add(
            "file",
            format!("Plik „{}” nie jest ani PDF-em, ani obrazem JPG lub PNG. Dołącz PDF z podpisem albo skan.", f.name),
        ),
        (Some(_), Some(_)) => {}
    }
    errors.finish(paper)
}

/// `GET /oferty/{offer}/podpisane-potwierdzenie/{document}`: for its own people, and for the office once the
/// deadline for offers has passed.
///
/// # Errors
/// `NotFound` for a file that is not a confirmation of this offer.
pub async fn file(may: Allowed<ReadOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, path } = may;
    let wanted = path.text("document")?.to_owned();
    let (bytes, document) = ctx
        .work(move |state, _, _| {
            let (document, scanned) = state.store.read(|r| {
                let given = confirmations::of_offer(r, &case.offer.id)?;
                let found = given.into_iter().find(|c| c.document.as_str() == wanted).ok_or(AppError::NotFound)?;
                Ok((documents::find(r, &found.document)?, found.scanned))
            })?;
            let bytes = state.files.get(&document.sha256)?;
            match scanned {
                Scanned::Clean => {}
                Scanned::Waiting => scanned_now(state, &document.name, &bytes)?,
                Scanned::Infected => return Err(malware_in(&document.name)),
            }
            Ok((bytes, document))
        })
        .await?;
    Ok(ctx.hand_back(bytes, &document.media_type, &document.name))
}
