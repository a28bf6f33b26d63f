//! The organ's decision and its publication.

pub mod decide;
mod publish;
