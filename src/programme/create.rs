//! An officer begins a programme.

use super::model::{Begun, Programme, ProgrammeContent, ProgrammeState};
use super::save::remember;
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::store::{ProgrammeId, Read, Tx, digest, tables, to_json};

/// Keeps a new programme as a draft. The same person sending the same again (a double click, a retry, "back" and the
/// button once more) gets the draft that is there, as long as nobody has saved it since.
///
/// # Errors
/// `Invalid` without a title or with unknown rules.
pub fn create(
    tx: &mut Tx<'_>,
    by: &Actor,
    content: ProgrammeContent,
    now: Instant,
) -> Result<Begun<ProgrammeId>, AppError> {
    check_head(tx, &content)?;
    let mut content = ProgrammeContent { prepared_by: Vec::new(), ..content };
    remember(&mut content.prepared_by, by);
    let drafts = store::untouched(tx, by.log_name())?;
    if let Some((twin, at)) = drafts.into_iter().find(|(draft, _)| draft.content == content) {
        return Ok(Begun::earlier(twin.id, at));
    }
    let programme = Programme { id: ProgrammeId::new(), state: ProgrammeState::Draft, version: 0, content };
    store::insert(tx, &programme, by.log_name(), now)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "programme.create",
        object_kind: "programme",
        object_id: programme.id.as_str(),
        before: String::new(),
        after: digest(&to_json(&programme.content)?),
        detail: format!("Założono program „{}”.", programme.content.title),
    };
    audit::append(tx, deed, now);
    Ok(Begun::now(programme.id))
}

/// What even a draft must have.
pub(super) fn check_head(r: &mut Read<'_>, content: &ProgrammeContent) -> Result<(), AppError> {
    let mut errors = FieldErrors::new();
    if content.title.trim().is_empty() {
        errors.add("title", "Uzupełnij pole „Nazwa programu”.");
    }
    match tables::rule_set(r, &content.rules) {
        Ok(_) => {}
        Err(AppError::NotFound) => errors.add("rules", "Wybierz zasady (podstawę prawną) programu."),
        Err(e) => return Err(e),
    }
    errors.finish(Some(()))
}
