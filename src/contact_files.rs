//! A person's contacts as files, for spreadsheets and address books.

use axum::extract::{Extension, Query, State};
use axum::response::Response;
use domain::{FieldErrors, Viewer};
use serde::Deserialize;
use services::Services;
use services::connections::{self, ContactFilter};

use crate::calendars::file;
use crate::endpoints::{Access, Endpoints};

pub fn of_person(services: &Services) -> Endpoints {
    Endpoints::default()
        .get("/connections.csv", Access::SignedIn, table)
        .get("/connections.vcf", Access::SignedIn, cards)
        .with_state(services.clone())
}

/// What the list is narrowed by, as in its own address.
#[derive(Debug, Default, Deserialize)]
struct ContactsQuery {
    list: Option<String>,
    search: Option<String>,
    sort: Option<String>,
    event: Option<String>,
}

impl ContactsQuery {
    fn parse(&self) -> Result<ContactFilter, FieldErrors> {
        ContactFilter::parse(
            self.list.as_deref(),
            self.search.as_deref(),
            self.sort.as_deref(),
            self.event.as_deref(),
        )
    }
}

async fn table(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<ContactsQuery>,
) -> Response {
    let table = match (viewer.signed_in(), asked.parse()) {
        (Ok(person), Ok(filter)) => connections::contacts_csv(&services, person, &filter).await,
        (Err(error), _) => Err(error.into()),
        (Ok(_), Err(errors)) => Err(errors.into()),
    };
    file(table, "text/csv; charset=utf-8", "contacts.csv")
}

async fn cards(
    State(services): State<Services>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<ContactsQuery>,
) -> Response {
    let cards = match (viewer.signed_in(), asked.parse()) {
        (Ok(person), Ok(filter)) => connections::contacts_vcards(&services, person, &filter).await,
        (Err(error), _) => Err(error.into()),
        (Ok(_), Err(errors)) => Err(errors.into()),
    };
    file(cards, "text/vcard; charset=utf-8", "contacts.vcf")
}
