//! Addresses, ids and rooms of streams as people paste them, by platform (specification 11.1).

use domain::agenda::StreamingPlatform;

use crate::web_address::WebAddress;

/// Repeated in `agenda_sessions_streaming_value_length`.
const MAX_ADDRESS_CHARS: usize = 2000;

/// What is kept of it.
///
/// # Errors
/// The sentence for the field.
pub(super) fn read_value(platform: StreamingPlatform, typed: &str) -> Result<String, &'static str> {
    match platform {
        StreamingPlatform::Vimeo => {
            vimeo(typed).ok_or("Write the video's number or its address on vimeo.com.")
        }
        StreamingPlatform::Mux => mux(typed).ok_or("Write the playback ID or its address on stream.mux.com."),
        StreamingPlatform::Zoom => {
            zoom(typed).ok_or("Write the meeting's number or its https address on zoom.us.")
        }
        StreamingPlatform::Jitsi => {
            jitsi(typed).ok_or("Write a room of 3 to 200 letters, digits and hyphens, or its address.")
        }
        StreamingPlatform::Other => {
            other(typed).ok_or("Write a whole address, like https://example.org/live.")
        }
    }
}

/// `ID`, or `ID/HASH` of a video that only those with the link see.
fn vimeo(typed: &str) -> Option<String> {
    let is_id = |text: &str| (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_id(typed) {
        return Some(typed.to_owned());
    }
    let address = WebAddress::read(typed).ok()?;
    let mut segments = segments(&address);
    let id = match address.host() {
        "vimeo.com" | "www.vimeo.com" => segments.next()?,
        "player.vimeo.com" => segments.next().filter(|first| *first == "video").and(segments.next())?,
        _ => return None,
    };
    let hash = segments.next().map(str::to_owned).or_else(|| address.query("h"));
    let is_whole = is_id(id) && segments.next().is_none();
    match hash {
        None => is_whole.then(|| id.to_owned()),
        Some(hash) => (is_whole && is_alphanumeric(&hash, 6, 40)).then(|| format!("{id}/{hash}")),
    }
}

fn mux(typed: &str) -> Option<String> {
    if is_alphanumeric(typed, 10, 100) {
        return Some(typed.to_owned());
    }
    let address = WebAddress::read(typed).ok()?;
    let mut segments = segments(&address);
    let first = segments.next()?;
    let id = match address.host() {
        "stream.mux.com" if segments.next().is_none() => first.strip_suffix(".m3u8").unwrap_or(first),
        "image.mux.com" => first,
        _ => return None,
    };
    is_alphanumeric(id, 10, 100).then(|| id.to_owned())
}

fn zoom(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return (9..=11).contains(&digits.len()).then(|| format!("https://zoom.us/j/{digits}"));
    }
    if !typed.starts_with("https://") {
        return None;
    }
    let address = WebAddress::read(typed).ok()?;
    let is_theirs = address.is_at("zoom.us") || address.is_at("zoom.com");
    let is_plain = address.port().is_none();
    (is_theirs && is_plain && fits(&address)).then(|| address.as_str().to_owned())
}

fn jitsi(typed: &str) -> Option<String> {
    let room = if typed.contains('/') {
        let address = WebAddress::read(typed).ok()?;
        let last = segments(&address).last()?.to_owned();
        percent_encoding::percent_decode_str(&last).decode_utf8().ok()?.into_owned()
    } else {
        typed.to_owned()
    };
    let room: String =
        room.to_lowercase().chars().map(|c| if c == '_' || c.is_whitespace() { '-' } else { c }).collect();
    let is_of_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ((3..=200).contains(&room.len()) && room.bytes().all(is_of_slug)).then_some(room)
}

fn other(typed: &str) -> Option<String> {
    if !typed.starts_with("https://") {
        return None;
    }
    let address = WebAddress::read(typed).ok()?;
    fits(&address).then(|| address.as_str().to_owned())
}

fn fits(address: &WebAddress) -> bool {
    address.as_str().chars().count() <= MAX_ADDRESS_CHARS
}

/// Without empty ones, which a slash at the end makes.
fn segments(address: &WebAddress) -> impl Iterator<Item = &str> {
    address.path().split('/').filter(|segment| !segment.is_empty())
}

fn is_alphanumeric(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use domain::agenda::MuxPlaybackPolicy;

    use crate::streaming::StreamFields;

    fn read(platform: &str, value: &str) -> Result<String, String> {
        let fields = StreamFields {
            platform: platform.to_owned(),
            value: value.to_owned(),
            ..StreamFields::default()
        };
        match fields.parse() {
            Ok(source) => Ok(source.expect("a platform was chosen").value),
            Err(errors) => Err(errors.iter().map(|(field, _)| field).collect::<Vec<_>>().join(",")),
        }
    }

    fn all_read(platform: &str, forms: &[(&str, &str)]) {
        for (typed, stored) in forms {
            assert_eq!(read(platform, typed).as_deref(), Ok(*stored), "{platform} {typed:?}");
        }
    }

    fn all_refused(platform: &str, forms: &[&str]) {
        for typed in forms {
            assert_eq!(read(platform, typed), Err("value".to_owned()), "{platform} {typed:?}");
        }
    }

    const MUX: &str = "DS00Spx1CV902MCtPj5WknGlR102V5HFkDe";

    #[test]
    fn vimeo_takes_numbers_and_addresses_of_videos() {
        all_read(
            "VIMEO",
            &[
                ("76979871", "76979871"),
                (" https://vimeo.com/76979871 ", "76979871"),
                ("vimeo.com/76979871/8272103f6e", "76979871/8272103f6e"),
                ("https://player.vimeo.com/video/76979871", "76979871"),
                ("https://player.vimeo.com/video/76979871?h=8272103f6e&autoplay=1", "76979871/8272103f6e"),
            ],
        );
        all_refused(
            "VIMEO",
            &[
                "",
                "seventy",
                "https://vimeo.com/",
                "https://vimeo.com/channels/staffpicks",
                "https://vimeo.com/76979871/a\"b",
                "https://evil.example/76979871",
                "https://vimeo.com.evil.example/76979871",
                "http://vimeo.com/76979871",
                "https://user@vimeo.com/76979871",
                "javascript:76979871",
            ],
        );
    }

    #[test]
    fn mux_takes_playback_ids_and_their_addresses() {
        let (stream, image) = (
            format!("https://stream.mux.com/{MUX}.m3u8"),
            format!("https://image.mux.com/{MUX}/thumbnail.jpg"),
        );
        let bare = format!("stream.mux.com/{MUX}");
        all_read("MUX", &[(MUX, MUX), (&stream, MUX), (&image, MUX), (&bare, MUX)]);
        all_refused(
            "MUX",
            &[
                "short",
                &"a".repeat(101),
                "with-hyphens-in-it",
                "https://stream.mux.com/",
                "https://stream.mux.com/a/b.m3u8",
                "https://evil.example/DS00Spx1CV902MCtPj5WknGlR102V5HFkDe.m3u8",
            ],
        );
        let policy = |typed: &str| {
            let fields = StreamFields {
                platform: "MUX".to_owned(),
                value: MUX.to_owned(),
                mux_policy: typed.to_owned(),
                ..StreamFields::default()
            };
            fields.parse().map(|source| source.and_then(|source| source.mux_policy))
        };
        assert_eq!(policy(""), Ok(Some(MuxPlaybackPolicy::Public)));
        assert_eq!(policy("SIGNED"), Ok(Some(MuxPlaybackPolicy::Signed)));
        assert!(policy("DRM").is_err());
    }

    #[test]
    fn zoom_takes_meeting_numbers_and_addresses_of_its_own() {
        all_read(
            "ZOOM",
            &[
                ("123 4567 8901", "https://zoom.us/j/12345678901"),
                ("123-456-789", "https://zoom.us/j/123456789"),
                ("https://zoom.us/j/123456789", "https://zoom.us/j/123456789"),
                ("https://acme.zoom.us/w/123?pwd=abc", "https://acme.zoom.us/w/123?pwd=abc"),
                ("https://app.zoom.com/wc/123/join", "https://app.zoom.com/wc/123/join"),
            ],
        );
        all_refused(
            "ZOOM",
            &[
                "12345678",
                "123456789012",
                "zoom.us/j/123456789",
                "http://zoom.us/j/123456789",
                "https://notzoom.us/j/123456789",
                "https://zoom.us.evil.example/j/1",
                "https://zoom.us:8443/j/123456789",
                "",
            ],
        );
        let passcode = |platform: &str, value: &str, passcode: &str| {
            let fields = StreamFields {
                platform: platform.to_owned(),
                value: value.to_owned(),
                passcode: passcode.to_owned(),
                ..StreamFields::default()
            };
            fields.parse().map(|source| source.and_then(|source| source.passcode))
        };
        assert_eq!(passcode("ZOOM", "123456789", " s3cret "), Ok(Some("s3cret".to_owned())));
        assert_eq!(passcode("ZOOM", "123456789", ""), Ok(None));
        assert!(passcode("ZOOM", "123456789", &"x".repeat(51)).is_err());
        assert!(passcode("VIMEO", "76979871", "s3cret").is_err());
    }

    #[test]
    fn jitsi_takes_a_room_and_makes_it_a_slug() {
        all_read(
            "JITSI",
            &[
                ("Main Stage_2026", "main-stage-2026"),
                ("https://8x8.vc/vpaas-magic-cookie-1/Main_Stage", "main-stage"),
                ("https://meet.jit.si/Main%20Stage/", "main-stage"),
            ],
        );
        all_refused("JITSI", &["ab", &"a".repeat(201), "stage!", "größe", "https://8x8.vc/", "a\"b c"]);
    }

    #[test]
    fn other_sites_are_https_with_a_named_host() {
        all_read(
            "OTHER",
            &[
                ("https://live.example.org:8443/watch?x=1", "https://live.example.org:8443/watch?x=1"),
                ("https://example.org", "https://example.org/"),
            ],
        );
        let long = format!("https://example.org/{}", "a".repeat(2000));
        all_refused(
            "OTHER",
            &[
                "example.org/live",
                "http://example.org",
                "https://localhost/live",
                "https://127.0.0.1/live",
                "https://user:pass@example.org/",
                "javascript:alert(1)",
                &long,
            ],
        );
    }

    #[test]
    fn platform_and_value_are_set_together() {
        assert_eq!(StreamFields::default().parse(), Ok(None));
        let alone = StreamFields { value: "76979871".to_owned(), ..StreamFields::default() };
        assert!(alone.parse().is_err_and(|errors| errors.get("platform").is_some()));
        let unknown = StreamFields { platform: "TWITCH".to_owned(), ..alone };
        assert!(unknown.parse().is_err_and(|errors| errors.get("platform").is_some()));
    }
}
