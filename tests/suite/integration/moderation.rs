//! What moderators do, and what is written down of it.

use domain::moderation::ModerationAction;
use domain::realtime::{ClientFrame, ServerFrame, Topic};
use domain::{Conflict, Denied};
use http::StatusCode;
use services::moderation;
use services::realtime::safety_net;
use time::Duration;

use super::{bans, held_messages};
use crate::support::moderation::{refusal, reported};
use crate::support::{EventTeam, Member};

#[tokio::test]
async fn message_flagging() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    for n in 1..=7 {
        team.app.post(&team.speaker, general, &format!("before {n}")).await;
    }
    let rude = team.app.post(&team.speaker, general, "you are a fool").await;
    let (kind, id) = reported(&rude);
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

/// A mute ends by the clock, is told with its reason, and reaches open sockets.
#[tokio::test]
async fn user_suspension() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let topic = Topic::Room(general);
    let mut socket = team.attendee.browser.listening(topic).await;
    let mut others = team.speaker.browser.listening(topic).await;

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
    for reader in [&mut socket, &mut others] {
        assert!(matches!(reader.next().await, ServerFrame::MessagePosted { .. }));
    }
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
    // What the mute itself sets going may be under way still; this has seen it.
    safety_net::check_once(&team.app.services).await.unwrap();
    socket.send(&ClientFrame::Typing { topic }).await;
    // Among what they are told of the mute.
    socket.settles().await;
    others.is_quiet().await;

    team.app.wait(Duration::minutes(9) + Duration::seconds(59));
    assert_eq!(team.say(&team.attendee, general, "early").await.status, StatusCode::FORBIDDEN);
    team.app.wait(Duration::seconds(2));
    assert_eq!(team.say(&team.attendee, general, "sorry").await.status, StatusCode::OK, "the clock ends it");
    assert!(matches!(others.next().await, ServerFrame::MessagePosted { .. }));
    safety_net::check_once(&team.app.services).await.unwrap();
    socket.send(&ClientFrame::Typing { topic }).await;
    assert!(matches!(others.next().await, ServerFrame::Typing { .. }), "others see them type again");
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
    bans::mutes_end_in_time(&team, general).await;
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
    assert_eq!((rows.len(), rows[0]), (2, "At,By,Action,About,For,Reason,Note"));
    assert!(rows[1].ends_with(",Maya Test,Muted,Ada Test,1 hour,too =loud,"), "{}", rows[1]);

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

/// Deletes, restores, lets through, refuses, mutes and bans; and rewrites nobody's words.
#[tokio::test]
async fn moderator_actions() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let said = team.app.post(&team.attendee, general, "a rude word").await;
    let (room, id) = (general.to_string(), said.id.to_string());
    let of_message = [("event", &*team.event), ("room", &*room), ("message", &*id)];
    let act = async |who: &Member, call: &str, more: &[(&str, &str)]| {
        let fields = [&of_message[..], more].concat();
        who.browser.call(&format!("/api/chat/{call}"), &fields).await
    };
    let sees = async |who: &Member| {
        let page = who.browser.get(&team.page(&format!("/rooms/{general}"))).await;
        page.body.contains("a rude word")
    };
    for who in [&team.moderator, &team.organizer, &team.olivia] {
        let rewritten = act(who, "edit_message", &[("body", "a kind word")]).await;
        assert_eq!(rewritten.status, StatusCode::FORBIDDEN, "{}", who.email);
    }
    let others = act(&team.speaker, "delete_message", &[]).await;
    assert_eq!(others.status, StatusCode::FORBIDDEN, "speakers delete their own");
    let deleted = act(&team.moderator, "delete_message", &[("reason", "Be kind.")]).await;
    assert_eq!(deleted.status, StatusCode::OK);
    assert!(!sees(&team.speaker).await, "gone for everybody");
    let told = team.attendee.browser.get("/notifications").await.html();
    let sentence = "New: A moderator deleted a message of yours in Rust Day";
    assert_eq!(told.texts(".notification-sentence"), [sentence]);
    assert_eq!(told.texts(".notification-detail"), ["Be kind."]);
    assert_eq!(act(&team.attendee, "restore_message", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(act(&team.organizer, "restore_message", &[]).await.status, StatusCode::OK);
    assert!(sees(&team.speaker).await);
    assert_eq!(act(&team.moderator, "delete_message", &[]).await.status, StatusCode::OK);
    team.app.wait(Duration::hours(24) + Duration::SECOND);
    assert!(
        !act(&team.moderator, "restore_message", &[]).await.status.is_success(),
        "a day later it is final"
    );

    held_messages::a_moderator_decides(&team, general).await;
    assert_eq!(team.mute(&team.moderator, &team.attendee, "HOUR", "x").await.status, StatusCode::OK);
    let ban = [("reason", "Enough.")];
    assert_eq!(team.about(&team.moderator, "ban", &team.attendee, &ban).await.status, StatusCode::OK);
    let gone = team.attendee.browser.get(&team.page(&format!("/rooms/{general}"))).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    let log = team.moderator.browser.get(&team.page("/manage/log")).await.html();
    assert_eq!(
        log.texts(".row-body p:first-child"),
        [
            "Maya Test banned Ada Test",
            "Maya Test muted Ada Test for 1 hour",
            "Maya Test refused a held message of Sam Test",
            "Maya Test let through a held message of Sam Test",
            "Maya Test deleted a message of Ada Test",
            "Omar Test restored a message of Ada Test",
            "Maya Test deleted a message of Ada Test",
        ],
        "what was done, and nothing that was refused"
    );
}

/// A listed word is let be, masked, or held for a moderator, as the event says; whole words only, however written.
#[tokio::test]
async fn automated_filtering() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let room = async |who: &Member| who.browser.get(&team.page(&format!("/rooms/{general}"))).await.html();
    team.filter_words("OFF").await;
    assert_eq!(team.say(&team.attendee, general, "darn it").await.status, StatusCode::OK);
    team.filter_words("MASK").await;
    assert_eq!(team.say(&team.attendee, general, "DÁRN! the darning").await.status, StatusCode::OK);
    let shown = room(&team.speaker).await.texts(".message-body");
    assert_eq!(shown, ["darn it", "***! the darning"]);

    team.filter_words("HOLD").await;
    team.app.wait(Duration::MINUTE);
    assert_eq!(team.say(&team.attendee, general, "a clean text").await.status, StatusCode::OK);
    for text in ["darn this", "darn that"] {
        team.app.wait(Duration::SECOND);
        let held = team.say(&team.attendee, general, text).await;
        assert_eq!(held.error(), Conflict::HeldForReview.into());
    }
    assert_eq!(team.say(&team.moderator, general, "darn, I may").await.status, StatusCode::OK);
    let others = room(&team.speaker).await;
    let shown = others.texts(".message-body");
    assert!(!shown.iter().any(|text| text.contains("this") || text.contains("that")), "{shown:?}");
    assert!(!others.has(".banner"));
    let told = room(&team.attendee).await.text(".banner");
    assert!(told.contains("2 messages of yours wait for a moderator"), "its author is told: {told}");

    let ids = team.held(&team.moderator).await;
    assert_eq!(team.review(&team.attendee, &ids[0], "yes").await.status, StatusCode::FORBIDDEN);
    let vague = team.review(&team.moderator, &ids[0], "maybe").await;
    assert_eq!(vague.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut socket = team.speaker.browser.listening(Topic::Room(general)).await;
    assert_eq!(team.review(&team.moderator, &ids[0], "yes").await.status, StatusCode::OK);
    let posted = loop {
        if let ServerFrame::MessagePosted { message, .. } = socket.next().await {
            break message;
        }
    };
    let found = (posted.body.as_deref(), posted.seq);
    assert_eq!(found, (Some("darn this"), 5), "posted at that moment, with the next seq");
    let again = team.review(&team.organizer, &ids[0], "no").await;
    assert_eq!(again.error(), Conflict::ReviewedAlready.into());
    assert_eq!(team.review(&team.organizer, &ids[1], "no").await.status, StatusCode::OK);
    let told = team.attendee.browser.get("/notifications").await.html();
    let sentence = "New: A moderator refused a message of yours in Rust Day";
    assert_eq!(told.texts(".notification-sentence"), [sentence]);
    let last = room(&team.speaker).await.texts(".message-body").pop();
    assert_eq!(last.as_deref(), Some("darn this"));
}
