//! What tokens for third parties say (specification 11.2): no address of anybody.

use serde::Serialize;
use time::{Duration, OffsetDateTime};

use super::credentials::{JaasSet, MuxSigningSet};
use super::pem;
use crate::Outcome;

/// Tokens live this much longer than what they are for.
const AFTER_THE_END: Duration = Duration::hours(1);
/// Clocks of others may be this much behind.
const BEFORE_NOW: Duration = Duration::seconds(10);

/// When a token ends: an hour after the session. Who watches the recording later gets an hour from now.
pub(super) fn expiry(ends_at: Option<OffsetDateTime>, now: OffsetDateTime) -> i64 {
    (ends_at.map_or(now, |ends_at| ends_at.max(now)) + AFTER_THE_END).unix_timestamp()
}

/// The three tokens a signed Mux stream is played with.
pub(super) struct MuxTokens {
    pub video: String,
    pub thumbnail: String,
    pub storyboard: String,
}

#[derive(Serialize)]
struct MuxClaims<'a> {
    sub: &'a str,
    aud: &'static str,
    exp: i64,
    kid: &'a str,
}

pub(super) fn mux(set: &MuxSigningSet, playback_id: &str, exp: i64) -> Outcome<MuxTokens> {
    let token = |aud| {
        let claims = MuxClaims { sub: playback_id, aud, exp, kid: &set.key_id };
        pem::token(&set.key_id, &set.private_key, &claims)
    };
    Ok(MuxTokens { video: token("v")?, thumbnail: token("t")?, storyboard: token("s")? })
}

#[derive(Serialize)]
struct JitsiClaims<'a> {
    aud: &'static str,
    iss: &'static str,
    sub: &'a str,
    room: &'a str,
    nbf: i64,
    exp: i64,
    context: JitsiContext<'a>,
}

#[derive(Serialize)]
struct JitsiContext<'a> {
    user: JitsiUser<'a>,
}

#[derive(Serialize)]
struct JitsiUser<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<&'a str>,
    moderator: bool,
}

/// Who enters a room of Jitsi.
pub(super) struct JitsiGuest<'a> {
    pub name: &'a str,
    /// The address of their picture, for everybody in the room.
    pub avatar: Option<&'a str>,
    /// Organizers and this session's speakers.
    pub is_moderator: bool,
}

/// For one room and one person.
pub(super) fn jitsi(
    set: &JaasSet,
    room: &str,
    guest: &JitsiGuest<'_>,
    now: OffsetDateTime,
    exp: i64,
) -> Outcome<String> {
    let user = JitsiUser { name: guest.name, avatar: guest.avatar, moderator: guest.is_moderator };
    let claims = JitsiClaims {
        aud: "jitsi",
        iss: "chat",
        sub: &set.application_id,
        room,
        nbf: (now - BEFORE_NOW).unix_timestamp(),
        exp,
        context: JitsiContext { user },
    };
    pem::token(&set.key_id, &set.private_key, &claims)
}
