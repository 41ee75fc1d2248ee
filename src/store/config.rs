//! The person's settings of the program: `config.toml`, read once at the start. What its values
//! mean is for others to say.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::files;
use super::strict;
use super::syntax;
use crate::model::problem::Problem;

/// What the config file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The file, which need not be there.
    pub path: PathBuf,
    /// Its settings, in the order of the file; none where the file can't be read.
    pub settings: Vec<Setting>,
    /// Why the file can't be read.
    pub problem: Option<Problem>,
}

/// One `name = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The names of its tables and its own, with dots between them: `keys.page.close`.
    pub name: String,
    /// The line it begins on, from 1.
    pub line: u32,
    /// What it is set to.
    pub given: Given,
}

/// What something is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// `"text"`; of a bare `true` or `false` that word.
    Text(String),
    /// `["a", "b"]`
    Texts(Vec<String>),
    /// Anything else.
    Other,
}

impl Given {
    /// The one text that it is.
    pub fn text(&self) -> Option<&str> {
        match self {
            Given::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a list, or the one text.
    pub fn texts(&self) -> Option<Vec<String>> {
        match self {
            Given::Text(text) => Some(vec![text.clone()]),
            Given::Texts(texts) => Some(texts.clone()),
            Given::Other => None,
        }
    }
}

impl Config {
    /// Reads the file; where there is none, nothing is set.
    pub fn read(path: &Path) -> Config {
        let none = Config {
            path: path.to_owned(),
            ..Config::default()
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return none,
            Err(error) => {
                let cure = "it has to be a text file in UTF-8";
                let problem = none.about(None, &files::cause(&error), cure);
                return Config {
                    problem: Some(problem),
                    ..none
                };
            }
        };
        let shown = path.display().to_string();
        let text = match syntax::as_text(&shown, &bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}'),
            Err(problem) => {
                return Config {
                    problem: Some(*problem),
                    ..none
                };
            }
        };
        match strict::parse(text) {
            Ok(table) => Config {
                settings: settings(&table, text),
                ..none
            },
            Err(broken) => {
                let line = u32::try_from(broken.line).ok();
                // The same in plainer words, where there are some.
                let problem = syntax::strict(&shown, text).into_iter().next();
                let problem = problem.unwrap_or_else(|| none.about(line, &broken.message, ""));
                Config {
                    problem: Some(problem),
                    ..none
                }
            }
        }
    }

    /// What the file sets this to.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// Something to say about a line of this file.
    pub fn about(&self, line: Option<u32>, message: &str, cure: &str) -> Problem {
        Problem {
            code: "config",
            path: self.path.display().to_string(),
            line,
            message: message.to_owned(),
            cure: cure.to_owned(),
            hint: false,
        }
    }
}

fn settings(table: &DeTable<'_>, text: &str) -> Vec<Setting> {
    let mut found = Vec::new();
    flatten("", table, &mut found);
    found.sort_by_key(|(at, ..)| *at);
    let settings = found.into_iter().map(|(at, name, given)| {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + syntax::line_breaks(before);
        Setting { name, line, given }
    });
    settings.collect()
}

/// The settings of a table and of those in it, each with its place. What is nested too deep for
/// this was refused by the parser.
fn flatten(front: &str, table: &DeTable<'_>, found: &mut Vec<(usize, String, Given)>) {
    for (key, value) in table {
        let name = format!("{front}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(&format!("{name}."), inner, found),
            value => found.push((key.span().start, name, given(value))),
        }
    }
}

fn given(value: &DeValue<'_>) -> Given {
    let text = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    match value {
        DeValue::String(text) => Given::Text(text.to_string()),
        DeValue::Boolean(yes) => Given::Text(yes.to_string()),
        DeValue::Array(items) => {
            let texts = items.iter().map(Spanned::get_ref).map(text);
            texts
                .collect::<Option<_>>()
                .map_or(Given::Other, Given::Texts)
        }
        _ => Given::Other,
    }
}
