use askama::Template;

/// A mail ready to store: one line of subject, and the same words as HTML and as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// The words of one mail in the order they are read; both parts are made from it, so they never disagree.
///
/// Every text is plain: the HTML part escapes it. Only [`Button::link`] and those of [`Letter::more`] become links.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// Somebody's own words, by line; shown as a quotation.
    pub quote: Vec<String>,
    /// Label and value, as "When" and a date.
    pub facts: Vec<(&'static str, String)>,
    pub button: Button<'a>,
    /// What else one may want to open: what is there, and its link, as safe as the button's.
    pub more: Vec<(&'static str, String)>,
    /// After the button.
    pub notes: Vec<String>,
    /// Why the person got this.
    pub reason: &'static str,
}

#[derive(Debug)]
pub(super) struct Button<'a> {
    pub label: &'static str,
    /// Under the configured public address; never from people's text.
    pub link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct HtmlPart<'a> {
    /// The subject; some programs make links of what looks like one, even there.
    title: String,
    letter: &'a Letter<'a>,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct TextPart<'a> {
    letter: &'a Letter<'a>,
}

impl Letter<'_> {
    pub fn render(&self) -> Rendered {
        let html = HtmlPart { title: inert(&self.subject), letter: self }
            .render()
            .expect("writing into a string can't fail");
        let text = TextPart { letter: self }.render().expect("writing into a string can't fail");
        Rendered { subject: one_line(&self.subject), html, text }
    }
}

/// People's text as a header may hold it: control characters and runs of blanks become one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The lines of people's text that say something, each made [`inert`].
pub(super) fn inert_lines(text: &str) -> Vec<String> {
    text.lines().map(inert).filter(|line| !line.is_empty()).collect()
}

/// People's text for a body: on one line, and no mail program makes a link of it.
///
/// An invisible word joiner (U+2060) goes where an address would hold together, because a stranger can put
/// `http://evil.example` into a name and have us mail it to anybody (pretix, CVE-2026-2415).
pub(super) fn inert(text: &str) -> String {
    let line = one_line(text);
    let mut inert = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        inert.push(c);
        let binds = match c {
            '.' | '@' => rest.peek().is_some_and(|next| next.is_alphanumeric()),
            ':' => rest.peek() == Some(&'/'),
            _ => false,
        };
        if binds {
            inert.push('\u{2060}');
        }
    }
    inert
}
