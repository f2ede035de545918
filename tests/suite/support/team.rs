use http::StatusCode;

use super::{Member, TestApp};

/// An organization: Olivia owns it, Adam is an admin, Mia a member, Otto outside.
pub struct Team {
    pub slug: String,
    pub olivia: Member,
    pub adam: Member,
    pub mia: Member,
    pub otto: Member,
}

impl Team {
    pub async fn of_four(app: &TestApp) -> Self {
        let (olivia, adam, mia, otto) =
            tokio::join!(app.person("Olivia"), app.person("Adam"), app.person("Mia"), app.person("Otto"));
        let slug = app.organization(&olivia, "Atria Test").await;
        app.join_organization(&slug, &adam, "ADMIN").await;
        app.join_organization(&slug, &mia, "MEMBER").await;
        Self { slug, olivia, adam, mia, otto }
    }

    /// The path of one of its pages: empty for the first.
    pub fn path(&self, below: &str) -> String {
        format!("/organizations/{}{below}", self.slug)
    }

    pub async fn change(&self, who: &Member, whom: &Member, role: &str) -> StatusCode {
        let user = whom.signed_in.user.to_string();
        let fields = [("organization", self.slug.as_str()), ("user", &user), ("role", role)];
        who.browser.status("/api/organizations/change_role", &fields).await
    }

    pub async fn remove(&self, who: &Member, whom: &Member) -> StatusCode {
        let user = whom.signed_in.user.to_string();
        let fields = [("organization", self.slug.as_str()), ("user", &user)];
        who.browser.status("/api/organizations/remove_member", &fields).await
    }

    pub async fn leave(&self, who: &Member) -> StatusCode {
        who.browser.status("/api/organizations/leave", &[("organization", self.slug.as_str())]).await
    }

    /// As the list shows them, in the order of names.
    pub async fn roles(&self) -> Vec<String> {
        self.olivia.browser.get(&self.path("/members")).await.html().texts(".row .badge")
    }

    /// The log as this owner or admin reads it, the newest line first, without times.
    pub async fn log(&self, who: &Member) -> Vec<String> {
        who.browser.get(&self.path("/audit")).await.html().texts(".row p:first-child")
    }
}
