//! What people paste for a stream, by platform (specification 11.1).

use domain::FieldErrors;
use domain::agenda::{MuxPlaybackPolicy, StreamingPlatform};
use domain::text::{Lines, clean_optional};

use super::addresses::read_value;

/// The form of a session's stream; an empty platform is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamFields {
    pub platform: String,
    pub value: String,
    pub passcode: String,
    pub mux_policy: String,
}

/// A stream as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSource {
    pub platform: StreamingPlatform,
    /// An id, a room or an address, by platform.
    pub value: String,
    /// Of Zoom.
    pub passcode: Option<String>,
    /// Of Mux.
    pub mux_policy: Option<MuxPlaybackPolicy>,
}

/// Repeated in `agenda_sessions_passcode_of_zoom`.
const MAX_PASSCODE_CHARS: usize = 50;

impl StreamFields {
    /// `None` when there is no stream.
    ///
    /// # Errors
    /// [`FieldErrors`] under `platform`, `value`, `passcode` or `mux_policy`.
    pub fn parse(&self) -> Result<Option<StreamSource>, FieldErrors> {
        let typed = self.value.trim();
        if self.platform.is_empty() {
            let is_left = !typed.is_empty() || !self.passcode.trim().is_empty();
            let missing = || FieldErrors::one("platform", "Choose where it is streamed.");
            return if is_left { Err(missing()) } else { Ok(None) };
        }
        let platform = StreamingPlatform::from_stored(&self.platform)
            .ok_or_else(|| FieldErrors::one("platform", "Choose where it is streamed."))?;
        let mut errors = FieldErrors::default();
        let value = errors.take("value", read_value(platform, typed));
        let passcode = match clean_optional(&self.passcode, Lines::One, MAX_PASSCODE_CHARS) {
            Ok(Some(_)) if platform != StreamingPlatform::Zoom => {
                Err("Only Zoom takes a passcode.".to_owned())
            }
            read => read.map_err(|error| error.to_string()),
        };
        let passcode = errors.take("passcode", passcode);
        let mux_policy = errors.take("mux_policy", read_policy(platform, &self.mux_policy));
        match (value, passcode, mux_policy) {
            (Some(value), Some(passcode), Some(mux_policy)) => {
                Ok(Some(StreamSource { platform, value, passcode, mux_policy }))
            }
            _ => Err(errors),
        }
    }
}

fn read_policy(platform: StreamingPlatform, typed: &str) -> Result<Option<MuxPlaybackPolicy>, &'static str> {
    match platform {
        StreamingPlatform::Mux if typed.is_empty() => Ok(Some(MuxPlaybackPolicy::Public)),
        StreamingPlatform::Mux => {
            MuxPlaybackPolicy::from_stored(typed).map(Some).ok_or("Choose who may play it.")
        }
        StreamingPlatform::Vimeo
        | StreamingPlatform::Zoom
        | StreamingPlatform::Jitsi
        | StreamingPlatform::Other => Ok(None),
    }
}
