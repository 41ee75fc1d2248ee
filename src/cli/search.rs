//! `goodwill search`

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::Value as Json;

use super::context::tell_elsewhere;
use super::error::note;
use super::{CliError, Context, Exit, json as shape};
use crate::model::attention::Attention;
use crate::model::customer::Customer;
use crate::model::search::engine::{Engine, Found, Gathered, Hit};
use crate::model::search::first::First;
use crate::model::search::near::Guess;
use crate::model::search::query::{Query, Reading};
use crate::model::search::word::Word;
use crate::pair::pair;
use crate::store::load::reload;
use crate::store::sieve::Sieve;
use crate::store::sift::Sift;

mod excerpt;
mod lines;

use lines::Lines;

/// Find what was written down, best first.
///
/// The words of a query all have to be met, by an entry or by its customer's names. Letter case,
/// width, kana and old kanji make no difference.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill search 支払 条件
  goodwill search kind:concern '!price'
  goodwill search acme 'payment terms' | less  # with a space, of several: a phrase
  goodwill search --files -0 支払 | xargs -0 wc -l
  vim -q <(goodwill search payment)            # and :cnext goes from hit to hit")]
pub struct Search {
    /// Words and fields, as in the search box of the screen
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Print so many at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Print the path of each file once, that of the best hit first
    #[arg(long)]
    files: bool,
    /// End each path with a NUL, for xargs -0
    #[arg(short = '0', long, requires = "files")]
    null: bool,
}

impl Search {
    /// Prints a hit a line, best first.
    ///
    /// # Errors
    /// Where there is no journal, nothing to look for, or nothing was found.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        if self.files && context.json {
            return Err(CliError::Usage(
                "--files and --json are two answers: leave one of them out".to_owned(),
            ));
        }
        context.needs_journal()?;
        let typed = joined(&self.query);
        // A word that may be read in Japanese takes as long as the list of the files.
        let reading = self.reading(context);
        let root = &context.root;
        let (query, sieve) = pair(|| Query::parse(&typed, &reading), || Sieve::new(root));
        for remark in query.remarks() {
            note(remark);
        }
        if query.is_empty() {
            return Err(CliError::Usage(
                "there is nothing to look for; type a word, or a field such as kind:concern"
                    .to_owned(),
            ));
        }
        let found = self.find(context, &query, &sieve)?;
        match (self.files, context.json) {
            (true, _) => self.print_files(context, &found)?,
            (_, true) => print_json(context, &found)?,
            _ => print_lines(context, &query, &found)?,
        }
        match found.hits.is_empty() {
            false => Ok(Exit::Done),
            true => Err(CliError::Nothing(format!("nothing is found for {typed}"))),
        }
    }

    fn reading(&self, context: &Context) -> Reading {
        Reading {
            today: context.today(),
            week_starts: context.settings.week_starts(),
            romaji: !context.appearance.without_romaji,
        }
    }

    fn find(&self, context: &Context, query: &Query, sieve: &Sieve) -> Result<Found, CliError> {
        let limit = match self.limit {
            Some(limit) if !self.files => limit as usize,
            _ => usize::MAX,
        };
        let is_guessed = |word: &Word| !matches!(Guess::of(word), Guess::Nothing);
        let may_guess = query.words().any(is_guessed);
        let looks = Looks::new(query, may_guess);
        let found = match looks.search(sieve, query, limit) {
            Some(found) => found,
            // Only all of the journal tells what may have been meant.
            None => {
                let mut engine = Engine::default();
                engine.follow(&context.journal()?.customers);
                engine.search(query, limit, &|| false).unwrap_or_default()
            }
        };
        if found.guessed && found.total > 0 {
            note("nothing is found as it was typed; this comes near");
        }
        Ok(found)
    }

    fn print_files(&self, context: &Context, found: &Found) -> Result<(), CliError> {
        let from = From::here(&context.root);
        let limit = self.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut seen = HashSet::new();
        let customers = found.hits.iter().map(|hit| &hit.customer);
        let once = customers.filter(|customer| seen.insert(customer.key.as_ref()));
        let mut out = context.out();
        for customer in once.take(limit) {
            let path = from.path(&customer.path());
            if self.null {
                out.bytes(path.as_os_str().as_encoded_bytes())?;
                out.bytes(b"\0")?;
            } else {
                out.line(&path.to_string_lossy())?;
            }
        }
        out.finish()
    }
}

/// The ways to look for what a query asks, the next one for where those before it find nothing.
struct Looks<'q> {
    ways: Vec<Way>,
    sifts: Vec<Sift<'q>>,
    engines: Vec<Engine>,
    /// Whether nothing else is left to look for.
    are_all: bool,
}

#[derive(Clone, Copy)]
enum Way {
    AsTyped,
    /// Words that are one slip away.
    WithSlips,
    /// Letters that lie apart too.
    Apart,
}

impl<'q> Looks<'q> {
    fn new(query: &'q Query, may_guess: bool) -> Looks<'q> {
        let mut looks = Looks {
            ways: vec![Way::AsTyped],
            sifts: vec![Sift::new(query)],
            engines: vec![Engine::as_typed(query)],
            are_all: !may_guess,
        };
        if may_guess
            && let Some(slips) = Sift::guessing(query, false)
            && let Some(apart) = Sift::guessing(query, true)
        {
            looks.are_all = true;
            looks.ways.extend([Way::WithSlips, Way::Apart]);
            looks.sifts.extend([slips, apart]);
            looks
                .engines
                .extend([Engine::with_slips(query), Engine::default()]);
        }
        looks
    }

    /// What the first way finds that finds anything. `None`: there is more to look for than these.
    fn search(mut self, sieve: &Sieve, query: &Query, limit: usize) -> Option<Found> {
        let is_read = query.words().any(|word| word.spoken().is_some());
        let mut done = 0;
        while done < self.ways.len() {
            // To look at readings again and again takes longer than to read the files twice.
            let end = if done == 0 && is_read {
                1
            } else {
                self.ways.len()
            };
            let engines = self.engines.get(done..end)?;
            let begin = |at: usize| engines.get(at).map(Engine::nothing).unwrap_or_default();
            let gather = |at: usize, gathered: &mut Gathered, customer, first: &[First]| {
                if let Some(engine) = engines.get(at) {
                    engine.gather(gathered, customer, first);
                }
            };
            let sifted = sieve.first(self.sifts.get(done..end)?, &begin, &gather);
            let at = done + sifted.by;
            done = at + 1;
            let engine = self.engines.get_mut(at)?;
            engine.join(sifted.made);
            let found = match self.ways.get(at)? {
                Way::AsTyped => Some(engine.search_as_typed(query, limit)),
                Way::WithSlips => engine.search_with_slips(query, limit),
                Way::Apart => engine.search(query, limit, &|| false),
            };
            let is_end = self.are_all && done == self.ways.len();
            if let Some(found) = found.filter(|found| found.total > 0 || is_end) {
                tell_elsewhere(&sifted.problems);
                // The program ends soon: to give back all its small pieces of memory would only
                // cost time.
                std::mem::forget(self);
                return Some(found);
            }
        }
        None
    }
}

/// The query of these arguments. One alone is a query as the search box takes it; of several,
/// each that holds a space stays together.
fn joined(arguments: &[String]) -> Cow<'_, str> {
    if let [query] = arguments {
        return Cow::Borrowed(query);
    }
    let parts: Vec<Cow<'_, str>> = arguments.iter().map(|part| together(part)).collect();
    Cow::Owned(parts.join(" "))
}

/// An argument as one part of a query: `payment terms` as `"payment terms"`, `since:last week` as
/// `since:"last week"`, `!payment terms` as `!"payment terms"`.
fn together(argument: &str) -> Cow<'_, str> {
    let argument = argument.trim();
    if !argument.contains(char::is_whitespace) || argument.contains('"') {
        return Cow::Borrowed(argument);
    }
    let is_field = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    let (front, rest) = match argument.split_once(':') {
        Some((name, _)) if is_field(name) => argument.split_at(name.len() + 1),
        _ => argument.split_at(argument.len() - argument.trim_start_matches('!').len()),
    };
    Cow::Owned(format!("{front}\"{}\"", rest.trim_start()))
}

/// Where paths are told from, so that an editor finds them.
struct From {
    /// The journal as it was named, from the root of the file system.
    named: PathBuf,
    /// The journal and the working directory without links.
    real: Option<(PathBuf, PathBuf)>,
}

impl From {
    fn here(root: &Path) -> From {
        let here = std::env::current_dir().and_then(std::fs::canonicalize);
        From {
            named: std::path::absolute(root).unwrap_or_else(|_| root.to_owned()),
            real: std::fs::canonicalize(root).ok().zip(here.ok()),
        }
    }

    /// The path of a file of the journal: from the working directory where it lies below that,
    /// else from the root of the file system.
    fn path(&self, name: &str) -> PathBuf {
        let below = self.real.as_ref().and_then(|(root, here)| {
            let path = root.join(name);
            Some(path.strip_prefix(here).ok()?.to_owned())
        });
        match below {
            // No program is to take it for a flag.
            Some(path) if path.as_os_str().as_encoded_bytes().starts_with(b"-") => {
                Path::new(".").join(path)
            }
            Some(path) => path,
            None => self.named.join(name),
        }
    }
}

fn print_json(context: &Context, found: &Found) -> Result<(), CliError> {
    let today = context.today();
    // Of what was not looked for, the one that was found may know nothing.
    let whole = |hit: &Hit| {
        let read = reload(&context.root, &hit.customer.key).0;
        read.map_or_else(|| Arc::clone(&hit.customer), Arc::new)
    };
    let customer = |customer: Arc<Customer>| {
        let open = Attention::of(&customer, &context.settings, today);
        let last = customer.last_touch(today).map(|day| day.to_string());
        shape::customer(&customer, &open, last)
    };
    let heads = found.hits.iter().filter(|hit| hit.at.is_none());
    let entry = |hit: &Hit| Some(shape::entry(&hit.customer, hit.entry()?));
    let mut out = context.out();
    out.json([
        (
            "customers",
            heads.map(whole).map(customer).collect::<Json>(),
        ),
        ("entries", found.hits.iter().filter_map(entry).collect()),
        ("total", Json::from(found.total)),
    ])?;
    out.finish()
}

fn print_lines(context: &Context, query: &Query, found: &Found) -> Result<(), CliError> {
    let from = From::here(&context.root);
    let lines = Lines::new(query, found.guessed, context.colour, from);
    let mut out = context.out();
    lines.tell(found, |lines| out.bytes(lines.as_bytes()))?;
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn one_argument_is_a_query_and_of_several_one_with_a_space_stays_together() {
        for (arguments, query) in [
            (&["payment terms"][..], "payment terms"),
            (&["acme", "payment"], "acme payment"),
            (&["acme", "payment terms"], "acme \"payment terms\""),
            (
                &["acme", "payment\u{3000}terms"],
                "acme \"payment\u{3000}terms\"",
            ),
            (&["acme", "!payment terms"], "acme !\"payment terms\""),
            (&["acme", "since:last week"], "acme since:\"last week\""),
            (&["acme", "!deal: web 2"], "acme !deal:\"web 2\""),
            (&["acme", "\"a b\"|c"], "acme \"a b\"|c"),
            (&["acme", "the price: high"], "acme \"the price: high\""),
            (&["acme", " "], "acme "),
        ] {
            let arguments: Vec<String> = arguments.iter().map(|&part| part.to_owned()).collect();
            assert_eq!(joined(&arguments), query);
        }
    }
}
