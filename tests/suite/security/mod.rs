//! Attacks that must fail.

mod authentication;
mod cross_site;
mod validation;
