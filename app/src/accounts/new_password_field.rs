use leptos::prelude::*;

use crate::ui::field::TextField;

/// The field `password` for a password that is to be set; the rule itself is `services::accounts`'.
#[component]
pub fn NewPasswordField(
    #[prop(default = "New password")] label: &'static str,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    view! {
        <TextField
            name="password" label=label input_type="password" autocomplete="new-password" required=true minlength=8
            maxlength=128 error=error
            hint="At least 8 characters. A few uncommon words work well; pasting is fine."
        />
    }
}
