use domain::moderation::{ReportReason, ReportTarget, ReportText};
use leptos::prelude::*;
use services::moderation::{self, Reportable};

use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::choices::{Choice, Choices};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::user_text::Paragraphs;

/// Says what is wrong with a message or a person; the moderators of an event answer it.
#[component]
pub fn ReportPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let asked = |field| ssr::query(field).unwrap_or_default();
        let (kind, target, event) = (asked("kind"), asked("target"), asked("event"));
        let seen = moderation::reportable(&services, person, ReportTarget::parse(&kind, &target)).await?;
        let flash = ssr::take_flash().await?;
        let event = flash.value_or("event", &event);
        let labels = vec![("reason", "What is wrong?"), ("event", "Event"), ("text", "In your words")];
        let errors = flash.errors().cloned().unwrap_or_default();
        let title = match seen.text {
            Some(_) => format!("Report a message of {}", seen.person_name),
            None => format!("Report {}", seen.person_name),
        };
        Ok(view! {
            <SignedInLayout head=Head::new(title.clone(), "/report") viewer=viewer flash=flash.clone()>
                <header class="page-head">
                    <h1>{title}</h1>
                    <p class="lead">"Moderators read it. The person you report is not told that it was you."</p>
                </header>
                {seen.text.clone().map(|text| view! {
                    <blockquote class="report-quote"><Paragraphs text=text/></blockquote>
                })}
                <FormErrors errors=errors labels=labels/>
                <Form action="/api/moderation/report" guarded=true>
                    <HiddenField name="kind" value=kind/>
                    <HiddenField name="target" value=target/>
                    <Fields seen=seen flash=flash event=event/>
                    <Button>"Send the report"</Button>
                </Form>
            </SignedInLayout>
        }
        .into_any())
    })
}

#[component]
fn Fields(seen: Reportable, flash: Flash, event: String) -> impl IntoView {
    let reasons = ReportReason::ALL.map(|reason| Choice::new(reason.as_str(), reason.label())).to_vec();
    let one_event = match seen.events.as_slice() {
        [only] => Some(only.slug.clone()),
        _ => None,
    };
    let events = match one_event {
        Some(slug) => view! { <HiddenField name="event" value=slug/> }.into_any(),
        None => {
            let options: Vec<(String, String)> =
                seen.events.into_iter().map(|event| (event.slug, event.title)).collect();
            view! {
                <SelectField
                    name="event" label="Event" options=options value=event error=flash.error("event") required=true
                    hint="You are both in these. Its moderators answer your report; nobody else sees it."
                />
            }
            .into_any()
        }
    };
    view! {
        <Choices
            name="reason" label="What is wrong?" choices=reasons value=flash.value("reason")
            error=flash.error("reason") required=true
        />
        {events}
        <TextArea
            name="text" label="In your words" rows=4 maxlength=ReportText::MAX_CHARS value=flash.value("text")
            error=flash.error("text") hint="What should the moderators know?"
        />
    }
}
