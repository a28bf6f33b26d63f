//! People and organisations: who they are, what they may be asked to do, and how
//! they prove it.
//!
//! An NGO registers itself (the organisation with checked identifiers, and its
//! first person as the owner). Staff is made by an administrator. Passwords are
//! argon2id; sessions live on the server, with an idle and an absolute end; a
//! wrong password slows down that one account, never a shared address.

mod dated_value;
mod model;
mod organisation;
pub mod pages;
mod passwords;
mod register;
mod reset;
mod session;
mod sign_in;
mod staff;
pub mod store;

pub use dated_value::add_dated_value;
pub use model::{Actor, Membership, OrgRole, Organisation, OrganisationContent, Person, Representative, Role, Status};
pub use organisation::update_organisation;
pub use passwords::{Hashing, SHORTEST, check_new as check_password};
pub use register::{Registration, register};
pub use reset::{ResetLink, request_reset, reset_password};
pub use session::{ABSOLUTE, IDLE, Opened, actor_of, end, end_all, open, seen};
pub use sign_in::{change_password, leave_everywhere, sign_in};
pub use staff::{NewStaff, add_staff, set_staff};
