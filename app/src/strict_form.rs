use std::fmt;

use domain::FieldErrors;
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use server_fn::codec::Post;
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};

/// How every server function takes its arguments: as a form that names nothing but them.
pub type PostForm = Post<StrictForm>;

/// A form (`a=1&b=2`) in which every field is known; one that isn't makes the whole form 422 (specification 1.4).
pub struct StrictForm;

/// A field that may be left out: an `Option` would take an empty one for one that wasn't sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sent(pub Option<String>);

impl<'de> Deserialize<'de> for Sent {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        String::deserialize(field).map(|text| Self(Some(text)))
    }
}

/// Levels of `a[b]=1`: enough for a list (`a[]=1`), and no function takes more.
const MAX_DEPTH: usize = 2;

/// Why a form was refused. Its text is the JSON of its [`FieldErrors`]: server functions carry texts only.
#[derive(Debug)]
pub struct UnreadableForm(FieldErrors);

impl fmt::Display for UnreadableForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

/// Reads what [`UnreadableForm`] wrote, or says of any other text that the form can't be read.
pub fn refusal(text: &str) -> FieldErrors {
    serde_json::from_str(text).unwrap_or_else(|_| unreadable())
}

fn unreadable() -> FieldErrors {
    FieldErrors::one("form", "This form could not be read. Load the page again.")
}

impl ContentType for StrictForm {
    const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";
}

impl FormatType for StrictForm {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for StrictForm {
    type Error = serde_qs::Error;

    fn encode(arguments: &T) -> Result<Bytes, Self::Error> {
        serde_qs::to_string(arguments).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for StrictForm {
    type Error = UnreadableForm;

    fn decode(form: Bytes) -> Result<T, Self::Error> {
        // The reader below would put a replacement character for what is no text.
        if percent_decode(&form).decode_utf8().is_err() {
            return Err(UnreadableForm(unreadable()));
        }
        let mut unknown = FieldErrors::default();
        let arguments = serde_qs::Deserializer::with_config(&serde_qs::Config::new(MAX_DEPTH, false), &form)
            .and_then(|fields| {
                serde_ignored::deserialize(fields, |path| {
                    unknown.add(&path.to_string(), "This field isn't known here.");
                })
            })
            .map_err(|_| UnreadableForm(unreadable()))?;
        if unknown.is_empty() { Ok(arguments) } else { Err(UnreadableForm(unknown)) }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Arguments {
        title: String,
        #[serde(default)]
        version: i64,
        #[serde(default)]
        text: Sent,
    }

    fn read(form: &str) -> Result<Arguments, FieldErrors> {
        StrictForm::decode(Bytes::copy_from_slice(form.as_bytes()))
            .map_err(|error| refusal(&error.to_string()))
    }

    #[test]
    fn a_form_of_known_fields_is_read_and_written() {
        let talk = Arguments { title: "Fish & chips".to_owned(), version: 3, text: Sent::default() };
        assert_eq!(StrictForm::decode(StrictForm::encode(&talk).unwrap()).ok(), Some(talk));
        let text = |form| read(form).map(|arguments| arguments.text.0);
        assert_eq!(text("title=Talk&text="), Ok(Some(String::new())), "emptied");
        assert_eq!(text("title=Talk"), Ok(None), "left as it is");
    }

    #[test]
    fn an_unknown_field_is_named_and_an_unreadable_form_is_not_echoed() {
        let found = read("title=Talk&role=OWNER&version=1").unwrap_err();
        assert_eq!(found.get("role"), Some("This field isn't known here."));
        for form in
            ["version=1", "title=Talk&version=one", "title[a][b][c][d]=1", "title=%ED%A0%80", "title=%FF"]
        {
            assert_eq!(read(form), Err(unreadable()), "{form}");
        }
    }
}
