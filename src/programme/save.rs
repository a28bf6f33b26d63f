//! An officer changes a programme; a confirmed one becomes a draft again.

use super::create::check_head;
use super::model::{Preparer, Programme, ProgrammeAction, ProgrammeContent};
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{ProgrammeId, Tx, digest, to_json};

/// Saves the content over version `seen`.
///
/// # Errors
/// `Stale` when somebody saved meanwhile, `Invalid` without a title or with unknown rules.
pub fn save(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: &ProgrammeId,
    seen: i64,
    content: ProgrammeContent,
    now: Instant,
) -> Result<(), AppError> {
    let old = load(tx, id, seen)?;
    check_head(tx, &content)?;
    let mut content = ProgrammeContent { prepared_by: old.content.prepared_by.clone(), ..content };
    remember(&mut content.prepared_by, by);
    let detail = format!("Zmieniono program „{}”.", content.title);
    step(tx, by, &old, content, (ProgrammeAction::Edit, "programme.save"), detail, now)
}

/// The programme, when `seen` is its version still.
pub(super) fn load(tx: &mut Tx<'_>, id: &ProgrammeId, seen: i64) -> Result<Programme, AppError> {
    let programme = store::find(tx, id)?;
    if programme.version == seen { Ok(programme) } else { Err(AppError::Stale) }
}

/// Moves the state, saves and logs: the end of every verb of this stage.
pub(super) fn step(
    tx: &mut Tx<'_>,
    by: &Actor,
    old: &Programme,
    content: ProgrammeContent,
    (act, deed): (ProgrammeAction, &'static str),
    detail: String,
    now: Instant,
) -> Result<(), AppError> {
    let state = old.state.after(act).map_err(|e| AppError::forbidden(e.to_string()))?;
    let new = Programme { id: old.id.clone(), state, version: old.version, content };
    store::save(tx, &new)?;
    let deed = Deed {
        actor: by.log_name(),
        deed,
        object_kind: "programme",
        object_id: old.id.as_str(),
        before: digest(&to_json(&old.content)?),
        after: digest(&to_json(&new.content)?),
        detail,
    };
    audit::append(tx, deed, now);
    Ok(())
}

/// The digest of what a contest is announced on: everything of a programme but who wrote it down and what became of it
/// afterwards.
///
/// # Errors
/// `Internal` for a content that cannot be written.
pub fn facts_digest(content: &ProgrammeContent) -> Result<String, AppError> {
    let facts = ProgrammeContent { prepared_by: Vec::new(), outcomes: None, ..content.clone() };
    Ok(digest(&to_json(&facts)?))
}

/// Puts `by` on a list of those who prepared something, once.
pub fn remember(prepared_by: &mut Vec<Preparer>, by: &Actor) {
    let Some(person) = &by.person else { return };
    if !prepared_by.iter().any(|p| p.person == person.id) {
        prepared_by.push(Preparer { person: person.id.clone(), name: person.name.clone() });
    }
}
