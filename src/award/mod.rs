//! The organ's decision: who gets how much, and its publication.
//!
//! **Who acts.** The organ; the committee only gave its opinion.
//! **What comes in.** A call in review whose every offer was checked formally, and
//! the committee's ranking. **What goes out.** [`decide`]: one line an offer with
//! the amount or the reason, every offer and the call moved. [`publish`]: the results
//! in the three places of the announcement, and a letter to every offeror.
//!
//! The organ may differ from the ranking, but says why. There is no administrative
//! appeal; anyone may ask for the reasons within 30 days of the publication.
//!
//! Legal basis: UDPP art. 15 ust. 2a, 2g–2j; art. 13 ust. 3.

mod decide;
pub mod model;
pub mod pages;
mod publish;
pub mod rules;
pub mod store;

pub use decide::decide;
pub use model::*;
pub use publish::{letters_of, publish};
pub use rules::reasons_until;
