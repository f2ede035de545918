//! Attacks that must fail.

mod cross_site;
