/// The id of nothing.
pub const NOBODY: &str = "00000000-0000-0000-0000-000000000001";

/// What a call is told whatever it is about.
pub const ALWAYS: [(&str, &str); 19] = [
    ("warning", NOBODY),
    ("emoji", "👍"),
    ("follow", "NOTHING"),
    ("open", "yes"),
    ("approve", "yes"),
    ("seconds", "0"),
    ("starred", "yes"),
    ("present", "yes"),
    ("mode", "check"),
    ("icebreaker", "Coffee?"),
    ("addresses", "somebody@example.org"),
    ("status", "CANCELLED"),
    ("list", "faqs"),
    ("client_message_id", NOBODY),
    ("muted", "yes"),
    ("picture", "logo"),
    ("before_seq", "1"),
    ("seq", "1"),
    ("version", "1"),
];
