//! The offer: what an organisation proposes, on the form of Dz.U. 2018 poz. 2057 (annex 1).
//!
//! **Who acts.** A member of an organisation starts an offer while the call is open ([`start`]) and
//! fills its parts in any order ([`save`]; a draft may have gaps). Whoever represents the organisation
//! submits it with the declarations of part VII ([`submit`]). Until the deadline a submitted offer can be
//! changed: the changes wait beside what is in force ([`save`]) until they are submitted in its place
//! ([`replace`]) or thrown away ([`discard`]); the offer can be taken back ([`withdraw`]). Where the
//! announcement asks for it, a signed confirmation is given afterwards ([`confirm`]). Letters remind of what
//! is not submitted ([`REMIND`]). Later stages move it on with [`advance`].
//!
//! **What comes in.** The frozen call: deadline, groups, editions, cap terms, the organ's own
//! declarations; and what the organisation says of itself.
//!
//! **What goes out.** A frozen version (canonical JSON, SHA-256) with the organisation as it stood,
//! a registration number, a receipt for everyone who may sign.
//!
//! **Rehearsed.** In a test call the office writes offers itself, as a sample organisation ([`rehearse`]).
//!
//! **Sealed.** Until the offers are opened the office learns only how many offers came; it cannot read a title
//! or a name ([`store::visible_to`]).
//!
//! **Basis.** UDPP art. 13 ust. 2 pkt 5 (deadline), art. 14 (content of the offer), the regulation of
//! 24.10.2018; upz art. 62a–62c and uor2025 art. 200 for hours and the cap. An offer of several
//! organisations (art. 14 ust. 2–5) is made in [`joint`].

pub mod calculation;
pub mod classes;
pub mod document;
pub mod export;
pub mod joint;
pub mod model;
pub mod pages;
mod partner;
pub mod pieces;
pub mod room;
pub mod rules;
pub mod sheet;
mod state;
pub mod store;
mod units;
pub mod wording;

mod advance;
mod applying;
mod attach;
mod attachment;
mod calendar;
mod confirm;
mod confirmation;
mod copy;
mod discard;
mod edit;
mod edition;
mod filing;
mod hand_in;
mod presence;
mod receipt;
mod rehearse;
mod remind;
mod replace;
mod save;
mod saved;
mod scan;
mod scan_paper;
mod start;
mod submit;
mod withdraw;

pub use advance::advance;
pub use applying::applying;
pub use attach::{MOST as MOST_FILES, NewFile, attach, attach_beside, detach, detach_beside, takes, takes_beside};
pub use attachment::{Asked, Attachment, AttachmentState, BESIDE, FrozenAttachment, OTHER, asked};
pub use calendar::{calendar_of, calendar_token, make_calendar_link, revoke_calendar_link};
pub use confirm::{Awaited, SignedPaper, awaited, confirm};
pub use confirmation::{
    Carried, Confirmation, ConfirmationContent, ConfirmationState, Doubt, Scanned, confirm_by, confirm_due,
    wants_confirmation,
};
pub use copy::{copy, earlier};
pub use discard::discard;
pub use edit::{Saving, edit, edit_in};
pub use edition::{FrozenEdition, editions_of};
pub use hand_in::{Shown, hand_in, hand_in_at};
pub use model::*;
pub use pieces::forget_work;
pub use presence::{GONE, Present, Sign, TABS, close_tab, leave, present, tick};
pub use receipt::{Checked, check_file, check_url, receipt_file};
pub use rehearse::rehearse;
pub use remind::{DEADLINE_MOVED, REMIND, REMIND_CONFIRMATION};
pub use replace::replace;
pub use save::save;
pub use saved::{last_of_part, last_save, last_saves};
pub use scan::{SCAN, judge, scan_work};
pub use scan_paper::scan_paper_work;
pub use start::start;
pub use submit::{Receipt, freeze_now, in_force, receipt, receipt_of_version, rest_digest, submit};
pub use withdraw::withdraw;
