//! Attacks that must fail.

mod authentication;
mod authorization;
mod cage;
mod canary;
mod cross_site;
mod multi_tenancy;
mod validation;
