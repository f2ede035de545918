#![expect(clippy::too_many_arguments, reason = "one argument per form field: the names are the wire format")]

use domain::agenda::ImportReport;
use leptos::prelude::*;

use crate::error::CallError;
use crate::strict_form::PostForm;

#[cfg(feature = "ssr")]
use {
    crate::form::{Done, Form, form},
    crate::ssr,
    domain::FieldErrors,
    services::agenda::{self, Columns, ImportMode, NewImport},
};

/// The largest file that waits for its import in the browser's session.
#[cfg(feature = "ssr")]
const MOST_KEPT_BYTES: usize = 256 * 1024;

/// Adds the sessions of a table (`mode` is `import`), or only says what would become of each row (`check`).
#[server(endpoint = "agenda/import", input = PostForm)]
pub async fn import_sessions(
    #[server(default)] event: String,
    #[server(default)] file: String,
    #[server(default)] form_key: String,
    #[server(default)] mode: String,
    #[server(default)] title_column: String,
    #[server(default)] kind_column: String,
    #[server(default)] start_column: String,
    #[server(default)] end_column: String,
    #[server(default)] room_column: String,
    #[server(default)] track_column: String,
    #[server(default)] speakers_column: String,
    #[server(default)] description_column: String,
) -> Result<ImportReport, CallError> {
    let page = format!("/events/{}/manage/agenda/import", ssr::encoded(&event));
    let kept = [
        ("form_key", &form_key),
        ("title_column", &title_column),
        ("kind_column", &kind_column),
        ("start_column", &start_column),
        ("end_column", &end_column),
        ("room_column", &room_column),
        ("track_column", &track_column),
        ("speakers_column", &speakers_column),
        ("description_column", &description_column),
    ];
    let keep = kept.iter().fold(Form::at(page.clone()), |form, (name, value)| form.keep(name, value));
    let carried = kept.map(|(name, value)| (name, value.clone()));
    form(keep, async move {
        let (services, viewer) = ssr::request()?;
        let columns = Columns {
            title: title_column,
            kind: kind_column,
            start: start_column,
            end: end_column,
            room: room_column,
            track: track_column,
            speakers: speakers_column,
            description: description_column,
        };
        let mode = match mode.as_str() {
            "check" => ImportMode::DryRun,
            "import" => ImportMode::Import,
            _ => return Err(FieldErrors::one("mode", "Choose whether to check or to import.").into()),
        };
        let new = NewImport { file, columns, form_key, mode };
        let report = agenda::import_sessions(&services, viewer.signed_in()?, &event, &new).await?;
        let done = Done::new(report.clone(), page).carry("report", &super::import_page::as_text(&report));
        // What was checked is imported without choosing the file again; large ones are not kept.
        let is_kept = mode == ImportMode::DryRun && new.file.len() <= MOST_KEPT_BYTES;
        let done = if is_kept { done.carry("checked", &new.file) } else { done };
        Ok(carried.iter().fold(done, |done, (name, value)| done.carry(name, value)))
    })
    .await
}
