use leptos::prelude::*;
use services::calendars;

use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::copy_button::CopyButton;
use crate::ui::field::HiddenField;

/// How a member gets the agenda into their own calendar. The secret address is shown once, right after it is made.
#[component]
pub fn CalendarPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = calendars::calendar_page(&services, viewer.signed_in()?, &slug).await?;
        let flash = ssr::take_flash().await?;
        let feed = flash.value("feed");
        let has_feed = page.has_feed;
        let all = format!("{}/events/{slug}/agenda.ics", services.public_url);
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Calendar · {}", page.head.title), format!("/events/{slug}/calendar"))
                viewer=viewer
                flash=flash
                event=frame(&page.head, page.role, &[])
                current=EventTab::Me
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=format!("/events/{slug}/me")>"You"</a></p>
                    <h1>"Calendar"</h1>
                </header>
                <section class="section" aria-labelledby="mine">
                    <h2 id="mine">"My sessions"</h2>
                    <p>"Those you starred, signed up for or speak in. Subscribe to the address, and your calendar follows every change."</p>
                    {(!feed.is_empty()).then(|| view! {
                        <div class="field">
                            <label class="field-label" for="field-feed">"Your secret address"</label>
                            <p class="field-hint" id="hint-feed">"Whoever has it sees your sessions. It is shown only now."</p>
                            <div class="form-line">
                                <input class="input" id="field-feed" readonly=true value=feed aria-describedby="hint-feed"/>
                                <CopyButton field="field-feed" label="Copy address"/>
                            </div>
                        </div>
                    })}
                    <div class="form-actions">
                        <form method="post" action="/api/calendars/make_feed">
                            <HiddenField name="event" value=slug.clone()/>
                            <Button>{if has_feed { "Make a new address" } else { "Make an address" }}</Button>
                        </form>
                        {has_feed.then(|| view! {
                            <form method="post" action="/api/calendars/revoke_feed">
                                <HiddenField name="event" value=slug.clone()/>
                                <Button kind=ButtonKind::Secondary>"End the address"</Button>
                            </form>
                        })}
                    </div>
                    {has_feed.then(|| view! { <p class="meta">"A new address ends the one you have."</p> })}
                </section>
                <section class="section" aria-labelledby="all">
                    <h2 id="all">"All sessions"</h2>
                    <p><a href=format!("/events/{slug}/agenda.ics")>{all}</a></p>
                </section>
            </EventLayout>
        }
        .into_any())
    })
}
