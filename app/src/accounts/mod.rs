//! Accounts in the browser: signing up, confirming the address, signing in and out.

#[cfg(feature = "ssr")]
mod confirm_address_page;
#[cfg(feature = "ssr")]
mod login_session;
mod server_fns;
#[cfg(feature = "ssr")]
mod sign_in_page;
#[cfg(feature = "ssr")]
mod sign_up_page;

#[cfg(feature = "ssr")]
pub use confirm_address_page::ConfirmAddressPage;
#[cfg(feature = "ssr")]
pub use login_session::{LoginMark, SourceAddressText, VIEWER_KEY};
pub use server_fns::{ConfirmAddress, ResendConfirmation, SignIn, SignOut, SignUp, WithdrawSignUp};
#[cfg(feature = "ssr")]
pub use sign_in_page::SignInPage;
#[cfg(feature = "ssr")]
pub use sign_up_page::{SignUpPage, SignUpSentPage};
