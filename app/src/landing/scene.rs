use leptos::prelude::*;

use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;

/// An event as people meet it: its page under an arch, and a room in front of it.
///
/// Decoration, hidden from screen readers; the words beside it say the same.
#[component]
pub fn Scene() -> impl IntoView {
    view! {
        <div class="scene" aria-hidden="true">
            <svg class="scene-arch" viewBox="0 0 404 460" preserveAspectRatio="none">
                <path class="scene-arch-ground" d="M42 460V202a160 160 0 0 1 320 0v258z"/>
                <path d="M22 460V202a180 180 0 0 1 360 0v258"/>
                <path d="M2 460V202a200 200 0 0 1 400 0v258"/>
            </svg>
            <Invitation/>
            <div class="scene-room">
                <p class="scene-room-head">
                    <Icon name="hash"/>
                    "General"
                    <span class="chat-presence">"48 here"</span>
                </p>
                <Line name="Ada Okafor" tint=5 text="The harbour walk starts at the blue door. Three of us are here already."/>
                <Line name="Ben Lindqvist" tint=2 text="On my way, with coffee for four."/>
                <p class="scene-typing">"Mira is typing…"</p>
            </div>
        </div>
    }
}

/// What the event's page says before anything else.
#[component]
fn Invitation() -> impl IntoView {
    view! {
        <div class="scene-event">
            <p class="scene-host">"Lighthouse invites"</p>
            <p class="scene-title">"Tidewater Conf"</p>
            <p class="scene-fact"><Icon name="calendar" size=16/>"24 – 26 September"</p>
            <p class="scene-fact"><Icon name="map-pin" size=16/>"Lisbon and online"</p>
            <span class="button button-primary">"Register"</span>
        </div>
    }
}

#[component]
fn Line(name: &'static str, tint: u8, text: &'static str) -> impl IntoView {
    view! {
        <div class="scene-line">
            <Avatar name=name tint=tint/>
            <strong>{name}</strong>
            <span>{text}</span>
        </div>
    }
}
