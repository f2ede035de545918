//! Inviting as the form does, and what became of it.

use http::StatusCode;

use super::cast::PASSWORD;
use super::{Answer, Member, TestApp};

impl TestApp {
    /// Invites through the call; answers as it does.
    pub async fn try_invite(&self, inviter: &Member, target: &str, email: &str, role: &str) -> Answer {
        let fields = [("target", target), ("email", email), ("role", role), ("message", "Please come.")];
        inviter.browser.call("/api/invitations/invite", &fields).await
    }

    /// Invites, and answers the token of the mail that came.
    pub async fn invite(&self, inviter: &Member, target: &str, email: &str, role: &str) -> String {
        let answer = self.try_invite(inviter, target, email, role).await;
        assert_eq!(answer.status, StatusCode::OK, "{email} is invited: {}", answer.body);
        loop {
            let mail = self.inbox.next_for(email).await;
            if mail.text.contains("/invitations/") {
                return mail.token("invitations");
            }
        }
    }

    /// The status of accepting by a link.
    pub async fn accept(&self, person: &Member, token: &str) -> StatusCode {
        person.browser.status("/api/invitations/accept", &[("token", token)]).await
    }

    /// The status of making an account by a link, in a new browser.
    pub async fn join(&self, token: &str, first_name: &str) -> StatusCode {
        let fields = [("token", token), ("first_name", first_name), ("password", PASSWORD)];
        self.browser().status("/api/invitations/join", &fields).await
    }

    /// Until no mail is on its way any more.
    pub async fn until_delivered(&self) {
        let waiting = "select count(*) from outbox_mails where sent_at is null and failed_at is null";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&self.services.db).await.expect("mails") > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// The id of the open invitation of an address, or else of its newest.
    pub async fn invitation_of(&self, address: &str) -> String {
        let id: uuid::Uuid = sqlx::query_scalar(
            "select id from invitations where address = $1
              order by status = 'PENDING' desc, created_at desc, id desc limit 1",
        )
        .bind(address)
        .fetch_one(&self.services.db)
        .await
        .expect("an invitation");
        id.to_string()
    }

    /// Status of the newest invitation of an address.
    pub async fn invitation_status(&self, address: &str) -> String {
        sqlx::query_scalar(
            "select status from invitations where address = $1 order by created_at desc, id desc limit 1",
        )
        .bind(address)
        .fetch_one(&self.services.db)
        .await
        .expect("an invitation")
    }

    /// Role and status of everybody in an event, by address.
    pub async fn event_members(&self, event: &str) -> Vec<(String, String, String)> {
        sqlx::query_as(
            "select u.email, m.role, m.status from event_members m join users u on u.id = m.user_id
               join events e on e.id = m.event_id where e.slug = $1 order by u.email",
        )
        .bind(event)
        .fetch_all(&self.services.db)
        .await
        .expect("members can be read")
    }

    /// Role of everybody in an organization, by address.
    pub async fn organization_members(&self, organization: &str) -> Vec<(String, String)> {
        sqlx::query_as(
            "select u.email, m.role from organization_members m join users u on u.id = m.user_id
               join organizations o on o.id = m.organization_id where o.slug = $1 order by u.email",
        )
        .bind(organization)
        .fetch_all(&self.services.db)
        .await
        .expect("members can be read")
    }
}
