//! Requests and contacts: Ada and Ben attend, Sam speaks, Omar organizes, Otto is outside.

use domain::AppError;
use domain::connections::{ContactList, ContactSort};
use domain::ids::ConnectionId;
use domain::paging::PageRequest;
use http::StatusCode;
use services::connections::{self, Contact, ContactFilter, Contacts};
use services::{Outcome, ServiceError};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Answer, Member, TestApp};

/// What a use case refused.
pub fn refusal<T: std::fmt::Debug>(answer: Outcome<T>) -> AppError {
    match answer {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("{other:?} instead of a refusal"),
    }
}

type StoredMessage = (Uuid, i64, String, String, OffsetDateTime, bool, i64);

pub struct ConnectionScene {
    pub app: TestApp,
    pub event: String,
    pub olivia: Member,
    pub omar: Member,
    pub sam: Member,
    pub ada: Member,
    pub ben: Member,
    pub otto: Member,
}

impl ConnectionScene {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let (omar, sam) = (app.person("Omar").await, app.person("Sam").await);
        let (ada, ben, otto) = (app.person("Ada").await, app.person("Ben").await, app.person("Otto").await);
        for (person, role) in
            [(&omar, "ORGANIZER"), (&sam, "SPEAKER"), (&ada, "ATTENDEE"), (&ben, "ATTENDEE")]
        {
            app.join_event(&event, person, role, "ACTIVE").await;
        }
        Self { app, event, olivia, omar, sam, ada, ben, otto }
    }

    /// Somebody's profile in the event.
    pub fn profile(&self, of: &Member) -> String {
        format!("/events/{}/people/{}", self.event, of.signed_in.user)
    }

    /// As the form of that page asks.
    pub async fn ask(&self, from: &Member, to: &Member, icebreaker: &str) -> Answer {
        let person = to.signed_in.user.to_string();
        let fields = [("event", self.event.as_str()), ("person", &person), ("icebreaker", icebreaker)];
        from.browser.call("/api/connections/request", &fields).await
    }

    /// The same, whatever became of the login session.
    pub async fn try_ask(&self, from: &Member, to: &Member) -> Outcome<ConnectionId> {
        let (services, to) = (&self.app.services, Some(to.signed_in.user));
        connections::request(services, &from.signed_in, &self.event, to, "Coffee?").await
    }

    pub async fn requested(&self, from: &Member, to: &Member) -> ConnectionId {
        self.try_ask(from, to).await.expect("they may ask")
    }

    pub async fn connected(&self, from: &Member, to: &Member) -> ConnectionId {
        let connection = self.requested(from, to).await;
        connections::accept(&self.app.services, &to.signed_in, connection).await.expect("it is open");
        connection
    }

    /// Something done to a connection, as the forms of the lists do.
    pub async fn act(&self, who: &Member, what: &str, connection: ConnectionId) -> StatusCode {
        let fields = [("connection", connection.to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        who.browser.status(&format!("/api/connections/{what}"), &fields).await
    }

    /// The own note about a contact, from what their list shows now.
    pub async fn note(&self, who: &Member, connection: ConnectionId, note: &str) -> StatusCode {
        let shown = self.page(who, ContactList::Connected, None, "").await.map(|page| page.people.items);
        let shown =
            shown.ok().and_then(|contacts| contacts.into_iter().find(|shown| shown.connection == connection));
        let before = shown.and_then(|contact| contact.note).unwrap_or_default();
        self.note_from(who, connection, &before, note).await.status
    }

    /// The same from a window that was opened with another note.
    pub async fn note_from(
        &self,
        who: &Member,
        connection: ConnectionId,
        before: &str,
        note: &str,
    ) -> Answer {
        let connection = connection.to_string();
        let fields = [("connection", connection.as_str()), ("before", before), ("note", note)];
        who.browser.call("/api/connections/save_note", &fields).await
    }

    /// Lets nobody but organizers see the address, in one event.
    pub async fn organizers_only(&self, who: &Member, event: &str) -> StatusCode {
        let fields = [
            ("event", event),
            ("version", "0"),
            ("email_visibility", "ORGANIZERS_ONLY"),
            ("connection_requests", "NONE"),
            ("social_links", "HIDDEN"),
        ];
        who.browser.status("/api/accounts/override_privacy", &fields).await
    }

    /// What a query counts.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.app.services.db).await.expect("a number")
    }

    /// All direct messages by their place: conversation, place, sender's first name, text, when it was written, whether the
    /// conversation is the global one, and how many it has.
    pub async fn messages(&self) -> Vec<StoredMessage> {
        let all = "select c.id, m.seq, u.first_name, m.body, m.created_at, c.event_id is null, c.last_seq
                     from direct_messages m join conversations c on c.id = m.conversation_id
                     join users u on u.id = m.sender_id order by m.seq";
        sqlx::query_as(all).fetch_all(&self.app.services.db).await.expect("messages")
    }

    /// The stored state.
    pub async fn stored(&self, connection: ConnectionId) -> String {
        let status = "select status from connections where id = $1";
        let status = sqlx::query_scalar(status).bind(connection.get());
        status.fetch_one(&self.app.services.db).await.expect("a connection")
    }

    pub async fn block(&self, who: &Member, whom: &Member) -> StatusCode {
        let person = whom.signed_in.user.to_string();
        who.browser.status("/api/connections/block", &[("person", &person)]).await
    }

    /// What a page lists of people: their names, in order.
    pub async fn names(&self, who: &Member, page: &str) -> Vec<String> {
        let answer = who.browser.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        answer.html().texts(".contact-name, .directory .row-title")
    }

    pub async fn list(&self, who: &Member, list: ContactList) -> Vec<Contact> {
        self.page(who, list, None, "").await.expect("a list").people.items
    }

    pub async fn page(
        &self,
        who: &Member,
        list: ContactList,
        event: Option<&str>,
        search: &str,
    ) -> Result<Contacts, ServiceError> {
        let sort = Some(ContactSort::Name.as_str());
        let filter = ContactFilter::parse(Some(list.as_str()), Some(search), sort, event)?;
        let request = PageRequest::parse(None, None)?;
        connections::contacts(&self.app.services, &who.signed_in, &filter, request).await
    }

    /// Changes what somebody lets others see, everywhere; a test names what it talks about.
    pub async fn privacy(&self, of: &Member, changed: &str) {
        let update = format!("update users set {changed} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(update))
            .bind(of.signed_in.user.get())
            .execute(&self.app.services.db)
            .await
            .expect("a column of users");
    }
}
