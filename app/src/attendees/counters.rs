use leptos::prelude::*;
use services::attendees::Counters as Counted;
use services::events::EventHead;

/// What is going on right now. `page.js` reads the figures anew while somebody looks at them.
#[component]
pub fn Counters(head: EventHead, counted: Counted) -> impl IntoView {
    let manage = format!("/events/{}/manage", head.slug);
    let seats = head
        .max_attendees
        .map_or_else(|| head.seats_taken.to_string(), |max| format!("{} of {max}", head.seats_taken));
    let online = counted.online.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let linked = |page: &str, label: &'static str, count: i64| {
        let href = format!("{manage}/{page}");
        view! { <div class="figure"><dt><a href=href>{label}</a></dt><dd>{count}</dd></div> }
    };
    view! {
        <section class="section" aria-labelledby="figures">
            <h2 id="figures">"Right now"</h2>
            <dl class="figures" id="counters" data-live="15">
                <div class="figure"><dt>"Seats taken"</dt><dd>{seats}</dd></div>
                {linked("people", "Taking part", counted.taking_part)}
                {linked("people?view=waitlist", "Waitlist", counted.waitlisted)}
                {linked("check-in", "Checked in", counted.checked_in)}
                <div class="figure"><dt>"Online"</dt><dd>{online}</dd></div>
                <div class="figure"><dt>"Messages today"</dt><dd>{counted.messages_today}</dd></div>
                {linked("invitations", "Open invitations", counted.open_invitations)}
                {linked("moderation", "Open reports", counted.open_reports)}
            </dl>
        </section>
    }
}
