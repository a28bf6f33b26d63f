//! What stands behind a contest: the programme.
//!
//! Who acts: an officer writes it down and confirms it. What comes in: gminas with the answers of
//! their OPS, editions, groups, the opinion of the county labour-market council (PRRP), the plan of the
//! Labour Fund, topics. What goes out: a programme that calls may be made from, and after the classes
//! its outcomes with the checker's remarks (C-01 … C-12).
//!
//! Legal basis: art. 62a–62c of the act of 20.04.2004 for PAI, art. 198–200 of the act of 20.03.2025 for
//! its successor (RSD); a local programme names its own and gets its own rule set here.

mod confirm;
mod create;
mod local;
pub mod model;
mod outcomes;
pub mod pages;
pub mod rules;
mod save;
pub mod store;

pub use confirm::confirm;
pub use create::create;
pub use local::define_local;
pub use model::*;
pub use outcomes::record_outcomes;
pub use save::{facts_digest, remember, save};
