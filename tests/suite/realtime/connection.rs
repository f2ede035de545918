//! What people hear of requests, and an event's members of each other.

use domain::accounts::PersonCard;
use domain::ids::ConnectionId;
use domain::notifications::News;
use domain::realtime::{RefusalCode, ServerFrame, Topic};
use http::StatusCode;
use services::{attendees, connections, events};

use crate::support::{ConnectionScene, Member};

fn card(person: &Member) -> PersonCard {
    PersonCard { id: person.signed_in.user, full_name: person.signed_in.full_name.clone() }
}

fn own(person: &Member) -> Topic {
    Topic::User(person.signed_in.user)
}

#[tokio::test]
async fn connection_request_notification() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let topic = own(ben);
    let refused = ada.browser.socket().await.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound }, "nobody else's");
    let (mut at_ben, mut at_ada) =
        (ben.browser.listening(topic).await, ada.browser.listening(own(ada)).await);
    let connection: ConnectionId = scene.ask(ada, ben, "Kites?").await.json();
    let icebreaker = "Kites?".to_owned();
    let asked = ServerFrame::ConnectionRequested { topic, connection, person: card(ada), icebreaker };
    assert_eq!(at_ben.next().await, asked);
    let ServerFrame::Notification { item, .. } = at_ben.next().await else { panic!("and on the bell") };
    assert_eq!((item.news, item.actor), (News::ConnectionRequested, Some("Ada Test".to_owned())));
    assert_eq!(scene.ask(ada, ben, "Again?").await.status, StatusCode::CONFLICT);
    at_ben.is_quiet().await;
    assert_eq!(scene.act(ada, "withdraw", connection).await, StatusCode::OK);
    assert_eq!(at_ben.next().await, ServerFrame::ConnectionRemoved { topic, connection, person: card(ada) });
    at_ada.is_quiet().await;
}

#[tokio::test]
async fn connection_accepted() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let (mut at_ada, topic) = (ada.browser.listening(own(ada)).await, own(ada));
    let declined = scene.requested(ada, &scene.sam).await;
    assert_eq!(scene.act(&scene.sam, "decline", declined).await, StatusCode::OK);
    at_ada.is_quiet().await;
    let connection = scene.requested(ada, ben).await;
    assert_eq!(scene.act(ben, "accept", connection).await, StatusCode::OK);
    let icebreaker = "Coffee?".to_owned();
    let accepted = ServerFrame::ConnectionAccepted { topic, connection, person: card(ben), icebreaker };
    assert_eq!(at_ada.next().await, accepted, "of the decline before it came nothing");
    let ServerFrame::Notification { item, .. } = at_ada.next().await else { panic!("and on the bell") };
    assert_eq!((item.news, item.actor), (News::ConnectionAccepted, Some("Ben Test".to_owned())));
    connections::remove(&scene.app.services, &ben.signed_in, connection).await.unwrap();
    assert_eq!(at_ada.next().await, ServerFrame::ConnectionRemoved { topic, connection, person: card(ben) });
}

#[tokio::test]
async fn attendee_updates() {
    let scene = ConnectionScene::set().await;
    let (services, ada, ben) = (&scene.app.services, &scene.ada, &scene.ben);
    let topic = Topic::Event(scene.app.event_id(&scene.event).await);
    let refused = scene.otto.browser.socket().await.subscribe(topic, None).await;
    assert_eq!(refused, ServerFrame::Refused { topic, code: RefusalCode::NotFound }, "members only");
    let mut at_ada = ada.browser.listening(topic).await;
    let mut changed = async |people| {
        assert_eq!(at_ada.next().await, ServerFrame::MembersChanged { topic, people });
    };
    let page = format!("/events/{}/people", scene.event);
    assert_eq!(scene.names(ada, &page).await.len(), 5);
    scene.app.register(&scene.otto, &scene.event).await;
    changed(6).await;
    assert!(scene.names(ada, &page).await.contains(&"Otto Test".to_owned()), "the list they load anew");
    attendees::leave(services, &scene.otto.signed_in, &scene.event, true).await.unwrap();
    changed(5).await;
    let about = |role: Option<&str>| {
        let member = ben.signed_in.user.to_string();
        let mut fields = vec![("event", scene.event.clone()), ("member", member)];
        fields.extend(role.map(|role| ("role", role.to_owned())));
        fields
    };
    for (function, role, people) in
        [("change_role", Some("SPEAKER"), 5), ("remove", None, 4), ("bring_back", None, 5)]
    {
        let fields = about(role);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = scene.olivia.browser.status(&format!("/api/attendees/{function}"), &fields).await;
        assert_eq!(done, StatusCode::OK, "{function}");
        changed(people).await;
    }
    let user = Some(ben.signed_in.user);
    let spam = attendees::BanFields { reason: "Spam".to_owned(), ..Default::default() };
    attendees::ban(services, &scene.olivia.signed_in, &scene.event, user, &spam).await.unwrap();
    changed(4).await;
    assert!(!scene.names(ada, &page).await.contains(&"Ben Test".to_owned()));
    assert!(events::register(services, &ben.signed_in, &scene.event).await.is_err());
    scene.block(&scene.sam, ada).await;
    assert!(!scene.names(ada, &page).await.contains(&"Sam Test".to_owned()), "under the viewer's own rights");
}
