use leptos::prelude::*;

use super::field::field_id;
use super::table::Table;
use crate::flash::Flash;

/// One field of an editing form as it is stored now.
#[derive(Debug, Clone)]
pub struct StoredField {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
}

/// The fields of a form, from its labels and stored values in the same order.
#[must_use]
pub fn stored_fields(
    labels: &[(&'static str, &'static str)],
    value: impl Fn(&'static str) -> String,
) -> Vec<StoredField> {
    labels.iter().map(|&(name, label)| StoredField { name, label, value: value(name) }).collect()
}

/// After a stale edit: where what was typed differs from what somebody saved meanwhile, side by side. Nothing otherwise.
#[component]
pub fn Differences(
    form: Flash,
    stored: Vec<StoredField>,
    /// How a value is told that people don't know as it is stored.
    #[prop(default = as_it_is)]
    in_words: fn(&'static str, &str) -> String,
) -> impl IntoView {
    let differing: Vec<(StoredField, String)> = stored
        .into_iter()
        .filter_map(|field| Some((field.clone(), form.values.get(field.name)?.clone())))
        .filter(|(field, typed)| same_lines(&field.value) != same_lines(typed))
        .collect();
    form.is_stale().then(|| {
        if differing.is_empty() {
            return view! { <p>"What you typed is what is stored now: there is nothing to save."</p> }.into_any();
        }
        let rows = differing
            .into_iter()
            .map(|(field, typed)| {
                let name = field.name;
                view! {
                    <tr>
                        <th scope="row"><a href=format!("#{}", field_id(name))>{field.label}</a></th>
                        <td class="difference">{cut(&in_words(name, &field.value))}</td>
                        <td class="difference">{cut(&in_words(name, &typed))}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section class="differences" aria-labelledby="differences">
                <h2 id="differences">"What differs"</h2>
                <Table caption="Stored now and typed by you" columns=&["Field", "Stored now", "Yours"]>{rows}</Table>
            </section>
        }
        .into_any()
    })
}

fn as_it_is(_: &'static str, value: &str) -> String {
    value.to_owned()
}

/// Browsers send other line ends than are stored, and space around is cut when saving.
fn same_lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// The most that is shown of a value.
const MAX_CHARS: usize = 400;

fn cut(value: &str) -> String {
    match value.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None if value.is_empty() => "(empty)".to_owned(),
        None => value.to_owned(),
    }
}
