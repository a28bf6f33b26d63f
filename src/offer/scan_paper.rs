//! A signed confirmation that was kept while the scanner was away is scanned when it answers again; the job comes every
//! minute until it does. The row of a confirmation never changes, so the verdict is a row of the log, under the digest
//! of the file.

use serde::{Deserialize, Serialize};

use super::confirmation::{Confirmation, ConfirmationState, Scanned, confirm_due};
use super::model::OfferState;
use super::store::{self, confirmations};
use crate::account;
use crate::audit::{self, Deed};
use crate::call;
use crate::error::AppError;
use crate::jobs::{self, Outside};
use crate::law::{Instant, left, show_deadline};
use crate::mail;
use crate::store::{DocumentId, Files, OfferId, Read, Scanner, Store, Tx, Verdict, parse_json};

/// The name of the work in the table of jobs.
const SCAN_PAPER: &str = "offer.confirmation.scan";
/// The verdicts in the log.
pub(super) const CLEAN: &str = "offer.confirmation.clean";
pub(super) const INFECTED: &str = "offer.confirmation.infected";

#[derive(Serialize, Deserialize)]
struct Paper {
    offer: OfferId,
    document: DocumentId,
}

#[derive(Serialize)]
struct Letter<'a> {
    org: &'a str,
    number: &'a str,
    file: &'a str,
    malware: &'a str,
    deadline: String,
    left: String,
    late: bool,
}

/// Puts the work for a confirmation that came unscanned.
///
/// # Errors
/// Those of the database.
pub(super) fn plan(tx: &mut Tx<'_>, given: &Confirmation, now: Instant) -> Result<(), AppError> {
    let paper = Paper { offer: given.offer.clone(), document: given.document.clone() };
    jobs::put_named(tx, SCAN_PAPER, given.document.as_str(), &paper, now)
}

/// The work itself. Without a scanner in the configuration the office has decided not to scan.
#[must_use]
pub fn scan_paper_work(files: Files, scanner: Option<Scanner>) -> Outside {
    Outside {
        name: SCAN_PAPER,
        run: Box::new(move |store, payload, now| scan(store, &files, scanner.as_ref(), payload, now)),
    }
}

fn scan(store: &Store, files: &Files, scanner: Option<&Scanner>, payload: &str, now: Instant) -> Result<(), AppError> {
    let paper: Paper = parse_json(payload)?;
    let Some(given) = store.read(|r| waiting(r, &paper))? else { return Ok(()) };
    let verdict = match scanner {
        Some(scanner) => scanner.scan(&files.get(&given.content.file_sha256)?),
        None => Verdict::Clean,
    };
    store.write(|tx| judge(tx, &paper, verdict, now))
}

fn waiting(r: &mut Read<'_>, paper: &Paper) -> Result<Option<Confirmation>, AppError> {
    let mut given = confirmations::of_offer(r, &paper.offer)?.into_iter();
    Ok(given.find(|c| c.document == paper.document && c.scanned == Scanned::Waiting))
}

fn judge(tx: &mut Tx<'_>, paper: &Paper, verdict: Verdict, now: Instant) -> Result<(), AppError> {
    let Some(given) = waiting(tx, paper)? else { return Ok(()) };
    let file = &given.content.file_name;
    let (deed, detail) = match &verdict {
        Verdict::Clean => {
            (CLEAN, format!("Sprawdzono podpisane potwierdzenie „{file}”: bez złośliwego oprogramowania."))
        }
        Verdict::Infected(what) => {
            (INFECTED, format!("W podpisanym potwierdzeniu „{file}” jest złośliwe oprogramowanie: {what}."))
        }
        Verdict::Away(why) => return Err(AppError::Unavailable(why.clone())),
    };
    let deed = Deed {
        actor: "program antywirusowy",
        deed,
        object_kind: "offer",
        object_id: paper.offer.as_str(),
        before: String::new(),
        after: given.content.file_sha256.clone(),
        detail,
    };
    audit::append(tx, deed, now);
    match &verdict {
        Verdict::Infected(what) => tell(tx, &given, what, now),
        Verdict::Clean | Verdict::Away(_) => Ok(()),
    }
}

/// To everyone of the organisation that leads the offer, which attaches the file; unless another one took its place or
/// nobody waits for it any more.
fn tell(tx: &mut Tx<'_>, infected: &Confirmation, malware: &str, now: Instant) -> Result<(), AppError> {
    let offer = store::find(tx, &infected.offer)?;
    let call = call::store::find(tx, &offer.call)?;
    let Some(due) = confirm_due(&call, &offer.org).filter(|_| offer.state != OfferState::Withdrawn) else {
        return Ok(());
    };
    let mut given = confirmations::of_offer(tx, &offer.id)?;
    // The verdict is in the log only when this transaction is.
    for same in given.iter_mut().filter(|c| c.content.file_sha256 == infected.content.file_sha256) {
        same.scanned = Scanned::Infected;
    }
    if !ConfirmationState::of(due, offer.frozen_no, &given, now).is_open() {
        return Ok(());
    }
    let letter = Letter {
        org: &offer.org_name,
        number: offer.number.as_deref().unwrap_or_default(),
        file: &infected.content.file_name,
        malware,
        deadline: show_deadline(due),
        left: left(now, due),
        late: now >= due,
    };
    let to = account::addresses(tx, &offer.org)?;
    mail::put_each(tx, &to, "offer_confirmation_infected", offer.id.as_str(), &letter, now)
}
