use domain::accounts::{PersonCard, tint};
use domain::chat::MessageView;
use domain::ids::{ClientMessageId, ConversationId, UserId};
use domain::paging::{PageSize, Slice, Window};
use domain::realtime::Topic;
use domain::search::SearchText;
use domain::{AppError, Conflict, SignedIn};
use leptos::prelude::*;
use services::conversations::{self, ConversationPage as Opened, ListRequest};
use services::uploads::AvatarPixels;
use services::{ServiceError, Services};

use super::conversation_list::{ConversationList, LiveConversations, online_in};
use super::search_results::SearchResults;
use super::tools::{ClearConfirmation, ConversationTools};
use crate::chat::{ChatRoom, NewToReader, Partner, Place, RoomOpening, Setting, row_view, rows};
use crate::flash::Flash;
use crate::layouts::{Head, InboxLayout};
use crate::ssr;
use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;

/// A conversation with its newest messages and the composer; with `?before=SEQ` a page of earlier ones, with `?search=` the
/// messages that hold a text.
#[component]
pub fn ConversationPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?.clone();
        let id: ConversationId = ssr::param("conversation")?;
        let asked = Asked::read()?;
        let page = conversations::open_page(&services, &person, id, asked.window()).await?;
        let found = asked.find(&services, &person, id).await?;
        let all = ListRequest::default();
        let list = conversations::conversations_of(&services, &person, &all, PageSize::ENTRIES).await?;
        let online = online_in(&services, &list).await;
        let other = page.shows_presence.then_some(page.other.id);
        let is_online = !services.bus.online(other.as_slice()).await.is_empty();
        let flash = ssr::take_flash().await?;
        let above = Flash { notice: flash.notice, problem: whole(&flash), ..Flash::default() };
        let client_message_id = client_message_id(&services, &flash);
        let head = Head::new(format!("{} · Messages", page.other.full_name), format!("/inbox/{id}"));
        let content = Shown { page, found, asked, is_online, flash, client_message_id }.view(&person);
        Ok(view! {
            <InboxLayout head=head viewer=viewer flash=above>
                <div class="chat" data-hears=Topic::Conversation(id).to_string()>
                    <nav class="chat-rooms" aria-label="Conversations">
                        <LiveConversations person=person.user current=Some(id)>
                            <ConversationList conversations=list.items online=online current=Some(id)/>
                        </LiveConversations>
                    </nav>
                    {content}
                </div>
            </InboxLayout>
        }
        .into_any())
    })
}

/// What of the conversation the address asks for.
struct Asked {
    before: Option<i64>,
    search: SearchText,
}

impl Asked {
    fn read() -> Result<Self, ServiceError> {
        let before = ssr::query("before").and_then(|text| text.parse::<i64>().ok());
        Ok(Self { before, search: SearchText::parse(ssr::query("search").as_deref())? })
    }

    fn is_search(&self) -> bool {
        !self.search.as_str().is_empty()
    }

    fn window(&self) -> Window {
        self.before.filter(|_| !self.is_search()).map_or(Window::Newest, Window::Before)
    }

    async fn find(
        &self,
        services: &Services,
        person: &SignedIn,
        id: ConversationId,
    ) -> Result<Option<Slice<MessageView>>, ServiceError> {
        if !self.is_search() {
            return Ok(None);
        }
        conversations::find_in(services, person, id, &self.search, self.before).await.map(Some)
    }
}

/// All that decides how the conversation is shown.
struct Shown {
    page: Opened,
    found: Option<Slice<MessageView>>,
    asked: Asked,
    is_online: bool,
    flash: Flash,
    client_message_id: ClientMessageId,
}

impl Shown {
    /// Live, unless something else was asked for than the newest messages.
    fn view(self, person: &SignedIn) -> AnyView {
        let Self { page, found, asked, is_online, flash, client_message_id } = self;
        let id = page.id;
        let (text, window) = (asked.search.as_str().to_owned(), asked.window());
        if let Some(found) = found {
            let head = head_view(&page, is_online, &text);
            let results = view! { <SearchResults conversation=id text=text found=found/> };
            return view! { <Plain>{head}{results}</Plain> }.into_any();
        }
        if asks_to_clear() || window != Window::Newest {
            let head = head_view(&page, is_online, "");
            let messages = view! { <Messages page=page reader=person.user window=window/> };
            return view! { <Plain>{head}{messages}</Plain> }.into_any();
        }
        let (is_muted, other) = (page.is_muted, page.other.clone());
        let opening = opening(page, person, is_online, client_message_id, &flash);
        view! {
            <div class="conversation-bar">
                <ConversationTools conversation=id other=other is_muted=is_muted search=""/>
            </div>
            <ChatRoom opening=opening/>
        }
        .into_any()
    }
}

/// What was refused as a whole; a field's message stands at its field.
fn whole(flash: &Flash) -> Option<AppError> {
    flash.problem.clone().filter(|problem| !matches!(problem, AppError::Invalid(_)))
}

/// A refused message keeps its id: if it did arrive after all, sending again doesn't double it.
fn client_message_id(services: &Services, flash: &Flash) -> ClientMessageId {
    let kept = flash.values.get("client_message_id").and_then(|text| text.parse().ok());
    match &flash.problem {
        Some(AppError::Conflict(Conflict::MessageIdReused)) => None,
        _ => kept,
    }
    .unwrap_or_else(|| ClientMessageId::new(services.rng.id(services.clock.now())))
}

fn asks_to_clear() -> bool {
    ssr::query("clear").is_some()
}

fn opening(
    page: Opened,
    person: &SignedIn,
    is_online: bool,
    client_message_id: ClientMessageId,
    flash: &Flash,
) -> RoomOpening {
    RoomOpening {
        place: Place::Conversation { conversation: page.id },
        event_id: None,
        audience: about(&page),
        partner: Some(Partner {
            id: page.other.id,
            is_online,
            delivered_seq: page.receipts.delivered_seq,
            read_seq: page.receipts.read_seq,
        }),
        name: page.other.full_name,
        me: PersonCard { id: person.user, full_name: person.full_name.clone() },
        has_older: page.messages.has_older,
        messages: page.messages.items,
        cursor: page.cursor,
        last_read_seq: page.last_read_seq,
        refusal: page.may_send.err().map(|error| error.to_string()),
        is_moderator: false,
        blocked: Vec::new(),
        writes_when_closed: false,
        held: Vec::new(),
        client_message_id,
        draft: flash.value("body"),
        reply_to: flash.value("reply_to"),
        problem: flash.error("body").or_else(|| flash.message()),
        presence: None,
    }
}

/// The line under the name.
fn about(page: &Opened) -> String {
    let about = page.event.as_ref().map_or_else(
        || "Direct messages, between the two of you".to_owned(),
        |title| format!("About {title}"),
    );
    if page.is_muted { format!("{about} · Muted") } else { about }
}

#[component]
fn Plain(children: Children) -> impl IntoView {
    view! { <section class="chat-room" aria-labelledby="conversation-name">{children()}</section> }
}

fn head_view(page: &Opened, is_online: bool, search: &str) -> impl IntoView + use<> {
    let (id, other, name) = (page.id, page.other.clone(), page.other.full_name.clone());
    let picture = ssr::avatar(page.avatar, AvatarPixels::Small);
    let (is_muted, search, about) = (page.is_muted, search.to_owned(), about(page));
    view! {
        <header class="chat-head">
            <a class="icon-button chat-back" href="/inbox" aria-label="All conversations"><Icon name="arrow-left"/></a>
            <Avatar name=name.clone() tint=tint(page.other.id) picture=picture/>
            <div class="chat-title">
                <h1 id="conversation-name">{name}</h1>
                <p>{about}</p>
            </div>
            {is_online.then(|| view! { <p class="chat-presence">"Online"</p> })}
            <ConversationTools conversation=id other=other is_muted=is_muted search=search/>
        </header>
    }
}

/// A part of the history for reading, with the question whether to clear it all.
#[component]
fn Messages(page: Opened, reader: UserId, window: Window) -> impl IntoView {
    let (id, name) = (page.id, page.other.full_name.clone());
    let path = format!("/inbox/{id}");
    let messages = page.messages.items;
    let older = page.messages.has_older.then(|| messages.first().map(|first| first.seq)).flatten();
    let up_to_seq = if window == Window::Newest { i64::MAX } else { 0 };
    let new = NewToReader { reader, after_seq: page.last_read_seq, up_to_seq };
    let setting = Setting::still(Place::Conversation { conversation: id }, reader, Vec::new());
    let rows = rows(&messages, new, |_| 0).into_iter().map(|row| row_view(row, setting)).collect_view();
    view! {
        <div class="chat-log" tabindex="0" role="region" aria-label=format!("Messages with {name}")>
            {match older {
                Some(seq) => view! {
                    <p class="chat-older">
                        <a class="button button-quiet button-small" rel="prev" href=format!("{path}?before={seq}#latest")>
                            "Earlier messages"
                        </a>
                    </p>
                }
                .into_any(),
                None => view! { <p class="chat-start">{format!("This is the beginning, with {name}.")}</p> }.into_any(),
            }}
            <ol class="chat-messages" role="list">{rows}</ol>
            {asks_to_clear().then(|| view! { <ClearConfirmation conversation=id name=name.clone()/> })}
            <div id="latest"></div>
        </div>
        <div class="chat-foot">
            <p class="composer-closed"><a href=format!("{path}#latest")>"To the newest messages"</a></p>
        </div>
    }
}
