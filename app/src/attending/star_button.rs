use domain::ids::AgendaSessionId;
use leptos::prelude::*;

use crate::ui::field::HiddenField;
use crate::ui::icon::Icon;

/// One click stars a session, another takes the star back; it leads back to `next`, the page it stands on. Works for
/// visitors, whose browser keeps it.
#[component]
pub fn StarButton(
    #[prop(into)] event: String,
    session: AgendaSessionId,
    /// Of the session, for whoever doesn't see which card it stands on.
    #[prop(into)]
    title: String,
    is_starred: bool,
    #[prop(into)] next: String,
) -> impl IntoView {
    let (value, class) =
        if is_starred { ("no", "star-button star-button-on") } else { ("yes", "star-button") };
    view! {
        <form class="star-form" method="post" action="/api/attending/star">
            <HiddenField name="event" value=event/>
            <HiddenField name="session" value=session.to_string()/>
            <HiddenField name="next" value=next/>
            <button
                class=class type="submit" name="starred" value=value
                aria-pressed=if is_starred { "true" } else { "false" } aria-label=format!("Star {title}")
            >
                <Icon name="star"/>
            </button>
        </form>
    }
}
