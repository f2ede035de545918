use domain::attendees::EventRole;
use domain::invitations::{InvitedRole, TargetKind};
use domain::{SignedIn, Viewer};
use leptos::prelude::*;
use services::events::{self, EventHead};
use services::invitations::{self, InvitedTo, TargetPath};
use services::{ServiceError, Services};

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head, SignedInLayout};
use crate::ssr;

/// The page with the list of a target's invitations; home when it is none.
pub fn list_of(target: &str) -> String {
    target.parse::<TargetPath>().map_or_else(|_| "/home".to_owned(), |path| path.list())
}

/// The page for inviting many.
pub fn many_of(target: &str) -> String {
    target.parse::<TargetPath>().map_or_else(|_| "/home".to_owned(), |path| format!("{}/many", path.list()))
}

/// Which target the page under way is about.
pub fn path_of(kind: TargetKind) -> Result<TargetPath, ServiceError> {
    Ok(match kind {
        TargetKind::Organization => TargetPath::organization(&ssr::param::<String>("organization")?),
        TargetKind::Event => TargetPath::event(&ssr::param::<String>("event")?),
    })
}

/// The frame of a page about invitations: that of the organization or that of the event.
pub struct Place {
    path: TargetPath,
    name: String,
    event: Option<(EventHead, EventRole)>,
}

impl Place {
    /// Opens it for somebody who may invite there: no statement for organizations, one for events.
    pub async fn open(
        services: &Services,
        person: &SignedIn,
        path: &TargetPath,
        invited_to: &InvitedTo,
    ) -> Result<Self, ServiceError> {
        let event = match path.kind {
            TargetKind::Organization => None,
            TargetKind::Event => Some(events::open_for_members(services, person, &path.slug).await?),
        };
        Ok(Self { path: path.clone(), name: invited_to.name.clone(), event })
    }

    /// `page` is the path of the page, `content` all below its kicker and H1.
    pub fn frame(
        self,
        viewer: Viewer,
        flash: Flash,
        page: String,
        title: &'static str,
        kicker: Option<(String, &'static str)>,
        content: AnyView,
    ) -> AnyView {
        let head = Head::new(format!("{title} · {}", self.name), page);
        let above = match (self.path.kind, kicker) {
            (_, Some((href, text))) => Some((href, text.to_owned())),
            (TargetKind::Organization, None) => {
                Some((format!("/organizations/{}", self.path.slug), self.name))
            }
            (TargetKind::Event, None) => {
                Some((format!("/events/{}/manage", self.path.slug), "Manage".to_owned()))
            }
        };
        let body = view! {
            <header class="page-head">
                {above.map(|(href, text)| view! { <p class="page-kicker"><a href=href>{text}</a></p> })}
                <h1>{title}</h1>
            </header>
            {content}
        };
        match self.event {
            Some((event, role)) => view! {
                <EventLayout
                    head=head viewer=viewer flash=flash event=frame(&event, role, &[]) current=EventTab::Manage
                >
                    {body}
                </EventLayout>
            }
            .into_any(),
            None => view! { <SignedInLayout head=head viewer=viewer flash=flash>{body}</SignedInLayout> }.into_any(),
        }
    }
}

/// The roles as options of a select, lowest first: it is the one most people are invited as.
pub fn role_options(grantable: &[InvitedRole]) -> Vec<(String, String)> {
    grantable.iter().rev().map(|role| (role.as_str().to_owned(), role.label().to_owned())).collect()
}

/// The way to a target's invitations with how many wait; nothing for people who may not see them.
///
/// # Errors
/// Database errors only.
pub async fn waiting_link(
    services: &Services,
    person: &SignedIn,
    path: &TargetPath,
) -> Result<Option<AnyView>, ServiceError> {
    let waiting = invitations::pending_count(services, person, path).await?;
    Ok(waiting.map(|count| {
        let text = match count {
            0 => "Invitations".to_owned(),
            1 => "1 open invitation".to_owned(),
            count => format!("{count} open invitations"),
        };
        view! { <a href=path.list()>{text}</a> }.into_any()
    }))
}
