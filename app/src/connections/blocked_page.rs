use domain::accounts::tint;
use domain::paging::PageRequest;
use leptos::prelude::*;
use services::connections::{self, BlockedPerson};
use services::uploads::AvatarPixels;

use crate::accounts::BlockedHead;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::pager::Pager;
use crate::ui::time::LocalTime;

const PATH: &str = "/settings/blocked";

/// Whom a person blocks, and the way to lift it.
#[component]
pub fn BlockedPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let blocked = connections::blocked(&services, viewer.signed_in()?, request).await?;
        let flash = ssr::take_flash().await?;
        let pages =
            (u32::try_from(blocked.page).unwrap_or(1), u32::try_from(blocked.total_pages).unwrap_or(1));
        let base = format!("{PATH}?per_page={}", blocked.per_page);
        let is_empty = blocked.items.is_empty();
        let rows = blocked.items.into_iter().map(row).collect_view();
        Ok(view! {
            <SignedInLayout head=Head::new("Blocked · Settings", PATH) viewer=viewer flash=flash>
                <BlockedHead/>
                <section class="settings" aria-label="Whom you block">
                    <p class="meta">
                        "You and they don't see each other, and they can't ask or write to you. Nobody sees whom you block."
                    </p>
                    {is_empty.then(|| view! {
                        <EmptyState title="You block nobody" text="Open somebody's profile to block them." icon="shield"/>
                    })}
                    <ul class="rows" role="list">{rows}</ul>
                    <Pager base=base page=pages.0 pages=pages.1/>
                    <p class="meta">"What you reported, and whether something was done: "<a href="/reports">"Your reports"</a></p>
                </section>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn row(person: BlockedPerson) -> impl IntoView {
    let label = format!("Unblock {}", person.full_name);
    let picture = ssr::avatar(person.avatar, AvatarPixels::Small);
    view! {
        <li class="row">
            <Avatar name=person.full_name.clone() tint=tint(person.user) size=AvatarSize::Medium picture=picture/>
            <div class="row-body">
                <p><strong>{person.full_name}</strong></p>
                <p class="meta">"Since "<LocalTime at=person.since/></p>
            </div>
            <form class="row-end" method="post" action="/api/connections/unblock">
                <HiddenField name="person" value=person.user.to_string()/>
                <button class="button button-secondary button-small" type="submit" aria-label=label>"Unblock"</button>
            </form>
        </li>
    }
}
