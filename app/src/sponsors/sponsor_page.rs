use domain::ids::SponsorId;
use domain::sponsors::{After, Place};
use domain::{AppError, Conflict};
use leptos::prelude::*;
use services::sponsors::{self, Board, BoardSponsor};

use super::frame::ManageFrame;
use super::sponsor_fields::{LABELS, SponsorFieldSet};
use crate::flash::Flash;
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{FileField, HiddenField};
use crate::ui::form::Form;
use crate::ui::picture::{PICTURE_TYPES, Picture};

/// One sponsor, for organizers: what it says, where it stands, whether it is shown.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn SponsorPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let id: SponsorId = ssr::param("sponsor")?;
        let page = sponsors::open_sponsor(&services, viewer.signed_in()?, &slug, id).await?;
        let form = ssr::take_flash().await?;
        let path = format!("/events/{slug}/manage/sponsors");
        let is_stale = matches!(form.problem, Some(AppError::Conflict(Conflict::StaleEdit { .. })));
        let save = if is_stale { "Save over the newer version" } else { "Save" };
        let can_change = page.board.can_change;
        let sponsor = page.sponsor.clone();
        let delete = can_change.then(|| view! { <Delete slug=slug.clone() sponsor=sponsor.clone()/> });
        Ok(view! {
            <ManageFrame
                board=page.board.clone() title=sponsor.name.clone() path=format!("{path}/{id}")
                back=(path, "Sponsors") form=form.clone() labels=LABELS.to_vec()
            >
                {can_change.then(|| view! {
                    <Switches slug=slug.clone() sponsor=sponsor.clone()/>
                    <Logo slug=slug.clone() sponsor=sponsor.clone() form=form.clone()/>
                    <MoveTo slug=slug.clone() board=page.board.clone() sponsor=id/>
                })}
                <section class="section" aria-labelledby="details">
                    <h2 id="details">"Details"</h2>
                    <Form action="/api/sponsors/save" guarded=true>
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="sponsor" value=id.to_string()/>
                        <HiddenField name="version" value=page.version.to_string()/>
                        <SponsorFieldSet form=form stored=page.fields.clone()/>
                        {can_change.then(|| view! { <Button>{save}</Button> })}
                    </Form>
                </section>
                {delete}
            </ManageFrame>
        }
        .into_any())
    })
}

#[component]
fn Switches(slug: String, sponsor: BoardSponsor) -> impl IntoView {
    let id = sponsor.id.to_string();
    let (shown, show, active) = if sponsor.is_active {
        ("It is shown on the event's pages.", "Hide", "no")
    } else {
        ("It is hidden: only organizers see it.", "Show", "yes")
    };
    let (marked, mark, featured) = if sponsor.is_featured {
        ("It is marked as featured.", "Don't feature", "no")
    } else {
        ("It is not marked as featured.", "Feature", "yes")
    };
    view! {
        <section class="section" aria-labelledby="shown">
            <h2 id="shown">"On the pages"</h2>
            <ul class="rows" role="list">
                <li class="row">
                    <p class="row-body">{shown}</p>
                    <form class="row-end" method="post" action="/api/sponsors/set_active">
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="sponsor" value=id.clone()/>
                        <Button kind=ButtonKind::Secondary name="active" value=active>{show}</Button>
                    </form>
                </li>
                <li class="row">
                    <p class="row-body">{marked}</p>
                    <form class="row-end" method="post" action="/api/sponsors/set_featured">
                        <HiddenField name="event" value=slug.clone()/>
                        <HiddenField name="sponsor" value=id/>
                        <Button kind=ButtonKind::Secondary name="featured" value=featured>{mark}</Button>
                    </form>
                </li>
            </ul>
        </section>
    }
}

/// The picture that stands for it, and the form that puts another in its place.
#[component]
fn Logo(slug: String, sponsor: BoardSponsor, form: Flash) -> impl IntoView {
    let (id, has_logo) = (sponsor.id.to_string(), sponsor.logo.is_some());
    let logo = sponsor.logo.map(|logo| view! { <Picture image=logo sizes="20rem" class="sponsor-logo"/> });
    view! {
        <section class="section" aria-labelledby="logo">
            <h2 id="logo">"Logo"</h2>
            <Form action=format!("/files/events/{slug}/sponsors/{id}") with_file=true>
                <div class="picture-frame picture-frame-logo" data-preview="sponsor_logo">{logo}</div>
                <FileField
                    name="sponsor_logo" label="File" accept=PICTURE_TYPES error=form.error("sponsor_logo")
                    hint="PNG, JPEG, WebP or GIF, at most 10 MB. Shown whole, 800 pixels at most; the name stands beside it."
                />
                <Button kind=ButtonKind::Secondary>{if has_logo { "Replace logo" } else { "Save logo" }}</Button>
            </Form>
            {has_logo.then(|| view! {
                <form method="post" action="/api/uploads/remove_sponsor_logo">
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="sponsor" value=id.clone()/>
                    <Button kind=ButtonKind::Quiet icon="trash-2">"Remove logo"</Button>
                </form>
            })}
        </section>
    }
}

/// Every place it can move to, tier by tier.
#[component]
fn MoveTo(slug: String, board: Board, sponsor: SponsorId) -> impl IntoView {
    let group = |tier, label: String, sponsors: Vec<BoardSponsor>| {
        let place = move |after| Place { tier, after }.to_string();
        let is_here = sponsors.iter().position(|other| other.id == sponsor);
        let behind = sponsors
            .iter()
            .enumerate()
            .filter(|(_, other)| other.id != sponsor)
            .map(|(index, other)| {
                let is_now = is_here.is_some_and(|here| here == index + 1);
                let text = format!("{label}: after {}", other.name);
                view! { <option value=place(After::Sponsor(other.id)) selected=is_now>{text}</option> }
            })
            .collect_view();
        view! {
            <optgroup label=label.clone()>
                <option value=place(After::First) selected=is_here == Some(0)>{format!("{label}: first")}</option>
                {behind}
            </optgroup>
        }
    };
    let tiers = board
        .tiers
        .iter()
        .map(|tier| group(Some(tier.id), tier.name.clone(), tier.sponsors.clone()))
        .collect_view();
    view! {
        <section class="section" id="move" aria-labelledby="move-title">
            <h2 id="move-title">"Move to…"</h2>
            <form class="form-line" method="post" action="/api/sponsors/move">
                <HiddenField name="event" value=slug/>
                <HiddenField name="sponsor" value=sponsor.to_string()/>
                <label for="field-place">"Place"</label>
                <select class="input sponsor-place" id="field-place" name="place" required=true>
                    {tiers}
                    {group(None, "Without tier".to_owned(), board.without_tier.clone())}
                </select>
                <Button kind=ButtonKind::Secondary>"Move"</Button>
            </form>
        </section>
    }
}

#[component]
fn Delete(slug: String, sponsor: BoardSponsor) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="delete">
            <h2 id="delete">"Delete"</h2>
            <form class="form-line" method="post" action="/api/sponsors/delete">
                <HiddenField name="event" value=slug/>
                <HiddenField name="sponsor" value=sponsor.id.to_string()/>
                <p class="meta">"It disappears at once. You can bring it back for ten minutes."</p>
                <Button kind=ButtonKind::Danger>"Delete sponsor"</Button>
            </form>
        </section>
    }
}
