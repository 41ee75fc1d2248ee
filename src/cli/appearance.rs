//! From flags, environment and config file to how the program on screen looks.

use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::context::{Color, Global};
use crate::model::problem::Problem;
use crate::store::config::{Config, Setting};
use crate::ui::appearance::Appearance;
use crate::ui::keymap::{Keymap, Refused, Wish};
use crate::ui::theme::{Depth, Theme, ThemeName};
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::text::visible;

/// In front of the names of keys.
const KEYS: &str = "keys.";

/// Asks the environment.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Reads `--theme`.
pub fn theme_parser() -> impl TypedValueParser<Value = ThemeName> {
    PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::word))
        .map(|word| ThemeName::from_word(&word).unwrap_or_default())
}

/// Reads `--glyphs`.
pub fn glyphs_parser() -> impl TypedValueParser<Value = Glyphs> {
    PossibleValuesParser::new(Glyphs::ALL.map(Glyphs::word))
        .map(|word| Glyphs::from_word(&word).unwrap_or_default())
}

/// What the person chose, the flags before the environment and that before the config file, and
/// what of the config file and the environment can't be followed.
pub fn chosen(global: &Global, config: &Config, env: Env<'_>) -> (Appearance, Vec<Problem>) {
    let mut choice = Choice {
        config,
        env,
        problems: config.problem.iter().cloned().collect(),
    };
    let theme = choice.word("theme", global.theme, ThemeName::from_word, || {
        listed(&ThemeName::ALL.map(ThemeName::word))
    });
    let glyphs = choice.word("glyphs", global.glyphs, Glyphs::from_word, || {
        listed(&Glyphs::ALL.map(Glyphs::word))
    });
    let on_or_off = |word: &str| match word {
        "on" | "true" => Some(true),
        "off" | "false" => Some(false),
        _ => None,
    };
    let mouse = choice.word("mouse", None, on_or_off, || listed(&["on", "off"]));
    let romaji = choice.word("romaji", None, on_or_off, || listed(&["on", "off"]));
    let keys = choice.keys();
    choice.unknown();
    let mut problems = choice.problems;
    problems.sort_by_key(|problem| problem.line);
    let appearance = Appearance {
        glyphs: glyphs.unwrap_or_else(|| glyphs_of_locale(env)),
        theme: Theme::new(theme.unwrap_or_default(), depth(global.color, env)),
        keys,
        leaves_mouse: mouse == Some(false),
        without_romaji: romaji == Some(false),
        notice: notice(&problems),
    };
    (appearance, problems)
}

/// All problems in the one line that there is on screen.
fn notice(problems: &[Problem]) -> Option<String> {
    let (first, more) = problems.split_first()?;
    let first = first.to_string();
    let first = visible(&first);
    Some(match more.len() {
        0 => first.into_owned(),
        count => format!("{first}, and {count} more: `goodwill list` tells them all"),
    })
}

struct Choice<'a> {
    config: &'a Config,
    env: Env<'a>,
    problems: Vec<Problem>,
}

impl Choice<'_> {
    /// One of a few words, from the flag, else `GOODWILL_…`, else the config file.
    fn word<T>(
        &mut self,
        name: &str,
        flag: Option<T>,
        read: fn(&str) -> Option<T>,
        words: impl Fn() -> String,
    ) -> Option<T> {
        if flag.is_some() {
            return flag;
        }
        let variable = format!("GOODWILL_{}", name.to_uppercase());
        if let Some(given) = (self.env)(&variable).filter(|given| !given.is_empty()) {
            let given = given.to_string_lossy();
            if let Some(value) = read(&given) {
                return Some(value);
            }
            self.problems.push(Problem {
                path: variable,
                ..self
                    .config
                    .about(None, &format!("there is no {name} {given:?}"), &words())
            });
        }
        let setting = self.config.get(name)?;
        let value = setting.given.text().and_then(read);
        if value.is_none() {
            let message = match setting.given.text() {
                Some(text) => format!("there is no {name} {text:?}"),
                None => format!("`{name}` is not a word in quotes"),
            };
            self.tell(setting, &message, &words());
        }
        value
    }

    /// The keys of the person's own.
    fn keys(&mut self) -> Keymap {
        let mut wishes = Vec::new();
        for setting in &self.config.settings {
            let Some(name) = setting.name.strip_prefix(KEYS) else {
                continue;
            };
            match setting.given.texts() {
                Some(keys) => wishes.push(Wish {
                    name: name.to_owned(),
                    keys,
                    line: setting.line,
                }),
                None => {
                    let message = format!("the keys of `{name}` are no keys in quotes");
                    let cure = format!("write \"{name}\" = [\"x\", \"ctrl-x\"]");
                    let problem = self.config.about(Some(setting.line), &message, &cure);
                    self.problems.push(problem);
                }
            }
        }
        let (keymap, refused) = Keymap::new(&wishes);
        for Refused {
            line,
            message,
            cure,
        } in refused
        {
            let problem = self.config.about(Some(line), &message, &cure);
            self.problems.push(problem);
        }
        keymap
    }

    fn unknown(&mut self) {
        for setting in &self.config.settings {
            match setting.name.as_str() {
                "theme" | "glyphs" | "mouse" | "romaji" => {}
                // Wrong ones are told where the journal is looked for.
                "journal" => {}
                name if name.starts_with(KEYS) => {}
                name => {
                    let message = format!("no setting is called `{name}`");
                    let cure = "there are journal, glyphs, mouse, romaji, theme and the table keys";
                    self.problems
                        .push(self.config.about(Some(setting.line), &message, cure));
                }
            }
        }
    }

    fn tell(&mut self, setting: &Setting, message: &str, cure: &str) {
        let problem = self.config.about(Some(setting.line), message, cure);
        self.problems.push(problem);
    }
}

fn listed(words: &[&str]) -> String {
    format!("there are {}", words.join(", "))
}

fn value(env: Env<'_>, name: &str) -> Option<String> {
    let value = env(name).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

/// ASCII where the locale says that its text is not UTF-8.
fn glyphs_of_locale(env: Env<'_>) -> Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| value(env, name));
    match locale.map(|locale| locale.to_lowercase()) {
        Some(locale) if !locale.contains("utf-8") && !locale.contains("utf8") => Glyphs::Ascii,
        _ => Glyphs::Unicode,
    }
}

/// How many colours the terminal shows, as far as the environment tells.
fn depth(color: Color, env: Env<'_>) -> Depth {
    if color == Color::Never || value(env, "NO_COLOR").is_some() {
        return Depth::None;
    }
    let all = value(env, "COLORTERM").is_some_and(|it| it == "truecolor" || it == "24bit");
    let many = value(env, "TERM").is_some_and(|it| it.contains("256color"));
    match (all, many) {
        (true, _) => Depth::True,
        (_, true) => Depth::Indexed,
        _ => Depth::Sixteen,
    }
}
