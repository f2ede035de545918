use domain::FieldErrors;
use domain::text::capitalized;
use leptos::prelude::*;

use super::field::field_id;
use super::icon::Icon;

/// A plain POST form with the house spacing.
#[component]
pub fn Form(
    /// Path of the server function.
    #[prop(into)]
    action: String,
    #[prop(optional, into)] id: Option<String>,
    /// Warn before leaving the page with changes.
    #[prop(optional)]
    guarded: bool,
    /// One of its fields is a file.
    #[prop(optional)]
    with_file: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form" method="post" action=action id=id data-guard=guarded.then_some("")
            enctype=with_file.then_some("multipart/form-data")
        >
            {children()}
        </form>
    }
}

/// The fields that need attention, each as a link to its field; nothing without errors.
///
/// Takes the focus after a failed form where scripts run. `labels` name the fields in the order of the form;
/// without them the names themselves are read out ("start_date" as "Start date").
#[component]
pub fn FormErrors(
    errors: FieldErrors,
    #[prop(optional, into)] labels: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let label = |name: &str| {
        labels
            .iter()
            .find(|(field, _)| *field == name)
            .map_or_else(|| in_words(name), |(_, label)| (*label).into())
    };
    let position = |name: &str| labels.iter().position(|(field, _)| *field == name).unwrap_or(usize::MAX);
    let mut lines: Vec<(&str, &str)> = errors.iter().collect();
    lines.sort_by_key(|(name, _)| position(name));
    let items = lines
        .into_iter()
        .map(|(name, message)| {
            view! { <li><a href=format!("#{}", field_id(name))>{label(name)}</a>": "{message.to_owned()}</li> }
        })
        .collect_view();
    (!errors.is_empty()).then(|| {
        view! {
            <div class="notice notice-danger form-errors" role="alert" tabindex="-1" data-error-summary="">
                <Icon name="circle-alert"/>
                <div class="notice-body">
                    <p class="notice-title">"Check the marked fields."</p>
                    <ul>{items}</ul>
                </div>
            </div>
        }
    })
}

fn in_words(name: &str) -> String {
    capitalized(&name.replace('_', " "))
}
