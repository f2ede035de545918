use serde::{Deserialize, Serialize};

/// Largest file that is taken in.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
/// Longest side of a picture that is decoded.
pub const MAX_SIDE_PIXELS: u32 = 8192;

/// Why a file is not kept; `Display` is the sentence shown to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UploadRefused {
    #[error("Choose a picture first.")]
    Missing,
    #[error("This file is larger than 10 MB. Choose a smaller one.")]
    TooLarge,
    #[error("These files are larger than 50 MB together, or more than 20. Send fewer at once.")]
    BatchTooLarge,
    #[error("This is no picture that can be shown here. Use a PNG, JPEG, WebP or GIF file.")]
    NotAPicture,
    #[error("This picture is broken and can't be opened. Save it again, or choose another one.")]
    Broken,
    /// By its header, before anything is decoded.
    #[error(
        "This picture has {width} × {height} pixels. It may have 8192 on a side and 64 MB in memory; \
         make it smaller and try again."
    )]
    TooManyPixels { width: u32, height: u32 },
    #[error("You have uploaded {megabytes} MB within a day, the most there is. Go on tomorrow.")]
    DayUsedUp { megabytes: u32 },
    #[error("The pictures of this event use up its {megabytes} MB. Remove some of them first.")]
    EventFull { megabytes: u32 },
    #[error("The pictures of this organization use up its {megabytes} MB. Remove some of them first.")]
    OrganizationFull { megabytes: u32 },
    #[error("The upload was too slow or broke off. Nothing of it was kept; try again.")]
    BrokeOff,
    #[error("There is no room left for files here. Tell your host.")]
    StorageFull,
}

impl UploadRefused {
    /// The HTTP status that carries it.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::BrokeOff => 408,
            Self::TooLarge
            | Self::BatchTooLarge
            | Self::DayUsedUp { .. }
            | Self::EventFull { .. }
            | Self::OrganizationFull { .. } => 413,
            Self::NotAPicture => 415,
            Self::Missing | Self::Broken | Self::TooManyPixels { .. } => 422,
            Self::StorageFull => 507,
        }
    }
}
