//! The tests of the whole program, in one binary: personas through HTTP, on the
//! database that `TEST_DB` names (`sqlite`, the default, or `postgres`).

mod support;

mod account;
mod award;
mod browser;
mod call;
mod contract;
mod ground;
mod killed;
mod offer;
mod programme;
mod report;
mod review;
mod settlement;
