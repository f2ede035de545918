//! What search engines read of a public event.

#![expect(clippy::needless_pass_by_value, reason = "components own their props")]

use domain::events::{EventFormat, EventStatus};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use serde_json::{Value, json};
use services::events::EventHead;

use crate::ssr;

/// The event as schema.org has it, in a script element that holds data only.
#[component]
pub fn JsonLd(head: EventHead) -> impl IntoView {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    view! { <script type="application/ld+json" nonce=nonce inner_html=inside_script(&event(&head))></script> }
}

/// JSON that can't end the element it stands in: `<`, `>` and `&` are written as escapes, which JSON reads back.
fn inside_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn event(head: &EventHead) -> Value {
    let url = format!("{}/events/{}", ssr::public_url(), head.slug);
    let status = match head.status {
        EventStatus::Cancelled => "EventCancelled",
        EventStatus::Draft | EventStatus::Published | EventStatus::Archived | EventStatus::Deleted => {
            "EventScheduled"
        }
    };
    let mode = match head.format {
        EventFormat::Virtual => "OnlineEventAttendanceMode",
        EventFormat::InPerson => "OfflineEventAttendanceMode",
        EventFormat::Hybrid => "MixedEventAttendanceMode",
    };
    let online = json!({"@type": "VirtualLocation", "url": url});
    let venue = json!({
        "@type": "Place",
        "name": head.venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": head.venue.address,
            "addressLocality": head.venue.city,
            "addressRegion": head.venue.region,
            "addressCountry": head.venue.country,
        },
    });
    let location = match head.format {
        EventFormat::Virtual => online,
        EventFormat::InPerson => venue,
        EventFormat::Hybrid => json!([venue, online]),
    };
    json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": head.title,
        "description": head.hero_text,
        "startDate": head.start_date.to_string(),
        "endDate": head.end_date.to_string(),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{mode}"),
        "location": location,
        "organizer": {"@type": "Organization", "name": head.host_name},
        "url": url,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::inside_script;

    #[test]
    fn a_title_cannot_end_the_script_it_stands_in() {
        let title = "</script><script>alert(1)</script><!-- & ";
        let text = inside_script(&json!({ "name": title }));
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).expect("still JSON");
        assert_eq!(read["name"], title);
    }
}
