use domain::Conflict;
use domain::agenda::SessionKind;
use leptos::prelude::*;
use services::agenda::{self, SessionFields};

use super::frame::{ManageFrame, editor_path};
use super::session_field_set::{LABELS, SessionFieldSet};
use crate::ssr;
use crate::ui::button::Button;
use crate::ui::field::HiddenField;
use crate::ui::form::Form;

/// The form for a new session; `?starts_at=`, `?ends_at=` and `?venue_room=` fill it in.
#[component]
pub fn NewSessionPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = agenda::editor(&services, viewer.signed_in()?, &slug).await?;
        if !page.can_change {
            return Err(Conflict::EventArchived.into());
        }
        let form = ssr::take_flash().await?;
        let path = editor_path(&slug);
        let form_key = services.rng.id(services.clock.now()).to_string();
        let stored = SessionFields {
            starts_at: ssr::query("starts_at"),
            ends_at: ssr::query("ends_at"),
            venue_room: ssr::query("venue_room"),
            kind: Some(SessionKind::Presentation.as_str().to_owned()),
            ..SessionFields::default()
        };
        Ok(view! {
            <ManageFrame
                page=page.clone() title="Add a session" path=format!("{path}/new") back=(path, "Agenda")
                form=form.clone() labels=LABELS.to_vec()
            >
                <Form action="/api/agenda/create_session" guarded=true>
                    <HiddenField name="event" value=slug/>
                    <HiddenField name="form_key" value=form.value_or("form_key", &form_key)/>
                    <SessionFieldSet form=form stored=stored page=page/>
                    <div class="form-actions">
                        <Button>"Add session"</Button>
                        <CheckButton/>
                    </div>
                </Form>
            </ManageFrame>
        }
        .into_any())
    })
}

/// Sends the same form to be checked instead of saved.
#[component]
pub(super) fn CheckButton() -> impl IntoView {
    view! {
        <button class="button button-secondary" type="submit" formaction="/api/agenda/check_session">
            <span class="button-text">"Check for clashes"</span>
        </button>
    }
}
