use leptos::prelude::*;
use qrcode::{Color, QrCode as Code};

/// White modules around the code, so that cameras find it on any ground.
const MARGIN: usize = 2;

/// A text as a QR code, drawn black on white in both themes; nothing for a text that is too long for one.
#[component]
pub fn QrCode(
    #[prop(into)] text: String,
    /// What it is, for those who don't see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    Code::new(text.as_bytes()).ok().map(|code| {
        let side = code.width() + 2 * MARGIN;
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
                <rect width=side.to_string() height=side.to_string() fill="white"/>
                <path d=path(&code) fill="black"/>
            </svg>
        }
    })
}

/// The dark modules, row by row.
fn path(code: &Code) -> String {
    let width = code.width();
    let colours = code.to_colors();
    let dark = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
    dark.map(|(place, _)| format!("M{} {}h1v1h-1z", place % width + MARGIN, place / width + MARGIN)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_with_its_three_finders() {
        let code = Code::new(b"https://atria.example.org/events/rust-day").unwrap();
        let path = path(&code);
        let far = code.width() - 1 + MARGIN;
        for corner in ["M2 2h".to_owned(), format!("M{far} 2h"), format!("M2 {far}h")] {
            assert!(path.contains(&corner), "{corner}");
        }
        let top: String = (MARGIN..MARGIN + 7).map(|x| format!("M{x} 2h1v1h-1z")).collect();
        assert!(
            path.starts_with(&top) && !path.contains(&format!("M{} 2h", MARGIN + 7)),
            "and the white beside it"
        );
    }
}
