//! The review: committee, declarations, formal cards, sealed scores, ranking.

pub mod scene;

mod access;
mod browser_supplement;
mod committee;
mod files;
mod formal;
mod scoring;
mod summoned;
mod supplement;
mod supplement_again;
