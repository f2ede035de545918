//! People who are connected, and what they write to each other.

use domain::chat::{MessageBody, MessageView};
use domain::ids::{ClientMessageId, ConversationId};
use domain::paging::PageSize;
use services::conversations::{self, ConversationList, ListRequest, NewConversation, NewDirectMessage};

use super::{Answer, Member, TestApp};

/// Rust Day of Olivia's organization with Omar, who organizes; Ada and Ben attend and are connected; Zoe owns another
/// organization; Otto is nowhere.
pub struct ConversationScene {
    pub app: TestApp,
    pub event: String,
    pub olivia: Member,
    pub omar: Member,
    pub ada: Member,
    pub ben: Member,
    pub zoe: Member,
    pub otto: Member,
    /// Of Ada and Ben.
    pub conversation: ConversationId,
}

impl ConversationScene {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let (olivia, omar, ada) = tokio::join!(app.person("Olivia"), app.person("Omar"), app.person("Ada"));
        let (ben, zoe, otto) = tokio::join!(app.person("Ben"), app.person("Zoe"), app.person("Otto"));
        let event = app.published(&olivia).await;
        app.join_event(&event, &omar, "ORGANIZER", "ACTIVE").await;
        for attendee in [&ada, &ben] {
            app.register(attendee, &event).await;
        }
        app.connect(&ada, &ben, &event).await;
        let conversation = app.conversation(&ada, &ben).await;
        Self { app, event, olivia, omar, ada, ben, zoe, otto, conversation }
    }

    /// As the form does, in the conversation of Ada and Ben.
    pub async fn say(&self, who: &Member, id: u128, body: &str) -> Answer {
        say(who, self.conversation, id, body).await
    }

    /// Any function about the conversation of Ada and Ben, called by a script.
    pub async fn call(&self, who: &Member, function: &str, fields: &[(&str, &str)]) -> Answer {
        call(who, self.conversation, function, fields).await
    }

    pub fn page(&self) -> String {
        format!("/inbox/{}", self.conversation)
    }
}

/// Sends as the form does.
pub async fn say(who: &Member, conversation: ConversationId, id: u128, body: &str) -> Answer {
    let id = uuid::Uuid::from_u128(id).to_string();
    call(who, conversation, "post_message", &[("client_message_id", &id), ("body", body)]).await
}

/// Any function about a conversation.
pub async fn call(
    who: &Member,
    conversation: ConversationId,
    function: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let conversation = conversation.to_string();
    let mut all = vec![("conversation", conversation.as_str())];
    all.extend(fields);
    who.browser.call(&format!("/api/conversations/{function}"), &all).await
}

/// Opens as the button does, in an event or without one.
pub async fn open(who: &Member, whom: &Member, event: Option<&str>) -> Answer {
    let person = whom.signed_in.user.to_string();
    let mut fields = vec![("person", person.as_str())];
    fields.extend(event.map(|event| ("event", event)));
    who.browser.call("/api/conversations/open", &fields).await
}

impl TestApp {
    /// Two people as an accepted request leaves them.
    pub async fn connect(&self, one: &Member, other: &Member, event: &str) {
        let now = self.services.clock.now();
        sqlx::query(
            "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id,
                                      requested_at, responded_at)
             select $1, least($2, $3), greatest($2, $3), $2, 'ACCEPTED', 'Hello', e.id, $5, $5
               from events e where e.slug = $4
             on conflict on constraint connections_pair_unique do update set status = 'ACCEPTED'",
        )
        .bind(self.services.rng.id(now))
        .bind(one.signed_in.user.get())
        .bind(other.signed_in.user.get())
        .bind(event)
        .bind(now)
        .execute(&self.services.db)
        .await
        .expect("two people and an event");
    }

    /// Two people as the end of their connection leaves them.
    pub async fn disconnect(&self, one: &Member, other: &Member) {
        sqlx::query(
            "update connections set status = 'REMOVED'
              where user_low = least($1, $2) and user_high = greatest($1, $2)",
        )
        .bind(one.signed_in.user.get())
        .bind(other.signed_in.user.get())
        .execute(&self.services.db)
        .await
        .expect("two people");
    }

    /// Whoever closed their account, until they come back.
    pub async fn close_account(&self, person: &Member) {
        sqlx::query("update users set state = 'DEACTIVATED', deactivated_at = now() where id = $1")
            .bind(person.signed_in.user.get())
            .execute(&self.services.db)
            .await
            .expect("an account");
    }

    /// One side wants nothing of the other any more.
    pub async fn block(&self, blocker: &Member, blocked: &Member) {
        sqlx::query("insert into user_blocks (blocker_id, blocked_id, created_at) values ($1, $2, $3)")
            .bind(blocker.signed_in.user.get())
            .bind(blocked.signed_in.user.get())
            .bind(self.services.clock.now())
            .execute(&self.services.db)
            .await
            .expect("two people");
    }

    /// What an organizer or moderator does to a membership.
    pub async fn set_member_status(&self, event: &str, person: &Member, status: &str) {
        sqlx::query(
            "update event_members set status = $3
              where user_id = $2 and event_id = (select id from events where slug = $1)",
        )
        .bind(event)
        .bind(person.signed_in.user.get())
        .bind(status)
        .execute(&self.services.db)
        .await
        .expect("a known status");
    }

    /// The conversation of two connected people.
    pub async fn conversation(&self, one: &Member, other: &Member) -> ConversationId {
        let new = NewConversation { person: other.signed_in.user, event: None };
        conversations::start(&self.services, &one.signed_in, &new).await.expect("they are connected")
    }

    /// Writes through the use case.
    pub async fn write(&self, who: &Member, conversation: ConversationId, body: &str) -> MessageView {
        let new = NewDirectMessage {
            conversation,
            client_message_id: ClientMessageId::new(self.services.rng.id(self.services.clock.now())),
            body: MessageBody::parse(body).expect("a message to send"),
            reply_to: None,
        };
        conversations::send(&self.services, &who.signed_in, &new).await.expect("they may write")
    }

    /// Writes an answer through the use case.
    pub async fn reply(
        &self,
        who: &Member,
        conversation: ConversationId,
        to: &MessageView,
        body: &str,
    ) -> MessageView {
        let new = NewDirectMessage {
            conversation,
            client_message_id: ClientMessageId::new(self.services.rng.id(self.services.clock.now())),
            body: MessageBody::parse(body).expect("a message to send"),
            reply_to: Some(to.id),
        };
        conversations::send(&self.services, &who.signed_in, &new).await.expect("they may answer")
    }

    /// The top of somebody's list.
    pub async fn conversations_of(&self, who: &Member) -> ConversationList {
        let all = ListRequest::default();
        conversations::conversations_of(&self.services, &who.signed_in, &all, PageSize::ENTRIES)
            .await
            .expect("a list")
    }

    /// The text of the others that this person has not read, by conversation.
    pub async fn unread_of(&self, who: &Member) -> Vec<(ConversationId, i64)> {
        let list = self.conversations_of(who).await;
        list.items.iter().map(|line| (line.id, line.unread)).collect()
    }
}
