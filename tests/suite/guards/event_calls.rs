/// Calls that the access matrix asks in a private and a draft event too, beside those of the slices below.
const IN_AN_EVENT: &[&str] = &[
    "/api/accounts/follow_global_privacy",
    "/api/accounts/override_privacy",
    "/api/conversations/open",
    "/api/events/add_entry",
    "/api/events/archive",
    "/api/events/cancel",
    "/api/events/delete",
    "/api/events/duplicate",
    "/api/events/publish",
    "/api/events/register",
    "/api/events/reinstate",
    "/api/events/reopen",
    "/api/events/save",
    "/api/events/save_entry",
    "/api/events/save_sections",
    "/api/events/save_settings",
    "/api/events/shift_entry",
    "/api/events/unpublish",
    "/api/invitations/cancel",
    "/api/invitations/invite",
    "/api/invitations/preview",
    "/api/invitations/resend",
    "/api/invitations/undo_import",
    "/api/uploads/remove_event_image",
    "/api/streaming/save_stream",
    "/api/uploads/remove_sponsor_logo",
    "/api/uploads/save_accent",
];

pub fn is_in_an_event(path: &str) -> bool {
    let slices = [
        "/api/agenda/",
        "/api/attendees/",
        "/api/attending/",
        "/api/calendars/",
        "/api/chat/",
        "/api/moderation/",
        "/api/connections/request",
        "/api/sponsor_tiers/",
        "/api/sponsors/",
        "/api/tracks/",
        "/api/venue_rooms/",
    ];
    IN_AN_EVENT.contains(&path) || slices.iter().any(|slice| path.starts_with(slice))
}
