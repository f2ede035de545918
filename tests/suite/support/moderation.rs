use domain::AppError;
use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;
use http::StatusCode;
use uuid::Uuid;

use super::{Answer, EventTeam, Member, TestApp};

const REPORT: &str = "/api/moderation/report";

impl TestApp {
    /// An open report about somebody in an event, filed by another.
    pub async fn report_about(&self, event: &str, reporter: Uuid, person: Uuid, text: &str) -> String {
        let id = self.services.rng.id(self.services.clock.now());
        sqlx::query(
            "insert into reports (id, event_id, reporter_id, target_kind, target_id, person_id, organizers_only, reason,
                                  body, snapshot, status, created_at)
             select $1, e.id, $3, 'PERSON', $4, $4, false, 'OTHER', $5, '[]', 'OPEN', now()
               from events e where e.slug = $2",
        )
        .bind(id)
        .bind(event)
        .bind(reporter)
        .bind(person)
        .bind(text)
        .execute(&self.services.db)
        .await
        .unwrap();
        id.to_string()
    }
}

impl EventTeam {
    pub async fn report(&self, who: &Member, target: (&str, &str), reason: &str, text: &str) -> Answer {
        let (kind, target) = target;
        let fields = [
            ("kind", kind),
            ("target", target),
            ("event", self.event.as_str()),
            ("reason", reason),
            ("text", text),
        ];
        who.browser.call(REPORT, &fields).await
    }

    pub async fn step(&self, who: &Member, call: &str, report: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("event", self.event.as_str()), ("report", report)];
        fields.extend(more);
        who.browser.call(&format!("/api/moderation/{call}"), &fields).await
    }

    /// The ids of the reports this person finds in the queue, the first to answer first.
    pub async fn queue(&self, who: &Member, query: &str) -> Vec<String> {
        let page = who.browser.get(&self.page(&format!("/manage/moderation{query}"))).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let ids = page.html().attributes("li.report", "id");
        ids.into_iter().map(|id| id.trim_start_matches("report-").to_owned()).collect()
    }

    pub async fn mute(&self, who: &Member, whom: &Member, duration: &str, reason: &str) -> Answer {
        let user = whom.signed_in.user.to_string();
        let fields = [
            ("event", self.event.as_str()),
            ("member", user.as_str()),
            ("duration", duration),
            ("reason", reason),
        ];
        who.browser.call("/api/moderation/mute", &fields).await
    }

    pub async fn unmute(&self, who: &Member, whom: &Member) -> Answer {
        let user = whom.signed_in.user.to_string();
        let fields = [("event", self.event.as_str()), ("member", user.as_str())];
        who.browser.call("/api/moderation/unmute", &fields).await
    }

    /// What the event does from now on with messages that have "darn" in them.
    pub async fn filter_words(&self, mode: &str) {
        sqlx::query("update events set profanity_mode = $2, profanity_words = '{darn}' where slug = $1")
            .bind(&self.event)
            .bind(mode)
            .execute(&self.app.services.db)
            .await
            .unwrap();
    }

    /// The ids of the messages that wait for this moderator, oldest first.
    pub async fn held(&self, who: &Member) -> Vec<String> {
        let page = who.browser.get(&self.page("/manage/moderation")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let ids = page.html().attributes("[id^=held-]", "id");
        ids.into_iter().map(|id| id.trim_start_matches("held-").to_owned()).collect()
    }

    /// Lets a message that waits through (`yes`), or refuses it (`no`).
    pub async fn review(&self, who: &Member, message: &str, approve: &str) -> Answer {
        let fields = [("event", self.event.as_str()), ("message", message), ("approve", approve)];
        who.browser.call("/api/moderation/review", &fields).await
    }

    /// What this person reads in the moderation log, newest first.
    pub async fn log(&self, who: &Member) -> Vec<String> {
        let page = who.browser.get(&self.page("/manage/log")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.html().texts(".row-body p:first-child")
    }

    pub async fn general(&self) -> ChatRoomId {
        self.app.room(&self.olivia, &self.event, RoomKind::Global).await
    }

    pub async fn say(&self, who: &Member, room: ChatRoomId, body: &str) -> Answer {
        let (room, id) = (room.to_string(), uuid::Uuid::new_v4().to_string());
        let fields = [
            ("event", self.event.as_str()),
            ("room", room.as_str()),
            ("client_message_id", id.as_str()),
            ("body", body),
        ];
        who.browser.call("/api/chat/post_message", &fields).await
    }
}

/// Kind and id of a message, as a report names it.
pub fn reported(of: &MessageView) -> (&'static str, String) {
    ("MESSAGE", of.id.to_string())
}

/// What was said at a field.
pub fn refusal(answer: &Answer, field: &str) -> Option<String> {
    match answer.error() {
        AppError::Invalid(errors) => errors.get(field).map(str::to_owned),
        _ => None,
    }
}
