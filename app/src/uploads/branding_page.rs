use domain::FieldErrors;
use domain::events::AccentColor;
use domain::uploads::UploadPurpose;
use leptos::prelude::*;
use services::events::{self, EventHead};
use services::uploads::{self, EventImage, EventImages};

use crate::events::{accent_style, frame};
use crate::flash::Flash;
use crate::layouts::{EventLayout, EventTab, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::{FileField, HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::picture::{PICTURE_TYPES, Picture};

/// The labels of the form's fields, in order, for the error summary.
const LABELS: [(&str, &str); 9] = [
    ("logo", "Logo"),
    ("alt_logo", "Logo in words"),
    ("banner", "Banner"),
    ("alt_banner", "Banner in words"),
    ("hero_desktop", "Wide head picture"),
    ("alt_hero_desktop", "Wide head picture in words"),
    ("hero_mobile", "Head picture on phones"),
    ("alt_hero_mobile", "Head picture on phones in words"),
    ("accent_color", "Colour"),
];

/// How an event looks: its pictures, each as it will be shown, and its colour.
#[component]
pub fn BrandingPage() -> impl IntoView {
    ssr::page(async {
        let (services, viewer) = ssr::request()?;
        let slug: String = ssr::param("event")?;
        let page = events::manage(&services, viewer.signed_in()?, &slug).await?;
        let head = page.head;
        let images =
            uploads::event_images(&services, viewer.user(), head.id, head.visibility, head.status).await?;
        let form = ssr::take_flash().await?;
        let errors: FieldErrors = form.errors().cloned().unwrap_or_default();
        let manage = format!("/events/{slug}/manage");
        Ok(view! {
            <EventLayout
                head=Head::new(format!("Branding · {}", head.title), format!("{manage}/branding"))
                viewer=viewer
                flash=form.clone()
                event=frame(&head, page.role, &[])
                current=EventTab::Manage
            >
                <header class="page-head">
                    <p class="page-kicker"><a href=manage>"Manage"</a></p>
                    <h1>"Branding"</h1>
                    <p class="lead">"What visitors see first: your pictures and your colour."</p>
                </header>
                <FormErrors errors=errors labels=LABELS.to_vec()/>
                <Pictures slug=slug.clone() form=form.clone() images=images/>
                <Colour head=head form=form/>
            </EventLayout>
        }
        .into_any())
    })
}

/// One form for all of them: any number of pictures is sent at once.
#[component]
fn Pictures(slug: String, form: Flash, images: EventImages) -> impl IntoView {
    let fields = UploadPurpose::OF_EVENT
        .map(|purpose| {
            let image = images.of(purpose).cloned();
            view! { <PictureFields purpose=purpose image=image form=form.clone()/> }
        })
        .into_iter()
        .collect_view();
    let removals = images
        .0
        .iter()
        .map(|image| {
            view! {
                <form method="post" action="/api/uploads/remove_event_image" id=removal(image.purpose)>
                    <HiddenField name="event" value=slug.clone()/>
                    <HiddenField name="picture" value=image.purpose.field()/>
                </form>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="pictures">
            <h2 id="pictures">"Pictures"</h2>
            <p class="meta">
                "PNG, JPEG, WebP or GIF, at most 10 MB and 8192 pixels on a side. Where and when a photo was taken is not kept."
            </p>
            <Form action=format!("/files/events/{slug}") with_file=true>
                {fields}
                <Button>"Save pictures"</Button>
            </Form>
            {removals}
        </section>
    }
}

fn removal(purpose: UploadPurpose) -> String {
    format!("remove-{}", purpose.field())
}

#[component]
fn PictureFields(purpose: UploadPurpose, image: Option<EventImage>, form: Flash) -> impl IntoView {
    let (field, text_field) = (purpose.field(), purpose.text_field());
    let stored = image.as_ref().and_then(|image| image.alternative_text.clone()).unwrap_or_default();
    let has_image = image.is_some();
    view! {
        <fieldset class="field-group picture-fields">
            <legend>{purpose.label()}</legend>
            <div class=format!("picture-frame picture-frame-{field}") data-preview=field>
                {image.map(|image| view! { <Picture image=image sizes="(width < 700px) 90vw, 42rem"/> })}
            </div>
            <FileField
                name=field label="File" accept=PICTURE_TYPES hint=where_it_is_shown(purpose) error=form.error(field)
            />
            <TextField
                name=text_field label="What it shows, in words" maxlength=200
                hint="Read out to people who don't see it. Leave it empty for mere decoration."
                value=form.value_or(text_field, &stored) error=form.error(text_field)
            />
            {has_image.then(|| view! {
                <div>
                    <Button kind=ButtonKind::Quiet icon="trash-2" form=removal(purpose)>
                        {format!("Remove {}", purpose.label().to_lowercase())}
                    </Button>
                </div>
            })}
        </fieldset>
    }
}

const fn where_it_is_shown(purpose: UploadPurpose) -> &'static str {
    match purpose {
        UploadPurpose::EventLogo => "Beside the title. Shown whole, 800 pixels at most.",
        UploadPurpose::EventBanner => {
            "Above the title where there is no head picture. Shown whole, 1600 pixels at most."
        }
        UploadPurpose::EventHeroDesktop => {
            "Above the title on wide screens, cut to 1920 × 600 around its middle."
        }
        UploadPurpose::EventHeroMobile => "Above the title on phones, cut to 800 × 400 around its middle.",
        UploadPurpose::Avatar | UploadPurpose::SponsorLogo => "",
    }
}

/// The colour as chosen, and as it is shown where the chosen one couldn't be read.
#[component]
fn Colour(head: EventHead, form: Flash) -> impl IntoView {
    let stored = head.accent.map(|accent| accent.to_string()).unwrap_or_default();
    view! {
        <section class="section" aria-labelledby="colour">
            {accent_style(head.accent)}
            <h2 id="colour">"Colour"</h2>
            <Form action="/api/uploads/save_accent">
                <HiddenField name="event" value=head.slug/>
                <TextField
                    name="accent_color" label="Colour" placeholder="#2743BD" maxlength=9
                    hint="Of buttons and links on the event's page. We darken or lighten it until everybody can read it."
                    value=form.value_or("accent_color", &stored) error=form.error("accent_color")
                />
                {head.accent.map(|accent| view! { <Swatches accent=accent/> })}
                <Button kind=ButtonKind::Secondary>"Save colour"</Button>
            </Form>
        </section>
    }
}

#[component]
fn Swatches(accent: AccentColor) -> impl IntoView {
    let shown = accent.shown();
    let swatch = |label: &'static str, color: AccentColor| {
        let color = color.to_string();
        view! {
            <li class="swatch">
                <svg class="swatch-colour" viewBox="0 0 1 1" aria-hidden="true" preserveAspectRatio="none">
                    <rect width="1" height="1" fill=color.clone()></rect>
                </svg>
                <span>{label}" "<span class="swatch-name">{color}</span></span>
            </li>
        }
    };
    view! {
        <ul class="swatches" role="list" aria-label="The colour before and after">
            {swatch("As chosen", accent)}
            {swatch("On light pages", shown.light)}
            {swatch("On dark pages", shown.dark)}
        </ul>
    }
}
