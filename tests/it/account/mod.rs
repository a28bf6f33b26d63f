//! Accounts: registration, sessions, the organisation's data, the administrator's room.

mod address;
mod administration;
mod browser_team;
mod home;
mod kept;
mod notifications;
mod numbers;
mod organisation;
mod owners;
mod registration;
mod resume;
mod sessions;
mod team;
