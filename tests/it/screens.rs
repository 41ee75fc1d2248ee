//! The screens as they are drawn, kept as text in `tests/screens`.
//!
//! `GOODWILL_BLESS=1 cargo test --test it screens` writes them anew; read the diff before it is
//! committed. With `GOODWILL_PICTURES=folder` each screen is also drawn there as SVG.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use goodwill::ui::msg::Msg;
use goodwill::ui::testing;

use crate::stage::{Stage, tests_folder};

/// A screen: its name, its size, and how one comes to it.
type Screen = (&'static str, u16, u16, fn(Stage) -> Stage);

fn keys(stage: Stage, keys: &str) -> Stage {
    let mut stage = stage.sample().open();
    stage.keys(keys);
    stage
}

/// One customer with one call and nothing else.
const ONE: &str = "name = \"Acme\"\n\n[interaction.2026-11-20-7k3q9d]\ndate = 2026-11-20\nchannel = \"call\"\nsummary = \"They ask for two payments\"\n";

const BROKEN: &str =
    "name = \"Borealis\"\n\n[concern.2026-11-01]\nsaid = \"half a line\nstatus = \"open\"\n";

/// To the page of acme, whatever stands above it.
const ACME: &str = "f <acme> enter enter";

fn acme(stage: Stage, more: &str) -> Stage {
    let mut stage = keys(stage, ACME);
    stage.keys(more);
    stage
}

/// Three hundred customers, one of them with four hundred calls.
fn many(stage: Stage, keys: &str) -> Stage {
    let mut stage = (0..300).fold(stage, |stage, at| {
        let name = ["商店", "Works", "工業", "Studio"][at % 4];
        let call = format!(
            "[interaction.2026-0{}-1{}]\nsummary = \"x\"\n",
            at % 9 + 1,
            at % 10
        );
        stage.file(
            &format!("c{at:03}.toml"),
            &format!("name = \"{at:03} {name}\"\n\n{call}"),
        )
    });
    let calls = (0..400).map(|at| {
        let (year, month, day) = (2018 + at / 50, at % 12 + 1, at % 28 + 1);
        format!("\n[interaction.{year}-{month:02}-{day:02}-{at}]\nchannel = \"call\"\nsummary = \"{at}件目の電話\"\n")
    });
    let text = calls.fold(
        "name = \"一番 長い 名前の お客様 株式会社\"\n".to_owned(),
        |text, call| text + &call,
    );
    stage = stage.file("long.toml", &text).open();
    stage.keys(keys);
    stage
}

const SCREENS: &[Screen] = &[
    ("list", 80, 24, |s| keys(s, "")),
    ("list", 120, 40, |s| keys(s, "")),
    ("list", 200, 50, |s| keys(s, "")),
    ("list", 40, 12, |s| keys(s, "")),
    ("list-ascii", 120, 40, |s| keys(s.ascii(), "")),
    ("list-empty", 80, 24, Stage::open),
    ("list-empty", 120, 40, Stage::open),
    ("list-one", 80, 24, |s| s.file("acme.toml", ONE).open()),
    ("list-one", 120, 40, |s| s.file("acme.toml", ONE).open()),
    ("list-many", 80, 24, |s| many(s, "s J J")),
    ("list-many", 120, 40, |s| many(s, "s G")),
    ("page-many", 80, 24, |s| many(s, "f <一番> enter enter J J")),
    ("page-many", 120, 40, |s| many(s, "f <一番> enter enter G")),
    ("list-by-value", 80, 24, |s| keys(s, "s s s")),
    ("list-by-value", 120, 40, |s| keys(s, "s s s")),
    ("list-quiet", 80, 24, |s| keys(s.today("2027-02-15"), "")),
    ("list-filter", 80, 24, |s| keys(s, "f <せい>")),
    ("list-filter-nothing", 80, 24, |s| keys(s, "f <zzz>")),
    ("list-loading", 80, 24, |mut s| {
        s.tell(Msg::Progress {
            read: 128,
            of: 2000,
        });
        s
    }),
    ("list-broken", 80, 24, |s| {
        s.file("acme.toml", ONE)
            .file("borealis.toml", BROKEN)
            .open()
    }),
    ("page", 80, 24, |s| acme(s, "")),
    ("page", 120, 40, |s| acme(s, "")),
    ("page", 200, 50, |s| acme(s, "")),
    ("page", 40, 12, |s| acme(s, "")),
    ("page-ascii", 80, 24, |s| acme(s.ascii(), "")),
    ("page-end", 80, 24, |s| acme(s, "G")),
    ("page-one", 80, 24, |s| {
        let mut s = s.file("acme.toml", ONE).open();
        s.keys("enter");
        s
    }),
    ("page-filter", 80, 24, |s| acme(s, "f <支払> enter")),
    ("page-concerns", 80, 24, |s| acme(s, "]")),
    ("page-concerns", 120, 40, |s| acme(s, "]")),
    ("page-negotiations", 80, 24, |s| acme(s, "] ]")),
    ("page-negotiations", 120, 40, |s| acme(s, "] ]")),
    ("page-win-lose", 80, 24, |s| acme(s, "] ] ]")),
    ("page-win-lose", 120, 40, |s| acme(s, "] ] ]")),
    ("page-facts", 80, 24, |s| acme(s, "] ] ] ]")),
    ("page-facts", 120, 40, |s| acme(s, "] ] ] ]")),
    ("page-people", 80, 24, |s| acme(s, "[ [")),
    ("page-people", 120, 40, |s| acme(s, "[ [")),
    ("page-deals", 80, 24, |s| acme(s, "[")),
    ("page-deals", 120, 40, |s| acme(s, "[")),
    ("page-english", 80, 24, |s| {
        keys(s, "f <borealis> enter enter")
    }),
    ("page-english", 120, 40, |s| {
        keys(s, "f <borealis> enter enter")
    }),
    ("page-silent", 80, 24, |s| keys(s, "f <cobalt> enter enter")),
    ("entry", 80, 24, |s| {
        acme(
            s,
            "f <7k3 支払条件> bs bs bs bs bs bs bs bs ctrl-u <支払条件> enter enter",
        )
    }),
    ("entry", 120, 40, |s| acme(s, "f <支払条件> enter enter")),
    ("entry-negotiation", 80, 24, |s| acme(s, "enter")),
    ("form-interaction-1", 80, 24, |s| {
        acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri>")
    }),
    ("form-interaction-1", 120, 40, |s| {
        acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri>")
    }),
    ("form-interaction-1-ascii", 80, 24, |s| {
        acme(s.ascii(), "a i <支払は分割なら> tab <見積2案> tab <fri>")
    }),
    ("form-interaction-1", 40, 12, |s| {
        acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri>")
    }),
    ("form-interaction-2", 80, 24, |s| acme(s, "a i shift-tab")),
    ("form-concern-1", 80, 24, |s| {
        acme(s, "a c <支払が> tab <山>")
    }),
    ("form-concern-2", 80, 24, |s| acme(s, "a c shift-tab")),
    ("form-negotiation-1", 80, 24, |s| {
        acme(s, "a n <値引き> tab <pa>")
    }),
    ("form-negotiation-2", 80, 24, |s| acme(s, "a n shift-tab")),
    ("form-win-lose-1", 80, 24, |s| acme(s, "a w")),
    ("form-win-lose-2", 80, 24, |s| acme(s, "a w shift-tab")),
    ("form-promise-1", 80, 24, |s| {
        acme(s, "a p <見積> tab <whenever>")
    }),
    ("form-promise-2", 80, 24, |s| acme(s, "a p shift-tab")),
    ("form-check-in-1", 80, 24, |s| acme(s, "a k <7>")),
    ("form-check-in-2", 80, 24, |s| acme(s, "a k shift-tab")),
    ("form-fact-1", 80, 24, |s| acme(s, "a f")),
    ("form-fact-2", 80, 24, |s| acme(s, "a f shift-tab")),
    ("form-change-1", 80, 24, |s| acme(s, "a h")),
    ("form-change-2", 80, 24, |s| acme(s, "a h shift-tab")),
    ("form-deal-1", 80, 24, |s| {
        acme(s, "a d <EC第二期> tab <120万>")
    }),
    ("form-deal-2", 80, 24, |s| acme(s, "a d shift-tab")),
    ("form-contact-1", 80, 24, |s| acme(s, "a o")),
    ("form-contact-2", 80, 24, |s| acme(s, "a o shift-tab")),
    ("form-new-customer-1", 80, 24, |s| keys(s, "n")),
    ("form-new-customer-2", 80, 24, |s| keys(s, "n shift-tab")),
    ("form-head-1", 80, 24, |s| keys(s, "f <acme> enter e")),
    ("form-head-2", 80, 24, |s| {
        keys(s, "f <acme> enter e shift-tab")
    }),
    ("form-edit", 80, 24, |s| acme(s, "e")),
    ("form-edit", 120, 40, |s| acme(s, "e")),
    ("form-rename", 80, 24, |s| keys(s, "f <acme> enter R")),
    ("form-move", 80, 24, |s| acme(s, "R <bor>")),
    ("form-first", 80, 24, Stage::first),
    ("form-first", 120, 40, Stage::first),
    ("form-asks", 80, 24, |s| acme(s, "a i <支払は> esc")),
    ("form-empty-refused", 80, 24, |s| acme(s, "a c ctrl-s")),
    ("form-saving", 80, 24, |s| {
        let mut s = acme(s, "");
        s.hold().keys("a i <支払は分割なら> enter");
        s
    }),
    ("add-menu", 80, 24, |s| acme(s, "a")),
    ("add-menu", 120, 40, |s| acme(s, "a")),
    ("confirm-remove", 80, 24, |s| acme(s, "D")),
    ("help-list", 80, 24, |s| keys(s, "?")),
    ("help-page", 120, 40, |s| acme(s, "?")),
    ("problems-none", 80, 24, |s| keys(s, "!")),
    ("problems", 80, 24, |s| {
        let mut s = s
            .file("acme.toml", ONE)
            .file("borealis.toml", BROKEN)
            .open();
        s.keys("!");
        s
    }),
    ("notice-logged", 80, 24, |s| {
        acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri> enter")
    }),
    ("notice-undone", 120, 40, |s| {
        acme(s, "a i <支払は分割なら> enter u")
    }),
];

#[test]
fn every_screen_looks_as_it_did() {
    let mut told = Vec::new();
    let mut names = BTreeSet::new();
    for (name, width, height, recipe) in SCREENS {
        let name = format!("{name}-{width}x{height}");
        assert!(names.insert(format!("{name}.txt")), "{name} twice");
        let stage = recipe(Stage::new(*width, *height));
        picture(&name, &stage);
        told.extend(compare(&name, &stage.screen()));
    }
    let folder = tests_folder().join("screens");
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !names.contains(&name) {
            told.push(format!("tests/screens/{name} belongs to no screen"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

/// What differs from the screen that was kept.
fn compare(name: &str, screen: &str) -> Option<String> {
    let path = tests_folder().join("screens").join(format!("{name}.txt"));
    let now = format!("{screen}\n");
    if std::env::var_os("GOODWILL_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
        return None;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept == now {
        return None;
    }
    let mut diff = format!("{} differs (- kept, + now):", path.display());
    let (kept, now): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), now.lines().collect());
    for at in 0..kept.len().max(now.len()) {
        let (was, is) = (kept.get(at), now.get(at));
        if was != is {
            diff += &format!(
                "\n{at:3} - {}\n    + {}",
                was.unwrap_or(&""),
                is.unwrap_or(&"")
            );
        }
    }
    Some(diff)
}

fn picture(name: &str, stage: &Stage) {
    if let Some(folder) = std::env::var_os("GOODWILL_PICTURES") {
        let path = Path::new(&folder).join(format!("{name}.svg"));
        fs::write(path, testing::svg(&stage.buffer())).unwrap();
    }
}

#[test]
fn no_size_is_too_small_or_too_large() {
    let places = [
        "",
        "?",
        "!",
        "n",
        "n shift-tab",
        "f <a>",
        "enter",
        "enter enter",
        "enter a",
        "enter a i <支払> shift-tab",
        "enter D",
        "enter f <a>",
        "enter e",
        "enter a n tab <p>",
    ];
    for (width, height) in [
        (0, 0),
        (1, 1),
        (5, 3),
        (2, 40),
        (200, 2),
        (30, 7),
        (65_535, 65_535),
    ] {
        for place in places {
            let mut stage = Stage::new(80, 24).sample().open();
            stage.keys(place).resize(width, height);
            let cursor = stage.cursor();
            let screen = stage.buffer().area;
            assert!(
                cursor.is_none_or(|at| screen.contains(at)),
                "{place} at {width}x{height}"
            );
            stage.keys("j j k G g");
            stage.buffer();
        }
    }
}
