//! Every refusal of every door.

mod access_matrix;
