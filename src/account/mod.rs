//! People and organisations: who they are, what they may be asked to do, and how
//! they prove it.
//!
//! An NGO registers itself (the organisation with checked identifiers, and its
//! first person as the owner); the owner invites the others by mail and says who may
//! edit, who may sign. Staff is made by an administrator. Passwords are
//! argon2id; sessions live on the server, with an idle and an absolute end; a
//! wrong password slows down that one account, never a shared address.

mod address;
mod choose_mail;
mod content;
mod dated_value;
mod documents;
mod found;
mod grant_owner;
mod identifiers;
mod invitation;
mod invite;
mod join;
mod local_key;
mod members;
mod model;
mod organisation;
pub mod pages;
mod passwords;
mod register;
mod reset;
mod sample;
mod session;
mod sign_in;
mod staff;
pub mod store;

pub use address::{AddressLink, change_address, request_address};
pub use choose_mail::choose_mail;
pub use content::{DocumentKind, OrgDocument, Organisation, OrganisationContent, Representative, StaffMember, Status};
pub use dated_value::add_dated_value;
pub use documents::{add_document, has_room, remove_document};
pub use found::{Founding, found};
pub use grant_owner::{NewOwner, SAMPLE, grant_owner};
pub use identifiers::{Identifiers, correct_identifiers, told_of_numbers};
pub use invitation::{Invitation, InvitationState};
pub use invite::{invite, invite_again, token_hash, withdraw_invitation};
pub use join::{accept, accept_as_new};
pub use local_key::local_key;
pub use members::{addresses, remove_member, set_member_role};
pub use model::{Actor, Membership, OrgRole, Person, Role};
pub use organisation::update_organisation;
pub use passwords::{Hashing, SHORTEST, check_new as check_password};
pub use register::{Registration, register};
pub use reset::{ResetLink, request_reset, reset_password};
pub use sample::make_sample;
pub use session::{ABSOLUTE, IDLE, Opened, SURE, WARNED, actor_of, end, end_all, open, seen};
pub use sign_in::{change_password, leave_everywhere, sign_in};
pub use staff::{NewStaff, add_staff, set_staff};
