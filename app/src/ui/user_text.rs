//! Text that people wrote, on its way into a page. Leptos 0.8 leaves `<textarea>` children and `<Title>`
//! unescaped: such text goes through here.

use leptos::prelude::*;

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

/// One line with its https addresses as links that pass on no reputation.
pub(crate) fn linked(line: &str) -> impl IntoView + use<> {
    pieces(line)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.into_any(),
            Piece::Address(address) => {
                view! { <a href=address.clone() rel="noopener nofollow ugc">{address.clone()}</a> }.into_any()
            }
        })
        .collect_view()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Address(String),
}

/// Addresses start at `https://` and end before white space, quotes or brackets, without closing punctuation.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("https://") {
        let tail = &rest[start..];
        let end = tail.find(|c: char| c.is_whitespace() || "<>\"'()[]{}".contains(c)).unwrap_or(tail.len());
        let address = tail[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let (before, after) = (&rest[..start], &rest[start + address.len()..]);
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(if address == "https://" {
            Piece::Words(address.to_owned())
        } else {
            Piece::Address(address.to_owned())
        });
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, escape_title, pieces, textarea_text};

    #[test]
    fn a_textarea_cannot_be_closed_by_its_text() {
        assert_eq!(textarea_text("</textarea><script>"), "\n&lt;/textarea&gt;&lt;script&gt;");
    }

    #[test]
    fn a_title_cannot_be_closed_by_its_text() {
        assert_eq!(escape_title("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
    }

    #[test]
    fn only_https_addresses_become_links_without_the_full_stop() {
        assert_eq!(
            pieces("See https://atria.example/a?b=1. Not javascript:alert(1)"),
            [
                Piece::Words("See ".into()),
                Piece::Address("https://atria.example/a?b=1".into()),
                Piece::Words(". Not javascript:alert(1)".into()),
            ]
        );
    }
}
