use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::chat::{RoomKind, may_read};
use domain::events::{
    EventDates, EventStatus, EventVisibility, Missing, Sight, Transition, TransitionFacts, sight, transition,
};
use domain::organizations::OrganizationRole;
use domain::{AppError, Conflict};
use http::StatusCode;
use time::Duration;
use time::macros::date;

use crate::support::{EventForm, EventTeam, Member, TestApp};

#[tokio::test]
async fn default_chat_rooms() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let organization = app.organization(&olivia, "Atria Test").await;
    app.draft(&olivia, &organization, EventForm::default()).await;
    let rooms: Vec<(String, String, bool, i64)> =
        sqlx::query_as("select kind, name, is_enabled, last_seq from chat_rooms order by position")
            .fetch_all(&app.services.db)
            .await
            .unwrap();
    let expected = [("GLOBAL", "General"), ("GREEN_ROOM", "Green room"), ("ADMIN", "Staff")];
    let expected: Vec<_> =
        expected.into_iter().map(|(kind, name)| (kind.to_owned(), name.to_owned(), true, 0)).collect();
    assert_eq!(rooms, expected);
}

/// A member of a published event.
fn member(role: EventRole) -> Standing {
    Standing {
        membership: Some((role, MembershipStatus::Active)),
        ..Standing::visitor(EventStatus::Published)
    }
}

#[test]
fn each_kind_of_room_is_open_to_the_roles_of_the_specification() {
    use EventRole::{Admin, Attendee, Moderator, Organizer, Speaker};
    let readers = |kind| {
        EventRole::ALL
            .into_iter()
            .filter(|role| may_read(kind, false, &member(*role)).is_ok())
            .collect::<Vec<_>>()
    };
    assert_eq!(readers(RoomKind::Global), EventRole::ALL);
    assert_eq!(readers(RoomKind::Public), EventRole::ALL);
    assert_eq!(readers(RoomKind::GreenRoom), [Speaker, Organizer, Admin]);
    assert_eq!(readers(RoomKind::Admin), [Organizer, Admin]);
    assert_eq!(readers(RoomKind::Backstage), [Organizer, Admin]);
    assert!(may_read(RoomKind::Backstage, true, &member(Speaker)).is_ok(), "its own speakers");
    assert!(Moderator > Speaker && Speaker > Attendee);
}

#[test]
fn only_an_active_row_or_ownership_opens_an_event() {
    for status in MembershipStatus::ALL {
        let standing = Standing {
            membership: Some((EventRole::Organizer, status)),
            ..Standing::visitor(EventStatus::Published)
        };
        let expected = (status == MembershipStatus::Active).then_some(EventRole::Organizer);
        assert_eq!(standing.effective_role(), expected, "{status:?}");
    }
    let owner = Standing {
        organization_role: Some(OrganizationRole::Owner),
        ..Standing::visitor(EventStatus::Draft)
    };
    assert_eq!(owner.effective_role(), Some(EventRole::Admin), "an OWNER acts as ADMIN without a row");
    assert!(!owner.has_membership_row());
    let admin = Standing {
        organization_role: Some(OrganizationRole::Admin),
        ..Standing::visitor(EventStatus::Draft)
    };
    assert_eq!(admin.effective_role(), None, "an organization ADMIN gets nothing by it");
}

#[test]
fn a_draft_shows_its_content_to_speakers_and_above_only() {
    let seen = |role| {
        let standing = Standing { event_status: EventStatus::Draft, ..member(role) };
        sight(EventVisibility::Public, &standing)
    };
    assert_eq!(seen(EventRole::Attendee), Sight::NotOpenYet);
    assert_eq!(seen(EventRole::Speaker), Sight::Member(EventRole::Speaker));
    assert_eq!(sight(EventVisibility::Public, &Standing::visitor(EventStatus::Draft)), Sight::Hidden);
    assert_eq!(sight(EventVisibility::Public, &Standing::visitor(EventStatus::Published)), Sight::PublicPage);
    assert_eq!(sight(EventVisibility::Private, &Standing::visitor(EventStatus::Published)), Sight::Hidden);
}

#[test]
fn date_validation() {
    let today = date!(2026 - 05 - 04);
    let parse = |start, end| EventDates::parse(start, end, Some(today));
    let first_error =
        |start, end, field: &str| parse(start, end).unwrap_err().get(field).map(ToOwned::to_owned);
    let day = parse("2026-05-04", "2026-05-04").unwrap();
    assert_eq!((day.start(), day.end()), (today, today), "today, for one day");
    assert_eq!(
        first_error("2026-05-03", "2026-05-04", "start_date").unwrap(),
        "The event can't start in the past."
    );
    assert!(EventDates::parse("2026-05-03", "2026-05-04", None).is_ok(), "one that has begun is edited");
    assert_eq!(
        first_error("2026-06-02", "2026-06-01", "end_date").unwrap(),
        "The last day can't be before the first."
    );
    assert!(parse("2026-06-01", "2026-07-30").is_ok(), "60 days");
    assert!(first_error("2026-06-01", "2026-07-31", "end_date").is_some(), "61 days");
    for wrong in ["", "2026-02-30", "01.06.2026", "soon"] {
        assert!(first_error(wrong, "2026-06-01", "start_date").is_some(), "{wrong}");
        assert!(first_error("2026-06-01", wrong, "end_date").is_some(), "{wrong}");
    }
}

/// Of an event that takes place today and misses nothing.
const FACTS: TransitionFacts<'static> =
    TransitionFacts { has_started: false, is_past: false, has_registrations: false, missing: &[] };

#[tokio::test]
async fn status_transitions() {
    use EventStatus::{Archived, Cancelled, Deleted, Draft, Published};
    let allowed = [
        (Draft, Published, Transition::Publish),
        (Published, Draft, Transition::Unpublish),
        (Published, Cancelled, Transition::Cancel),
        (Cancelled, Published, Transition::Reinstate),
        (Published, Archived, Transition::Archive),
        (Cancelled, Archived, Transition::Archive),
        (Archived, Published, Transition::Reopen),
        (Draft, Deleted, Transition::Delete),
        (Published, Deleted, Transition::Delete),
        (Archived, Deleted, Transition::Delete),
        (Cancelled, Deleted, Transition::Delete),
        (Deleted, Draft, Transition::Restore),
        (Deleted, Published, Transition::Restore),
        (Deleted, Archived, Transition::Restore),
        (Deleted, Cancelled, Transition::Restore),
    ];
    for from in EventStatus::ALL {
        for to in EventStatus::ALL {
            let step = allowed.iter().find(|(a, b, _)| (a, b) == (from, to)).map(|(_, _, step)| *step);
            assert_eq!(transition(*from, *to), step, "{from:?} to {to:?}");
        }
    }
    let refused = |step: Transition, from, facts: TransitionFacts<'_>| step.check(from, &facts).unwrap_err();
    let started = TransitionFacts { has_started: true, ..FACTS };
    let registered = TransitionFacts { has_registrations: true, ..FACTS };
    let past = TransitionFacts { is_past: true, has_started: true, ..FACTS };
    let missing = TransitionFacts { missing: &[Missing::VenueCity, Missing::Organizer], ..FACTS };
    assert_eq!(refused(Transition::Unpublish, Published, started), Conflict::EventStarted.into());
    assert_eq!(refused(Transition::Unpublish, Published, registered), Conflict::PeopleRegistered.into());
    assert_eq!(refused(Transition::Reinstate, Cancelled, past), Conflict::EventOver.into());
    assert_eq!(refused(Transition::Archive, Published, FACTS), Conflict::EventNotOver.into());
    assert!(
        Transition::Archive.check(Published, &past).is_ok()
            && Transition::Archive.check(Cancelled, &FACTS).is_ok()
    );
    for (step, from) in [(Transition::Publish, Draft), (Transition::Reinstate, Cancelled)] {
        let AppError::Invalid(errors) = refused(step, from, missing) else {
            panic!("each missing one is named")
        };
        assert!(errors.get("venue_city").is_some() && errors.get("organizers").is_some());
    }
    assert!(matches!(
        refused(Transition::Cancel, Draft, FACTS),
        AppError::Conflict(Conflict::StatusTransition { .. })
    ));
    through_the_program().await;
}

/// The same through the forms, with what follows.
async fn through_the_program() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let step = async |function: &str| {
        let fields = [("event", event.as_str()), ("reason", "A storm.")];
        olivia.browser.call_with_known(&format!("/api/events/{function}"), &fields).await.status
    };
    let (ok, conflict) = (StatusCode::OK, StatusCode::CONFLICT);
    assert_eq!(step("archive").await, conflict, "not over yet");
    assert_eq!(step("reopen").await, ok, "published already is quiet success");
    assert_eq!(step("unpublish").await, ok);
    assert_eq!(step("cancel").await, conflict, "a draft is not cancelled");
    assert_eq!(step("publish").await, ok);
    let ada = app.person("Ada").await;
    app.register(&ada, &event).await;
    assert_eq!(step("unpublish").await, conflict, "somebody registered");
    assert_eq!(step("cancel").await, ok);
    assert_eq!(step("cancel").await, ok, "again is quiet success");
    let mail = app.inbox.about("ada@example.org", "Cancelled: Rust Day").await;
    assert!(mail.text.contains("A storm."), "{}", mail.text);
    assert_eq!(step("unpublish").await, conflict);
    assert_eq!(step("reinstate").await, ok);
    app.wait(Duration::days(200));
    olivia.browser.sign_in(&olivia.email, crate::support::cast::PASSWORD).await;
    assert_eq!(step("archive").await, ok, "over since September");
    assert_eq!(step("publish").await, conflict);
    assert_eq!(step("reopen").await, ok);
    services::events::auto_archive(&app.services).await.unwrap();
    let status = sqlx::query_scalar::<_, String>("select status from events where slug = $1").bind(&event);
    let status = status.fetch_one(&app.services.db).await.unwrap();
    assert_eq!(status, "PUBLISHED", "the clock leaves a reopened one alone");
}

#[tokio::test]
async fn the_clock_archives_thirty_days_after_the_last_day() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let status = async || {
        services::events::auto_archive(&app.services).await.unwrap();
        let status = sqlx::query_scalar::<_, String>("select status from events where slug = $1");
        status.bind(&event).fetch_one(&app.services.db).await.unwrap()
    };
    // 25 October 22:30 UTC: still the 30th day, 25 October, is just over in Berlin an hour before.
    app.services.clock.advance(time::macros::datetime!(2026-10-25 22:30 UTC) - app.services.clock.now());
    assert_eq!(status().await, "PUBLISHED");
    app.wait(Duration::hours(1));
    assert_eq!(status().await, "ARCHIVED");
}

#[tokio::test]
async fn soft_delete_preserves_event() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    let event = app.published(&olivia).await;
    let room = app.room(&olivia, &event, RoomKind::Global).await;
    app.post(&olivia, room, "Still here.").await;
    let delete = [("event", event.as_str()), ("name", "Rust Day")];
    assert_eq!(olivia.browser.status("/api/events/delete", &delete).await, StatusCode::OK);
    let facts = async || {
        sqlx::query_as::<_, (String, String, Option<String>, i64, i64, i64)>(
            "select e.title, e.status, e.status_before_deletion,
                    (select count(*) from chat_messages), (select count(*) from sponsor_tiers),
                    (select count(*) from event_members)
               from events e",
        )
        .fetch_one(&app.services.db)
        .await
        .unwrap()
    };
    let kept = ("Rust Day".to_owned(), "DELETED".to_owned(), Some("PUBLISHED".to_owned()), 1, 5, 1);
    assert_eq!(facts().await, kept, "all of it is kept");
    app.wait(Duration::days(30) - Duration::seconds(1));
    services::events::sweep(&app.services).await.unwrap();
    assert_eq!(facts().await, kept, "for thirty days");
    app.wait(Duration::seconds(1));
    services::events::sweep(&app.services).await.unwrap();
    let (title, status, _, messages, tiers, members) = facts().await;
    assert_eq!(
        (title.as_str(), status.as_str()),
        ("Rust Day", "DELETED"),
        "title and days outlive the purge"
    );
    assert_eq!((messages, tiers, members), (0, 0, 1), "texts go, memberships are bare facts");
}

/// What the program knows of this person in the event.
async fn standing_of(team: &EventTeam, who: &Member) -> Standing {
    let found = services::events::standing(&team.app.services, Some(who.signed_in.user), &team.event).await;
    found.unwrap().standing
}

#[tokio::test]
async fn has_user_checks_literal_membership() {
    let team = EventTeam::set().await;
    let opal = team.app.person("Opal").await;
    team.app.join_organization("atria-test", &opal, "OWNER").await;
    assert!(!standing_of(&team, &opal).await.has_membership_row(), "an OWNER without a row has none");
    assert!(standing_of(&team, &team.attendee).await.has_membership_row());
    team.about(&team.olivia, "remove", &team.attendee, &[]).await;
    let removed = standing_of(&team, &team.attendee).await;
    assert!(removed.has_membership_row() && removed.effective_role().is_none(), "a row is not access");
}

#[tokio::test]
async fn user_can_access_includes_org_owner() {
    let team = EventTeam::set().await;
    let (opal, adam) = (team.app.person("Opal").await, team.app.person("Adam").await);
    team.app.join_organization("atria-test", &opal, "OWNER").await;
    team.app.join_organization("atria-test", &adam, "ADMIN").await;
    let opens = async |who: &Member, page: &str| who.browser.get(&team.page(page)).await.status.as_u16();
    for page in ["/now", "/manage", "/manage/people", "/rooms"] {
        assert_eq!(opens(&opal, page).await, 200, "{page}");
        assert_ne!(opens(&adam, page).await, 200, "an organization ADMIN gets nothing by it: {page}");
    }
    let end = "update organization_members set role = 'MEMBER' where user_id = $1";
    sqlx::query(end).bind(opal.signed_in.user.get()).execute(&team.app.services.db).await.unwrap();
    assert_eq!(opens(&opal, "/now").await, 404, "until the ownership ends");
}

#[tokio::test]
async fn get_user_role_returns_admin_for_org_owner() {
    let team = EventTeam::set().await;
    let opal = team.app.person("Opal").await;
    team.app.join_organization("atria-test", &opal, "OWNER").await;
    assert_eq!(standing_of(&team, &opal).await.effective_role(), Some(EventRole::Admin), "without a row");
    team.app.join_event(&team.event, &opal, "ATTENDEE", "ACTIVE").await;
    assert_eq!(standing_of(&team, &opal).await.effective_role(), Some(EventRole::Admin), "above a lower one");
    let refused = team.about(&team.organizer, "change_role", &opal, &[("role", "SPEAKER")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "so an ORGANIZER does not reach her");
    let end = "update organization_members set role = 'MEMBER' where user_id = $1";
    sqlx::query(end).bind(opal.signed_in.user.get()).execute(&team.app.services.db).await.unwrap();
    assert_eq!(standing_of(&team, &opal).await.effective_role(), Some(EventRole::Attendee));
}

#[tokio::test]
async fn event_creation_adds_creator_as_admin() {
    let app = TestApp::start().await;
    let (olivia, adam, mia) = (app.person("Olivia").await, app.person("Adam").await, app.person("Mia").await);
    let organization = app.organization(&olivia, "Atria Test").await;
    app.join_organization(&organization, &adam, "ADMIN").await;
    app.join_organization(&organization, &mia, "MEMBER").await;
    let event = app.draft(&adam, &organization, EventForm::default()).await;
    let expected = [(adam.email.clone(), "ADMIN".to_owned(), "ACTIVE".to_owned())];
    assert_eq!(app.event_members(&event).await, expected, "the creator alone, in the same transaction");
    let table = adam.browser.get(&format!("/events/{event}/manage/people")).await.html();
    assert_eq!(table.texts(".people-name a"), ["Adam Test"]);
    let refused = mia.browser.get(&format!("/organizations/{organization}/events/new")).await.status;
    assert_eq!(refused, StatusCode::FORBIDDEN, "who may not create becomes nothing");
}

#[tokio::test]
async fn capacity_validation() {
    super::event_capacity::limits().await;
}
