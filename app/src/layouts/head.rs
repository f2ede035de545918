use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::ssr;
use crate::ui::user_text::escape_title;

/// What a page says about itself to browsers, search engines and link previews.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// From the particular to the general: "Keynote · Agenda · Event". " · Atria" is added.
    pub title: String,
    pub description: Option<String>,
    /// The page's canonical path; made absolute with the public URL.
    pub path: String,
    pub noindex: bool,
    /// Path of an image of 1200 × 630; without one, the one of the instance.
    pub og_image: Option<String>,
}

impl Head {
    #[must_use]
    pub fn new(title: impl Into<String>, path: impl Into<String>) -> Self {
        Self { title: title.into(), path: path.into(), ..Self::default() }
    }

    #[must_use]
    pub fn describe(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// With a picture of its own, if there is one.
    #[must_use]
    pub fn shown_by(self, og_image: Option<String>) -> Self {
        Self { og_image, ..self }
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub fn noindex(self) -> Self {
        Self { noindex: true, ..self }
    }
}

/// Title, canonical address, robots rule and Open Graph card of a page.
#[component]
pub fn HeadTags(head: Head) -> impl IntoView {
    let origin = ssr::public_url();
    let url = format!("{origin}{}", head.path);
    let image = format!("{origin}{}", head.og_image.as_deref().unwrap_or("/og.png"));
    let image_in_words = match (&head.og_image, &head.description) {
        (Some(_), Some(description)) => format!("{}: {description}", head.title),
        (Some(_), None) => head.title.clone(),
        (None, _) => "Atria".to_owned(),
    };
    let title = if head.path == "/" { head.title.clone() } else { format!("{} · Atria", head.title) };
    view! {
        <Title text=title formatter=|title: String| escape_title(&title)/>
        {head.noindex.then(|| view! { <Meta name="robots" content="noindex"/> })}
        <Link rel="canonical" href=url.clone()/>
        {head.description.map(|description| view! {
            <Meta name="description" content=description.clone()/>
            <Meta property="og:description" content=description/>
        })}
        <Meta property="og:title" content=head.title/>
        <Meta property="og:type" content="website"/>
        <Meta property="og:site_name" content="Atria"/>
        <Meta property="og:url" content=url/>
        <Meta property="og:image" content=image/>
        <Meta property="og:image:width" content="1200"/>
        <Meta property="og:image:height" content="630"/>
        <Meta property="og:image:alt" content=image_in_words/>
        <Meta name="twitter:card" content="summary_large_image"/>
    }
    .into_any()
}
