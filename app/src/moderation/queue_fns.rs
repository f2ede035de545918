use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::ModerationNotice,
    super::place::queue_path,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::chat,
    services::moderation::{self, Handling},
};

/// Takes a report of the queue, so that nobody else works on it.
#[server(endpoint = "moderation/claim", input = PostForm)]
pub async fn claim_report(
    #[server(default)] event: String,
    #[server(default)] report: String,
) -> Result<(), CallError> {
    let page = queue_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        moderation::claim(&services, viewer.signed_in()?, &event, report.parse().ok()).await?;
        let opened = format!("{page}?report={}#report-{report}", ssr::encoded(&report));
        Ok(Done::new((), opened).notice(Notice::Moderation(ModerationNotice::ReportTaken)))
    })
    .await
}

/// Gives a report back to the queue.
#[server(endpoint = "moderation/release", input = PostForm)]
pub async fn release_report(
    #[server(default)] event: String,
    #[server(default)] report: String,
) -> Result<(), CallError> {
    let page = queue_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        moderation::release(&services, viewer.signed_in()?, &event, report.parse().ok()).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(ModerationNotice::ReportReleased)))
    })
    .await
}

/// Answers a report: dismisses it, or does something about the message or the person.
#[server(endpoint = "moderation/answer", input = PostForm)]
pub async fn answer_report(
    #[server(default)] event: String,
    #[server(default)] report: String,
    #[server(default)] verdict: String,
    #[server(default)] duration: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] delete: String,
) -> Result<(), CallError> {
    let page = queue_path(&event);
    let kept = Form::at(page.clone())
        .keep("report", &report)
        .keep("verdict", &verdict)
        .keep("duration", &duration)
        .keep("reason", &reason)
        .keep("note", &note)
        .keep("delete", &delete);
    form(kept, async move {
        let (services, viewer) = ssr::request()?;
        let (person, report) = (viewer.signed_in()?, report.parse().ok());
        let handling = Handling { verdict, duration, reason, note, delete };
        moderation::handle(&services, person, &event, report, &handling).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(ModerationNotice::ReportAnswered)))
    })
    .await
}

/// Lets a message through that waits for a review (`yes`), or refuses it (`no`).
#[server(endpoint = "moderation/review", input = PostForm)]
pub async fn review_message(
    #[server(default)] event: String,
    #[server(default)] message: String,
    #[server(default)] approve: String,
) -> Result<(), CallError> {
    let page = queue_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let (approves, notice) = match approve.as_str() {
            "yes" => (true, ModerationNotice::MessageApproved),
            "no" => (false, ModerationNotice::MessageRejected),
            _ => return Err(FieldErrors::one("approve", "Choose yes or no.").into()),
        };
        chat::review(&services, person, &event, message.parse().ok(), approves).await?;
        Ok(Done::new((), page).notice(Notice::Moderation(notice)))
    })
    .await
}
