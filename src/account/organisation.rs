//! An organisation changes what it says of itself. Submitted offers keep what
//! they were submitted with.

use super::content::Organisation;
use super::identifiers::{self, Identifiers};
use super::model::Actor;
use super::{sample, store};
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Tx, digest, to_json};

/// Saves the organisation as `changed`; its `version` is the one the writer saw. Its documents
/// are not touched: they come and go one by one. A sample organisation keeps its invented numbers and
/// the mark in its name.
///
/// # Errors
/// `Stale` when somebody else saved meanwhile, `Invalid` for other numbers once an offer was submitted, `Taken` for
/// a NIP that another organisation has.
pub fn update_organisation(tx: &mut Tx<'_>, by: &Actor, changed: &Organisation, now: Instant) -> Result<(), AppError> {
    store::lock_organisation(tx, &changed.id)?;
    let before = store::organisation(tx, &changed.id)?;
    let mut changed = changed.clone();
    changed.content.documents.clone_from(&before.content.documents);
    if before.test {
        sample::keep_apart(&before, &mut changed);
    }
    let (old, new) = (Identifiers::of(&before), Identifiers::of(&changed));
    identifiers::free(tx, &changed.id, &old, &new)?;
    store::save_organisation(tx, &changed)?;
    let numbers = identifiers::changes_text(&old, &new);
    let deed = Deed {
        actor: by.log_name(),
        deed: "account.organisation",
        object_kind: "organisation",
        object_id: changed.id.as_str(),
        before: digest(&to_json(&before.content)?),
        after: digest(&to_json(&changed.content)?),
        detail: ["Zmieniono dane organizacji", &numbers].join(if numbers.is_empty() { "" } else { ": " }),
    };
    audit::append(tx, deed, now);
    Ok(())
}
