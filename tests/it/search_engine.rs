//! What an engine finds, against slow and plain rules over journals of few letters.

use std::collections::BTreeSet;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::entry::Entry;
use goodwill::model::fold::fold;
use goodwill::model::search::engine::{Engine, highlights};
use goodwill::model::search::query::{Atom, Query};
use goodwill::model::search::word::{How, Word};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::search_rank::{customer, parse};

/// What the engine finds: places, best first, whether it guessed, and how much it is in all.
fn found(engine: &mut Engine, query: &Query) -> (Vec<String>, bool, usize) {
    let found = engine.search(query, usize::MAX, &|| false);
    let found = found.unwrap();
    let places = found.hits.iter().map(|hit| hit.place()).collect();
    (places, found.guessed, found.total)
}

fn engine(customers: &[Arc<Customer>]) -> Engine {
    let mut engine = Engine::default();
    engine.follow(customers);
    engine
}

/// Whether the words of a query stand in an entry or in its customer's names, at least one of
/// them in the entry itself: looked up field by field.
fn stands(query: &Query, customer: &Customer, entry: Option<&Entry>) -> bool {
    let fields = entry.map_or(&customer.head, |entry| &entry.fields);
    let mut own: Vec<String> = fields
        .iter()
        .map(|(_, value)| fold(&value.to_line()))
        .collect();
    let head = &customer.head;
    let names = ["name", "reading"]
        .into_iter()
        .filter_map(|name| head.text(name));
    let mut names: Vec<String> = names.chain(head.texts("aliases")).map(fold).collect();
    names.push(fold(customer.stem()));
    if entry.is_none() {
        own.extend(names.clone());
    }
    let is_in = |texts: &[String], any: &[Atom]| {
        let mut words = any.iter().filter_map(|atom| match atom {
            Atom::Word(word) => Some(word),
            Atom::Test(_) => None,
        });
        words.any(|word| texts.iter().any(|text| word.is_in(text)))
    };
    let mut asked = query.clauses().iter().filter(|clause| !clause.not);
    let mut all = query.clauses().iter();
    all.all(|clause| (is_in(&own, &clause.any) || is_in(&names, &clause.any)) != clause.not)
        && (asked.clone().next().is_none() || asked.any(|clause| is_in(&own, &clause.any)))
}

fn standing(query: &Query, customers: &[Arc<Customer>]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    for customer in customers {
        if stands(query, customer, None) {
            places.insert(customer.key.to_string());
        }
        let entries = customer.entries.iter();
        let entries = entries.filter(|entry| stands(query, customer, Some(entry)));
        places.extend(entries.map(|entry| format!("{}:{}", customer.key, entry.id())));
    }
    places
}

const TEXT: &str = "[abAB ー山田さ見-]{1,12}";

fn file(key: &'static str) -> impl Strategy<Value = Arc<Customer>> {
    let entry = (0..4_usize, TEXT, TEXT, TEXT);
    let entries = prop::collection::vec(entry, 0..5);
    (TEXT, TEXT, entries).prop_map(move |(name, reading, entries)| {
        let mut text = format!("name = \"{name}\"\nreading = \"{reading}\"\n");
        for (at, (kind, title, line, note)) in entries.into_iter().enumerate() {
            let (kind, main) = [("fact", "text"), ("contact", "name"), ("deal", "title"), ("golf", "x")][kind];
            text += &format!(
                "[{kind}.k{at}]\n{main} = \"{title}\"\ntags = [\"{line}\", \"b\"]\nnotes = \"\"\"\n{note}\n{line}\"\"\"\n"
            );
        }
        customer(key, &text)
    })
}

fn files() -> impl Strategy<Value = Vec<Arc<Customer>>> {
    (file("a/b"), file("ba"), file("山")).prop_map(|(a, b, c)| vec![a, b, c])
}

fn word() -> impl Strategy<Value = String> {
    "[!]?'?[abー山田見-]{1,4}([|]'?[ab田]{1,2})?"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_that_stands_there_is_found(files in files(), words in prop::collection::vec(word(), 1..4)) {
        let query = parse(&words.join(" "));
        prop_assume!(!query.is_empty());
        let (places, guessed, total) = found(&mut engine(&files), &query);
        let expected = standing(&query, &files);
        let set: BTreeSet<String> = places.iter().cloned().collect();
        prop_assert_eq!(set.len(), places.len());
        prop_assert_eq!(total, places.len());
        prop_assert!(set.is_superset(&expected), "{:?} {:?}", expected, set);
        let is_exact = query.words().all(|word| word.how() == How::Exact);
        let is_plain = !words.concat().contains(|c: char| c.is_ascii_alphabetic());
        if is_exact || (is_plain && !guessed) {
            prop_assert_eq!(set, expected);
        }
    }

    #[test]
    fn the_best_few_are_the_first_of_all(files in files(), typed in word(), most in 0..6_usize) {
        let (query, mut engine) = (parse(&typed), engine(&files));
        let (all, _, total) = found(&mut engine, &query);
        let few = engine.search(&query, most, &|| false).unwrap();
        let places: Vec<String> = few.hits.iter().map(|hit| hit.place()).collect();
        prop_assert_eq!(few.total, total);
        prop_assert_eq!(&places[..], &all[..most.min(total)]);
    }

    #[test]
    fn after_any_edits_the_engine_is_as_good_as_new(
        before in files(), after in files(), kept in 0..3_usize, typed in word(),
    ) {
        let mut now = after;
        now[kept] = Arc::clone(&before[kept]);
        let mut followed = engine(&before);
        let query = parse(&typed);
        found(&mut followed, &query);
        followed.follow(&now);
        prop_assert_eq!(found(&mut followed, &query), found(&mut engine(&now), &query));
        let mut grown = Engine::default();
        now.iter().rev().for_each(|customer| grown.add(&[Arc::clone(customer)]));
        prop_assert_eq!(found(&mut grown, &query), found(&mut engine(&now), &query));
    }

    #[test]
    fn typing_on_finds_the_same_as_a_search_from_scratch(files in files(), typed in "[ab山田! '|ー]{1,9}") {
        let mut typing = engine(&files);
        let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.collect();
        for end in ends.iter().chain(ends.iter().rev().skip(1)) {
            let query = parse(&typed[..*end]);
            prop_assert_eq!(found(&mut typing, &query), found(&mut engine(&files), &query), "{}", &typed[..*end]);
        }
    }

    #[test]
    fn marks_are_whole_graphemes_that_do_not_overlap(
        text in "[a-cäßＡァ-オあ山邊㈱ー~ \u{3099}\u{301}\u{200B}\u{200D}👨ﾞ\n]{0,20}",
        typed in "['^]?[a-cー山あ邊]{1,6}[$]?( [a-c山]{1,2})?",
    ) {
        let query = parse(&typed);
        let mut borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        borders.push(text.len());
        let mut end = 0;
        for place in highlights(&query, &text) {
            prop_assert!(place.start >= end && place.start < place.end);
            prop_assert!(borders.contains(&place.start) && borders.contains(&place.end));
            end = place.end;
        }
    }
}

#[track_caller]
fn marks(typed: &str, text: &str, pieces: &[&str]) {
    let places = highlights(&parse(typed), text).into_iter();
    let marked: Vec<&str> = places.map(|place| &text[place]).collect();
    assert_eq!(marked, pieces, "{typed} in {text}");
}

#[test]
fn marks_spell_the_match_however_it_was_met() {
    marks("payment", "Late ＰＡＹＭＥＮＴ", &["ＰＡＹＭＥＮＴ"]);
    marks("paymnet", "Late Payment, payments", &["Payment", "payment"]);
    marks("negotat", "The Negotiation", &["Negotiat"]);
    marks("フジブリント", "フジプリント社", &["フジプリント"]);
    marks("yamada", "山田 花子 (やまだ)", &["山田", "やまだ"]);
    marks("wbrnw", "Web renewal", &["W", "b", "r", "n", "w"]);
    marks("^web", "Web, web", &["Web"]);
    marks("web$", "Web, web", &["web"]);
    marks("'paymnet", "Late Payment", &[]);
    marks("acme pay", "Acme pays", &["Acme", "pay"]);
}

#[test]
fn a_word_tells_how_well_it_meets_a_name() {
    let word = |typed: &str| Word::new(typed, How::Loose).unwrap();
    let best_first = ["web", "web shop", "the web shop", "cobweb"];
    let fits: Vec<_> = best_first
        .iter()
        .map(|name| word("web").fit(name))
        .collect();
    assert!(fits.iter().all(Option::is_some) && fits.is_sorted());
    assert!(word("renewal").fit("renewal") < word("renewsl").fit("renewal"));
    assert!(word("renewsl").fit("renewal") < word("rnwl").fit("renewal"));
    assert_eq!(word("zzqx").fit("web shop renewal"), None);
    assert_eq!(word("yamada").without_romaji().fit("山田"), None);
}

#[test]
fn a_search_that_nobody_waits_for_ends_and_spoils_nothing() {
    let files: Vec<_> = (0..100)
        .map(|at| {
            customer(
                &format!("c{at}"),
                "name = \"Acme\"\n[fact.a]\ntext = \"payment\"\n",
            )
        })
        .collect();
    let mut engine = engine(&files);
    let query = parse("payment");
    assert!(engine.search(&query, 10, &|| true).is_none());
    assert!(engine.pick(&query, &|| true).is_none());
    assert_eq!(found(&mut engine, &query).2, 100);
    assert_eq!(engine.words_beginning("pay", 5), ["payment"]);
}

#[test]
fn texts_that_nobody_would_write_are_searched_too() {
    let note = "あのイーハトーヴォのすきとおった風 the quick payment 👩‍👩‍👧‍👦 e\u{301}\u{301}\u{301} "
        .repeat(2000);
    let file = format!("name = \"X\"\n[fact.a]\ntext = \"{note}\"\nnotes = \"\"\"\n{note}\"\"\"\n");
    let long = "pay ".repeat(125);
    let hostile = customer("x", &file);
    let mut engine = engine(&[hostile]);
    for typed in [
        "a",
        "👩‍👩‍👧‍👦",
        "e\u{301}",
        "\u{301}",
        &long,
        "paymnet",
        "sukitootta",
        "zzqx",
        "\u{200B}",
        "|",
        "''",
        "ー",
    ] {
        let query = parse(typed);
        let (places, _, _) = found(&mut engine, &query);
        assert!(places.len() <= 2, "{typed}");
        highlights(&query, &note);
    }
}
