//! Which hit comes first, as `docs/search.md` tells it: the places of a query, best first.

use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::search::engine::{Engine, Found};
use goodwill::model::search::query::{Query, Reading};
use goodwill::store::read::read_customer;
use jiff::civil::{Weekday, date};

pub fn customer(key: &str, text: &str) -> Arc<Customer> {
    let read = read_customer(key, text);
    assert_eq!(read.problems, [], "{text}");
    Arc::new(read.customer)
}

pub fn parse(typed: &str) -> Query {
    Query::parse(
        typed,
        &Reading {
            today: date(2026, 11, 21),
            week_starts: Weekday::Monday,
            romaji: true,
        },
    )
}

pub fn search(files: &[(&str, &str)], typed: &str) -> Found {
    let customers: Vec<_> = files
        .iter()
        .map(|(key, text)| customer(key, text))
        .collect();
    let mut engine = Engine::default();
    engine.follow(&customers);
    let found = engine.search(&parse(typed), 50, &|| false);
    found.unwrap()
}

fn places(files: &[(&str, &str)], typed: &str) -> Vec<String> {
    let hits = search(files, typed).hits;
    hits.iter().map(|hit| hit.place()).collect()
}

/// A fact of one customer for each text, named `a`, `b`, …; the order is looked at by title.
#[track_caller]
fn ranks_facts(typed: &str, best_first: &[&str]) {
    // Written down backwards, so that the order of the file does not help.
    let facts = best_first.iter().enumerate().rev();
    let facts = facts.map(|(at, text)| format!("[fact.f{at}]\ntext = \"{text}\"\n"));
    let file = format!("name = \"Nobody\"\n{}", facts.collect::<String>());
    let found = search(&[("nobody", &file)], typed);
    let texts = found
        .hits
        .iter()
        .filter_map(|hit| hit.entry()?.fields.text("text"));
    assert_eq!(texts.collect::<Vec<_>>(), best_first, "{typed}");
}

#[test]
fn exact_comes_before_the_start_of_a_word_before_the_inside_of_one() {
    ranks_facts("term", &["term", "a short term", "midterm"]);
    ranks_facts("支払", &["支払", "支払の相談", "月末の支払", "前支払"]);
    ranks_facts("台帳", &["在庫台帳", "小台帳"]);
    ranks_facts("board", &["board", "the board", "an overboard offer"]);
}

#[test]
fn the_word_itself_comes_before_what_is_read_so_before_a_slip_before_letters_apart() {
    ranks_facts("kaigi", &["kaigi", "会議は月曜", "kaigo", "kai gives"]);
    ranks_facts("payment", &["prepayments", "paymemt", "pay men to move"]);
}

const ONE_WORD_IN_EACH_ZONE: &str = "name = \"Cobalt\"\n\
    [contact.a]\nname = \"Payment Desk\"\n\
    [deal.b]\ntitle = \"Late payment\"\nstatus = \"lost\"\n\
    [interaction.c]\nsummary = \"A call\"\ntags = [\"slow payment\"]\n\
    [interaction.d]\nsummary = \"A call\"\nnotes = \"\"\"\nOn this and that,\nand payment.\"\"\"\n";

#[test]
fn names_come_before_titles_before_other_lines_before_notes() {
    assert_eq!(
        places(&[("cobalt", ONE_WORD_IN_EACH_ZONE)], "payment"),
        [
            "cobalt:contact.a",
            "cobalt:deal.b",
            "cobalt:interaction.c",
            "cobalt:interaction.d"
        ]
    );
}

#[test]
fn among_equals_open_comes_before_done_and_recent_before_old_and_then_the_place() {
    let concern = |day: &str, status: &str| {
        format!("[concern.{day}]\ndate = {day}\nsaid = \"Payment\"\nstatus = \"{status}\"\n")
    };
    let file = ["name = \"X\"\n".to_owned()].into_iter().chain([
        concern("2026-01-01", "answered"),
        concern("2024-01-01", "open"),
        concern("2026-06-01", "gone"),
        concern("2025-01-01", "open"),
    ]);
    let file: String = file.collect();
    let found = places(&[("b", &file), ("a", &file)], "payment");
    let days = |key: &str| -> Vec<String> {
        let of = found.iter().filter(|place| place.starts_with(key));
        of.map(|place| place[10..].to_owned()).collect()
    };
    let best_first = ["2025-01-01", "2024-01-01", "2026-06-01", "2026-01-01"];
    assert_eq!(days("a:"), best_first);
    assert_eq!(found[..2], ["a:concern.2025-01-01", "b:concern.2025-01-01"]);
}

#[test]
fn the_points_of_several_words_are_added() {
    let yamada = "name = \"Yamada Works\"\n[fact.a]\ntext = \"Payment by card\"\n[fact.b]\ntext = \"Likes tea\"\n";
    let other = "name = \"Cobalt\"\n\
        [fact.both]\ntext = \"Yamada asks for payment\"\n\
        [fact.title-and-note]\ntext = \"Payment\"\nnotes = \"\"\"\nSo says\nYamada.\"\"\"\n\
        [fact.notes]\ntext = \"A talk\"\nnotes = \"\"\"\nYamada on\npayment\"\"\"\n";
    assert_eq!(
        places(&[("yamada", yamada), ("cobalt", other)], "yamada payment"),
        [
            "cobalt:fact.both",
            "yamada:fact.a",
            "cobalt:fact.title-and-note",
            "cobalt:fact.notes"
        ]
    );
}

#[test]
fn words_side_by_side_come_before_words_that_lie_apart() {
    ranks_facts("points card", &["the points card", "the card with points"]);
    ranks_facts("shiharai saito", &["支払サイト", "斎藤さんと支払"]);
}

#[test]
fn a_deal_comes_before_what_belongs_to_it() {
    let file = "name = \"X\"\n[fact.a]\ntext = \"A talk\"\ndeal = \"edi\"\n[deal.edi]\ntitle = \"EDI for orders\"\n";
    assert_eq!(places(&[("x", file)], "edi"), ["x:deal.edi", "x:fact.a"]);
}

#[test]
fn a_customer_is_found_by_its_name_without_all_that_is_written_about_it() {
    let files = [
        (
            "acme",
            "name = \"Acme Trading\"\n[contact.a]\nname = \"Bob\"\n[concern.b]\nsaid = \"Too much\"\n",
        ),
        (
            "cobalt",
            "name = \"Cobalt\"\n[fact.a]\ntext = \"Buys from Acme\"\n",
        ),
    ];
    assert_eq!(places(&files, "acme"), ["acme", "cobalt:fact.a"]);
    assert_eq!(places(&files, "acme bob"), ["acme:contact.a"]);
    assert_eq!(places(&files, "acme kind:concern"), ["acme:concern.b"]);
    assert_eq!(places(&files, "buys !cobalt"), [] as [&str; 0]);
    assert_eq!(places(&files, "kind:concern !acme"), [] as [&str; 0]);
}

#[test]
fn a_name_is_found_by_its_reading_from_the_first_letters_on() {
    let files = [
        (
            "yamada",
            "name = \"山田商事\"\nreading = \"やまだしょうじ\"\n",
        ),
        (
            "koyama",
            "name = \"小山田工業\"\n[contact.a]\nname = \"佐藤 健\"\n[fact.b]\ntext = \"山田さんの紹介\"\n",
        ),
    ];
    for typed in ["yam", "yama", "yamad", "yamada"] {
        assert_eq!(places(&files, typed)[0], "yamada", "{typed}");
    }
    assert!(places(&files, "yamada").contains(&"koyama:fact.b".to_owned()));
    assert_eq!(places(&files, "sa")[0], "koyama:contact.a");
    assert_eq!(
        places(&files, "'yamada"),
        ["yamada"],
        "only its key says so"
    );
}

#[test]
fn a_slip_finds_its_word_and_a_word_that_is_nowhere_finds_nothing() {
    let files = [("cobalt", ONE_WORD_IN_EACH_ZONE)];
    let as_typed = places(&files, "payment");
    for typed in ["paymnet", "paymet", "oayment", "paymentt", "cobalt paymnet"] {
        assert_eq!(places(&files, typed).len(), as_typed.len(), "{typed}");
        assert!(search(&files, typed).guessed, "{typed}");
    }
    for typed in ["zzqx", "umbrella", "龍神", "'paymnet", "^paymnet"] {
        assert_eq!(places(&files, typed), [] as [&str; 0], "{typed}");
    }
}

#[test]
fn nothing_is_guessed_where_enough_is_found_as_it_was_typed() {
    let facts = (0..30).map(|at| format!("[fact.f{at}]\ntext = \"a quote\"\n"));
    let file = format!(
        "name = \"X\"\n[fact.g]\ntext = \"a quota\"\n{}",
        facts.collect::<String>()
    );
    let found = search(&[("x", &file)], "quote");
    assert_eq!(
        (found.total, found.searched, found.guessed),
        (30, 32, false)
    );
}
