//! What goes to the terminal when one screen follows another.

use goodwill::ui::widgets::text::width;
use ratatui::buffer::Buffer;

use crate::stage::Stage;

/// The columns of one row that are sent, with what is sent there.
fn sent(before: &Buffer, after: &Buffer, row: u16) -> Vec<(u16, String)> {
    let updates = before.diff(after);
    let cells = updates.into_iter().filter(|(_, y, _)| *y == row);
    cells
        .map(|(x, _, cell)| (x, cell.symbol().to_owned()))
        .collect()
}

fn list(name: &str) -> Stage {
    let text = format!("name = \"{name}\"\n");
    Stage::new(80, 24).file("a.toml", &text).open()
}

#[test]
fn a_sound_mark_of_half_a_cell_is_wiped_with_its_letter() {
    // Terminals count ｶ and ﾞ one by one: a blank over the first leaves the second.
    let mut stage = Stage::new(80, 24);
    for name in ["ア", "ｶﾞ"] {
        stage = stage.file(&format!("{name}.toml"), &format!("name = \"{name}\"\n"));
    }
    let mut stage = stage.open();
    stage.keys("f");
    let before = stage.buffer();
    let mut rows = before.area.rows();
    let row = rows
        .find(|row| before[(2, row.y)].symbol() == "ｶﾞ")
        .unwrap()
        .y;
    let after = stage.keys("<ア>").buffer();
    assert_eq!(after[(2, row)].symbol(), " ");
    let sent = sent(&before, &after, row);
    assert!(sent.contains(&(3, " ".to_owned())), "{sent:?}");
}

#[test]
fn nothing_is_sent_behind_the_heart_that_would_shift_the_rest_of_the_row() {
    // A blank sent right behind it would stand a cell further where the heart takes two.
    let (before, after) = (list("abcdef").buffer(), list("❤\u{fe0f}cdXY").buffer());
    assert_eq!(width("❤\u{fe0f}"), 2);
    let row = before
        .area
        .rows()
        .find(|row| before[(2, row.y)].symbol() == "a");
    let sent = sent(&before, &after, row.unwrap().y);
    let columns: Vec<u16> = sent.iter().map(|(x, _)| *x).collect();
    assert_eq!(columns, [2, 6, 7], "{sent:?}");
}

#[test]
fn columns_stand_still_behind_letters_that_join() {
    // Terminals draw the two letters of لا in two cells, as a string they count as one.
    let stage = list("سلام لا علا").file("b.toml", "name = \"Acme\"\n").open();
    let buf = stage.buffer();
    let columns: Vec<u16> = ["س", "A"]
        .map(|first| {
            let mut rows = buf.area.rows();
            let row = rows.find(|row| buf[(2, row.y)].symbol() == first).unwrap();
            let mut columns = (3..80).filter(|x| buf[(*x, row.y)].symbol() == "-");
            columns.next_back().unwrap()
        })
        .into();
    assert_eq!(columns.first(), columns.last(), "{}", stage.screen());
}
