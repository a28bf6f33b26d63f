//! The review: from opened offers to the committee's opinion.
//!
//! **Who acts.** The organ appoints the committee ([`appoint`]). An officer checks
//! every offer formally ([`check_formally`]); what is missing and may be supplemented is called for once, and the
//! organisation hands it in beside its frozen offer ([`supplement`]). Members declare impartiality once the
//! offerors are known ([`declare`]) and fill in one score card an offer, which they
//! seal ([`score`]).
//!
//! **What comes in.** A call whose offers were opened, and the frozen versions of
//! the offers. **What goes out.** Offers that passed or failed the formal check, and
//! a [`ranking`] with means, threshold and notes on spread: an opinion, not a
//! decision; the organ decides in `award`.
//!
//! **Sealed.** Until a member has sealed the own card for an offer, they see no
//! points of others for it; who has a conflict or has not declared sees no offer, no
//! score and no ranking. [`rules::visible`] and the policies of the pages keep it.
//!
//! Legal basis: UDPP art. 15 ust. 1–2f, KPA art. 24.

mod appoint;
mod check_formally;
mod declare;
mod letters;
pub mod model;
mod more_time;
pub mod pages;
mod ranking;
pub mod rules;
mod score;
pub mod store;
mod summon;
mod summons;
mod supplement;

pub use appoint::{NewSeat, appoint};
pub use check_formally::check_formally;
pub use declare::{GROUNDS, Ground, IMPARTIAL, declare};
pub use model::*;
pub use more_time::{MoreTime, awaiting, more_time, told_of_time};
pub use ranking::{Opinion, opinion, ranking};
pub use rules::points_text;
pub use score::score;
pub use summon::{Planned, plan_summons, summons_of};
pub use supplement::{add_file, gaps, prepare, remove_file, supplement, takes_file};
