//! The form in which an organisation answers the call to supplement its offer: its points as fields, and back.

use serde::Serialize;

use crate::offer::pages::declarations;
use crate::offer::{self, Attachment, AttachmentState, BESIDE};
use crate::review::model::{ACTIVITY, DECLARATIONS, Defect, Reply};
use crate::web::{Fields, shown_size};

#[derive(Serialize)]
struct FileLine {
    name: String,
    size: String,
    state: &'static str,
    tone: &'static str,
    reason: String,
    /// Empty for a file that is not handed out.
    href: String,
    remove: String,
}

/// Where a file is chosen.
#[derive(Serialize)]
struct PlaceView {
    field: String,
    label: String,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
pub(super) struct ItemForm {
    no: usize,
    question: String,
    missing: String,
    words: String,
    declarations: bool,
    /// The part VII of the partners of a joint offer is asked for as well.
    partners: bool,
    activity: bool,
    places: Vec<PlaceView>,
}

pub(super) fn file_href(a: &Attachment) -> String {
    format!("/oferty/{}/zalaczniki/plik/{}", a.offer, a.id)
}

fn file_line(a: &Attachment) -> FileLine {
    let tone = match a.state {
        AttachmentState::Accepted => "ok",
        AttachmentState::Quarantined => "warn",
        AttachmentState::Refused => "error",
    };
    FileLine {
        name: a.name.clone(),
        size: shown_size(a.size),
        state: a.state.label(),
        tone,
        reason: a.reason.clone(),
        href: if a.state == AttachmentState::Accepted { file_href(a) } else { String::new() },
        remove: format!("remove.{}", a.id),
    }
}

/// `file.attachments.statut` of the place `uzupelnienie:attachments.statut`.
pub(super) fn field_of(place: &str) -> String {
    format!("file.{}", place.strip_prefix(BESIDE).unwrap_or(place))
}

pub(super) fn item_form(d: &Defect, files: &[Attachment], joint: bool) -> ItemForm {
    let here = |key: &str| files.iter().filter(|a| a.key == key).map(file_line).collect();
    let place = |(key, label): (String, String)| PlaceView { files: here(&key), field: field_of(&key), label };
    ItemForm {
        no: d.no,
        question: d.question.clone(),
        missing: d.missing.clone(),
        words: format!("words.{}", d.key),
        declarations: d.key == DECLARATIONS,
        partners: d.key == DECLARATIONS && joint,
        activity: d.key == ACTIVITY,
        places: d.places().into_iter().map(place).collect(),
    }
}

/// What the form starts with: what was prepared.
pub(super) fn prepared(reply: &Reply) -> Fields {
    let mut out = Fields::default();
    for (key, text) in &reply.words {
        out.set(format!("words.{key}"), text.clone());
    }
    if let Some(paid) = reply.paid {
        out.set("paid", if paid { "yes" } else { "no" });
    }
    let Some(d) = &reply.declarations else { return out };
    let ticked = [
        ("public_benefit_only", d.public_benefit_only),
        ("paid_activity_only", d.paid_activity_only),
        ("data_agree", d.data_agree),
        ("all_true", d.all_true),
        ("data_protection", d.data_protection),
    ];
    let extra = d.extra.iter().enumerate().map(|(at, yes)| (format!("extra.{at}"), *yes));
    for (name, _) in ticked.into_iter().map(|(n, y)| (n.to_owned(), y)).chain(extra).filter(|(_, yes)| *yes) {
        out.set(name, "true");
    }
    for (name, owes) in [("tax_arrears", d.tax_arrears), ("social_arrears", d.social_arrears)] {
        if let Some(owes) = owes {
            out.set(name, if owes { "yes" } else { "no" });
        }
    }
    out.set("signed_by", d.signed_by.clone());
    out
}

/// What the form says, as far as it says it.
pub(super) fn reply_of(form: &Fields, organ: &str) -> Reply {
    let words = form.pairs().iter().filter_map(|(name, text)| Some((name.strip_prefix("words.")?, text.trim())));
    let extra = (0_usize..100).rev().find(|at| form.checked(&format!("extra.{at}"))).map_or(0, |last| last + 1);
    Reply {
        words: words
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .collect(),
        paid: match form.text("paid") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        declarations: form
            .has("declared")
            .then(|| offer::Declarations { organ: organ.to_owned(), ..declarations(form, extra) }),
    }
}
