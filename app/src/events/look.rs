//! What an event's pictures and colour make of its page.
#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::events::AccentColor;
use domain::uploads::UploadPurpose;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::Style;
use services::uploads::EventImages;

use crate::ui::picture::Picture;

/// Sets the accent of the whole page; nothing without one. Only digits and letters of a colour reach the style.
pub fn accent_style(accent: Option<AccentColor>) -> impl IntoView {
    accent.map(|accent| {
        let shown = accent.shown();
        let both = format!("light-dark({}, {})", shown.light, shown.dark);
        let css = format!(
            ":root {{ --accent: {both}; --accent-ink: {both}; \
             --accent-hover: color-mix(in srgb, {both} 85%, var(--ink)); --on-accent: light-dark(#FFFFFF, #171614); \
             --accent-soft: color-mix(in srgb, {both} 10%, var(--surface)); }}"
        );
        view! { <Style nonce=use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default()>{css}</Style> }
    })
}

/// The picture above the title: the head pictures of both kinds of screens, or the banner.
#[component]
pub fn HeadPicture(images: EventImages) -> impl IntoView {
    let wide = images.of(UploadPurpose::EventHeroDesktop).or_else(|| images.of(UploadPurpose::EventBanner));
    let narrow = images.of(UploadPurpose::EventHeroMobile).map(|image| image.source_set());
    let shown = wide.or_else(|| images.of(UploadPurpose::EventHeroMobile)).cloned();
    shown.map(|image| {
        view! {
            <picture class="event-head-picture">
                {narrow.map(|narrow| view! { <source media="(width < 700px)" srcset=narrow sizes="100vw"/> })}
                <Picture image=image sizes="100vw"/>
            </picture>
        }
    })
}

/// The logo beside the title.
#[component]
pub fn EventLogo(images: EventImages) -> impl IntoView {
    let logo = images.of(UploadPurpose::EventLogo).cloned();
    logo.map(|image| view! { <Picture image=image sizes="160px" class="event-logo"/> })
}
