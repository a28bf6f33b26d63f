//! The register of changes: what every later announcement changed, for the public page, the documents of the
//! announcement and the office.

use super::model::{Call, CallContent, CallVersion, Notice, Publication, last_shown};
use super::rules::{self, AfterPublication, AmendmentKind};
use super::store;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Read, parse_json};

/// One change of an announcement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Number of the announcement, from 2.
    pub no: i64,
    /// When the last of its places showed it.
    pub published: Instant,
    /// Who put it into its places, each name once.
    pub by: String,
    pub reason: String,
    pub old_deadline: Instant,
    pub deadline: Instant,
    /// Label, before, after.
    pub fields: Vec<(String, String, String)>,
    pub kind: AmendmentKind,
    pub places: Vec<Publication>,
    /// Of the frozen terms.
    pub sha256: String,
}

/// The changes of a call, the first one first; empty for an announcement that was never changed.
///
/// # Errors
/// Those of the database.
pub fn register(r: &mut Read<'_>, call: &Call) -> Result<Vec<Change>, AppError> {
    let versions = store::versions(r, &call.id)?;
    of_versions(&versions)
}

/// The same out of versions that were read already.
///
/// # Errors
/// `Internal` for a frozen text that cannot be read.
pub fn of_versions(versions: &[CallVersion]) -> Result<Vec<Change>, AppError> {
    let mut out = Vec::new();
    let mut before: Option<CallContent> = None;
    for v in versions {
        let content: CallContent = parse_json(&v.text)?;
        if let Some(old) = &before {
            out.push(change(v, old, &content));
        }
        before = Some(content);
    }
    Ok(out)
}

fn change(v: &CallVersion, old: &CallContent, new: &CallContent) -> Change {
    let end = |c: &CallContent| c.elements.deadline.and_then(|wall| rules::deadline_instant(wall).ok());
    let changes = rules::changes(old, new);
    Change {
        no: v.no,
        published: last_shown(&new.places, v.announced_at),
        by: names(&new.places),
        reason: v.reason.clone(),
        old_deadline: end(old).unwrap_or(v.announced_at),
        deadline: end(new).unwrap_or(v.announced_at),
        kind: AmendmentKind::of(&changes),
        fields: changes.into_iter().map(|c| (c.label, c.before, c.after)).collect(),
        places: new.places.clone(),
        sha256: v.sha256.clone(),
    }
}

pub(super) fn names(places: &[Publication]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for place in places {
        if !names.contains(&place.by.as_str()) {
            names.push(&place.by);
        }
    }
    names.join(", ")
}

/// The announcement from which the 21 days run: the last one that changed an element, or the first.
///
/// # Errors
/// `Internal` for a frozen text that cannot be read.
pub fn term_of(versions: &[CallVersion]) -> Result<Option<(CallContent, i64)>, AppError> {
    let changed = of_versions(versions)?;
    let last = changed.iter().rfind(|c| matches!(c.kind, AmendmentKind::NewTerm(_))).map(|c| c.no);
    let found = versions.iter().find(|v| Some(v.no) == last).or_else(|| versions.first());
    found.map(|v| Ok((parse_json(&v.text)?, v.no))).transpose()
}

/// What is known of the places of an announced call, for the rules about them.
#[must_use]
pub fn after_publication<'a>(
    call: &'a Call,
    term: Option<&'a (CallContent, i64)>,
    changes: &'a [Change],
    facts: &'a [Notice],
) -> Option<AfterPublication<'a>> {
    let (content, no) = term?;
    Some(AfterPublication {
        current: &call.content,
        term: (content, *no),
        later: changes.iter().map(|c| (c.no, c.places.as_slice())).collect(),
        deadline: call.deadline_at?,
        facts,
    })
}
