//! Where settings come from: flags, the environment and the TOML file, in this order.

use std::collections::BTreeMap;
use std::path::Path;

use super::production::Problem;
use super::variables::{Default, VARIABLES, Variable};

/// All settings somebody gave, by the name of their variable. An empty value counts as not set.
#[derive(Debug, Default)]
pub struct Source(BTreeMap<&'static str, String>);

impl Source {
    /// The environment over the TOML file at `file` (or at `ATRIA_CONFIG`).
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or holds an unknown key.
    pub fn from_process(file: Option<&Path>) -> Result<Self, Problem> {
        let environment = Self::from_pairs(std::env::vars());
        let named = environment.get("ATRIA_CONFIG").map(Path::new);
        let mut source = match file.or(named) {
            Some(path) => Self::from_file(path)?,
            None => Self::default(),
        };
        source.0.extend(environment.0);
        Ok(source)
    }

    /// Settings by variable name; names that are not Atria's are ignored, as an environment is full of them.
    pub fn from_pairs<N: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut source = Self::default();
        for (name, value) in pairs {
            if let Some(variable) = VARIABLES.iter().find(|variable| variable.name == name.as_ref()) {
                source.set(variable.name, value);
            }
        }
        source
    }

    /// Sets one variable over whatever was there: flags use it.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.0.insert(name, value);
        }
    }

    /// What was given for `name`, if anything.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn from_file(path: &Path) -> Result<Self, Problem> {
        let at_fault = |wrong: String, mend: &str| Problem::new("ATRIA_CONFIG", wrong, mend);
        let text = std::fs::read_to_string(path).map_err(|error| {
            at_fault(format!("{} cannot be read: {error}", path.display()), "Name a readable TOML file.")
        })?;
        Self::from_toml(&text).map_err(|wrong| {
            at_fault(format!("{}: {wrong}", path.display()), "`atria serve --help` lists the settings.")
        })
    }

    fn from_toml(text: &str) -> Result<Self, String> {
        // Only where it broke: the error's own text quotes the line, which may hold a secret.
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let before = &text[..error.span().map_or(0, |span| span.start.min(text.len()))];
            format!("line {} is not TOML: {}", before.matches('\n').count() + 1, error.message())
        })?;
        let mut source = Self::default();
        for (key, value) in table {
            let variable = VARIABLES
                .iter()
                .find(|variable| variable.file_key() == key)
                .ok_or_else(|| format!("unknown setting `{key}`"))?;
            source.set(variable.name, plain(&value).ok_or_else(|| format!("`{key}` is not a plain value"))?);
        }
        Ok(source)
    }
}

/// A string, number, switch, or a list of those joined by commas.
fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Array(values) => Some(values.iter().map(plain).collect::<Option<Vec<_>>>()?.join(",")),
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

/// Reads typed values and collects everything that is wrong, so that one start shows all of it.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    source: &'a Source,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, problems: Vec::new() }
    }

    /// The value of `name`, or its default value; `None` when there is neither, or it is wrong (a problem is noted).
    pub(super) fn read<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let variable = Variable::named(name);
        let fallback = match variable.default {
            Default::Value(value) => Some(value),
            Default::Rule(_) => None,
        };
        let text = self.source.get(name).or(fallback)?;
        match parse(text.trim()) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.problems.push(Problem::new(variable.name, wrong, variable.what));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_wins_over_the_file() {
        let mut source = Source::from_toml(
            "bind = \"0.0.0.0:80\"\ndb_pool = 7\ntrusted_proxies = [\"::1\", \"10.0.0.1\"]",
        )
        .unwrap();
        source
            .0
            .extend(Source::from_pairs([("ATRIA_BIND", "127.0.0.1:9"), ("ATRIA_LOG", ""), ("HOME", "/")]).0);
        let given: Vec<(&str, &str)> = source.0.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(
            given,
            [
                ("ATRIA_BIND", "127.0.0.1:9"),
                ("ATRIA_DB_POOL", "7"),
                ("ATRIA_TRUSTED_PROXIES", "::1,10.0.0.1")
            ]
        );
    }

    #[test]
    fn an_unknown_key_in_the_file_is_an_error() {
        assert_eq!(Source::from_toml("bnid = \"x\"").unwrap_err(), "unknown setting `bnid`");
        assert!(Source::from_toml("[bind]\nport = 1").unwrap_err().contains("not a plain value"));
    }

    #[test]
    fn a_broken_file_is_reported_by_line_without_its_text() {
        let wrong = Source::from_toml("bind = \"a\"\nsecret_key = hunter2").unwrap_err();
        assert!(wrong.starts_with("line 2 is not TOML"), "{wrong}");
        assert!(!wrong.contains("hunter2"), "{wrong}");
    }
}
