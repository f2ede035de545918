//! Messages that wait for a moderator: who is told, who lets them through, and who reads of it.

use domain::Conflict;
use domain::chat::RoomKind;
use domain::ids::ChatRoomId;
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;
use time::Duration;

use crate::support::{EventTeam, Member};

async fn told(who: &Member) -> Vec<String> {
    who.browser.get("/notifications").await.html().texts(".notification-sentence")
}

#[tokio::test]
async fn a_held_message_is_told_to_those_who_read_its_room_in_one_line_that_counts_up() {
    let team = EventTeam::set().await;
    team.filter_words("HOLD").await;
    let (general, green) =
        (team.general().await, team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await);
    let topic = Topic::User(team.moderator.signed_in.user);
    let mut bell = team.moderator.browser.listening(topic).await;
    let held = team.say(&team.speaker, green, "darn between us").await;
    assert_eq!(held.error(), Conflict::HeldForReview.into());
    bell.is_quiet().await;
    assert_eq!(team.say(&team.attendee, general, "a clean text").await.status, StatusCode::OK);
    bell.is_quiet().await;

    for (times, id) in [(1, 11), (2, 12)] {
        let (room, id) = (general.to_string(), uuid::Uuid::from_u128(id).to_string());
        let fields =
            [("event", &*team.event), ("room", &*room), ("client_message_id", &*id), ("body", "darn it")];
        for _attempt in 0..2 {
            let held = team.attendee.browser.call("/api/chat/post_message", &fields).await;
            assert_eq!(held.error(), Conflict::HeldForReview.into());
        }
        let ServerFrame::Notification { item, .. } = bell.next().await else { panic!("the bell rings") };
        assert_eq!((item.news, item.times), (News::MessageHeld, times));
        bell.is_quiet().await;
    }
    assert_eq!(told(&team.moderator).await, ["New: 2 messages wait for a review in Rust Day"]);
    for organizer in [&team.organizer, &team.olivia] {
        assert_eq!(told(organizer).await, ["New: 3 messages wait for a review in Rust Day"]);
    }
    for author in [&team.attendee, &team.speaker] {
        assert!(told(author).await.is_empty(), "{} learns of it in the room", author.email);
    }

    let user = team.speaker.signed_in.user.to_string();
    assert_eq!(team.report(&team.attendee, ("PERSON", &user), "SPAM", "").await.status, StatusCode::OK);
    for (who, lead) in [
        (&team.moderator, "1 report to answer, 2 messages to review."),
        (&team.organizer, "1 report to answer, 3 messages to review."),
    ] {
        let queue = who.browser.get(&team.page("/manage/moderation")).await.html();
        assert_eq!(queue.text("#to-answer"), lead);
        assert_eq!(
            queue.attributes("#to-answer", "data-live-on"),
            ["notification waiting_changed"],
            "it follows the bell"
        );
        assert!(queue.has("#to-review[data-live-part]"), "and so do the messages");
    }
}

#[tokio::test]
async fn nothing_is_let_through_while_its_author_may_not_write_there() {
    let team = EventTeam::set().await;
    team.filter_words("HOLD").await;
    let general = team.general().await;
    for text in ["darn this", "darn that"] {
        assert_eq!(team.say(&team.attendee, general, text).await.status, StatusCode::CONFLICT);
        team.app.wait(Duration::SECOND);
    }
    let waiting = team.held(&team.moderator).await;
    assert_eq!(team.mute(&team.organizer, &team.attendee, "HOUR", "x").await.status, StatusCode::OK);
    let refused = team.review(&team.moderator, &waiting[0], "yes").await;
    assert_eq!(refused.error(), Conflict::AuthorMayNotWrite.into(), "the moderator is not the one muted");
    assert_eq!(team.held(&team.moderator).await, waiting, "it waits on");
    assert_eq!(team.log(&team.moderator).await, ["Omar Test muted Ada Test for 1 hour"]);

    assert_eq!(team.unmute(&team.organizer, &team.attendee).await.status, StatusCode::OK);
    assert_eq!(team.review(&team.moderator, &waiting[0], "yes").await.status, StatusCode::OK);
    let ban = [("reason", "x")];
    assert_eq!(team.about(&team.organizer, "ban", &team.attendee, &ban).await.status, StatusCode::OK);
    let refused = team.review(&team.moderator, &waiting[1], "yes").await;
    assert_eq!(refused.error(), Conflict::AuthorMayNotWrite.into());
    assert_eq!(team.review(&team.moderator, &waiting[1], "no").await.status, StatusCode::OK);
    let page = team.speaker.browser.get(&team.page(&format!("/rooms/{general}"))).await.html();
    assert_eq!(page.texts(".message-body"), ["darn this"]);
}

#[tokio::test]
async fn what_became_of_messages_in_rooms_without_moderators_stands_in_the_log_of_organizers_alone() {
    let team = EventTeam::set().await;
    team.filter_words("HOLD").await;
    let (general, green) =
        (team.general().await, team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await);
    for (who, room) in [(&team.attendee, general), (&team.speaker, green)] {
        assert_eq!(team.say(who, room, "darn it").await.status, StatusCode::CONFLICT);
        team.app.wait(Duration::SECOND);
    }
    let waiting = team.held(&team.organizer).await;
    assert_eq!(team.held(&team.moderator).await, waiting[..1]);
    let unread = team.review(&team.moderator, &waiting[1], "yes").await;
    assert_eq!(unread.status, StatusCode::NOT_FOUND, "no room of theirs");
    for (message, approve) in waiting.iter().zip(["yes", "no"]) {
        assert_eq!(team.review(&team.organizer, message, approve).await.status, StatusCode::OK);
    }
    let of_everybody = "Omar Test let through a held message of Ada Test";
    let of_the_green_room = "Omar Test refused a held message of Sam Test";
    assert_eq!(team.log(&team.organizer).await, [of_the_green_room, of_everybody]);
    assert_eq!(team.log(&team.moderator).await, [of_everybody]);
}

/// One message is let through and one refused, by a moderator and not by its author.
pub(super) async fn a_moderator_decides(team: &EventTeam, general: ChatRoomId) {
    team.filter_words("HOLD").await;
    for text in ["darn one", "darn two"] {
        assert_eq!(team.say(&team.speaker, general, text).await.error(), Conflict::HeldForReview.into());
        team.app.wait(Duration::SECOND);
    }
    let held = team.held(&team.moderator).await;
    for (id, decision) in held.iter().zip(["yes", "no"]) {
        let by_its_author = team.review(&team.speaker, id, decision).await;
        assert_eq!(by_its_author.status, StatusCode::FORBIDDEN);
        assert_eq!(team.review(&team.moderator, id, decision).await.status, StatusCode::OK);
    }
    let room = team.organizer.browser.get(&team.page(&format!("/rooms/{general}"))).await;
    assert!(room.body.contains("darn one") && !room.body.contains("darn two"));
}
