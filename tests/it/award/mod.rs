//! The organ's decision and its publication.

mod browser_reserve;
pub mod decide;
mod publish;
