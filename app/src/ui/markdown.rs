//! The Markdown that people write (specification 1.3): paragraphs, emphasis, lists, links and headings. HTML in it is
//! text, pictures are their words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use leptos::prelude::*;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::links::{Piece, pieces};

/// What may be in the page, whatever the parser made of the text.
static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(["p", "em", "strong", "ul", "ol", "li", "a", "br", "h2", "h3", "h4", "h5", "h6"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener nofollow ugc"));
    builder
});

/// Somebody's Markdown as prose. Its headings stand below the one of level `under`.
#[component]
pub fn Markdown(#[prop(into)] text: String, under: u8) -> impl IntoView {
    view! { <div class="prose" inner_html=markdown_html(&text, under)></div> }
}

/// The same as HTML that is safe to show. A line break stays one, and bare https addresses are links.
#[must_use]
pub fn markdown_html(text: &str, under: u8) -> String {
    let mut is_in_link = false;
    let events = TextMergeStream::new(Parser::new_ext(text, Options::empty())).flat_map(|event| {
        match &event {
            Event::Start(Tag::Link { .. }) => is_in_link = true,
            Event::End(TagEnd::Link) => is_in_link = false,
            _ => {}
        }
        kept(event, is_in_link, under)
    });
    let mut html = String::with_capacity(text.len() * 2);
    pulldown_cmark::html::push_html(&mut html, events);
    SANITIZER.clean(&html).to_string()
}

/// What becomes of one piece of the text.
fn kept(event: Event<'_>, is_in_link: bool, under: u8) -> Vec<Event<'_>> {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => vec![Event::Text(html)],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        Event::Start(Tag::Heading { level, .. }) => {
            let level = below(level, under);
            vec![Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })]
        }
        Event::End(TagEnd::Heading(level)) => vec![Event::End(TagEnd::Heading(below(level, under)))],
        Event::SoftBreak => vec![Event::HardBreak],
        Event::Text(text) if !is_in_link => linked(&text),
        event => vec![event],
    }
}

fn below(level: HeadingLevel, under: u8) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + usize::from(under)).unwrap_or(HeadingLevel::H6)
}

fn linked<'a>(text: &str) -> Vec<Event<'a>> {
    let link = |address: String| {
        let address = CowStr::from(address);
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.clone(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        vec![Event::Start(tag), Event::Text(address), Event::End(TagEnd::Link)]
    };
    let events = |piece| match piece {
        Piece::Words(words) => vec![Event::Text(words.into())],
        Piece::Address(address) => link(address),
    };
    pieces(text).into_iter().flat_map(events).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subset_is_kept_and_headings_stand_below_the_pages_own() {
        let html = markdown_html(
            "# Who\n\nCome *all*, **really**\nsoon:\n\n- one\n- two\n\n1. [Us](https://a.example/b)",
            2,
        );
        assert_eq!(
            html.replace('\n', ""),
            "<h3>Who</h3><p>Come <em>all</em>, <strong>really</strong><br>soon:</p><ul><li>one</li><li>two</li></ul>\
             <ol><li><a href=\"https://a.example/b\" rel=\"noopener nofollow ugc\">Us</a></li></ol>"
        );
        assert!(markdown_html("###### Deep", 3).contains("<h6>"));
        assert!(
            markdown_html("See https://a.example/x_y_z.", 1).contains("href=\"https://a.example/x_y_z\""),
            "bare addresses are links, without the full stop"
        );
    }

    #[test]
    fn nothing_that_runs_gets_through_and_a_second_pass_changes_nothing() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<svg/onload=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](data:text/html,alert)",
            "[x](//evil.example)",
            "[x](/api/accounts/sign_out)",
            "[x](http://plain.example)",
            "![x](https://tracker.example/p.png)",
            "<https://a.example/\"onmouseover=\"alert(1)>",
            "[a](https://a.example \"' onclick='alert(1)\")",
            "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "<form id=location><input name=href></form>",
            "<p style=\"position:fixed\">over all</p>",
            "```\n</code><script>alert(1)</script>\n```",
        ] {
            let html = markdown_html(hostile, 1);
            for tag in ["<script", "<img", "<svg", "<math", "<style", "<form", "<input", "<p style", "<math"]
            {
                assert!(!html.contains(tag), "{hostile:?} became {html}");
            }
            for part in [
                "href=\"javascript",
                "href=\"data",
                "href=\"/",
                "href=\"http:",
                " onerror=alert(1)>",
                "onclick=\"",
                "title=",
            ] {
                assert!(!html.contains(part), "{hostile:?} became {html}");
            }
            assert_eq!(SANITIZER.clean(&html).to_string(), html, "{hostile:?}");
        }
        let deep = format!("{}deep", "> * ".repeat(2_000));
        assert!(markdown_html(&deep, 1).contains("deep"));
    }
}
