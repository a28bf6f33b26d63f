//! Mail: a message is rendered and put into the outbox in the transaction of the
//! deed that causes it; a worker sends it later, again after growing pauses, and
//! what cannot be sent stays visible as a dead letter.
//!
//! A message is one text file in `templates/mail/`; its first line is the subject.

mod choices;
mod message;
mod outbox;
mod reach;
mod send;

pub use choices::{MailChoice, choose, switched_off, wanting};
pub use message::{About, Message, render};
pub use outbox::{
    Letter, dead, dead_count, of_object, pending, pending_count, put, put_each, recent, revive, take_back, told,
};
pub use reach::{Reach, reach};
pub use send::{Mailer, Ran, run_due};
