use std::collections::BTreeMap;

use app::flash::{Flash, Notice};
use app::ssr;
use axum::Json;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::error::Unauthenticated;
use domain::uploads::UploadRefused;
use domain::{AppError, FieldErrors};
use http::header::{ACCEPT, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use tower_sessions::Session;

/// What became of one file, for fetch callers.
#[derive(Debug, Clone, Serialize)]
struct FileResult {
    field: String,
    status: u16,
    /// `None` when it is kept.
    message: Option<String>,
}

/// What became of a form with files.
#[derive(Debug, Default)]
pub(super) struct Report {
    files: Vec<FileResult>,
    errors: FieldErrors,
    first_refusal: Option<AppError>,
    /// Why the rest was not read.
    stopped: Option<UploadRefused>,
    typed: BTreeMap<String, String>,
    has_saved: bool,
    /// A picture, not just the words of one.
    has_saved_file: bool,
}

impl Report {
    /// Keeps what was typed, for a refused form.
    pub(super) fn typed(&mut self, field: &str, value: &str) {
        let storable = value.chars().filter(|c| !c.is_control()).collect();
        self.typed.insert(field.to_owned(), storable);
    }

    pub(super) fn file(&mut self, field: &str, kept: Result<(), AppError>) {
        let (status, message) = match &kept {
            Ok(()) => (200, None),
            Err(error) => (error.status(), Some(sentence(error))),
        };
        self.files.push(FileResult { field: field.to_owned(), status, message: message.clone() });
        match kept {
            Ok(()) => (self.has_saved, self.has_saved_file) = (true, true),
            Err(AppError::Invalid(errors)) => {
                for (field, message) in errors.iter() {
                    self.errors.add(field, message);
                }
                self.first_refusal.get_or_insert(AppError::Invalid(errors));
            }
            Err(error) => {
                self.errors.add(field, message.unwrap_or_default());
                self.first_refusal.get_or_insert(error);
            }
        }
    }

    /// The words of pictures that stayed as they were.
    pub(super) fn words(&mut self, saved: Result<(), AppError>) {
        match saved {
            Ok(()) => self.has_saved = true,
            Err(error) => {
                self.first_refusal.get_or_insert(error);
            }
        }
    }

    pub(super) fn stopped(&mut self, refused: UploadRefused) {
        self.stopped = Some(refused);
        self.first_refusal = Some(refused.into());
    }

    /// 200 when something was kept: then the files say each for itself.
    fn status(&self) -> u16 {
        match &self.first_refusal {
            Some(error) if !self.has_saved => error.status(),
            Some(_) | None => 200,
        }
    }

    /// A form without anything in it.
    fn or_missing(mut self, field: Option<&str>) -> Self {
        if !self.has_saved && self.first_refusal.is_none() {
            self.file(field.unwrap_or("logo"), Err(UploadRefused::Missing.into()));
        }
        self
    }

    fn flash(self, place: String) -> Flash {
        let problem = match self.stopped {
            Some(refused) => Some(refused.into()),
            None if !self.errors.is_empty() => Some(AppError::Invalid(self.errors)),
            None => self.first_refusal,
        };
        let values = if problem.is_some() { self.typed } else { BTreeMap::new() };
        let notice = match problem {
            None => self.has_saved.then_some(Notice::PictureSaved),
            // Beside what was refused, only another picture is worth a word.
            Some(_) => self.has_saved_file.then_some(Notice::OtherPicturesSaved),
        };
        Flash { place, notice, problem, values, ..Flash::default() }
    }
}

/// What a person reads at the field.
fn sentence(error: &AppError) -> String {
    match error {
        AppError::Invalid(errors) => errors.iter().map(|(_, message)| message).collect::<Vec<_>>().join(" "),
        error => error.to_string(),
    }
}

/// How the answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A browser's own form post, which asks for HTML and goes back to the page.
    Browser,
    /// `page.js` (`X-Page: yes`), which opens the page whatever happened: it is told nothing. A status above 399 would stand
    /// in the browser's console as an error.
    Script,
    /// Everybody else: JSON, with the status of the first refusal.
    Program,
}

/// Who asked, and where their form is.
pub(super) struct Door {
    page: String,
    reader: Reader,
}

impl Door {
    pub(super) fn of(headers: &HeaderMap, page: String) -> Self {
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let reader = if accept.contains("text/html") {
            Reader::Browser
        } else if headers.get("x-page").is_some_and(|value| value == "yes") {
            Reader::Script
        } else {
            Reader::Program
        };
        Self { page, reader }
    }

    /// The whole form was refused.
    pub(super) async fn refuse(self, session: &Session, error: AppError) -> Response {
        if self.reader == Reader::Browser
            && error == AppError::Unauthenticated(Unauthenticated::SignInRequired)
        {
            return Redirect::to(&ssr::sign_in_path(&self.page)).into_response();
        }
        let shows_page = !matches!(error, AppError::NotFound | AppError::Denied(_));
        if shows_page && (self.reader == Reader::Browser || session.id().is_some()) {
            let flash =
                Flash { place: ssr::place(&self.page), problem: Some(error.clone()), ..Flash::default() };
            if let Some(answer) = self.leave(session, &flash).await {
                return answer;
            }
        }
        let mut answer = (status(error.status()), Json(&error)).into_response();
        if let AppError::TooMany { retry_after_seconds } = error {
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        answer
    }

    /// File by file. The page gets its notice and messages in both cases.
    pub(super) async fn report(self, session: &Session, report: Report) -> Response {
        let report = report.or_missing(self.only_field());
        let (code, files) = (status(report.status()), report.files.clone());
        let flash = report.flash(ssr::place(&self.page));
        match self.leave(session, &flash).await {
            Some(answer) => answer,
            None => (code, Json(files)).into_response(),
        }
    }

    /// Of a form with one file.
    fn only_field(&self) -> Option<&'static str> {
        match () {
            () if self.page == "/settings/profile" => Some("avatar"),
            () if self.page.contains("/manage/sponsors/") => Some("sponsor_logo"),
            () => None,
        }
    }

    /// Leaves the page its notice and messages. `None`: what became of the files is still to be said.
    async fn leave(&self, session: &Session, flash: &Flash) -> Option<Response> {
        if let Err(error) = ssr::leave_flash_in(session, flash).await {
            let error = ssr::shown(error);
            return Some((status(error.status()), error.to_string()).into_response());
        }
        match self.reader {
            Reader::Browser => Some(Redirect::to(&self.page).into_response()),
            Reader::Script => Some(StatusCode::NO_CONTENT.into_response()),
            Reader::Program => None,
        }
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
