use domain::accounts::tint;
use leptos::prelude::*;
use services::uploads::AvatarPixels;

use crate::flash::Flash;
use crate::ssr;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::FileField;
use crate::ui::form::Form;
use crate::ui::picture::PICTURE_TYPES;

/// The own picture: chosen, replaced, taken away.
#[component]
pub fn Photo(form: Flash, person: domain::SignedIn) -> impl IntoView {
    let picture = ssr::avatar(person.avatar, AvatarPixels::Large);
    let has_picture = picture.is_some();
    view! {
        <section class="settings" aria-labelledby="photo">
            <h2 id="photo">"Your photo"</h2>
            <div class="photo">
                <div data-preview="avatar">
                    <Avatar name=person.full_name tint=tint(person.user) size=AvatarSize::Huge picture=picture/>
                </div>
                <div class="photo-forms">
                    <Form action="/files/avatar" with_file=true>
                        <FileField
                            name="avatar" label="Choose a photo" accept=PICTURE_TYPES required=true error=form.error("avatar")
                            hint="PNG, JPEG, WebP or GIF, at most 10 MB and 8192 pixels on a side. It is cut to a circle around its middle; where and when it was taken is not kept."
                        />
                        <Button kind=ButtonKind::Secondary>"Save photo"</Button>
                    </Form>
                    {has_picture.then(|| view! {
                        <form method="post" action="/api/uploads/remove_avatar">
                            <Button kind=ButtonKind::Quiet icon="trash-2">"Remove photo"</Button>
                        </form>
                    })}
                </div>
            </div>
        </section>
    }
}
