//! The document of a contract is checked, frozen and kept.

use super::model::{Contract, ContractAction, ContractContent};
use super::{at_version, moved, propose, record, rules, store};
use crate::account::Actor;
use crate::award;
use crate::error::AppError;
use crate::law::{Finding, Instant, Money, blocks, show_date, warsaw_date};
use crate::mail;
use crate::store::{ContractId, DocumentId, Read, Tx, digest, documents, naive, tables, to_json};

/// A PDF whose bytes are kept already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    pub id: DocumentId,
    pub sha256: String,
    /// Bytes.
    pub size: i64,
}

/// SHA-256 of the canonical content, as the document prints it.
///
/// # Errors
/// `Internal` for a value JSON cannot hold.
pub fn content_hash(content: &ContractContent) -> Result<String, AppError> {
    Ok(digest(&to_json(content)?))
}

/// Freezes the content that `document` was printed from.
///
/// # Errors
/// `Refused` with every finding when one blocks; `Stale` when the content changed since
/// the document was printed; `Forbidden` in another state.
pub fn generate(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ContractId,
    seen: i64,
    document: NewDocument,
    now: Instant,
) -> Result<(), AppError> {
    let before = at_version(tx, id, seen)?;
    let state = moved(&before, ContractAction::Generate)?;
    let findings = findings(tx, &before, now)?;
    if blocks(&findings) {
        return Err(AppError::Refused(findings));
    }
    documents::insert(tx, &row(&before, &document, by, now))?;
    let sha256 = content_hash(&before.content)?;
    let detail = format!("Wygenerowano dokument umowy do podpisu; suma kontrolna treści {sha256}");
    let after = Contract { state, sha256: Some(sha256), document: Some(document.id), ..before.clone() };
    store::save(tx, &after)?;
    record(tx, by, "contract.generate", (&before, &after), detail, now)?;
    let to = &after.content.contractor.details.email;
    if to.is_empty() {
        return Ok(());
    }
    let message = mail::render(to, "contract_ready", id.as_str(), &super::sign::Letter::of(&after))?;
    mail::put(tx, message, now)
}

/// Everything there is to say about a contract before it is printed.
///
/// # Errors
/// Those of the database.
pub fn findings(r: &mut Read<'_>, contract: &Contract, now: Instant) -> Result<Vec<Finding>, AppError> {
    let award = award::store::of_call(r, &contract.call)?;
    let awarded = award
        .as_ref()
        .and_then(|a| a.content.lines.iter().find(|l| l.offer == contract.offer))
        .map_or(Money::ZERO, |l| l.granted);
    let mut out = rules::check(&contract.content, awarded);
    out.extend(rate_of_the_day(r, contract, now)?);
    Ok(out)
}

/// The contract states the rate of its day: another day's wage gives another rate (R-CAP-01).
/// Basis: the rule set's own. Date: today, the expected day of the contract.
fn rate_of_the_day(r: &mut Read<'_>, contract: &Contract, now: Instant) -> Result<Option<Finding>, AppError> {
    let tables = tables::tables(r)?;
    check_rate(&tables, contract, warsaw_date(now))
}

pub(super) fn check_rate(
    tables: &crate::law::Tables,
    contract: &Contract,
    on: chrono::NaiveDate,
) -> Result<Option<Finding>, AppError> {
    let c = &contract.content;
    let rate = match propose::cap_terms(&c.rules, tables, on, &c.terms) {
        Ok(cap) => cap.rate,
        Err(AppError::Refused(findings)) => return Ok(findings.into_iter().next()),
        Err(other) => return Err(other),
    };
    Ok((rate != c.cap.rate).then(|| {
        Finding::block("R-CAP-01")
            .at("§ 3, stawka godzinowa")
            .found(format!("Umowa podaje stawkę {}.", c.cap.rate))
            .limit(format!("W dniu {} obowiązuje {rate}.", show_date(on)))
            .basis(c.cap.basis.clone())
            .hint("Otwórz edycję i zapisz umowę: stawka zostanie ustalona na nowo. Potem wygeneruj dokument.")
    }))
}

fn row(contract: &Contract, document: &NewDocument, by: &Actor, now: Instant) -> documents::Document {
    documents::Document {
        id: document.id.clone(),
        owner_kind: "contract".into(),
        owner_id: contract.id.to_string(),
        kind: "contract".into(),
        name: format!("umowa-{}.pdf", contract.number.replace('/', "-")),
        media_type: "application/pdf".into(),
        size: document.size,
        sha256: document.sha256.clone(),
        created_at: naive(now),
        created_by: by.log_name().to_owned(),
    }
}
