use leptos::prelude::*;

use super::icon::Icon;

/// What a notice is about; never told by colour alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoticeKind {
    Ok,
    Warn,
    Danger,
    #[default]
    Info,
}

impl NoticeKind {
    const fn icon(self) -> &'static str {
        match self {
            Self::Ok => "circle-check",
            Self::Warn => "triangle-alert",
            Self::Danger => "circle-alert",
            Self::Info => "info",
        }
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Ok => "notice notice-ok",
            Self::Warn => "notice notice-warn",
            Self::Danger => "notice notice-danger",
            Self::Info => "notice notice-info",
        }
    }
}

/// A sentence or two that stays on the page, with an icon. Danger is announced at once (`role="alert"`); one that
/// `takes_focus` gets it where scripts run.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    #[prop(optional)] takes_focus: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class=kind.class()
            role=(kind == NoticeKind::Danger).then_some("alert")
            tabindex=takes_focus.then_some("-1")
            data-error-summary=takes_focus.then_some("")
        >
            <Icon name=kind.icon()/>
            <div class="notice-body">{children()}</div>
        </div>
    }
}
