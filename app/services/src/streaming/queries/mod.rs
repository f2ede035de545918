mod credentials;
mod stream;

pub use credentials::{NewSet, SetRow, put, remove, remove_all, sealed, sets};
pub use stream::{save, stream};
