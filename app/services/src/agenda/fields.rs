use domain::FieldErrors;
use domain::agenda::{
    LocalTimes, OpensBefore, SessionCapacity, SessionChatMode, SessionDescription, SessionKind,
    SessionLanguage, SessionTags, SessionTimes, SessionTitle, ShortDescription, TimesError, TimesField,
    parse_local,
};
use time::{OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;

use super::hold::{Held, read_choice};
use crate::time_zones::TimeZoneName;

/// The fields of a session as typed; on edit, those that were not sent stay as they are. Times are the event's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionFields {
    pub title: Option<String>,
    pub short_description: Option<String>,
    pub description: Option<String>,
    pub kind: Option<String>,
    pub language: Option<String>,
    /// With commas between them.
    pub tags: Option<String>,
    /// As [`domain::agenda::parse_local`] reads it; both empty: not scheduled.
    pub starts_at: Option<String>,
    pub ends_at: Option<String>,
    /// An id, or `none`.
    pub venue_room: Option<String>,
    pub track: Option<String>,
    pub capacity: Option<String>,
    /// `yes` or `no`.
    pub sign_up_required: Option<String>,
    /// Empty: what its kind starts with.
    pub chat_mode: Option<String>,
    pub opens_before: Option<String>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(super) struct SessionValues {
    pub title: SessionTitle,
    pub short_description: ShortDescription,
    pub description: SessionDescription,
    pub kind: SessionKind,
    pub language: SessionLanguage,
    pub tags: SessionTags,
    pub times: Option<SessionTimes>,
    pub venue_room: Option<Uuid>,
    pub track: Option<Uuid>,
    pub capacity: SessionCapacity,
    pub sign_up_required: bool,
    pub chat_mode: SessionChatMode,
    pub opens_before: OpensBefore,
}

impl SessionFields {
    /// These fields, and the stored ones where nothing was sent.
    pub(super) fn over(self, stored: Self) -> Self {
        Self {
            title: self.title.or(stored.title),
            short_description: self.short_description.or(stored.short_description),
            description: self.description.or(stored.description),
            kind: self.kind.or(stored.kind),
            language: self.language.or(stored.language),
            tags: self.tags.or(stored.tags),
            starts_at: self.starts_at.or(stored.starts_at),
            ends_at: self.ends_at.or(stored.ends_at),
            venue_room: self.venue_room.or(stored.venue_room),
            track: self.track.or(stored.track),
            capacity: self.capacity.or(stored.capacity),
            sign_up_required: self.sign_up_required.or(stored.sign_up_required),
            chat_mode: self.chat_mode.or(stored.chat_mode),
            opens_before: self.opens_before.or(stored.opens_before),
        }
    }

    /// Reads every field in the event's zone. `stored` times that were sent back as they were stay to the second, also
    /// where the clock shows their hour twice or the event's days have moved.
    ///
    /// # Errors
    /// One entry per field, named as the fields here.
    pub(super) fn parse(
        &self,
        held: &Held,
        stored: Option<SessionTimes>,
    ) -> Result<SessionValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.take("title", SessionTitle::parse(typed(&self.title)));
        let short_description =
            errors.take("short_description", ShortDescription::parse(typed(&self.short_description)));
        let description = errors.take("description", SessionDescription::parse(typed(&self.description)));
        let kind = errors.take("kind", read_kind(typed(&self.kind)));
        let language = errors.take("language", SessionLanguage::parse(typed(&self.language)));
        let tags = errors.take("tags", SessionTags::parse(typed(&self.tags)));
        let times = merge(&mut errors, self.times(held, stored));
        let venue_room = merge(&mut errors, read_choice("venue_room", typed(&self.venue_room)));
        let track = merge(&mut errors, read_choice("track", typed(&self.track)));
        let capacity = errors.take("capacity", SessionCapacity::parse(typed(&self.capacity)));
        let sign_up_required = errors.take("sign_up_required", read_switch(typed(&self.sign_up_required)));
        let chat_mode = errors.take(
            "chat_mode",
            read_chat_mode(typed(&self.chat_mode), kind.unwrap_or(SessionKind::Presentation)),
        );
        let opens_before = errors.take("opens_before", OpensBefore::parse(typed(&self.opens_before)));
        if !errors.is_empty() {
            return Err(errors);
        }
        let values = (|| {
            Some(SessionValues {
                title: title?,
                short_description: short_description?,
                description: description?,
                kind: kind?,
                language: language?,
                tags: tags?,
                times: times?,
                venue_room: venue_room?,
                track: track?,
                capacity: capacity?,
                sign_up_required: sign_up_required?,
                chat_mode: chat_mode?,
                opens_before: opens_before?,
            })
        })();
        values.ok_or(errors)
    }

    fn times(&self, held: &Held, stored: Option<SessionTimes>) -> Result<Option<SessionTimes>, FieldErrors> {
        if let Some(times) = stored {
            let shown = [times.starts_at(), times.ends_at()].map(|at| local_text(&held.zone, at));
            if shown == [typed(&self.starts_at), typed(&self.ends_at)] {
                return Ok(Some(times));
            }
        }
        let mut errors = FieldErrors::default();
        let start = errors.take("starts_at", parse_local(typed(&self.starts_at)));
        let end = errors.take("ends_at", parse_local(typed(&self.ends_at)));
        let (Some(start), Some(end)) = (start, end) else { return Err(errors) };
        match (start, end) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(FieldErrors::one("ends_at", TimesError::OneMissing)),
            (None, Some(_)) => Err(FieldErrors::one("starts_at", TimesError::OneMissing)),
            (Some(start), Some(end)) => place(held, start, end).map(Some),
        }
    }
}

/// Places local times in the event.
///
/// # Errors
/// [`FieldErrors`] under `starts_at` or `ends_at`.
pub(super) fn place(
    held: &Held,
    start: PrimitiveDateTime,
    end: PrimitiveDateTime,
) -> Result<SessionTimes, FieldErrors> {
    let (starts_at, ends_at) = (held.zone.instant_at(start), held.zone.instant_at(end));
    SessionTimes::place(starts_at, ends_at, LocalTimes { start, end }, held.days).map_err(|(field, error)| {
        let field = match field {
            TimesField::Start => "starts_at",
            TimesField::End => "ends_at",
        };
        FieldErrors::one(field, error)
    })
}

/// An instant as the field for it holds it: `2026-09-24T09:30` on the event's clocks.
#[must_use]
pub(super) fn local_text(zone: &TimeZoneName, at: OffsetDateTime) -> String {
    let local = zone.local_at(at);
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

fn read_kind(text: &str) -> Result<SessionKind, &'static str> {
    match text.trim() {
        "" => Ok(SessionKind::Presentation),
        kind => SessionKind::from_stored(kind).ok_or("Choose a kind of session."),
    }
}

fn read_chat_mode(text: &str, kind: SessionKind) -> Result<SessionChatMode, &'static str> {
    match text.trim() {
        "" => Ok(kind.chat_mode()),
        mode => SessionChatMode::from_stored(mode).ok_or("Choose which rooms are shown."),
    }
}

fn read_switch(text: &str) -> Result<bool, &'static str> {
    match text.trim() {
        "" | "no" => Ok(false),
        "yes" => Ok(true),
        _ => Err("Choose yes or no."),
    }
}

fn typed(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

fn merge<T>(errors: &mut FieldErrors, parsed: Result<T, FieldErrors>) -> Option<T> {
    parsed
        .map_err(|found| {
            for (field, message) in found.iter() {
                errors.add(field, message);
            }
        })
        .ok()
}
