//! How sure we are of a fact. A fact keeps its mark as data, so that a page can show it.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Read in the statute or another public source.
    Found,
    /// Seen only in a secondary witness that agrees.
    FoundWeak,
    /// From memory; check against the official text.
    Memory,
    /// Computed from marked facts.
    Derived,
    /// A decision of this product; no legal force.
    Product,
    /// Entered by an administrator of the office.
    Office,
}

impl Mark {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Found => "odczytane w źródle",
            Self::FoundWeak => "widziane tylko w źródle pośrednim",
            Self::Memory => "niesprawdzone z tekstem urzędowym",
            Self::Derived => "wyliczone z innych danych",
            Self::Product => "ustalenie przyjęte w programie, bez mocy prawnej",
            Self::Office => "wpisane przez administratora urzędu",
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
