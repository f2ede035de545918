use domain::accounts::Relation;
use leptos::prelude::*;
use services::accounts::{self, OwnProfile};
use services::time_zones;

use super::photo::Photo;
use super::{SettingsHead, Tab};
use crate::accounts::profile_card::ProfileCard;
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::differences::{Differences, stored_fields};
use crate::ui::field::{HiddenField, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::icon::Icon;

/// The labels of the form's fields, in order, for the error summary.
const LABELS: [(&str, &str); 13] = [
    ("avatar", "Photo"),
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("pronouns", "Pronouns"),
    ("title", "Title"),
    ("company", "Company"),
    ("bio", "About you"),
    ("time_zone", "Time zone"),
    ("linkedin", "LinkedIn"),
    ("x", "X"),
    ("mastodon", "Mastodon"),
    ("github", "GitHub"),
    ("website", "Website"),
];

/// What a person writes about themselves, and how others see it.
///
/// After a stale edit the form keeps what was typed and carries the newest version, so that saving again is a
/// decision and not an accident.
#[component]
pub fn ProfilePage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let own = accounts::own_profile(&services, &person).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let now = stored_fields(&LABELS, |name| stored_field(&own, name).to_owned());
        let seen = view! { <HowOthersSeeMe own=own.clone()/> };
        let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
        Ok(view! {
            <SignedInLayout
                head=Head::new("Profile · Settings", "/settings/profile")
                viewer=viewer
                flash=form.clone()
            >
                <SettingsHead current=Tab::Profile/>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Photo form=form.clone() person=person/>
                <section class="settings section" aria-label="Your profile">
                    <Differences form=form.clone() stored=now/>
                    <Form action="/api/accounts/save_profile" guarded=true>
                        <HiddenField name="version" value=own.version.to_string()/>
                        <AboutYou form=form.clone() own=own.clone()/>
                        <Links form=form own=own/>
                        <Button>{save}</Button>
                    </Form>
                </section>
                {seen}
            </SignedInLayout>
        }
        .into_any())
    })
}

fn stored_field<'a>(own: &'a OwnProfile, field: &str) -> &'a str {
    let profile = &own.profile;
    match field {
        "first_name" => &own.first_name,
        "last_name" => &own.last_name,
        "pronouns" => stored(profile.pronouns.as_ref()),
        "title" => stored(profile.title.as_ref()),
        "company" => stored(profile.company.as_ref()),
        "bio" => stored(profile.bio.as_ref()),
        "linkedin" => stored(profile.links.linkedin.as_ref()),
        "x" => stored(profile.links.x.as_ref()),
        "mastodon" => stored(profile.links.mastodon.as_ref()),
        "github" => stored(profile.links.github.as_ref()),
        "time_zone" => stored(own.time_zone.as_ref()),
        "avatar" => "",
        _ => stored(profile.links.website.as_ref()),
    }
}

fn stored(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

#[component]
fn AboutYou(form: Flash, own: OwnProfile) -> impl IntoView {
    let profile = &own.profile;
    let names = time_zones::names_with(stored(own.time_zone.as_ref()))
        .into_iter()
        .map(|name| (name.clone(), name.replace('_', " ")));
    let zones = std::iter::once((String::new(), "Not set".to_owned())).chain(names).collect();
    view! {
        <fieldset class="field-group">
            <legend>"About you"</legend>
            <div class="field-row">
                <TextField
                    name="first_name" label="First name" autocomplete="given-name" required=true maxlength=100
                    value=form.value_or("first_name", &own.first_name) error=form.error("first_name")
                />
                <TextField
                    name="last_name" label="Last name" autocomplete="family-name" maxlength=100
                    value=form.value_or("last_name", &own.last_name) error=form.error("last_name")
                />
            </div>
            <TextField
                name="pronouns" label="Pronouns" maxlength=40
                value=form.value_or("pronouns", stored(profile.pronouns.as_ref())) error=form.error("pronouns")
            />
            <div class="field-row">
                <TextField
                    name="title" label="Title" autocomplete="organization-title" maxlength=120
                    value=form.value_or("title", stored(profile.title.as_ref())) error=form.error("title")
                />
                <TextField
                    name="company" label="Company" autocomplete="organization" maxlength=120
                    value=form.value_or("company", stored(profile.company.as_ref())) error=form.error("company")
                />
            </div>
            <TextArea
                name="bio" label="About you" maxlength=2000 rows=6
                hint="What do you do, and what would you like to talk about? An empty line starts a paragraph."
                value=form.value_or("bio", stored(profile.bio.as_ref())) error=form.error("bio")
            />
            <SelectField
                name="time_zone" label="Time zone" options=zones hint="Where you are most of the time."
                value=form.value_or("time_zone", stored(own.time_zone.as_ref())) error=form.error("time_zone")
            />
        </fieldset>
    }
}

#[component]
fn Links(form: Flash, own: OwnProfile) -> impl IntoView {
    let links = own.profile.links;
    let fields = [
        ("linkedin", "LinkedIn", links.linkedin, "https://www.linkedin.com/in/you"),
        ("x", "X", links.x, "https://x.com/you"),
        ("mastodon", "Mastodon", links.mastodon, "https://mastodon.example/@you"),
        ("github", "GitHub", links.github, "https://github.com/you"),
        ("website", "Website", links.website, "https://example.org"),
    ];
    let fields = fields
        .map(|(name, label, link, example)| {
            view! {
                <TextField
                    name=name label=label inputmode="url" maxlength=500 placeholder=example
                    value=form.value_or(name, stored(link.as_ref())) error=form.error(name)
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="field-group">
            <legend>"Where else you are"</legend>
            <p class="meta">"Paste whole addresses, as your browser shows them."</p>
            {fields}
        </fieldset>
    }
}

/// The saved profile under the saved privacy, as four kinds of people get it.
#[component]
fn HowOthersSeeMe(own: OwnProfile) -> impl IntoView {
    let viewers = [
        (
            "As a visitor",
            "Only where you speak in public. Everywhere else visitors don't see you at all.",
            Relation::Other,
        ),
        ("As somebody in the same event", "", Relation::FellowMember { connected: false }),
        ("As a connection", "", Relation::Connection),
        ("As an organizer of an event", "", Relation::Organizer { connected: false }),
    ];
    let cards = viewers
        .map(|(title, note, relation)| {
            let shown = own.profile.shown_to(&own.privacy, relation);
            let presence = shown.shows_presence.then_some("They see whether you are online.");
            view! {
                <details class="disclosure" name="seen-as">
                    <summary>{title}<Icon name="chevron-down" size=16/></summary>
                    {(!note.is_empty()).then(|| view! { <p class="meta">{note}</p> })}
                    <ProfileCard shown=shown/>
                    <p class="meta">{presence}</p>
                </details>
            }
        })
        .collect_view();
    view! {
        <section class="settings section" aria-labelledby="seen">
            <h2 id="seen">"How others see you"</h2>
            <p class="meta">
                "As it is saved now. "<a href="/settings/privacy">"Privacy"</a>" decides who sees what."
            </p>
            {cards}
        </section>
    }
}
