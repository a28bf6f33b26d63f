pub mod model;
pub mod pages;
pub mod store;

pub use model::*;
