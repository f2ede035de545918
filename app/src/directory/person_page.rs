use domain::connections::Tie;
use domain::ids::UserId;
use leptos::prelude::*;
use services::directory::{self, SharedEvent};

use super::contact::{ContactState, FollowedPerson, report_view};
use crate::accounts::ProfileCard;
use crate::connections::BlockForm;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};

/// A person, without an event around them: what the viewer may see, and where both take part.
#[component]
pub fn PersonPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let me = viewer.signed_in()?.clone();
        let user: UserId = ssr::param("person")?;
        let page = directory::person(&services, &me, user).await?;
        let flash = ssr::take_flash().await?;
        let follows = !flash.brings_back();
        let name = page.profile.full_name.clone();
        let can_ask = page.tie.tie == Tie::None && !page.is_self;
        let events = page.events.into_iter().map(|event| shared(event, user)).collect::<Vec<_>>();
        let has_events = !events.is_empty();
        let contact = view! { <ContactState user=user name=name.clone() tie=page.tie/> };
        let hint = if can_ask { "Open their profile in one of them to ask them to connect." } else { "" };
        Ok(view! {
            <SignedInLayout head=Head::new(name.clone(), format!("/people/{user}")) viewer=viewer flash=flash>
                <header class="page-head page-head-split">
                    <div>
                        <p class="page-kicker"><a href="/connections">"Connections"</a></p>
                        <h1>{name.clone()}</h1>
                    </div>
                    {page.is_self.then(|| view! {
                        <LinkButton href="/settings/profile" kind=ButtonKind::Secondary icon="pencil">"Edit your profile"</LinkButton>
                    })}
                </header>
                <FollowedPerson me=me.user follows=follows>
                    <ProfileCard shown=page.profile/>
                    {contact}
                    {has_events.then(|| view! {
                        <section class="section" aria-labelledby="events">
                            <h2 id="events">"Events you share"</h2>
                            <p class="meta">{hint}</p>
                            <ul class="rows" role="list">{events}</ul>
                        </section>
                    })}
                </FollowedPerson>
                {(!page.is_self && has_events).then(|| report_view(user, &name, ""))}
                {(!page.is_self).then(|| view! { <BlockForm person=user name=name/> })}
            </SignedInLayout>
        }
        .into_any())
    })
}

fn shared(event: SharedEvent, user: UserId) -> impl IntoView {
    let href = format!("/events/{}/people/{user}", event.slug);
    view! { <li class="row"><div class="row-body"><a class="row-title" href=href>{event.title}</a></div></li> }
}
