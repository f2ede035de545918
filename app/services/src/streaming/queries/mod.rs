mod credentials;
mod stream;

pub use credentials::{NewSet, SetRow, put, remove, sealed, sets};
pub use stream::{save, stream};
