use leptos::prelude::*;

use crate::ui::button::{ButtonKind, LinkButton};
use crate::ui::copy_button::CopyButton;
use crate::ui::qr::QrCode;

/// The event for one's calendar and, where anybody may open its page, the link to pass on.
#[component]
pub(super) fn KeepSection(calendar: String, shared: Option<String>) -> impl IntoView {
    view! {
        <section class="wrap section keep" aria-labelledby="keep">
            <h2 id="keep">{if shared.is_some() { "Keep and share" } else { "Keep" }}</h2>
            <p><LinkButton href=calendar kind=ButtonKind::Secondary icon="calendar">"Add to calendar"</LinkButton></p>
            {shared.map(|address| view! {
                <div class="field">
                    <label class="field-label" for="share-link">"Link to this page"</label>
                    <div class="form-line">
                        <input class="input" id="share-link" type="url" value=address.clone() readonly=true/>
                        <CopyButton field="share-link" label="Copy link"/>
                    </div>
                    <details class="keep-code">
                        <summary>"QR code"</summary>
                        <QrCode text=address label="The address of this page as a QR code"/>
                    </details>
                </div>
            })}
        </section>
    }
}
