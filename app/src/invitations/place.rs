use domain::attendees::EventRole;
use domain::invitations::{InvitedRole, TargetKind};
use domain::organizations::OrganizationSummary;
use domain::{SignedIn, Viewer};
use leptos::prelude::*;
use services::events::{self, EventHead};
use services::invitations::TargetPath;
use services::{ServiceError, Services, organizations};

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head, SignedInLayout};
use crate::organizations::{OrganizationHead, OrganizationTab};
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
pub enum Place {
    Organization(OrganizationSummary),
    Event(Box<EventHead>, EventRole),
}

impl Place {
    /// Opens it for somebody who may invite there: one statement.
    pub async fn open(
        services: &Services,
        person: &SignedIn,
        path: &TargetPath,
    ) -> Result<Self, ServiceError> {
        match path.kind {
            TargetKind::Organization => {
                organizations::find(services, person, &path.slug).await.map(Self::Organization)
            }
            TargetKind::Event => {
                let (head, role) = events::open_for_members(services, person, &path.slug).await?;
                Ok(Self::Event(Box::new(head), role))
            }
        }
    }

    /// The list of invitations.
    pub fn list(self, viewer: Viewer, flash: Flash, path: &TargetPath, content: AnyView) -> AnyView {
        let above = match &self {
            Self::Organization(organization) => {
                let organization = organization.clone();
                view! { <OrganizationHead organization=organization current=OrganizationTab::Invitations/> }
                    .into_any()
            }
            Self::Event(..) => {
                let manage = format!("/events/{}/manage", path.slug);
                page_head(manage, "Manage", "Invitations")
            }
        };
        self.frame(viewer, flash, path.list(), "Invitations", view! { {above}{content} }.into_any())
    }

    /// The page for inviting many, below the list.
    pub fn many(self, viewer: Viewer, flash: Flash, path: &TargetPath, content: AnyView) -> AnyView {
        let above = page_head(path.list(), "Invitations", "Invite many");
        let here = format!("{}/many", path.list());
        self.frame(viewer, flash, here, "Invite many", view! { {above}{content} }.into_any())
    }

    fn frame(self, viewer: Viewer, flash: Flash, here: String, title: &str, body: AnyView) -> AnyView {
        match self {
            Self::Organization(organization) => {
                let head = Head::new(format!("{title} · {}", organization.name), here);
                view! { <SignedInLayout head=head viewer=viewer flash=flash>{body}</SignedInLayout> }
                    .into_any()
            }
            Self::Event(event, role) => {
                let head = Head::new(format!("{title} · {}", event.title), here);
                view! {
                    <EventLayout
                        head=head viewer=viewer flash=flash event=frame(&event, role, &[])
                        current=EventTab::Manage
                    >
                        {body}
                    </EventLayout>
                }
                .into_any()
            }
        }
    }
}

fn page_head(href: String, kicker: &'static str, title: &'static str) -> AnyView {
    view! {
        <header class="page-head">
            <p class="page-kicker"><a href=href>{kicker}</a></p>
            <h1>{title}</h1>
        </header>
    }
    .into_any()
}

/// The roles as options of a select, lowest first: it is the one most people are invited as.
pub fn role_options(grantable: &[InvitedRole]) -> Vec<(String, String)> {
    grantable.iter().rev().map(|role| (role.as_str().to_owned(), role.label().to_owned())).collect()
}
