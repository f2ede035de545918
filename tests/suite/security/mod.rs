//! Attacks that must fail.

mod authentication;
mod cross_site;
mod multi_tenancy;
mod validation;
