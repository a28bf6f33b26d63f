//! Accounts: registration, sessions, the organisation's data, the administrator's room.

mod administration;
mod home;
mod organisation;
mod registration;
mod resume;
mod sessions;
