//! Mail of a development instance without a mail server: what it would have sent, so that a newcomer can follow
//! the links. Not there otherwise.

use leptos::prelude::*;
use services::{ServiceError, mail};

use crate::layouts::{Head, PublicLayout};
use crate::ssr;
use crate::ui::empty::EmptyState;
use crate::ui::time::LocalTime;

/// The newest 50 mails.
#[component]
pub fn DevMailListPage() -> impl IntoView {
    ssr::page(async {
        require_listing()?;
        let (services, viewer) = ssr::request()?;
        let mails = mail::recent(&services).await?;
        let is_empty = mails.is_empty();
        let rows = mails
            .into_iter()
            .map(|mail| {
                view! {
                    <li class="row">
                        <div class="row-body">
                            <a class="row-title" href=format!("/dev/mail/{}", mail.id)>{mail.subject}</a>
                            <p class="meta">"To "{mail.recipient}" · "<LocalTime at=mail.created_at.into()/></p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        Ok(view! {
            <PublicLayout head=Head::new("Development mail", "/dev/mail").noindex() viewer=viewer>
                <div class="wrap page-body">
                    <header class="page-head">
                        <h1>"Development mail"</h1>
                        <p class="lead">
                            "No mail server is configured, so nothing left this machine. Set ATRIA_SMTP_URL to send mail."
                        </p>
                    </header>
                    {is_empty.then(|| view! { <EmptyState title="No mail yet" icon="mail"/> })}
                    <ul class="rows" role="list">{rows}</ul>
                </div>
            </PublicLayout>
        }
        .into_any())
    })
}

/// One mail as text, its links clickable.
#[component]
pub fn DevMailPage() -> impl IntoView {
    ssr::page(async {
        require_listing()?;
        let (services, viewer) = ssr::request()?;
        let content = mail::find(&services, ssr::param("mail")?).await?;
        let links = content
            .links
            .into_iter()
            .map(|link| view! { <li><a href=link.clone()>{link.clone()}</a></li> })
            .collect_view();
        Ok(view! {
            <PublicLayout head=Head::new(content.subject.clone(), "/dev/mail").noindex() viewer=viewer>
                <div class="wrap page-body">
                    <header class="page-head">
                        <p class="page-kicker"><a href="/dev/mail">"Development mail"</a></p>
                        <h1>{content.subject}</h1>
                        <p class="meta">"To "{content.recipient}</p>
                    </header>
                    <h2>"Links"</h2>
                    <ul class="mail-links">{links}</ul>
                    <h2>"Text"</h2>
                    <pre class="mail-text">{content.text}</pre>
                </div>
            </PublicLayout>
        }
        .into_any())
    })
}

fn require_listing() -> Result<(), ServiceError> {
    use_context::<ssr::Site>().filter(|site| site.lists_mail).map(drop).ok_or(ServiceError::NOT_FOUND)
}
