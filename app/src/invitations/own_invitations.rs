use leptos::prelude::*;
use services::invitations::Invitation;

use super::details::as_what;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::time::LocalTime;

/// The block of the start page: the person's open invitations with both answers; nothing without any.
#[component]
pub fn OwnInvitations(invitations: Vec<Invitation>) -> impl IntoView {
    let is_empty = invitations.is_empty();
    let rows = invitations.into_iter().map(row).collect_view();
    (!is_empty).then(|| {
        view! {
            <section class="section" aria-labelledby="my-invitations">
                <div class="section-head"><h2 id="my-invitations">"Invitations"</h2></div>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}

fn row(invitation: Invitation) -> impl IntoView {
    let id = invitation.id.to_string();
    let name = invitation.invited_to.name.clone();
    let when = invitation.invited_to.event.map(|event| format!("{} · {}", event.when, event.place));
    view! {
        <li class="row invitation-row">
            <div class="row-body">
                <p><strong>{name.clone()}</strong></p>
                {when.map(|when| view! { <p class="meta">{when}</p> })}
                <p class="meta">
                    {format!("{} invites you {} · until ", invitation.inviter, as_what(invitation.role))}
                    <LocalTime at=invitation.expires_at/>
                </p>
                {invitation.message.map(|message| view! { <p class="meta invitation-quote">{message}</p> })}
            </div>
            <div class="row-end">
                <Answer action="/api/invitations/accept" id=id.clone() label="Accept" name=name.clone() kind=ButtonKind::Primary/>
                <Answer action="/api/invitations/decline" id=id label="Decline" name=name kind=ButtonKind::Secondary/>
            </div>
        </li>
    }
}

/// One of both answers; what it answers is read to screen readers.
#[component]
fn Answer(
    action: &'static str,
    id: String,
    label: &'static str,
    name: String,
    kind: ButtonKind,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <HiddenField name="invitation" value=id/>
            <Button kind=kind>{label}<span class="visually-hidden">{format!(" the invitation to {name}")}</span></Button>
        </form>
    }
}
