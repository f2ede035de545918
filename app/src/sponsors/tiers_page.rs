use domain::Conflict;
use domain::ids::SponsorTierId;
use leptos::prelude::*;
use services::sponsors::{self, BoardTier, TierFields};

use super::board_card::TierColour;
use super::board_page::filled;
use super::frame::ManageFrame;
use super::tier_page::{LABELS, TierFieldSet};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::HiddenField;
use crate::ui::form::Form;
use crate::ui::icon::Icon;

/// The tiers in their order, and the form for another one.
#[component]
pub fn SponsorTiersPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let board = sponsors::board(&services, viewer.signed_in()?, &slug).await?;
        if !board.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let form = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/sponsors");
        let form_key = services.rng.id(services.clock.now()).to_string();
        let rows = (0..board.tiers.len()).map(|index| row(&slug, &board.tiers, index)).collect_view();
        let fresh = TierFields { colour: Some("#5B7FA6".to_owned()), ..TierFields::default() };
        Ok(view! {
            <ManageFrame
                board=board title="Sponsor tiers" path=format!("{path}/tiers") back=(path, "Sponsors")
                form=form.clone() labels=LABELS.to_vec()
            >
                <ul class="rows" role="list">{rows}</ul>
                <section class="section" aria-labelledby="add">
                    <h2 id="add">"Add a tier"</h2>
                    <Form action="/api/sponsor_tiers/create">
                        <HiddenField name="event" value=slug/>
                        <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                        <TierFieldSet form=form stored=fresh/>
                        <Button>"Add tier"</Button>
                    </Form>
                </section>
            </ManageFrame>
        }
        .into_any())
    })
}

fn row(slug: &str, tiers: &[BoardTier], index: usize) -> impl IntoView + use<> {
    let tier = &tiers[index];
    let before = |steps: usize| index.checked_sub(steps).and_then(|place| tiers.get(place));
    let after = |tier: Option<&BoardTier>| tier.map(|tier| tier.id);
    let up = before(1).map(|_| after(before(2)));
    let down = tiers.get(index + 1).map(|next| after(Some(next)));
    let step = |target: Option<Option<SponsorTierId>>, icon: &'static str, way: &str| {
        target.map(|after| {
            let after = after.map(|id| id.to_string()).unwrap_or_default();
            view! {
                <button
                    class="icon-button" type="submit" name="after" value=after
                    aria-label=format!("Move {} {way}", tier.name)
                >
                    <Icon name=icon/>
                </button>
            }
        })
    };
    view! {
        <li class="row">
            <div class="row-body">
                <p class="tier-name">
                    <TierColour colour=tier.colour.clone()/>
                    <a href=format!("/events/{slug}/manage/sponsors/tiers/{}", tier.id)>{tier.name.clone()}</a>
                </p>
                <p class="meta">{filled(tier)}</p>
            </div>
            <form class="row-end" method="post" action="/api/sponsor_tiers/move">
                <HiddenField name="event" value=slug/>
                <HiddenField name="tier" value=tier.id.to_string()/>
                {step(up, "arrow-up", "up")}
                {step(down, "arrow-down", "down")}
            </form>
        </li>
    }
}
