//! Renders a message from its template.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use crate::error::AppError;

#[derive(RustEmbed)]
#[folder = "templates/mail/"]
struct Texts;

static TERA: LazyLock<Result<Tera, String>> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on(Vec::<&'static str>::new());
    let texts = Texts::iter().filter_map(|name| {
        let file = Texts::get(&name)?;
        Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
    });
    tera.add_raw_templates(texts.collect::<Vec<_>>()).map_err(|e| e.to_string())?;
    Ok(tera)
});

/// What letters are about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub id: &'a str,
    /// Whether it belongs to a rehearsal, from who has read that; otherwise it is looked up.
    pub trial: Option<bool>,
}

impl<'a> From<&'a str> for About<'a> {
    fn from(id: &'a str) -> About<'a> {
        About { id, trial: None }
    }
}

/// A message ready for the outbox. `kind` is the name of its template.
#[derive(Clone, Debug)]
pub struct Message {
    pub to: String,
    pub kind: &'static str,
    pub subject: String,
    pub body: String,
    pub object_id: String,
}

/// Renders `templates/mail/{kind}.txt` with `view`.
///
/// # Errors
/// `Internal` when the template is missing or asks for what the view has not.
pub fn render<V: Serialize>(to: &str, kind: &'static str, object_id: &str, view: &V) -> Result<Message, AppError> {
    let tera = TERA.as_ref().map_err(|e| AppError::internal(format!("mail templates: {e}")))?;
    let context = Context::from_serialize(view).map_err(|e| AppError::internal(e.to_string()))?;
    let text = tera.render(&format!("{kind}.txt"), &context).map_err(|e| AppError::internal(format!("{kind}: {e}")))?;
    let (subject, body) = text.split_once('\n').unwrap_or((text.as_str(), ""));
    Ok(Message {
        to: to.to_owned(),
        kind,
        subject: subject.trim().to_owned(),
        body: body.trim_start().to_owned(),
        object_id: object_id.to_owned(),
    })
}
