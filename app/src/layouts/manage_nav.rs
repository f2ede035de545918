use leptos::prelude::*;

/// Below `/events/{slug}/manage`, in the order in which an event is prepared.
const PAGES: [(&str, &str); 14] = [
    ("", "Overview"),
    ("/details", "Details"),
    ("/content", "Content"),
    ("/agenda", "Agenda"),
    ("/rooms", "Rooms"),
    ("/sponsors", "Sponsors"),
    ("/people", "People"),
    ("/check-in", "Check-in"),
    ("/invitations", "Invitations"),
    ("/moderation", "Moderation"),
    ("/branding", "Branding"),
    ("/statistics", "Statistics"),
    ("/settings", "Settings"),
    ("/danger", "Danger zone"),
];

/// What moderators open of them.
const OF_MODERATORS: [(&str, &str); 3] =
    [("/moderation", "Moderation"), ("/log", "Log"), ("/check-in", "Check-in")];

/// The way between the organizers' pages, or the moderators'; `path` is the open one, which may lie below one of them.
#[component]
pub(super) fn ManageNav(slug: String, path: String, organizes: bool) -> impl IntoView {
    let manage = format!("/events/{slug}/manage");
    let below = path.strip_prefix(&manage).unwrap_or_default();
    let section = below.trim_start_matches('/').split('/').next().unwrap_or_default();
    let pages: &[(&str, &str)] = if organizes { &PAGES } else { &OF_MODERATORS };
    // The log is part of moderation where it has no entry of its own.
    let section = if organizes && section == "log" { "moderation" } else { section };
    let links = pages
        .iter()
        .map(|&(page, label)| {
            let is_current = (page.trim_start_matches('/') == section).then_some("page");
            view! {
                <li><a class="subnav-link" href=format!("{manage}{page}") aria-current=is_current>{label}</a></li>
            }
        })
        .collect_view();
    view! { <nav class="subnav" aria-label="Manage"><ul class="subnav-list" role="list">{links}</ul></nav> }
}
