//! What goes with a ban: the note that moderators keep, and what the banned person wrote.

use domain::chat::{MessageView, RoomKind};
use domain::ids::ChatRoomId;
use domain::moderation::AlsoDelete;
use domain::realtime::{ServerFrame, Topic};
use domain::{AppError, Gone};
use http::StatusCode;
use services::attendees::{self, BanFields};
use services::{ServiceError, chat};
use time::Duration;

use crate::support::cast::new_message;
use crate::support::moderation::refusal;
use crate::support::{EventTeam, Member};

async fn reads(team: &EventTeam, who: &Member, room: ChatRoomId) -> Vec<String> {
    who.browser.get(&team.page(&format!("/rooms/{room}"))).await.html().texts(".message-body")
}

#[tokio::test]
async fn a_ban_takes_what_they_wrote_lately_out_of_the_rooms_its_moderator_moderates() {
    let team = EventTeam::set().await;
    let (general, green) =
        (team.general().await, team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await);
    team.app.post(&team.speaker, general, "from before").await;
    team.app.wait(Duration::HOUR + Duration::SECOND);
    for text in ["first insult", "second insult"] {
        team.app.post(&team.speaker, general, text).await;
    }
    team.app.post(&team.speaker, green, "between us").await;
    let said = ["from before", "first insult", "second insult", "what now?"];
    let last = team.app.post(&team.attendee, general, said[3]).await;

    let long = "x".repeat(1001);
    for (field, typed) in [("delete", "WEEK"), ("note", long.as_str())] {
        let ban = [("reason", "x"), (field, typed)];
        let refused = team.about(&team.moderator, "ban", &team.speaker, &ban).await;
        assert!(refusal(&refused, field).is_some(), "{field}");
    }
    assert_eq!(reads(&team, &team.attendee, general).await, said, "what was refused did nothing");
    let topic = Topic::Room(general);
    let mut socket = team.attendee.browser.listening(topic).await;
    let ban = [("reason", "Insults."), ("note", "Second time this year."), ("delete", "HOUR")];
    assert_eq!(team.about(&team.moderator, "ban", &team.speaker, &ban).await.status, StatusCode::OK);

    let rev = last.rev + 2;
    assert_eq!(socket.next().await, ServerFrame::Head { topic, rev });
    let resumed = socket.subscribe(topic, Some(last.rev)).await;
    assert!(matches!(resumed, ServerFrame::Subscribed { .. }), "{resumed:?}");
    for (seq, rev) in [(2, last.rev + 1), (3, last.rev + 2)] {
        let ServerFrame::MessageDeleted { message, rev: of, .. } = socket.next().await else {
            panic!("who reads along gets each of them")
        };
        assert_eq!((message.seq, of, message.body), (seq, rev, None));
    }
    let gone = "Message deleted by a moderator";
    assert_eq!(reads(&team, &team.attendee, general).await, [said[0], gone, gone, said[3]]);
    assert_eq!(reads(&team, &team.organizer, green).await, ["between us"], "no room of the moderator");
    team.app.post(&team.attendee, general, "calm again").await;
    assert!(matches!(socket.next().await, ServerFrame::MessagePosted { .. }), "the room goes on");

    let deleted = "Maya Test deleted a message of Sam Test";
    assert_eq!(team.log(&team.moderator).await, [deleted, deleted, "Maya Test banned Sam Test"]);
    let person = format!("/manage/moderation/people/{}", team.speaker.signed_in.user);
    for page in ["/manage/log", person.as_str()] {
        let page = team.moderator.browser.get(&team.page(page)).await;
        assert!(page.body.contains("Second time this year."), "moderators read the note");
    }
    let page = team.speaker.browser.get(&team.page("")).await.html();
    assert!(page.text(".event-closed").starts_with("You were banned from this event."), "its page says so");
    let mail = team.app.inbox.about(&team.speaker.email, "You were banned from Rust Day").await;
    assert!(mail.raw.contains("Insults.") && !mail.raw.contains("Second time"), "{}", mail.raw);
}

type Sending = tokio::task::JoinHandle<Result<MessageView, ServiceError>>;

fn send(team: &EventTeam, author: &Member, room: ChatRoomId, text: &str) -> Sending {
    let (author, services) = (author.signed_in.clone(), team.app.services.clone());
    let new = new_message(&services, room, text);
    tokio::spawn(async move { chat::post(&services, &author, &new).await })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_on_its_way_goes_with_the_ban_too() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let mut room = team.app.services.db.begin().await.unwrap();
    let hold = sqlx::query("select 1 from chat_rooms where id = $1 for update").bind(general.get());
    hold.execute(&mut *room).await.unwrap();
    let on_its_way = send(&team, &team.speaker, general, "the last word");
    team.app.until_it_waits(&on_its_way).await;
    let (services, event, moderator, author) = (
        team.app.services.clone(),
        team.event.clone(),
        team.moderator.signed_in.clone(),
        team.speaker.signed_in.user,
    );
    let typed = BanFields { reason: "Insults.".to_owned(), note: String::new(), delete: "ALL".to_owned() };
    let banning =
        tokio::spawn(
            async move { attendees::ban(&services, &moderator, &event, Some(author), &typed).await },
        );
    team.app.until_waiting(2, &banning).await;
    room.rollback().await.unwrap();
    on_its_way.await.unwrap().expect("it was allowed when it was sent");
    assert_eq!(banning.await.unwrap().expect("a moderator"), 1, "message is deleted");
    assert_eq!(reads(&team, &team.attendee, general).await, ["Message deleted by a moderator"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_was_allowed_before_a_ban_is_refused_after_it_unless_its_author_owns_the_organization()
{
    let team = EventTeam::set().await;
    let general = team.general().await;
    let ban = "update event_members set status = 'BANNED' where user_id = $1";
    let mut banning = team.app.services.db.begin().await.unwrap();
    let user = team.speaker.signed_in.user.get();
    sqlx::query(ban).bind(user).execute(&mut *banning).await.unwrap();
    let sending = send(&team, &team.speaker, general, "one more");
    team.app.until_it_waits(&sending).await;
    banning.commit().await.unwrap();
    let refused = sending.await.unwrap().expect_err("the ban came first");
    assert!(matches!(refused, ServiceError::Refused(AppError::Denied(_))), "{refused:?}");
    assert!(reads(&team, &team.attendee, general).await.is_empty());

    // An owner has every right, an old ban or not.
    let tara = team.app.person("Tara").await;
    team.app.join_event(&team.event, &tara, "SPEAKER", "ACTIVE").await;
    let user = tara.signed_in.user.get();
    sqlx::query(ban).bind(user).execute(&team.app.services.db).await.unwrap();
    team.app.join_organization("atria-test", &tara, "OWNER").await;
    team.app.post(&tara, general, "one more").await;
    assert_eq!(reads(&team, &team.attendee, general).await, ["one more"]);
}

#[tokio::test]
async fn messages_that_went_with_a_ban_can_be_restored_for_a_day() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let mut said = Vec::new();
    for text in ["one", "two"] {
        said.push(team.app.post(&team.speaker, general, text).await.id.to_string());
    }
    let ban = [("reason", "Insults."), ("delete", "ALL")];
    assert_eq!(team.about(&team.moderator, "ban", &team.speaker, &ban).await.status, StatusCode::OK);
    let room = general.to_string();
    let restore = async |message: &str| {
        let fields = [("event", &*team.event), ("room", &*room), ("message", message)];
        team.moderator.browser.call("/api/chat/restore_message", &fields).await
    };
    assert_eq!(restore(&said[0]).await.status, StatusCode::OK);
    team.app.wait(Duration::DAY + Duration::SECOND);
    assert_eq!(restore(&said[1]).await.error(), AppError::Gone(Gone::RestoreOver));
    let gone = "Message deleted by a moderator";
    assert_eq!(reads(&team, &team.attendee, general).await, ["one", gone]);
}

#[tokio::test]
async fn a_ban_takes_nothing_unless_that_is_chosen_and_as_many_statements_for_one_message_as_for_many() {
    let team = EventTeam::set().await;
    let (general, green) =
        (team.general().await, team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await);
    let ben = team.app.person("Ben").await;
    team.app.join_event(&team.event, &ben, "SPEAKER", "ACTIVE").await;
    for who in [&team.attendee, &ben] {
        team.app.post(who, general, "hello").await;
    }
    for room in [general, green, general, green] {
        team.app.post(&team.speaker, room, "insult").await;
    }
    let ban = |delete| [("reason", "Insults."), ("delete", delete)];
    let of_none = team.about(&team.organizer, "ban", &team.attendee, &ban("")).await;
    let of_one = team.about(&team.organizer, "ban", &ben, &ban("ALL")).await;
    let of_four = team.about(&team.organizer, "ban", &team.speaker, &ban("ALL")).await;
    for answer in [&of_none, &of_one, &of_four] {
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(of_four.statements(), of_one.statements(), "in two rooms as in one");
    let gone = "Message deleted by a moderator";
    assert_eq!(reads(&team, &team.organizer, general).await, ["hello", gone, gone, gone]);
    assert_eq!(reads(&team, &team.organizer, green).await, [gone, gone], "organizers moderate it");
    let of_the_green_room = team.log(&team.organizer).await.len() - team.log(&team.moderator).await.len();
    assert_eq!(of_the_green_room, 2, "and moderators don't read of it");
}

#[tokio::test]
async fn the_newest_five_hundred_go_with_a_ban() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let most = usize::from(AlsoDelete::MOST);
    for n in 0..=most {
        team.app.post(&team.speaker, general, &format!("word {n}")).await;
        team.app.wait(Duration::seconds(3));
    }
    let user = team.speaker.signed_in.user.to_string();
    let ban = [
        ("event", team.event.as_str()),
        ("member", &user),
        ("reason", "Flood."),
        ("delete", "ALL"),
        ("back", "moderation"),
    ];
    let page = team.moderator.browser.submit_and_follow("/api/attendees/ban", &ban).await;
    assert!(page.body.contains("Their newest 500 messages are deleted."), "{}", page.body);
    let left = "select body from chat_messages where author_id = $1 and deleted_at is null";
    let left: Vec<String> = sqlx::query_scalar(left)
        .bind(team.speaker.signed_in.user.get())
        .fetch_all(&team.app.services.db)
        .await
        .unwrap();
    assert_eq!(left, ["word 0"]);
}

#[tokio::test]
async fn a_ban_that_answers_a_report_has_its_note_and_takes_messages_along() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    for text in ["one", "two"] {
        team.app.post(&team.speaker, general, text).await;
    }
    let user = team.speaker.signed_in.user.to_string();
    assert_eq!(team.report(&team.attendee, ("PERSON", &user), "SPAM", "").await.status, StatusCode::OK);
    let report = team.queue(&team.moderator, "").await.remove(0);
    let mut socket = team.organizer.browser.listening(Topic::Room(general)).await;
    let answer =
        |delete| [("verdict", "BAN"), ("reason", "Spam."), ("note", "Third time."), ("delete", delete)];
    let refused = team.step(&team.moderator, "answer", &report, &answer("WEEK")).await;
    assert_eq!(refusal(&refused, "delete").as_deref(), Some("Choose one of these."));
    assert_eq!(reads(&team, &team.attendee, general).await, ["one", "two"], "what was refused did nothing");
    let done = team.step(&team.moderator, "answer", &report, &answer("ALL")).await;
    assert_eq!(done.status, StatusCode::OK);
    let counted = socket.next().await;
    assert!(matches!(counted, ServerFrame::WaitingChanged { .. }), "no report waits any more: {counted:?}");
    let told = socket.next().await;
    assert!(matches!(told, ServerFrame::Head { .. }), "who reads along learns of it: {told:?}");
    let gone = "Message deleted by a moderator";
    assert_eq!(reads(&team, &team.attendee, general).await, [gone, gone]);
    let person = format!("/manage/moderation/people/{user}");
    let page = team.moderator.browser.get(&team.page(&person)).await;
    assert!(page.body.contains("Note: ") && page.body.contains("Third time."), "with the ban");

    assert_eq!(team.mute(&team.moderator, &team.attendee, "HOUR", "Loud.").await.status, StatusCode::OK);
    let rename = "update users set last_name = 'Else' where id = $1";
    sqlx::query(rename).bind(team.speaker.signed_in.user.get()).execute(&team.app.services.db).await.unwrap();
    let log = page.html().attributes(".member-head a[href*=log]", "href").remove(0);
    let found = team.moderator.browser.get(&log).await.html();
    let entries = found.texts(".row-body p:first-child");
    assert!(
        entries.contains(&"Maya Test banned Sam Test".to_owned()),
        "whatever they are called: {entries:?}"
    );
    assert!(entries.iter().all(|entry| entry.ends_with(" Sam Test")), "and of nobody else: {entries:?}");
    let csv = team.moderator.browser.get(&found.attributes("a[download]", "href").remove(0)).await;
    assert_eq!(csv.body.lines().count(), 1 + entries.len(), "the file too: {}", csv.body);
    let refused = team.moderator.browser.get(&team.page("/manage/log?person=x")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let quiet = team.page(&format!("/manage/log?person={}", team.organizer.signed_in.user));
    assert!(team.moderator.browser.get(&quiet).await.body.contains("Nothing found"));
}

/// A mute for an hour and one for a day end at their second.
pub(super) async fn mutes_end_in_time(team: &EventTeam, general: ChatRoomId) {
    for (duration, ends_after) in [("HOUR", Duration::HOUR), ("DAY", Duration::DAY)] {
        assert_eq!(team.mute(&team.olivia, &team.attendee, duration, "x").await.status, StatusCode::OK);
        team.app.wait(ends_after - Duration::SECOND);
        assert_eq!(team.say(&team.attendee, general, duration).await.status, StatusCode::FORBIDDEN);
        team.app.wait(Duration::seconds(2));
        assert_eq!(team.say(&team.attendee, general, duration).await.status, StatusCode::OK, "{duration}");
    }
}
