//! Small pieces that screens and dialogs are built from: text that fits its cells, fields, lists, popups.
//!
//! They draw with `&self` into a buffer and change only by `key` and `paste`.

pub mod brief_rows;
pub mod caret;
pub mod complete;
pub mod glyphs;
mod keys;
pub mod line_field;
pub mod list;
pub mod note_editor;
mod note_search;
mod note_text;
mod note_wrap;
pub mod popup;
pub mod row;
pub mod sheet;
pub mod text;
pub mod wrap;

/// Every character of the planes in use, in blocks; of the empty planes only the edges.
#[cfg(test)]
fn every_character() -> Vec<String> {
    let used = ('\0'..'\u{34000}')
        .chain('\u{dff00}'..'\u{e1000}')
        .chain('\u{10ff00}'..=char::MAX);
    let all: Vec<char> = used.collect();
    all.chunks(256)
        .map(|block| block.iter().collect())
        .collect()
}
