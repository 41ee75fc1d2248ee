//! Text that is safe to print and fits its cells: in screens, messages and command output alike.
//!
//! [`cut`], [`pad`] and [`wrap`] make their text [`visible`] first, so whoever lays text out
//! cannot forget it.

use super::glyphs::Glyphs;
pub use super::wrap::{going_on, wrap, wrap_most, wrap_to};
use crate::model::fold::are_graphemes;
use ratatui::buffer::CellWidth;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// How many marks one character may carry before the rest is only counted.
const MAX_MARKS: usize = 8;

/// How many cells one character may take: letters that join without an end make one character of
/// any width, and where that does not fit nothing is drawn at all.
const MAX_CELLS: usize = 8;

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// The text with everything shown that would act on a terminal or hide in it.
///
/// Control characters become `␀`…`␟` and `␡`, a tab becomes a space, and invisible or
/// direction-changing characters become their code, like `<U+202E>`. A joiner stays where it
/// joins two emoji. A mark with nothing before it to stand on becomes its code too. More than eight
/// marks on one character are cut and counted: `<+12 marks>`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_ascii = text
        .bytes()
        .fold(true, |all, byte| all & (b' '..=b'~').contains(&byte));
    let is_line = || are_graphemes(text) && !text.contains('\n');
    if is_ascii || is_line() || text.chars().all(is_common) {
        return Cow::Borrowed(text);
    }
    let mut out: Option<String> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        if needs_help(cluster) {
            let so_far = || text.get(..at).unwrap_or_default().to_owned();
            reveal(cluster, out.get_or_insert_with(so_far));
        } else if let Some(out) = &mut out {
            out.push_str(cluster);
        }
    }
    out.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The characters that make up nearly all text and never need a second look: each is a cluster of
/// its own, whatever of these stands beside it.
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '…' | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff9d}')
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}')
}

fn is_mark(c: char) -> bool {
    // The sound marks of half-width katakana stand in a cell of their own.
    c.width() == Some(0) && !matches!(c, 'ﾞ' | 'ﾟ')
}

/// True for what an emoji joiner can join: the segmentation rules themselves are asked.
fn is_pictograph(c: char) -> bool {
    let clusters = |before: &str| format!("{before}{c}").graphemes(true).count();
    clusters("👨\u{200d}") == 1 && clusters("a") == 2
}

/// Inside one cluster, nothing but an emoji joiner puts a pictograph behind a joiner.
fn joins(cluster: &str, after_joiner: usize) -> bool {
    let rest = cluster.get(after_joiner..).unwrap_or_default();
    after_joiner > ZERO_WIDTH_JOINER.len_utf8() && rest.chars().next().is_some_and(is_pictograph)
}

fn needs_help(cluster: &str) -> bool {
    let hidden = cluster.char_indices().any(|(at, c)| {
        is_hidden(c) && !(c == ZERO_WIDTH_JOINER && joins(cluster, at + c.len_utf8()))
    });
    hidden
        || cluster.chars().next().is_some_and(is_mark)
        || !(1..=MAX_CELLS).contains(&cluster_width(cluster))
        || cluster.chars().filter(|c| is_mark(*c)).count() > MAX_MARKS
}

fn reveal(cluster: &str, out: &mut String) {
    let mut marks = 0;
    let mut on_base = false;
    let mut cells = 0;
    let too_wide = cluster_width(cluster) > MAX_CELLS;
    for (at, c) in cluster.char_indices() {
        if c == ZERO_WIDTH_JOINER && joins(cluster, at + c.len_utf8()) {
            out.push(c);
        } else if is_mark(c) && on_base && !is_hidden(c) {
            marks += 1;
            if marks <= MAX_MARKS {
                out.push(c);
            }
        } else {
            count_cut_marks(marks, out);
            marks = 0;
            cells += c.width().unwrap_or(0);
            let fits = !too_wide || cells <= MAX_CELLS;
            on_base = fits && !is_hidden(c) && !is_mark(c);
            if on_base {
                out.push(c);
            } else {
                cells = 0;
                name(c, out);
            }
        }
    }
    count_cut_marks(marks, out);
}

fn count_cut_marks(marks: usize, out: &mut String) {
    if marks > MAX_MARKS {
        out.push_str(&format!("<+{} marks>", marks - MAX_MARKS));
    }
}

fn name(c: char, out: &mut String) {
    match c {
        '\t' => out.push(' '),
        '\0'..='\x1f' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\x7f' => out.push('␡'),
        _ => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
    }
}

/// How many cells the text takes on the screen; control characters take none.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    let mut cells = 0;
    let mut add = |c: char| {
        cells += c.width().unwrap_or(0);
        is_common(c)
    };
    match text.chars().all(&mut add) {
        true => cells,
        false => text.graphemes(true).map(cluster_width).sum(),
    }
}

fn cluster_width(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    cluster.cell_width().into()
}

/// The text if it fits into `width` cells, else its beginning and an ellipsis.
///
/// The result is never wider than `width` and never ends in half a character; it may be a cell
/// narrower where a wide character did not fit.
pub fn cut(text: &str, width: usize, glyphs: Glyphs) -> Cow<'_, str> {
    let text = visible(text);
    let room = width.saturating_sub(1);
    let mut used = 0;
    let mut kept = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster_width(cluster);
        if used > width {
            let mut short = text.get(..kept).unwrap_or_default().to_owned();
            if width > 0 {
                short.push_str(glyphs.ellipsis());
            }
            return Cow::Owned(short);
        }
        if used <= room {
            kept = at + cluster.len();
        }
    }
    text
}

/// The text cut or filled with spaces on its right: exactly `width` cells.
pub fn pad(text: &str, width: usize, glyphs: Glyphs) -> String {
    let mut text = cut(text, width, glyphs).into_owned();
    let missing = width.saturating_sub(self::width(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The text cut or filled with spaces on its left: exactly `width` cells. For numbers.
pub fn pad_left(text: &str, width: usize, glyphs: Glyphs) -> String {
    let text = cut(text, width, glyphs);
    let missing = width.saturating_sub(self::width(&text));
    let mut out = " ".repeat(missing);
    out.push_str(&text);
    out
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
