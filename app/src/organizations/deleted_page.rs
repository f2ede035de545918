use leptos::prelude::*;
use services::organizations::{self, DeletedOrganization};

use crate::layouts::{Head, SignedInLayout};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::empty::EmptyState;
use crate::ui::field::HiddenField;
use crate::ui::time::LocalTime;

/// What an owner can still bring back.
#[component]
pub fn DeletedOrganizationsPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let deleted = organizations::deleted(&services, viewer.signed_in()?).await?;
        let flash = ssr::take_flash().await?;
        let is_empty = deleted.is_empty();
        let rows = deleted.into_iter().map(row).collect_view();
        Ok(view! {
            <SignedInLayout
                head=Head::new("Deleted organizations", "/organizations/deleted")
                viewer=viewer
                flash=flash
            >
                <header class="page-head">
                    <p class="page-kicker"><a href="/home">"Home"</a></p>
                    <h1>"Deleted organizations"</h1>
                </header>
                {is_empty.then(|| view! {
                    <EmptyState
                        title="Nothing to bring back"
                        text="Organizations you own stand here for 30 days after they are deleted." icon="users"
                    />
                })}
                <ul class="rows" role="list">{rows}</ul>
            </SignedInLayout>
        }
        .into_any())
    })
}

fn row(organization: DeletedOrganization) -> impl IntoView {
    view! {
        <li class="row">
            <div class="row-body">
                <p><strong>{organization.name.clone()}</strong></p>
                <p class="meta">
                    {format!("Deleted by {} ", organization.deleted_by)}<LocalTime at=organization.deleted_at/>
                    " · can be brought back until "<LocalTime at=organization.undo_until/>
                </p>
            </div>
            <div class="row-end">
                <form method="post" action="/api/organizations/restore">
                    <HiddenField name="organization" value=organization.id.to_string()/>
                    <Button kind=ButtonKind::Secondary>
                        "Bring back"<span class="visually-hidden">{format!(" {}", organization.name)}</span>
                    </Button>
                </form>
            </div>
        </li>
    }
}
