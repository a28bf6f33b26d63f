//! Reports: the ledger of hours, the form, filing, return and acceptance.

mod access;
mod forms;
pub mod ledger;
mod parts;
mod paying;
mod rules;
mod story;
mod verbs;
mod workbook;
