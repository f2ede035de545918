use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::ModerationNotice,
    super::place::report_path,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::moderation::{self, Filed, NewReport},
};

/// Reports a message, a direct message or a person to the moderators of an event. `kind` and `target` say what, `event`
/// is the slug of the event whose moderators shall answer, or in which it is reported.
#[server(endpoint = "moderation/report", input = PostForm)]
pub async fn file_report(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] event: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
) -> Result<(), CallError> {
    let page = report_path(&kind, &target, &event);
    let kept = Form::at(page).keep("event", &event).keep("reason", &reason).keep("text", &text);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let new = NewReport { kind, target, event, reason, text };
        let notice = match moderation::report(&services, viewer.signed_in()?, &new).await? {
            Filed::New => ModerationNotice::Reported,
            Filed::Added => ModerationNotice::AddedToReport,
            Filed::Mailed => ModerationNotice::ReportMailed,
        };
        Ok(Done::new((), "/reports").notice(Notice::Moderation(notice)))
    })
    .await
}

/// Confirms that an own warning was read.
#[server(endpoint = "moderation/confirm_warning", input = PostForm)]
pub async fn confirm_warning(
    #[server(default)] event: String,
    #[server(default)] warning: String,
) -> Result<(), CallError> {
    let page = format!("/events/{}/now", ssr::encoded(&event));
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        moderation::confirm_warning(&services, viewer.signed_in()?, &event, warning.parse().ok()).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(ModerationNotice::WarningConfirmed)))
    })
    .await
}
