use domain::moderation::{ReportReason, ReportTarget, ReportText};
use leptos::prelude::*;
use services::moderation::{self, Answering, Chosen, Reportable, Unanswered};

use crate::connections::BlockForm;
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
        let flash = ssr::take_flash().await?;
        let event = flash.value_or("event", &event);
        let asked = ReportTarget::parse(&kind, &target);
        let seen = moderation::reportable(&services, person, asked, &event).await?;
        let back = (!event.is_empty()).then(|| format!("/events/{}/now", ssr::encoded(&event)));
        let labels = vec![("reason", "What is wrong?"), ("event", "Event"), ("text", "In your words")];
        let errors = flash.errors().cloned().unwrap_or_default();
        let title = match seen.text {
            Some(_) => format!("Report a message of {}", seen.person_name),
            None => format!("Report {}", seen.person_name),
        };
        Ok(view! {
            <SignedInLayout head=Head::new(title.clone(), "/report") viewer=viewer flash=flash.clone()>
                <header class="page-head">
                    {back.map(|href| view! { <p class="page-kicker"><a href=href>"Back to the event"</a></p> })}
                    <h1>{title}</h1>
                    <p class="lead">{lead(&seen)}</p>
                </header>
                {seen.text.clone().map(|text| view! {
                    <blockquote class="quoted"><Paragraphs text=text/></blockquote>
                })}
                {if matches!(seen.answering, Answering::Nobody(_)) {
                    view! { <BlockForm person=seen.person name=seen.person_name/> }.into_any()
                } else {
                    view! {
                        <FormErrors errors=errors labels=labels/>
                        <Form action="/api/moderation/report" guarded=true>
                            <HiddenField name="kind" value=kind/>
                            <HiddenField name="target" value=target/>
                            <Fields seen=seen flash=flash event=event/>
                            <Button>"Send the report"</Button>
                        </Form>
                    }
                    .into_any()
                }}
            </SignedInLayout>
        }
        .into_any())
    })
}

/// Who reads the report.
fn lead(seen: &Reportable) -> String {
    const UNTOLD: &str = "The person you report is not told that it was you.";
    let because = |why: &Unanswered| match why {
        Unanswered::NoEventInCommon => "You have no event in common".to_owned(),
        Unanswered::NobodyThere { event_title, .. } => {
            format!("Nobody who moderates {event_title} could answer this report")
        }
    };
    match &seen.answering {
        Answering::Events { chosen: Chosen::Always { left_out: Some(title) }, .. } => format!(
            "Nobody who moderates {title} could answer this report. The moderators of the event you choose read it. {UNTOLD}"
        ),
        Answering::Events { .. } => format!("Moderators read it. {UNTOLD}"),
        Answering::Contact(_, why) => {
            let lines = if seen.text.is_some() { ", with the messages before it" } else { "" };
            format!("{}, so the people who run this Atria read it, by mail{lines}. {UNTOLD}", because(why))
        }
        Answering::Nobody(why) => format!(
            "{}, and this Atria names nobody who could be told. You can block them: then neither of you can write to the \
             other.",
            because(why)
        ),
    }
}

#[component]
fn Fields(seen: Reportable, flash: Flash, event: String) -> impl IntoView {
    let reasons = ReportReason::ALL.map(|reason| Choice::new(reason.as_str(), reason.label())).to_vec();
    let (events, is_chosen, hint) = match seen.answering {
        Answering::Events { events, chosen } => {
            (events, chosen != Chosen::OfSeveral, "What should the moderators know?")
        }
        Answering::Contact(..) | Answering::Nobody(_) => (vec![], false, "What should they know?"),
    };
    let events = match events.as_slice() {
        // In which event it is reported decides who answers.
        [] => view! { <HiddenField name="event" value=event/> }.into_any(),
        [only] if !is_chosen => view! { <HiddenField name="event" value=only.slug.clone()/> }.into_any(),
        _ => {
            let is_there = events.iter().any(|known| known.slug == event);
            let none = (!is_there).then(|| (String::new(), "Choose an event".to_owned()));
            let options: Vec<(String, String)> =
                none.into_iter().chain(events.into_iter().map(|event| (event.slug, event.title))).collect();
            let event = if is_there { event } else { String::new() };
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
            error=flash.error("text") hint=hint
        />
    }
}
