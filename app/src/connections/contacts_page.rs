use domain::connections::{ContactList, ContactSort};
use domain::paging::PageRequest;
use leptos::prelude::*;
use services::connections::{self, ContactCounts, ContactFilter, Contacts};

use super::contact_card::ContactCard;
use crate::flash::Flash;
use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::empty::EmptyState;
use crate::ui::pager::Pager;

const PATH: &str = "/connections";

/// A person's requests and contacts.
#[component]
pub fn ContactsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let filter = ContactFilter::parse(
            ssr::query("list").as_deref(),
            ssr::query("search").as_deref(),
            ssr::query("sort").as_deref(),
            ssr::query("event").as_deref(),
        )?;
        let request = PageRequest::parse(ssr::query("page").as_deref(), ssr::query("per_page").as_deref())?;
        let me = viewer.signed_in()?.clone();
        let contacts = connections::contacts(&services, &me, &filter, request).await?;
        let form = ssr::take_flash().await?;
        let waiting = match contacts.counts.received {
            0 => "Nobody waits for your answer.".to_owned(),
            1 => "1 person waits for your answer.".to_owned(),
            count => format!("{count} people wait for your answer."),
        };
        let has_contacts = contacts.counts.connected > 0;
        let [csv, cards] =
            ["csv", "vcf"].map(|kind| address(&format!("{PATH}.{kind}"), &filter, filter.list));
        Ok(view! {
            <SignedInLayout head=Head::new("Connections", PATH) viewer=viewer flash=form.clone()>
                <header class="page-head page-head-split">
                    <div>
                        <h1>"Connections"</h1>
                        <p class="lead" id="waiting" data-live-part="">{waiting}</p>
                    </div>
                    {(has_contacts && filter.list == ContactList::Connected).then(|| view! {
                        <div class="form-actions">
                            <a class="button button-secondary" href=csv download="contacts.csv"><span class="button-text">"Download as CSV"</span></a>
                            <a class="button button-secondary" href=cards download="contacts.vcf"><span class="button-text">"Download vCards"</span></a>
                        </div>
                    })}
                </header>
                <div
                    id="lists" data-live-part="" data-live=format!("user:{}", me.user)
                    data-live-on="connection_requested connection_accepted connection_removed"
                >
                    <Lists counts=contacts.counts filter=filter.clone()/>
                </div>
                <div id="found" data-live-part=""><Found contacts=contacts filter=filter form=form/></div>
            </SignedInLayout>
        }
        .into_any())
    })
}

/// The address of a list; the search, the order and the event stay.
fn address(path: &str, filter: &ContactFilter, list: ContactList) -> String {
    let search = ssr::encoded(filter.text.as_str());
    let event = ssr::encoded(filter.event.as_deref().unwrap_or_default());
    format!("{path}?list={}&search={search}&sort={}&event={event}", list.as_str(), filter.sort.as_str())
}

/// One tap each, with how many there are; what one declined only where there is something.
#[component]
fn Lists(counts: ContactCounts, filter: ContactFilter) -> impl IntoView {
    let items = [ContactList::Connected, ContactList::Received, ContactList::Sent, ContactList::Declined]
        .into_iter()
        .filter(|list| *list != ContactList::Declined || counts.declined > 0 || filter.list == *list)
        .map(|list| {
            let is_current = list == filter.list;
            view! {
                <li>
                    <a class="pill" href=format!("{PATH}?list={}", list.as_str()) aria-current=is_current.then_some("page")>
                        {list.label()}<span class="pill-count">{counts.of(list)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav aria-label="Lists"><ul class="pills" role="list">{items}</ul></nav> }
}

#[component]
fn Found(contacts: Contacts, filter: ContactFilter, form: Flash) -> impl IntoView {
    let (people, list) = (contacts.people, filter.list);
    let is_narrowed = !filter.text.as_str().is_empty() || filter.event.is_some();
    let base = format!("{}&per_page={}", address(PATH, &filter, list), people.per_page);
    let here = vec![
        ("search", filter.text.as_str().to_owned()),
        ("sort", filter.sort.as_str().to_owned()),
        ("event", filter.event.clone().unwrap_or_default()),
        ("page", people.page.to_string()),
        ("per_page", people.per_page.to_string()),
    ];
    let pages = (u32::try_from(people.page).unwrap_or(1), u32::try_from(people.total_pages).unwrap_or(1));
    let count = match people.total_items {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let is_empty = people.items.is_empty();
    let cards = people
        .items
        .into_iter()
        .map(|contact| view! { <ContactCard contact=contact list=list form=form.clone() here=here.clone()/> })
        .collect_view();
    view! {
        {(contacts.counts.of(list) > 0).then(|| view! { <Filter filter=filter events=contacts.events/> })}
        <p class="meta" role="status">{count}</p>
        {if is_empty { nobody(list, is_narrowed).into_any() } else { ().into_any() }}
        <ul class="rows contacts" role="list">{cards}</ul>
        <Pager base=base page=pages.0 pages=pages.1/>
    }
}

#[component]
fn Filter(filter: ContactFilter, events: Vec<(String, String)>) -> impl IntoView {
    let sorts = ContactSort::ALL
        .into_iter()
        .map(
            |sort| view! { <option value=sort.as_str() selected=sort == filter.sort>{sort.label()}</option> },
        )
        .collect_view();
    let chosen = filter.event.clone().unwrap_or_default();
    let events = events
        .into_iter()
        .map(|(slug, title)| view! { <option value=slug.clone() selected=slug == chosen>{title}</option> })
        .collect_view();
    view! {
        <form class="filter" method="get" action=PATH role="search" autocomplete="off" aria-label="Connections">
            <input type="hidden" name="list" value=filter.list.as_str()/>
            <label class="visually-hidden" for="search">"Name, company or note"</label>
            <input class="input" id="search" type="search" name="search" value=filter.text.as_str().to_owned() placeholder="Name, company or note" minlength="2" maxlength="200"/>
            <label class="visually-hidden" for="event">"Event"</label>
            <select class="input" id="event" name="event"><option value="">"All events"</option>{events}</select>
            <label class="visually-hidden" for="sort">"Order"</label>
            <select class="input" id="sort" name="sort">{sorts}</select>
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </form>
    }
}

fn nobody(list: ContactList, is_narrowed: bool) -> AnyView {
    let href = format!("{PATH}?list={}", list.as_str());
    if is_narrowed {
        return view! {
            <EmptyState title="Nobody fits" text="Search for other words, or in all events." icon="search">
                <LinkButton href=href kind=ButtonKind::Secondary>"Show all"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let (title, text) = match list {
        ContactList::Received => ("No open requests", "Who asks to connect with you stands here."),
        ContactList::Sent => {
            ("No open requests of yours", "Whom you asked and who has not answered stands here.")
        }
        ContactList::Declined => ("Nobody", "Whom you declined stands here."),
        ContactList::Connected => {
            ("No connections yet", "Find somebody in the directory of an event and ask to connect.")
        }
    };
    view! {
        <EmptyState title=title text=text icon="users">
            <LinkButton href="/home" kind=ButtonKind::Secondary>"Your events"</LinkButton>
        </EmptyState>
    }
    .into_any()
}
