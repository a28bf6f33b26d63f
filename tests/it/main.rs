//! The tests of the whole program, in one binary: personas through HTTP, on the
//! database that `TEST_DB` names (`sqlite`, the default, or `postgres`).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    clippy::float_arithmetic,
    reason = "a test that cannot go on fails"
)]

mod support;

mod account;
mod award;
mod browser;
mod browser_pages;
mod browser_scenes;
mod call;
mod contract;
mod ground;
mod killed;
mod offer;
mod programme;
mod report;
mod review;
mod settlement;
mod trial;
