use domain::agenda::{MuxPlaybackPolicy, StreamingPlatform};
use domain::ids::AgendaSessionId;
use leptos::prelude::*;
use services::streaming::{self, StreamPage as Page};

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::{HiddenField, SelectField, TextField};
use crate::ui::form::{Form, FormErrors};

const LABELS: [(&str, &str); 4] = [
    ("platform", "Where it is streamed"),
    ("value", "Address or ID"),
    ("passcode", "Passcode"),
    ("mux_policy", "Who may play it"),
];

/// How one session is streamed; for organizers.
#[component]
pub fn StreamPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let session: AgendaSessionId = ssr::param("session")?;
        let page = streaming::open_stream(&services, viewer.signed_in()?, &slug, session).await?;
        let form = ssr::take_flash().await?;
        let errors = form.errors().cloned().unwrap_or_default();
        let path = format!("/events/{slug}/manage/agenda/{session}/stream");
        let back = format!("/events/{slug}/sessions/{session}");
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Stream · {} · {}", page.title, page.head.title), path)
                viewer=viewer
                flash=form.clone()
                event=frame(&page.head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=back>{page.title.clone()}</a></p>
                    <h1>"Stream"</h1>
                    <p class="lead">"Members get it on the session's stage, in its time. It stands in no list and no calendar."</p>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <StreamForm page=page form=form/>
            </EventLayout>
        }
        .into_any())
    })
}

#[component]
fn StreamForm(page: Page, form: Flash) -> impl IntoView {
    let save = if form.is_stale() { "Save over the newer version" } else { "Save" };
    let stored = page.fields;
    let platforms = std::iter::once((String::new(), "It isn't streamed".to_owned()))
        .chain(StreamingPlatform::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())))
        .collect();
    let policies = [
        (MuxPlaybackPolicy::Public, "Whoever knows the playback ID"),
        (MuxPlaybackPolicy::Signed, "Only members, with a token"),
    ];
    let policies = policies.map(|(policy, text)| (policy.as_str().to_owned(), text.to_owned())).to_vec();
    let settings = format!("/organizations/{}/settings/streaming", page.head.organization_slug);
    let accounts = if page.has_mux_signing && page.has_jaas {
        "Signed Mux streams and Jitsi use your organization's own accounts. An owner or admin changes them under "
    } else {
        "Signed Mux streams and Jitsi need your organization's own account. An owner or admin adds it under "
    };
    view! {
        <Form action="/api/streaming/save_stream" guarded=true>
            <HiddenField name="event" value=page.head.slug.clone()/>
            <HiddenField name="session" value=page.session.to_string()/>
            <HiddenField name="version" value=page.version.to_string()/>
            <SelectField
                name="platform" label="Where it is streamed" options=platforms
                value=form.value_or("platform", &stored.platform) error=form.error("platform")
            />
            <TextField
                name="value" label="Address or ID" maxlength=2000
                hint="The video's address on Vimeo, a playback ID of Mux, a Zoom meeting, a room of Jitsi, or any https address."
                value=form.value_or("value", &stored.value) error=form.error("value")
            />
            <TextField
                name="passcode" label="Passcode" maxlength=50 autocomplete="off"
                hint="Of a Zoom meeting. Only those who may join see it."
                value=form.value_or("passcode", &stored.passcode) error=form.error("passcode")
            />
            <SelectField
                name="mux_policy" label="Who may play it" options=policies hint="For Mux."
                value=form.value_or("mux_policy", &stored.mux_policy) error=form.error("mux_policy")
            />
            <p class="meta">{accounts}<a href=settings>"Streaming"</a>" in its settings."</p>
            <Button>{save}</Button>
        </Form>
    }
}
