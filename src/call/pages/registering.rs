//! The register of changes as pages show it.

use serde::Serialize;

use crate::call::{Change, rules};
use crate::law::{show_deadline, show_instant};

#[derive(Serialize)]
struct FieldRow {
    label: String,
    before: String,
    after: String,
}

/// One change, for `call/_register.html`.
#[derive(Serialize)]
pub struct ChangeView {
    title: String,
    published: String,
    kind: String,
    reason: String,
    moved: bool,
    old_deadline: String,
    deadline: String,
    fields: Vec<FieldRow>,
    places: String,
    hash: String,
}

/// The changes, newest first.
pub fn changes_view(changes: &[Change]) -> Vec<ChangeView> {
    let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let view = |c: &Change| ChangeView {
        title: format!("Zmiana nr {}", c.no - 1),
        published: show_instant(c.published),
        kind: if c.kind == rules::AmendmentKind::Nothing { String::new() } else { c.kind.says() },
        reason: c.reason.clone(),
        moved: c.old_deadline != c.deadline,
        old_deadline: show_deadline(c.old_deadline),
        deadline: show_deadline(c.deadline),
        fields: c
            .fields
            .iter()
            .map(|(label, before, after)| FieldRow {
                label: label.clone(),
                before: or(before, "(nie było)"),
                after: or(after, "(usunięto)"),
            })
            .collect(),
        places: c
            .places
            .iter()
            .map(|p| format!("{} – {}, {}", p.place.label(), p.when(), p.by))
            .collect::<Vec<_>>()
            .join("; "),
        hash: c.sha256.clone(),
    };
    changes.iter().rev().map(view).collect()
}
