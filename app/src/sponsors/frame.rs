use domain::ids::{SponsorId, SponsorTierId};
use domain::{AppError, FieldErrors};
use leptos::prelude::*;
use services::ServiceError;
use services::sponsors::Board;

use crate::events::frame;
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::form::FormErrors;

/// Path of an event's board, from its address as somebody typed it.
pub(super) fn board_path(event: &str) -> String {
    format!("/events/{}/manage/sponsors", ssr::encoded(event))
}

pub(super) fn sponsor_id(text: &str) -> Result<SponsorId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

pub(super) fn tier_id(text: &str) -> Result<SponsorTierId, ServiceError> {
    text.parse().map_err(|_| AppError::NotFound.into())
}

pub(super) fn version_of(text: &str) -> Result<i32, ServiceError> {
    text.parse().map_err(|_| FieldErrors::one("version", "Load this page again and retry.").into())
}

/// `yes` or `no`.
pub(super) fn switch(field: &str, text: &str) -> Result<bool, ServiceError> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(FieldErrors::one(field, "Choose yes or no.").into()),
    }
}

/// One of the organizers' pages about sponsors: kicker back to where it belongs, title, and what is wrong.
#[component]
pub(super) fn ManageFrame(
    board: Board,
    /// Of the page, without that of the event.
    #[prop(into)]
    title: String,
    #[prop(into)] path: String,
    /// Where the kicker leads, and its words.
    back: (String, &'static str),
    form: Flash,
    #[prop(default = Vec::new())] labels: Vec<(&'static str, &'static str)>,
    #[prop(optional_no_strip)] actions: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let errors = form.errors().cloned().unwrap_or_default();
    view! {
        <EventLayout
            head=Head::new(format!("{title} · {}", board.head.title), path)
            viewer=ssr::viewer()
            flash=form
            event=frame(&board.head, board.role, &[])
            current=EventTab::Manage
        >
            <header class="page-head page-head-split">
                <div>
                    <p class="page-kicker"><a href=back.0>{back.1}</a></p>
                    <h1>{title}</h1>
                </div>
                {actions.map(|actions| view! { <div class="form-actions">{actions}</div> })}
            </header>
            <FormErrors errors=errors labels=labels/>
            {children()}
        </EventLayout>
    }
    .into_any()
}
