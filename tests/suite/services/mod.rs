//! One use case each.

mod email;
