//! The organ's decision and its publication.

mod decide;
mod publish;
