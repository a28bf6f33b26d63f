//! Sends what is due: over SMTP, or into a folder when no server is configured.

use std::path::PathBuf;

use chrono::Duration;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Message as Mime, SmtpTransport, Transport};

use super::outbox::{self, Letter};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::Store;

/// After so many failures a letter is dead and waits for a person.
const ATTEMPTS: i64 = 10;

/// How letters leave the house.
#[derive(Clone)]
pub enum Mailer {
    Smtp { transport: SmtpTransport, from: String },
    Folder { path: PathBuf, from: String },
}

/// What one run did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ran {
    pub done: usize,
    pub failed: usize,
}

impl Mailer {
    /// An SMTP server by URL: `smtps://user:pass@host`, `smtp://host:587?tls=required`, `smtp://127.0.0.1:2525`.
    ///
    /// # Errors
    /// `Internal` when the URL cannot be read.
    pub fn smtp(url: &str, from: &str) -> Result<Mailer, AppError> {
        let builder = SmtpTransport::from_url(url).map_err(|e| AppError::internal(format!("smtp.url: {e}")))?;
        let transport = builder.timeout(Some(std::time::Duration::from_secs(20))).build();
        Ok(Mailer::Smtp { transport, from: from.to_owned() })
    }

    /// The same with a name and a password kept apart from the URL.
    ///
    /// # Errors
    /// `Internal` when the URL cannot be read.
    pub fn smtp_with(url: &str, from: &str, user: String, password: String) -> Result<Mailer, AppError> {
        let builder = SmtpTransport::from_url(url).map_err(|e| AppError::internal(format!("smtp.url: {e}")))?;
        let transport = builder
            .credentials(Credentials::new(user, password))
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        Ok(Mailer::Smtp { transport, from: from.to_owned() })
    }

    fn send(&self, letter: &Letter, now: Instant) -> Result<(), String> {
        let from = match self {
            Mailer::Smtp { from, .. } | Mailer::Folder { from, .. } => from,
        };
        let mime = mime(letter, from, now)?;
        match self {
            Mailer::Smtp { transport, .. } => transport.send(&mime).map(|_| ()).map_err(|e| e.to_string()),
            Mailer::Folder { path, .. } => {
                std::fs::create_dir_all(path).map_err(|e| e.to_string())?;
                std::fs::write(path.join(format!("{}.eml", letter.id)), mime.formatted()).map_err(|e| e.to_string())
            }
        }
    }
}

fn mime(letter: &Letter, from: &str, now: Instant) -> Result<Mime, String> {
    let from: Mailbox = from.parse().map_err(|e| format!("from: {e}"))?;
    let to: Mailbox = letter.to_addr.parse().map_err(|e| format!("to: {e}"))?;
    Mime::builder()
        .from(from)
        .to(to)
        .date(now.into())
        .message_id(Some(format!("<{}@konkurs>", letter.id)))
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|e| e.to_string())
}

/// The pause before attempt `attempts + 1`: 1, 2, 4 … minutes, at most 8 hours.
fn pause(attempts: i64) -> Duration {
    let power = u32::try_from(attempts.clamp(0, 9)).unwrap_or(9);
    Duration::minutes(i64::from(1_u32 << power).min(480))
}

/// Sends every letter that is due; each is claimed first, so two processes never
/// send the same one.
///
/// # Errors
/// Those of the database; a letter that cannot be sent is counted, not an error.
pub fn run_due(store: &Store, mailer: &Mailer, now: Instant) -> Result<Ran, AppError> {
    let mut ran = Ran::default();
    for letter in store.read(|r| outbox::due(r, now, 100))? {
        if !store.write(|tx| outbox::claim(tx, &letter, now + pause(letter.attempts)))? {
            continue;
        }
        match mailer.send(&letter, now) {
            Ok(()) => {
                store.write(|tx| outbox::sent(tx, &letter.id, now))?;
                ran.done += 1;
            }
            Err(why) => {
                let dead = (letter.attempts + 1 >= ATTEMPTS).then_some(now);
                tracing::warn!(letter = %letter.id, error = %why, "mail not sent");
                store.write(|tx| outbox::failed(tx, &letter.id, &why, dead))?;
                ran.failed += 1;
            }
        }
    }
    Ok(ran)
}
