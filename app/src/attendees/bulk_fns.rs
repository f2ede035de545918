use domain::attendees::BulkLine;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::place::{member_id, several_path, several_path_of},
    super::several_page::as_text,
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    domain::attendees::EventRole,
    domain::ids::UserId,
    services::attendees::{self, BulkChange},
};

/// Gives several people of an event one role; `members` are their ids, separated by commas. Answers what became of each.
#[server(endpoint = "attendees/change_roles", input = PostForm)]
pub async fn change_roles(
    #[server(default)] event: String,
    #[server(default)] members: String,
    #[server(default)] role: String,
) -> Result<Vec<BulkLine>, CallError> {
    form(Form::at(several_path_of(&event, &members)), async move {
        let (services, viewer) = ssr::request()?;
        let person = viewer.signed_in()?;
        attendees::may_change_members(&services, person, &event).await?;
        let role = EventRole::from_stored(&role)
            .ok_or_else(|| FieldErrors::one("role", "Choose one of the roles."))?;
        let (users, change) = (ids(&members), BulkChange::Role(role));
        let lines = attendees::change_several(&services, person, &event, &users, change).await?;
        Ok(Done::new(lines.clone(), several_path(&event)).carry("result", &as_text(&lines)))
    })
    .await
}

/// Ends the memberships of several people; as [`change_roles`].
#[server(endpoint = "attendees/remove_several", input = PostForm)]
pub async fn remove_several(
    #[server(default)] event: String,
    #[server(default)] members: String,
) -> Result<Vec<BulkLine>, CallError> {
    form(Form::at(several_path_of(&event, &members)), async move {
        let (services, viewer) = ssr::request()?;
        let (person, users) = (viewer.signed_in()?, ids(&members));
        let lines = attendees::change_several(&services, person, &event, &users, BulkChange::Remove).await?;
        Ok(Done::new(lines.clone(), several_path(&event)).carry("result", &as_text(&lines)))
    })
    .await
}

#[cfg(feature = "ssr")]
fn ids(members: &str) -> Vec<UserId> {
    members.split(',').filter_map(|id| member_id(id.trim())).collect()
}
