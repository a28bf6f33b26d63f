//! The organisation gives the signed confirmation of its submission, where the announcement asks for one.

use serde::Serialize;

use super::advance::member;
use super::confirmation::{Carried, Confirmation, ConfirmationContent, Scanned, confirm_due};
use super::model::{FrozenOffer, Offer, OfferVersion};
use super::room::paper_room;
use super::rules;
use super::scan_paper;
use super::store::{self, confirmations};
use super::submit::{self, Receipt, addresses};
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::call;
use crate::document::{Signatures, SignedFile};
use crate::error::{AppError, FieldErrors};
use crate::law::{Finding, Instant, Severity, show_instant_seconds};
use crate::mail;
use crate::store::documents::{self, Document};
use crate::store::{DocumentId, OfferId, Read, Tx, digest_bytes, naive};

/// A file that was kept already, who signed it, and what was read from it.
#[derive(Clone, Debug)]
pub struct SignedPaper {
    pub file: SignedFile,
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    /// As the organisation says; may be empty when the file says it.
    pub signed_by: Vec<String>,
    pub signatures: Option<Signatures>,
    pub carried: Option<Carried>,
    /// The scanner did not answer when it came.
    pub unscanned: bool,
}

impl SignedPaper {
    /// What the bytes are, and the signatures in them; nothing for a file that is not taken.
    #[must_use]
    pub fn read(file_name: &str, bytes: &[u8], signed_by: Vec<String>) -> Option<SignedPaper> {
        let file = SignedFile::of(bytes)?;
        let electronic = file == SignedFile::SignedPdf;
        Some(SignedPaper {
            file,
            file_name: file_name.to_owned(),
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            sha256: digest_bytes(bytes),
            signed_by,
            signatures: electronic.then(|| Signatures::of(bytes)),
            carried: electronic.then(|| Carried::of(bytes)),
            unscanned: false,
        })
    }

    /// Who signed: as the organisation says, else as the certificates do.
    ///
    /// # Errors
    /// `Invalid` when neither names anybody.
    pub fn signers(&self) -> Result<Vec<String>, AppError> {
        let read = || self.signatures.as_ref().map(rules::named).unwrap_or_default();
        let names = if self.signed_by.is_empty() { read() } else { self.signed_by.clone() };
        if names.is_empty() {
            let said = "Wpisz imię i nazwisko każdej osoby, która podpisała potwierdzenie.";
            return Err(AppError::Invalid(FieldErrors::of("signed_by", said)));
        }
        Ok(names)
    }
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    number: &'a str,
    version: i64,
    at: String,
    file: &'a str,
    sha256: &'a str,
    signed_by: String,
    remarks: &'a [String],
    late: bool,
}

/// What a signed confirmation would be given for.
pub struct Awaited {
    offer: Offer,
    due: Instant,
    in_force: Receipt,
    version: OfferVersion,
}

/// Whether this offer wants a confirmation and has room for one, asked before a file is read and kept, and again when
/// it is given.
///
/// # Errors
/// `Refused` when the call asks for no confirmation or the offer is not submitted (R-OFF-16), `Invalid` when there are
/// too many, `NotFound` for a stranger.
pub fn awaited(r: &mut Read<'_>, by: &Actor, id: &OfferId) -> Result<Awaited, AppError> {
    let offer = store::find(r, id)?;
    member(by, &offer)?;
    let call = call::store::find(r, &offer.call)?;
    let Some(due) = confirm_due(&call, &offer.org) else { return Err(AppError::refused(not_wanted())) };
    let Some((in_force, version)) = submit::in_force(r, &offer)? else {
        return Err(AppError::refused(not_submitted()));
    };
    paper_room(r, id)?;
    Ok(Awaited { offer, due, in_force, version })
}

/// Keeps the signed confirmation of the version in force; one that comes late is kept and marked, because
/// what lateness means is for the office to say. Returns what does not fit the representatives of the
/// offerors.
///
/// # Errors
/// `Refused` when the call asks for no confirmation or the offer is not submitted (R-OFF-16), `Invalid`
/// without a name, `NotFound` for a stranger.
pub fn confirm(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    paper: SignedPaper,
    now: Instant,
) -> Result<Vec<Finding>, AppError> {
    let Awaited { offer, due, in_force, version } = awaited(tx, by, id)?;
    let signed_by = paper.signers()?;
    let findings = judged(&paper, &signed_by, &version.content, &in_force, now);
    let document = document(id, by, &paper, now);
    documents::insert(tx, &document)?;
    let given = Confirmation {
        offer: id.clone(),
        version_no: in_force.no,
        document: document.id,
        content: ConfirmationContent {
            signed_by,
            file: paper.file,
            file_name: paper.file_name,
            file_sha256: paper.sha256,
            signers: findings.iter().any(|f| f.rule.as_str() == "R-SIG-01" && f.severity != Severity::Info),
            remarks: texts(&findings, |severity| severity != Severity::Info),
            told: texts(&findings, |severity| severity == Severity::Info),
            signatures: paper.signatures,
            carried: paper.carried,
            unscanned: paper.unscanned,
        },
        scanned: if paper.unscanned { Scanned::Waiting } else { Scanned::Clean },
        given_at: now,
        given_by: by.log_name().to_owned(),
    };
    confirmations::insert(tx, &given)?;
    if paper.unscanned {
        scan_paper::plan(tx, &given, now)?;
    }
    let late = now >= due;
    log(tx, by, &given, late, now);
    let c = &given.content;
    let letter = Letter {
        org: &offer.offeror_names(),
        number: &in_force.number,
        version: in_force.no,
        at: show_instant_seconds(now),
        file: &c.file_name,
        sha256: &c.file_sha256,
        signed_by: c.signed_by.join(", "),
        remarks: &c.remarks,
        late,
    };
    let to = addresses(tx, by, &offer)?;
    mail::put_each(tx, &to, "offer_confirmed", id.as_str(), &letter, now)?;
    Ok(findings)
}

fn judged(
    paper: &SignedPaper,
    signed_by: &[String],
    frozen: &FrozenOffer,
    in_force: &Receipt,
    now: Instant,
) -> Vec<Finding> {
    let mut out = match &paper.signatures {
        Some(seen) => rules::electronic(seen, signed_by, frozen, now),
        None => rules::signature(signed_by, frozen),
    };
    out.extend(paper.carried.as_ref().and_then(|carried| rules::carried(carried, in_force)));
    out
}

fn not_wanted() -> Finding {
    Finding::block("R-OFF-16")
        .at("podpisane potwierdzenie")
        .found("Ogłoszenie tego konkursu nie wymaga podpisanego potwierdzenia.")
        .limit("Złożenie oferty w systemie wystarcza.")
}

fn not_submitted() -> Finding {
    Finding::block("R-OFF-16")
        .at("podpisane potwierdzenie")
        .found("Ta oferta nie jest złożona.")
        .limit("Potwierdzenie dołącza się do złożonej oferty.")
        .hint("Najpierw złóż ofertę.")
}

fn document(offer: &OfferId, by: &Actor, paper: &SignedPaper, now: Instant) -> Document {
    Document {
        id: DocumentId::new(),
        owner_kind: "offer".into(),
        owner_id: offer.to_string(),
        kind: "confirmation".into(),
        name: paper.file_name.clone(),
        media_type: paper.file.media_type().into(),
        size: paper.size,
        sha256: paper.sha256.clone(),
        created_at: naive(now),
        created_by: by.log_name().to_owned(),
    }
}

fn log(tx: &mut Tx<'_>, by: &Actor, given: &Confirmation, late: bool, now: Instant) {
    let c = &given.content;
    let late = if late { ", po terminie" } else { "" };
    let detail = format!(
        "Dołączono podpisane potwierdzenie wersji {}{late}: „{}”, podpisali: {}",
        given.version_no,
        c.file_name,
        c.signed_by.join(", ")
    );
    let deed = Deed {
        actor: by.log_name(),
        deed: "offer.confirm",
        object_kind: "offer",
        object_id: given.offer.as_str(),
        before: String::new(),
        after: c.file_sha256.clone(),
        detail,
    };
    audit::append(tx, deed, now);
}

fn texts(findings: &[Finding], of: impl Fn(Severity) -> bool) -> Vec<String> {
    findings.iter().filter(|f| of(f.severity)).map(|f| f.found.clone()).collect()
}
