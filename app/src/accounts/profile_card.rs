use domain::accounts::{VisibleProfile, tint};
use leptos::prelude::*;
use services::uploads::AvatarPixels;

use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::markdown::Markdown;

/// A person as one viewer gets them.
#[component]
pub fn ProfileCard(shown: VisibleProfile) -> impl IntoView {
    let work: Vec<String> = [shown.title, shown.company].into_iter().flatten().collect();
    let addresses = [shown.email, shown.public_email].into_iter().flatten();
    let addresses = addresses
        .map(|email| view! { <li><a href=format!("mailto:{email}")>{email.clone()}</a></li> })
        .collect_view();
    let links = shown
        .links
        .named()
        .into_iter()
        .map(|(name, link)| {
            view! { <li><a href=link.to_owned() rel="noopener nofollow ugc">{name}</a></li> }
        })
        .collect_view();
    view! {
        <article class="profile-card">
            <Avatar name=shown.full_name.clone() tint=tint(shown.user) size=AvatarSize::Large picture=ssr::avatar(shown.avatar, AvatarPixels::Medium)/>
            <div class="profile-card-body">
                <p>
                    <strong>{shown.full_name}</strong>
                    {shown.pronouns.map(|pronouns| view! { <span class="meta">" "{pronouns}</span> })}
                </p>
                {(!work.is_empty()).then(|| view! { <p>{work.join(", ")}</p> })}
                <ul class="profile-card-links" role="list">{addresses}{links}</ul>
                {shown.bio.map(|bio| view! { <Markdown text=bio under=3/> })}
            </div>
        </article>
    }
}
