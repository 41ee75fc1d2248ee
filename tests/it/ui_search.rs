//! Looking for words in what is read.

use ratatui::style::Modifier;

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"

[concern.2026-11-20]
said = \"支払は分割で、ペイメントの条件\"
notes = \"\"\"
Payment in parts. ﾍﾟｲﾒﾝﾄ は三回。
最初の ＰＡＹＭＥＮＴ は十一月。
\"\"\"
";

fn reading(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height).file("acme.toml", ACME).open();
    stage.keys("enter enter");
    stage
}

/// What is underlined on the screen, and of that what is reversed too.
fn marked(stage: &Stage) -> (Vec<String>, Vec<String>) {
    let buf = stage.buffer();
    let (mut found, mut here) = (Vec::new(), Vec::new());
    // The header's tab is underlined too.
    for y in 1..buf.area.height {
        for (modifier, all) in [
            (Modifier::UNDERLINED, &mut found),
            (Modifier::REVERSED, &mut here),
        ] {
            let mut word = String::new();
            let mut x = 0;
            while x < buf.area.width {
                let cell = &buf[(x, y)];
                let wide = goodwill::ui::widgets::text::width(cell.symbol()).max(1);
                if cell.modifier.contains(modifier) {
                    word += cell.symbol();
                } else if !word.is_empty() {
                    all.push(std::mem::take(&mut word));
                }
                x += u16::try_from(wide).unwrap();
            }
        }
    }
    (found, here)
}

#[test]
fn words_are_found_while_they_are_typed_in_whatever_spelling() {
    let mut stage = reading(80, 24);
    stage.keys("f <payment>").says("find payment").says("1/2");
    assert_eq!(marked(&stage).0, ["Payment", "ＰＡＹＭＥＮＴ"]);
    assert_eq!(marked(&stage).1, ["Payment"]);
    assert!(stage.before_cursor().ends_with("find payment"));
    stage.keys("ctrl-u <ぺいめ>").says("1/2");
    assert_eq!(marked(&stage).0, ["ペイメ", "ﾍﾟｲﾒ"]);
    stage.keys("<x>").says("not here");
    assert_eq!(marked(&stage).0, [""; 0]);
    stage.keys("esc").hides("find ぺ").says("said");
}

#[test]
fn n_goes_on_to_the_next_place_and_esc_clears() {
    let mut stage = reading(80, 24);
    stage.keys("n").says("words of this text").keys("esc");
    stage.keys("f <payment> enter n").says("2/2");
    assert_eq!(marked(&stage).1, ["ＰＡＹＭＥＮＴ"]);
    assert!(
        stage.before_cursor().ends_with("最初の"),
        "{}",
        stage.before_cursor()
    );
    stage.keys("n").says("1/2").keys("N").says("2/2");
    // What is typed later is another search.
    stage.keys("f ctrl-u <三回> enter").says("1/1");
    stage.keys("esc").hides("1/1").says("said");
    assert_eq!(marked(&stage).0, [""; 0]);
    stage.keys("esc").hides("ﾍﾟｲﾒﾝﾄ");
}

#[test]
fn the_entry_scrolls_to_what_was_found_and_back_where_it_is_given_up() {
    let notes = "a line of many\n".repeat(60);
    let file = format!(
        "name = \"A\"\n[concern.2026-11-20]\nsaid = \"x\"\nnotes = \"\"\"\n{notes}見積の話\nlast\n\"\"\"\n"
    );
    let mut stage = Stage::new(60, 16).file("a.toml", &file).open();
    stage.keys("enter enter").hides("見積の話");
    stage.keys("f <見積>").says("見積の話").says("1/1");
    stage.keys("esc").hides("見積の話").says("said");
    stage.keys("f <話> enter").says("見積の話");
    stage.resize(40, 12).says("1/1");
    // It follows a change of the file.
    stage.replace("a.toml", "last", "話");
    stage.reload();
    stage.says("1/2").keys("n").says("2/2");
}

#[test]
fn what_was_found_is_marked_without_colours_too() {
    let mut stage = reading(80, 24);
    stage.app.theme = goodwill::ui::theme::Theme::new(
        goodwill::ui::theme::ThemeName::Terminal,
        goodwill::ui::theme::Depth::None,
    );
    stage.keys("f <payment>");
    assert_eq!(marked(&stage).0.len(), 2);
    assert_eq!(marked(&stage).1.len(), 1);
}

#[test]
fn a_pasted_text_is_looked_for_and_a_place_over_a_line_end_is_marked_on_both_lines() {
    let mut stage = reading(30, 24);
    stage.keys("f").paste("の条件\n");
    stage.says("1/1");
    assert_eq!(marked(&stage).0.concat(), "の条件");
    stage.keys("ctrl-u").paste("分割で、ペイ");
    assert_eq!(marked(&stage).0.concat(), "分割で、ペイ");
    assert!(marked(&stage).0.len() > 1, "{}", stage.screen());
}

#[test]
fn the_keys_of_a_place_can_be_searched_too() {
    let mut stage = Stage::new(80, 16).file("acme.toml", ACME).open();
    stage.keys("?").hides("read all files again");
    stage
        .keys("f <READ all>")
        .says("read all files again")
        .says("1/1");
    assert_eq!(marked(&stage).1, ["read all"]);
    assert!(stage.before_cursor().ends_with("find READ all"));
    stage.keys("ctrl-u").paste("row");
    stage.keys("enter").says("1/").keys("n").says("2/");
    // The first Esc clears, the second one closes.
    stage.keys("esc").hides("find row").says("keys");
    stage.keys("f q enter esc esc").hides("┌ keys");
    // Nothing typed is nothing to clear.
    stage.keys("? f enter esc").hides("┌ keys");
}
