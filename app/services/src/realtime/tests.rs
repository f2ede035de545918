use domain::accounts::PersonCard;
use domain::ids::{ChatRoomId, EventId, LoginSessionId, UserId};
use domain::realtime::{CloseReason, RefusalCode, ServerFrame, Topic};
use futures_util::FutureExt as _;
use time::{Duration, OffsetDateTime};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::activity;
use super::presence::announce_turnover;
use super::{
    Bus, MAX_TOPICS_PER_SOCKET, Outgoing, SocketCaps, SocketHandle, SocketOwner, TooManySockets,
    TooManyTopics,
};
use crate::Clock;

const ADA: u128 = 1;
const BEN: u128 = 2;

/// A bus whose clock stands still and whose ticker never ticks: each test makes its own rounds.
struct Node {
    bus: Bus,
    clock: Clock,
}

fn node() -> Node {
    let clock = Clock::manual(OffsetDateTime::UNIX_EPOCH);
    let bus = Bus::assemble(clock.clone(), SocketCaps::default(), None, CancellationToken::new());
    Node { bus, clock }
}

fn lobby() -> Topic {
    room(100)
}

fn room(id: u128) -> Topic {
    Topic::Room(ChatRoomId::new(Uuid::from_u128(id)))
}

fn owner(user: u128) -> SocketOwner {
    SocketOwner {
        person: PersonCard { id: UserId::new(Uuid::from_u128(user)), full_name: format!("Person {user}") },
        login_session: LoginSessionId::new(Uuid::from_u128(user)),
        address: None,
    }
}

impl Node {
    fn tab(&self, user: u128) -> SocketHandle {
        self.bus.open_socket(owner(user)).expect("the caps are not reached")
    }

    fn listening(&self, user: u128) -> SocketHandle {
        let socket = self.tab(user);
        socket.subscribe(lobby()).expect("one topic fits");
        assert!(socket.admit(lobby(), true), "nobody took the access away");
        socket
    }

    fn say(&self, rev: i64) {
        self.bus.publish(lobby(), &head(rev));
    }
}

fn head(rev: i64) -> ServerFrame {
    ServerFrame::Head { topic: lobby(), rev }
}

fn user(id: u128) -> UserId {
    UserId::new(Uuid::from_u128(id))
}

/// What waits for a socket, without waiting for more.
fn waiting(socket: &SocketHandle) -> Vec<ServerFrame> {
    match socket.recv().now_or_never() {
        Some(Outgoing::Frames(frames)) => {
            frames.iter().map(|frame| serde_json::from_slice(frame).expect("a frame is JSON")).collect()
        }
        Some(Outgoing::Close(reason)) => panic!("closed with {reason:?}"),
        None => Vec::new(),
    }
}

#[test]
fn a_frame_reaches_every_listener_of_its_topic_and_nobody_else() {
    let node = node();
    let (ada, ben) = (node.listening(ADA), node.tab(BEN));
    ben.subscribe(room(101)).expect("one topic fits");
    node.say(1);
    assert_eq!(waiting(&ada), [head(1)]);
    assert_eq!(waiting(&ben), []);
}

#[test]
fn a_frame_published_before_the_admission_waits_in_the_queue() {
    let node = node();
    let ada = node.tab(ADA);
    ada.subscribe(lobby()).expect("one topic fits");
    node.say(1);
    assert!(ada.admit(lobby(), true));
    assert_eq!(waiting(&ada), [head(1)]);
}

#[test]
fn frames_go_out_in_the_order_of_their_places_whoever_is_ready_first() {
    let node = node();
    let ada = node.listening(ADA);
    let [first, second, third] = [1, 2, 3].map(|rev| node.bus.line_up(lobby(), rev));
    third.publish(&head(3));
    assert_eq!(waiting(&ada), [], "two are before it");
    first.publish(&head(1));
    assert_eq!(waiting(&ada), [head(1)]);
    drop(second);
    assert_eq!(waiting(&ada), [head(3)], "what was never committed holds nobody up");
}

#[test]
fn rooms_do_not_wait_for_each_other() {
    let node = node();
    let ada = node.listening(ADA);
    let _under_way_elsewhere = node.bus.line_up(room(2), 1);
    node.bus.line_up(lobby(), 2).publish(&head(2));
    assert_eq!(waiting(&ada), [head(2)]);
}

#[test]
fn nothing_follows_an_unsubscribe_also_not_what_was_queued() {
    let node = node();
    let ada = node.listening(ADA);
    ada.subscribe(room(101)).expect("two topics fit");
    node.say(1);
    node.bus.publish(room(101), &ServerFrame::Resync { topic: room(101) });
    ada.unsubscribe(lobby());
    node.say(2);
    assert_eq!(waiting(&ada), [ServerFrame::Resync { topic: room(101) }]);
}

#[tokio::test]
async fn a_reader_that_does_not_keep_up_is_closed_and_leaves_its_topics() {
    let node = node();
    let (slow, quick) = (node.listening(ADA), node.listening(BEN));
    for rev in 1..=257 {
        node.say(rev);
        waiting(&quick);
    }
    assert_eq!(slow.recv().await, Outgoing::Close(CloseReason::TooSlow));
    assert_eq!(node.bus.presence(lobby()).await, Some(1));
    node.say(258);
    assert_eq!(waiting(&quick), [head(258)], "others are not held up");
}

#[tokio::test]
async fn presence_counts_people_not_tabs() {
    let node = node();
    let (_ada, second_tab, _ben) = (node.listening(ADA), node.listening(ADA), node.listening(BEN));
    assert_eq!(node.bus.presence(lobby()).await, Some(2));
    drop(second_tab);
    assert_eq!(node.bus.presence(lobby()).await, Some(2));
}

#[tokio::test]
async fn somebody_who_only_asks_is_not_present() {
    let node = node();
    let outsider = node.tab(ADA);
    outsider.subscribe(lobby()).expect("one topic fits");
    assert_eq!(node.bus.presence(lobby()).await, Some(0));
}

#[tokio::test]
async fn a_count_is_announced_once_and_only_when_it_changed() {
    let node = node();
    let ada = node.listening(ADA);
    announce_turnover(&node.bus.shared).await;
    assert_eq!(waiting(&ada), [ServerFrame::PresenceCount { topic: lobby(), count: 1 }]);
    let ben = node.listening(BEN);
    let carol = node.listening(3);
    announce_turnover(&node.bus.shared).await;
    assert_eq!(waiting(&ada), [ServerFrame::PresenceCount { topic: lobby(), count: 3 }]);
    drop(ben);
    let _dora = node.listening(4);
    announce_turnover(&node.bus.shared).await;
    assert_eq!(waiting(&ada), [], "one came and one went");
    drop(carol);
    announce_turnover(&node.bus.shared).await;
    assert_eq!(waiting(&ada), [ServerFrame::PresenceCount { topic: lobby(), count: 2 }]);
}

#[tokio::test]
async fn rooms_in_which_much_is_written_are_told_once_a_round() {
    let node = node();
    let event = EventId::new(Uuid::from_u128(9));
    let topic = Topic::Event(event);
    let ada = node.tab(ADA);
    ada.subscribe(topic).expect("one topic fits");
    assert!(ada.admit(topic, false));
    let [lobby, hall] = [100, 101].map(|id| ChatRoomId::new(Uuid::from_u128(id)));
    for room in [hall, lobby, hall, hall] {
        node.bus.note_active(event, room);
    }
    node.bus.note_active(EventId::new(Uuid::from_u128(10)), lobby);
    activity::announce(&node.bus.shared);
    assert_eq!(waiting(&ada), [ServerFrame::RoomsActive { topic, rooms: vec![lobby, hall] }]);
    activity::announce(&node.bus.shared);
    assert_eq!(waiting(&ada), [], "nothing new");
}

#[tokio::test]
async fn a_count_told_to_one_listener_only_is_corrected_by_the_next_round() {
    let node = node();
    let (_ada, ben) = (node.listening(ADA), node.listening(BEN));
    announce_turnover(&node.bus.shared).await;
    let carol = node.listening(3);
    assert_eq!(node.bus.presence(lobby()).await, Some(3), "what Carol is told");
    drop(ben);
    announce_turnover(&node.bus.shared).await;
    let announced = waiting(&carol);
    assert_eq!(announced, [ServerFrame::PresenceCount { topic: lobby(), count: 2 }]);
}

#[test]
fn typing_reaches_the_others_and_no_tab_of_the_person() {
    let node = node();
    let (ada, other_tab, ben) = (node.listening(ADA), node.listening(ADA), node.listening(BEN));
    ada.typing(lobby());
    let typing = ServerFrame::Typing { topic: lobby(), person: owner(ADA).person };
    assert_eq!(waiting(&ben), [typing]);
    assert_eq!(waiting(&ada), []);
    assert_eq!(waiting(&other_tab), []);
}

#[test]
fn typing_passes_once_in_three_seconds() {
    let node = node();
    let (ada, ben) = (node.listening(ADA), node.listening(BEN));
    ada.typing(lobby());
    node.clock.advance(Duration::milliseconds(2999));
    ada.typing(lobby());
    assert_eq!(waiting(&ben).len(), 1);
    node.clock.advance(Duration::milliseconds(1));
    ada.typing(lobby());
    assert_eq!(waiting(&ben).len(), 1);
}

#[test]
fn typing_passes_with_fifty_people_and_not_with_fifty_one() {
    let node = node();
    let people: Vec<_> = (1..=50).map(|user| node.listening(user)).collect();
    people[0].typing(lobby());
    assert_eq!(waiting(&people[1]).len(), 1);
    node.clock.advance(Duration::seconds(3));
    let _one_more = node.listening(51);
    people[0].typing(lobby());
    assert_eq!(waiting(&people[1]), []);
}

#[test]
fn somebody_who_may_not_post_is_not_shown_typing() {
    let node = node();
    let (ada, ben) = (node.tab(ADA), node.listening(BEN));
    ada.subscribe(lobby()).expect("one topic fits");
    ada.typing(lobby());
    assert!(ada.admit(lobby(), false));
    ada.typing(lobby());
    assert_eq!(waiting(&ben), []);
}

#[test]
fn a_revoked_listener_is_told_and_hears_nothing_more() {
    let node = node();
    let (ada, ben) = (node.listening(ADA), node.listening(BEN));
    node.say(1);
    node.bus.revoke(lobby(), user(BEN));
    node.say(2);
    let kicked = ServerFrame::Kicked { topic: lobby(), code: RefusalCode::NoAccess };
    assert_eq!(waiting(&ben), [kicked]);
    assert_eq!(waiting(&ada), [head(1), head(2)]);
}

#[tokio::test]
async fn access_revoked_while_the_database_is_asked_does_not_come_back() {
    let node = node();
    let ben = node.tab(BEN);
    ben.subscribe(lobby()).expect("one topic fits");
    node.bus.revoke(lobby(), user(BEN));
    assert!(!ben.admit(lobby(), true));
    assert_eq!(node.bus.presence(lobby()).await, Some(0));
}

#[tokio::test]
async fn ending_a_login_session_closes_its_sockets_and_no_others() {
    let node = node();
    let (ada, ben) = (node.listening(ADA), node.listening(BEN));
    node.bus.end_login_session(owner(ADA).login_session);
    assert_eq!(ada.recv().await, Outgoing::Close(CloseReason::SignedOut));
    node.say(1);
    assert_eq!(waiting(&ben), [head(1)]);
}

#[test]
fn the_policy_is_asked_again_about_whoever_was_just_let_in() {
    let node = node();
    let (_ada, ben) = (node.listening(ADA), node.tab(BEN));
    let own = Topic::User(user(BEN));
    ben.subscribe(own).expect("one topic fits");
    assert!(ben.admit(own, false), "nobody took it away");
    let wanted = node.bus.recheck_requests().take();
    assert!(wanted.concerns(user(ADA)), "what ended meanwhile was told to nobody who listened");
    assert!(!wanted.concerns(user(BEN)), "nobody loses their own topic");
}

#[test]
fn the_eleventh_socket_of_a_person_is_refused_until_one_closes() {
    let node = node();
    let mut tabs: Vec<_> = (0..10).map(|_| node.tab(ADA)).collect();
    assert_eq!(node.bus.open_socket(owner(ADA)).err(), Some(TooManySockets::OfUser));
    tabs.pop();
    assert!(node.bus.open_socket(owner(ADA)).is_ok());
}

#[test]
fn the_51st_socket_from_an_address_is_refused() {
    let node = node();
    let at_home = |user| SocketOwner { address: "192.0.2.1".parse().ok(), ..owner(user) };
    let _open: Vec<_> = (1..=50).map(|user| node.bus.open_socket(at_home(user)).expect("50 fit")).collect();
    assert_eq!(node.bus.open_socket(at_home(51)).err(), Some(TooManySockets::FromAddress));
    assert!(node.bus.open_socket(owner(51)).is_ok(), "another address is not concerned");
}

#[test]
fn a_socket_listens_to_a_hundred_topics_at_most() {
    let node = node();
    let ada = node.tab(ADA);
    for id in 0..MAX_TOPICS_PER_SOCKET {
        ada.subscribe(room(u128::try_from(id).expect("a small number"))).expect("it fits");
    }
    assert_eq!(ada.subscribe(room(1000)), Err(TooManyTopics));
    assert_eq!(ada.subscribe(room(1)), Ok(()), "again is not one more");
}
