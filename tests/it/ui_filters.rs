//! The lines that narrow lists, complete what is typed and find what can be done go by one rule,
//! that of search: readings, slips, marks and fields.

use crate::stage::Stage;

const YAMADA: &str = "name = \"山田商店\"\ntags = [\"osaka\"]\n";
const SATO: &str = "name = \"佐藤工業\"\nreading = \"さとうこうぎょう\"\nstatus = \"away\"\n";
const NORTH: &str =
    "name = \"Northgate Logistics\"\naliases = [\"Halden Freight\"]\ntags = [\"kobe\"]\n";

fn three() -> Stage {
    Stage::new(80, 24)
        .file("one.toml", YAMADA)
        .file("two.toml", SATO)
        .file("three.toml", NORTH)
        .open()
}

#[test]
fn customers_are_found_as_search_finds_them() {
    for (typed, found) in [
        ("山田", "山田商店"),
        ("yamada", "山田商店"),
        ("yam", "山田商店"),
        ("satou", "佐藤工業"),
        ("サトウ", "佐藤工業"),
        ("nothgate", "Northgate"),
        ("halden log", "Northgate"),
        ("tag:osaka", "山田商店"),
        ("is:away", "佐藤工業"),
        ("!tag:osaka !is:away", "Northgate"),
        ("kobe|大阪", "Northgate"),
        ("^north", "Northgate"),
    ] {
        let mut stage = three();
        stage.keys(&format!("f <{typed}>")).says(found);
        for other in ["山田商店", "佐藤工業", "Northgate"] {
            if other != found {
                stage.hides(other);
            }
        }
    }
}

/// What a letter more finds may be more than what the letters before it found.
#[test]
fn a_word_that_was_nothing_half_typed_is_found_when_it_is_whole() {
    let mut stage = three();
    stage.keys("f <nothg>").hides("佐藤工業");
    stage.keys("<ate>").says("Northgate");
    stage
        .keys("bs bs bs bs")
        .keys("bs bs bs bs")
        .says("佐藤工業");
    stage.keys("<'yamada>").hides("山田商店");
}

#[test]
fn the_entries_of_a_page_are_found_as_search_finds_them() {
    for (typed, said, other) in [
        ("ikkatsu", "一括前払いは厳しい", "棚番が変わる"),
        ("is:open about:labour", "棚番が変わる", "一括前払い"),
        ("from:yamada", "一括前払いは厳しい", "棚番が変わる"),
        ("paymnet is:open", "一括前払いは厳しい", "棚番が変わる"),
        ("!about:payment is:open", "棚番が変わる", "一括前払い"),
    ] {
        let mut stage = Stage::new(120, 40).sample().open();
        stage
            .keys("f <acme> enter enter ]")
            .says("一括前払い")
            .says("棚番が");
        stage.keys(&format!("f <{typed}>")).says(said).hides(other);
    }
}

#[test]
fn people_are_completed_by_how_their_names_are_read() {
    let mut stage = Stage::new(120, 40).sample().open();
    stage.keys("f <acme> enter enter a c <もう少し待って> tab");
    stage.keys("<yama>").says("山田 花子");
    stage.keys("tab ctrl-s").says("もう少し待って");
    assert!(stage.text("acme.toml").contains("from = \"yama\""));
    stage
        .keys("a c <また今度> tab <yama> down tab ctrl-s")
        .says("また今度");
    assert!(
        stage
            .text("acme.toml")
            .contains("from = \"山田 花子\"\nsaid = \"また今度\"")
    );
}
