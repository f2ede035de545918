//! Looking at a page the way a person does: headings, text, fields and their messages.

use scraper::{ElementRef, Selector};

pub struct Html(scraper::Html);

impl Html {
    pub fn parse(body: &str) -> Self {
        Self(scraper::Html::parse_document(body))
    }

    /// The texts of all matching elements, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector).into_iter().map(text).collect()
    }

    /// The text of the one matching element.
    pub fn text(&self, selector: &str) -> String {
        let mut found = self.texts(selector);
        assert_eq!(found.len(), 1, "one {selector:?} on the page, found {found:?}");
        found.remove(0)
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.select(selector).is_empty()
    }

    /// An attribute of every matching element.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.select(selector).iter().filter_map(|element| element.attr(name)).map(ToOwned::to_owned).collect()
    }

    /// The value of a form field: what the person would see or send.
    pub fn value(&self, field: &str) -> String {
        let found = self.select(&format!("[name={field}]"));
        let element = found.first().unwrap_or_else(|| panic!("a field {field:?} on the page"));
        match element.value().name() {
            "textarea" => element.text().collect::<String>().trim_start_matches('\n').to_owned(),
            "select" => self.attributes(&format!("select[name={field}] option[selected]"), "value").join(","),
            _ => element.attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// The server function of every form, with the names of the fields a browser sends there; files apart.
    pub fn forms(&self) -> Vec<(String, Vec<String>)> {
        let named = Selector::parse("[name]:not([type=file])").expect("a selector");
        let of_form = |form: &ElementRef<'_>| {
            let names = form.select(&named).filter_map(|field| field.attr("name")).map(ToOwned::to_owned);
            (form.attr("action").unwrap_or_default().to_owned(), names.collect())
        };
        self.select("form[action^='/api/']").iter().map(of_form).collect()
    }

    /// The message at a field.
    pub fn field_error(&self, field: &str) -> Option<String> {
        self.texts(&format!("#error-{field}")).into_iter().next()
    }

    fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.0.select(&selector).collect()
    }
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
