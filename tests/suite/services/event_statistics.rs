use domain::attendees::{EventRole, PeopleView};
use domain::chat::RoomKind;
use domain::invitations::InvitationStatus;
use domain::{AppError, Denied};
use http::StatusCode;
use services::ServiceError;
use services::attendees::{self, Talk};
use time::Duration;

use crate::support::EventTeam;

/// Two of them connect, one asks another, one asks and takes it back, one reports one.
async fn talk(team: &EventTeam) -> Talk {
    for sql in [
        "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id, requested_at,
                                  responded_at)
         select gen_random_uuid(), least(a.id, b.id), greatest(a.id, b.id), a.id, 'ACCEPTED', 'Hello', e.id, now(),
                now()
           from events e, users a, users b where a.email = 'ben@example.org' and b.email = 'cleo@example.org'",
        "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id, requested_at)
         select gen_random_uuid(), least(a.id, b.id), greatest(a.id, b.id), a.id, 'PENDING', 'Hello', e.id, now()
           from events e, users a, users b where a.email = 'ben@example.org' and b.email = 'olivia@example.org'",
        "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id, requested_at,
                                  ended_at, ended_by)
         select gen_random_uuid(), least(a.id, b.id), greatest(a.id, b.id), a.id, 'REMOVED', 'Hello', e.id, now(),
                now(), a.id
           from events e, users a, users b where a.email = 'cleo@example.org' and b.email = 'olivia@example.org'",
        "insert into reports (id, event_id, reporter_id, target_kind, target_id, person_id, organizers_only, reason,
                              body, snapshot, status, created_at)
         select gen_random_uuid(), e.id, a.id, 'PERSON', b.id, b.id, false, 'SPAM', 'Look', '[]', 'OPEN', now()
           from events e, users a, users b where a.email = 'ben@example.org' and b.email = 'cleo@example.org'",
    ] {
        sqlx::query(sql).execute(&team.app.services.db).await.unwrap();
    }
    Talk {
        online: Some(0),
        messages: 1,
        messages_today: 1,
        requests: 3,
        connections: 1,
        open_reports: 1,
        closed_reports: 0,
    }
}

/// Counts of people, days, invitations and messages, for organizers alone.
pub async fn counts() {
    let team = EventTeam::set().await;
    let services = &team.app.services;
    let now = services.clock.now();
    sqlx::query("update event_members set joined_at = $1").bind(now).execute(&services.db).await.unwrap();
    team.limit_seats(2).await;
    team.app.wait(Duration::days(2));
    team.olivia.browser.sign_in(&team.olivia.email, crate::support::cast::PASSWORD).await;
    for name in ["Ben", "Cleo"] {
        let person = team.app.person(name).await;
        team.app.register(&person, &team.event).await;
    }
    team.about(&team.olivia, "check_in", &team.attendee, &[("present", "yes")]).await;
    team.about(&team.olivia, "remove", &team.speaker, &[]).await;
    team.app.invite(&team.olivia, &format!("events/{}", team.event), "new@example.org", "SPEAKER").await;
    let general = team.app.room(&team.olivia, &team.event, RoomKind::Global).await;
    team.app.post(&team.olivia, general, "Good morning").await;

    let talk = talk(&team).await;
    let found = attendees::statistics(services, &team.olivia.signed_in, &team.event).await.unwrap();
    assert_eq!(found.talk, talk);
    assert_eq!((found.head.seats_taken, found.head.max_attendees), (2, Some(2)));
    let of = |view| found.people.of(view);
    assert_eq!((of(PeopleView::TakingPart), of(PeopleView::Waitlisted)), (5, 1));
    assert_eq!((of(PeopleView::CheckedIn), of(PeopleView::Removed)), (1, 1));
    let roles = [
        EventRole::Admin,
        EventRole::Organizer,
        EventRole::Moderator,
        EventRole::Speaker,
        EventRole::Attendee,
    ];
    assert_eq!(found.people.roles, roles.into_iter().zip([1, 1, 1, 0, 2]).collect::<Vec<_>>());
    let per_day: Vec<i64> = found.joined.counts.iter().map(|(_, count)| *count).collect();
    assert_eq!(per_day, [4, 0, 2], "days without anybody are there too");
    assert_eq!(found.invitations[0], (InvitationStatus::Pending, 1));
    let counters = attendees::counters(services, &found.head).await.unwrap();
    assert_eq!((counters.messages_today, counters.open_invitations, counters.checked_in), (1, 1, 1));
    assert_eq!(counters.open_reports, 1);

    let page = team.olivia.browser.get(&team.page("/manage/statistics")).await.html();
    assert_eq!(page.texts("dl.figures dd"), ["2 of 2", "5", "1", "1", "0", "1", "1", "3", "1", "1", "0"]);
    let words = page.attributes(".time-chart svg", "aria-label");
    assert_eq!(
        words,
        ["6 people came from 4 May 2026 to 6 May 2026, most of them (4) in the day of 4 May 2026."]
    );
    assert_eq!(page.texts("#by-role + .bars .bar-count"), ["1", "1", "1", "0", "2"]);
    let refused = attendees::statistics(services, &team.moderator.signed_in, &team.event).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Refused(AppError::Denied(Denied::OrganizersOnly))), "{refused}");
    team.moderator.browser.sign_in(&team.moderator.email, crate::support::cast::PASSWORD).await;
    let page = team.moderator.browser.get(&team.page("/manage/statistics")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}
