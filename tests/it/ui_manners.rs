//! The manners of the program on screen: nothing is lost, nothing is guessed, nothing hides.

use goodwill::ui::msg::{Effect, Msg};

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"
reading = \"あくめしょうじ\"

[contact.yamada]
name = \"山田 花子\"
reading = \"やまだ はなこ\"

[contact.sato]
name = \"佐藤 健\"

[deal.web]
title = \"Web\"
value = 100

[concern.2026-11-20]
date = 2026-11-20
said = \"一括前払いは厳しい\"
about = \"payment\"
status = \"open\"
";

const BOREALIS: &str =
    "name = \"Borealis\"\n\n[interaction.2026-11-10]\nsummary = \"A first talk\"\n";

const BROKEN: &str =
    "name = \"Cobalt\"\n\n[concern.2026-11-01]\nsaid = \"half\nstatus = \"open\"\n";

fn stage() -> Stage {
    Stage::new(120, 40)
        .file("acme.toml", ACME)
        .file("borealis.toml", BOREALIS)
        .open()
}

/// On the concern of acme, in its form.
fn editing() -> Stage {
    let mut stage = stage();
    stage.keys("f <acme> enter enter e");
    stage.says("edit concern");
    stage
}

// Closing.

#[test]
fn esc_on_a_form_with_words_in_it_asks_and_loses_nothing() {
    let mut stage = stage();
    stage.keys("a c <支払が> esc").says("Throw away");
    assert_eq!(stage.cursor(), None, "no caret while it asks");
    stage.keys("n").hides("Throw away").says("支払が");
    stage.keys("esc esc").says("支払が");
    stage.keys("x tab").says("支払がx");
    stage.keys("esc y").hides("支払が");
    assert_eq!(stage.effects(), []);
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn esc_on_an_untouched_form_just_closes_it() {
    let mut stage = editing();
    stage.keys("esc");
    assert!(stage.app.dialog.is_none());
    stage.keys("e tab tab tab esc");
    assert!(stage.app.dialog.is_none());
    stage.keys("e ctrl-s");
    assert!(
        stage.app.dialog.is_none(),
        "nothing changed, nothing to save"
    );
    assert_eq!(stage.effects(), []);
}

#[test]
fn a_word_typed_and_taken_back_is_no_change() {
    let mut stage = editing();
    stage.keys("x bs ctrl-s");
    assert_eq!(stage.effects(), []);
}

// Saving into a file that moved on.

#[test]
fn a_field_changed_by_both_sides_keeps_the_form_with_all_its_words() {
    let mut stage = editing();
    stage.keys("< そう聞いた> tab tab tab tab <見積を分ける>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.keys("ctrl-s");
    stage
        .says("edit concern")
        .says("said was changed meanwhile")
        .says("一括は無理")
        .says("nothing was written")
        .says("一括前払いは厳しい そう聞いた")
        .says("見積を分ける");
    assert!(!stage.text("acme.toml").contains("見積を分ける"));
    // The person takes the other's words over and saves again.
    stage.keys("shift-tab shift-tab shift-tab shift-tab ctrl-u <一括は無理> enter");
    assert!(stage.app.dialog.is_none(), "{}", stage.screen());
    let text = stage.text("acme.toml");
    assert!(text.contains("said = \"一括は無理\""), "{text}");
    assert!(text.contains("answer = \"見積を分ける\""), "{text}");
}

#[test]
fn a_refusal_is_told_whole_on_a_small_screen() {
    let mut stage = editing();
    stage.resize(80, 24).keys("< と>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.keys("ctrl-s");
    stage.says("一括は無理").says("nothing was").says("written");
}

#[test]
fn another_field_of_the_same_entry_merges() {
    let mut stage = editing();
    stage.keys("< そう聞いた>");
    stage.replace("acme.toml", "\"payment\"", "\"price\"");
    stage.keys("ctrl-s");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("said = \"一括前払いは厳しい そう聞いた\""),
        "{text}"
    );
    assert!(text.contains("about = \"price\""), "{text}");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn an_entry_that_is_gone_keeps_the_form() {
    let mut stage = editing();
    stage.keys("< そう聞いた>");
    stage.write("acme.toml", ACME.split("[concern").next().unwrap());
    stage.keys("ctrl-s");
    stage.says("そう聞いた").says("no longer in the file");
}

#[test]
fn a_form_waits_for_its_own_save_and_takes_no_keys_meanwhile() {
    let mut stage = stage();
    stage.hold().keys("a c <支払が> enter").says("saving");
    stage.tell(Msg::NotSaved {
        ticket: 99,
        message: "an older save failed".to_owned(),
    });
    stage.says("saving");
    stage.keys("x esc").paste("y");
    stage.release();
    assert!(stage.app.dialog.is_none());
    assert!(stage.text("acme.toml").contains("said = \"支払が\"\n"));
}

#[test]
fn a_journal_read_anew_below_a_form_leaves_its_words_alone() {
    let mut stage = editing();
    stage.keys("< と>");
    stage.write("aaa.toml", "name = \"Aaa\"\n");
    stage.reload().says("一括前払いは厳しい と");
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("一括前払いは厳しい と"));
}

// Broken files.

#[test]
fn a_broken_file_is_shown_with_its_place_and_never_written_to() {
    let mut stage = Stage::new(120, 40)
        .file("acme.toml", ACME)
        .file("cobalt.toml", BROKEN)
        .open();
    stage.says("? broken").says("! 1 problem");
    stage.keys("f <cobalt> enter");
    for keys in ["a", "e", "R", "enter a", "e", "D", "R"] {
        stage.keys(keys).says("does not parse");
        assert!(stage.app.dialog.is_none(), "{keys}");
    }
    assert_eq!(stage.effects(), []);
    stage.keys("!").says("cobalt.toml:4").keys("esc");
    let mut stage = Stage::new(120, 40)
        .file("cobalt.toml", BROKEN)
        .editor(|text, _| text.replace("half", "half\""))
        .open();
    stage.keys("E").hides("broken").hides("problem");
    assert_eq!(stage.effects().len(), 1, "the editor may, and it cures it");
}

#[test]
fn a_file_that_breaks_below_a_form_is_not_written_to() {
    let mut stage = editing();
    stage.keys("< と>");
    let broken = ACME.replace("status = \"open\"", "status = \"open");
    stage.write("acme.toml", &broken);
    stage.keys("ctrl-s").says("一括前払いは厳しい と");
    assert_eq!(stage.text("acme.toml"), broken);
    assert!(stage.app.dialog.is_some());
}

// Selections.

#[test]
fn the_selected_customer_is_found_again_by_its_key() {
    let mut stage = stage();
    let selected = |stage: &Stage| stage.app.customers.key.clone();
    stage.keys("f <borealis> enter esc");
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
    stage.write("aaa.toml", "name = \"Aaa\"\n");
    stage.reload();
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
    for _ in 0..4 {
        stage.keys("s");
        assert_eq!(selected(&stage).as_deref(), Some("borealis"));
        assert!(stage.row(stage.cursor().unwrap().y).contains("▸ Borealis"));
    }
    stage.resize(80, 24).resize(120, 40);
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
}

#[test]
fn the_selected_entry_is_found_again_by_its_key() {
    let mut stage = Stage::new(120, 40).sample().open();
    stage.keys("enter j j");
    let selected = |stage: &Stage| stage.app.customers.page.id.clone();
    let id = selected(&stage);
    stage.replace(
        "acme.toml",
        "[contact.yamada-hanako]",
        "[interaction.2026-11-21]\nsummary = \"新しい\"\n\n[contact.yamada-hanako]",
    );
    stage.reload();
    assert_eq!(selected(&stage), id);
    stage.keys("f <payment> enter esc");
    assert_eq!(selected(&stage), id);
}

#[test]
fn what_was_just_made_is_selected_also_behind_a_filter() {
    let mut stage = stage();
    stage.keys("f <acme> enter n <Zenith> enter");
    assert_eq!(stage.app.customers.key.as_deref(), Some("zenith"));
    stage.says("▸ Zenith");
    stage
        .keys("a c <First worry> enter enter enter")
        .says("First worry");
}

// Undo.

#[test]
fn undo_on_top_of_a_file_that_moved_on_keeps_the_others_words() {
    let mut stage = stage();
    stage.keys("f <acme> enter a c <支払が> enter");
    stage.replace("acme.toml", "title = \"Web\"", "title = \"Web site\"");
    stage.keys("u").says("undone");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("title = \"Web site\"") && !text.contains("支払が"),
        "{text}"
    );
}

#[test]
fn an_undo_that_would_lose_words_is_refused_and_says_why() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.keys("enter e < そう聞いた> ctrl-s");
    stage.replace("acme.toml", "厳しい そう聞いた", "無理");
    stage.keys("u");
    stage
        .says("一括前払いは無理")
        .says("nothing was")
        .says("written");
    assert!(stage.text("acme.toml").contains("一括前払いは無理"));
}

#[test]
fn there_is_nothing_to_undo_in_a_new_journal() {
    let mut stage = stage();
    stage.keys("u").says("nothing to undo");
    stage.keys("U").says("nothing to redo");
}

// Fields.

#[test]
fn a_note_takes_enter_and_the_arrows_and_is_saved_with_its_lines() {
    let mut stage = stage();
    stage.keys("f <acme> enter a c <支払が> shift-tab <一行目> enter <二行目> up <x>");
    stage.says("一行目x").says("二行目").keys("ctrl-s");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("notes = \"\"\"\n一行目x\n二行目\"\"\"\n"),
        "{text}"
    );
}

#[test]
fn pasted_lines_stay_lines_in_a_note_and_become_spaces_in_a_field() {
    let mut stage = stage();
    stage.keys("f <acme> enter a c").paste("二つに\r\n分ける");
    stage.keys("shift-tab").paste("a\r\nb").keys("ctrl-s");
    let text = stage.text("acme.toml");
    assert!(text.contains("said = \"二つに 分ける\""), "{text}");
    assert!(text.contains("notes = \"\"\"\na\nb\"\"\""), "{text}");
}

#[test]
fn dates_are_told_before_they_are_saved() {
    for (typed, told) in [
        ("fri", "2026-11-27 Fri"),
        ("来週火曜", "2026-11-24 Tue"),
        ("月末", "2026-11-30 Mon"),
        ("in 2 weeks", "2026-12-05 Sat"),
        ("令和8年12月1日", "2026-12-01 Tue"),
    ] {
        let mut stage = stage();
        stage.keys(&format!("a p <見積> tab <{typed}>")).says(told);
        stage.keys("enter");
        let text = stage.text("acme.toml");
        let day = told.split(' ').next().unwrap();
        assert!(text.contains(&format!("due = {day}")), "{typed}: {text}");
    }
}

#[test]
fn a_day_that_is_none_is_explained_and_not_saved() {
    let mut stage = stage();
    stage.keys("a p <見積> tab <whenever>").says("is no day");
    stage.keys("enter").says("is no day").says("whenever");
    assert_eq!(stage.effects(), []);
    stage.keys("shift-tab enter").says("is no day");
    assert!(
        stage.before_cursor().ends_with("whenever"),
        "back to the field"
    );
}

#[test]
fn amounts_are_told_as_they_will_be_read() {
    for (typed, told, saved) in [
        ("120万", "1,200,000", "value = 1_200_000\n"),
        (
            "1200 EUR",
            "1,200 EUR",
            "value = 1200\ncurrency = \"EUR\"\n",
        ),
        (
            "€1200.50",
            "1,200.50 EUR",
            "value = 1200.50\ncurrency = \"EUR\"\n",
        ),
    ] {
        let mut stage = stage();
        stage
            .keys(&format!("a d <第二期> tab <{typed}>"))
            .says(told);
        stage.keys("enter");
        let text = stage.text("acme.toml").replace('_', "");
        assert!(
            text.contains(&saved.replace("_", "")),
            "{typed}: {text}\n{}",
            stage.screen()
        );
    }
    let mut stage = stage();
    stage.keys("a d <x> tab <a lot> enter").says("is no amount");
    assert_eq!(stage.effects(), []);
}

#[test]
fn names_are_offered_and_taken_with_down_and_enter() {
    let mut stage = stage();
    stage
        .keys("f <acme> enter a c <支払が> tab <田>")
        .says("│ 山田 花子");
    stage.keys("down").says("▸ 山田 花子").keys("enter");
    assert!(stage.before_cursor().ends_with("山田 花子"));
    assert_eq!(stage.effects(), [], "the first Enter takes the word");
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("from = \"山田 花子\""));
}

#[test]
fn the_only_name_that_begins_so_is_chosen_already() {
    let mut stage = stage();
    stage
        .keys("f <acme> enter a c <支払が> tab <山>")
        .says("▸ 山田 花子");
    stage.keys("tab enter");
    assert!(stage.text("acme.toml").contains("from = \"山田 花子\""));
}

#[test]
fn tab_takes_the_chosen_name_and_goes_on() {
    let mut stage = stage();
    stage.keys("f <acme> enter a i <会議> tab tab tab <佐> down tab");
    stage.says("佐藤 健");
    assert!(stage.before_cursor().contains("channel"));
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("with = [\"佐藤 健\"]"));
}

#[test]
fn a_lever_is_taken_with_its_colon_and_the_words_follow_it() {
    for key in ["enter", "tab"] {
        let mut stage = stage();
        stage.keys("f <acme> enter a n <分けてほしい> tab <pay> down");
        stage
            .keys(key)
            .keys("<月額払い; te> down")
            .keys(key)
            .keys("<12か月> enter");
        let text = stage.text("acme.toml");
        let give = "give = [\"payment: 月額払い\", \"term: 12か月\"]";
        assert!(text.contains(give), "{key}: {text}");
    }
}

#[test]
fn esc_closes_the_offered_words_before_the_form() {
    let mut stage = stage();
    stage.keys("a c <支払が> tab <pa>");
    stage
        .keys("tab <pa>")
        .says("▸ payment")
        .keys("esc")
        .hides("▸ payment");
    stage.hides("Throw away").keys("esc").says("Throw away");
}

// What people wrote is shown as they wrote it.

#[test]
fn fields_and_kinds_of_a_newer_version_are_shown_and_kept() {
    let text = "name = \"Acme\"\nmood = \"sunny\"\n\n[call.2026-11-20]\ndate = 2026-11-20\nwho = \"me\"\n\n[concern.2026-11-19]\nsaid = \"x\"\nweight = 3\n";
    let mut stage = Stage::new(120, 40).file("acme.toml", text).open();
    stage.keys("enter").says("call").says("me");
    stage
        .keys("enter")
        .says("who")
        .says("me")
        .keys("esc j enter");
    stage.says("weight").says("3").keys("e <y> ctrl-s");
    assert_eq!(stage.text("acme.toml"), text.replace("\"x\"", "\"xy\""));
    stage.keys("esc k e <note> ctrl-s");
    assert!(stage.text("acme.toml").contains("who = \"me\""));
}

/// What would change colours, ring, start a command, turn the direction of text, or hide.
const HOSTILE: &str = "\\u001b[31m\\u0007\\u009b\\u202e\\u200b";

#[test]
fn text_that_acts_on_terminals_or_hides_is_shown_wherever_it_stands() {
    let file = r#"
name = "Name!"
aliases = ["Alias!"]
status = "Status!"

[contact.x]
name = "Who!"
role = "Role!"

[deal."Key!"]
title = "Title!"
heard = "Heard!"

[win-lose.2026-11-02]
them = ["win: Win!"]
others = ["lose: Others!"]
reason = "Why!"

[concern.2026-11-03]
said = "Said!"
from = "From!"
about = "About!"
status = "State!"
notes = "Notes!"
"Unknown!" = "Value!"

["Kind!"."2026-11-04Entry!"]
what = "What!"
"#;
    let file = file.replace('!', HOSTILE);
    let looks: &[(&str, &[&str])] = &[
        ("", &["Name", "Status"]),
        (
            "enter",
            &[
                "Name", "Alias", "Status", "Win", "Kind", "What", "Said", "About", "State",
            ],
        ),
        ("enter G enter", &["Name", "Kind", "Entry", "What"]),
        (
            "enter enter",
            &[
                "Said", "From", "About", "State", "Notes", "Unknown", "Value",
            ],
        ),
        ("enter ]", &["Said", "From", "About", "State"]),
        ("enter ] ] ]", &["Others", "Win"]),
        ("enter [", &["Title", "Heard"]),
        ("enter [ [", &["Who", "Role"]),
        ("e", &["edit Name", "  Name", "Status"]),
        ("enter R", &["of Name"]),
        ("enter D", &["? Said"]),
        ("enter e", &["Said", "From", "About"]),
        ("enter e shift-tab", &["Notes"]),
        ("enter a c tab down", &["▸ Who"]),
        ("enter a c tab tab tab down", &["▸ Key"]),
    ];
    for (look, places) in looks {
        let mut stage = Stage::new(99, 24).file("folder/acme.toml", &file).open();
        stage.keys(look);
        assert_harmless(&stage, look);
        for place in *places {
            // A cell may be cut behind the first sign.
            let text = format!("{place}␛");
            stage.says(&text);
        }
    }
}

#[test]
fn hostile_text_that_was_pasted_or_told_is_shown_too() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.app.place = "~/j\u{1b}[0m\u{202e}l".to_owned();
    stage.says("~/j␛[0m<U+202E>l");
    stage.keys("a c").paste("x\u{1b}[31m\u{202e}y");
    stage.says("x[31m<U+202E>y");
    stage.keys("enter");
    assert_harmless(&stage, "the row and the notice");
    stage.tell(Msg::Notice("\u{1b}]0;title\u{7}\u{200b}".to_owned()));
    stage.says("␛]0;title␇<U+200B>");
    assert_harmless(&stage, "a notice");
    let mut stage = Stage::new(80, 24).file("b\u{1b}.toml", BROKEN).open();
    stage.keys("!").says("b␛.toml:4");
    assert_harmless(&stage, "problems");
}

/// No cell holds what would act on a terminal or hide in it.
#[track_caller]
fn assert_harmless(stage: &Stage, look: &str) {
    let screen = stage.screen();
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    assert!(!screen.contains(hidden), "{look}: {screen:?}");
}

#[test]
fn ages_and_due_days_follow_the_day() {
    let file = "name = \"Acme\"\n\n[promise.2026-11-20]\nwhat = \"Two drafts\"\ndue = 2026-11-23\n\n[interaction.2026-11-10]\nsummary = \"A call\"\n";
    let mut stage = Stage::new(120, 40).file("acme.toml", file).open();
    stage.says("due 2026-11-23").says("11d");
    stage.tell(Msg::Today("2026-11-23".parse().unwrap()));
    stage.says("! promise").says("due today").says("13d ! 1");
    let mut stage = Stage::new(120, 40)
        .today("2026-12-01")
        .file("acme.toml", file)
        .open();
    stage.says("overdue 8d").says("21d");
}

#[test]
fn wide_characters_never_reach_over_an_edge() {
    let name = "社".repeat(60);
    let file = format!(
        "name = \"x{name}\"\n\n[interaction.2026-11-20]\nsummary = \"{name}\"\nwith = [\"{name}\"]\n"
    );
    for width in [40, 79, 80, 99, 100, 101, 119, 120, 121] {
        let mut stage = Stage::new(width, 24).file("acme.toml", &file).open();
        for keys in [
            "",
            "enter",
            "enter a",
            "enter D",
            "enter a i",
            "?",
            "enter enter",
        ] {
            stage.keys(keys);
            for (y, row) in stage.screen().lines().enumerate() {
                let cells = unicode_width::UnicodeWidthStr::width(row);
                assert!(cells <= width.into(), "{keys:?} {width}, row {y}: {row}");
            }
            if width >= 100 && keys.is_empty() {
                let rule = stage.row(5).find('│');
                assert!(rule.is_some(), "the rule stands: {}", stage.screen());
            }
            stage.keys("esc esc esc");
        }
    }
}

// The world around.

#[test]
fn the_first_start_offers_a_journal_and_keeps_the_name_where_that_fails() {
    let mut stage = Stage::new(80, 24).first();
    stage.hold().keys("<アクメ商事> enter");
    assert_eq!(
        stage.effects(),
        [Effect::Begin {
            customer: Some("アクメ商事".to_owned())
        }]
    );
    stage.tell(Msg::Notice("no room on the disk".to_owned()));
    stage.says("no room on the disk").says("アクメ商事");
    stage.release();
    stage.says("▸ アクメ商事").hides("a new journal");
    assert_eq!(stage.text("アクメ商事.toml"), "name = \"アクメ商事\"\n");
    let mut stage = Stage::new(80, 24).first();
    stage
        .keys("enter")
        .says("Borealis GmbH")
        .says("today is 2026-11-21");
}

#[test]
fn the_editor_opens_at_the_line_of_the_entry_and_the_page_follows() {
    let mut stage = Stage::new(120, 40)
        .file("acme.toml", ACME)
        .editor(|text, line| {
            let at = text.lines().nth(line as usize - 1).unwrap().to_owned();
            assert_eq!(at, "[concern.2026-11-20]");
            text.replace("一括前払い", "前払い")
        });
    stage
        .reload()
        .keys("enter E")
        .says("前払いは厳しい")
        .hides("一括");
}

#[test]
fn an_entry_moves_to_another_customer_and_a_customer_to_another_folder() {
    let mut stage = stage();
    stage.keys("f <acme> enter enter R <bor> down enter enter");
    assert!(stage.text("borealis.toml").contains("一括前払いは厳しい"));
    assert!(!stage.text("acme.toml").contains("一括前払いは厳しい"));
    stage.says("Borealis");
    stage
        .keys("esc R ctrl-u <archive/borealis> enter")
        .says("archive/");
    assert!(stage.text("archive/borealis.toml").contains("Borealis"));
    stage.keys("u u");
    assert_eq!(stage.text("acme.toml"), ACME);
    assert_eq!(stage.text("borealis.toml"), BOREALIS);
}

#[test]
fn a_removal_is_asked_for_and_can_be_undone() {
    let mut stage = stage();
    stage
        .keys("f <acme> enter enter D")
        .says("Remove this concern of 2026-11-20?");
    stage.keys("n");
    assert_eq!(stage.effects(), []);
    stage.keys("D y").says("removed");
    assert!(!stage.text("acme.toml").contains("[concern"));
    stage.keys("u");
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn ctrl_z_reaches_the_shell_from_everywhere() {
    for way in ["", "a", "a c <x>", "f <a>", "?", "enter enter", "enter D"] {
        let mut stage = stage();
        stage.keys(way).keys("ctrl-z");
        assert_eq!(stage.effects(), [Effect::Suspend], "{way}");
    }
}

#[test]
fn a_key_let_go_is_nothing() {
    use ratatui::crossterm::event::{KeyEvent, KeyEventKind};
    let mut stage = stage();
    let before = stage.screen();
    let key = crate::stage::key("?");
    stage.press(KeyEvent {
        kind: KeyEventKind::Release,
        ..key
    });
    assert_eq!(stage.screen(), before);
}
