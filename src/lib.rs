//! Konkurs carries an open contest of offers from the programme behind it to the
//! settled contract. Read the stages in this order; each knows only those before it.

// the procedure
pub mod award;
pub mod call;
pub mod contract;
pub mod offer;
pub mod programme;
pub mod report;
pub mod review;
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
pub mod demo;
pub mod error;
