//! What is typed into a form: notes, days, amounts, offered words.

use goodwill::ui::keymap::{Keymap, Wish};

use crate::small_journal::two_customers;
use crate::stage::Stage;

#[test]
fn a_note_takes_enter_and_the_arrows_and_is_saved_with_its_lines() {
    let mut stage = two_customers();
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
    let mut stage = two_customers();
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
        let mut stage = two_customers();
        stage.keys(&format!("a p <見積> tab <{typed}>")).says(told);
        stage.keys("enter");
        let text = stage.text("acme.toml");
        let day = told.split(' ').next().unwrap();
        assert!(text.contains(&format!("due = {day}")), "{typed}: {text}");
    }
}

#[test]
fn a_day_that_is_none_is_explained_and_not_saved() {
    let mut stage = two_customers();
    stage.keys("a p <見積> tab <whenever>").says("is no day");
    stage.keys("enter").says("is no day").says("whenever");
    assert_eq!(stage.effects(), []);
    stage.keys("shift-tab enter").says("is no day");
    assert!(
        stage.before_cursor().ends_with("whenever"),
        "back to the field"
    );
    stage
        .paste(&"x".repeat(500))
        .says("...` is no day; type it like");
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
        let mut stage = two_customers();
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
    let mut stage = two_customers();
    stage.keys("a d <x> tab <a lot> enter").says("is no amount");
    assert_eq!(stage.effects(), []);
}

#[test]
fn names_are_offered_and_taken_with_down_and_enter() {
    let mut stage = two_customers();
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
    let mut stage = two_customers();
    stage
        .keys("f <acme> enter a c <支払が> tab <山>")
        .says("▸ 山田 花子");
    stage.keys("tab enter");
    assert!(stage.text("acme.toml").contains("from = \"山田 花子\""));
}

#[test]
fn tab_takes_the_chosen_name_and_goes_on() {
    let mut stage = two_customers();
    stage.keys("f <acme> enter a i <会議> tab tab tab <佐> down tab");
    stage.says("佐藤 健");
    assert!(stage.before_cursor().contains("channel"));
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("with = [\"佐藤 健\"]"));
}

#[test]
fn a_lever_is_taken_with_its_colon_and_the_words_follow_it() {
    for key in ["enter", "tab"] {
        let mut stage = two_customers();
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
    let mut stage = two_customers();
    stage.keys("a c <支払が> tab <pa>");
    stage
        .keys("tab <pa>")
        .says("▸ payment")
        .keys("esc")
        .hides("▸ payment");
    stage.hides("Throw away").keys("esc").says("Throw away");
}

#[test]
fn an_offered_name_with_a_comma_stays_one_person() {
    let acme = "name = \"Acme\"\n\n[contact.smith]\nname = \"Smith, John\"\n";
    let mut stage = Stage::new(80, 24).file("acme.toml", acme).open();
    stage.keys("a i <lunch> tab tab tab <smi> down enter enter");
    let text = stage.text("acme.toml");
    assert!(text.contains("with = [\"Smith, John\"]"), "{text}");
}

#[test]
fn hints_name_the_keys_that_the_person_has_chosen() {
    let wishes = [
        ("form.next-field", "ctrl-t"),
        ("form.back", "ctrl-x"),
        ("question.yes", "o"),
        ("question.no", "k"),
    ];
    let wishes = wishes.map(|(name, key)| Wish {
        name: name.to_owned(),
        keys: vec![key.to_owned()],
        line: 1,
    });
    let mut stage = two_customers();
    stage.app.keys = Keymap::new(&wishes).0;
    stage.keys("a c").says("more behind Ctrl-T: date");
    stage
        .keys("enter")
        .says("said is needed; Ctrl-X closes the form");
    stage
        .keys("<x> ctrl-x")
        .says("Throw away what you typed?  o yes  k no");
    stage.keys("k ctrl-x o");
    assert!(stage.app.dialog.is_none());
}
