use serde_json::Value;
use uuid::Uuid;

use super::queries;
use crate::{Outcome, ServiceError, Services};

/// How much text is gathered before it is stored.
const PART_BYTES: usize = 256 * 1024;

/// One JSON object on its way into the database, indented for people, a part at a time.
pub(super) struct ExportDraft<'a> {
    services: &'a Services,
    export: Uuid,
    attempt: i32,
    position: i32,
    text: String,
    /// The next field or item is the first of its object or list.
    is_first: bool,
}

impl<'a> ExportDraft<'a> {
    pub(super) fn begin(services: &'a Services, export: Uuid, attempt: i32) -> Self {
        Self { services, export, attempt, position: 0, text: "{".to_owned(), is_first: true }
    }

    /// Adds a field with a value that is small.
    pub(super) async fn field(&mut self, name: &str, value: &Value) -> Outcome<()> {
        self.name(name)?;
        self.text.push_str(&indented(value, "  ")?);
        self.store_when(PART_BYTES).await
    }

    /// Adds a field with a list, whose items follow by [`Self::item`] until [`Self::end_list`].
    pub(super) fn begin_list(&mut self, name: &str) -> Outcome<()> {
        self.name(name)?;
        self.text.push('[');
        self.is_first = true;
        Ok(())
    }

    pub(super) async fn item(&mut self, value: &Value) -> Outcome<()> {
        self.text.push_str(if self.is_first { "\n    " } else { ",\n    " });
        self.is_first = false;
        self.text.push_str(&indented(value, "    ")?);
        self.store_when(PART_BYTES).await
    }

    pub(super) fn end_list(&mut self) {
        self.text.push_str(if self.is_first { "]" } else { "\n  ]" });
        self.is_first = false;
    }

    /// Adds a field with a list that is at hand.
    pub(super) async fn list(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = Value> + Send,
    ) -> Outcome<()> {
        self.begin_list(name)?;
        let items: Vec<Value> = items.into_iter().collect();
        for item in &items {
            self.item(item).await?;
        }
        self.end_list();
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Outcome<()> {
        self.text.push_str("\n}\n");
        self.store_when(0).await
    }

    fn name(&mut self, name: &str) -> Outcome<()> {
        self.text.push_str(if self.is_first { "\n  " } else { ",\n  " });
        self.is_first = false;
        self.text.push_str(&indented(&Value::from(name), "")?);
        self.text.push_str(": ");
        Ok(())
    }

    async fn store_when(&mut self, at_least: usize) -> Outcome<()> {
        if self.text.len() < at_least {
            return Ok(());
        }
        let text = std::mem::take(&mut self.text);
        let db = &self.services.db;
        queries::insert_export_part(db, self.export, self.attempt, self.position, &text).await?;
        self.position += 1;
        Ok(())
    }
}

/// A line end inside of a text is escaped, so every one in here may be followed by spaces.
fn indented(value: &Value, by: &str) -> Outcome<String> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| ServiceError::Broken(format!("a value of an export: {error}")))?;
    Ok(text.replace('\n', &format!("\n{by}")))
}
