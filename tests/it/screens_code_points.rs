//! Every code point there is, through every widget that draws text: what is drawn is never
//! hostile, takes the cells that were counted, and nothing panics.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use goodwill::ui::widgets::glyphs::Glyphs;
use goodwill::ui::widgets::line_field::LineField;
use goodwill::ui::widgets::note_editor::NoteEditor;
use goodwill::ui::widgets::popup;
use goodwill::ui::widgets::row::draw_row;
use goodwill::ui::widgets::text::{cut, pad, pad_left, visible, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use crate::screens_cells::{cells, is_hostile, on_the_wire};

/// How many code points are drawn at once.
const BATCH: usize = 512;

/// Every character, without the gap of the surrogates.
fn every() -> Vec<char> {
    ('\0'..=char::MAX).collect()
}

/// Every character of the planes in use; of the others the edges.
fn in_use() -> Vec<char> {
    let used = ('\0'..'\u{34000}').chain('\u{dff00}'..'\u{e1000}');
    used.chain('\u{10ff00}'..=char::MAX).collect()
}

/// What is told of the batches, looked at on two threads.
fn on_two_threads(chars: &[char], look: impl Fn(&[char], &mut Vec<String>) + Sync) -> Vec<String> {
    let batches: Vec<&[char]> = chars.chunks(BATCH).collect();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut told = Vec::new();
            look(batch, &mut told);
            let first = u32::from(*batch.first().unwrap());
            let told = told.into_iter().take(5);
            let told = told.map(|told| format!("from U+{first:04X}: {told}"));
            all.lock().unwrap().extend(told);
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work();
        other.join().unwrap();
    });
    all.into_inner().unwrap()
}

#[track_caller]
fn nothing(mut told: Vec<String>) {
    let count = told.len();
    told.truncate(40);
    assert!(told.is_empty(), "{count}:\n{}", told.join("\n"));
}

/// What is drawn into a row of this many cells.
fn row(width: usize, draw: impl FnOnce(Rect, &mut Buffer)) -> Buffer {
    let area = Rect::new(0, 0, u16::try_from(width).unwrap(), 1);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    buf
}

/// How many cells a text takes in a row.
fn drawn_width(text: &str) -> usize {
    let mut end = 0;
    row(BATCH * 12, |_, buf| {
        end = buf.set_stringn(0, 0, text, BATCH * 12, Style::new()).0;
    });
    end.into()
}

#[test]
fn every_code_point_is_drawn_as_it_is_counted_and_none_is_hostile() {
    nothing(on_two_threads(&every(), |batch, told| {
        let text: String = batch.iter().collect();
        let shown = visible(&text);
        told.extend(on_the_wire(shown.as_bytes()));
        let whole = width(&shown);
        if drawn_width(&shown) != whole {
            told.push(format!("counted {whole}, drawn {}", drawn_width(&shown)));
        }
        let padded = pad(&text, whole + 3, Glyphs::Unicode);
        let by_string = row(whole + 3, |_, buf| {
            buf.set_string(0, 0, &padded, Style::new());
        });
        let by_line = row(whole + 3, |area, buf| {
            draw_row([Span::raw(padded.as_str()), Span::raw("|")], area, buf);
        });
        told.extend(cells(&by_string));
        if by_string != by_line {
            let both = by_string.content.iter().zip(&by_line.content);
            let (one, other) = both.into_iter().find(|(one, other)| one != other).unwrap();
            let (one, other) = (one.symbol(), other.symbol());
            told.push(format!("a string draws {one:?}, a row {other:?}"));
        }
        for line in wrap(&text, 40) {
            if width(&line) > 40 || line.chars().any(is_hostile) {
                told.push(format!("{line:?} in 40 cells"));
            }
        }
    }));
}

#[test]
fn every_code_point_can_stand_in_a_field_a_note_and_a_title() {
    nothing(on_two_threads(&every(), |batch, told| {
        let text: String = batch.iter().collect();
        let room = width(&visible(&text)) + 8;
        let mut field = LineField::default();
        field.paste(&text);
        let buf = row(room, |area, buf| field.draw(area, buf, Style::new(), ""));
        told.extend(cells(&buf));
        let area = Rect::new(0, 0, 64, u16::try_from(room / 20 + 8).unwrap());
        let mut buf = Buffer::empty(area);
        let note = NoteEditor::new(&text).unwrap();
        note.draw(area, &mut buf, (Style::new(), Style::new()), "");
        told.extend(cells(&buf));
        if !area.contains(note.cursor(area)) {
            told.push("the caret is outside of the note".to_owned());
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, u16::try_from(room).unwrap(), 2));
        popup::frame(buf.area, &text, Style::new(), Glyphs::Unicode, &mut buf);
        told.extend(cells(&buf));
        let corner = Position::new(buf.area.right() - 1, 0);
        if buf[corner].symbol() != "┐" {
            told.push("the frame is open behind its title".to_owned());
        }
    }));
}

/// Behind a letter and before a wide character, where a field of one to four cells ends.
#[test]
fn every_code_point_fits_the_edge_of_a_narrow_field() {
    nothing(on_two_threads(&in_use(), |batch, told| {
        let mut bytes = String::new();
        for (at, c) in batch.iter().enumerate() {
            bytes.clear();
            bytes.extend(['a', *c, '見']);
            for wide in 1..=4 {
                let padded = if at % 2 == 0 {
                    pad(&bytes, wide, Glyphs::Unicode)
                } else {
                    pad_left(&bytes, wide, Glyphs::Ascii)
                };
                let mut end = 0;
                let buf = row(wide + 1, |_, buf| {
                    end = buf.set_stringn(0, 0, &padded, wide + 1, Style::new()).0;
                });
                if usize::from(end) != wide || !cells(&buf).is_empty() {
                    told.push(format!(
                        "{c:?} in {wide} cells is {padded:?}: {:?}",
                        cells(&buf)
                    ));
                }
            }
            let wide = at % 4 + 1;
            let shown = cut(&bytes, wide, Glyphs::Unicode);
            if width(&shown) > wide || shown.chars().any(is_hostile) {
                told.push(format!("{c:?} cut to {wide} cells is {shown:?}"));
            }
            let mut field = LineField::default();
            field.paste(&bytes);
            let buf = row(wide, |area, buf| field.draw(area, buf, Style::new(), ""));
            let caret = field.cursor(buf.area);
            if !buf.area.contains(caret) || !cells(&buf).is_empty() {
                told.push(format!("{c:?} in a field of {wide}: {:?}", cells(&buf)));
            }
        }
    }));
}
