use domain::FieldErrors;
use domain::attendees::EventRole;
use domain::search::SearchText;

/// What to look for in a directory.
#[derive(Debug, Clone, Default)]
pub struct DirectoryFilter {
    /// Part of a name, or of what else the viewer sees of a profile, or nothing.
    pub text: SearchText,
    pub role: Option<EventRole>,
}

impl DirectoryFilter {
    /// Reads `search` and `role` as they stand in an address; missing and empty mean everybody.
    ///
    /// # Errors
    /// [`FieldErrors`] on each that is none of its list.
    pub fn parse(search: Option<&str>, role: Option<&str>) -> Result<Self, FieldErrors> {
        let role = match role.filter(|role| !role.is_empty()) {
            None => None,
            Some(role) => Some(
                EventRole::from_stored(role)
                    .ok_or_else(|| FieldErrors::one("role", "Choose one of the list, or leave it away."))?,
            ),
        };
        Ok(Self { text: SearchText::parse(search)?, role })
    }
}
