use domain::chat::{MessageView, RoomKind, SlowMode};
use domain::ids::{ChatMessageId, ClientMessageId};
use domain::realtime::client::{Ended, MessageLog, Pending, PendingState, Typists};
use domain::time::Timestamp;
use leptos::html;
use leptos::prelude::*;

use super::message_list::Zone;
use super::rows::{NewToReader, Row, rows};
use super::{Partner, RoomOpening};

/// What the live room shows. The view reads it; `crate::live::room` writes it.
#[derive(Clone, Copy)]
pub(crate) struct RoomModel {
    pub(crate) opening: StoredValue<RoomOpening>,
    pub(crate) log: RwSignal<MessageLog>,
    pub(crate) pending: RwSignal<Vec<Pending>>,
    pub(crate) has_older: RwSignal<bool>,
    /// Older messages are on their way: nothing is announced meanwhile.
    pub(crate) loading_older: RwSignal<bool>,
    /// The scripts run, and times are the reader's own.
    pub(crate) alive: RwSignal<bool>,
    pub(crate) connection: RwSignal<Connection>,
    pub(crate) typists: RwSignal<Typists>,
    pub(crate) presence: RwSignal<Option<u32>>,
    pub(crate) partner: RwSignal<Option<Partner>>,
    /// Messages that came in below what is on screen.
    pub(crate) below: RwSignal<u32>,
    /// One of them is the reader's own.
    pub(crate) own_below: RwSignal<bool>,
    /// Characters in the composer.
    pub(crate) typed_chars: RwSignal<usize>,
    pub(crate) problem: RwSignal<Option<String>>,
    /// Who is in it, and how quick it is.
    pub(crate) audience: RwSignal<String>,
    /// Why the reader may not post now.
    pub(crate) refusal: RwSignal<Option<String>>,
    pub(crate) composing: RwSignal<Composing>,
    /// The message whose actions are open.
    pub(crate) menu: RwSignal<Option<ChatMessageId>>,
    pub(super) is_moderator: bool,
    pub(crate) root: NodeRef<html::Section>,
    pub(crate) scroller: NodeRef<html::Div>,
    pub(crate) input: NodeRef<html::Textarea>,
    new: NewToReader,
}

/// Who is in a room, and how quick it is.
pub(crate) fn audience(kind: RoomKind, slow_mode_seconds: i32) -> String {
    match slow_mode_seconds {
        0 => kind.audience().to_owned(),
        seconds => format!("{} · one message every {}", kind.audience(), SlowMode::in_words(seconds)),
    }
}

/// What the text in the composer will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Composing {
    Message,
    /// An answer to the message of this author.
    Answer {
        to: ChatMessageId,
        author: String,
    },
    /// New words for an own message.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "without scripts a message is changed on its own page")
    )]
    Edit(ChatMessageId),
}

/// A refused plain answer stays one.
fn composing(opening: &RoomOpening, log: &MessageLog) -> Composing {
    let Ok(to) = opening.reply_to.parse() else { return Composing::Message };
    let target = log.messages().iter().find(|message| message.id == to);
    let author =
        target.map_or_else(|| "an earlier message".to_owned(), |target| target.author.full_name.clone());
    Composing::Answer { to, author }
}

/// What the line above the messages says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the live room in the browser ever leaves `Fine`")
)]
pub(crate) enum Connection {
    /// Connected, or not for long.
    Fine,
    Reconnecting,
    Ended(Ended),
}

impl Connection {
    /// Who is signed out or shut out can't post either; an outdated page still can.
    pub(crate) const fn forbids_posts(self) -> bool {
        matches!(self, Self::Ended(Ended::SignedOut | Ended::NoAccess))
    }
}

/// An own message on its way, at the end of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PendingRow {
    pub(super) pending: Pending,
    pub(super) starts_group: bool,
}

impl PendingRow {
    pub(super) fn key(&self) -> (ClientMessageId, PendingState, bool) {
        (self.pending.client_message_id, self.pending.state.clone(), self.starts_group)
    }
}

impl RoomModel {
    pub(super) fn new(opening: RoomOpening) -> Self {
        let log = MessageLog::new(opening.messages.clone());
        let new = NewToReader {
            reader: opening.me.id,
            after_seq: opening.last_read_seq,
            up_to_seq: log.last_seq().unwrap_or(0),
        };
        Self {
            pending: RwSignal::default(),
            has_older: RwSignal::new(opening.has_older),
            loading_older: RwSignal::new(false),
            alive: RwSignal::new(false),
            connection: RwSignal::new(Connection::Fine),
            typists: RwSignal::default(),
            presence: RwSignal::new(opening.presence),
            partner: RwSignal::new(opening.partner),
            below: RwSignal::new(0),
            own_below: RwSignal::new(false),
            typed_chars: RwSignal::new(0),
            problem: RwSignal::new(opening.problem.clone()),
            audience: RwSignal::new(opening.audience.clone()),
            refusal: RwSignal::new(opening.refusal.clone()),
            composing: RwSignal::new(composing(&opening, &log)),
            menu: RwSignal::new(None),
            is_moderator: opening.is_moderator,
            root: NodeRef::new(),
            scroller: NodeRef::new(),
            input: NodeRef::new(),
            log: RwSignal::new(log),
            opening: StoredValue::new(opening),
            new,
        }
    }

    pub(super) fn zone(self) -> Zone {
        Zone::Island(self.alive)
    }

    pub(super) fn rows(self) -> Vec<Row> {
        let zone = self.zone();
        self.log.with(|log| rows(log.messages(), self.new, |at: Timestamp| zone.offset(at)))
    }

    pub(super) fn pending_rows(self) -> Vec<PendingRow> {
        let mut starts_group =
            self.log.with(|log| log.messages().last().is_none_or(|last| last.author.id != self.new.reader));
        let row = |pending| {
            let row = PendingRow { pending, starts_group };
            starts_group = false;
            row
        };
        self.pending.get().into_iter().map(row).collect()
    }

    /// Where the last message has got to, if it is the reader's own; nothing in rooms. An answer says more than a receipt.
    pub(super) fn receipt(self) -> Option<&'static str> {
        let partner = self.partner.get()?;
        let own = |last: &&MessageView| last.author.id == self.new.reader;
        let seq = self.log.with(|log| log.messages().last().filter(own).map(|last| last.seq))?;
        Some(partner.state(seq))
    }

    /// The reader's pointer, while messages after it are not loaded. Nobody has read all of a room that they never opened:
    /// there the newest will do.
    pub(crate) fn unread_above(self) -> Option<i64> {
        let after = self.new.after_seq;
        let first = self.log.with(|log| log.first_seq().unwrap_or(0));
        (self.has_older.get() && after > 0 && first > after + 1).then_some(after)
    }

    /// Whether a message waited for the reader when the page opened.
    pub(super) fn opened_with_unread(self) -> bool {
        self.log.with_untracked(|log| rows(log.messages(), self.new, |_| 0).contains(&Row::Unread))
    }
}
