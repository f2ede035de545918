//! The live room: one driver per page owns the socket, the outbox and the timers, and writes what the view shows.

mod acting;
mod composing;
mod connecting;
mod listening;
mod reading;
mod sending;

use std::cell::{Cell, RefCell};

use domain::AppError;
use domain::ids::UserId;
use domain::realtime::client::{Follower, FromJson, Link, Outbox, TypingThrottle};
use domain::realtime::{ClientFrame, Topic};
use leptos::prelude::*;

use super::call;
use super::socket::Socket;
use super::timer::Timer;
use crate::chat::{Act, Place, RoomModel};

thread_local! {
    static DRIVER: Cell<Option<&'static Driver>> = const { Cell::new(None) };
}

/// Brings the page's room to life. It lives as long as the page.
pub(crate) fn start(model: RoomModel) {
    let driver: &'static Driver = Box::leak(Box::new(Driver::new(model)));
    DRIVER.set(Some(driver));
    model.alive.set(true);
    driver.restore();
    driver.open_at_unread();
    driver.listen_to_page();
    driver.connect();
    driver.pump();
    if let Some(root) = model.root.get_untracked() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}

/// Does what the person asked for.
pub(crate) fn perform(act: Act) {
    let Some(driver) = DRIVER.get() else { return };
    match act {
        Act::Send => driver.send_typed(),
        Act::Type => driver.typed(),
        Act::Scroll => driver.scrolled(),
        Act::LoadOlder => driver.load_older(),
        Act::JumpToNewest => driver.jump_to_newest(),
        Act::Retry(id) => {
            driver.outbox(|outbox| outbox.retry(id));
            driver.pump();
        }
        Act::Discard(id) => {
            driver.outbox(|outbox| outbox.discard(id));
            driver.pump();
        }
        Act::Menu(message) => driver.toggle_menu(message),
        Act::React(message, emoji) => driver.react(message, &emoji),
        Act::Reply(seq) => driver.reply(seq),
        Act::Edit(seq) => driver.edit(seq),
        Act::Leave => driver.leave(),
        Act::Delete(message) => driver.delete(message),
    }
}

/// Up to where something was read and has come, if that is still to be told.
#[derive(Clone, Copy, Default)]
struct Marks {
    read: Option<i64>,
    delivered: Option<i64>,
}

/// Each `RefCell` is borrowed inside one accessor call only, so that no callback finds it taken.
struct Driver {
    model: RoomModel,
    topic: Topic,
    me: UserId,
    place: Place,
    link: RefCell<Link>,
    follower: RefCell<Follower>,
    outbox: RefCell<Outbox>,
    throttle: RefCell<TypingThrottle>,
    socket: RefCell<Option<Socket>>,
    /// This socket said hello.
    is_greeted: Cell<bool>,
    /// Sockets in a row that closed without a hello.
    refused_openings: Cell<u32>,
    /// Something came in since the last probe.
    is_heard: Cell<bool>,
    /// The line under the composer is about a wait, and goes with it.
    says_wait: Cell<bool>,
    /// The read pointer as the server was told it.
    told_read: Cell<i64>,
    /// The last message the server was told to have come.
    told_delivered: Cell<i64>,
    /// While it runs, marks are gathered.
    marks: Timer,
    /// Those that were not told yet.
    waiting_marks: Cell<Marks>,
    reconnect: Timer,
    banner: Timer,
    probe: Timer,
    gap: Timer,
    catch_up: Timer,
    answer: Timer,
    resend: Timer,
}

impl Driver {
    fn new(model: RoomModel) -> Self {
        model.opening.with_value(|opening| Self {
            model,
            topic: opening.place.topic(),
            me: opening.me.id,
            place: opening.place.clone(),
            link: RefCell::default(),
            follower: RefCell::new(Follower::new(opening.cursor)),
            outbox: RefCell::default(),
            throttle: RefCell::default(),
            socket: RefCell::default(),
            is_greeted: Cell::new(false),
            refused_openings: Cell::new(0),
            is_heard: Cell::new(false),
            says_wait: Cell::new(false),
            told_read: Cell::new(opening.last_read_seq),
            told_delivered: Cell::new(opening.last_read_seq),
            marks: Timer::default(),
            waiting_marks: Cell::default(),
            reconnect: Timer::default(),
            banner: Timer::default(),
            probe: Timer::default(),
            gap: Timer::default(),
            catch_up: Timer::default(),
            answer: Timer::default(),
            resend: Timer::default(),
        })
    }

    fn link<T>(&self, call: impl FnOnce(&mut Link) -> T) -> T {
        call(&mut self.link.borrow_mut())
    }

    fn follower<T>(&self, call: impl FnOnce(&mut Follower) -> T) -> T {
        call(&mut self.follower.borrow_mut())
    }

    fn outbox<T>(&self, call: impl FnOnce(&mut Outbox) -> T) -> T {
        call(&mut self.outbox.borrow_mut())
    }

    /// Calls a function about this room or conversation.
    fn call<T: FromJson + 'static>(
        &self,
        function: &str,
        fields: &[(&str, &str)],
        then: impl FnOnce(Result<T, AppError>) + 'static,
    ) {
        let own = self.place.fields();
        let mut all: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, &**value)).collect();
        all.extend_from_slice(fields);
        call::post(&self.place.call(function), &all, then);
    }

    fn tell(&self, frame: &ClientFrame) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.send(frame);
        }
    }
}
