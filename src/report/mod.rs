//! The report of the contractor on annex 5 of Dz.U. 2018 poz. 2057, with the ledger
//! of hours behind it.
//!
//! Who acts: the organisation describes the task, enters what it spent and when each
//! group met (in a form or from a workbook), and files the report; an officer of the
//! office sends it back with reasons or accepts it. What comes in is the signed
//! contract; what goes out, besides the accepted report, is the ledger that the cap
//! and the settlement are counted from.
//!
//! Every check is a [`crate::law::Finding`] with its place. Missing parts and sums that
//! cannot be true stop the filing, and so do hours that overlap; all other findings stay
//! with the report, and the office writes down why it accepts it in spite of them.
//!
//! Basis: UDPP art. 18; contract § 6 and § 9; upz art. 62a ust. 5 and 62c ust. 3 or
//! uor2025 art. 200, by the rule set that the call froze.

mod accept;
mod expected;
pub mod fees;
mod hours;
mod letters;
pub mod model;
pub mod pages;
mod pay_tranche;
pub mod performed;
pub mod rules;
mod save;
mod send_back;
pub mod sheet;
mod start;
pub mod store;
mod submit;

pub use accept::accept;
pub use expected::expected;
pub use fees::{FeesTaken, taken_and_spent};
pub use hours::put_hours;
pub use letters::letters_text;
pub use model::*;
pub use pay_tranche::pay_tranche;
pub use rules::{findings, stops_filing};
pub use save::save;
pub use send_back::send_back;
pub use start::start;
pub use submit::submit;
