use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    super::notice::PeopleNotice,
    super::place::people_path,
    crate::flash::Notice,
    crate::form::{Done, Form, form},
    crate::ssr,
    services::attendees::{self, PeopleFilter},
};

/// Keeps a view of the table of people under a name; the other fields are as in the table's address.
#[server(endpoint = "attendees/save_view", input = PostForm)]
pub async fn save_people_view(
    #[server(default)] event: String,
    #[server(default)] name: String,
    #[server(default)] search: String,
    #[server(default)] role: String,
    #[server(default)] view: String,
    #[server(default)] sort: String,
) -> Result<(), CallError> {
    let (words, path) = (ssr::encoded(&search), people_path(&event));
    let (shown, of, by) = (ssr::encoded(&view), ssr::encoded(&role), ssr::encoded(&sort));
    let page = format!("{path}?view={shown}&role={of}&search={words}&sort={by}");
    form(Form::at(page.clone()).keep("name", &name), async move {
        let (services, viewer) = ssr::request()?;
        let filter = PeopleFilter::parse(Some(&search), Some(&role), Some(&view), Some(&sort))?;
        attendees::save_view(&services, viewer.signed_in()?, &event, &name, &filter).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::ViewKept)))
    })
    .await
}

/// Forgets a view of the table of people.
#[server(endpoint = "attendees/delete_view", input = PostForm)]
pub async fn delete_people_view(
    #[server(default)] event: String,
    #[server(default)] saved_view: String,
) -> Result<(), CallError> {
    let page = people_path(&event);
    form(Form::at(page.clone()), async move {
        let (services, viewer) = ssr::request()?;
        let id = saved_view.parse().ok();
        attendees::delete_view(&services, viewer.signed_in()?, &event, id).await?;
        Ok(Done::new((), page).notice(Notice::People(PeopleNotice::ViewForgotten)))
    })
    .await
}
