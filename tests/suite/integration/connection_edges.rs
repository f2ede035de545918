//! Requests and contacts where something else ended, or was never there.

use domain::connections::ContactList;
use domain::ids::{ConnectionId, ConversationId};
use domain::{AppError, Conflict};
use http::StatusCode;
use services::attendees;
use time::Duration;

use crate::support::conversations::say;
use crate::support::{ConnectionScene, Member, refusal};

async fn unblock(who: &Member, whom: &Member) -> StatusCode {
    let person = whom.signed_in.user.to_string();
    who.browser.status("/api/connections/unblock", &[("person", &person)]).await
}

#[tokio::test]
async fn where_two_people_met_outlives_the_event() {
    let scene = ConnectionScene::set().await;
    let (app, ada) = (&scene.app, &scene.ada);
    scene.connected(ada, &scene.ben).await;
    let link = format!("a[href='/events/{}/now']", scene.event);
    let links = async || ada.browser.get("/connections").await.html().has(&format!(".contact {link}"));
    assert!(links().await);
    let gone =
        "update events set status = 'DELETED', status_before_deletion = 'PUBLISHED', deleted_at = now(),
                       deleted_by = $2 where slug = $1";
    let gone = sqlx::query(gone).bind(&scene.event).bind(scene.olivia.signed_in.user.get());
    gone.execute(&app.services.db).await.unwrap();
    let contact = ada.browser.get("/connections").await.html().text(".contact");
    assert!(contact.contains("met at Rust Day, Thursday 24"), "{contact}");
    assert!(!links().await, "there is nothing to open");
}

#[tokio::test]
async fn an_archived_event_still_brings_people_together_and_a_draft_not_yet() {
    let scene = ConnectionScene::set().await;
    for (status, expected) in [("DRAFT", 409), ("ARCHIVED", 200), ("DELETED", 404)] {
        let set = "update events set status = $2 where slug = $1";
        let set = sqlx::query(set).bind(&scene.event).bind(status);
        set.execute(&scene.app.services.db).await.unwrap();
        let answer = scene.ask(&scene.olivia, &scene.sam, "Hi").await;
        assert_eq!(answer.status.as_u16(), expected, "{status}: {}", answer.body);
    }
}

#[tokio::test]
async fn who_wants_no_mails_about_requests_gets_none() {
    let scene = ConnectionScene::set().await;
    let off = scene.sam.browser.status("/api/accounts/save_notifications", &[("version", "1")]).await;
    assert_eq!(off, StatusCode::OK);
    let ask = async |to: &Member| scene.ask(&scene.ada, to, "Hi").await.status;
    assert_eq!((ask(&scene.sam).await, ask(&scene.ben).await), (StatusCode::OK, StatusCode::OK));
    scene.app.until_delivered().await;
    let told = scene.app.inbox.recipients();
    assert!(told.contains(&scene.ben.email) && !told.contains(&scene.sam.email), "{told:?}");
}

#[tokio::test]
async fn a_list_says_what_it_does_not_know() {
    let scene = ConnectionScene::set().await;
    for other in [&scene.ben, &scene.sam, &scene.omar] {
        scene.connected(&scene.ada, other).await;
    }
    let browser = &scene.ada.browser;
    for (query, status) in [
        ("page=3&per_page=2", 404),
        ("page=0", 422),
        ("per_page=101", 422),
        ("list=friends", 422),
        ("sort=x", 422),
        ("search=k", 422),
    ] {
        assert_eq!(browser.get(&format!("/connections?{query}")).await.status.as_u16(), status, "{query}");
    }
}

#[tokio::test]
async fn contacts_are_exported_as_they_are_narrowed_and_ten_times_an_hour() {
    let scene = ConnectionScene::set().await;
    for other in [&scene.ben, &scene.sam] {
        scene.connected(&scene.ada, other).await;
    }
    let browser = &scene.ada.browser;
    let narrowed = browser.get("/connections.csv?search=sam").await.body;
    assert!(narrowed.contains("Sam Test") && !narrowed.contains("Ben Test"));
    assert_eq!(
        scene.app.browser().get("/connections.csv").await.status,
        StatusCode::UNAUTHORIZED,
        "sign in first"
    );
    for _ in 0..9 {
        assert_eq!(browser.get("/connections.vcf").await.status, StatusCode::OK);
    }
    assert_eq!(browser.get("/connections.csv").await.status, StatusCode::TOO_MANY_REQUESTS, "ten an hour");
}

#[tokio::test]
async fn of_somebody_one_sees_no_more_an_own_request_keeps_the_name_alone() {
    let scene = ConnectionScene::set().await;
    let (app, ada, sam) = (&scene.app, &scene.ada, &scene.sam);
    scene.privacy(sam, "company = 'Kite Works', avatar_file_id = null").await;
    let declined = scene.requested(sam, &scene.ben).await;
    assert_eq!(scene.act(&scene.ben, "decline", declined).await, StatusCode::OK);
    scene.requested(ada, sam).await;
    let sent = async |search: &str| {
        let page = scene.page(ada, ContactList::Sent, None, search).await.unwrap();
        page.people
            .items
            .into_iter()
            .map(|contact| (contact.profile.company, contact.is_seen))
            .collect::<Vec<_>>()
    };
    let card = async |who: &Member, list: &str| {
        let page = who.browser.get(&format!("/connections?list={list}")).await.html();
        (page.texts(".contact-name"), page.has("a.contact-name"))
    };
    let named = |is_link| (vec!["Sam Test".to_owned()], is_link);
    assert_eq!(sent("kite").await, [(Some("Kite Works".to_owned()), true)]);
    assert_eq!(card(ada, "sent").await, named(true));
    assert_eq!(card(&scene.ben, "declined").await, named(true));

    attendees::leave(&app.services, &sam.signed_in, &scene.event, true).await.unwrap();
    assert_eq!(sent("").await, [(None, false)]);
    assert_eq!(sent("kite").await, [], "no search finds what isn't shown");
    assert_eq!(card(ada, "sent").await, named(false));
    assert_eq!(card(&scene.ben, "declined").await, named(false));
    let page = format!("/people/{}", sam.signed_in.user);
    assert_eq!(ada.browser.get(&page).await.status, StatusCode::NOT_FOUND);
    let received = scene.list(sam, ContactList::Received).await;
    assert!(received[0].is_seen, "whoever is asked sees who asks");
}

#[tokio::test]
async fn a_request_that_a_block_ended_was_not_withdrawn() {
    let scene = ConnectionScene::set().await;
    let (app, ada, ben, sam) = (&scene.app, &scene.ada, &scene.ben, &scene.sam);
    let withdrawn = scene.requested(ada, sam).await;
    assert_eq!(scene.act(ada, "withdraw", withdrawn).await, StatusCode::OK);
    let blocked = scene.requested(ada, ben).await;
    let omars = scene.requested(ada, &scene.omar).await;
    for blocker in [ben, &scene.omar] {
        assert_eq!(scene.block(blocker, ada).await, StatusCode::OK);
        assert_eq!(unblock(blocker, ada).await, StatusCode::OK);
    }
    assert_eq!(scene.connected(&scene.omar, ada).await, omars, "whoever blocked may ask at once");
    app.wait(Duration::hours(24));
    assert_eq!(scene.requested(ada, sam).await, withdrawn, "who withdrew waits a day");
    let early = refusal(scene.try_ask(ada, ben).await);
    assert_eq!(early, Conflict::AskAgainIn { hours: 29 * 24 }.into(), "as long as one that nobody answered");
    app.wait(Duration::days(29));
    assert_eq!(scene.requested(ada, ben).await, blocked);
}

#[tokio::test]
async fn two_windows_lose_no_note_silently_and_come_back_to_their_part_of_the_list() {
    let scene = ConnectionScene::set().await;
    let (ada, ben) = (&scene.ada, &scene.ben);
    let connection = scene.connected(ada, ben).await;
    let stored = async || ada.browser.get("/connections").await.html().texts(".contact-note");
    let note = async |before: &str, note: &str| scene.note_from(ada, connection, before, note).await;
    assert_eq!(note("", "Flies kites").await.status, StatusCode::OK);
    let stale = note("", "Builds boats").await;
    assert_eq!(stale.error(), AppError::from(Conflict::StaleEdit { by: "You".to_owned() }));
    assert_eq!(stored().await, ["Flies kites"], "what the other window wrote stays");
    assert_eq!(note("", "Flies kites").await.status, StatusCode::OK, "the same words lose nothing");
    assert_eq!(note("Flies kites", "Builds boats").await.status, StatusCode::OK);

    let id = connection.to_string();
    let part =
        [("search", "ben"), ("sort", "name"), ("event", &*scene.event), ("page", "1"), ("per_page", "10")];
    let at =
        format!("/connections?list=connected&search=ben&sort=name&event={}&page=1&per_page=10", scene.event);
    let form = async |before: &str, note: &str| {
        let fields = [("connection", &*id), ("before", before), ("note", note)];
        ada.browser.submit("/api/connections/save_note", &[&fields[..], &part[..]].concat()).await
    };
    let back = format!("{at}#connection-{id}");
    assert_eq!(form("Flies kites", "Sings").await.location(), back, "refused, in the same place");
    let page = ada.browser.get(&at).await.html();
    assert_eq!(page.texts("textarea[name=note]"), ["Sings"], "what was typed is kept");
    assert!(page.text(".contact-note").contains("Builds boats"), "beside what the other window wrote");
    assert_eq!(page.value("before"), "Builds boats", "so that they decide knowingly");
    assert_eq!(form("Builds boats", "Sings").await.location(), back);
    assert_eq!(stored().await, ["Sings"]);
    let nobody: ConnectionId = "00000000-0000-0000-0000-000000000001".parse().unwrap();
    assert_eq!(scene.note_from(ada, nobody, "", "x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.note_from(&scene.sam, connection, "Sings", "x").await.error(), AppError::NotFound);
}

/// Two who parted: their conversation leaves both inboxes, takes no messages and keeps its history.
pub(super) async fn conversation_is_over(scene: &ConnectionScene) {
    let conversation = sqlx::query_scalar("select id from conversations");
    let conversation = conversation.fetch_one(&scene.app.services.db).await.unwrap();
    let conversation = ConversationId::new(conversation);
    for who in [&scene.ada, &scene.ben] {
        let inbox = who.browser.get("/inbox").await;
        assert_eq!(inbox.status, StatusCode::OK);
        assert!(!inbox.body.contains(&conversation.to_string()), "it left the inbox");
        let refused = say(who, conversation, 1, "Still there?").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    }
    assert_eq!(scene.count("select count(*) from direct_messages").await, 1, "history is kept");
}

#[tokio::test]
async fn an_open_profile_follows_but_not_while_its_form_has_words_back() {
    let scene = ConnectionScene::set().await;
    let (ada, person) = (&scene.ada, scene.ben.signed_in.user.to_string());
    let profile = format!("/events/{}/people/{person}", scene.event);
    let topic = format!("user:{}", ada.signed_in.user);
    let page = ada.browser.get(&profile).await.html();
    assert_eq!(page.attributes("#person[data-live-part]", "data-live"), [topic]);
    let too_long = "Kites? ".repeat(200);
    let fields = [
        ("event", scene.event.as_str()),
        ("person", person.as_str()),
        ("suggestion", ""),
        ("icebreaker", too_long.as_str()),
    ];
    let refused = ada.browser.submit_and_follow("/api/connections/request", &fields).await;
    assert!(
        refused.html().has("#field-icebreaker") && refused.body.contains(too_long.trim()),
        "they are back"
    );
    for attribute in ["data-live", "data-live-on", "data-live-part"] {
        assert!(
            !refused.html().has(&format!("#person[{attribute}]")),
            "a refresh would take them: {attribute}"
        );
    }
}
