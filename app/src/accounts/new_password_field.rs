use domain::accounts::NewPasswordFor;
use leptos::prelude::*;

use crate::ui::field::TextField;

/// The field `password` for a password that is to be set; the rule itself is `services::accounts`'.
///
/// Where scripts run, `page.js` asks while somebody types how hard it is to guess, and shows the answer below. Without
/// them the hint says what is asked for.
#[component]
pub fn NewPasswordField(
    /// What may be known of the person differs.
    place: NewPasswordFor,
    #[prop(default = "New password")] label: &'static str,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    view! {
        <div class="new-password" data-estimate=place.as_str()>
            <TextField
                name="password" label=label input_type="password" autocomplete="new-password" required=true
                minlength=8 maxlength=128 error=error
                hint="At least 8 characters. A few uncommon words work well; pasting is fine."
            />
            <div class="password-estimate" hidden=true>
                <meter min="0" max="4" low="2" high="3" optimum="4" value="0" aria-label="How hard it is to guess"></meter>
                <p class="field-hint" role="status"></p>
            </div>
        </div>
    }
}
