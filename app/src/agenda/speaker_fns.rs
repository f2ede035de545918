use domain::agenda::Saved;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::frame::{read_speaker_role, session_id, session_path, speaker_id},
    super::notice::AgendaNotice,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::agenda,
};

/// Gives a member a part in a session; answers what they miss meanwhile.
#[server(endpoint = "agenda/add_speaker", input = PostForm)]
pub async fn add_speaker(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] role: String,
) -> Result<Saved, CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()).keep("role", &role), async move {
        let (services, viewer) = ssr::request()?;
        let (person, id) = (viewer.signed_in()?, session_id(&session)?);
        let (speaker, role) = (speaker_id(&speaker)?, read_speaker_role(&role)?);
        let saved = agenda::add_speaker(&services, person, &event, id, speaker, role).await?;
        let notice = if saved.warnings.is_empty() {
            Notice::Agenda(AgendaNotice::SpeakerAdded)
        } else {
            Notice::Agenda(AgendaNotice::SavedWithClashes)
        };
        Ok(Done::new(saved, page).notice(notice))
    })
    .await
}

/// Gives a speaker another role in a session.
#[server(endpoint = "agenda/change_speaker_role", input = PostForm)]
pub async fn change_speaker_role(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] role: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let (id, speaker, role) = (session_id(&session)?, speaker_id(&speaker)?, read_speaker_role(&role)?);
        agenda::change_role(&services, person, &event, id, speaker, role).await?;
        Ok(Done::new((), page).notice(Notice::Saved))
    })
    .await
}

/// Moves a speaker behind another one of the session; an empty `after` is the front.
#[server(endpoint = "agenda/move_speaker", input = PostForm)]
pub async fn move_speaker(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] after: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let (id, speaker) = (session_id(&session)?, speaker_id(&speaker)?);
        let after = if after.is_empty() { None } else { Some(speaker_id(&after)?) };
        agenda::move_speaker(&services, person, &event, id, speaker, after).await?;
        Ok(Done::new((), page).notice(Notice::OrderSaved))
    })
    .await
}

/// Takes a part in a session from somebody.
#[server(endpoint = "agenda/remove_speaker", input = PostForm)]
pub async fn remove_speaker(
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
) -> Result<(), CallError> {
    let page = session_path(&event, &session);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        let (id, speaker) = (session_id(&session)?, speaker_id(&speaker)?);
        agenda::remove_speaker(&services, person, &event, id, speaker).await?;
        Ok(Done::new((), page).notice(Notice::Agenda(AgendaNotice::SpeakerRemoved)))
    })
    .await
}
