//! How the organizers run their event.

use domain::agenda::{SessionStatusMode, parse_local};
use domain::attendees::EventRole;
use domain::events::{
    AutoArchiveDays, Capacity, EventAction, EventVisibility, ProfanityMode, ProfanityWords,
    RegistrationWindow, RoomClock,
};
use domain::{Conflict, FieldErrors, SignedIn};
use time::OffsetDateTime;
use time::macros::format_description;

use super::{EventHead, hold, page, queries};
use crate::db::OnConstraint as _;
use crate::time_zones::TimeZoneName;
use crate::{Outcome, Services, attendees, db, uploads};

/// The settings as typed; instants as the clocks of the event's zone show them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsFields {
    pub visibility: String,
    pub max_attendees: String,
    pub registration_opens_at: String,
    pub registration_closes_at: String,
    pub session_status_mode: String,
    pub rooms_open_before: String,
    pub rooms_close_after: String,
    pub hold_agenda_changes: bool,
    pub profanity_mode: String,
    pub profanity_words: String,
    pub auto_archive_days: String,
}

/// The settings of an event, for its organizers.
#[derive(Debug, Clone)]
pub struct SettingsPage {
    pub head: EventHead,
    pub role: EventRole,
    pub fields: SettingsFields,
}

/// The same, parsed.
pub(super) struct SettingsValues {
    pub visibility: EventVisibility,
    pub capacity: Capacity,
    pub registration: RegistrationWindow,
    pub session_status_mode: SessionStatusMode,
    pub room_clock: RoomClock,
    pub hold_agenda_changes: bool,
    pub profanity_mode: ProfanityMode,
    pub profanity_words: ProfanityWords,
    pub auto_archive_days: AutoArchiveDays,
}

/// The settings as they are: two statements.
///
/// # Errors
/// As the policy for [`EventAction::SeeDashboard`].
pub async fn settings(services: &Services, person: &SignedIn, slug: &str) -> Outcome<SettingsPage> {
    let (head, role) = page::open_for_organizers(services, person, slug).await?;
    let row = queries::settings(&services.db, head.id.get()).await?;
    let zone = TimeZoneName::stored(&head.time_zone)?;
    let local = |at: Option<OffsetDateTime>| {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]");
        at.and_then(|at| zone.local_at(at).format(format).ok()).unwrap_or_default()
    };
    let number = |minutes: Option<i32>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let fields = SettingsFields {
        visibility: head.visibility.as_str().to_owned(),
        max_attendees: number(head.max_attendees),
        registration_opens_at: local(head.registration.opens_at()),
        registration_closes_at: local(head.registration.closes_at()),
        session_status_mode: row.session_status_mode,
        rooms_open_before: number(row.rooms_open_before_minutes),
        rooms_close_after: number(row.rooms_close_after_minutes),
        hold_agenda_changes: row.hold_agenda_changes,
        profanity_mode: row.profanity_mode,
        profanity_words: row.profanity_words.join("\n"),
        auto_archive_days: row.auto_archive_days.to_string(),
    };
    Ok(SettingsPage { head, role, fields })
}

/// Saves all settings, if nobody saved a newer version meanwhile.
///
/// # Errors
/// As the policy for [`EventAction::EditDetails`]; [`FieldErrors`] per field; [`Conflict::StaleEdit`].
pub async fn save_settings(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &SettingsFields,
    version: i32,
) -> Outcome<()> {
    let now = services.clock.now();
    let mut tx = db::begin(&services.db).await?;
    let event = hold(services, &mut tx, person.user, slug).await?;
    event.may(EventAction::EditDetails)?;
    let row = queries::settings(&mut *tx, event.id).await?;
    let values = fields.parse(&TimeZoneName::stored(&row.time_zone)?)?;
    let saved = queries::save_settings(&mut tx, event.id, person.user.get(), version, &values, now)
        .await
        .on_constraint("events_seats_within_capacity", || {
            FieldErrors::one("max_attendees", "More seats than this are taken already.").into()
        })?;
    if !saved {
        let by = queries::last_editor(&mut tx, event.id).await?.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Conflict::StaleEdit { by }.into());
    }
    // More seats may be what somebody waits for.
    let moved_up = attendees::free_seats(services, &mut tx, &[event.id]).await?;
    tx.commit().await?;
    services.outbox.wake();
    moved_up.announce(services);
    if event.visibility != values.visibility {
        uploads::settle_event(services, event.id).await;
    }
    Ok(())
}

impl SettingsFields {
    fn parse(&self, zone: &TimeZoneName) -> Result<SettingsValues, FieldErrors> {
        let mut errors = FieldErrors::default();
        let visibility = EventVisibility::from_stored(&self.visibility).ok_or("Choose who sees it.");
        let visibility = errors.take("visibility", visibility);
        let capacity = errors.take("max_attendees", Capacity::parse(&self.max_attendees));
        let mode = SessionStatusMode::from_stored(&self.session_status_mode).ok_or("Choose one of the two.");
        let mode = errors.take("session_status_mode", mode);
        let profanity_mode = ProfanityMode::from_stored(&self.profanity_mode).ok_or("Choose one of these.");
        let profanity_mode = errors.take("profanity_mode", profanity_mode);
        let words = errors.take("profanity_words", ProfanityWords::parse(&self.profanity_words));
        let days = errors.take("auto_archive_days", AutoArchiveDays::parse(&self.auto_archive_days));
        let clock = merge(&mut errors, RoomClock::parse(&self.rooms_open_before, &self.rooms_close_after));
        let opens = Self::instant(&mut errors, zone, "registration_opens_at", &self.registration_opens_at);
        let closes = Self::instant(&mut errors, zone, "registration_closes_at", &self.registration_closes_at);
        let registration = merge(&mut errors, RegistrationWindow::new(opens, closes));
        match (visibility, capacity, registration, mode, clock, profanity_mode, words, days) {
            (
                Some(visibility),
                Some(capacity),
                Some(registration),
                Some(session_status_mode),
                Some(room_clock),
                Some(profanity_mode),
                Some(profanity_words),
                Some(auto_archive_days),
            ) if errors.is_empty() => Ok(SettingsValues {
                visibility,
                capacity,
                registration,
                session_status_mode,
                room_clock,
                hold_agenda_changes: self.hold_agenda_changes,
                profanity_mode,
                profanity_words,
                auto_archive_days,
            }),
            _ => Err(errors),
        }
    }

    /// `None` for an empty field, and for a wrong one, which is noted.
    fn instant(
        errors: &mut FieldErrors,
        zone: &TimeZoneName,
        field: &str,
        typed: &str,
    ) -> Option<OffsetDateTime> {
        errors.take(field, parse_local(typed)).flatten().map(|local| zone.instant_at(local))
    }
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
