use domain::accounts::NewPasswordFor;
use domain::invitations::InvitedName;
use domain::{AppError, Denied, FieldErrors, Gone, Viewer};
use leptos::prelude::*;
use services::invitations::{self, Invitation, Reader};

use super::details::InvitationDetails;
use crate::accounts::{NewPasswordField, caller};
use crate::flash::Flash;
use crate::layouts::{FocusLayout, Head};
use crate::ssr;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::field::{HiddenField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::notice::{Notice, NoticeKind};
use crate::ui::time::LocalTime;

/// The page behind a mailed invitation. Opening it changes nothing: mail scanners open links too.
#[component]
pub fn InvitationPage() -> impl IntoView {
    ssr::page(async {
        ssr::hide_address();
        let (services, viewer) = ssr::request()?;
        let token: String = ssr::param("token")?;
        let found = invitations::find(&services, &viewer, &token, &caller(&services)).await;
        let flash = ssr::take_flash().await?;
        let (invitation, reader) = match found.map_err(ssr::shown) {
            Ok(found) => found,
            Err(AppError::Gone(gone)) => return Ok(over(gone, &viewer, &flash)),
            Err(error) => return Err(error.into()),
        };
        if let Reader::IsSomebodyElse { masked_address } = &reader {
            return Ok(for_another(&viewer, token, masked_address));
        }
        Ok(opened(invitation, reader, token, flash))
    })
}

fn opened(invitation: Invitation, reader: Reader, token: String, flash: Flash) -> AnyView {
    let title = format!("You're invited to {}", invitation.invited_to.name);
    let until = invitation.expires_at;
    let action = match reader {
        Reader::SignsIn { address } => sign_in(&token, address).into_any(),
        Reader::MakesAccount { address, name } => {
            make_account(token, address, name.as_ref(), flash.clone()).into_any()
        }
        Reader::Answers => answers(token).into_any(),
        Reader::IsSomebodyElse { .. } => ().into_any(),
    };
    view! {
        <FocusLayout head=Head::new("Your invitation", "/invitations").noindex() title=title flash=flash>
            <InvitationDetails invitation=invitation/>
            {action}
            <p class="meta">"The invitation is open until "<LocalTime at=until/>"."</p>
        </FocusLayout>
    }
    .into_any()
}

fn answers(token: String) -> impl IntoView {
    view! {
        <div class="form-actions">
            <form method="post" action="/api/invitations/accept">
                <HiddenField name="token" value=token.clone()/>
                <Button>"Accept"</Button>
            </form>
            <form method="post" action="/api/invitations/decline">
                <HiddenField name="token" value=token/>
                <Button kind=ButtonKind::Secondary>"Decline"</Button>
            </form>
        </div>
    }
}

fn sign_in(token: &str, address: String) -> impl IntoView + use<> {
    let next = ssr::sign_in_path(&format!("/invitations/{}", ssr::encoded(token)));
    view! {
        <p>"You have an account as "<strong>{address}</strong>". Sign in to accept or decline."</p>
        <LinkButton href=next>"Sign in"</LinkButton>
    }
}

/// The labels of the form's fields, in order, for the error summary.
const LABELS: [(&str, &str); 3] =
    [("first_name", "First name"), ("last_name", "Last name"), ("password", "Password")];

fn make_account(token: String, address: String, name: Option<&InvitedName>, form: Flash) -> impl IntoView {
    let (first, last) = name.map(InvitedName::first_and_last).unwrap_or_default();
    let (first, last) = (form.value_or("first_name", first), form.value_or("last_name", last));
    let errors: FieldErrors = form.errors().cloned().unwrap_or_default();
    let declining = token.clone();
    view! {
        <h2>"Create your account and accept"</h2>
        <p>"It uses the address "<strong>{address.clone()}</strong>", which this link confirms."</p>
        <FormErrors errors=errors labels=LABELS.to_vec()/>
        <Form action="/api/invitations/join">
            <HiddenField name="token" value=token/>
            // Password managers file the new password under it.
            <input type="hidden" autocomplete="username" value=address/>
            <TextField
                name="first_name" label="First name" autocomplete="given-name" required=true maxlength=100
                value=first error=form.error("first_name")
            />
            <TextField
                name="last_name" label="Last name" autocomplete="family-name" maxlength=100
                value=last error=form.error("last_name")
            />
            <NewPasswordField place=NewPasswordFor::Invitation label="Password" error=form.error("password")/>
            <Button>"Create account and accept"</Button>
        </Form>
        <form method="post" action="/api/invitations/decline">
            <HiddenField name="token" value=declining/>
            <p class="meta">"Not for you? You need no account to say no."</p>
            <Button kind=ButtonKind::Quiet>"Decline"</Button>
        </form>
    }
}

/// Signed in with another address: nothing of the invitation is shown but enough of its address to know one's own.
fn for_another(viewer: &Viewer, token: String, invited: &str) -> AnyView {
    ssr::set_status(&AppError::Denied(Denied::InvitationForAnother));
    let name = viewer.signed_in().map(|person| person.full_name.clone()).unwrap_or_default();
    view! {
        <FocusLayout
            head=Head::new("Your invitation", "/invitations").noindex()
            title="This invitation is for another address"
            lead=format!("It was sent to {invited}, and you are signed in as {name}. Only that address can accept it.")
        >
            <Form action="/api/invitations/switch_account">
                <HiddenField name="token" value=token/>
                <Button>"Sign out and switch account"</Button>
            </Form>
            <p class="form-aside"><a href="/home">"Stay signed in"</a></p>
        </FocusLayout>
    }
    .into_any()
}

/// Over: says why and what comes next.
fn over(gone: Gone, viewer: &Viewer, flash: &Flash) -> AnyView {
    ssr::set_status(&AppError::Gone(gone));
    let next = match gone {
        Gone::InvitationReplaced => "Look for the newest mail with an invitation and open its link.",
        Gone::InvitationExpired => "Links work for seven days. Ask who invited you to send it again.",
        Gone::InvitationCancelled => "Ask who invited you whether there is a new one.",
        Gone::InvitationAnswered => "If you accepted it, you find what you joined on your start page.",
        Gone::Link | Gone::UndoOver | Gone::RestoreOver => {
            "Open the link exactly as it stands in the mail, or ask who invited you to send it again."
        }
    };
    let problem = flash.message().filter(|message| *message != gone.to_string());
    let (href, label) = match viewer {
        Viewer::SignedIn(_) => ("/home", "Go to your start page"),
        Viewer::Anonymous => ("/signin", "Sign in"),
    };
    view! {
        <FocusLayout
            head=Head::new("This invitation is over", "/invitations").noindex()
            title=gone.to_string()
            lead=next
        >
            {problem.map(|problem| view! { <Notice kind=NoticeKind::Danger>{problem}</Notice> })}
            <LinkButton href=href kind=ButtonKind::Secondary>{label}</LinkButton>
        </FocusLayout>
    }
    .into_any()
}
