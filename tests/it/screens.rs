//! The screens as they are drawn, kept as text in `tests/screens`.
//!
//! `GOODWILL_BLESS=1 cargo test --test it screens` writes them anew; read the diff before it is
//! committed. With `GOODWILL_PICTURES=folder` each screen is also drawn there as SVG.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use goodwill::ui::msg::Msg;
use goodwill::ui::picture::svg;
use goodwill::ui::testing;
use goodwill::ui::theme::{Depth, Theme, ThemeName};
use ratatui::style::Modifier;

use crate::small_journal;
use crate::stage::{Stage, tests_folder};
use crate::ui_drafts::lost;

/// A screen: its name, its sizes, and how one comes to it.
type Screen = (&'static str, &'static [(u16, u16)], Recipe);

type Recipe = fn(Stage) -> Stage;

const BOTH: &[(u16, u16)] = &[(80, 24), (120, 40)];
const SMALL: &[(u16, u16)] = &[(40, 12), (80, 24), (120, 40)];
const ALL: &[(u16, u16)] = &[(40, 12), (80, 24), (120, 40), (200, 50)];

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

/// Words that were not saved, about a concern that others changed since.
fn draft(stage: Stage) -> Stage {
    let changed = small_journal::ACME.replace("一括前払いは厳しい", "一括は無理");
    let mut stage = stage.file("acme.toml", &changed).open();
    let found = lost("f <acme> enter enter e < そう聞いた> tab tab tab <見積を分ける>");
    stage.tell(Msg::Drafts(vec![found]));
    stage
}

/// A concern that was changed here by these keys, and in the file.
fn sides(stage: Stage, keys: &str) -> Stage {
    let notes: String = (1..9).map(|at| format!("{at}行目の話\n")).collect();
    let acme = format!("{}notes = \"\"\"\n{notes}以上\"\"\"\n", small_journal::ACME);
    let mut stage = stage.file("acme.toml", &acme).open();
    stage.keys("f <acme> enter enter e").keys(keys);
    let moved = acme.replace("一括前払いは厳しい", "一括は無理、分けてほしい");
    let moved = moved
        .replace("以上", "終わり")
        .replace("status", "answer = \"月払いで\"\nstatus");
    stage.write("acme.toml", &moved);
    stage.keys("ctrl-s");
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
    ("today", ALL, |s| keys(s, "1")),
    ("today-ascii", BOTH, |s| keys(s.ascii(), "1")),
    ("today-unfolded", BOTH, |s| keys(s, "1 tab j")),
    ("today-unfolded-ascii", BOTH, |s| keys(s.ascii(), "1 tab j")),
    ("today-filter", BOTH, |s| keys(s, "1 f <rfp>")),
    ("today-filter-nothing", BOTH, |s| keys(s, "1 f <zzz>")),
    ("today-dismissed", BOTH, |s| keys(s, "1 x")),
    ("today-nothing", BOTH, |s| {
        let due = ONE.to_owned() + "\n[promise.a]\nby = \"us\"\nwhat = \"x\"\ndue = 2026-12-04\n";
        let mut s = s
            .file("acme.toml", &format!("status = \"open\"\n{due}"))
            .open();
        s.keys("1");
        s
    }),
    ("snooze", SMALL, |s| keys(s, "1 z <来週>")),
    ("snooze-refused", BOTH, |s| keys(s, "1 z <soonish> enter")),
    ("list", ALL, |s| keys(s, "")),
    ("list-ascii", BOTH, |s| keys(s.ascii(), "")),
    ("timeline", ALL, |s| keys(s, "3")),
    ("timeline-ascii", BOTH, |s| keys(s.ascii(), "3")),
    ("playbook", ALL, |s| keys(s, "4")),
    ("playbook-ascii", BOTH, |s| keys(s.ascii(), "4 [")),
    ("playbook-words", BOTH, |s| keys(s, "4 < > j")),
    ("playbook-concerns", BOTH, |s| keys(s, "4 ] < > j j")),
    ("playbook-given", BOTH, |s| keys(s, "4 ] ] < >")),
    ("playbook-changes", BOTH, |s| keys(s, "4 ] ] ] j")),
    ("playbook-outcomes", BOTH, |s| keys(s, "4 ] ] ] ] j")),
    ("playbook-not-now", BOTH, |s| keys(s, "4 [ [ [")),
    ("playbook-comebacks", BOTH, |s| keys(s, "4 [ [ < >")),
    ("playbook-value", ALL, |s| keys(s, "4 [ j")),
    ("playbook-of-one", BOTH, |s| acme(s, "p")),
    ("playbook-of-one-concerns", BOTH, |s| acme(s, "p ]")),
    ("playbook-filter", BOTH, |s| keys(s, "4 f <月額>")),
    ("timeline-week", BOTH, |s| keys(s, "3 z")),
    ("timeline-week-ascii", BOTH, |s| keys(s.ascii(), "3 z")),
    ("timeline-month", BOTH, |s| keys(s, "3 z z")),
    ("timeline-month-ascii", BOTH, |s| keys(s.ascii(), "3 z z")),
    ("timeline-quarter", BOTH, |s| keys(s, "3 z z z")),
    ("timeline-quarter-ascii", BOTH, |s| {
        keys(s.ascii(), "3 z z z")
    }),
    ("timeline-year", BOTH, |s| keys(s, "3 z z z z")),
    ("timeline-year-ascii", BOTH, |s| {
        keys(s.ascii(), "3 z z z z")
    }),
    ("timeline-of-acme", BOTH, |s| keys(s, "f <acme> enter t")),
    ("timeline-of-acme-ascii", BOTH, |s| {
        keys(s.ascii(), "f <acme> enter t")
    }),
    ("timeline-lanes", ALL, |s| keys(s, "3 v")),
    ("timeline-lanes-ascii", BOTH, |s| keys(s.ascii(), "3 v")),
    ("timeline-calendar", BOTH, |s| keys(s, "3 @ <10月3日>")),
    ("timeline-calendar-ascii", BOTH, |s| {
        keys(s.ascii(), "3 @ <10月3日>")
    }),
    ("list-empty", BOTH, Stage::open),
    ("list-one", BOTH, |s| s.file("acme.toml", ONE).open()),
    ("list-many", BOTH, |s| many(s, "s J J")),
    ("list-many-end", BOTH, |s| many(s, "s G")),
    ("page-many", BOTH, |s| many(s, "f <一番> enter enter J J")),
    ("page-many-end", BOTH, |s| many(s, "f <一番> enter enter G")),
    ("list-by-value", BOTH, |s| keys(s, "s s s")),
    ("list-quiet", BOTH, |s| keys(s.today("2027-02-15"), "")),
    ("list-filter", BOTH, |s| keys(s, "f <せい>")),
    ("draft", ALL, draft),
    ("list-filter-nothing", BOTH, |s| keys(s, "f <zzz>")),
    ("list-loading", BOTH, |mut s| {
        s.tell(Msg::Progress {
            read: 128,
            of: 2000,
        });
        s
    }),
    ("list-broken", BOTH, |s| {
        s.file("acme.toml", ONE)
            .file("borealis.toml", BROKEN)
            .open()
    }),
    ("page", ALL, |s| acme(s, "")),
    ("page-ascii", BOTH, |s| acme(s.ascii(), "")),
    ("page-end", BOTH, |s| acme(s, "G")),
    ("page-one", BOTH, |s| {
        let mut s = s.file("acme.toml", ONE).open();
        s.keys("enter");
        s
    }),
    ("page-filter", BOTH, |s| acme(s, "f <支払> enter")),
    ("page-concerns", BOTH, |s| acme(s, "]")),
    ("page-negotiations", BOTH, |s| acme(s, "] ]")),
    ("page-win-lose", BOTH, |s| acme(s, "] ] ]")),
    ("page-facts", BOTH, |s| acme(s, "] ] ] ]")),
    ("page-people", BOTH, |s| acme(s, "[ [")),
    ("page-deals", BOTH, |s| acme(s, "[")),
    ("page-english", BOTH, |s| {
        keys(s, "f <borealis> enter enter")
    }),
    ("page-silent", BOTH, |s| keys(s, "f <cobalt> enter enter")),
    ("entry", BOTH, |s| acme(s, "f <支払条件> enter enter")),
    ("entry-negotiation", BOTH, |s| acme(s, "enter")),
    (
        "form-interaction-1",
        &[(40, 12), (80, 24), (120, 40)],
        |s| acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri>"),
    ),
    ("form-interaction-1-ascii", BOTH, |s| {
        acme(s.ascii(), "a i <支払は分割なら> tab <見積2案> tab <fri>")
    }),
    ("form-interaction-2", BOTH, |s| acme(s, "a i shift-tab")),
    ("form-concern-1", BOTH, |s| acme(s, "a c <支払が> tab <山>")),
    ("form-concern-2", BOTH, |s| acme(s, "a c shift-tab")),
    ("form-negotiation-1", BOTH, |s| {
        acme(s, "a n <値引き> tab <pa>")
    }),
    ("form-negotiation-2", BOTH, |s| acme(s, "a n shift-tab")),
    ("form-win-lose-1", BOTH, |s| acme(s, "a w")),
    ("form-win-lose-2", BOTH, |s| acme(s, "a w shift-tab")),
    ("form-promise-1", BOTH, |s| {
        acme(s, "a p <見積> tab <whenever>")
    }),
    ("form-promise-2", BOTH, |s| acme(s, "a p shift-tab")),
    ("form-check-in-1", BOTH, |s| acme(s, "a k <7>")),
    ("form-check-in-2", BOTH, |s| acme(s, "a k shift-tab")),
    ("form-fact-1", BOTH, |s| acme(s, "a f")),
    ("form-fact-2", BOTH, |s| acme(s, "a f shift-tab")),
    ("form-change-1", BOTH, |s| acme(s, "a h")),
    ("form-change-2", BOTH, |s| acme(s, "a h shift-tab")),
    ("form-deal-1", BOTH, |s| {
        acme(s, "a d <EC第二期> tab <120万>")
    }),
    ("form-deal-2", BOTH, |s| acme(s, "a d shift-tab")),
    ("form-contact-1", BOTH, |s| acme(s, "a o")),
    ("form-contact-2", BOTH, |s| acme(s, "a o shift-tab")),
    ("form-new-customer-1", BOTH, |s| keys(s, "n")),
    ("form-new-customer-2", BOTH, |s| keys(s, "n shift-tab")),
    ("form-head-1", BOTH, |s| keys(s, "f <acme> enter e")),
    ("form-head-2", BOTH, |s| {
        keys(s, "f <acme> enter e shift-tab")
    }),
    ("form-edit", BOTH, |s| acme(s, "e")),
    ("form-rename", BOTH, |s| keys(s, "f <acme> enter R")),
    ("form-move", BOTH, |s| acme(s, "R <bor>")),
    ("form-first", BOTH, Stage::first),
    ("form-asks", BOTH, |s| acme(s, "a i <支払は> esc")),
    ("form-empty-refused", BOTH, |s| acme(s, "a c ctrl-s")),
    ("form-sides", SMALL, |s| {
        sides(s, "<!> tab tab tab <分ける>")
    }),
    ("form-sides-ascii", BOTH, |s| {
        sides(s.ascii(), "shift-tab < と聞いた> up up <x>")
    }),
    ("form-sides-note", SMALL, |s| {
        sides(s, "shift-tab < と聞いた> up up <x>")
    }),
    ("form-told", SMALL, |s| {
        let mut s = sides(s, "<!>");
        crate::ui_sides::changed_outside(&mut s);
        s.keys("esc");
        s
    }),
    ("form-gone", BOTH, |s| {
        let mut s = sides(s, "<!> up");
        s.write("acme.toml", "name = \"アクメ商事\"\n");
        s.keys("esc ctrl-s");
        s
    }),
    ("form-find", SMALL, |s| {
        let mut s = sides(s, "shift-tab < と聞いた>");
        s.keys("esc ctrl-f <行目>").keys("down");
        s
    }),
    ("form-saving", BOTH, |s| {
        let mut s = acme(s, "");
        s.hold().keys("a i <支払は分割なら> enter");
        s
    }),
    ("add-menu", &[(40, 12), (80, 24), (120, 40)], |s| {
        acme(s, "a")
    }),
    ("brief", SMALL, |s| keys(s, "b")),
    ("brief-end", SMALL, |s| keys(s, "b G")),
    ("brief-ascii", BOTH, |s| keys(s.ascii(), "b")),
    ("brief-away", BOTH, |s| keys(s, "f <cobalt> enter b")),
    ("ledger", SMALL, |s| keys(s, "f <星空> enter enter ] ] ]")),
    ("ledger-changed", SMALL, |s| {
        keys(s, "f <星空> enter enter ] ] ] j")
    }),
    ("ledger-end", BOTH, |s| acme(s, "] ] ] G")),
    ("ledger-unseen", BOTH, |s| {
        keys(s, "f <delta> enter enter ] ] ]")
    }),
    ("copy-menu", &[(40, 12), (80, 24), (120, 40)], |s| {
        acme(s, "y")
    }),
    ("confirm-remove", BOTH, |s| acme(s, "D")),
    ("help-list", BOTH, |s| keys(s, "?")),
    ("help-page", BOTH, |s| acme(s, "?")),
    ("palette", ALL, |s| acme(s, ":")),
    ("palette-typed", BOTH, |s| keys(s, ": <as>")),
    ("problems-none", BOTH, |s| keys(s, "!")),
    ("problems", BOTH, |s| {
        let mut s = s
            .file("acme.toml", ONE)
            .file("borealis.toml", BROKEN)
            .open();
        s.keys("!");
        s
    }),
    ("notice-logged", BOTH, |s| {
        acme(s, "a i <支払は分割なら> tab <見積2案> tab <fri> enter")
    }),
    ("notice-undone", BOTH, |s| {
        acme(s, "a i <支払は分割なら> enter u")
    }),
];

/// Screens with what is bold, dim, red or selected told below each row.
const STYLED: &[(&str, Recipe)] = &[
    ("styles-today", |s| keys(s, "1 tab j")),
    ("styles-list", |s| keys(s, "")),
    ("styles-page", |s| acme(s, "")),
    ("styles-form", |s| acme(s, "a p <見積> tab <whenever>")),
    ("styles-light", |s| in_theme(s, ThemeName::Light)),
    ("styles-dark", |s| in_theme(s, ThemeName::Dark)),
    ("styles-high-contrast", |s| {
        in_theme(s, ThemeName::HighContrast)
    }),
    ("styles-colour-blind", |s| {
        in_theme(s, ThemeName::ColourBlind)
    }),
];

fn in_theme(mut stage: Stage, name: ThemeName) -> Stage {
    stage.app.theme = Theme::new(name, Depth::True);
    acme(stage, "")
}

/// What a theme says by colour alone is said by nothing else to those who see no colours.
#[test]
fn no_theme_changes_a_word_or_a_mark_and_every_selection_is_reversed() {
    for keys in [
        "",
        "enter",
        "enter a i tab tab <x>",
        "enter a n tab <p>",
        "enter D",
    ] {
        let mut stage = Stage::new(80, 24).sample().open();
        stage.keys(keys);
        let words = stage.screen();
        let reversed = |stage: &Stage| -> Vec<bool> {
            let cells = stage.buffer().content;
            let cells = cells.iter();
            cells
                .map(|cell| cell.modifier.contains(Modifier::REVERSED))
                .collect()
        };
        let selected = reversed(&stage);
        for name in ThemeName::ALL {
            for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
                stage.app.theme = Theme::new(name, depth);
                assert_eq!(stage.screen(), words, "{name:?} {keys:?}");
                assert_eq!(reversed(&stage), selected, "{name:?} {keys:?}");
            }
        }
    }
}

#[test]
fn every_screen_looks_as_it_did() {
    let mut told = Vec::new();
    let mut names = BTreeSet::new();
    for (name, sizes, recipe) in SCREENS {
        for (width, height) in *sizes {
            let stage = recipe(Stage::new(*width, *height));
            let name = format!("{name}-{width}x{height}");
            assert!(names.insert(format!("{name}.txt")), "{name} twice");
            picture(&name, &stage);
            told.extend(compare(&name, &stage.screen()));
        }
    }
    for (name, recipe) in STYLED {
        let stage = recipe(Stage::new(80, 24));
        assert!(names.insert(format!("{name}.txt")), "{name} twice");
        told.extend(compare(name, testing::styled(&stage.buffer()).trim_end()));
    }
    let folder = tests_folder().join("screens");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    for file in files.filter(|file| file.path().is_file()) {
        let name = file.file_name().into_string().unwrap();
        if !names.contains(&name) {
            told.push(format!("tests/screens/{name} belongs to no screen"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

/// What differs from the screen that was kept.
pub fn compare(name: &str, screen: &str) -> Option<String> {
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
        fs::write(path, svg(&stage.buffer(), stage.cursor())).unwrap();
    }
}

#[test]
fn menus_show_all_their_letters_also_on_a_small_screen() {
    for (width, height) in [(40, 12), (60, 10), (80, 24)] {
        let mut stage = Stage::new(width, height).sample().open();
        stage.keys("enter a");
        for word in ["interaction", "check-in", "deal", "contact", "add nothing"] {
            stage.says(word);
        }
    }
}

#[test]
fn no_size_is_too_small_or_too_large() {
    let places = [
        "",
        "?",
        "!",
        "! enter",
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
        ": <a>",
        "y",
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
