//! The forms of a call, one a part: fields out of content, content out of fields.

mod fill;
mod names;
mod read;

pub use fill::fields_of;
pub use names::name_of;
pub use read::content_of;

use crate::call::Part;

/// The tables of a part's form.
pub fn tables(part: Part) -> &'static [&'static str] {
    match part {
        Part::Card => &["criteria"],
        Part::Attachments => &["attachments"],
        Part::Formal => &["formal"],
        Part::Money => &["tranches"],
        Part::Programme | Part::Preconditions | Part::Elements | Part::Terms | Part::Correction | Part::Committee => {
            &[]
        }
    }
}
