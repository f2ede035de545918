use domain::invitations::{BulkRow, Verdict};
use domain::organizations::OrganizationRole;
use domain::paging::PageRequest;
use domain::{AppError, Denied};
use services::ServiceError;
use services::accounts::Caller;
use services::invitations::{self, Accepted, AddressList, BulkFields, Key, TargetPath, Wish};
use services::organizations::{self, EventMemberships, MemberFilter};

use crate::support::{Member, TestApp};

fn refusal<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> AppError {
    match outcome {
        Err(ServiceError::Refused(refusal)) => refusal,
        other => panic!("a refusal: {other:?}"),
    }
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
    use OrganizationRole::{Admin, Member as Plain, Owner};
    assert_eq!(members().await, [row(a, Admin), row(m, Plain), row(o, Owner)], "by name");
    organizations::change_role(services, &adam.signed_in, &slug, m, Admin).await.unwrap();
    let own = organizations::change_role(services, &adam.signed_in, &slug, o, Plain).await;
    assert_eq!(refusal(own), Denied::OrganizationOwnersOnly.into());
    organizations::remove(services, &olivia.signed_in, &slug, m, EventMemberships::Stay).await.unwrap();
    assert_eq!(members().await, [row(a, Admin), row(o, Owner)]);

    let fields = BulkFields { addresses: format!("{}, {}", mia.email, adam.email), ..BulkFields::default() };
    let list = AddressList::parse(&fields).unwrap();
    let sent =
        invitations::create_many(services, &adam.signed_in, &path, &list, &wish("MEMBER")).await.unwrap();
    let expected = [(&mia.email, Verdict::Ok), (&adam.email, Verdict::Member)];
    assert_eq!(sent, expected.map(|(address, verdict)| BulkRow { address: address.clone(), verdict }));
    accept(&mia).await.unwrap();
    assert_eq!(members().await.len(), 3, "who was removed comes back by accepting");
}
