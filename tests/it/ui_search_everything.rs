//! The search over everything: keys in, screen out.

use goodwill::ui::front::Screen;
use goodwill::ui::msg::{Effect, Msg, Press};
use goodwill::ui::screens::customers::Depth;
use ratatui::style::Modifier;

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"
aliases = [\"ACME\"]

[interaction.2026-11-21-a]
date = 2026-11-21
channel = \"call\"
summary = \"支払は分割ならと言われた\"
notes = \"\"\"
第一行
納品のあとに半分、月末に半分。
最後の行に倉庫の鍵のこと
\"\"\"

[concern.2026-11-20-b]
date = 2026-11-20
said = \"一括前払いは厳しい\"
about = \"payment\"
";

const BOREALIS: &str = "\
name = \"Borealis GmbH\"

[interaction.2026-10-01-a]
date = 2026-10-01
channel = \"mail\"
summary = \"They ask for payment in parts\"
";

const SETTINGS: &str = "\
[searches]
worries = \"kind:concern\"
\"半分の話\" = \"半分\"
";

fn stage(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .file("acme.toml", ACME)
        .file("borealis.toml", BOREALIS)
        .file(".goodwill.toml", SETTINGS)
        .open()
}

fn place(stage: &Stage) -> Option<String> {
    stage.app.customers.place()
}

/// What is underlined below the header.
fn marked(stage: &Stage) -> Vec<String> {
    let buf = stage.buffer();
    let mut found = Vec::new();
    for row in buf.area.rows().skip(1) {
        let mut word = String::new();
        let mut skip = 0;
        for at in row.positions() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let cell = &buf[at];
            skip = goodwill::ui::widgets::text::width(cell.symbol()).max(1) - 1;
            if cell.modifier.contains(Modifier::UNDERLINED) {
                word += cell.symbol();
            } else if !word.is_empty() {
                found.push(std::mem::take(&mut word));
            }
        }
    }
    found
}

#[test]
fn what_is_typed_is_found_at_each_key_and_marked() {
    let mut stage = stage(80, 24);
    stage.keys("/").says("search").says("5 to search");
    stage.keys("<分割>").says("1 of 5").says("支払は分割なら");
    assert!(stage.before_cursor().ends_with("search 分割"));
    let marks = marked(&stage);
    assert!(
        !marks.is_empty() && marks.iter().all(|word| word == "分割"),
        "{marks:?}"
    );
    stage
        .keys("ctrl-u <PAYMENT>")
        .says("2 of 5")
        .says("Borealis");
    let marks = marked(&stage);
    assert!(marks.iter().any(|word| word == "payment"), "{marks:?}");
}

#[test]
fn enter_opens_the_hit_and_esc_comes_back_to_query_and_selection() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment> down");
    let second = stage.app.search.results.hit().unwrap().place();
    stage.keys("enter");
    assert_eq!(place(&stage), Some(second.clone()));
    assert_eq!(stage.app.customers.depth, Depth::Entry);
    stage.keys("esc");
    assert_eq!(stage.app.screen, Screen::Search);
    stage.says("search payment").says("2 of 5");
    assert_eq!(stage.app.search.results.hit().unwrap().place(), second);
}

#[test]
fn esc_goes_back_to_where_one_came_from_as_it_was() {
    let mut stage = stage(80, 24);
    stage.keys("f <a> enter j enter ]");
    let before = stage.screen();
    stage.keys("/ <分割> enter").says("call").keys("esc esc");
    assert_eq!(stage.screen(), before);

    stage.keys("3 z G");
    let before = stage.screen();
    stage.keys("/ <x> esc");
    assert_eq!(stage.screen(), before);
}

#[test]
fn the_way_back_to_the_timeline_is_still_there_behind_a_search() {
    let mut stage = stage(80, 24);
    stage.keys("3");
    let timeline = stage.screen();
    stage.keys("enter / <分割> esc").keys("esc");
    assert_eq!(stage.screen(), timeline);
}

#[test]
fn the_hit_at_hand_shows_the_lines_around_what_was_found() {
    let mut stage = stage(80, 24);
    stage
        .keys("/ <倉庫>")
        .says("最後の行に倉庫の鍵のこと")
        .says("summary");
    // Without room for the hit at hand, the row says why it is one.
    let mut small = self::stage(60, 12);
    small.keys("/ <倉庫>").says("倉庫");
}

#[test]
fn hits_stand_by_customer_or_the_best_first() {
    let mut stage = stage(80, 24);
    stage.keys("/ <pay>").says("best first").says("2 of 5");
    let chosen = stage.app.search.results.hit().unwrap().place();
    stage
        .keys("ctrl-g")
        .says("by customer")
        .says("アクメ商事  1");
    assert_eq!(stage.app.search.results.hit().unwrap().place(), chosen);
    stage.keys("down");
    assert_ne!(stage.app.search.results.hit().unwrap().place(), chosen);
    stage.keys("ctrl-g").says("best first");
}

#[test]
fn only_one_customer_and_all_of_them_again() {
    let mut stage = stage(80, 24);
    stage
        .keys("/ <payment> down ctrl-o")
        .says("1 of 5")
        .says("alone");
    stage.keys("ctrl-o").says("2 of 5").hides("alone");
    stage.keys("down ctrl-o ctrl-u <分割>");
    stage
        .says("Nothing found for 分割")
        .says("Only Borealis GmbH was searched");
}

#[test]
fn all_that_was_found_becomes_a_timeline_until_it_is_cleared() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment> ctrl-t");
    assert_eq!(stage.app.screen, Screen::Timeline);
    stage
        .says("search payment")
        .says("F shows everything")
        .says("2 entries");
    stage.hides("支払は分割").says("They ask for payment");
    // It follows the files.
    stage.replace("acme.toml", "支払は分割なら", "payment in parts");
    stage.noticed("acme");
    stage.says("3 entries");
    stage.keys("f <they>").says("1 entry").keys("esc");
    stage.keys("F").hides("search payment").says("3 entries");
    stage.keys("/ <zzz> ctrl-t").says("Nothing fits");
}

#[test]
fn saved_and_earlier_searches_are_offered_while_nothing_is_typed() {
    let mut stage = stage(80, 24);
    stage
        .keys("/")
        .says("saved")
        .says("worries")
        .says("半分の話");
    stage
        .keys("enter")
        .says("search kind:concern")
        .says("1 of 5");
    stage.keys("enter esc esc /").says("earlier");
    // From the first row upwards stand the queries of before.
    stage.keys("up").says("search kind:concern");
    stage
        .keys("esc")
        .keys(": <半分の> enter")
        .says("search 半分")
        .says("1 of 5");
    // The file keeps them for the next session.
    stage.keys("enter");
    let mut stage = stage.started_again("2026-11-22");
    stage
        .keys("/")
        .says("earlier  半分")
        .says("earlier  kind:concern");
}

#[test]
fn ctrl_r_leads_through_what_was_looked_for_and_back_to_what_was_typed() {
    let mut stage = stage(80, 24);
    for query in ["分割", "payment"] {
        stage.keys(&format!("/ <{query}> enter esc esc"));
    }
    stage.keys("/ <acme>");
    for expected in ["payment", "分割", "acme", "payment"] {
        let line = stage.keys("ctrl-r").before_cursor();
        assert!(line.ends_with(&format!("search {expected}")), "{line}");
    }
    stage.keys("<x> ctrl-r").says("search payment");
}

#[test]
fn the_search_follows_the_files_and_keeps_what_is_selected() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment> down");
    let chosen = stage.app.search.results.hit().unwrap().place();
    stage.replace("acme.toml", "支払は分割なら", "payment in parts");
    stage.noticed("acme");
    stage.says("3 of 5").says("payment in parts");
    assert_eq!(stage.app.search.results.hit().unwrap().place(), chosen);
    // Also while it is not in front.
    stage.keys("enter");
    stage.replace("acme.toml", "payment in parts", "in parts");
    stage.noticed("acme");
    stage.keys("esc").says("2 of 5");
}

#[test]
fn answers_that_nobody_waits_for_are_dropped_and_the_old_ones_stay() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment>");
    stage
        .hold()
        .keys("<x>")
        .says("2 of 5")
        .hides("Nothing found");
    stage
        .keys("ctrl-u <分割>")
        .says("worries")
        .hides("Nothing found");
    let asked: Vec<u64> = tickets(&stage);
    let (last, before) = asked.split_last().unwrap();
    stage.tell(Msg::Found {
        ticket: *before.last().unwrap(),
        found: goodwill::model::search::engine::Found::default(),
    });
    stage.says("worries");
    stage.release().says("1 of 5");
    assert_eq!(tickets(&stage).last(), Some(last));
}

fn tickets(stage: &Stage) -> Vec<u64> {
    let all = stage.effects().iter().filter_map(|effect| match effect {
        Effect::Search(wanted) => Some(wanted.ticket),
        _ => None,
    });
    all.collect()
}

#[test]
fn enter_behind_fast_typing_opens_what_was_typed_not_what_was_shown() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment>");
    stage.hold().keys("ctrl-u <分割> enter");
    assert_eq!(stage.app.screen, Screen::Search);
    stage.release();
    assert_eq!(
        place(&stage).as_deref(),
        Some("acme:interaction.2026-11-21-a")
    );
    // Another key takes it back.
    stage.keys("esc");
    stage.hold().keys("ctrl-u <payment> enter bs");
    stage.release();
    assert_eq!(stage.app.screen, Screen::Search);
}

#[test]
fn a_hit_is_copied_and_opened_in_the_editor_at_its_line() {
    let mut stage = stage(80, 24);
    stage.keys("/ <一括> ctrl-x p");
    let copied = stage.effects().last().cloned();
    assert_eq!(copied, Some(Effect::Copy("acme.toml:14".to_owned())));
    stage.keys("ctrl-v");
    let edited = Effect::Editor {
        customer: "acme".to_owned(),
        line: 14,
    };
    assert!(stage.effects().contains(&edited), "{:?}", stage.effects());
    stage.says("search 一括");
}

#[test]
fn the_mouse_selects_opens_and_turns() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment>");
    stage.mouse(Press::Once, "They ask");
    let hit = stage.app.search.results.hit().unwrap().place();
    assert_eq!(hit, "borealis:interaction.2026-10-01-a");
    stage.mouse(Press::WheelUp, "They ask");
    assert_ne!(stage.app.search.results.hit().unwrap().place(), hit);
    stage.mouse(Press::Twice, "They ask");
    assert_eq!(place(&stage), Some(hit));
    stage.keys("esc").mouse(Press::Once, "yment").keys("<X>");
    stage.says("search paXyment");
}

#[test]
fn everything_that_can_be_done_stands_behind_ctrl_l() {
    let mut stage = stage(80, 24);
    stage
        .keys("/ <payment> ctrl-l")
        .says("a timeline of all that was found");
    stage
        .keys("<keys of this> enter")
        .says("The search")
        .keys("esc");
    stage.says("search payment");
    stage.keys("ctrl-l <by customer> enter").says("by customer");
}

#[test]
fn a_pasted_text_is_one_line_and_the_caret_stands_behind_it() {
    let mut stage = stage(80, 24);
    stage.keys("/").paste("payment\nparts").says("1 of 5");
    assert!(stage.before_cursor().ends_with("search payment parts"));
    stage.keys("home <月末の支払>");
    assert!(stage.before_cursor().ends_with("search 月末の支払"));
}

#[test]
fn a_file_that_is_gone_meanwhile_is_told_not_opened() {
    let mut stage = stage(80, 24);
    stage.keys("/ <payment in parts>");
    std::fs::remove_file(stage.root().join("borealis.toml")).unwrap();
    stage.hold().noticed("borealis");
    stage.keys("enter").says("is gone");
    assert_eq!(stage.app.screen, Screen::Search);
}

#[test]
fn nothing_found_says_how_to_find_more() {
    let mut stage = stage(80, 24);
    stage
        .keys("/ <zzzzz>")
        .says("Nothing found for zzzzz among 5");
    stage.says("Fewer words find more");
    let mut unread = Stage::new(80, 24);
    unread.keys("/ <a>").says("Reading the journal");
}

#[test]
fn tab_goes_on_with_fields_values_and_words_and_esc_takes_it_back() {
    let mut stage = stage(80, 24);
    // One way to go on is taken; the next Tab goes on behind it.
    stage.keys("/ <kin> tab");
    assert!(stage.before_cursor().ends_with("search kind:"));
    stage
        .keys("<conc> tab")
        .says("search kind:concern")
        .says("1 of 5");
    // Of several the first stands in the line, the others below it.
    stage.keys("ctrl-u <i> tab").says("▸ is:").says("in:");
    stage.keys("tab");
    assert!(
        !stage.before_cursor().ends_with("is:"),
        "{}",
        stage.screen()
    );
    stage.keys("shift-tab");
    assert!(stage.before_cursor().ends_with("search is:"));
    stage.keys("esc").says("search i").hides("▸ is:");
    assert!(stage.before_cursor().ends_with("search i"));
    stage
        .keys("tab")
        .mouse(Press::Once, "in:")
        .says("search in:");
    stage.hides("▸ in:").keys("ctrl-u <i>");
    // A letter goes on behind what stands there.
    stage.keys("tab <open>").says("search is:open");
    stage
        .keys("ctrl-u <paym> tab")
        .says("search payment")
        .says("2 of 5");
}

#[test]
fn ways_to_go_on_are_those_of_what_is_typed_now() {
    let mut stage = stage(80, 24);
    stage.keys("/ <kin>").hold();
    stage.keys("tab <x>");
    stage.release();
    assert!(stage.before_cursor().ends_with("search kinx"));
}
