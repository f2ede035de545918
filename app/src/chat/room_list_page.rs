use domain::paging::Keyset;
use domain::realtime::Topic;
use domain::{AppError, FieldErrors, SignedIn};
use leptos::prelude::*;
use services::chat::{Hit, SearchFields};
use services::{ServiceError, Services, chat, events};

use super::room_list::RoomList;
use super::search_results::{SearchForm, SearchResults, asked};
use crate::events::frame;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::empty::EmptyState;

/// The rooms of an event that the member may read, and a search through what was said in them.
#[component]
pub fn RoomListPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let person = viewer.signed_in()?.clone();
        let (head, role) = events::open_for_members(&services, &person, &slug).await?;
        let rooms = chat::rooms_of(&services, &person, head.id, head.status, role).await?;
        let flash = ssr::take_flash().await?;
        let path = format!("/events/{slug}/rooms");
        let asked = asked();
        let found = match &asked {
            Some(fields) => Some(look_for(&services, &person, &slug, fields).await?),
            None => None,
        };
        let (errors, found) = match found {
            Some(Err(errors)) => (errors, None),
            Some(Ok(found)) => (FieldErrors::default(), Some(found)),
            None => (FieldErrors::default(), None),
        };
        let fields = asked.unwrap_or_default();
        let topic = Topic::Event(head.id).to_string();
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Chat · {}", head.title), format!("/events/{slug}/rooms"))
                viewer=viewer
                flash=flash
                event=frame(&head, role, &rooms)
                current=EventTab::Chat
            >
                <header class="page-head">
                    <h1>"Chat"</h1>
                </header>
                <SearchForm path=path.clone() rooms=rooms.clone() fields=fields.clone() errors=errors/>
                {found.map(|found| view! { <SearchResults path=path fields=fields found=found/> })}
                {if rooms.is_empty() {
                    view! {
                        <EmptyState
                            title="No rooms yet"
                            text="Organizers open rooms for this event."
                            icon="message-circle"
                        />
                    }
                    .into_any()
                } else {
                    view! { <RoomList event=slug rooms=rooms topic=Some(topic)/> }.into_any()
                }}
            </EventLayout>
        }
        .into_any())
    })
}

/// What is found, or what is wrong with what was asked, which stays on the page.
async fn look_for(
    services: &Services,
    person: &SignedIn,
    slug: &str,
    fields: &SearchFields,
) -> Result<Result<Keyset<Hit>, FieldErrors>, ServiceError> {
    match chat::search(services, person, slug, fields).await {
        Ok(found) => Ok(Ok(found)),
        Err(ServiceError::Refused(AppError::Invalid(errors))) => {
            ssr::set_status(&AppError::Invalid(errors.clone()));
            Ok(Err(errors))
        }
        Err(error) => Err(error),
    }
}
