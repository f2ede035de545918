use domain::events::EventStatus;
use domain::invitations::{BulkRow, TargetKind, Verdict};
use domain::organizations::OrganizationRole;
use domain::paging::PageRequest;
use domain::{AppError, Conflict, Denied};
use services::ServiceError;
use services::accounts::Caller;
use services::invitations::{self, Accepted, AddressList, BulkFields, Key, TargetPath, Wish};
use services::organizations::{self, EventMemberships, MemberFilter, NewOrganization, SettingsFields};
use time::Duration;

use crate::support::cast::PASSWORD;
use crate::support::{EventForm, Member, Team, TestApp};

fn refusal<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> AppError {
    match answer {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("a refusal, not {other:?}"),
    }
}

#[tokio::test]
async fn create_organization() {
    let app = TestApp::start().await;
    let olivia = app.person("Olivia").await;
    for n in 0..20 {
        let slug = app.organization(&olivia, &format!("Club {n}")).await;
        let created = organizations::find(&app.services, &olivia.signed_in, &slug).await.unwrap();
        assert_eq!((created.role, created.member_count), (OrganizationRole::Owner, 1));
    }
    let key = "00000000-0000-0000-0000-000000000001";
    let new = NewOrganization::parse("One more", "", "", key).unwrap();
    let refused = refusal(organizations::create(&app.services, &olivia.signed_in, &new).await);
    assert_eq!(refused, Conflict::TooManyOrganizations { max: 20 }.into());

    let olivias = app.login_session_of(&olivia).await;
    organizations::delete(&app.services, &olivias, "club-0", "Club 0").await.unwrap();
    app.organization(&olivia, "One more").await;
    let gone = organizations::deleted(&app.services, &olivias).await.unwrap().remove(0);
    let restored = organizations::restore(&app.services, &olivias, gone.id).await;
    assert_eq!(refusal(restored), Conflict::TooManyOrganizations { max: 20 }.into(), "bringing back too");

    let team_owner = app.person("Tara").await;
    let slug = app.organization(&team_owner, "Tara's").await;
    app.join_organization(&slug, &olivia, "ADMIN").await;
    let user = olivia.signed_in.user;
    let role = OrganizationRole::Owner;
    let given = organizations::change_role(&app.services, &team_owner.signed_in, &slug, user, role).await;
    assert_eq!(refusal(given), Conflict::TooManyOrganizations { max: 20 }.into(), "a gift counts too");
}

#[tokio::test]
async fn transfer_ownership() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let olivia = app.login_session_of(&team.olivia).await;
    let (mia, name) = (Some(team.mia.signed_in.user), "Atria Test");
    let transfer =
        async |who, to| organizations::transfer_ownership(&app.services, who, &team.slug, to, name).await;
    assert!(matches!(refusal(transfer(&olivia, None).await), AppError::Invalid(_)), "nobody chosen");
    let stranger = Some(team.otto.signed_in.user);
    assert!(matches!(refusal(transfer(&olivia, stranger).await), AppError::Invalid(_)), "no member");
    app.wait(Duration::minutes(11));
    assert_eq!(refusal(transfer(&olivia, mia).await), Denied::SignInNotRecent.into());
    team.olivia.browser.sign_in(&team.olivia.email, PASSWORD).await;
    let olivia = app.login_session_of(&team.olivia).await;
    let (one, other) = tokio::join!(transfer(&olivia, mia), transfer(&olivia, mia));
    assert!(one.is_ok() != other.is_ok(), "of two at once one: {one:?} {other:?}");
    let role = async |who| organizations::find(&app.services, who, &team.slug).await.unwrap().role;
    assert_eq!(role(&olivia).await, OrganizationRole::Admin);
    assert_eq!(role(&team.mia.signed_in).await, OrganizationRole::Owner);
}

#[tokio::test]
async fn organization_stats() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let first = app.published_in(&team.olivia, &team.slug).await;
    let second = app.published_in(&team.olivia, &team.slug).await;
    app.draft(&team.olivia, &team.slug, EventForm::default()).await;
    let (ada, ben) = (app.person("Ada").await, app.person("Ben").await);
    app.register(&ada, &first).await;
    app.wait(Duration::days(40));
    app.register(&ada, &second).await;
    app.register(&ben, &second).await;
    let zoe = app.person("Zoe").await;
    let zoo = app.organization(&zoe, "Zoo").await;
    let elsewhere = app.published_in(&zoe, &zoo).await;
    app.register(&ben, &elsewhere).await;

    let found = organizations::statistics(&app.services, &team.adam.signed_in, &team.slug).await.unwrap();
    let roles = [OrganizationRole::Owner, OrganizationRole::Admin, OrganizationRole::Member];
    assert_eq!(found.members, roles.map(|role| (role, 1)));
    let counts = [(EventStatus::Draft, 1), (EventStatus::Published, 2)];
    assert_eq!(found.events[..2], counts);
    assert_eq!(found.people_reached, 3, "Ada once, Ben, and Olivia who runs them");
    let by_month: Vec<i64> = found.registrations.iter().map(|(_, count)| *count).collect();
    assert_eq!(by_month, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2], "May and June 2026");
    let refused = organizations::statistics(&app.services, &team.mia.signed_in, &team.slug).await;
    assert_eq!(refusal(refused), Denied::OrganizationAdminsOnly.into());
}

#[tokio::test]
async fn member_management() {
    let app = TestApp::start().await;
    let (olivia, adam, mia) = (app.person("Olivia").await, app.person("Adam").await, app.person("Mia").await);
    let slug = app.organization(&olivia, "Atria Test").await;
    let path = TargetPath::organization(&slug);
    let wish = |role: &str| Wish { role: role.to_owned(), message: String::new() };
    let services = &app.services;
    let invite = async |who: &Member, whom: &Member, role: &str| {
        invitations::create(services, &who.signed_in, &path, &whom.email, &wish(role)).await
    };
    let accept = async |who: &Member| {
        let id = app.invitation_of(&who.email).await.parse().unwrap();
        invitations::accept(services, &who.signed_in, Key::Id(id), &Caller::default()).await
    };
    invite(&olivia, &adam, "ADMIN").await.unwrap();
    assert_eq!(accept(&adam).await.unwrap(), (format!("/organizations/{slug}"), Accepted::AsInvited));
    invite(&adam, &mia, "MEMBER").await.unwrap();
    accept(&mia).await.unwrap();
    assert_eq!(refusal(invite(&mia, &mia, "MEMBER").await), Denied::OrganizationAdminsOnly.into());

    let members = async || {
        let (filter, request) = (MemberFilter::default(), PageRequest::parse(None, None).unwrap());
        let page =
            organizations::members(services, &olivia.signed_in, &slug, &filter, request).await.unwrap();
        page.members.items.into_iter().map(|member| (member.user, member.role)).collect::<Vec<_>>()
    };
    let (a, m, o) = (adam.signed_in.user, mia.signed_in.user, olivia.signed_in.user);
    let row = |user, role| (user, role);
    let (admin, plain, owner) = (OrganizationRole::Admin, OrganizationRole::Member, OrganizationRole::Owner);
    assert_eq!(members().await, [row(a, admin), row(m, plain), row(o, owner)], "by name");
    organizations::change_role(services, &adam.signed_in, &slug, m, admin).await.unwrap();
    let own = organizations::change_role(services, &adam.signed_in, &slug, o, plain).await;
    assert_eq!(refusal(own), Denied::OrganizationOwnersOnly.into());
    organizations::remove(services, &olivia.signed_in, &slug, m, EventMemberships::Stay).await.unwrap();
    assert_eq!(members().await, [row(a, admin), row(o, owner)]);

    let fields = BulkFields { addresses: format!("{}, {}", mia.email, adam.email), ..BulkFields::default() };
    let list = AddressList::parse(&fields, TargetKind::Organization).unwrap();
    let sent =
        invitations::create_many(services, &adam.signed_in, &path, &list, &wish("MEMBER")).await.unwrap();
    let expected = [(&mia.email, Verdict::Ok), (&adam.email, Verdict::Member)];
    assert_eq!(sent.rows, expected.map(|(address, verdict)| BulkRow { address: address.clone(), verdict }));
    accept(&mia).await.unwrap();
    assert_eq!(members().await.len(), 3, "who was removed comes back by accepting");
}

#[tokio::test]
async fn mails_of_an_organization_carry_the_name_it_chose() {
    let app = TestApp::start().await;
    let team = Team::of_four(&app).await;
    let target = format!("organizations/{}", team.slug);
    let sender = async |guest: &str| {
        let invited = app.try_invite(&team.olivia, &target, guest, "MEMBER").await;
        assert_eq!(invited.status, http::StatusCode::OK);
        app.inbox.next_for(guest).await.from_name
    };
    assert_eq!(sender("one@example.org").await, "Atria", "none chosen yet");
    let fields = SettingsFields {
        name: "Atria Test".to_owned(),
        slug: team.slug.clone(),
        mail_from_name: "Harbour".to_owned(),
        ..SettingsFields::default()
    };
    organizations::save_settings(&app.services, &team.olivia.signed_in, &team.slug, &fields, 1)
        .await
        .unwrap();
    assert_eq!(sender("two@example.org").await, "Harbour (via Atria)", "ours stays behind it");
}
