use uuid::Uuid;

use super::TestApp;

impl TestApp {
    /// An open report about somebody in an event, filed by another.
    pub async fn report_about(&self, event: &str, reporter: Uuid, person: Uuid, text: &str) -> String {
        let id = self.services.rng.id(self.services.clock.now());
        sqlx::query(
            "insert into reports (id, event_id, reporter_id, target_kind, target_id, person_id, organizers_only, reason,
                                  body, snapshot, status, created_at)
             select $1, e.id, $3, 'PERSON', $4, $4, false, 'OTHER', $5, '[]', 'OPEN', now()
               from events e where e.slug = $2",
        )
        .bind(id)
        .bind(event)
        .bind(reporter)
        .bind(person)
        .bind(text)
        .execute(&self.services.db)
        .await
        .unwrap();
        id.to_string()
    }
}
