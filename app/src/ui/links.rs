//! Addresses in what people wrote. Islands use it too, so it weighs little.

use leptos::either::Either;
use leptos::prelude::*;

const SCHEME: &str = "https://";

/// Text with its https addresses as links that pass on no reputation.
pub(crate) fn linked(text: &str) -> impl IntoView + use<> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => Either::Left(words),
            Piece::Address(address) => Either::Right(
                view! { <a href=address.clone() rel="noopener nofollow ugc">{address.clone()}</a> },
            ),
        })
        .collect_view()
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Address(String),
}

/// Addresses start at `https://` and end before white space, quotes or brackets, without closing punctuation.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    // `str::find` would weigh more in the WASM.
    while let Some(start) = rest.as_bytes().windows(SCHEME.len()).position(|bytes| bytes == SCHEME.as_bytes())
    {
        let tail = &rest[start..];
        let end = tail.find(ends_address).unwrap_or(tail.len());
        let address = without_closing(&tail[..end]);
        if start > 0 {
            pieces.push(Piece::Words(rest[..start].to_owned()));
        }
        pieces.push(if address == SCHEME {
            Piece::Words(address.to_owned())
        } else {
            Piece::Address(address.to_owned())
        });
        rest = &tail[address.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '[' | ']' | '{' | '}')
}

/// What closes the sentence around an address is not of it; a bracket that it opened itself is.
fn without_closing(mut address: &str) -> &str {
    while let Some(last) = address.as_bytes().last() {
        let count = |bracket| address.bytes().filter(|byte| *byte == bracket).count();
        match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' => {}
            b'(' => {}
            b')' if count(b')') > count(b'(') => {}
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

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

    #[test]
    fn brackets_belong_to_the_address_that_opens_them() {
        for (text, address) in [
            ("https://a.example/Rust_(language)", "https://a.example/Rust_(language)"),
            ("(see https://a.example/b)", "https://a.example/b"),
            ("(https://a.example/c_(d)).", "https://a.example/c_(d)"),
        ] {
            assert!(pieces(text).contains(&Piece::Address(address.into())), "{text}");
        }
    }

    #[test]
    fn an_address_ends_with_its_line_and_a_bare_scheme_is_none() {
        assert_eq!(
            pieces("https://a.example/ä\nhttps://"),
            [
                Piece::Address("https://a.example/ä".into()),
                Piece::Words("\n".into()),
                Piece::Words("https://".into()),
            ]
        );
    }
}
