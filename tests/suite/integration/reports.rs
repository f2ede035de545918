//! Who gets a report, who answers it, and what its author learns.

use domain::Conflict;
use domain::chat::RoomKind;
use domain::moderation::ReportStatus;
use domain::realtime::{ServerFrame, Topic};
use http::StatusCode;
use time::Duration;

use crate::support::moderation::{refusal, reported};
use crate::support::{EventTeam, Member};

#[tokio::test]
async fn reports_go_to_those_who_read_the_room_and_never_to_who_they_are_about() {
    let team = EventTeam::set().await;
    let green = team.app.room(&team.olivia, &team.event, RoomKind::GreenRoom).await;
    let said = team.app.post(&team.organizer, green, "between us").await;
    let (kind, id) = reported(&said);
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
    let (kind, id) = reported(&said);
    assert_eq!(team.report(&team.attendee, (kind, &id), "SPAM", "").await.status, StatusCode::OK);
    let report = team.queue(&team.moderator, "").await.remove(0);

    assert_eq!(team.step(&team.attendee, "claim", &report, &[]).await.status, StatusCode::FORBIDDEN);
    let form = [("event", &*team.event), ("report", &*report)];
    let taken = team.moderator.browser.submit("/api/moderation/claim", &form).await;
    let opened = format!("?report={report}#report-{report}");
    assert!(taken.location().ends_with(&opened), "the one just taken is answered: {}", taken.location());
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
        let (kind, id) = reported(&said);
        let answer = team.report(&team.attendee, (kind, &id), "SPAM", "").await;
        assert_eq!(answer.status == StatusCode::OK, n <= 20, "{n}");
        last = Some(answer.status);
    }
    assert_eq!(last, Some(StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn the_answer_to_a_report_can_delete_the_message_or_ban_its_author() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let topic = Topic::Event(team.app.event_id(&team.event).await);
    let mut directory = team.attendee.browser.listening(topic).await;
    for (text, verdict) in [("one", "DELETE_MESSAGE"), ("two", "BAN")] {
        let said = team.app.post(&team.speaker, general, text).await;
        let (kind, id) = reported(&said);
        assert_eq!(team.report(&team.attendee, (kind, &id), "SPAM", "").await.status, StatusCode::OK);
        let report = team.queue(&team.moderator, "").await.remove(0);
        let answer = [("verdict", verdict), ("reason", "No advertising.")];
        directory.settles().await;
        assert_eq!(team.step(&team.moderator, "answer", &report, &answer).await.status, StatusCode::OK);
    }
    let without_them = ServerFrame::MembersChanged { topic, people: 4 };
    // Beside it the reporter is told how their report ended.
    let told = [directory.next().await, directory.next().await];
    assert!(told.contains(&without_them), "lists of people follow a ban, however it came about: {told:?}");
    let page = team.attendee.browser.get(&team.page(&format!("/rooms/{general}"))).await.html();
    assert_eq!(page.texts(".message-body"), ["Message deleted by a moderator", "two"]);
    let gone = team.speaker.browser.get(&team.page("/now")).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    let user = team.moderator.signed_in.user.to_string();
    assert_eq!(team.report(&team.attendee, ("PERSON", &user), "OTHER", "").await.status, StatusCode::OK);
    let report = team.queue(&team.organizer, "").await.remove(0);
    let refused = team.step(&team.organizer, "answer", &report, &[("verdict", "DELETE_MESSAGE")]).await;
    assert_eq!(refusal(&refused, "verdict").as_deref(), Some("Only messages of rooms can be deleted."));
}

#[tokio::test]
async fn who_reports_the_same_again_adds_to_the_open_report_and_loses_no_reason() {
    let team = EventTeam::set().await;
    let user = team.speaker.signed_in.user.to_string();
    let said = [("HARASSMENT", "He follows me."), ("SPAM", ""), ("SPAM", "And he sells books.")];
    for (reason, text) in said {
        let filed = team.report(&team.attendee, ("PERSON", &user), reason, text).await;
        assert_eq!(filed.status, StatusCode::OK, "{reason} {text}");
    }
    assert_eq!(team.queue(&team.moderator, "").await.len(), 1);
    let page = team.moderator.browser.get(&team.page("/manage/moderation")).await.html();
    assert_eq!(
        page.texts("li.report > .prose p"),
        [
            "He follows me.",
            "Reported for \"Harassment or threats\", then for \"Spam or advertising\".",
            "And he sells books."
        ]
    );
    assert!(page.text(".report-head").contains("Spam or advertising"), "the newest reason is the report's");
}

#[tokio::test]
async fn open_queues_follow_whoever_takes_gives_back_adds_and_answers_but_not_what_is_hidden_from_them() {
    let team = EventTeam::set().await;
    let [about_speaker, about_moderator] =
        [&team.speaker, &team.moderator].map(|who| who.signed_in.user.to_string());
    let file = async |about: &str| {
        assert_eq!(team.report(&team.attendee, ("PERSON", about), "SPAM", "").await.status, StatusCode::OK);
    };
    file(&about_speaker).await;
    let seen = team.queue(&team.moderator, "").await.remove(0);
    file(&about_moderator).await;
    let hidden = team.queue(&team.organizer, "").await.into_iter().find(|id| *id != seen).unwrap();
    let dismissal = [("verdict", "DISMISS")];
    let steps: [(&str, &[(&str, &str)]); 4] =
        [("claim", &[]), ("release", &[]), ("claim", &[]), ("answer", &dismissal)];

    let mut socket = team.moderator.browser.listening(Topic::User(team.moderator.signed_in.user)).await;
    file(&about_moderator).await;
    for (step, fields) in steps {
        assert_eq!(team.step(&team.organizer, step, &hidden, fields).await.status, StatusCode::OK, "{step}");
    }
    assert_eq!(team.mute(&team.olivia, &team.moderator, "HOUR", "x").await.status, StatusCode::OK);
    let first = socket.next().await;
    assert!(matches!(first, ServerFrame::Notification { .. }), "nothing of the hidden one: {first:?}");
    let user = [("event", &*team.event), ("member", &*about_moderator)];
    assert_eq!(team.olivia.browser.status("/api/moderation/unmute", &user).await, StatusCode::OK);

    let mut socket = team.moderator.browser.listening(Topic::User(team.moderator.signed_in.user)).await;
    file(&about_speaker).await;
    let added = socket.next().await;
    assert!(matches!(added, ServerFrame::WaitingChanged { .. }), "{added:?}");
    for (step, fields) in steps {
        assert_eq!(team.step(&team.organizer, step, &seen, fields).await.status, StatusCode::OK, "{step}");
        let frame = socket.next().await;
        assert!(matches!(frame, ServerFrame::WaitingChanged { .. }), "{step}: {frame:?}");
    }
}

#[tokio::test]
async fn a_moderator_is_offered_only_what_they_may_do_about_the_person() {
    let team = EventTeam::set().await;
    let general = team.general().await;
    let opened = async |who: &Member, author: &Member| {
        let (kind, id) = reported(&team.app.post(author, general, "buy my book").await);
        assert_eq!(team.report(&team.attendee, (kind, &id), "SPAM", "").await.status, StatusCode::OK);
        let report = team.queue(who, "").await.remove(0);
        assert_eq!(team.step(who, "claim", &report, &[]).await.status, StatusCode::OK);
        let page = who.browser.get(&team.page("/manage/moderation")).await.html();
        (report, page.attributes("input[name=verdict]", "value"), page.text(".report-answer form"))
    };
    let all = ["DISMISS", "DELETE_MESSAGE", "WARN", "MUTE", "BAN"];
    let (report, offered, said) = opened(&team.moderator, &team.speaker).await;
    assert_eq!(offered, all);
    assert!(!said.contains("You can't"), "{said}");
    team.step(&team.moderator, "answer", &report, &[("verdict", "DISMISS")]).await;

    let owner = "Owners of the organization can't be muted or banned in its events.";
    let above = "Only admins of the event may do this. Give the report back to leave it to them.";
    for (who, author, name, why) in [
        (&team.moderator, &team.organizer, "Omar Test", above),
        (&team.organizer, &team.olivia, "Olivia Test", owner),
    ] {
        let (report, offered, said) = opened(who, author).await;
        assert_eq!(offered, all[..2]);
        assert!(said.contains(&format!("You can't warn, mute or ban {name}. {why}")), "{said}");
        assert!(!said.contains("Mute for") && !said.contains("Also delete"), "{said}");
        let warn = [("verdict", "WARN"), ("reason", "No advertising.")];
        assert_eq!(team.step(who, "answer", &report, &warn).await.status, StatusCode::FORBIDDEN);
        let delete = [("verdict", "DELETE_MESSAGE")];
        assert_eq!(team.step(who, "answer", &report, &delete).await.status, StatusCode::OK);
    }
    let (_, offered, _) = opened(&team.olivia, &team.organizer).await;
    assert_eq!(offered, all, "an admin reaches organizers");
}

#[tokio::test]
async fn an_answer_that_would_be_refused_is_not_offered() {
    let team = EventTeam::set().await;
    let (db, general) = (&team.app.services.db, team.general().await);
    let taken = async |who: &Member, author: &Member| {
        team.app.wait(Duration::SECOND);
        let (kind, id) = reported(&team.app.post(author, general, "buy my book").await);
        assert_eq!(team.report(&team.attendee, (kind, &id), "SPAM", "").await.status, StatusCode::OK);
        let report = team.queue(who, "").await.pop().expect("the newest");
        assert_eq!(team.step(who, "claim", &report, &[]).await.status, StatusCode::OK);
        report
    };
    let offered = async |who: &Member, report: &str| {
        let page = who.browser.get(&team.page(&format!("/manage/moderation?report={report}"))).await.html();
        (page.attributes("input[name=verdict]", "value"), page.text(".report-answer form"))
    };
    let speakers = taken(&team.moderator, &team.speaker).await;
    let sam = team.speaker.signed_in.user.to_string();
    let ban = [("event", &*team.event), ("member", &sam), ("reason", "No advertising.")];
    assert_eq!(team.olivia.browser.status("/api/attendees/ban", &ban).await, StatusCode::OK);
    let (choices, said) = offered(&team.moderator, &speakers).await;
    assert_eq!(choices, ["DISMISS", "DELETE_MESSAGE", "WARN", "MUTE"]);
    assert!(said.contains("Sam Test is banned already."), "{said}");

    let organizers = taken(&team.olivia, &team.organizer).await;
    let alone = "update event_members set role = case when user_id = $1 then 'ADMIN' else 'ATTENDEE' end
                  where role in ('ADMIN', 'ORGANIZER')";
    sqlx::query(alone).bind(team.organizer.signed_in.user.get()).execute(db).await.unwrap();
    let (choices, said) = offered(&team.olivia, &organizers).await;
    assert_eq!(choices, ["DISMISS", "DELETE_MESSAGE", "WARN", "MUTE"]);
    assert!(said.contains("You can't ban Omar Test, who is the event's only admin."), "{said}");
    let answer = [("verdict", "BAN"), ("reason", "No advertising.")];
    let refused = team.step(&team.olivia, "answer", &organizers, &answer).await;
    assert_eq!(refused.error(), Conflict::LastEventAdmin.into());

    let gone = "update chat_rooms set deleted_at = now() where id = $1";
    sqlx::query(gone).bind(general.get()).execute(db).await.unwrap();
    assert_eq!(offered(&team.olivia, &organizers).await.0, ["DISMISS", "WARN", "MUTE"], "its room is gone");
    sqlx::query("update events set status = 'ARCHIVED'").execute(db).await.unwrap();
    let (choices, said) = offered(&team.olivia, &organizers).await;
    assert_eq!(choices, ["DISMISS"]);
    assert!(said.contains("This event is archived"), "{said}");
    let dismiss = [("verdict", "DISMISS")];
    assert_eq!(team.step(&team.olivia, "answer", &organizers, &dismiss).await.status, StatusCode::OK);
}
