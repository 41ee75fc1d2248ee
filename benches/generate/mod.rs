//! Journals of any size, the same for the same numbers: half of the customers are Japanese, and
//! people, prices and days look like those of a real journal. Nobody in them exists.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use goodwill::model::id::entry_key;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

mod words;

use words::{Language, Words};

/// The day at which the clock of a generated journal stands still.
pub const TODAY: Date = date(2026, 11, 21);

/// Writes a journal of that many customers and that many entries below a folder. 500 and 20,000
/// come to 8.5 MB.
///
/// # Errors
/// Those of the file system.
pub fn write(root: &Path, customers: usize, entries: usize, seed: u64) -> io::Result<()> {
    fs::create_dir_all(root.join("archive"))?;
    for (path, text) in journal(customers, entries, seed) {
        fs::write(root.join(path), text)?;
    }
    Ok(())
}

/// The files of a journal: paths below it, and their text.
pub fn journal(customers: usize, entries: usize, seed: u64) -> Vec<(String, String)> {
    let mut random = Random(seed ^ 0x9e37_79b9_7f4a_7c15);
    let weights: Vec<u64> = (0..customers)
        .map(|_| 10 + random.below(10).pow(2))
        .collect();
    let all: u64 = weights.iter().sum();
    let changes = if customers == 0 {
        0
    } else {
        (entries / 200).min(40)
    };
    let mut left = entries - changes;
    let mut share = all;
    let mut files = vec![(
        ".goodwill.toml".to_owned(),
        format!("format = 1\ncurrency = \"JPY\"\ntoday = {TODAY}\n"),
    )];
    let mut concerns = Vec::new();
    for (number, weight) in weights.into_iter().enumerate() {
        let count = usize::try_from(left as u64 * weight / share).unwrap_or(0);
        left -= count;
        share -= weight;
        let mut customer = Customer::new(number, &mut random);
        customer.write(count);
        let concern = customer.concerns.first();
        concerns.extend(concern.map(|concern| format!("{}:{concern}", customer.key)));
        files.push((format!("{}.toml", customer.key), customer.text));
    }
    if changes > 0 {
        files.push((
            "ourselves.toml".to_owned(),
            ourselves(changes, &concerns, &mut random),
        ));
    }
    files
}

/// xorshift64*: small, quick, and the same everywhere.
pub struct Random(u64);

impl Random {
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }

    /// Whether it comes true, in `percent` of the cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }
}

struct Customer<'r> {
    random: &'r mut Random,
    words: &'static Words,
    key: String,
    text: String,
    people: Vec<String>,
    deals: Vec<String>,
    concerns: Vec<String>,
    day: Date,
    /// Days between two entries, on average.
    pace: i32,
}

impl<'r> Customer<'r> {
    fn new(number: usize, random: &'r mut Random) -> Customer<'r> {
        let language = if number.is_multiple_of(2) {
            Language::Japanese
        } else {
            Language::English
        };
        let words = Words::of(language);
        let (name, reading, stem) = words.company(number);
        let status = *random.pick(&["active", "active", "active", "prospect", "not-now", "away"]);
        let group = if status == "away" { "archive/" } else { "" };
        let since = date(2016, 1, 1) + i64::try_from(random.below(3000)).unwrap_or(0).days();
        let currency = words.currency;
        let mut text =
            format!("name = \"{name}\"\n{reading}status = \"{status}\"\nsince = {since}\n");
        if status == "not-now" {
            let again = TODAY + i64::try_from(random.below(200)).unwrap_or(0).days();
            let _ = writeln!(
                text,
                "again = {again}\nwhy = \"{}\"",
                random.pick(words.concerns)
            );
        }
        let _ = writeln!(
            text,
            "currency = \"{currency}\"\ntags = [\"{}\"]",
            random.pick(words.tags)
        );
        if random.chance(40) {
            let _ = writeln!(text, "\n[volume]\n2014 = 1_200_000\n2015 = 840_000");
        }
        Customer {
            random,
            words,
            key: format!("{group}{stem}"),
            text,
            people: Vec::new(),
            deals: Vec::new(),
            concerns: Vec::new(),
            day: since,
            pace: 0,
        }
    }

    fn write(&mut self, count: usize) {
        let people = count.min(2 + usize::try_from(self.random.below(3)).unwrap_or(0));
        for number in 0..people {
            self.contact(number);
        }
        let days = (TODAY - self.day).get_days();
        self.pace = 2 * days / i32::try_from(count.max(1)).unwrap_or(i32::MAX);
        for number in people..count {
            let step = self.random.below(u64::try_from(self.pace).unwrap_or(0) + 1);
            self.day = (self.day + i64::try_from(step).unwrap_or(0).days()).min(TODAY);
            match self.random.below(100) {
                _ if number == people => self.deal(),
                0..45 => self.interaction(),
                45..60 => self.concern(),
                60..70 => self.promise(),
                70..80 => self.negotiation(),
                80..88 => self.fact(),
                88..92 => self.win_lose(),
                92..96 => self.check_in(),
                _ => self.deal(),
            }
        }
    }

    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// Opens a dated entry and gives its key.
    fn dated(&mut self, kind: &str) -> String {
        let key = entry_key(self.day, self.random.next() >> 8);
        let day = self.day;
        self.line(format!("\n[{kind}.{key}]\ndate = {day}"));
        key
    }

    fn person(&mut self) -> String {
        if self.people.is_empty() {
            return "Support".to_owned();
        }
        self.random.pick(&self.people).clone()
    }

    fn say(&mut self, name: &str, from: &[&str]) {
        let text = *self.random.pick(from);
        self.line(format!("{name} = \"{text}\""));
    }

    /// The common fields at the end of an entry.
    fn close(&mut self, with_deal: bool) {
        if with_deal && !self.deals.is_empty() && self.random.chance(50) {
            let deal = self.random.pick(&self.deals).clone();
            self.line(format!("deal = \"{deal}\""));
        }
        if self.random.chance(15) {
            let tag = *self.random.pick(self.words.tags);
            self.line(format!("tags = [\"{tag}\"]"));
        }
        if self.random.chance(50) {
            let count = 3 + self.random.below(5);
            let lines: Vec<&str> = (0..count)
                .map(|_| *self.random.pick(self.words.sentences))
                .collect();
            self.line(format!("notes = \"\"\"\n{}\"\"\"", lines.join("\n")));
        }
    }

    fn contact(&mut self, number: usize) {
        let (name, reading, key) = self.words.person(self.random, number);
        self.line(format!("\n[contact.{key}]\nname = \"{name}\"\n{reading}"));
        self.text.pop();
        self.say("role", self.words.roles);
        self.say("worries", self.words.concerns);
        self.line(format!("email = \"{key}@example.com\""));
        self.people.push(name);
    }

    fn deal(&mut self) {
        let key = format!("deal-{}", self.deals.len() + 1);
        let opened = self.day;
        self.line(format!("\n[deal.{key}]"));
        self.say("title", self.words.titles);
        self.say(
            "heard",
            &["consulted", "co-wrote", "hint", "rfp", "unknown"],
        );
        let closed = self.random.chance(70);
        let status = if closed {
            *self
                .random
                .pick(&["won", "won", "lost", "not-now", "withdrawn"])
        } else {
            "open"
        };
        let value = (1 + self.random.below(90)) * 50_000;
        self.line(format!(
            "opened = {opened}\nstatus = \"{status}\"\nvalue = {value}"
        ));
        if closed {
            self.line(format!("closed = {opened}"));
            self.say("stated-reason", self.words.concerns);
        }
        self.deals.push(key);
        self.close(false);
    }

    fn interaction(&mut self) {
        self.dated("interaction");
        self.say("channel", &["call", "meeting", "mail", "chat", "visit"]);
        self.say("by", &["us", "them"]);
        let (one, other) = (self.person(), self.person());
        if one == other {
            self.line(format!("with = [\"{one}\"]"));
        } else {
            self.line(format!("with = [\"{one}\", \"{other}\"]"));
        }
        self.say("summary", self.words.sentences);
        self.close(true);
    }

    fn concern(&mut self) {
        let key = self.dated("concern");
        let from = self.person();
        self.line(format!("from = \"{from}\""));
        self.say("about", goodwill::model::kind::LEVERS);
        self.say("said", self.words.concerns);
        if self.random.chance(60) {
            let answered = self.day;
            self.line("status = \"answered\"");
            self.say("answer", self.words.sentences);
            self.line(format!("answered = {answered}"));
        } else {
            self.line("status = \"open\"");
        }
        self.concerns.push(format!("concern.{key}"));
        self.close(true);
    }

    fn promise(&mut self) {
        self.dated("promise");
        self.say("by", &["us", "them"]);
        self.say("what", self.words.promises);
        let due = self.day + 14.days();
        self.line(format!("due = {due}"));
        if self.random.chance(80) {
            let done = self.day;
            self.line(format!("done = {done}"));
        }
        self.close(true);
    }

    fn negotiation(&mut self) {
        self.dated("negotiation");
        self.say("asked", self.words.concerns);
        for side in ["give", "get"] {
            let lever = *self.random.pick(goodwill::model::kind::LEVERS);
            let what = *self.random.pick(self.words.promises);
            self.line(format!("{side} = [\"{lever}: {what}\"]"));
        }
        self.say("result", &["open", "deal", "deal", "no-deal", "not-now"]);
        self.say("learned", self.words.sentences);
        if !self.concerns.is_empty() {
            let because = self.random.pick(&self.concerns).clone();
            self.line(format!("because = [\"{because}\"]"));
        }
        self.close(true);
    }

    fn fact(&mut self) {
        self.dated("fact");
        self.say("about", goodwill::model::kind::FACETS);
        self.say("text", self.words.sentences);
        let source = self.person();
        self.line(format!("source = \"{source}\""));
        self.close(false);
    }

    fn win_lose(&mut self) {
        self.dated("win-lose");
        self.say("stage", &["expected", "actual"]);
        for party in ["us", "them", "others"] {
            let outcome = *self.random.pick(goodwill::model::kind::OUTCOMES);
            let what = *self.random.pick(self.words.promises);
            self.line(format!("{party} = [\"{outcome}: {what}\"]"));
        }
        self.say("reason", self.words.sentences);
        self.close(true);
    }

    fn check_in(&mut self) {
        self.dated("check-in");
        let who = self.person();
        let satisfaction = 1 + self.random.below(5);
        self.line(format!("with = [\"{who}\"]\nsatisfaction = {satisfaction}"));
        self.say("enduring", self.words.concerns);
        self.say("in-their-place", &["yes", "no", "unsure"]);
        self.close(true);
    }
}

fn ourselves(count: usize, concerns: &[String], random: &mut Random) -> String {
    let mut text = "name = \"Ourselves\"\nourselves = true\n".to_owned();
    for number in 0..count {
        let day = date(2020, 1, 1) + i64::try_from(number * 40).unwrap_or(0).days();
        let key = entry_key(day.min(TODAY), random.next() >> 8);
        let words = Words::of(if random.chance(50) {
            Language::Japanese
        } else {
            Language::English
        });
        let what = *random.pick(words.promises);
        let _ = write!(
            text,
            "\n[change.{key}]\ndate = {}\nwhat = \"{what}\"\n",
            day.min(TODAY)
        );
        if !concerns.is_empty() {
            let because = random.pick(concerns);
            let _ = writeln!(text, "because = [\"{because}\"]");
        }
    }
    text
}
