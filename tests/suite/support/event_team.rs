use super::{Member, TestApp};

/// Olivia's published event with somebody in each role.
pub struct EventTeam {
    pub app: TestApp,
    pub event: String,
    pub olivia: Member,
    pub organizer: Member,
    pub moderator: Member,
    pub speaker: Member,
    pub attendee: Member,
}

impl EventTeam {
    pub async fn set() -> Self {
        let app = TestApp::start().await;
        let olivia = app.person("Olivia").await;
        let event = app.published(&olivia).await;
        let mut others = Vec::new();
        for (name, role) in
            [("Omar", "ORGANIZER"), ("Maya", "MODERATOR"), ("Sam", "SPEAKER"), ("Ada", "ATTENDEE")]
        {
            let person = app.person(name).await;
            app.join_event(&event, &person, role, "ACTIVE").await;
            others.push(person);
        }
        let [organizer, moderator, speaker, attendee] = others.try_into().ok().unwrap();
        Self { app, event, olivia, organizer, moderator, speaker, attendee }
    }

    /// A path below the event's.
    pub fn page(&self, below: &str) -> String {
        format!("/events/{}{below}", self.event)
    }
}
