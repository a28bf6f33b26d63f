//! Files in quarantine are scanned when the scanner answers again; the job comes every
//! minute until it does.

use super::attach::infected;
use super::attachment::{Attachment, AttachmentState};
use super::store;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::jobs::Outside;
use crate::law::Instant;
use crate::store::{AttachmentId, Files, Scanner, Store, Tx, Verdict, parse_json};

/// The name of the work in the table of jobs.
pub const SCAN: &str = "offer.attachment.scan";

/// The work itself. Without a scanner in the configuration, waiting files are let through:
/// the office has decided not to scan.
#[must_use]
pub fn scan_work(files: Files, scanner: Option<Scanner>) -> Outside {
    Outside {
        name: SCAN,
        run: Box::new(move |store, payload, now| scan(store, &files, scanner.as_ref(), payload, now)),
    }
}

fn scan(store: &Store, files: &Files, scanner: Option<&Scanner>, payload: &str, now: Instant) -> Result<(), AppError> {
    let id: AttachmentId = parse_json(payload)?;
    let waiting = store.read(|r| store::attachment(r, &id))?;
    if waiting.state != AttachmentState::Quarantined || waiting.removed_at.is_some() {
        return Ok(());
    }
    let verdict = match scanner {
        Some(scanner) => scanner.scan(&files.get(&waiting.sha256)?),
        None => Verdict::Clean,
    };
    store.write(|tx| judge(tx, &id, verdict, now))
}

/// Lets a waiting file in, or refuses it with what was found.
///
/// # Errors
/// `Unavailable` when the scanner gave no verdict, `Stale` when the file was removed meanwhile.
pub fn judge(tx: &mut Tx<'_>, id: &AttachmentId, verdict: Verdict, now: Instant) -> Result<(), AppError> {
    let waiting = store::attachment(tx, id)?;
    if waiting.state != AttachmentState::Quarantined {
        return Ok(());
    }
    let (state, reason, deed) = match verdict {
        Verdict::Clean => (AttachmentState::Accepted, String::new(), "offer.attachment.clean"),
        Verdict::Infected(name) => (AttachmentState::Refused, infected(&name), "offer.attachment.refuse"),
        Verdict::Away(why) => return Err(AppError::Unavailable(why)),
    };
    let judged = Attachment { state, reason, ..waiting };
    store::save_attachment(tx, &judged)?;
    let detail = match state {
        AttachmentState::Refused => format!("Odrzucono załącznik: „{}” – {}", judged.name, judged.reason),
        AttachmentState::Accepted | AttachmentState::Quarantined => {
            format!("Sprawdzono i dołączono załącznik „{}” (SHA-256 {})", judged.name, judged.sha256)
        }
    };
    let deed = Deed {
        actor: "program antywirusowy",
        deed,
        object_kind: "offer",
        object_id: judged.offer.as_str(),
        before: String::new(),
        after: String::new(),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}
