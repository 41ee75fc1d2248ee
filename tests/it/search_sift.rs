//! What a search reads of a journal: less than all of it, and never less than it needs.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::entry::{Entry, Fields};
use goodwill::model::fold::fold;
use goodwill::model::search::engine::{Engine, Found, Gathered, Hit};
use goodwill::model::search::first::First;
use goodwill::model::search::query::{Query, Reading};
use goodwill::model::value::{Value, ValueRef};
use goodwill::store::load::load;
use goodwill::store::read::{parse_customer, read_bytes};
use goodwill::store::sample;
use goodwill::store::sieve::{Sieve, load_sifted};
use goodwill::store::sift::{Leaf, Scratch, Sift};
use jiff::civil::{Weekday, date};
use proptest::prelude::*;

use crate::check::generate;

const READING: Reading = Reading {
    today: date(2026, 11, 21),
    week_starts: Weekday::Monday,
    romaji: false,
};

/// All texts of an entry or a head, folded, a value a line.
fn texts(fields: &Fields) -> String {
    let lines = fields.iter().map(|(_, value)| fold(&value.to_line()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The texts before a place.
fn texts_before(fields: &Fields, first: First) -> String {
    let next = usize::from(first.fields);
    let before = fields.iter().take(next);
    let mut before: Vec<(&str, Value)> = before
        .map(|(name, value)| (name, value.to_value()))
        .collect();
    if let Some((name, ValueRef::Text(text))) = fields.iter().nth(next) {
        let len = text.len() - first.lines(text).len();
        before.push((name, Value::text(&text[..len])));
    }
    texts(&before.into_iter().collect())
}

/// Looks for words in a file, parsed as a whole, and checks that sifting keeps each entry in
/// which, with its customer's head, all of them stand. Answers how many those are, and how many
/// entries were parsed.
#[track_caller]
fn keeps_all(key: &str, bytes: &[u8], typed: &str) -> (usize, usize) {
    let query = Query::parse(typed, &READING);
    let sift = Sift::new(&query);
    let sifted = sift.read(&Leaf::new(key, bytes), &mut Scratch::default());
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => parse_customer(key, text).customer,
        Err(_) => read_bytes(key, bytes).customer,
    };
    let head = texts(&whole.head) + "\n" + &fold(key);
    let words: Vec<&str> = query.words().map(|word| word.folded()).collect();
    let mut found = 0;
    let parsed = sifted
        .as_ref()
        .map_or(0, |sifted| sifted.read.customer.entries.len());
    for entry in &whole.entries {
        let text = texts(&entry.fields);
        let stands = |word: &&str| text.contains(word) || head.contains(word);
        if words.is_empty() || !words.iter().all(stands) || !words.iter().any(|w| text.contains(w))
        {
            continue;
        }
        found += 1;
        let entries = sifted
            .iter()
            .flat_map(|sifted| &sifted.read.customer.entries);
        let same: Vec<&Entry> = entries.filter(|other| *other == entry).collect();
        assert!(
            !same.is_empty(),
            "{typed:?} misses {entry:#?} of\n{}",
            String::from_utf8_lossy(bytes)
        );
    }
    if let Some(sifted) = &sifted {
        for (entry, first) in sifted.read.customer.entries.iter().zip(&sifted.first) {
            let left = texts_before(&entry.fields, *first);
            assert!(
                !words.iter().any(|word| left.contains(word)),
                "{typed:?} leaves {left:?} of {entry:#?}"
            );
        }
    }
    if !words.is_empty() && words.iter().all(|word| head.contains(word)) {
        let sifted = sifted.expect("the head has all words");
        assert_eq!(sifted.read.customer.head, whole.head);
    }
    (found, parsed)
}

#[test]
fn of_the_sample_little_is_parsed_and_nothing_is_missed() {
    let home = tempfile::tempdir().unwrap();
    sample::copy_to(home.path()).unwrap();
    let files: Vec<_> = walkdir::WalkDir::new(home.path())
        .into_iter()
        .map(Result::unwrap)
        .filter(|file| file.path().extension().is_some_and(|it| it == "toml"))
        .filter(|file| file.file_name() != ".goodwill.toml")
        .map(|file| fs::read(file.path()).unwrap())
        .collect();
    assert!(files.len() > 10);
    let (mut found, mut parsed, mut all) = (0, 0, 0);
    for typed in [
        "支払",
        "payment",
        "1200000",
        "アクメ 見積",
        "2026-11",
        "やまだ",
        "zzqx",
        "月額 役員会",
    ] {
        for bytes in &files {
            let (here, read) = keeps_all("x", bytes, typed);
            found += here;
            parsed += read;
            all += read_bytes("x", bytes).customer.entries.len();
        }
    }
    println!("{found} found, {parsed} parsed of {all}");
    assert!(found > 30);
    assert!(parsed * 10 < all, "{parsed} parsed of {all}");
}

/// Hits in order: customer, entry, line.
fn places(found: &Found) -> Vec<(String, u32)> {
    let place = |hit: &Hit| (hit.place(), hit.entry().map_or(1, |entry| entry.line));
    found.hits.iter().map(place).collect()
}

/// What a query finds.
fn found(customers: &[Arc<Customer>], query: &Query) -> Vec<(String, u32)> {
    let mut engine = Engine::default();
    engine.follow(customers);
    places(&engine.search_as_typed(query, usize::MAX))
}

/// An engine for one query that knows what a sift finds, without the fields that are left out.
fn knowing(mut engine: Engine, root: &Path, sift: Sift) -> Engine {
    let gather = |_: usize, gathered: &mut Gathered, customer, first: &[First]| {
        engine.gather(gathered, customer, first);
    };
    let sifted = Sieve::new(root).first(&[sift], &|_| engine.nothing(), &gather);
    engine.join(sifted.made);
    engine
}

#[test]
fn the_same_is_found_in_the_same_order_as_in_the_whole_journal() {
    let home = tempfile::tempdir().unwrap();
    generate::write(home.path(), 40, 800, 7).unwrap();
    let (journal, _) = load(home.path(), &mut |_, _| {});
    let (mut hits, mut left_out) = (0, 0);
    for typed in [
        "payment",
        "支払",
        "yamada",
        "ya",
        "shiharai",
        "しはらい",
        "mitsumori",
        "サーバー",
        "a",
        "us payment",
        "kind:concern",
        "kind:concern 支払",
        "kind:call tanaka",
        "is:open payment",
        "with:yamada 支払",
        "deal:web payment",
        "!payment monthly",
        "payment|支払 kind:deal",
        "'pay",
        "^term",
        "summer$",
        "\"monthly fee\"",
        "tag:referral",
        "since:2026-01 2026",
        "has:learned price",
        "kind:customer",
        "zzqx",
    ] {
        let query = Query::parse(
            typed,
            &Reading {
                romaji: true,
                ..READING
            },
        );
        let (sifted, problems) = load_sifted(home.path(), Sift::new(&query));
        assert_eq!(problems, []);
        let whole = found(&journal.customers, &query);
        assert_eq!(found(&sifted, &query), whole, "{typed}");
        let engine = knowing(Engine::as_typed(&query), home.path(), Sift::new(&query));
        let found = engine.search_as_typed(&query, usize::MAX);
        assert_eq!(places(&found), whole, "{typed}");
        left_out += found.hits.iter().filter(|hit| hit.first.fields > 0).count();
        hits += whole.len();
    }
    assert!(hits > 1_000, "only {hits}");
    assert!(left_out > 500, "only {left_out}");
}

#[test]
fn what_may_have_been_meant_is_found_as_in_the_whole_journal() {
    let home = tempfile::tempdir().unwrap();
    generate::write(home.path(), 40, 800, 7).unwrap();
    let (journal, _) = load(home.path(), &mut |_, _| {});
    let guessed = |customers: &[Arc<Customer>], query: &Query| {
        let mut engine = Engine::default();
        engine.follow(customers);
        places(&engine.search(query, usize::MAX, &|| false).unwrap())
    };
    let (mut hits, mut left_out) = (0, 0);
    for typed in [
        "paymnet",
        "rollotu",
        "mnthly",
        "wbrnw",
        "webshp",
        "zzqx",
        "secnod store",
        "paymnet by",
        "renwal|trainng",
        "!price trainng",
        "kind:concern paymnet",
        "sumer",
        "pltmgr",
        "abc",
    ] {
        let query = Query::parse(typed, &READING);
        let sift = Sift::guessing(&query, true).unwrap();
        let (sifted, _) = load_sifted(home.path(), sift);
        let whole = guessed(&journal.customers, &query);
        assert_eq!(guessed(&sifted, &query), whole, "{typed}");
        let slips = Sift::guessing(&query, false).unwrap();
        let engine = knowing(Engine::with_slips(&query), home.path(), slips);
        if let Some(found) = engine.search_with_slips(&query, usize::MAX) {
            assert_eq!(places(&found), whole, "{typed}");
            left_out += found.hits.iter().filter(|hit| hit.first.fields > 0).count();
        }
        hits += whole.len();
    }
    assert!(hits > 200, "only {hits}");
    assert!(left_out > 50, "only {left_out}");
}

#[test]
fn every_spelling_of_a_word_is_kept() {
    for (written, typed) in [
        ("summary = \"ＰＡＹＭＥＮＴ\"", "payment"),
        ("summary = \"p\\u0061yment\"", "payment"),
        ("summary = \"pay\\\nment\"", "payment"),
        ("summary = \"\"\"pay\\\n   ment\"\"\"", "payment"),
        ("summary = 'Päyment'", "payment"),
        ("summary = \"pa\u{301}yment\"", "payment"),
        ("summary = \"pay\u{200B}ment\"", "payment"),
        ("summary = \"ﾔﾏﾀﾞ\"", "ヤマダ"),
        ("summary = \"か\u{3099}\"", "が"),
        ("summary = \"サ−バ〜\"", "サーバー"),
        ("summary = \"渡邉\"", "渡辺"),
        ("summary = \"㈱アクメ\"", "株"),
        ("summary = \"㌔\"", "きろ"),
        ("summary = \"𠮷野\"", "吉野"),
        ("summary = \"…\"", "..."),
        ("value = 1_200_000", "1200000"),
        ("value = 1_2_00", "1200"),
        ("date = 2026-11-20 10:00:00", "2026-11-20T10"),
        ("with = [\"a\", \"b\"]", "a,"),
        ("notes = '''\nit's \\ payment'''", "payment"),
        ("notes = \"\"\"\n[memo.x]\npayment\"\"\"", "payment"),
    ] {
        let text = format!("name = \"x\"\n[fact.a]\ntext = \"y\"\n[interaction.b]\n{written}\n");
        keeps_all("x", text.as_bytes(), typed);
    }
}

#[test]
fn a_time_is_found_as_it_is_shown_and_not_as_it_is_written() {
    let text = "name = \"x\"\n[promise.p]\ndue = 2026-11-20 10:00:00\nwhat = \"a tent\"\n";
    assert_eq!(keeps_all("x", text.as_bytes(), "t10"), (1, 1));
}

#[test]
fn of_a_broken_file_the_entries_are_kept_that_can_be_read() {
    let text =
        "bad = \"\"\"\n[fact.a]\nsummary = \"ウー\"\nbad = \"\"\"\n[fact.b]\nbad = \"never closed";
    assert_eq!(keeps_all("x", text.as_bytes(), "う").0, 1);
}

/// Lines of a file in all the ways in which people and programs write them, and some in which
/// they shouldn't.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-cA-C]{1,3}",
        "[あいうアイウー山田邊辺]{1,3}",
        "[ａｂＡ１ｱｲﾞéÉß㈱…\u{301}\u{3099}\u{200B}～-]{1,3}",
        "[1-3_]{1,4}",
    ];
    let words = prop::collection::vec(word.clone(), 1..4).prop_map(|words| words.join(" "));
    prop_oneof![
        2 => words.clone().prop_map(|text| format!("summary = \"{text}\"")),
        2 => words.clone().prop_map(|text| format!("notes = \"\"\"\n{text}\n[memo.a]\n{text}\"\"\"")),
        1 => words.clone().prop_map(|text| format!("notes = '''{text}\n\\'''")),
        1 => words.clone().prop_map(|text| format!("a = '{text}' # \"\"\" {text}")),
        1 => words.clone().prop_map(|text| format!("b = \"\\u0061{text}\"")),
        1 => words.clone().prop_map(|text| format!("with = [\n[\"{text}\"],\n[a.b]\n]")),
        1 => words.clone().prop_map(|text| format!("tags = [\"{text}\", '{text}']")),
        1 => words.clone().prop_map(|text| format!("fact.c.text = \"{text}\"")),
        1 => words.clone().prop_map(|text| format!("fact = {{ d = {{ text = \"{text}\" }} }}")),
        1 => words.prop_map(|text| format!("# {text} '''")),
        1 => Just("value = 1_2_3".to_owned()),
        1 => Just("date = 2026-01-02 03:04:05".to_owned()),
        1 => Just("bad = \"never closed".to_owned()),
        1 => Just("bad = [".to_owned()),
        1 => Just("bad = \"\"\"".to_owned()),
        1 => Just(String::new()),
        4 => word.prop_map(|key| format!("[fact.\"{key}\"]")),
        4 => "[a-c]{1,2}".prop_map(|key| format!("[concern.{key}]")),
        1 => Just("[volume]".to_owned()),
        1 => Just("  [deal.x]".to_owned()),
        1 => Just("[deal.x.more]".to_owned()),
        1 => Just("[[odd]]".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_stands_in_a_file_is_kept(
        lines in prop::collection::vec(line(), 0..14),
        typed in "[a-c]{1,2}|[あいうー]{1,2}|[山田辺]|[1-3]{1,3}|株|2026|a い|山 b",
        ends in "\n|\r\n",
    ) {
        let text = lines.join(&ends);
        keeps_all("ab", text.as_bytes(), &typed);
        keeps_all("ab", format!("\u{feff}{text}").as_bytes(), &typed);
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..80), typed in "[a-c]") {
        keeps_all("ab", &bytes, &typed);
    }
}
