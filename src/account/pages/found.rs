//! The list of organisations in which one is found by name or number.

use serde::Serialize;

use crate::account::store::Registered;
use crate::law::{Nip, folded, polish_order};

/// Lines of one list; the rest is found by typing.
const SHOWN: usize = 200;

#[derive(Serialize)]
struct Line {
    href: String,
    name: String,
    nip: String,
    krs: String,
}

/// For `account/_organisations.html`.
#[derive(Serialize)]
pub struct Found {
    typed: String,
    lines: Vec<Line>,
    found: usize,
    shown: usize,
}

impl Found {
    /// Those whose name or number has every word of `typed`, in Polish order; each leads to its place under `at`.
    #[must_use]
    pub fn of(mut all: Vec<Registered>, typed: String, at: &str) -> Found {
        all.sort_by_cached_key(|(_, name, ..)| polish_order(name));
        let words = folded(&typed);
        let mut lines: Vec<Line> = all
            .into_iter()
            .filter(|(_, name, nip, krs)| {
                let text = folded(&format!("{name} {nip} {}", krs.as_deref().unwrap_or_default()));
                words.split_whitespace().all(|word| text.contains(word))
            })
            .map(|(id, name, nip, krs)| Line {
                href: format!("{at}/{id}"),
                name,
                nip: Nip::parse(&nip).map_or(nip, |n| n.to_string()),
                krs: krs.unwrap_or_default(),
            })
            .collect();
        let found = lines.len();
        lines.truncate(SHOWN);
        Found { typed, shown: lines.len(), lines, found }
    }
}
