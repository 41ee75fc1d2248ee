//! What every command needs to know: where the journal is, which day it is, how to answer.

use std::cell::OnceCell;
use std::hash::{BuildHasher as _, RandomState};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum, ValueHint};
use jiff::Zoned;
use jiff::civil::Date;

use super::appearance::{self, glyphs_parser, theme_parser};
use super::error::{CliError, note};
use super::print::Out;
use crate::model::change::Change;
use crate::model::customer::Customer;
use crate::model::date_phrase::{self, Leaning};
use crate::model::journal::{Found, Journal};
use crate::model::problem::Problem;
use crate::model::settings::Settings;
use crate::model::slug::is_safe_key;
use crate::store::config::Config;
use crate::store::files::{customer_path, read_file};
use crate::store::load::{load, load_settings, reload};
use crate::store::locate::{LocateError, Located, Surroundings};
use crate::store::syntax::strict_problems;
use crate::store::{Done, Now, Store};
use crate::ui::appearance::Appearance;
use crate::ui::theme::ThemeName;
use crate::ui::widgets::glyphs::Glyphs;

const EVERYWHERE: &str = "For every command";

/// Stands before or behind any command.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// The journal's folder [env: GOODWILL_JOURNAL]
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    #[arg(help_heading = EVERYWHERE)]
    pub journal: Option<PathBuf>,
    /// The day that counts as today, such as 2026-11-21 or yesterday [env: GOODWILL_TODAY]
    #[arg(long, value_name = "WHEN", global = true, allow_hyphen_values = true)]
    #[arg(help_heading = EVERYWHERE)]
    pub today: Option<String>,
    /// Answer with one JSON document
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Colour the answer: auto, always or never
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t)]
    #[arg(hide_possible_values = true, hide_default_value = true, help_heading = EVERYWHERE)]
    pub color: Color,
    /// Colours on screen: terminal, light, dark, high-contrast or colour-blind [env:
    /// GOODWILL_THEME]
    #[arg(long, value_name = "NAME", global = true, value_parser = theme_parser())]
    #[arg(hide_possible_values = true, help_heading = EVERYWHERE)]
    pub theme: Option<ThemeName>,
    /// Marks on screen: unicode or ascii [env: GOODWILL_GLYPHS]
    #[arg(long, value_name = "SET", global = true, value_parser = glyphs_parser())]
    #[arg(hide_possible_values = true, help_heading = EVERYWHERE)]
    pub glyphs: Option<Glyphs>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Also in pipes and files
    Always,
    /// Nowhere
    Never,
}

/// Why there is no journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is the first start.
    Yet,
    /// A folder was named that is none.
    Named(String),
}

/// What every command needs to know.
pub struct Context {
    /// The journal's folder.
    pub root: PathBuf,
    /// Why it is not there, if so; `root` is then where it would be.
    pub missing: Option<Missing>,
    /// What the journal says about itself.
    pub settings: Settings,
    /// The day and the hour.
    pub now: Now,
    /// The flags as typed.
    pub global: Global,
    /// Whether the clock stands still.
    pub is_pinned: bool,
    /// Whether to answer in JSON.
    pub json: bool,
    /// Whether to answer in colour.
    pub colour: bool,
    /// How the program on screen looks.
    pub appearance: Appearance,
    /// What of the person's settings can't be followed.
    pub unheeded: Vec<Problem>,
    /// Where things are on this machine.
    pub around: Surroundings,
    journal: OnceCell<&'static Arc<Journal>>,
}

impl Context {
    /// Finds the journal and asks the system what else there is to know.
    ///
    /// # Errors
    /// Where the config file or a date can't be read, or there is no folder to keep the history
    /// in. A journal that is not there is none: `init` makes it.
    pub fn new(global: &Global, around: Surroundings) -> Result<Context, CliError> {
        let (root, missing) = match around.locate(global.journal.as_deref()) {
            Ok(Located::Found { root, .. }) => (root, None),
            Ok(Located::Missing { would_be }) => (would_be, Some(Missing::Yet)),
            Err(error) => match &error {
                LocateError::NoFolder { path, .. } => {
                    (path.clone(), Some(Missing::Named(error.to_string())))
                }
                _ => return Err(error.into()),
            },
        };
        if around.state_dir(&root).is_none() {
            return Err(CliError::Failed(
                "there is no folder for the history: set HOME or XDG_STATE_HOME".to_owned(),
            ));
        }
        let (settings, _) = load_settings(&root);
        let (now, is_pinned) = now(global.today.as_deref(), &settings)?;
        let config = around.config_file().map(|file| Config::read(&file));
        let env = |name: &str| std::env::var_os(name);
        let (appearance, unheeded) = appearance::chosen(global, &config.unwrap_or_default(), &env);
        Ok(Context {
            root,
            missing,
            settings,
            now,
            is_pinned,
            json: global.json,
            colour: is_coloured(global.color),
            global: global.clone(),
            appearance,
            unheeded,
            around,
            journal: OnceCell::new(),
        })
    }

    /// The only writer of this journal.
    pub fn store(&self) -> Store {
        store_at(&self.around, &self.root)
    }

    /// The day that counts as today.
    pub fn today(&self) -> Date {
        self.now.today
    }

    /// Where the answer goes.
    pub fn out(&self) -> Out {
        Out::new(self.colour)
    }

    /// The whole journal, read when first asked for. Files that can't be read in full are told
    /// in one line on stderr.
    ///
    /// # Errors
    /// Where there is no journal.
    pub fn journal(&self) -> Result<&Arc<Journal>, CliError> {
        self.needs_journal()?;
        Ok(self.journal.get_or_init(|| {
            let (journal, problems) = load(&self.root, &mut |_, _| {});
            tell_elsewhere(&problems);
            // It is needed until the process ends, which then need not take it apart.
            Box::leak(Box::new(Arc::new(journal)))
        }))
    }

    /// The customer that a typed word means. A whole key is looked up without reading the rest.
    ///
    /// # Errors
    /// [`CliError::Nothing`] with what comes near, or with the customers that it may mean;
    /// [`CliError::Usage`] where nothing was typed.
    pub fn customer(&self, typed: &str) -> Result<Arc<Customer>, CliError> {
        self.needs_journal()?;
        if typed.trim().is_empty() {
            return Err(CliError::Usage(
                "the customer's name is empty; `goodwill list` shows the keys".to_owned(),
            ));
        }
        // In the journal's folder the shell completes file names.
        let typed = typed.strip_suffix(".toml").unwrap_or(typed);
        if self.journal.get().is_none()
            && is_safe_key(typed).is_ok()
            && self.is_no_link(typed)
            && let (Some(customer), _) = reload(&self.root, typed)
        {
            return Ok(Arc::new(customer));
        }
        match self.journal()?.find(typed) {
            Found::One(customer) => Ok(Arc::clone(customer)),
            Found::Many(customers) => Err(CliError::Nothing(format!(
                "{typed:?} may be any of these; type one of the keys:\n{}",
                named(&customers)
            ))),
            Found::Nearest(near) if near.is_empty() => Err(CliError::Nothing(format!(
                "there is no customer {typed:?}\n`goodwill list` shows them all"
            ))),
            Found::Nearest(near) => Err(CliError::Nothing(format!(
                "there is no customer {typed:?}; did you mean\n{}",
                named(&near)
            ))),
        }
    }

    /// Whether the path of a key holds no link, so that no look around is needed to know that
    /// it stays in the journal.
    fn is_no_link(&self, key: &str) -> bool {
        let file = customer_path(&self.root, key);
        let below = file.ancestors().take_while(|path| *path != self.root);
        below.into_iter().all(|path| !path.is_symlink())
    }

    /// What is wrong with a customer's file, strictly looked at; empty for a sound one.
    pub fn problems_of(&self, customer: &Customer) -> Vec<Problem> {
        if customer.broken {
            return reload(&self.root, &customer.key).1;
        }
        let mut bytes = Vec::new();
        let path = customer_path(&self.root, &customer.key);
        match read_file(&self.root, &path, &mut bytes) {
            Err(problem) => vec![*problem],
            Ok(()) => match std::str::from_utf8(&bytes) {
                Ok(text) => strict_problems(&customer.key, text),
                Err(_) => reload(&self.root, &customer.key).1,
            },
        }
    }

    /// The customer to write to.
    ///
    /// # Errors
    /// As [`Context::customer`], and [`CliError::Broken`] where the file does not parse.
    pub fn sound_customer(&self, typed: &str) -> Result<Arc<Customer>, CliError> {
        let customer = self.customer(typed)?;
        let problems = self.problems_of(&customer);
        if problems.is_empty() {
            Ok(customer)
        } else {
            Err(CliError::Broken(problems))
        }
    }

    /// Makes changes that concern one customer alone, as one step of the history.
    ///
    /// # Errors
    /// As [`Store::apply`].
    pub fn apply_to(&self, customer: &Arc<Customer>, changes: &[Change]) -> Result<Done, CliError> {
        let alone = Journal::new(vec![Arc::clone(customer)], self.settings.clone());
        let done = self.store().apply(&alone, changes, &self.now)?;
        self.tell(&done);
        Ok(done)
    }

    /// Makes changes, as one step of the history.
    ///
    /// # Errors
    /// As [`Store::apply`].
    pub fn apply(&self, changes: &[Change]) -> Result<Done, CliError> {
        let journal = self.journal()?;
        let done = self.store().apply(journal, changes, &self.now)?;
        self.tell(&done);
        Ok(done)
    }

    /// Tells on stderr what of the person's settings can't be followed.
    pub fn tell_unheeded(&self) {
        for problem in &self.unheeded {
            note(&problem.to_string());
        }
    }

    /// Tells on stderr what there is to tell about a change.
    pub fn tell(&self, done: &Done) {
        if let Some(remark) = &done.remark {
            note(remark);
        }
        if done.customers.is_empty() {
            note("the file says so already: nothing was written");
        }
    }

    /// For commands that can do nothing without a journal.
    ///
    /// # Errors
    /// Where there is none.
    pub fn needs_journal(&self) -> Result<(), CliError> {
        Err(CliError::Failed(match &self.missing {
            None => return Ok(()),
            Some(Missing::Named(why)) => why.clone(),
            Some(Missing::Yet) => format!(
                "there is no journal yet\n`goodwill init` makes one in {}, \
                 `goodwill demo` shows a sample",
                self.root.display()
            ),
        }))
    }
}

/// The store of the journal at `root`, with its history where this machine keeps such things.
pub fn store_at(around: &Surroundings, root: &Path) -> Store {
    // Only without a home there is no folder for the history; `Context::new` has seen to that.
    let state = around
        .state_dir(root)
        .unwrap_or_else(|| root.join(".goodwill"));
    Store::new(root, &state, random())
}

fn named(customers: &[&Arc<Customer>]) -> String {
    let lines: Vec<String> = customers
        .iter()
        .map(|customer| format!("{}  {}", customer.key, customer.name()))
        .collect();
    lines.join("\n")
}

/// Tells files that can't be read in full, in one line on stderr.
pub(super) fn tell_elsewhere(problems: &[Problem]) {
    let Some(first) = problems.iter().find(|problem| !problem.hint) else {
        return;
    };
    let more = problems.iter().filter(|problem| !problem.hint).count() - 1;
    note(&if more == 0 {
        first.to_string()
    } else {
        format!("{first}, and {more} more: `goodwill check`")
    });
}

/// The day and the hour, and whether the clock stands still.
fn now(flag: Option<&str>, settings: &Settings) -> Result<(Now, bool), CliError> {
    let clock = Zoned::now();
    // What is no text is no day either, and told as such.
    let env = std::env::var_os("GOODWILL_TODAY")
        .map(|day| day.to_string_lossy().into_owned())
        .filter(|text| !text.trim().is_empty());
    let given = match flag.map(|text| (text, "--today")) {
        Some(given) => Some(given),
        None => env.as_deref().map(|text| (text, "GOODWILL_TODAY")),
    };
    let still = match given {
        Some((text, name)) => {
            let when = date_phrase::parse(text, clock.date(), Leaning::Past)
                .map_err(|unread| CliError::Usage(format!("{name}: {unread}")))?;
            when.date
        }
        None => settings.today(),
    };
    let now = match still {
        // A clock that stands still does so in the history too.
        Some(today) => Now {
            today,
            stamp: format!("{today}T00:00:00"),
        },
        None => Now {
            today: clock.date(),
            stamp: clock.strftime("%FT%T%:z").to_string(),
        },
    };
    Ok((now, still.is_some()))
}

fn is_coloured(color: Color) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR").is_some() => false,
        Color::Auto => {
            set("CLICOLOR_FORCE").is_some_and(|value| value != "0")
                || std::io::stdout().is_terminal()
        }
    }
}

/// Random bits for keys and names of changes: the standard library seeds its hashes from the
/// system.
fn random() -> Box<dyn FnMut() -> u64 + Send> {
    let (state, mut count) = (RandomState::new(), 0u64);
    Box::new(move || {
        count += 1;
        state.hash_one(count)
    })
}
