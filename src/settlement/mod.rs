//! The settlement: what was paid, what was used, what has to come back and why.
//!
//! Who acts: finance reads the figures on one screen and in a workbook, records returns on
//! the contract, and closes the settlement when the final report is accepted and the money
//! is back. What comes in are the filed reports, their ledgers and the payments; what goes
//! out is the closed settlement with its figures, and the contract is settled.
//!
//! `to_return = max(0, paid − used) + ineligible + max(0, used − ineligible − cap)`, each part
//! with its legal class, because terms and interest differ.
//!
//! Basis: contract § 10; ufp art. 251 and 252 accordingly; the cap of the rule set that the
//! call froze, counted with the same function as in the report.

mod close;
mod figures;
mod interest;
pub mod model;
pub mod pages;
pub mod sheet;
mod sheet_fees;
mod sheet_money;
mod sheet_rows;
pub mod store;

pub use close::{close, missing};
pub use figures::{figures, figures_of};
pub use interest::{Late, late};
pub use model::*;
