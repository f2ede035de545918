use domain::AppError;
use leptos::prelude::*;
use services::notifications::find_unsubscribe;

use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, LinkButton};
use crate::ui::field::HiddenField;
use crate::ui::form::Form;

/// Behind the link in a mail that can be switched off. Opening it changes nothing: mail scanners open links too.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, _) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let kind = match find_unsubscribe(&services, &token).map_err(ssr::shown) {
            Ok(kind) => kind,
            Err(error @ AppError::Gone(_)) => return Ok(gone(&error)),
            Err(error) => return Err(error.into()),
        };
        let flash = ssr::take_flash().await?;
        Ok(view! {
            <FocusLayout
                head=Head::new("Fewer mails", "/unsubscribe").noindex()
                title="Fewer mails"
                flash=flash
            >
                <p>"You get mails about: "<strong>{kind.label()}</strong>"."</p>
                <p class="meta">"What you see in Atria itself stays. You can switch it on again in Settings."</p>
                <Form action="/api/notifications/stop_mails">
                    <HiddenField name="token" value=token/>
                    <Button>"Stop these mails"</Button>
                </Form>
                <p><a href="/settings/notifications">"Choose what we tell you"</a></p>
            </FocusLayout>
        }
        .into_any())
    })
}

fn gone(error: &AppError) -> AnyView {
    ssr::set_status(error);
    view! {
        <FocusLayout
            head=Head::new("This link doesn't work", "/unsubscribe").noindex()
            title="This link doesn't work"
            lead="It is incomplete. Open it from the mail again, or choose in Settings what we tell you."
        >
            <LinkButton href="/settings/notifications">"Choose what we tell you"</LinkButton>
        </FocusLayout>
    }
    .into_any()
}
