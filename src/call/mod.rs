//! The open contest of offers: the call.
//!
//! Who acts: an officer prepares the announcement part by part, somebody else as the organ approves its text, announces and cancels, the clock closes,
//! the office opens the offers. Meanwhile anybody asks and the office answers in public. What comes in: a confirmed programme, the seven elements of the
//! announcement, the score card, the terms. What goes out: a numbered call with frozen terms, their
//! SHA-256, an instant up to which offers arrive in time, and its state for the later stages.
//!
//! After the publication: a change of the announcement or a longer deadline ([`amend`]), the register of such
//! changes ([`register()`]), what becomes known of the three places ([`record_notice`]), the ledger of outages
//! ([`beat`]) with the longer deadline that an outage calls for, and a later deadline for one organisation ([`extend()`]).
//!
//! Legal basis: UDPP art. 13 (announcement, 21 days), art. 15 ust. 1 (criteria), art. 18a (cancellation);
//! art. 62a–62c of the act of 20.04.2004 and art. 198–200 of the act of 20.03.2025 for the task itself.

mod advance;
mod amend;
mod amendment;
mod announce;
mod answer;
mod approve;
mod ask;
mod calendar;
mod cancel;
mod clocks;
mod close_early;
mod copy;
mod correct_answer;
mod create;
mod defaults;
pub mod document;
mod drop;
mod extend;
mod feed;
mod forget_questions;
pub mod model;
mod open_offers;
mod outage;
pub mod pages;
mod record_notice;
mod register;
pub mod rules;
mod save;
mod save_part;
pub mod store;
mod terms;
mod usual;
mod verify_terms;

pub use advance::{advance, advance_with};
pub use amend::{DEADLINE_MOVED, amend, check_change, check_change_near, near, proposed, reach};
pub use amendment::{
    Cause, amend_part, begin_amendment, drop_amendment, may_amend, propose_amendment, return_amendment,
};
pub use announce::{announce, four_eyes, four_eyes_of, lapsed, preparers};
pub use answer::{AnswerLetters, letters_of, publish_answer, refuse_question, save_answer};
pub use approve::{approve, committed};
pub use ask::{AskedHow, Asking, ask, confirm_question, question_token, still_works};
pub use calendar::{calendar, staff_calendar};
pub use cancel::{Cancelling, cancel};
pub use clocks::{Astray, clocks_astray, compare_clocks};
pub use close_early::close_early;
pub use copy::copy;
pub use correct_answer::{correct_answer, told_of};
pub use create::{create, rehearse};
pub use defaults::{default_card, rewritten};
pub use drop::drop_draft;
pub use extend::{Extending, LETTER as EXTENDED, extend, near_later};
pub use feed::feed;
pub use forget_questions::{FORGET_QUESTIONS, forget_questions};
pub use model::*;
pub use open_offers::open_offers;
pub use outage::{Beating, beat, beat_at, report_outage};
pub use record_notice::record_notice;
pub use register::{Change, after_publication, of_versions, register, term_of};
pub use save::save;
pub use save_part::save_part;
pub use terms::{hash_of, terms_hash};
pub use usual::usual_attachments;
pub use verify_terms::verify_terms;
