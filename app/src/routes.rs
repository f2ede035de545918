//! Every page path on one page, and whether it carries islands.

use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute as _};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::accounts::{
    AccountPage, AddressChangePage, AddressUndoPage, ConfirmAddressPage, ConfirmPasswordPage, DevicesPage,
    ForgotPasswordPage, NotificationsPage, PrivacyPage, ProfilePage, ResetPasswordPage, SecurityPage,
    SignInPage, SignUpPage, SignUpSentPage,
};
use crate::agenda::{
    AgendaEditorPage, AgendaPage, EditSessionPage, NewSessionPage, SessionPage, SpeakerPage, SpeakersPage,
    TrackPage, TracksPage, VenueRoomPage, VenueRoomsPage,
};
use crate::attendees::{
    AddPeoplePage, CheckInPage, EventStatisticsPage, MemberPage, OwnPlacePage, PeoplePage, SeveralPeoplePage,
};
use crate::attending::{AttendancePage, ChangesPage};
use crate::calendars::CalendarPage;
use crate::chat::{FollowPage, MessagePage, RoomBoardPage, RoomListPage, RoomPage, RoomSettingsPage};
use crate::connections::{BlockedPage, ContactsPage};
use crate::conversations::{ConversationPage, DirectMessagePage, InboxPage};
use crate::dev_mail::{DevMailListPage, DevMailPage};
use crate::directory::{DirectoryPage, MemberProfilePage, PersonPage};
use crate::error_pages::{NotFoundPage, OfflinePage};
use crate::events::{
    EditEventPage, EventContentPage, EventDangerPage, EventListPage, EventPage, EventSettingsPage,
    ManageEventPage, NewEventPage, NowPage, PublicEventsPage,
};
use crate::invitations::{
    EventInvitationsPage, InvitationPage, InviteManyToEventPage, InviteManyToOrganizationPage,
    OrganizationInvitationsPage,
};
use crate::landing::LandingPage;
use crate::moderation::{
    ModeratedPersonPage, ModerationLogPage, ModerationQueuePage, OwnReportsPage, ReportPage,
};
use crate::notifications::{NotificationCentrePage, UnsubscribePage};
use crate::organizations::{
    AuditPage, DeletedOrganizationsPage, HomePage, MembersPage, NewOrganizationPage, OrganizationEventsPage,
    OrganizationPage, OrganizationSettingsPage, OwnershipPage, StatisticsPage,
};
use crate::session_import::ImportSessionsPage;
use crate::sponsors::{
    NewSponsorPage, SponsorBoardPage, SponsorPage, SponsorTierPage, SponsorTiersPage, SponsorsPage,
};
use crate::streaming::{StagePage, StreamPage, StreamingSettingsPage};
use crate::uploads::BrandingPage;

/// Whether the page at a path carries islands: chat rooms and conversations do, all else is plain HTML and ships no WASM.
#[must_use]
pub fn is_live(path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    matches!(
        (segments.next(), segments.next(), segments.next(), segments.next(), segments.next()),
        (Some("events"), Some(_), Some("rooms"), Some(_), None) | (Some("inbox"), Some(_), None, None, None)
    )
}

/// All pages. `SsrMode::Async` everywhere: status and title are right because the page is complete.
#[component]
pub fn Routed() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=LandingPage ssr=SsrMode::Async/>
                <Route path=path!("/signup") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/signup/sent") view=SignUpSentPage ssr=SsrMode::Async/>
                <Route path=path!("/verify/:token") view=ConfirmAddressPage ssr=SsrMode::Async/>
                <Route path=path!("/signin") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/reset") view=ForgotPasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/reset/:token") view=ResetPasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/confirm-password") view=ConfirmPasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/unsubscribe/:token") view=UnsubscribePage ssr=SsrMode::Async/>
                <Route path=path!("/address/:token") view=AddressChangePage ssr=SsrMode::Async/>
                <Route path=path!("/address/undo/:token") view=AddressUndoPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/profile") view=ProfilePage ssr=SsrMode::Async/>
                <Route path=path!("/settings/privacy") view=PrivacyPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/notifications") view=NotificationsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/security") view=SecurityPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/devices") view=DevicesPage ssr=SsrMode::Async/>
                <Route path=path!("/home") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async/>
                <Route path=path!("/inbox/:conversation") view=ConversationPage ssr=SsrMode::Async/>
                <Route path=path!("/inbox/:conversation/messages/:message") view=DirectMessagePage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/new") view=NewOrganizationPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/deleted") view=DeletedOrganizationsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization") view=OrganizationPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/members") view=MembersPage ssr=SsrMode::Async/>
                <Route path=path!("/invitations/:token") view=InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/invitations") view=OrganizationInvitationsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/invitations/many") view=InviteManyToOrganizationPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/statistics") view=StatisticsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/audit") view=AuditPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/settings") view=OrganizationSettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/settings/streaming") view=StreamingSettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/danger") view=OwnershipPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/events") view=OrganizationEventsPage ssr=SsrMode::Async/>
                <Route path=path!("/organizations/:organization/events/new") view=NewEventPage ssr=SsrMode::Async/>
                <Route path=path!("/events") view=PublicEventsPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event") view=EventPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/now") view=NowPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/me") view=OwnPlacePage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/rooms") view=RoomListPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/rooms/:room") view=RoomPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/rooms/:room/follow") view=FollowPage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/rooms/:room/messages/:message") view=MessagePage ssr=SsrMode::Async/>
                <Route path=path!("/events/:event/sponsors") view=SponsorsPage ssr=SsrMode::Async/>
                <Route path=path!("/report") view=ReportPage ssr=SsrMode::Async/>
                <Route path=path!("/reports") view=OwnReportsPage ssr=SsrMode::Async/>
                <Route path=path!("/notifications") view=NotificationCentrePage ssr=SsrMode::Async/>
                <PeopleRoutes/>
                <AgendaRoutes/>
                <ManageEventRoutes/>
                <Route path=path!("/offline") view=OfflinePage ssr=SsrMode::Async/>
                <Route path=path!("/dev/mail") view=DevMailListPage ssr=SsrMode::Async/>
                <Route path=path!("/dev/mail/:mail") view=DevMailPage ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

/// People as others see them, and what there is between them.
#[component(transparent)]
fn PeopleRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/events/:event/people") view=DirectoryPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/people/:person") view=MemberProfilePage ssr=SsrMode::Async/>
        <Route path=path!("/people/:person") view=PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/connections") view=ContactsPage ssr=SsrMode::Async/>
        <Route path=path!("/settings/blocked") view=BlockedPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// The agenda of an event: what everybody reads, and the organizers' editor.
#[component(transparent)]
fn AgendaRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/events/:event/changes") view=ChangesPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/calendar") view=CalendarPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/sessions/:session/sign-ups") view=AttendancePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/sessions/:session/stage") view=StagePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/agenda") view=AgendaPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/sessions/:session") view=SessionPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/speakers") view=SpeakersPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/speakers/:speaker") view=SpeakerPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/import") view=ImportSessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/:session/stream") view=StreamPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda") view=AgendaEditorPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/new") view=NewSessionPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/rooms") view=VenueRoomsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/rooms/:venue_room") view=VenueRoomPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/tracks") view=TracksPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/tracks/:track") view=TrackPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/agenda/:session") view=EditSessionPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// What organizers open below their event.
#[component(transparent)]
fn ManageEventRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/events/:event/manage/sponsors") view=SponsorBoardPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/sponsors/new") view=NewSponsorPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/sponsors/tiers") view=SponsorTiersPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/sponsors/tiers/:tier") view=SponsorTierPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/sponsors/:sponsor") view=SponsorPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage") view=ManageEventPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/details") view=EditEventPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/content") view=EventContentPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/content/:list") view=EventListPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/settings") view=EventSettingsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/danger") view=EventDangerPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/rooms") view=RoomBoardPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/rooms/:room") view=RoomSettingsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/branding") view=BrandingPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/people") view=PeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/people/add") view=AddPeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/people/several") view=SeveralPeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/check-in") view=CheckInPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/statistics") view=EventStatisticsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/people/:member") view=MemberPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/moderation") view=ModerationQueuePage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/moderation/people/:member") view=ModeratedPersonPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/log") view=ModerationLogPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/invitations") view=EventInvitationsPage ssr=SsrMode::Async/>
        <Route path=path!("/events/:event/manage/invitations/many") view=InviteManyToEventPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
