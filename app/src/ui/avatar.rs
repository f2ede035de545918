use leptos::prelude::*;

/// How large an avatar is; the pixels are in `style/components/avatar.css`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px, in lines of text and stacks.
    Small,
    /// 36 px, beside messages and names.
    #[default]
    Medium,
    /// 56 px, in heads of pages.
    Large,
    /// 128 px, where the picture is the matter.
    Huge,
}

/// A person's picture, or their initials on the tint of their id: they show through where the picture doesn't load.
///
/// Decoration beside a written name, hence hidden from screen readers. `tint` is [`domain::accounts::tint`].
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    tint: u8,
    #[prop(optional)] size: AvatarSize,
    /// Its address for this viewer.
    #[prop(optional_no_strip)]
    picture: Option<String>,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => "avatar-small",
        AvatarSize::Medium => "avatar-medium",
        AvatarSize::Large => "avatar-large",
        AvatarSize::Huge => "avatar-huge",
    };
    view! {
        <span class=format!("avatar {size} tint-{}", tint % 8) aria-hidden="true">
            {domain::accounts::initials(&name)}
            {picture.map(|address| view! { <img class="avatar-picture" src=address alt="" decoding="async"/> })}
        </span>
    }
}
