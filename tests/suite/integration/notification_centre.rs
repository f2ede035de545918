//! What people are told in the app.

use std::sync::Arc;

use domain::chat::RoomKind;
use domain::notifications::News;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;
use services::notifications;
use time::Duration;

use crate::support::{EventTeam, Member, Team, TestApp};

impl EventTeam {
    async fn mute_for_an_hour(&self, whom: &Member, reason: &str) {
        let user = whom.signed_in.user.to_string();
        let fields =
            [("event", self.event.as_str()), ("member", &user), ("duration", "HOUR"), ("reason", reason)];
        let muted = self.moderator.browser.status("/api/moderation/mute", &fields).await;
        assert_eq!(muted, StatusCode::OK);
    }

    async fn dismiss(&self, who: &Member, report: &str) {
        let done = self.step(who, "answer", report, &[("verdict", "DISMISS")]).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    }
}

async fn sentences(of: &Member) -> Vec<String> {
    of.browser.get("/notifications").await.html().texts(".notification-sentence")
}

#[tokio::test]
async fn what_happens_to_a_person_is_told_live_and_stands_in_their_list_until_it_is_read() {
    let team = EventTeam::set().await;
    let topic = Topic::User(team.attendee.signed_in.user);
    let mut socket = team.attendee.browser.listening(topic).await;
    team.mute_for_an_hour(&team.attendee, "Please calm down.").await;
    let ServerFrame::Notification { item, said, .. } = socket.next().await else { panic!("told at once") };
    assert_eq!((item.news, item.detail.as_deref()), (News::Muted, Some("Please calm down.")));
    assert_eq!(said, None, "their composer says it");
    assert_eq!(item.actor, None, "moderators are not named");
    assert_eq!(socket.next().await, ServerFrame::Resync { topic }, "their open rooms say so too");

    let page = team.attendee.browser.get("/notifications").await.html();
    assert_eq!(page.texts(".notification-sentence"), ["New: A moderator muted you in Rust Day"]);
    assert_eq!(page.texts(".notification-detail"), ["Please calm down."]);
    let id = page.value("notification");
    let open = "/api/notifications/open";
    let foreign = team.speaker.browser.call(open, &[("notification", &id)]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "nobody opens another's");
    let opened = team.attendee.browser.submit(open, &[("notification", &id)]).await;
    assert_eq!(opened.location(), format!("/events/{}", team.event));
    assert_eq!(
        sentences(&team.attendee).await,
        ["A moderator muted you in Rust Day"],
        "read, and still there"
    );
    assert!(sentences(&team.speaker).await.is_empty());
    assert_eq!(team.app.browser().get("/notifications").await.status, StatusCode::FOUND, "sign in first");
}

#[tokio::test]
async fn unread_news_of_one_thing_is_one_line_and_all_are_read_at_once() {
    let team = EventTeam::set().await;
    for reason in ["first", "second", "third"] {
        team.mute_for_an_hour(&team.attendee, reason).await;
    }
    let page = team.attendee.browser.get("/notifications").await.html();
    assert_eq!(page.texts(".notification-detail"), ["third"], "one line, with the newest words");
    let up_to = page.value("up_to");
    team.mute_for_an_hour(&team.attendee, "fourth").await;
    let read = "/api/notifications/mark_all_read";
    assert_eq!(team.attendee.browser.status(read, &[("up_to", "x")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(team.attendee.browser.status(read, &[("up_to", &up_to)]).await, StatusCode::OK);
    let left = sentences(&team.attendee).await;
    assert_eq!(left, ["New: A moderator muted you in Rust Day"], "what came meanwhile stays new");
    let page = team.attendee.browser.get("/notifications").await.html();
    team.attendee.browser.status(read, &[("up_to", &page.value("up_to"))]).await;
    assert_eq!(sentences(&team.attendee).await, ["A moderator muted you in Rust Day"]);
}

#[tokio::test]
async fn who_read_a_room_to_its_end_has_read_who_named_them_there() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let room = general.to_string();
    let read = async |seq: i64| {
        let fields = [("event", &*team.event), ("room", &*room), ("seq", &*seq.to_string())];
        assert_eq!(team.attendee.browser.status("/api/chat/mark_room_read", &fields).await, StatusCode::OK);
    };
    let name = &team.attendee.signed_in.full_name;
    team.say(&team.organizer, general, &format!("@{name}, look")).await;
    let last = team.app.post(&team.speaker, general, "And the oars.").await;
    let told = ["New: Omar Test mentioned you in Rust Day"];
    assert_eq!(sentences(&team.attendee).await, told);
    read(last.seq - 1).await;
    assert_eq!(sentences(&team.attendee).await, told, "there is more to read");
    let mut socket = team.attendee.browser.socket().await;
    read(last.seq).await;
    assert_eq!(sentences(&team.attendee).await, ["Omar Test mentioned you in Rust Day"]);
    let topic = Topic::User(team.attendee.signed_in.user);
    assert_eq!(socket.next().await, ServerFrame::WaitingChanged { topic }, "their other pages count anew");
}

#[tokio::test]
async fn who_switched_a_kind_off_or_blocked_somebody_is_not_told() {
    let team = EventTeam::set().await;
    let db = &team.app.services.db;
    let page = team.attendee.browser.get("/settings/notifications").await.html();
    let off = [("version", page.value("version")), ("in_app[]", "MENTION".to_owned())];
    let off: Vec<(&str, &str)> = off.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let saved = team.attendee.browser.status("/api/accounts/save_notifications", &off).await;
    assert_eq!(saved, StatusCode::OK);
    team.mute_for_an_hour(&team.attendee, "x").await;
    assert!(sentences(&team.attendee).await.is_empty(), "switched off");

    let general = team.general().await;
    let call = async |who: &Member| {
        team.say(who, general, "@Sam Test, look").await;
        sentences(&team.speaker).await
    };
    assert_eq!(call(&team.organizer).await, ["New: Omar Test mentioned you in Rust Day"]);
    assert_eq!(call(&team.speaker).await.len(), 1, "nothing of what they did themselves");
    sqlx::query("insert into user_blocks (blocker_id, blocked_id, created_at) values ($1, $2, now())")
        .bind(team.speaker.signed_in.user.get())
        .bind(team.moderator.signed_in.user.get())
        .execute(db)
        .await
        .unwrap();
    assert_eq!(call(&team.moderator).await.len(), 1, "nor from whom they blocked");
    team.mute_for_an_hour(&team.speaker, "x").await;
    let told = sentences(&team.speaker).await;
    assert_eq!(told.len(), 2, "a block silences no moderator: {told:?}");
}

#[tokio::test]
async fn a_report_is_told_to_moderators_and_its_outcome_to_the_reporter_and_all_is_kept_for_90_days() {
    let team = EventTeam::set().await;
    let user = team.speaker.signed_in.user.to_string();
    let fields = [("kind", "PERSON"), ("target", &*user), ("event", &*team.event), ("reason", "SPAM")];
    assert_eq!(team.attendee.browser.status("/api/moderation/report", &fields).await, StatusCode::OK);
    for who in [&team.moderator, &team.organizer, &team.olivia] {
        assert_eq!(sentences(who).await, ["New: A new report in Rust Day"], "{}", who.email);
    }
    for who in [&team.attendee, &team.speaker] {
        assert!(sentences(who).await.is_empty(), "{}", who.email);
    }
    let queue = team.moderator.browser.get(&team.page("/manage/moderation")).await.html();
    let report = queue.attributes("li.report", "id").remove(0).replace("report-", "");
    let answer = [("event", &*team.event), ("report", &*report), ("verdict", "DISMISS")];
    assert_eq!(team.moderator.browser.status("/api/moderation/answer", &answer).await, StatusCode::OK);
    assert_eq!(sentences(&team.attendee).await, ["New: Your report in Rust Day: no action"]);
    assert!(sentences(&team.speaker).await.is_empty(), "who it was about learns nothing");

    for (days, kept) in [(89, 4), (2, 0)] {
        team.app.wait(Duration::days(days));
        notifications::sweep(&team.app.services).await.unwrap();
        let left = sqlx::query_scalar::<_, i64>("select count(*) from notifications");
        assert_eq!(left.fetch_one(&team.app.services.db).await.unwrap(), kept);
    }
}

#[tokio::test]
async fn who_was_told_of_reports_has_read_it_once_none_waits_any_more() {
    let team = EventTeam::set().await;
    let about = team.speaker.signed_in.user.to_string();
    for who in [&team.attendee, &team.organizer] {
        assert_eq!(team.report(who, ("PERSON", &about), "SPAM", "").await.status, StatusCode::OK);
    }
    let told = ["New: 2 new reports in Rust Day"];
    assert_eq!(sentences(&team.moderator).await, told);
    let mut socket = team.olivia.browser.listening(Topic::User(team.olivia.signed_in.user)).await;
    let [first, second] = team.queue(&team.moderator, "").await.try_into().unwrap();
    assert_eq!(team.step(&team.organizer, "claim", &second, &[]).await.status, StatusCode::OK);
    team.dismiss(&team.moderator, &first).await;
    assert_eq!(sentences(&team.olivia).await, told, "one still waits, in somebody's hands");
    // Whoever may not write for now was told as well, and may look.
    assert_eq!(team.mute(&team.olivia, &team.moderator, "HOUR", "x").await.status, StatusCode::OK);
    team.dismiss(&team.organizer, &second).await;
    for step in ["taken", "answered", "the last one answered"] {
        let frame = socket.next().await;
        assert!(
            matches!(frame, ServerFrame::WaitingChanged { .. }),
            "open pages count anew: {step}: {frame:?}"
        );
    }
    for who in [&team.moderator, &team.olivia] {
        let list = sentences(who).await;
        assert_eq!(list.last().unwrap(), "2 new reports in Rust Day", "{}", who.email);
    }
    assert_eq!(team.report(&team.attendee, ("PERSON", &about), "SPAM", "").await.status, StatusCode::OK);
    assert_eq!(
        sentences(&team.olivia).await[0],
        "New: A new report in Rust Day",
        "the next one is news again"
    );
}

/// A report about a moderator, or from a room they don't read, is none of theirs, neither when it waits nor when it is
/// answered.
#[tokio::test]
async fn a_report_that_is_hidden_from_somebody_neither_keeps_their_news_nor_moves_it() {
    let team = EventTeam::set().await;
    let green = team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await;
    let said = team.app.post(&team.speaker, green, "between us").await.id.to_string();
    let [about_speaker, about_moderator] =
        [&team.speaker, &team.moderator].map(|who| who.signed_in.user.to_string());
    let mut hidden = Vec::new();
    for target in [("PERSON", &*about_moderator), ("MESSAGE", &*said)] {
        assert_eq!(team.report(&team.organizer, target, "SPAM", "").await.status, StatusCode::OK);
        let queue = team.queue(&team.olivia, "").await;
        hidden.extend(queue.into_iter().filter(|id| !hidden.contains(id)).collect::<Vec<_>>());
    }
    assert!(sentences(&team.moderator).await.is_empty(), "nobody tells a moderator of those");
    let about = ("PERSON", &*about_speaker);
    assert_eq!(team.report(&team.attendee, about, "SPAM", "").await.status, StatusCode::OK);
    let seen = team.queue(&team.moderator, "").await;
    assert_eq!(seen.len(), 1);
    team.dismiss(&team.moderator, &seen[0]).await;
    assert_eq!(sentences(&team.moderator).await, ["A new report in Rust Day"], "none waits for them");
    assert_eq!(sentences(&team.olivia).await, ["New: 3 new reports in Rust Day"], "two wait for her");

    assert_eq!(team.report(&team.attendee, about, "SPAM", "").await.status, StatusCode::OK);
    for id in &hidden {
        team.dismiss(&team.olivia, id).await;
        let new = "New: A new report in Rust Day";
        assert_eq!(sentences(&team.moderator).await[0], new, "what they may not see changes nothing");
    }
}

/// A report that is filed while the last one is answered is news in either order: here the line was counted up before.
#[tokio::test]
async fn who_answers_the_last_report_waits_for_one_that_is_being_filed() {
    let team = Arc::new(EventTeam::set().await);
    let about = team.speaker.signed_in.user.to_string();
    assert_eq!(team.report(&team.attendee, ("PERSON", &about), "SPAM", "").await.status, StatusCode::OK);
    let id = team.queue(&team.moderator, "").await.remove(0);
    let mut filing = team.app.services.db.begin().await.unwrap();
    for statement in [
        "insert into reports
         select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'target_id', gen_random_uuid()))).*
           from reports r",
        "update notifications set times = times + 1 where news = 'REPORT_OPENED'",
    ] {
        assert!(sqlx::query(statement).execute(&mut *filing).await.unwrap().rows_affected() > 0);
    }
    let answering = tokio::spawn({
        let team = Arc::clone(&team);
        async move { team.dismiss(&team.moderator, &id).await }
    });
    team.app.until_it_waits(&answering).await;
    filing.commit().await.unwrap();
    answering.await.unwrap();
    assert_eq!(sentences(&team.olivia).await, ["New: 2 new reports in Rust Day"]);
}

#[tokio::test]
async fn invitations_roles_of_an_organization_and_the_accounts_safety_stand_in_the_list() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let target = format!("organizations/{}", team.slug);
    let link = app.invite(&team.olivia, &target, &team.otto.email, "MEMBER").await;
    app.invite(&team.olivia, &target, "nobody.yet@example.org", "MEMBER").await;
    assert_eq!(sentences(&team.otto).await, ["New: Olivia Test invited you to Atria Test"]);
    let id = team.otto.browser.get("/notifications").await.html().value("notification");
    let opened = team.otto.browser.submit("/api/notifications/open", &[("notification", &id)]).await;
    assert_eq!(opened.location(), "/home", "where it is answered");
    let declined = team.otto.browser.status("/api/invitations/decline", &[("token", &link)]).await;
    assert_eq!(declined, StatusCode::OK);
    assert_eq!(sentences(&team.otto).await, ["Olivia Test invited you to Atria Test"], "it is answered");

    assert_eq!(team.change(&team.olivia, &team.mia, "ADMIN").await, StatusCode::OK);
    assert_eq!(sentences(&team.mia).await, ["New: Olivia Test changed your role in Atria Test"]);
    assert_eq!(team.remove(&team.olivia, &team.mia).await, StatusCode::OK);
    assert_eq!(sentences(&team.mia).await[0], "New: Olivia Test removed you from Atria Test");
    assert!(sentences(&team.olivia).await.is_empty(), "nothing of what one did oneself");

    let phone = app.browser();
    phone.sign_in(&team.adam.email, crate::support::cast::PASSWORD).await;
    assert_eq!(sentences(&team.adam).await, ["New: New sign-in to your account"]);
}
