//! Text that people wrote, on its way into a page. Leptos 0.8 leaves `<textarea>` children and `<Title>`
//! unescaped: such text goes through here.

use leptos::prelude::*;

use super::links::linked;

/// The value of a `<textarea>`, as its `inner_html`.
///
/// Starts with the newline that the HTML parser swallows, so that a leading one of the person's survives.
#[must_use]
pub fn textarea_text(text: &str) -> String {
    format!("\n{}", html_escape::encode_text(text))
}

/// A document title, for the formatter of the root `<Title>`.
#[must_use]
pub fn escape_title(title: &str) -> String {
    html_escape::encode_text(title).into_owned()
}

/// Plain text as paragraphs (split at empty lines) with line breaks and clickable https addresses.
#[component]
pub fn Paragraphs(#[prop(into)] text: String) -> impl IntoView {
    let paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| view! { <p>{lines(paragraph)}</p> })
        .collect_view();
    view! { <div class="prose">{paragraphs}</div> }
}

fn lines(paragraph: &str) -> impl IntoView + use<> {
    paragraph
        .lines()
        .enumerate()
        .map(|(index, line)| view! { {(index > 0).then(|| view! { <br/> })} {linked(line)} })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::{escape_title, textarea_text};

    #[test]
    fn a_textarea_cannot_be_closed_by_its_text() {
        assert_eq!(textarea_text("</textarea><script>"), "\n&lt;/textarea&gt;&lt;script&gt;");
    }

    #[test]
    fn a_title_cannot_be_closed_by_its_text() {
        assert_eq!(escape_title("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
    }
}
