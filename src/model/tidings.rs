//! What changed between two states of a journal, in the words of a journal line.
//!
//! A commit is named by it, and what came from another machine is told by it.

use super::customer::Customer;
use super::entry::{Entry, Fields};
use super::kind::Kind;

use unicode_width::UnicodeWidthStr as _;

/// Columns of the first line of a commit's message: what git's own listings show whole.
const SUBJECT: usize = 72;
/// Columns of a customer's name in that line.
const NAME: usize = 32;
/// Columns of one word out of a file, such as a channel of the owner's making.
const WORD: usize = 24;

/// What happened to one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The name, fit for a line.
    pub name: String,
    /// `call`, `concern answered`, `2 promises`: in the order of the file.
    pub phrases: Vec<String>,
}

impl Told {
    /// `アクメ商事: call, concern answered`
    pub fn line(&self) -> String {
        match self.phrases.as_slice() {
            [] => self.name.clone(),
            phrases => format!("{}: {}", self.name, phrases.join(", ")),
        }
    }
}

/// A commit's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// One line of at most 72 columns.
    pub subject: String,
    /// A line for each customer; empty where the subject says it all.
    pub body: Vec<String>,
}

/// A customer before and after; `None`: there was or is no such file.
pub type Pair = (Option<Customer>, Option<Customer>);

/// What happened to each of these customers. One that got another key is told once.
pub fn tell(pairs: &[Pair]) -> Vec<Told> {
    let is_gone = |pair: &&Pair| pair.1.is_none();
    let gone: Vec<&Customer> = pairs
        .iter()
        .filter(is_gone)
        .filter_map(|pair| pair.0.as_ref())
        .collect();
    let mut moved: Vec<&str> = Vec::new();
    let mut told: Vec<Told> = Vec::new();
    for (before, after) in pairs {
        let Some(now) = after else { continue };
        let from = gone
            .iter()
            .copied()
            .find(|old| before.is_none() && is_same(old, now) && !moved.contains(&&*old.key));
        let phrases = match (before, from) {
            (Some(before), _) => changes(before, now),
            (None, Some(from)) => {
                moved.push(&from.key);
                let mut phrases = vec![format!("moved to {}", cut(&clean(&now.key), NAME))];
                phrases.extend(changes(from, now).into_iter().filter(|p| p != UNSEEN));
                phrases
            }
            (None, None) => {
                let mut phrases = vec!["new customer".to_owned()];
                phrases.extend(added(&Customer::default(), now));
                phrases
            }
        };
        told.push(Told {
            name: name(now),
            phrases,
        });
    }
    for old in gone {
        if !moved.contains(&&*old.key) {
            told.push(Told {
                name: name(old),
                phrases: vec!["removed".to_owned()],
            });
        }
    }
    told
}

/// The message of a commit with these changes; `others` are words for files that are no
/// customers, such as `settings`.
pub fn message(told: &[Told], others: &[&str]) -> Message {
    let others = others.iter().map(|word| Told {
        name: (*word).to_owned(),
        phrases: Vec::new(),
    });
    let all: Vec<Told> = told.iter().cloned().chain(others).collect();
    let lines: Vec<String> = all.iter().map(Told::line).collect();
    let whole = lines.join("; ");
    if whole.width() <= SUBJECT {
        let body = Vec::new();
        return match lines.as_slice() {
            [_] => Message {
                subject: whole,
                body,
            },
            _ => Message {
                subject: whole,
                body: lines,
            },
        };
    }
    // As many as fit, the first of them at any cost.
    let most = (1..lines.len()).rev().find_map(|count| {
        let shown = lines.get(..count)?.join("; ");
        let line = format!("{shown}; and {} more", lines.len() - count);
        (line.width() <= SUBJECT).then_some(line)
    });
    let subject = most.unwrap_or_else(|| {
        let behind = match lines.len() {
            0 | 1 => String::new(),
            count => format!("; and {} more", count - 1),
        };
        let room = SUBJECT.saturating_sub(behind.width());
        let first = all.first().map(|told| shortened(told, room));
        first.unwrap_or_default() + &behind
    });
    Message {
        subject,
        body: lines,
    }
}

/// The name and as many phrases as fit.
fn shortened(told: &Told, room: usize) -> String {
    let fits = (1..told.phrases.len()).rev().find_map(|count| {
        let shown = told.phrases.get(..count)?.join(", ");
        let rest = told.phrases.len() - count;
        let line = format!("{}: {shown}, and {rest} more", told.name);
        (line.width() <= room).then_some(line)
    });
    fits.unwrap_or_else(|| {
        cut(
            &format!("{}: {} changes", told.name, told.phrases.len()),
            room,
        )
    })
}

/// What stands for changes that no field and no entry shows.
const UNSEEN: &str = "comments";

fn changes(before: &Customer, after: &Customer) -> Vec<String> {
    let mut phrases = added(before, after);
    let gone = before
        .entries
        .iter()
        .filter(|e| after.entry(e.kind.word(), &e.key).is_none());
    phrases.extend(counted(gone.map(|entry| (noun(entry), "removed".into()))));
    phrases.extend(of_head(&before.head, &after.head));
    if phrases.is_empty() {
        phrases.push(UNSEEN.to_owned());
    }
    phrases
}

/// New and changed entries, in the order of the file.
fn added(before: &Customer, after: &Customer) -> Vec<String> {
    counted(after.entries.iter().filter_map(|entry| {
        match before.entry(entry.kind.word(), &entry.key) {
            None => Some((noun(entry), String::new())),
            Some(was) if was.fields == entry.fields => None,
            Some(was) => Some((noun(entry), became(was, entry))),
        }
    }))
}

/// What an entry is called, and whether it can be told without a number.
#[derive(Clone, PartialEq)]
struct Noun {
    word: String,
    takes_s: bool,
    is_touch: bool,
}

fn noun(entry: &Entry) -> Noun {
    let (word, takes_s, is_touch) = match entry.kind() {
        Some(Kind::Interaction) => {
            let channel = entry.fields.text("channel").unwrap_or("interaction");
            let words = Kind::Interaction
                .field("channel")
                .map_or(&[][..], |f| f.shape.words());
            let is_ours = channel == "interaction" || words.contains(&channel);
            (cut(&clean(channel), WORD), is_ours, true)
        }
        Some(Kind::WinLose) => ("win/lose".to_owned(), false, false),
        Some(kind) => (kind.word().to_owned(), true, false),
        None => (cut(&clean(entry.kind.word()), WORD), false, false),
    };
    Noun {
        word,
        takes_s,
        is_touch,
    }
}

/// What became of a changed entry.
fn became(was: &Entry, now: &Entry) -> String {
    let is_new = |field| was.fields.get(field).is_none() && now.fields.get(field).is_some();
    let word = match now.kind() {
        Some(Kind::Promise) if is_new("done") => "kept",
        Some(Kind::Promise) if is_new("dropped") => "dropped",
        Some(_) if !was.is_open() && now.is_open() => "open again",
        Some(kind @ (Kind::Deal | Kind::Concern | Kind::Negotiation)) => {
            let field = kind.always_written().map_or("status", |(field, _)| field);
            match (kind, now.word(field)) {
                (_, word) if word == was.word(field) => "changed",
                (Kind::Negotiation, "deal") => "agreed",
                (Kind::Negotiation, "no-deal") => "without a deal",
                (_, "not-now") => "put off",
                (_, word) => word,
            }
        }
        _ => "changed",
    };
    cut(&clean(word), WORD)
}

/// Equal ones counted, in the order in which they first come.
fn counted(items: impl Iterator<Item = (Noun, String)>) -> Vec<String> {
    let mut counts: Vec<((Noun, String), usize)> = Vec::new();
    for item in items {
        match counts.iter_mut().find(|(known, _)| *known == item) {
            Some((_, count)) => *count += 1,
            None => counts.push((item, 1)),
        }
    }
    let phrase = |((noun, verb), count): ((Noun, String), usize)| {
        let s = if count > 1 && noun.takes_s { "s" } else { "" };
        let number = match (count, noun.is_touch || !verb.is_empty()) {
            (1, true) => String::new(),
            (count, _) => format!("{count} "),
        };
        let behind = if verb.is_empty() { "" } else { " " };
        format!("{number}{}{s}{behind}{verb}", noun.word)
    };
    counts.into_iter().map(phrase).collect()
}

fn of_head(before: &Fields, after: &Fields) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let all = before.iter().chain(after.iter()).map(|(name, _)| name);
    for name in all {
        if before.get(name) != after.get(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut phrases = Vec::new();
    if names.contains(&"status")
        && let Some(status) = after.text("status")
    {
        phrases.push(format!("now {}", cut(&clean(status), WORD)));
        names.retain(|name| *name != "status");
    }
    match names.as_slice() {
        [] => {}
        [_] | [_, _] => {
            let names: Vec<String> = names.iter().map(|n| cut(&clean(n), WORD)).collect();
            phrases.push(format!("{} changed", names.join(" and ")));
        }
        more => phrases.push(format!("{} fields changed", more.len())),
    }
    phrases
}

/// Whether two files are about the same customer, under another key.
fn is_same(old: &Customer, new: &Customer) -> bool {
    let kept = |entry: &&Entry| new.entry(entry.kind.word(), &entry.key).is_some();
    let is_kept = old.entries.iter().filter(kept).count() * 2 >= old.entries.len();
    is_kept && (old.head.text("name") == new.head.text("name") || old.head == new.head)
}

/// The name of a customer, fit for a line.
pub fn name(customer: &Customer) -> String {
    cut(&clean(customer.name()), NAME)
}

/// One line without characters that act on a terminal.
fn clean(text: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, cut to so many columns.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if short.width() + 3 > columns {
            short.pop();
            break;
        }
    }
    short.trim_end().to_owned() + "..."
}
