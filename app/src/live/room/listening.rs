use domain::chat::MessageView;
use domain::ids::UserId;
use domain::realtime::client::{Ended, Follower, Heard, Typists};
use domain::realtime::{ClientFrame, PROTOCOL_VERSION, RefusalCode, ServerFrame, Topic};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::Driver;
use crate::chat::{Partner, Place};
use crate::live::{browser, json};

/// Close code for "this did not work, come again".
const TRY_AGAIN: u16 = 1013;

impl Driver {
    /// Takes one frame; what can't be read is a newer server's.
    #[expect(clippy::too_many_lines, reason = "an arm for each frame, and those without consequence by name")]
    pub(super) fn hear(&'static self, text: &str) {
        self.is_heard.set(true);
        browser::hand_on(text);
        let Some(frame) = json::parse::<ServerFrame>(text) else { return };
        match frame {
            ServerFrame::Hello { protocol } => self.greet(protocol),
            ServerFrame::Subscribed { topic, cursor, presence } if topic == self.topic => {
                self.follower(|follower| follower.subscribed(cursor));
                self.model.presence.set(presence);
                self.subscribed();
            }
            ServerFrame::MessagePosted { topic, rev, message }
            | ServerFrame::MessageEdited { topic, rev, message }
            | ServerFrame::MessageDeleted { topic, rev, message }
            | ServerFrame::MessageRestored { topic, rev, message }
                if topic == self.topic =>
            {
                self.follow(rev, message);
            }
            ServerFrame::ReactionsChanged { topic, rev, mut message, by, emoji, added }
                if topic == self.topic =>
            {
                let own = message.reactions.iter_mut().filter(|own| by == self.me && own.emoji == emoji);
                own.for_each(|own| own.mine = Some(added));
                self.follow(rev, message);
            }
            ServerFrame::RoomChanged { topic, room } | ServerFrame::RoomClosed { topic, room }
                if topic == self.topic =>
            {
                self.room_changed(&room);
            }
            ServerFrame::Head { topic, rev } if topic == self.topic => {
                if self.follower(|follower| follower.hear_head(rev)) && !self.catch_up.is_running() {
                    self.catch_up.start(self.spread(), move || self.subscribe());
                }
            }
            ServerFrame::Typing { topic, person } if topic == self.topic && person.id != self.me => {
                self.model.typists.update(|typists| typists.heard(person, browser::now()));
                let expire = move || self.model.typists.update(|typists| typists.expire(browser::now()));
                Timeout::new(Typists::SHOWN_MS as u32 + 10, expire).forget();
            }
            ServerFrame::PresenceCount { topic, count } if topic == self.topic => {
                self.model.presence.set(Some(count));
            }
            ServerFrame::ReadReceipt { topic, person, seq } if topic == self.topic => {
                self.partner_changed(person, |partner| {
                    partner.read_seq = Some(seq);
                    partner.delivered_seq = partner.delivered_seq.max(seq);
                });
            }
            ServerFrame::DeliveryReceipt { topic, person, seq } if topic == self.topic => {
                self.partner_changed(person, |partner| partner.delivered_seq = seq);
            }
            ServerFrame::OnlineChanged { person, is_online, .. } => {
                self.partner_changed(person, |partner| partner.is_online = is_online);
            }
            // Of the person: what they may do changed, as the page was served.
            ServerFrame::Resync { topic } if topic == self.topic || self.is_about_me(topic) => {
                browser::reload();
            }
            ServerFrame::Refused { topic, code } if topic == self.topic => self.refused(code),
            ServerFrame::Kicked { topic, code } if topic == self.topic => match code {
                RefusalCode::NotFound | RefusalCode::NoAccess => self.end(Ended::NoAccess),
                RefusalCode::TooMany | RefusalCode::Unavailable => self.lost(TRY_AGAIN),
            },
            // Of another topic, or of no consequence here.
            ServerFrame::Subscribed { .. }
            | ServerFrame::MessagePosted { .. }
            | ServerFrame::MessageEdited { .. }
            | ServerFrame::MessageDeleted { .. }
            | ServerFrame::MessageRestored { .. }
            | ServerFrame::ReactionsChanged { .. }
            | ServerFrame::RoomCreated { .. }
            | ServerFrame::RoomChanged { .. }
            | ServerFrame::RoomClosed { .. }
            | ServerFrame::RoomDeleted { .. }
            | ServerFrame::RoomsActive { .. }
            | ServerFrame::SpeakerJoined { .. }
            | ServerFrame::Head { .. }
            | ServerFrame::Typing { .. }
            | ServerFrame::PresenceCount { .. }
            | ServerFrame::Resync { .. }
            | ServerFrame::Refused { .. }
            | ServerFrame::Kicked { .. }
            | ServerFrame::SessionStarted { .. }
            | ServerFrame::SessionEnded { .. }
            | ServerFrame::SessionChanged { .. }
            | ServerFrame::Notification { .. }
            | ServerFrame::ConnectionRequested { .. }
            | ServerFrame::ConnectionAccepted { .. }
            | ServerFrame::ConnectionRemoved { .. }
            | ServerFrame::MembersChanged { .. }
            | ServerFrame::ReadReceipt { .. }
            | ServerFrame::DeliveryReceipt { .. }
            | ServerFrame::ConversationOpened { .. }
            | ServerFrame::DirectMessage { .. }
            | ServerFrame::UnreadChanged { .. }
            | ServerFrame::WaitingChanged { .. }
            | ServerFrame::Unsubscribed { .. }
            | ServerFrame::Error
            | ServerFrame::Pong
            | ServerFrame::Unknown => {}
        }
    }

    /// The other one of the conversation changed; nothing for anybody else.
    fn partner_changed(&self, person: UserId, change: impl FnOnce(&mut Partner)) {
        let Some(mut partner) = self.model.partner.get_untracked().filter(|partner| partner.id == person)
        else {
            return;
        };
        change(&mut partner);
        self.model.partner.set(Some(partner));
    }

    fn is_about_me(&self, topic: Topic) -> bool {
        topic == Topic::User(self.me) && matches!(self.place, Place::Room { .. })
    }

    fn greet(&'static self, protocol: u32) {
        self.is_greeted.set(true);
        self.refused_openings.set(0);
        if protocol == PROTOCOL_VERSION {
            self.subscribe();
            if let Some(event) = self.model.opening.with_value(|opening| opening.event_id) {
                self.tell(&ClientFrame::Subscribe { topic: Topic::Event(event), cursor: None });
            }
        } else {
            self.end(Ended::Outdated);
        }
    }

    fn subscribe(&self) {
        let cursor = self.follower(|follower| follower.cursor());
        self.tell(&ClientFrame::Subscribe { topic: self.topic, cursor: Some(cursor) });
    }

    /// Refused before the subscription: no access, or try again. Later it only concerns a read mark.
    fn refused(&'static self, code: RefusalCode) {
        match code {
            RefusalCode::NotFound | RefusalCode::NoAccess => self.end(Ended::NoAccess),
            RefusalCode::TooMany | RefusalCode::Unavailable => {
                if !self.link(|link| link.is_live()) {
                    self.lost(TRY_AGAIN);
                }
            }
        }
    }

    fn follow(&'static self, rev: i64, message: MessageView) {
        match self.follower(|follower| follower.hear(rev, message)) {
            Heard::Apply(messages) => self.take(messages),
            Heard::Known => {}
            Heard::Early => {
                if !self.gap.is_running() {
                    self.gap.start(Follower::HOLD_MS, move || {
                        if self.follower(|follower| follower.has_gap()) {
                            self.subscribe();
                        }
                    });
                }
            }
        }
    }

    /// Milliseconds until this browser asks for what all of a room are told to ask for at once: one for each of them, at
    /// most five seconds, so that a full room asks a thousand times a second.
    fn spread(&self) -> u32 {
        let people = self.model.presence.get_untracked().unwrap_or(0).min(5_000);
        (f64::from(people) * browser::fraction()) as u32
    }

    /// Shows messages and changes of them, whether a frame or the answer to a call brought them.
    pub(super) fn take(&'static self, messages: Vec<MessageView>) {
        let was_at_end = self.is_at_end();
        let (first, last) =
            self.model.log.with_untracked(|log| (log.first_seq().unwrap_or(0), log.last_seq().unwrap_or(0)));
        // What is not loaded yet comes as it is then; until then answers may quote it.
        let has_older = self.model.has_older.get_untracked();
        let (messages, out_of_view): (Vec<_>, Vec<_>) =
            messages.into_iter().partition(|message| message.seq >= first || !has_older);
        let is_new = |message: &&MessageView| message.seq > last;
        let mut from_others = 0;
        self.outbox(|outbox| {
            for message in &messages {
                if message.author.id == self.me {
                    outbox.arrived(message.client_message_id);
                } else if is_new(&message) {
                    from_others += 1;
                }
            }
        });
        self.model.typists.update(|typists| {
            messages.iter().filter(is_new).for_each(|message| typists.stopped(message.author.id));
        });
        browser::keep_focus_in_row();
        self.model.log.update(|log| {
            out_of_view.iter().for_each(|message| log.quote_anew(message));
            log.extend(messages);
        });
        self.show_pending();
        if was_at_end {
            self.go_to_end();
        } else {
            self.model.below.update(|below| *below += from_others);
        }
        self.note_delivered();
        self.note_read();
    }
}
