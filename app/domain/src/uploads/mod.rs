//! Uploaded pictures: what each purpose is cut to, which ones anybody may see, and why a file is refused. Decoding and
//! keeping them is `services::uploads`.

mod address;
mod alternative_text;
mod bucket;
mod purpose;
mod refused;

pub use address::{Audience, FileName, SignedAddress};
pub use alternative_text::AlternativeText;
pub use bucket::{Bucket, bucket};
pub use purpose::{Fit, PictureSize, UploadPurpose};
pub use refused::{MAX_FILE_BYTES, MAX_SIDE_PIXELS, UploadRefused};
