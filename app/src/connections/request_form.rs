use domain::connections::Icebreaker;
use domain::ids::{ConnectionId, UserId};
use leptos::prelude::*;

use crate::flash::Flash;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{HiddenField, SelectField, TextArea};
use crate::ui::form::{Form, FormErrors};

/// Asks somebody to connect, with own words or one of the event's suggestions.
#[component]
pub fn RequestForm(
    /// The event's address.
    event: String,
    person: UserId,
    /// Of whom.
    name: String,
    icebreakers: Vec<String>,
    form: Flash,
) -> impl IntoView {
    let errors = form.errors().cloned().unwrap_or_default();
    // Sent without a further thought, it is a question of this event.
    let begins = form.value("suggestion");
    let begins = if begins.is_empty() { icebreakers.first().cloned().unwrap_or_default() } else { begins };
    let own = std::iter::once((String::new(), "My own words".to_owned()));
    let options = own.chain(icebreakers.into_iter().map(|text| (text.clone(), text))).collect::<Vec<_>>();
    view! {
        <section class="section connect" id="connect" aria-labelledby="connect-title">
            <h2 id="connect-title">{format!("Connect with {name}")}</h2>
            <p class="meta">"They read your first words before they answer. If they accept, your conversation begins with them."</p>
            <FormErrors errors=errors labels=vec![("suggestion", "Begin with"), ("icebreaker", "Your own words")]/>
            <Form action="/api/connections/request">
                <HiddenField name="event" value=event/>
                <HiddenField name="person" value=person.to_string()/>
                <SelectField
                    name="suggestion" label="Begin with" options=options value=begins essential=true
                    hint="A question of this event, unless you write your own words below."
                />
                <TextArea
                    name="icebreaker" label="Your own words" rows=3 essential=true maxlength=Icebreaker::MAX_CHARS
                    value=form.value("icebreaker") error=form.error("icebreaker")
                />
                <Button icon="send">"Send request"</Button>
            </Form>
        </section>
    }
}

/// The profile on which somebody is answered, for the answer to lead back to it.
#[derive(Debug, Clone)]
pub struct OnProfile {
    /// The event's address.
    pub event: String,
    pub person: UserId,
}

/// Which request is answered, and where.
#[component]
fn AnswerFields(connection: ConnectionId, on: Option<OnProfile>) -> impl IntoView {
    let place = on.map(|on| {
        view! {
            <HiddenField name="event" value=on.event/>
            <HiddenField name="person" value=on.person.to_string()/>
        }
    });
    view! { <HiddenField name="connection" value=connection.to_string()/>{place} }
}

/// Yes or no to a request, with its words.
#[component]
pub fn AnswerForms(
    connection: ConnectionId,
    name: String,
    #[prop(optional_no_strip)] on: Option<OnProfile>,
) -> impl IntoView {
    let (accept, decline) =
        (format!("Accept the request of {name}"), format!("Decline the request of {name}"));
    view! {
        <form method="post" action="/api/connections/accept">
            <AnswerFields connection=connection on=on.clone()/>
            <button class="button button-primary button-small" type="submit" aria-label=accept>"Accept"</button>
        </form>
        <form method="post" action="/api/connections/decline">
            <AnswerFields connection=connection on=on/>
            <button class="button button-secondary button-small" type="submit" aria-label=decline>"Decline"</button>
        </form>
    }
}

/// Opens the conversation of two people who are connected.
#[component]
pub fn MessageForm(person: UserId, name: String) -> impl IntoView {
    let label = format!("Message {name}");
    view! {
        <form method="post" action="/api/conversations/open">
            <HiddenField name="person" value=person.to_string()/>
            <button class="button button-secondary button-small" type="submit" aria-label=label>"Message"</button>
        </form>
    }
}

/// Takes an own request back.
#[component]
pub fn WithdrawForm(
    connection: ConnectionId,
    name: String,
    #[prop(optional_no_strip)] on: Option<OnProfile>,
) -> impl IntoView {
    let label = format!("Withdraw your request to {name}");
    view! {
        <form method="post" action="/api/connections/withdraw">
            <AnswerFields connection=connection on=on/>
            <button class="button button-secondary button-small" type="submit" aria-label=label>"Withdraw"</button>
        </form>
    }
}

/// One tap makes two people invisible to each other; said before what it does.
#[component]
pub fn BlockForm(person: UserId, name: String) -> impl IntoView {
    view! {
        <details class="block-person">
            <summary>"Block"</summary>
            <p class="meta">
                {format!("You and {name} don't see each other any more, and neither can write to the other. A connection or request between you ends, and unblocking doesn't bring it back. They aren't told. You find whom you block in your settings.")}
            </p>
            <form method="post" action="/api/connections/block">
                <HiddenField name="person" value=person.to_string()/>
                <Button kind=ButtonKind::Danger>{format!("Block {name}")}</Button>
            </form>
        </details>
    }
}
