use std::error::Error;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest as _, Request};
use bytes::Bytes;
use domain::uploads::{MAX_FILE_BYTES, UploadRefused};
use http::header::CONTENT_LENGTH;

use super::body::{self, Cut, MAX_BODY_BYTES};

/// Files of one form.
const MAX_FILES: usize = 20;
/// Fields of one form that are no files.
const MAX_TEXTS: usize = 40;
const MAX_TEXT_BYTES: usize = 4 * 1024;

/// One field of a form with files.
pub(super) enum Part {
    Text {
        field: String,
        value: String,
    },
    /// A chosen file; fields where none was chosen are left out.
    File {
        field: String,
        content: Result<Bytes, UploadRefused>,
    },
}

/// A form with files, read field by field: of all files, one is in memory at a time.
pub(super) struct Intake {
    parts: Multipart,
    files: usize,
    texts: usize,
}

impl Intake {
    /// # Errors
    /// [`UploadRefused::BatchTooLarge`] for what says so itself, before it is read; [`UploadRefused::Missing`] for
    /// anything that is no form with files.
    pub(super) async fn open(request: Request) -> Result<Self, UploadRefused> {
        let length =
            request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if length.is_some_and(|bytes: usize| bytes > MAX_BODY_BYTES) {
            body::drain(request.into_body()).await;
            return Err(UploadRefused::BatchTooLarge);
        }
        let request = request.map(body::steady);
        let parts = Multipart::from_request(request, &()).await.map_err(|_| UploadRefused::Missing)?;
        Ok(Self { parts, files: 0, texts: 0 })
    }

    /// The next field; `None` after the last.
    ///
    /// # Errors
    /// [`UploadRefused::BatchTooLarge`], [`UploadRefused::BrokeOff`]: there is nothing more to read.
    pub(super) async fn next(&mut self) -> Result<Option<Part>, UploadRefused> {
        while let Some(field) = self.parts.next_field().await.map_err(|error| cut(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                self.texts += 1;
                let value = read(field, MAX_TEXT_BYTES).await?;
                if self.texts > MAX_TEXTS {
                    return Err(UploadRefused::BatchTooLarge);
                }
                let value = String::from_utf8_lossy(&value.unwrap_or_default()).into_owned();
                return Ok(Some(Part::Text { field: name, value }));
            }
            let content = read(field, MAX_FILE_BYTES).await?;
            if content.as_ref().is_ok_and(|bytes| bytes.is_empty()) {
                continue;
            }
            self.files += 1;
            if self.files > MAX_FILES {
                return Err(UploadRefused::BatchTooLarge);
            }
            return Ok(Some(Part::File { field: name, content }));
        }
        Ok(None)
    }
}

/// The inner error: this file is too large; what is left of it is passed over unread.
async fn read(mut field: Field<'_>, max: usize) -> Result<Result<Bytes, UploadRefused>, UploadRefused> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| cut(&error))? {
        if content.len() + chunk.len() > max {
            return Ok(Err(UploadRefused::TooLarge));
        }
        content.extend_from_slice(&chunk);
    }
    Ok(Ok(content.into()))
}

fn cut(error: &MultipartError) -> UploadRefused {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(Cut(refused)) = error.downcast_ref() {
            return *refused;
        }
        cause = error.source();
    }
    UploadRefused::BrokeOff
}
