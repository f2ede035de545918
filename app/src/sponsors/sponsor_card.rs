use leptos::prelude::*;
use services::sponsors::PublicSponsor;

use crate::ui::badge::Badge;
use crate::ui::icon::Icon;
use crate::ui::notice::NoticeKind;
use crate::ui::picture::Picture;
use crate::ui::user_text::Paragraphs;

/// What links of sponsors say to search engines and to the sites they lead to.
const REL: &str = "sponsored noopener nofollow ugc";

/// One sponsor as everybody sees it.
pub(super) fn sponsor_card(sponsor: PublicSponsor) -> impl IntoView {
    let links = links(&sponsor);
    let benefits = sponsor.benefits.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <li class="sponsor-card">
            {sponsor.logo.map(|logo| view! { <Picture image=logo sizes="12rem" class="sponsor-logo"/> })}
            <h3>{sponsor.name.clone()}</h3>
            {sponsor.is_featured.then(|| view! { <p><Badge text="Featured" kind=NoticeKind::Info/></p> })}
            {sponsor.description.map(|text| view! { <Paragraphs text=text/> })}
            {(!benefits.is_empty()).then(|| view! { <ul class="sponsor-benefits">{benefits}</ul> })}
            {sponsor.website.map(|website| view! {
                <p>
                    <a class="button button-secondary" href=website rel=REL>
                        <Icon name="external-link"/>
                        <span class="button-text">
                            "Visit"<span class="visually-hidden">{format!(" {}", sponsor.name)}</span>
                        </span>
                    </a>
                </p>
            })}
            {links}
        </li>
    }
}

fn links(sponsor: &PublicSponsor) -> impl IntoView + use<> {
    let links = &sponsor.links;
    let items: Vec<_> = [
        ("LinkedIn", &links.linkedin),
        ("X", &links.x),
        ("YouTube", &links.youtube),
        ("TikTok", &links.tiktok),
        ("Instagram", &links.instagram),
        ("Facebook", &links.facebook),
        ("More", &links.other),
    ]
    .into_iter()
    .filter_map(|(label, address)| Some((label, address.clone()?)))
    .map(|(label, address)| {
        let of = format!(" of {}", sponsor.name);
        view! { <li><a href=address rel=REL>{label}<span class="visually-hidden">{of}</span></a></li> }
    })
    .collect();
    (!items.is_empty()).then(|| view! { <ul class="sponsor-links" role="list">{items}</ul> })
}
