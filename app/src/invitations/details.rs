use domain::invitations::{InvitedRole, TargetKind};
use leptos::prelude::*;
use services::invitations::Invitation;

use crate::ui::icon::Icon;

/// "as a speaker", "as an admin".
pub fn as_what(role: InvitedRole) -> String {
    let label = role.label().to_lowercase();
    let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("as {article} {label}")
}

/// What an invitation is to: days and place of an event, then the inviter's words.
#[component]
pub fn InvitationDetails(invitation: Invitation) -> impl IntoView {
    let kind = match invitation.invited_to.kind {
        TargetKind::Organization => "an organization",
        TargetKind::Event => "an event",
    };
    let inviter = invitation.inviter.clone();
    let facts = invitation.invited_to.event.map(|event| {
        view! {
            <ul class="invitation-facts" role="list">
                <li><Icon name="calendar"/><span>{event.when}</span></li>
                <li><Icon name="map-pin"/><span>{event.place}</span></li>
                <li><Icon name="building-2"/><span>{event.host}</span></li>
            </ul>
        }
    });
    view! {
        <p>
            <strong>{invitation.inviter}</strong>
            {format!(" invites you to {kind} {}.", as_what(invitation.role))}
        </p>
        {facts}
        {invitation.message.map(|message| view! {
            <figure class="invitation-words">
                <figcaption class="meta">{format!("{inviter} writes")}</figcaption>
                <blockquote>{lines(&message)}</blockquote>
            </figure>
        })}
    }
}

/// Plain lines; addresses in a stranger's words make no links.
fn lines(text: &str) -> impl IntoView + use<> {
    let lines: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
}
