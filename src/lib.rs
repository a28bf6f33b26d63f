//! Konkurs carries an open contest of offers from the programme behind it to the
//! settled contract. Read the stages in this order; each knows only those before it.

// the procedure
pub mod programme;
pub mod call;
pub mod offer;
pub mod review;
pub mod award;
pub mod contract;
pub mod report;
pub mod settlement;

// the ground floor
pub mod account;
pub mod audit;
pub mod document;
pub mod jobs;
pub mod law;
pub mod mail;
pub mod store;
pub mod web;

// the house
pub mod app;
pub mod cli;
pub mod config;
pub mod error;
