//! The first page of an instance.

mod page;
mod scene;

pub use page::LandingPage;
