use leptos::prelude::*;

use super::icon::Icon;

/// How much weight a button has; one primary per page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Primary,
    Secondary,
    Quiet,
    Danger,
}

impl ButtonKind {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button that submits the form it stands in; `page.js` keeps it from doing so twice.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// Shown before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Name and value that this submitter adds to the form.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: Option<String>,
    #[prop(optional)] disabled: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=kind.class() type="submit" name=name value=value form=form disabled=disabled>
            {icon.map(|name| view! { <Icon name=name/> })}
            <span class="button-text">{children()}</span>
        </button>
    }
}

/// A link with the weight of a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href>
            {icon.map(|name| view! { <Icon name=name/> })}
            <span class="button-text">{children()}</span>
        </a>
    }
}
