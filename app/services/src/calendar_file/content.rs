/// Longest line in bytes, without its end (RFC 5545, 3.1).
const MAX_LINE_BYTES: usize = 75;

/// The lines of a calendar file as they are written.
#[derive(Debug, Default)]
pub(crate) struct Content {
    text: String,
}

impl Content {
    /// A value that needs no escaping: ours, or made of digits and letters.
    pub fn raw(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{value}"));
    }

    /// A person's text (RFC 5545, 3.3.11). Nothing in it ends a line or a value.
    pub fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() && c != '\t' => {}
                c => escaped.push(c),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }

    /// Folds between characters, never inside one.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > MAX_LINE_BYTES {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    pub fn into_file(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_no_line_and_no_value() {
        let mut content = Content::default();
        content.text("SUMMARY", "a;b,c\\d\nEND:VEVENT\r\0");
        assert_eq!(content.into_file(), "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut content = Content::default();
        let title = "ä".repeat(120);
        content.text("SUMMARY", &title);
        let file = content.into_file();
        let lines: Vec<&str> = file.trim_end().split("\r\n").collect();
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= MAX_LINE_BYTES), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
        assert_eq!(file.replace("\r\n ", "").trim_end(), format!("SUMMARY:{title}"));
    }
}
