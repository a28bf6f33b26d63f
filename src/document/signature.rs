//! The electronic signatures of a PDF: who made them, when, with what certificate, and whether the file is
//! still what was signed.
//!
//! Two things are computed: the digest of the covered bytes against the one that was signed, and the signature
//! against the key of its certificate. Whether that certificate may be believed is not: no chain to a trusted
//! list, no revocation, no qualified status. Anybody can make a certificate with any name.
//!
//! Any bytes may be given: nothing is followed that is not bounded (marks, lengths, elements, depth).

mod asn1;
mod certificate;
mod cms;
mod dictionary;
mod place;
mod verify;
mod words;

use serde::{Deserialize, Serialize};

use crate::law::Instant;
use certificate::Certificate;
use place::Place;

/// Most signatures that are read; each may hash the whole file.
const MOST: usize = 16;

/// Everything found in one file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Signatures {
    pub found: Vec<PdfSignature>,
    /// Marks of signatures that cannot be read.
    pub unreadable: usize,
    /// Bytes at the end of the file that no readable signature covers.
    pub uncovered: usize,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PdfSignature {
    pub kind: SignatureKind,
    /// Who signed; empty when the file does not say.
    pub signer: String,
    /// The number of the person in the certificate, masked.
    pub identifier: String,
    /// Who issued the certificate.
    pub issuer: String,
    pub valid_from: Option<Instant>,
    pub valid_to: Option<Instant>,
    /// When, by the clock of who signed.
    pub claimed_at: Option<Instant>,
    pub content: ContentCheck,
    pub key: KeyCheck,
    /// Bytes that were added to the file after this signature.
    pub appended: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    Person,
    /// Of an organisation or an office.
    Seal,
    /// The minister's seal under a „podpis zaufany”: the file says beside it for whom.
    Trusted,
    Timestamp,
}

/// The covered bytes against the digest that was signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentCheck {
    Unchanged,
    Changed,
    NotChecked,
}

/// The signature against the key of its certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyCheck {
    Fits,
    DoesNotFit,
    NotChecked,
}

impl PdfSignature {
    /// Nothing that was computed speaks against it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.content != ContentCheck::Changed && self.key != KeyCheck::DoesNotFit
    }
}

impl Signatures {
    /// Reads the signatures of a PDF, in the order of the file.
    #[must_use]
    pub fn of(pdf: &[u8]) -> Signatures {
        let (mut out, mut uncovered, mut gaps) = (Signatures::default(), pdf.len(), Vec::new());
        for place in place::places(pdf) {
            let gap = place.as_ref().map(|place| place.covered[0].len());
            if gap.is_some() && gaps.contains(&gap) {
                continue; // the same signature once more
            }
            gaps.push(gap);
            let read = place.filter(|_| out.found.len() < MOST).and_then(|place| Some((read(&place)?, place.appended)));
            match read {
                Some((signatures, appended)) => {
                    out.found.extend(signatures);
                    uncovered = uncovered.min(appended);
                }
                None => out.unreadable += 1,
            }
        }
        if !out.found.is_empty() {
            out.uncovered = uncovered;
        }
        out
    }

    /// Nothing at all was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unreadable == 0
    }
}

fn read(place: &Place<'_>) -> Option<Vec<PdfSignature>> {
    let kind = dictionary::name(&place.dictionary, b"/SubFilter").unwrap_or_default();
    let (timestamp, detached) = (kind == "ETSI.RFC3161", kind.ends_with(".detached"));
    let signers = cms::signers(&place.contents)?;
    let one = |signer: &cms::Signer<'_>| {
        let (kind, name) = if timestamp {
            (SignatureKind::Timestamp, signer.certificate.common_name())
        } else {
            owner(&signer.certificate, &place.dictionary)
        };
        PdfSignature {
            kind,
            signer: name,
            identifier: match kind {
                SignatureKind::Person => words::identifier(&signer.certificate.number().unwrap_or_default()),
                SignatureKind::Seal | SignatureKind::Trusted | SignatureKind::Timestamp => String::new(),
            },
            issuer: signer.certificate.issued_by(),
            valid_from: signer.certificate.valid_from,
            valid_to: signer.certificate.valid_to,
            claimed_at: signer.signed_at.or_else(|| dictionary::time(&place.dictionary, b"/M")),
            // The other kinds sign a digest of a digest.
            content: if detached { verify::content(signer, place.covered) } else { ContentCheck::NotChecked },
            key: verify::key(signer),
            appended: place.appended,
        }
    };
    Some(signers.iter().map(one).collect())
}

/// Whose signature it is, and the name.
fn owner(certificate: &Certificate<'_>, dictionary: &[u8]) -> (SignatureKind, String) {
    if let Some(name) = certificate.person() {
        return (SignatureKind::Person, name);
    }
    let name = certificate.common_name();
    if name.to_lowercase().contains("podpisu zaufanego") {
        let reason = dictionary::text(dictionary, b"/Reason").unwrap_or_default();
        return (SignatureKind::Trusted, words::on_behalf_of(&reason).unwrap_or_default());
    }
    let seal = certificate.organisation().is_some() && certificate.number().is_none();
    (if seal { SignatureKind::Seal } else { SignatureKind::Person }, name)
}
