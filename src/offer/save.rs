//! A member of the organisation saves a draft, or changes of a submitted offer; gaps are fine, lost updates are not.

use super::advance::{Line, log, member, sealed};
use super::attach::files_changed;
use super::model::{Offer, OfferAction, OfferContent, OfferState};
use super::{rules, store};
use crate::account::Actor;
use crate::call;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{OfferId, Tx, instant, naive};

/// Saves the whole content; `seen` is the version the writer looked at. Returns the new version.
/// Of a submitted offer only the pending changes are written: what was submitted stays in force.
///
/// # Errors
/// `NotFound` for a stranger, `Stale` when somebody saved meanwhile, `Refused` when the offer cannot
/// be changed any more (R-OFF-16, R-OFF-TERM).
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &OfferId,
    seen: i64,
    content: OfferContent,
    now: Instant,
) -> Result<i64, AppError> {
    let before = store::find(tx, id)?;
    member(by, &before)?;
    Ok(keep(tx, by, before, seen, content, Said::deed("offer.save"), now)?.version)
}

/// What the log says of a save: the deed, and what was saved.
pub(super) struct Said {
    deed: &'static str,
    what: String,
    /// `what` is all there is to say, whatever the state of the offer.
    whole: bool,
}

/// What the log says of a part, whoever saved it and however.
#[must_use]
pub fn saved_part(title: &str) -> String {
    format!("Zapisano część: {title}")
}

impl Said {
    pub(super) fn deed(deed: &'static str) -> Said {
        Said { deed, what: "Zapisano ofertę".to_owned(), whole: false }
    }

    pub(super) fn part(deed: &'static str, title: &str) -> Said {
        Said { deed, what: saved_part(title), whole: false }
    }

    pub(super) fn with(deed: &'static str, detail: String) -> Said {
        Said { deed, what: detail, whole: true }
    }
}

/// The same of the part of one offeror.
#[must_use]
pub fn saved_share(name: &str) -> String {
    format!("Zapisano część oferenta {name}")
}

/// A save that is worked out and only has to be written.
pub(super) struct Ready {
    after: Offer,
    texts: store::Texts,
    line: Line,
}

impl Ready {
    /// Of `after`, which has the version that was found; `before` is the digest of what was worked on until now.
    fn new(after: Offer, before: String, deed: &'static str, detail: String) -> Result<Ready, AppError> {
        let texts = store::Texts::of(&after)?;
        let line = Line { deed, before, after: texts.digest(), detail };
        Ok(Ready { after, texts, line })
    }

    /// A draft with this content; `sealed` is the digest of what it said.
    ///
    /// # Errors
    /// `Refused` when the offer cannot be changed any more (R-OFF-16).
    pub(super) fn draft(draft: Offer, sealed: String, content: OfferContent, said: Said) -> Result<Ready, AppError> {
        let state = draft.state.after(OfferAction::Edit)?;
        let grant = content.sources.grant;
        Ready::new(Offer { state, grant, content, ..draft }, sealed, said.deed, said.what)
    }

    /// Writes it; returns the offer as it is then.
    ///
    /// # Errors
    /// `Stale` when the offer was changed since it was found.
    pub(super) fn write(self, tx: &mut Tx<'_>, by: &Actor, now: Instant) -> Result<Offer, AppError> {
        let Ready { after, texts, line } = self;
        store::save_texts(tx, &after, texts, now)?;
        log(tx, by, &after, line, now);
        Ok(Offer { version: after.version + 1, updated_at: instant(naive(now)), ..after })
    }
}

/// The same under the name of another deed, of the offer as it was found; the caller has looked at who acts.
/// Returns it as it is then.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    by: &Actor,
    before: Offer,
    seen: i64,
    content: OfferContent,
    said: Said,
    now: Instant,
) -> Result<Offer, AppError> {
    let state = before.state.after(OfferAction::Edit)?;
    if before.version != seen {
        return Err(AppError::Stale);
    }
    let sealed = sealed(before.working())?;
    if before.state == OfferState::Draft {
        return Ready::draft(before, sealed, content, said)?.write(tx, by, now);
    }
    let call = call::store::find(tx, &before.call)?;
    rules::deadline(&call, &before.org, now).map_err(AppError::refused)?;
    let changed = content != before.content || files_changed(tx, &before)?;
    let draft = changed.then_some(content);
    let detail = match said.whole {
        true => said.what,
        false => format!("{} – zmiany do złożenia; obowiązuje wersja {}", said.what, before.frozen_no),
    };
    Ready::new(Offer { state, draft, ..before }, sealed, said.deed, detail)?.write(tx, by, now)
}
