//! Reports, what moderators do about them, and what is written down of it.

use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;
use domain::moderation::{ModerationAction, ReportStatus};
use domain::realtime::{ClientFrame, ServerFrame, Topic};
use domain::{AppError, Conflict, Denied};
use http::StatusCode;
use services::moderation;
use time::Duration;

use crate::support::{Answer, EventTeam, Member};

const REPORT: &str = "/api/moderation/report";

impl EventTeam {
    async fn report(&self, who: &Member, target: (&str, &str), reason: &str, text: &str) -> Answer {
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

    async fn step(&self, who: &Member, call: &str, report: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = vec![("event", self.event.as_str()), ("report", report)];
        fields.extend(more);
        who.browser.call(&format!("/api/moderation/{call}"), &fields).await
    }

    /// The ids of the reports this person finds in the queue, the first to answer first.
    async fn queue(&self, who: &Member, query: &str) -> Vec<String> {
        let page = who.browser.get(&self.page(&format!("/manage/moderation{query}"))).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let ids = page.html().attributes("li.report", "id");
        ids.into_iter().map(|id| id.trim_start_matches("report-").to_owned()).collect()
    }

    async fn mute(&self, who: &Member, whom: &Member, duration: &str, reason: &str) -> Answer {
        let user = whom.signed_in.user.to_string();
        let fields = [
            ("event", self.event.as_str()),
            ("member", user.as_str()),
            ("duration", duration),
            ("reason", reason),
        ];
        who.browser.call("/api/moderation/mute", &fields).await
    }

    async fn unmute(&self, who: &Member, whom: &Member) -> Answer {
        let user = whom.signed_in.user.to_string();
        let fields = [("event", self.event.as_str()), ("member", user.as_str())];
        who.browser.call("/api/moderation/unmute", &fields).await
    }

    async fn general(&self) -> ChatRoomId {
        self.app.room(&self.olivia, &self.event, RoomKind::Global).await
    }

    async fn say(&self, who: &Member, room: ChatRoomId, body: &str) -> Answer {
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

fn message(of: &MessageView) -> (&'static str, String) {
    ("MESSAGE", of.id.to_string())
}

fn refusal(answer: &Answer, field: &str) -> Option<String> {
    match answer.error() {
        AppError::Invalid(errors) => errors.get(field).map(str::to_owned),
        _ => None,
    }
}

#[tokio::test]
async fn message_flagging() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    for n in 1..=7 {
        team.app.post(&team.speaker, general, &format!("before {n}")).await;
    }
    let rude = team.app.post(&team.speaker, general, "you are a fool").await;
    let (kind, id) = message(&rude);
    let about = (kind, id.as_str());

    let outsider = team.app.person("Otto").await;
    assert_eq!(team.report(&outsider, about, "HATE", "").await.status, StatusCode::NOT_FOUND, "no reader");
    let own = team.report(&team.speaker, about, "HATE", "").await;
    assert_eq!((own.status, own.error()), (StatusCode::FORBIDDEN, Denied::Oneself.into()));
    let vague = team.report(&team.attendee, about, "BAD", "").await;
    assert_eq!(refusal(&vague, "reason").as_deref(), Some("Choose what is wrong."));
    let long = team.report(&team.attendee, about, "HATE", &"x".repeat(1001)).await;
    assert!(refusal(&long, "text").is_some());
    assert!(team.queue(&team.moderator, "").await.is_empty(), "what was refused is not filed");

    let page = format!("/report?kind=MESSAGE&target={id}");
    assert!(team.attendee.browser.get(&page).await.body.contains("you are a fool"), "seen before it is sent");
    assert_eq!(outsider.browser.get(&page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        team.report(&team.attendee, about, "HARASSMENT", "He insults me.").await.status,
        StatusCode::OK
    );
    assert_eq!(team.report(&team.attendee, about, "HATE", "Again.").await.status, StatusCode::OK);
    let queue = team.queue(&team.moderator, "").await;
    assert_eq!(queue.len(), 1, "the same reporter and target add to the open report");

    sqlx::query("update chat_messages set deleted_at = now(), deleted_by = author_id where id = $1")
        .bind(rude.id.get())
        .execute(&team.app.services.db)
        .await
        .unwrap();
    let shown = team.moderator.browser.get(&team.page("/manage/moderation")).await.html();
    let lines = shown.texts(".report-line .prose");
    assert_eq!(
        lines,
        ["before 3", "before 4", "before 5", "before 6", "before 7", "you are a fool"],
        "five before it, kept although it is deleted"
    );
    assert!(shown.text(".report").contains("He insults me.") && shown.text(".report").contains("Again."));
    let gone = team.report(&team.organizer, about, "SPAM", "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "nobody reports what is not there any more");
    for who in [&team.attendee, &team.speaker] {
        let page = who.browser.get(&team.page("/manage/moderation")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", who.email);
    }
    assert_eq!(
        outsider.browser.get(&team.page("/manage/moderation")).await.status,
        StatusCode::FORBIDDEN,
        "the event is public, its reports are not"
    );
    let own = team.attendee.browser.get("/reports").await.html();
    assert_eq!(own.texts(".rows .badge"), ["We look at it"], "the reporter learns how far it is");
}

#[tokio::test]
async fn reports_go_to_those_who_read_the_room_and_never_to_who_they_are_about() {
    let team = EventTeam::set().await;
    let green = team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await;
    let said = team.app.post(&team.organizer, green, "between us").await;
    let (kind, id) = message(&said);
    assert_eq!(team.report(&team.speaker, (kind, &id), "OTHER", "not nice").await.status, StatusCode::OK);
    assert!(team.queue(&team.moderator, "").await.is_empty(), "moderators don't read the green room");
    assert!(team.queue(&team.organizer, "").await.is_empty(), "nobody handles a report about themselves");
    let queue = team.queue(&team.olivia, "").await;
    assert_eq!(queue.len(), 1, "the owner answers it");
    for other in [&team.moderator, &team.organizer] {
        let taken = team.step(other, "claim", &queue[0], &[]).await;
        assert_eq!(taken.status, StatusCode::NOT_FOUND, "{}", other.email);
    }

    let user = team.moderator.signed_in.user.to_string();
    let stranger = team.app.person("Otto").await;
    let of_person = ("PERSON", user.as_str());
    assert_eq!(
        team.report(&stranger, of_person, "SPAM", "").await.status,
        StatusCode::NOT_FOUND,
        "no event in common"
    );
    assert_eq!(team.report(&team.attendee, of_person, "SPAM", "").await.status, StatusCode::OK);
    assert!(team.queue(&team.moderator, "").await.is_empty());
    assert_eq!(team.queue(&team.organizer, "").await.len(), 1);
}

#[tokio::test]
async fn a_report_is_answered_by_whoever_took_it_and_the_reporter_learns_no_more_than_that() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let said = team.app.post(&team.speaker, general, "buy my book").await;
    let (kind, id) = message(&said);
    assert_eq!(team.report(&team.attendee, (kind, &id), "SPAM", "").await.status, StatusCode::OK);
    let report = team.queue(&team.moderator, "").await.remove(0);

    assert_eq!(team.step(&team.attendee, "claim", &report, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(team.step(&team.moderator, "claim", &report, &[]).await.status, StatusCode::OK);
    let late = team.step(&team.organizer, "claim", &report, &[]).await;
    assert_eq!(late.error(), Conflict::ReportTaken { by: "Maya Test".to_owned() }.into());
    let answer = [("verdict", "DISMISS")];
    assert_eq!(
        team.step(&team.organizer, "answer", &report, &answer).await.status,
        StatusCode::CONFLICT,
        "another is on it"
    );
    assert_eq!(team.step(&team.moderator, "release", &report, &[]).await.status, StatusCode::OK);
    assert_eq!(team.step(&team.organizer, "claim", &report, &[]).await.status, StatusCode::OK);

    let nothing = team.step(&team.organizer, "answer", &report, &[]).await;
    assert_eq!(refusal(&nothing, "verdict").as_deref(), Some("Choose what to do."));
    let unsaid = team.step(&team.organizer, "answer", &report, &[("verdict", "WARN")]).await;
    assert!(refusal(&unsaid, "reason").is_some(), "the person is told why");
    let warn = [("verdict", "WARN"), ("reason", "No advertising here."), ("note", "first time")];
    assert_eq!(team.step(&team.organizer, "answer", &report, &warn).await.status, StatusCode::OK);
    let again = team.step(&team.organizer, "answer", &report, &warn).await;
    assert_eq!(again.error(), Conflict::ReportClosed.into());

    let told = team.speaker.browser.get(&team.page("/now")).await;
    assert!(told.body.contains("No advertising here."), "the warned person reads it");
    assert!(!told.body.contains("first time"), "the note is for moderators");
    let warning = told.html().value("warning");
    let confirm = [("event", team.event.as_str()), ("warning", warning.as_str())];
    let call = "/api/moderation/confirm_warning";
    assert_eq!(team.attendee.browser.call(call, &confirm).await.status, StatusCode::NOT_FOUND);
    assert_eq!(team.speaker.browser.call(call, &confirm).await.status, StatusCode::OK);
    assert!(!team.speaker.browser.get(&team.page("/now")).await.body.contains("No advertising here."));

    let own = team.attendee.browser.get("/reports").await;
    assert_eq!(own.html().texts(".rows .badge"), [ReportStatus::Resolved.for_reporter()]);
    assert!(!own.body.contains("No advertising") && !own.body.contains("Omar"), "no more is told");
    assert!(team.queue(&team.moderator, "").await.is_empty());
    assert_eq!(team.queue(&team.moderator, "?view=CLOSED").await, [report]);
}

#[tokio::test]
async fn twenty_reports_a_day_are_taken() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let mut last = None;
    for n in 1..=21 {
        let said = team.app.post(&team.speaker, general, &format!("word {n}")).await;
        let (kind, id) = message(&said);
        let answer = team.report(&team.attendee, (kind, &id), "SPAM", "").await;
        assert_eq!(answer.status == StatusCode::OK, n <= 20, "{n}");
        last = Some(answer.status);
    }
    assert_eq!(last, Some(StatusCode::TOO_MANY_REQUESTS));
}

/// A mute ends by the clock, is told with its reason, and reaches open sockets.
#[tokio::test]
async fn user_suspension() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let mut socket = team.attendee.browser.listening(Topic::Room(general)).await;
    let mut others = team.speaker.browser.listening(Topic::Room(general)).await;

    for (who, whom, expected) in [
        (&team.attendee, &team.speaker, Denied::ModeratorsOnly),
        (&team.moderator, &team.organizer, Denied::EventAdminsOnly),
        (&team.moderator, &team.moderator, Denied::Oneself),
        (&team.organizer, &team.olivia, Denied::EventAdminsOnly),
    ] {
        let refused = team.mute(who, whom, "HOUR", "quiet").await;
        assert_eq!(
            (refused.status, refused.error()),
            (StatusCode::FORBIDDEN, expected.into()),
            "{}",
            who.email
        );
    }
    assert!(refusal(&team.mute(&team.moderator, &team.attendee, "WEEK", "x").await, "duration").is_some());
    assert!(refusal(&team.mute(&team.moderator, &team.attendee, "HOUR", " ").await, "reason").is_some());
    assert_eq!(team.say(&team.attendee, general, "still here").await.status, StatusCode::OK);
    assert_eq!(
        team.mute(&team.moderator, &team.attendee, "TEN_MINUTES", "Please calm down.").await.status,
        StatusCode::OK
    );
    let refused = team.say(&team.attendee, general, "but").await;
    assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, Denied::Muted.into()));
    let page = team.page(&format!("/rooms/{general}"));
    let shown = team.attendee.browser.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK, "reading goes on");
    assert!(shown.body.contains("muted"), "told in place");
    socket.send(&ClientFrame::Typing { topic: Topic::Room(general) }).await;
    let heard = others.next().await;
    assert!(
        matches!(heard, ServerFrame::MessagePosted { .. } | ServerFrame::PresenceCount { .. }),
        "{heard:?}"
    );

    team.app.wait(Duration::minutes(9) + Duration::seconds(59));
    assert_eq!(team.say(&team.attendee, general, "early").await.status, StatusCode::FORBIDDEN);
    team.app.wait(Duration::seconds(2));
    assert_eq!(team.say(&team.attendee, general, "sorry").await.status, StatusCode::OK, "the clock ends it");
    assert_eq!(team.unmute(&team.moderator, &team.attendee).await.error(), Conflict::NotMuted.into());

    assert_eq!(team.mute(&team.moderator, &team.attendee, "EVENT", "Enough.").await.status, StatusCode::OK);
    team.app.wait(Duration::days(3));
    assert_eq!(team.say(&team.attendee, general, "now?").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        team.mute(&team.moderator, &team.attendee, "DAY", "Shorter.").await.status,
        StatusCode::OK,
        "a new mute replaces the old one"
    );
    assert_eq!(team.unmute(&team.attendee, &team.attendee).await.status, StatusCode::FORBIDDEN);
    assert_eq!(team.unmute(&team.organizer, &team.attendee).await.status, StatusCode::OK);
    assert_eq!(team.say(&team.attendee, general, "thank you").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_is_muted_moderates_nobody() {
    let team = EventTeam::set().await;
    assert_eq!(team.mute(&team.moderator, &team.attendee, "HOUR", "x").await.status, StatusCode::OK);
    assert_eq!(team.mute(&team.organizer, &team.moderator, "HOUR", "x").await.status, StatusCode::OK);
    for refused in [
        team.unmute(&team.moderator, &team.attendee).await,
        team.about(&team.moderator, "ban", &team.attendee, &[("reason", "x")]).await,
    ] {
        assert_eq!((refused.status, refused.error()), (StatusCode::FORBIDDEN, Denied::Muted.into()));
    }
    let queue = team.moderator.browser.get(&team.page("/manage/moderation")).await;
    assert_eq!(queue.status, StatusCode::FORBIDDEN);
    assert_eq!(team.unmute(&team.organizer, &team.moderator).await.status, StatusCode::OK);
    assert_eq!(team.unmute(&team.moderator, &team.attendee).await.status, StatusCode::OK);
}

#[tokio::test]
async fn moderation_log() {
    let team = EventTeam::set().await;
    assert_eq!(team.mute(&team.moderator, &team.attendee, "HOUR", "too =loud").await.status, StatusCode::OK);
    assert_eq!(team.unmute(&team.organizer, &team.attendee).await.status, StatusCode::OK);
    let ban = [("reason", "and again")];
    assert_eq!(team.about(&team.organizer, "ban", &team.attendee, &ban).await.status, StatusCode::OK);
    assert_eq!(team.about(&team.organizer, "unban", &team.attendee, &[]).await.status, StatusCode::OK);
    let refused = team.mute(&team.attendee, &team.speaker, "HOUR", "me too").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let db = &team.app.services.db;
    sqlx::query("update users set first_name = 'Renamed' where id = $1")
        .bind(team.moderator.signed_in.user.get())
        .execute(db)
        .await
        .unwrap();
    let page = team.moderator.browser.get(&team.page("/manage/log")).await.html();
    assert_eq!(
        page.texts(".row-body p:first-child"),
        [
            "Omar Test lifted the ban of Ada Test",
            "Omar Test banned Ada Test",
            "Omar Test unmuted Ada Test",
            "Maya Test muted Ada Test for 1 hour",
        ],
        "what happened and nothing that was refused, with names as they were"
    );
    let muted = team.moderator.browser.get(&team.page("/manage/log?action=MUTE&search=maya")).await.html();
    assert_eq!(muted.texts(".row-body p:first-child").len(), 1);
    let unknown = team.moderator.browser.get(&team.page("/manage/log?action=SHOUT")).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    for other in [&team.attendee, &team.speaker] {
        for path in ["/manage/log", "/manage/log.csv"] {
            assert_eq!(other.browser.get(&team.page(path)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let csv = team.organizer.browser.get(&team.page("/manage/log.csv?action=MUTE")).await;
    let rows: Vec<&str> = csv.body.lines().collect();
    assert_eq!((rows.len(), rows[0]), (2, "At,By,Action,About,For,Reason"));
    assert!(rows[1].ends_with(",Maya Test,Muted,Ada Test,1 hour,too =loud"), "{}", rows[1]);

    for change in [
        "update moderation_entries set actor_name = 'Nobody'",
        "delete from moderation_entries",
        "truncate moderation_entries",
    ] {
        assert!(sqlx::query(change).execute(db).await.is_err(), "{change}: the log is append-only");
    }
    let filter = moderation::LogFilter { action: Some(ModerationAction::Ban), ..Default::default() };
    let csv = moderation::log_csv(&team.app.services, &team.olivia.signed_in, &team.event, &filter).await;
    assert_eq!(csv.unwrap().lines().count(), 2);
}
