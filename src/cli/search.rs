//! `goodwill search`

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::Value as Json;

use super::error::note;
use super::print::{Tone, push};
use super::{CliError, Context, Exit, json as shape};
use crate::model::attention::Attention;
use crate::model::customer::Customer;
use crate::model::entry::Fields;
use crate::model::fold::fold;
use crate::model::search::engine::{self, Engine, Found, Hit};
use crate::model::search::near::Guess;
use crate::model::search::query::{Query, Reading};
use crate::model::search::word::Word;
use crate::model::value::ValueRef;
use crate::store::load::reload;
use crate::store::sift::Sift;

mod excerpt;

/// From so many hits on, two threads write their lines.
const MANY: usize = 500;

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
        let query = Query::parse(&typed, &self.reading(context));
        for remark in query.remarks() {
            note(remark);
        }
        if query.is_empty() {
            return Err(CliError::Usage(
                "there is nothing to look for; type a word, or a field such as kind:concern"
                    .to_owned(),
            ));
        }
        let found = self.find(context, &query)?;
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

    fn find(&self, context: &Context, query: &Query) -> Result<Found, CliError> {
        let limit = match self.limit {
            Some(limit) if !self.files => limit as usize,
            _ => usize::MAX,
        };
        let mut engine = Engine::as_typed(query);
        engine.follow(&context.sifted(&Sift::new(query)));
        let found = engine.search_as_typed(query, limit);
        // The program ends soon: to give back all its small pieces of memory would only cost time.
        std::mem::forget(engine);
        let is_guessed = |word: &Word| !matches!(Guess::of(word), Guess::Nothing);
        if found.total > 0 || !query.words().any(is_guessed) {
            return Ok(found);
        }
        let mut engine = Engine::default();
        match Sift::guessing(query) {
            Some(sift) => engine.follow(&context.sifted(&sift)),
            None => engine.follow(&context.journal()?.customers),
        }
        let found = engine.search(query, limit, &|| false);
        std::mem::forget(engine);
        let found = found.unwrap_or_default();
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
    let lines = Lines {
        query,
        guessed: found.guessed,
        colour: context.colour,
        from: From::here(&context.root),
    };
    let mut out = context.out();
    let (front, back) = match found.hits.len() {
        MANY.. => found.hits.split_at(found.hits.len() / 2),
        _ => (&*found.hits, &[][..]),
    };
    let mut send = |lines: String| out.bytes(lines.as_bytes());
    if back.is_empty() {
        send(lines.of(front))?;
    } else {
        std::thread::scope(|scope| {
            let back = scope.spawn(|| lines.of(back));
            send(lines.of(front))?;
            send(match back.join() {
                Ok(back) => back,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        })?;
    }
    out.finish()
}

/// How hits are told.
struct Lines<'q> {
    query: &'q Query,
    guessed: bool,
    colour: bool,
    from: From,
}

impl Lines<'_> {
    /// A line for each hit.
    fn of(&self, hits: &[Hit]) -> String {
        let mut out = String::with_capacity(hits.len() * 160);
        let mut paths: HashMap<&str, String> = HashMap::new();
        for hit in hits {
            let path = paths.entry(&hit.customer.key).or_insert_with(|| {
                let path = self.from.path(&hit.customer.path());
                path.to_string_lossy().into_owned()
            });
            self.push(&mut out, path, hit);
            out.push('\n');
        }
        out
    }

    fn push(&self, out: &mut String, path: &str, hit: &Hit) {
        let mut add = |text: &str, tone: Tone| push(out, text, tone, self.colour);
        let line = hit.entry().map_or(1, |entry| entry.line);
        add(&format!("{path}:{line}: "), Tone::Strong);
        let (front, text, fields) = told(hit);
        add(&front, Tone::Faint);
        let is_here = stands(self.query, &text, self.guessed);
        self.mark(is_here, &text, &mut add);
        if !is_here && let Some((name, excerpt)) = elsewhere(self.query, fields, self.guessed) {
            add(&format!("  {name}: "), Tone::Faint);
            self.mark(true, &excerpt, &mut add);
        }
    }

    /// Adds a text, the places that are found in it apart.
    fn mark(&self, is_found: bool, text: &str, add: &mut impl FnMut(&str, Tone)) {
        let places = match is_found && self.colour {
            true => highlights(self.query, text, self.guessed),
            false => Vec::new(),
        };
        let mut at = 0;
        let part = |range| text.get(range).unwrap_or_default();
        for place in places {
            add(part(at..place.start), Tone::Plain);
            add(part(place.clone()), Tone::Found);
            at = place.end;
        }
        add(part(at..text.len()), Tone::Plain);
    }
}

/// `kind date  `, the text of a hit, and what else it says.
fn told(hit: &Hit) -> (String, String, &Fields) {
    let Some(entry) = hit.entry() else {
        let customer = &hit.customer;
        let front = format!("customer {}  ", customer.status());
        return (front, customer.name().to_owned(), &customer.head);
    };
    let kind = entry.kind.word();
    let front = match entry.when() {
        Some(when) => format!("{kind} {when}  "),
        None => format!("{kind}  "),
    };
    (front, entry.line_text(), &entry.fields)
}

/// The first field in which a word of the query stands, and what stands around it.
fn elsewhere<'f>(query: &Query, fields: &'f Fields, guessed: bool) -> Option<(&'f str, String)> {
    fields.iter().find_map(|(name, value)| {
        let text = match value {
            ValueRef::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_line()),
        };
        let line = text.lines().find(|line| stands(query, line, guessed))?;
        let first = highlights(query, line, guessed).into_iter().next()?;
        Some((name, excerpt::around(line, first)))
    })
}

/// Whether a word of the query stands in a text, or something that is read so. Much quicker than
/// to tell where.
fn stands(query: &Query, text: &str, guessed: bool) -> bool {
    if guessed {
        return engine::stands_in_line(query, text);
    }
    let folded = fold(text);
    let is_read = |word: &Word| {
        let spoken = word.spoken();
        spoken.is_some_and(|spoken| spoken.reads(&folded).next().is_some())
    };
    query
        .words()
        .any(|word| word.is_in(&folded) || is_read(word))
}

fn highlights(query: &Query, text: &str, guessed: bool) -> Vec<Range<usize>> {
    match guessed {
        true => engine::highlights_in_line(query, text),
        false => engine::highlights(query, text),
    }
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
