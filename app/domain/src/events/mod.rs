//! Events: what they say about themselves, the states they go through, and what a visitor may do next.

mod accent;
mod advice;
mod dates;
mod details;
pub(crate) mod kinds;
mod policy;
mod publish;
mod sections;
mod settings;
mod transition;
mod visit;

pub use accent::{AccentColor, AccentColorError, ShownAccent};
pub use advice::{Advice, Advised};
pub use dates::{EventDates, EventDatesError};
pub use details::{Capacity, CapacityError, EventDescription, EventTitle, HostName, Venue};
pub use kinds::{EventFormat, EventStatus, EventType, EventVisibility, ProfanityMode};
pub use policy::{EventAction, Sight, assignable, invitable, may, sight};
pub use publish::{Missing, Readiness, missing_to_publish};
pub use sections::{
    Faq, HIGHLIGHT_ICONS, HeroText, Highlight, Icebreaker, MAX_FAQS, MAX_HIGHLIGHTS, MAX_ICEBREAKERS, Shift,
};
pub use settings::{AutoArchiveDays, ProfanityWords, RegistrationWindow, RoomClock, WindowState};
pub use transition::{Transition, TransitionFacts, transition};
pub use visit::{PrimaryAction, Programme, Registration, primary_action};
