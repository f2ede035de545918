use domain::connections::ContactAction;
use leptos::prelude::*;
use services::directory::{self, SpokenSession};

use super::contact::{ContactState, FollowedPerson, report_view};
use crate::accounts::ProfileCard;
use crate::connections::{BlockForm, RequestForm};
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::badge::Badge;
use crate::ui::button::{ButtonKind, LinkButton};

/// One of an event's people, as one of its members sees them.
#[component]
pub fn MemberProfilePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let user = ssr::param("person").ok();
        let me = viewer.signed_in()?.user;
        let page = directory::member_profile(&services, viewer.signed_in()?, &slug, user).await?;
        let form = ssr::take_flash().await?;
        let follows = !form.brings_back();
        let (user, name) = (page.profile.user, page.profile.full_name.clone());
        let sessions = sessions(&slug, page.sessions);
        let is_self = page.action == ContactAction::Oneself;
        let manages = page.viewer_role.is_organizer() && !is_self;
        let request = (page.action == ContactAction::Connect).then(|| view! {
            <RequestForm event=slug.clone() person=user name=name.clone() icebreakers=page.icebreakers form=form.clone()/>
        });
        let contact =
            view! { <ContactState user=user name=name.clone() tie=page.tie event=Some(slug.clone())/> };
        let closed = (page.action == ContactAction::NotOpen)
            .then(|| view! { <p class="meta">{ContactAction::NotOpen.label()}</p> });
        Ok(view! {
            <EventLayout
                head=Head::new(format!("{name} · People · {}", page.head.title), format!("/events/{slug}/people/{user}"))
                viewer=viewer
                flash=form
                event=frame(&page.head, page.viewer_role, &[])
                current=EventTab::People
            >
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href=format!("/events/{slug}/people")>"People"</a></p>
                        <h1>{name.clone()}</h1>
                        <p class="member-badges"><Badge text=page.role.label()/></p>
                    </div>
                    <div class="form-actions">
                        {is_self.then(|| view! {
                            <LinkButton href=format!("/events/{slug}/me") kind=ButtonKind::Secondary icon="pencil">"Change what others see"</LinkButton>
                        })}
                        {manages.then(|| view! {
                            <LinkButton href=format!("/events/{slug}/manage/people/{user}") kind=ButtonKind::Secondary icon="sliders-horizontal">"Manage"</LinkButton>
                        })}
                    </div>
                </header>
                <FollowedPerson me=me follows=follows>
                    <ProfileCard shown=page.profile/>
                    {sessions}
                    {contact}
                    {request}
                    {closed}
                </FollowedPerson>
                {(!is_self).then(|| report_view(user, &name, &slug))}
                {(!is_self).then(|| view! { <BlockForm person=user name=name/> })}
            </EventLayout>
        }
        .into_any())
    })
}

/// What the person speaks in; nothing for everybody else.
fn sessions(slug: &str, sessions: Vec<SpokenSession>) -> impl IntoView + use<> {
    let rows = sessions
        .into_iter()
        .map(|session| {
            let href = format!("/events/{slug}/sessions/{}", session.id);
            view! { <li class="row"><div class="row-body"><a class="row-title" href=href>{session.title}</a></div></li> }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="sessions">
                <h2 id="sessions">"Sessions"</h2>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}
