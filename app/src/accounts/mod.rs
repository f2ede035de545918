//! Accounts in the browser: signing up, confirming the address, signing in and out.

mod address_fns;
#[cfg(feature = "ssr")]
mod address_pages;
mod closing_fns;
#[cfg(feature = "ssr")]
mod confirm_address_page;
#[cfg(feature = "ssr")]
mod confirm_password_page;
#[cfg(feature = "ssr")]
mod device_cookie;
#[cfg(feature = "ssr")]
mod forgot_password_page;
#[cfg(feature = "ssr")]
mod login_session;
#[cfg(feature = "ssr")]
mod new_password_field;
mod password_fns;
#[cfg(feature = "ssr")]
mod privacy_fields;
#[cfg(feature = "ssr")]
mod profile_card;
mod profile_fns;
#[cfg(feature = "ssr")]
mod reset_password_page;
mod server_fns;
#[cfg(feature = "ssr")]
mod settings;
mod settings_fns;
#[cfg(feature = "ssr")]
mod sign_in_page;
#[cfg(feature = "ssr")]
mod sign_up_page;

pub use address_fns::{CancelAddressChange, ConfirmAddressChange, RequestAddressChange, UndoAddressChange};
#[cfg(feature = "ssr")]
pub use address_pages::{AddressChangePage, AddressUndoPage};
pub use closing_fns::{ComeBack, Deactivate, DeleteAccount, RequestExport};
#[cfg(feature = "ssr")]
pub use confirm_address_page::ConfirmAddressPage;
#[cfg(feature = "ssr")]
pub use confirm_password_page::ConfirmPasswordPage;
#[cfg(feature = "ssr")]
pub(crate) use device_cookie::{caller, keep_device};
#[cfg(feature = "ssr")]
pub use forgot_password_page::ForgotPasswordPage;
#[cfg(feature = "ssr")]
pub use login_session::{LoginMark, SourceAddressText, VIEWER_KEY};
#[cfg(feature = "ssr")]
pub(crate) use login_session::{begin as begin_login_session, end as end_login_session};
#[cfg(feature = "ssr")]
pub(crate) use new_password_field::NewPasswordField;
pub use password_fns::{ChangePassword, ConfirmPassword, EstimatePassword, ForgotPassword, ResetPassword};
#[cfg(feature = "ssr")]
pub(crate) use privacy_fields::{
    LABELS as PRIVACY_LABELS, PrivacyDifferences, PrivacyFieldSet, stored_fields,
};
#[cfg(feature = "ssr")]
pub use profile_card::ProfileCard;
pub use profile_fns::{FollowGlobalPrivacy, OverridePrivacy, SaveNotifications, SavePrivacy, SaveProfile};
#[cfg(feature = "ssr")]
pub use reset_password_page::ResetPasswordPage;
pub use server_fns::{ConfirmAddress, ResendConfirmation, SignIn, SignOut, SignUp, WithdrawSignUp};
#[cfg(feature = "ssr")]
pub use settings::{
    AccountPage, BlockedHead, DevicesPage, NotificationsPage, PrivacyPage, ProfilePage, SecurityPage,
};
pub use settings_fns::{EndDevice, EndOtherDevices};
#[cfg(feature = "ssr")]
pub use sign_in_page::SignInPage;
#[cfg(feature = "ssr")]
pub use sign_up_page::{SignUpPage, SignUpSentPage};
