pub mod model;
pub mod pages;

pub use model::*;
