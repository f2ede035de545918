use leptos::prelude::*;

use crate::ui::avatar::Avatar;
use crate::ui::icon::Icon;

/// An event as it feels from inside: a morning's programme under an arch, and a room in front of it.
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
            <Programme/>
            <div class="scene-room">
                <p class="scene-room-head">
                    <Icon name="hash"/>
                    "General"
                    <span class="chat-presence">"48 online"</span>
                </p>
                <Line name="Ada Okafor" tint=5 text="The harbour walk starts at the blue door. Three of us are here already."/>
                <Line name="Ben Lindqvist" tint=2 text="On my way, with coffee for four."/>
                <p class="scene-typing">"Mira is typing…"</p>
            </div>
        </div>
    }
}

#[component]
fn Programme() -> impl IntoView {
    view! {
        <ul class="scene-agenda">
            <li><span>"09:00"</span><span><strong>"Doors and coffee"</strong>"Foyer"</span></li>
            <li class="scene-on"><span>"Now"</span><span><strong>"Maps that forget nothing"</strong>"Great hall · Noor Haddad"</span></li>
            <li><span>"11:15"</span><span><strong>"Small tools, long lives"</strong>"Room 2 · Tomás Reyes"</span></li>
        </ul>
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
