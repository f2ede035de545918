use leptos::prelude::*;

/// One thing that is so or isn't, beside its label; a form posts `yes` when it is ticked and nothing otherwise.
///
/// `id` is given where a page has several of one name.
#[component]
pub fn CheckBox(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| super::field::field_id(name));
    let hint_id = format!("hint-{id}");
    let described_by = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="check">
            <input
                class="check-box" id=id.clone() type="checkbox" name=name value="yes" checked=checked
                aria-describedby=described_by
            />
            <div>
                <label class="check-label" for=id>{label}</label>
                {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            </div>
        </div>
    }
}
