use leptos::prelude::*;
use services::sponsors::{self, Board, BoardTier};

use super::board_card::{JustDeleted, TierColour, cards};
use super::frame::ManageFrame;
use crate::ssr;
use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;

/// All sponsors of an event, tier by tier, for its organizers.
#[component]
pub fn SponsorBoardPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let board = sponsors::board(&services, viewer.signed_in()?, &slug).await?;
        let form = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/sponsors");
        let add = format!("{path}/new");
        let actions = board.can_change.then(|| {
            view! {
                <LinkButton href=format!("{path}/tiers") kind=ButtonKind::Secondary icon="pencil">"Edit tiers"</LinkButton>
                <LinkButton href=add.clone() icon="plus">"Add a sponsor"</LinkButton>
            }
            .into_any()
        });
        let is_empty =
            board.without_tier.is_empty() && board.tiers.iter().all(|tier| tier.sponsors.is_empty());
        let back = format!("/events/{slug}/manage");
        Ok(view! {
            <ManageFrame board=board.clone() title="Sponsors" path=path back=(back, "Manage") form=form actions=actions>
                {(is_empty && board.can_change).then(|| view! {
                    <EmptyState
                        title="No sponsors yet" text="Add those who make this event possible." icon="users"
                    />
                })}
                <Columns slug=slug.clone() board=board.clone()/>
                <JustDeleted slug=slug deleted=board.deleted/>
            </ManageFrame>
        }
        .into_any())
    })
}

#[component]
fn Columns(slug: String, board: Board) -> impl IntoView {
    let can_change = board.can_change;
    let columns = board.tiers.iter().map(|tier| column(&slug, tier, can_change)).collect_view();
    let without = (!board.without_tier.is_empty()).then(|| {
        view! {
            <section
                class="board-column" aria-labelledby="tier-none" data-drop-tier=can_change.then_some("none") data-event=slug.clone()
            >
                <h2 class="board-head" id="tier-none">"Without tier"</h2>
                {cards(&slug, None, &board.without_tier, can_change)}
            </section>
        }
    });
    view! { <div class="board">{columns}{without}</div> }
}

fn column(slug: &str, tier: &BoardTier, can_change: bool) -> impl IntoView + use<> {
    let heading = format!("tier-{}", tier.id);
    let add = format!("/events/{slug}/manage/sponsors/new?tier={}", tier.id);
    let name = tier.name.clone();
    view! {
        <section
            class="board-column" aria-labelledby=heading.clone() data-drop-tier=can_change.then(|| tier.id.to_string())
            data-event=slug.to_owned()
        >
            <h2 class="board-head" id=heading.clone()><TierColour colour=tier.colour.clone()/>{tier.name.clone()}</h2>
            <p class="meta">{filled(tier)}</p>
            {cards(slug, Some(tier.id), &tier.sponsors, can_change)}
            {can_change.then(|| view! {
                <p><a href=add>"Add"<span class="visually-hidden">{format!(" to {name}")}</span></a></p>
            })}
        </section>
    }
}

/// How many are shown, of how many it takes.
pub(super) fn filled(tier: &BoardTier) -> String {
    let active = tier.active_count();
    match (tier.max_sponsors, active) {
        (Some(max), _) => format!("{active} of {max} shown"),
        (None, 0) => "Nobody shown".to_owned(),
        (None, _) => format!("{active} shown"),
    }
}
