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
}

/// A person without a picture: their initials on the tint of their id.
///
/// Decoration beside a written name, hence hidden from screen readers. `tint` is [`domain::accounts::tint`].
#[component]
pub fn Avatar(#[prop(into)] name: String, tint: u8, #[prop(optional)] size: AvatarSize) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => "avatar-small",
        AvatarSize::Medium => "avatar-medium",
        AvatarSize::Large => "avatar-large",
    };
    view! {
        <span class=format!("avatar {size} tint-{}", tint % 8) aria-hidden="true">
            {domain::accounts::initials(&name)}
        </span>
    }
}
