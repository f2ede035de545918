use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::chat::{RoomKind, may_read};
use domain::events::{EventStatus, EventVisibility, Sight, sight};
use domain::organizations::OrganizationRole;

use crate::support::{EventForm, TestApp};

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
