use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Extension, Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use domain::uploads::{AlternativeText, UploadPurpose, UploadRefused};
use domain::{AppError, FieldErrors, SignedIn, Viewer};
use services::{Outcome, ServiceError, Services, uploads};
use tokio::time::timeout;
use tower_sessions::Session;

use super::Uploads;
use super::answer::{Door, Report};
use super::body;
use super::intake::{Intake, Part};

/// How long somebody waits while as many others upload as may at once.
const PLACE_WITHIN: Duration = Duration::from_secs(10);

/// What is uploaded to.
enum Target {
    Avatar,
    Event { slug: String },
    Sponsor { slug: String, sponsor: String },
}

/// `POST /files/avatar`: the viewer's own picture.
pub(super) async fn avatar(
    State(uploads): State<Uploads>,
    Extension(viewer): Extension<Viewer>,
    session: Session,
    request: Request,
) -> Response {
    upload(&uploads, &viewer, &session, request, Target::Avatar).await
}

/// `POST /files/events/{event}`: an event's pictures, any of them at once, with what they show in words.
pub(super) async fn of_event(
    State(uploads): State<Uploads>,
    Extension(viewer): Extension<Viewer>,
    session: Session,
    Path(slug): Path<String>,
    request: Request,
) -> Response {
    upload(&uploads, &viewer, &session, request, Target::Event { slug }).await
}

/// `POST /files/events/{event}/sponsors/{sponsor}`: a sponsor's logo.
pub(super) async fn of_sponsor(
    State(uploads): State<Uploads>,
    Extension(viewer): Extension<Viewer>,
    session: Session,
    Path((slug, sponsor)): Path<(String, String)>,
    request: Request,
) -> Response {
    upload(&uploads, &viewer, &session, request, Target::Sponsor { slug, sponsor }).await
}

async fn upload(
    uploads: &Uploads,
    viewer: &Viewer,
    session: &Session,
    request: Request,
    target: Target,
) -> Response {
    let door = Door::of(request.headers(), target.page());
    // Before a byte is read.
    let allowed = async {
        let person = viewer.signed_in().map_err(ServiceError::from)?;
        target.check(&uploads.services, person).await?;
        let place = timeout(PLACE_WITHIN, Arc::clone(&uploads.places).acquire_owned()).await;
        let place = place.ok().and_then(Result::ok).ok_or(ServiceError::from(AppError::Busy))?;
        Ok::<_, ServiceError>((person, place))
    };
    let (person, _place) = match allowed.await {
        Ok(allowed) => allowed,
        Err(error) => {
            body::drain(request.into_body()).await;
            return door.refuse(session, app::ssr::shown(error)).await;
        }
    };
    match Intake::open(request).await {
        Ok(intake) => {
            let report = receive(&uploads.services, person, &target, intake).await;
            door.report(session, report).await
        }
        Err(refused) => door.refuse(session, refused.into()).await,
    }
}

/// Keeps one file after the other; what is refused does not hold up the rest.
async fn receive(services: &Services, person: &SignedIn, target: &Target, mut intake: Intake) -> Report {
    let mut report = Report::default();
    let mut texts = BTreeMap::new();
    loop {
        match intake.next().await {
            Ok(Some(Part::Text { field, value })) => {
                report.typed(&field, &value);
                texts.insert(field, value);
            }
            Ok(Some(Part::File { field, content })) => {
                let said = UploadPurpose::of_event_field(&field)
                    .and_then(|purpose| texts.remove(purpose.text_field()));
                let kept = target.keep(services, person, &field, &said.unwrap_or_default(), content).await;
                report.file(&field, kept.map_err(app::ssr::shown));
            }
            Ok(None) => break,
            Err(refused) => {
                report.stopped(refused);
                return report;
            }
        }
    }
    target.describe(services, person, &texts, &mut report).await;
    report
}

impl Target {
    /// The page with the form.
    fn page(&self) -> String {
        match self {
            Self::Avatar => "/settings/profile".to_owned(),
            Self::Event { slug } => format!("/events/{slug}/manage/branding"),
            Self::Sponsor { slug, sponsor } => format!("/events/{slug}/manage/sponsors/{sponsor}"),
        }
    }

    async fn check(&self, services: &Services, person: &SignedIn) -> Outcome<()> {
        match self {
            Self::Avatar => uploads::may_upload_avatar(services, person).await,
            Self::Event { slug } | Self::Sponsor { slug, .. } => {
                uploads::may_upload_to_event(services, person, slug).await
            }
        }
    }

    async fn keep(
        &self,
        services: &Services,
        person: &SignedIn,
        field: &str,
        text: &str,
        content: Result<Bytes, UploadRefused>,
    ) -> Outcome<()> {
        let content = content?;
        match self {
            Self::Avatar if field == UploadPurpose::Avatar.field() => {
                uploads::store_avatar(services, person, content).await.map(drop)
            }
            Self::Sponsor { slug, sponsor } if field == UploadPurpose::SponsorLogo.field() => {
                let sponsor = sponsor.parse().map_err(|_| ServiceError::NOT_FOUND)?;
                uploads::store_sponsor_logo(services, person, slug, sponsor, content).await.map(drop)
            }
            Self::Avatar | Self::Sponsor { .. } => Err(unknown(field)),
            Self::Event { slug } => {
                let purpose = UploadPurpose::of_event_field(field).ok_or_else(|| unknown(field))?;
                let text = AlternativeText::parse(text)
                    .map_err(|error| FieldErrors::one(purpose.text_field(), error))?;
                uploads::store_for_event(services, person, slug, purpose, &text, content).await.map(drop)
            }
        }
    }

    /// Saves the words of pictures that stay as they are.
    async fn describe(
        &self,
        services: &Services,
        person: &SignedIn,
        texts: &BTreeMap<String, String>,
        report: &mut Report,
    ) {
        let Self::Event { slug } = self else { return };
        let mut words = Vec::new();
        for purpose in UploadPurpose::OF_EVENT {
            let field = purpose.text_field();
            let Some(text) = texts.get(field) else { continue };
            match AlternativeText::parse(text) {
                Ok(text) => words.push((purpose, text)),
                Err(error) => report.file(purpose.field(), Err(FieldErrors::one(field, error).into())),
            }
        }
        if !words.is_empty() {
            let described = uploads::describe_event_images(services, person, slug, &words).await;
            report.words(described.map_err(app::ssr::shown));
        }
    }
}

fn unknown(field: &str) -> ServiceError {
    FieldErrors::one(field, "No file belongs here.").into()
}
