use crate::web::Entry;

/// The lines of the route table.
#[must_use]
pub fn entries() -> Vec<Entry> {
    Vec::new()
}
