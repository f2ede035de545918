use domain::AppError;
use domain::connections::{
    Connection, ConnectionStatus, ContactNote, Icebreaker, Tie, may_answer, may_remove, may_withdraw,
};
use domain::ids::UserId;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::support::ConnectionScene;

const NOON: OffsetDateTime = datetime!(2026-05-04 12:00 UTC);
const ADA: UserId = UserId::new(Uuid::from_u128(1));
const BEN: UserId = UserId::new(Uuid::from_u128(2));
const OTTO: UserId = UserId::new(Uuid::from_u128(3));

/// Ada asked Ben at noon.
fn asked(status: ConnectionStatus) -> Connection {
    let answered = matches!(status, ConnectionStatus::Accepted | ConnectionStatus::Rejected);
    Connection {
        requester: ADA,
        recipient: BEN,
        status,
        requested_at: NOON,
        responded_at: answered.then_some(NOON),
        ended_at: (status == ConnectionStatus::Removed).then_some(NOON),
        ended_by: None,
    }
}

#[test]
fn mutual_connection() {
    let connected = asked(ConnectionStatus::Accepted);
    for (person, other) in [(ADA, BEN), (BEN, ADA)] {
        assert_eq!(connected.tie_of(person, NOON), Tie::Connected, "for both alike");
        assert_eq!(connected.other_than(person), Some(other));
        assert_eq!(may_remove(&connected, person, NOON), Ok(()));
    }
    assert_eq!(connected.tie_of(OTTO, NOON), Tie::None, "and nobody else");
    let pending = asked(ConnectionStatus::Pending);
    assert_eq!((pending.tie_of(ADA, NOON), pending.tie_of(BEN, NOON)), (Tie::Requested, Tie::Asked));
}

#[test]
fn status_transitions() {
    type Step = fn(&Connection, UserId, OffsetDateTime) -> Result<(), AppError>;
    let steps: [(&str, Step); 3] =
        [("answer", may_answer), ("withdraw", may_withdraw), ("remove", may_remove)];
    let may = |status, person, at| -> Vec<&str> {
        let connection = asked(status);
        let allowed = steps.iter().filter(|(_, step)| step(&connection, person, at).is_ok());
        allowed.map(|(name, _)| *name).collect()
    };
    for (status, ada, ben) in [
        (ConnectionStatus::Pending, vec!["withdraw"], vec!["answer"]),
        (ConnectionStatus::Accepted, vec!["remove"], vec!["remove"]),
        // Declined: the requester does not know.
        (ConnectionStatus::Rejected, vec!["withdraw"], vec![]),
        (ConnectionStatus::Removed, vec![], vec![]),
    ] {
        assert_eq!(may(status, ADA, NOON), ada, "{status:?}, whoever asked");
        assert_eq!(may(status, BEN, NOON), ben, "{status:?}, whoever was asked");
        for (name, step) in steps {
            assert_eq!(step(&asked(status), OTTO, NOON), Err(AppError::NotFound), "{name} by a third");
            for person in [ADA, BEN] {
                if let Err(refusal) = step(&asked(status), person, NOON) {
                    assert_eq!(refusal.status(), 409, "{status:?} {name}");
                }
            }
        }
        let later = NOON + Duration::days(30);
        let still: &[&str] = if status == ConnectionStatus::Accepted { &["remove"] } else { &[] };
        assert_eq!(may(status, ADA, later), still, "{status:?} after 30 days");
        assert_eq!(may(status, BEN, later), still, "{status:?} after 30 days");
    }
    for status in ConnectionStatus::ALL {
        assert_eq!(ConnectionStatus::from_stored(status.as_str()), Some(status));
    }
    assert_eq!(ConnectionStatus::from_stored("BLOCKED"), None, "blocking is no status");
}

#[test]
fn whoever_was_blocked_waits_as_for_an_answer_and_who_withdrew_a_day() {
    let ended = |by| Connection { ended_by: Some(by), ..asked(ConnectionStatus::Removed) };
    for (by, days) in [(ADA, 1), (BEN, 30)] {
        assert_eq!(ended(by).wait_of(ADA, NOON), Some(Duration::days(days)), "{by}");
        assert_eq!(ended(by).wait_of(ADA, NOON + Duration::days(days)), None, "{by}");
        assert_eq!(ended(by).wait_of(BEN, NOON), None, "who was asked waits for nothing");
    }
    let parted = Connection { responded_at: Some(NOON), ..ended(BEN) };
    assert_eq!(parted.wait_of(ADA, NOON), None, "nor who was connected");
}

#[tokio::test]
async fn icebreaker_message() {
    assert_eq!(Icebreaker::parse("  Hello\r\nthere ").unwrap().as_str(), "Hello\nthere");
    assert!(Icebreaker::parse(&"ä".repeat(500)).is_ok());
    for bad in ["", " \n ", "\u{200b}", "a\0b", &"ä".repeat(501)] {
        assert!(Icebreaker::parse(bad).is_err(), "{bad:?}");
    }
    assert_eq!(ContactNote::parse(" ").unwrap().as_deref(), None, "a note may be cleared");
    assert!(ContactNote::parse(&"x".repeat(1001)).is_err());
    let scene = ConnectionScene::set().await;
    scene.requested(&scene.ada, &scene.ben).await;
    for (forged, constraint) in [
        ("icebreaker = ''", "connections_icebreaker_length"),
        ("icebreaker = repeat('x', 501)", "connections_icebreaker_length"),
        ("note_low = repeat('x', 1001)", "connections_note_low_length"),
        ("status = 'BLOCKED'", "connections_status_known"),
    ] {
        let forged = sqlx::AssertSqlSafe(format!("update connections set {forged}"));
        let refused = sqlx::query(forged).execute(&scene.app.services.db).await.unwrap_err();
        assert_eq!(services::db::violated(&refused), Some(constraint));
    }
}

#[tokio::test]
async fn unique_constraint() {
    let scene = ConnectionScene::set().await;
    let id = scene.requested(&scene.ada, &scene.ben).await;
    let insert = async |columns: &str| {
        let forged = format!(
            "insert into connections (id, user_low, user_high, requester_id, status, icebreaker, event_id, requested_at)
             select gen_random_uuid(), {columns}, status, icebreaker, event_id, requested_at from connections where id = $1"
        );
        let forged = sqlx::query(sqlx::AssertSqlSafe(forged)).bind(id.get());
        let refused = forged.execute(&scene.app.services.db).await.unwrap_err();
        services::db::violated(&refused).map(ToOwned::to_owned)
    };
    for (columns, constraint) in [
        ("user_low, user_high, user_low", "connections_pair_unique"),
        ("user_low, user_high, user_high", "connections_pair_unique"),
        ("user_high, user_low, user_low", "connections_pair_ordered"),
        ("user_low, user_low, user_low", "connections_pair_ordered"),
    ] {
        assert_eq!(insert(columns).await.as_deref(), Some(constraint), "{columns}");
    }
    let stranger = format!("user_low, user_high, '{}'::uuid", scene.sam.signed_in.user);
    assert_eq!(insert(&stranger).await.as_deref(), Some("connections_requester_of_pair"));
    assert_ne!(scene.connected(&scene.ada, &scene.sam).await, id, "another pair has another row");
}
