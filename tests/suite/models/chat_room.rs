use domain::attendees::{EventRole, MembershipStatus, Standing};
use domain::chat::{RoomKind, may_read};
use domain::events::EventStatus;
use domain::organizations::OrganizationRole;
use domain::{AppError, Denied};
use http::StatusCode;

use crate::support::AgendaScene;

#[tokio::test]
async fn session_relationship() {
    let scene = AgendaScene::set().await;
    let session = scene.add("Opening", ("09:00", "10:00"), None).await;
    let (public, db) = (scene.app.session_room(session, RoomKind::Public).await, &scene.app.services.db);
    for (forge, why) in [
        ("update chat_rooms set session_id = null where id = $1", "a PUBLIC room is always a session's"),
        ("update chat_rooms set kind = 'GLOBAL' where id = $1", "and an event's own room never"),
    ] {
        assert!(sqlx::query(forge).bind(public.get()).execute(db).await.is_err(), "{why}");
    }
    scene.add("Opening", ("11:00", "12:00"), None).await;
    let named = "select count(*) from chat_rooms where name = 'Opening'";
    let named = sqlx::query_scalar::<_, i64>(named).fetch_one(db).await.unwrap();
    assert_eq!(named, 2, "sessions may share a title");
    sqlx::query("delete from agenda_sessions where id = $1").bind(session.get()).execute(db).await.unwrap();
    let left = "select count(*) from chat_rooms where session_id = $1";
    let left = sqlx::query_scalar::<_, i64>(left).bind(session.get()).fetch_one(db).await.unwrap();
    assert_eq!(left, 0, "rooms go with their session");
}

#[tokio::test]
async fn room_type_validation() {
    let stored = ["GLOBAL", "GREEN_ROOM", "ADMIN", "PUBLIC", "BACKSTAGE"];
    assert_eq!(RoomKind::ALL.map(RoomKind::as_str), stored, "in the order of lists");
    for (kind, text) in RoomKind::ALL.into_iter().zip(stored) {
        assert_eq!(RoomKind::from_stored(text), Some(kind));
    }
    for unknown in ["global", "LOUNGE", "", " GLOBAL"] {
        assert_eq!(RoomKind::from_stored(unknown), None, "{unknown:?}");
    }

    let scene = AgendaScene::set().await;
    let general = scene.app.room(&scene.olivia, &scene.event, RoomKind::Global).await;
    let forge = "update chat_rooms set kind = 'LOUNGE' where id = $1";
    let forged = sqlx::query(forge).bind(general.get()).execute(&scene.app.services.db).await;
    assert!(forged.is_err(), "the database knows the same five");
    let create = async |kind: &str, name: &str| {
        let key = scene.app.form_key();
        let fields = [("kind", kind), ("name", name), ("form_key", &key)];
        scene.call("chat/create_room", &fields).await
    };
    for kind in ["GLOBAL", "GREEN_ROOM", "ADMIN"] {
        assert_eq!(create(kind, &format!("Another {kind}")).await.status, StatusCode::OK, "{kind}");
    }
    for kind in ["PUBLIC", "BACKSTAGE", "LOUNGE", ""] {
        let AppError::Invalid(errors) = create(kind, "A good name").await.error() else { panic!("{kind}") };
        assert_eq!(errors.get("kind"), Some("Choose who is in it."), "{kind}: those come with sessions");
    }
}

/// Table 4.4, cell by cell: kind, role, whether they speak in the session, whether they are in.
#[test]
fn participant_access() {
    use EventRole::{Admin, Attendee, Moderator, Organizer, Speaker};
    use RoomKind::{Admin as Staff, Backstage, Global, GreenRoom, Public};
    let published = |role| Standing {
        membership: Some((role, MembershipStatus::Active)),
        ..Standing::visitor(EventStatus::Published)
    };
    let inside: [(RoomKind, &[EventRole]); 5] = [
        (Global, &[Attendee, Speaker, Moderator, Organizer, Admin]),
        (Public, &[Attendee, Speaker, Moderator, Organizer, Admin]),
        (Backstage, &[Organizer, Admin]),
        (GreenRoom, &[Speaker, Organizer, Admin]),
        (Staff, &[Organizer, Admin]),
    ];
    for (kind, roles) in inside {
        for role in EventRole::ALL {
            let answer = may_read(kind, false, &published(role));
            let expected = if roles.contains(&role) { Ok(()) } else { Err(AppError::NotFound) };
            assert_eq!(answer, expected, "{kind:?} for {role:?}");
        }
    }
    assert_eq!(may_read(Backstage, true, &published(Speaker)), Ok(()), "the session's own speaker");
    assert_eq!(may_read(Staff, true, &published(Speaker)), Err(AppError::NotFound), "of that room alone");

    let owner = Standing {
        organization_role: Some(OrganizationRole::Owner),
        ..Standing::visitor(EventStatus::Published)
    };
    for kind in RoomKind::ALL {
        assert_eq!(may_read(kind, false, &owner), Ok(()), "an owner needs no row: {kind:?}");
        for status in [MembershipStatus::Waitlisted, MembershipStatus::Left, MembershipStatus::Removed] {
            let gone = Standing { membership: Some((Admin, status)), ..owner_less() };
            assert_eq!(may_read(kind, true, &gone), Err(AppError::NotFound), "{kind:?} when {status:?}");
        }
        let banned = Standing { membership: Some((Admin, MembershipStatus::Banned)), ..owner_less() };
        assert_eq!(may_read(kind, true, &banned), Err(Denied::BannedFromEvent.into()), "{kind:?}");
        assert_eq!(may_read(kind, false, &owner_less()), Err(AppError::NotFound), "a visitor");
    }
    let of_draft = |role| Standing { event_status: EventStatus::Draft, ..published(role) };
    assert_eq!(may_read(Global, false, &of_draft(Attendee)), Err(AppError::NotFound), "not open yet");
    assert_eq!(may_read(Global, false, &of_draft(Speaker)), Ok(()));
}

fn owner_less() -> Standing {
    Standing::visitor(EventStatus::Published)
}
