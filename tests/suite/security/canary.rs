//! Two organizations full of unique strings: nothing the other's people can reach contains one.

use domain::realtime::Topic;
use http::StatusCode;

use super::cage::{CANARY, Cage, fields};
use crate::guards::access_matrix;

/// What was asked for comes back: addresses in links to the sign-in page, the typed text of a search.
fn is_clean(body: &str) -> bool {
    let typed = [
        "zanzibar-days",
        "zanzibar-club",
        "value=\"zanzibar.example\"",
        "search=zanzibar.example",
        "zanzibar@example.org",
        "search%3dzanzibar.example",
        "cursor%3dzanzibar",
    ];
    let left = typed.into_iter().fold(body.to_lowercase(), |body, typed| body.replace(typed, ""));
    !left.contains("zanzibar")
}

#[tokio::test]
async fn nothing_of_another_tenant_is_on_any_page() {
    let cage = Cage::build().await;
    let mut seen_by_its_own = 0;
    for path in cage.paths() {
        let visitors = [&cage.olivia.browser, &cage.app.browser()];
        for visitor in visitors {
            let answer = visitor.get(&path).await;
            assert!(is_clean(&answer.body), "{path} ({}): {}", answer.status, answer.body);
        }
        let own = cage.zoe.browser.get(&path).await;
        seen_by_its_own +=
            usize::from(own.body.contains(&format!("{CANARY} Days")) || own.body.contains("Club"));
    }
    assert!(seen_by_its_own > 20, "the strings are there for those they belong to: {seen_by_its_own} pages");
}

#[tokio::test]
async fn nothing_of_another_tenant_is_in_any_answer_or_frame() {
    let cage = Cage::build().await;
    for (place, things) in cage.mixtures() {
        let fields = fields(place, things);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for path in access_matrix::calls() {
            // Both kinds of messages go by one name.
            let message = if path.starts_with("/api/conversations/") {
                &things.direct_message
            } else {
                &things.message
            };
            let mut fields = fields.clone();
            fields.iter_mut().filter(|(name, _)| *name == "message").for_each(|field| field.1 = message);
            for visitor in [&cage.olivia.browser, &cage.app.browser()] {
                let answer = visitor.call_with_known(path, &fields).await;
                assert!(is_clean(&answer.body), "{path} ({}): {}", answer.status, answer.body);
            }
        }
    }
    hears_nothing(&cage).await;
    let own = fields(&cage.foreign, &cage.foreign);
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let own = cage.zoe.browser.call_with_known("/api/chat/older_messages", &own).await;
    assert!(own.body.contains(CANARY), "its own people get it: {}", own.body);
}

/// No topic of the other tenant lets her in, and nothing of theirs comes by the way.
async fn hears_nothing(cage: &Cage) {
    let room: domain::ids::ChatRoomId = cage.foreign.room.parse().unwrap();
    let conversation = cage.foreign.conversation.parse().unwrap();
    let mut socket = cage.olivia.browser.socket().await;
    let event = Topic::Event(cage.app.event_id(&cage.foreign.event).await);
    let own = Topic::User(cage.zoe.signed_in.user);
    for topic in [event, Topic::Room(room), Topic::Conversation(conversation), own] {
        let refused = socket.subscribe(topic, Some(0)).await;
        assert!(matches!(refused, domain::realtime::ServerFrame::Refused { .. }), "{refused:?}");
    }
    cage.app.post(&cage.zoe, room, &format!("{CANARY} once more")).await;
    socket.is_quiet().await;
}

#[tokio::test]
async fn nothing_of_another_tenant_is_in_an_export() {
    let cage = Cage::build().await;
    for (person, expected) in [(&cage.olivia, false), (&cage.zoe, true)] {
        let asked = person.browser.status("/api/accounts/request_export", &[]).await;
        assert_eq!(asked, StatusCode::OK);
        services::accounts::prepare_exports(&cage.app.services).await.unwrap();
        let page = person.browser.get("/settings/account").await.html();
        let links = page.attributes("a[href*='/export/']", "href");
        let file = person.browser.get(links.first().expect("a finished export")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.body.contains(CANARY), expected, "{}", file.body);
        let thief = if expected { &cage.olivia } else { &cage.zoe };
        assert_eq!(
            thief.browser.get(&links[0]).await.status,
            StatusCode::NOT_FOUND,
            "only its owner gets it"
        );
    }
}

#[tokio::test]
async fn the_link_of_an_invitation_tells_its_one_thing_and_only_to_its_holder() {
    let cage = Cage::build().await;
    let page = cage.app.browser().get(&format!("/invitations/{}", cage.token)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&format!("{CANARY} Club")), "what one is invited to");
    for hidden in ["description", "bio", "message", "Days", "contact", "club@"] {
        assert!(!page.body.contains(&format!("{CANARY} {hidden}")), "{hidden}");
    }
    assert!(!page.body.contains("club@zanzibar.example"));
    let wrong_account = cage.olivia.browser.get(&format!("/invitations/{}", cage.token)).await;
    assert_eq!(wrong_account.status, StatusCode::FORBIDDEN);
}
