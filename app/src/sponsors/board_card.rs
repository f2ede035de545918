use domain::ids::SponsorTierId;
use domain::sponsors::{After, Place};
use leptos::prelude::*;
use services::sponsors::{BoardSponsor, Deleted};

use crate::ui::badge::Badge;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::HiddenField;
use crate::ui::icon::Icon;
use crate::ui::notice::NoticeKind;
use crate::ui::picture::Picture;

/// A tier's colour as people chose it. A drawing, because the content policy allows no colours in attributes.
#[component]
pub(super) fn TierColour(#[prop(into)] colour: String) -> impl IntoView {
    view! {
        <svg class="tier-colour" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <circle cx="6" cy="6" r="6" fill=colour/>
        </svg>
    }
}

/// The sponsors of one tier as cards, each with a step up, a step down and the way to its page.
pub(super) fn cards(
    slug: &str,
    tier: Option<SponsorTierId>,
    sponsors: &[BoardSponsor],
    can_change: bool,
) -> impl IntoView + use<> {
    let place = |after| Place { tier, after }.to_string();
    let cards = sponsors
        .iter()
        .enumerate()
        .map(|(index, sponsor)| {
            let before = |steps: usize| Some(&sponsors.get(index.checked_sub(steps)?)?.id);
            let up = (index > 0).then(|| place(before(2).map_or(After::First, |id| After::Sponsor(*id))));
            let down = sponsors.get(index + 1).map(|next| place(After::Sponsor(next.id)));
            let steps = can_change.then(|| steps(slug, sponsor, up, down));
            card(slug, sponsor, can_change, steps.into_any())
        })
        .collect_view();
    view! { <ul class="board-cards" role="list">{cards}</ul> }
}

fn card(slug: &str, sponsor: &BoardSponsor, can_drag: bool, steps: AnyView) -> impl IntoView + use<> {
    let page = format!("/events/{slug}/manage/sponsors/{}", sponsor.id);
    view! {
        <li
            class="board-card" id=format!("sponsor-{}", sponsor.id) draggable=can_drag.then_some("true")
            data-sponsor=can_drag.then(|| sponsor.id.to_string())
        >
            {sponsor.logo.clone().map(|logo| view! { <Picture image=logo sizes="6rem" class="board-card-logo"/> })}
            <p class="board-card-name"><a href=page>{sponsor.name.clone()}</a></p>
            {sponsor.contact_name.clone().map(|name| view! { <p class="meta">{name}</p> })}
            <p class="board-card-state">
                {sponsor.is_featured.then(|| view! { <Badge text="Featured" kind=NoticeKind::Info/> })}
                {(!sponsor.is_active).then(|| view! { <Badge text="Hidden" kind=NoticeKind::Warn/> })}
            </p>
            {steps}
        </li>
    }
}

fn steps(
    slug: &str,
    sponsor: &BoardSponsor,
    up: Option<String>,
    down: Option<String>,
) -> impl IntoView + use<> {
    let name = &sponsor.name;
    let step = |place: Option<String>, icon: &'static str, label: String| {
        place.map(|place| {
            view! {
                <button class="icon-button" type="submit" name="place" value=place aria-label=label>
                    <Icon name=icon/>
                </button>
            }
        })
    };
    let page = format!("/events/{slug}/manage/sponsors/{}#move", sponsor.id);
    view! {
        <div class="board-card-steps">
            <form method="post" action="/api/sponsors/move" data-move="">
                <HiddenField name="event" value=slug/>
                <HiddenField name="sponsor" value=sponsor.id.to_string()/>
                {step(up, "arrow-up", format!("Move {name} up"))}
                {step(down, "arrow-down", format!("Move {name} down"))}
            </form>
            <a href=page>"Move to…"<span class="visually-hidden">{format!(" {name}")}</span></a>
        </div>
    }
}

/// What was deleted in the last ten minutes, each with the way back.
#[component]
pub(super) fn JustDeleted(slug: String, deleted: Vec<Deleted>) -> impl IntoView {
    let is_any = !deleted.is_empty();
    let rows = deleted
        .into_iter()
        .map(|deleted| {
            let (action, field, id, name) = match deleted {
                Deleted::Sponsor(id, name) => ("/api/sponsors/restore", "sponsor", id.to_string(), name),
                Deleted::Tier(id, name) => ("/api/sponsor_tiers/restore", "tier", id.to_string(), name),
            };
            view! {
                <li class="row">
                    <p class="row-body">{name.clone()}</p>
                    <form class="row-end" method="post" action=action>
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name=field value=id/>
                        <Button kind=ButtonKind::Secondary>
                            "Bring back"<span class="visually-hidden">{format!(" {name}")}</span>
                        </Button>
                    </form>
                </li>
            }
        })
        .collect_view();
    is_any.then(|| {
        view! {
            <section class="section" aria-labelledby="deleted">
                <h2 id="deleted">"Just deleted"</h2>
                <p class="meta">"You can bring it back for ten minutes."</p>
                <ul class="rows" role="list">{rows}</ul>
            </section>
        }
    })
}
