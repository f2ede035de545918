use domain::AppError;
use domain::realtime::ClientFrame;
use domain::realtime::client::{Ended, Todo};
use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::Driver;
use crate::chat::Connection;
use crate::live::browser;
use crate::live::socket::Socket;

/// A lost connection is not worth a word before this.
const BANNER_AFTER_MS: u32 = 5_000;
/// How often an open socket proves that it is one: a dead network says nothing by itself.
const HEARTBEAT_MS: u32 = 25_000;
const HEARD_WITHIN_MS: u32 = 10_000;
/// How browsers report a socket that ended without a close frame, or was refused.
const ABNORMAL: u16 = 1006;

impl Driver {
    pub(super) fn connect(&'static self) {
        self.expect_return();
        self.carry_out(self.link(|link| link.connect()));
    }

    /// Everything that says "the network or the reader is back", and the page's own leaving.
    pub(super) fn listen_to_page(&'static self) {
        for event in ["online", "pageshow"] {
            window_event_listener_untyped(event, move |_| self.wake());
        }
        window_event_listener_untyped("focus", move |_| self.looked_at());
        // It bubbles up from the document.
        window_event_listener_untyped("visibilitychange", move |_| {
            if browser::is_visible() {
                self.looked_at();
            }
        });
        window_event_listener_untyped("offline", move |_| self.unplugged());
        window_event_listener_untyped("pagehide", move |_| {
            self.tell_waiting_marks();
            self.carry_out(self.link(|link| link.park()));
        });
        Interval::new(HEARTBEAT_MS, move || {
            if self.link(|link| link.is_live()) {
                self.prove_open();
            }
        })
        .forget();
    }

    /// A look at the page without a network is no reason to start the waits over.
    fn looked_at(&'static self) {
        if browser::is_offline() {
            self.note_read();
        } else {
            self.wake();
        }
    }

    fn wake(&'static self) {
        self.carry_out(self.link(|link| link.wake()));
        self.outbox(|outbox| outbox.wake());
        self.pump();
        self.note_read();
    }

    /// The device itself says that the network is gone: no waiting for the socket to notice.
    fn unplugged(&'static self) {
        if self.link(|link| link.ended()).is_none() {
            self.show(Connection::Reconnecting);
            self.lost(ABNORMAL);
        }
    }

    /// Live updates are over.
    pub(super) fn end(&'static self, ended: Ended) {
        self.carry_out(self.link(|link| link.end(ended)));
    }

    /// The socket is of no more use.
    pub(super) fn lost(&'static self, code: u16) {
        if !self.is_greeted.get() {
            self.refused_openings.set(self.refused_openings.get() + 1);
            if self.refused_openings.get() >= 2 {
                self.find_out_why();
            }
        }
        self.drop_socket();
        self.expect_return();
        self.carry_out(self.link(|link| link.closed(code, browser::fraction())));
    }

    /// The room is live again.
    pub(super) fn subscribed(&'static self) {
        self.link(|link| link.subscribed());
        self.banner.stop();
        self.show(Connection::Fine);
        if self.count_sending() == 0 {
            self.waits_no_more();
        }
        self.outbox(|outbox| outbox.wake());
        self.pump();
        self.tell_told_marks();
        self.note_delivered();
        self.note_read();
    }

    fn carry_out(&'static self, todo: Todo) {
        match todo {
            Todo::Nothing => {}
            Todo::Connect => self.open_socket(),
            Todo::ConnectIn(ms) => {
                self.reconnect.start(ms, move || self.carry_out(self.link(|link| link.connect())));
            }
            Todo::Probe => self.prove_open(),
            Todo::Close => {
                self.drop_socket();
                self.reconnect.stop();
            }
        }
        if let Some(ended) = self.link(|link| link.ended()) {
            self.banner.stop();
            self.model.presence.set(None);
            self.show(Connection::Ended(ended));
            if ended == Ended::NoAccess {
                // A composer that can't send would only take words in.
                self.model.refusal.set(Some("You can't write here any more.".to_owned()));
            }
        }
    }

    /// The line takes its height from the messages: who was at their end stays there.
    fn show(&'static self, connection: Connection) {
        if self.model.connection.get_untracked() == connection {
            return;
        }
        let was_at_end = self.is_at_end();
        self.model.connection.set(connection);
        if was_at_end {
            self.go_to_end();
        }
    }

    fn open_socket(&'static self) {
        self.reconnect.stop();
        self.drop_socket();
        let socket = browser::socket_url()
            .and_then(|url| Socket::open(&url, move |text| self.hear(&text), move |code| self.lost(code)));
        match socket {
            Some(socket) => {
                self.socket.replace(Some(socket));
                self.give_up_unless_heard();
            }
            None => self.lost(ABNORMAL),
        }
    }

    fn drop_socket(&self) {
        self.is_greeted.set(false);
        self.probe.stop();
        drop(self.socket.take());
    }

    fn prove_open(&'static self) {
        if self.probe.is_running() {
            return;
        }
        self.tell(&ClientFrame::Ping);
        self.give_up_unless_heard();
    }

    /// An opening or open socket on a dead network can hang for minutes.
    fn give_up_unless_heard(&'static self) {
        self.is_heard.set(false);
        self.probe.start(HEARD_WITHIN_MS, move || {
            if !self.is_heard.get() {
                self.lost(ABNORMAL);
            }
        });
    }

    fn expect_return(&'static self) {
        if !self.banner.is_running() && self.model.connection.get_untracked() == Connection::Fine {
            self.banner.start(BANNER_AFTER_MS, move || self.show(Connection::Reconnecting));
        }
    }

    /// A refused handshake tells the page nothing; an ordinary call to the same room does.
    fn find_out_why(&'static self) {
        self.ask_for_older(1, move |answer| match answer {
            Err(AppError::Unauthenticated(_)) => self.end(Ended::SignedOut),
            Err(AppError::Denied(_) | AppError::NotFound) => self.end(Ended::NoAccess),
            Ok(_) | Err(_) => {}
        });
    }
}
