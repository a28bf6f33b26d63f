//! The law as pure functions: money, time, identifiers, dated rule sets, findings, the cap, interest.
//!
//! Nothing here reads a clock, a database or a file. Every date a rule counts by is an argument, every
//! value that changes in time is a row with its first day, its source and its mark (how sure we are of
//! it). A check answers with [`finding::Finding`]s, never with a bare yes or no, so that the page, the
//! report and the settlement can all say what was found, what is allowed and by which provision.

pub mod calendar;
pub mod cap;
pub mod finding;
pub mod hours;
pub mod identifiers;
pub mod interest;
pub mod mark;
pub mod minutes;
pub mod money;
pub mod register;
pub mod rules;
pub mod tables;
mod text;
pub mod time;
mod words;

pub use finding::{Finding, RuleId, Severity, blocks};
pub use mark::Mark;
pub use minutes::{HourUnit, Minutes};
pub use money::Money;
