use leptos::prelude::*;
use services::uploads::EventImage;

/// What file choosers offer; the server looks at the content.
pub const PICTURE_TYPES: &str = "image/png,image/jpeg,image/webp,image/gif";

/// A stored picture in the size the place needs. One without words is decoration.
#[component]
pub fn Picture(
    image: EventImage,
    /// As in HTML: how wide it is shown.
    sizes: &'static str,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let largest = image.largest().cloned();
    let source_set = image.source_set();
    largest.map(|largest| {
        view! {
            <img
                class=class src=largest.address srcset=source_set sizes=sizes width=largest.width.to_string()
                height=largest.height.to_string() alt=image.alternative_text.unwrap_or_default() decoding="async"
            />
        }
    })
}
