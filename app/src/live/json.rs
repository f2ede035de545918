//! JSON by the browser's own parser.

use domain::realtime::client::{FromJson, Json, Pending, PendingState};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// A value as the browser parsed it.
struct Parsed(JsValue);

/// Reads a text that holds a `T`; `None` when it doesn't.
pub(crate) fn parse<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&Parsed(JSON::parse(text).ok()?))
}

/// As [`parse`] reads it back.
pub(super) fn pending(pending: &[Pending]) -> String {
    let quoted =
        |text: &str| JSON::stringify(&text.into()).ok().and_then(|text| text.as_string()).unwrap_or_default();
    let entry = |pending: &Pending| {
        let failed = match &pending.state {
            PendingState::Sending | PendingState::Held => "null".to_owned(),
            PendingState::Failed(reason) => quoted(reason),
        };
        let held = pending.state == PendingState::Held;
        let (id, body) = (pending.client_message_id, quoted(&pending.body));
        let reply_to = pending.reply_to.map_or_else(|| "null".to_owned(), |target| format!("\"{target}\""));
        format!(
            r#"{{"client_message_id":"{id}","body":{body},"reply_to":{reply_to},"failed":{failed},"held":{held}}}"#
        )
    };
    format!("[{}]", pending.iter().map(entry).collect::<Vec<_>>().join(","))
}

impl Json for Parsed {
    fn get(&self, key: &str) -> Option<Self> {
        let value = Reflect::get(&self.0, &key.into()).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(Self(value))
    }

    fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn as_number(&self) -> Option<i64> {
        // Whole numbers up to 2^53, as everywhere in JavaScript.
        self.0.as_f64().map(|number| number as i64)
    }

    fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn items(&self) -> Vec<Self> {
        self.0.dyn_ref::<Array>().map(|items| items.iter().map(Self).collect()).unwrap_or_default()
    }

    fn keys(&self) -> Vec<String> {
        let object = self.0.dyn_ref::<Object>();
        object
            .map(|object| Object::keys(object).iter().filter_map(|key| key.as_string()).collect())
            .unwrap_or_default()
    }
}
