use domain::accounts::tint;
use domain::attendees::EventRole;
use domain::connections::ContactAction;
use domain::ids::UserId;
use leptos::prelude::*;
use services::directory::DirectoryEntry;
use services::uploads::AvatarPixels;

use crate::connections::MessageForm;
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::badge::Badge;

/// One person of a directory, with the one button whose label is the state.
pub(super) fn row(slug: &str, entry: DirectoryEntry) -> impl IntoView + use<> {
    let profile = entry.profile;
    let href = format!("/events/{slug}/people/{}", profile.user);
    let work: Vec<String> = [profile.title, profile.company].into_iter().flatten().collect();
    let picture = ssr::avatar(profile.avatar, AvatarPixels::Small);
    let name = profile.full_name;
    let sessions = entry
        .sessions
        .into_iter()
        .map(|session| {
            let href = format!("/events/{slug}/sessions/{}", session.id);
            view! { <li><a href=href>{session.title}</a></li> }
        })
        .collect_view();
    let is_special = entry.role != EventRole::Attendee;
    let action = action(entry.action, profile.user, &href, &name);
    view! {
        <li class="row">
            <Avatar name=name.clone() tint=tint(profile.user) size=AvatarSize::Medium picture=picture/>
            <div class="row-body">
                <p class="directory-name">
                    <a class="row-title" href=href>{name}</a>
                    {profile.pronouns.map(|pronouns| view! { <span class="meta">{pronouns}</span> })}
                    {is_special.then(|| view! { <Badge text=entry.role.label()/> })}
                </p>
                {(!work.is_empty()).then(|| view! { <p class="meta">{work.join(", ")}</p> })}
                <ul class="speaker-sessions">{sessions}</ul>
            </div>
            <div class="row-end">{action}</div>
        </li>
    }
}

/// Leads to the profile, where it is done; a state one can do nothing about is text.
fn action(action: ContactAction, user: UserId, href: &str, name: &str) -> AnyView {
    let label = action.label();
    let (class, target) = match action {
        ContactAction::Oneself | ContactAction::NotOpen => {
            return view! { <span class="meta">{label}</span> }.into_any();
        }
        ContactAction::Connect => ("button button-secondary button-small", format!("{href}#connect")),
        ContactAction::Respond => ("button button-primary button-small", format!("{href}#contact")),
        ContactAction::Message => {
            return view! { <MessageForm person=user name=name.to_owned()/> }.into_any();
        }
        ContactAction::Requested => ("button button-quiet button-small", format!("{href}#contact")),
    };
    view! { <a class=class href=target aria-label=format!("{label}: {name}")>{label}</a> }.into_any()
}
