//! Something to read: texts in lines behind labels, scrolled and searched.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::glyphs::Glyphs;
use super::line_field::LineField;
use super::list::Move;
use super::row::draw_row;
use super::text::{cut, width};
use super::wrap::Lines;
use crate::model::find::Needle;
use crate::ui::keys::Action;
use crate::ui::theme::Theme;

/// Before what is looked for.
const LABEL: &str = "find ";

/// Texts, and the lines that they take at some width.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    texts: Vec<Text>,
    lines: Vec<SheetLine>,
}

#[derive(Clone, Debug)]
struct Text {
    visible: String,
    is_heading: bool,
}

/// A line of a sheet.
#[derive(Clone, Debug)]
struct SheetLine {
    /// What stands before it, on the first line of a text.
    label: String,
    /// How many cells are kept for labels.
    indent: u16,
    /// Which of the texts it is of.
    text: usize,
    /// Which bytes of the visible text it shows.
    bytes: Range<usize>,
}

/// The styles of a sheet.
#[derive(Clone, Copy)]
pub struct SheetLook<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// Marks.
    pub glyphs: Glyphs,
    /// The style of labels.
    pub label: Style,
}

impl Sheet {
    /// Adds a heading.
    pub fn heading(&mut self, text: &str, width: usize) {
        self.add(("", 0), text, width, true);
    }

    /// Adds a text of lines at most `width` cells wide, behind a label in a column of its own.
    pub fn text(&mut self, label: (&str, u16), text: &str, width: usize) {
        self.add(label, text, width, false);
    }

    fn add(&mut self, (label, indent): (&str, u16), text: &str, width: usize, is_heading: bool) {
        let lines = Lines::of(text, width);
        let mut label = label.to_owned();
        let text = self.texts.len();
        self.lines
            .extend(lines.places.into_iter().map(|bytes| SheetLine {
                label: std::mem::take(&mut label),
                indent,
                text,
                bytes,
            }));
        self.texts.push(Text {
            visible: lines.text,
            is_heading,
        });
    }

    /// How many lines there are.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    fn find(&self, typed: &str) -> Vec<Hit> {
        let Some(needle) = Needle::new(typed) else {
            return Vec::new();
        };
        self.places(|text| needle.places(text))
    }

    /// Where something stands in the texts: `places` tells it of one of them, by its bytes.
    pub fn places(&self, places: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Hit> {
        let texts = self.texts.iter().enumerate();
        texts
            .flat_map(|(text, shown)| {
                let places = places(&shown.visible).into_iter();
                places.map(move |bytes| Hit { text, bytes })
            })
            .collect()
    }

    /// The same in so many lines at most: where not all have room, the first one and those around
    /// the hits. Where lines are left out between them, an ellipsis tells.
    #[must_use]
    pub fn around(&self, hits: &[Hit], height: usize) -> Sheet {
        let mut sheet = self.clone();
        if self.height() <= height {
            return sheet;
        }
        let mut wanted = BTreeSet::from([0]);
        for hit in hits {
            let at = self.line_of(hit);
            let around = at.saturating_sub(1)..(at + 2).min(self.height());
            // With a line for each gap it must still fit.
            let more = around.clone().filter(|line| !wanted.contains(line)).count();
            if wanted.len() + more + gaps(&wanted) + 1 > height {
                break;
            }
            wanted.extend(around);
        }
        let mut rest = 0..self.height();
        while wanted.len() + gaps(&wanted) < height
            && let Some(line) = rest.next()
        {
            wanted.insert(line);
        }
        // A line of no text is one of those that were left out.
        let text = sheet.texts.len();
        sheet.lines.clear();
        let mut next = 0;
        for at in wanted {
            if at > next {
                sheet.lines.push(SheetLine {
                    label: String::new(),
                    indent: 0,
                    text,
                    bytes: 0..0,
                });
            }
            sheet.lines.extend(self.lines.get(at).cloned());
            next = at + 1;
        }
        sheet
    }

    /// The line on which a hit begins.
    fn line_of(&self, hit: &Hit) -> usize {
        let before = |line: &SheetLine| (line.text, line.bytes.end) <= (hit.text, hit.bytes.start);
        self.lines.partition_point(before)
    }
}

/// How often lines are left out between these.
fn gaps(lines: &BTreeSet<usize>) -> usize {
    let next = lines.iter().skip(1);
    lines.iter().zip(next).filter(|(a, b)| *a + 1 < **b).count()
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    text: usize,
    bytes: Range<usize>,
}

/// How far a sheet is scrolled, and what is looked for in it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The first line that is seen.
    pub scroll: usize,
    search: Option<Search>,
}

#[derive(Clone, Debug)]
struct Search {
    field: LineField,
    typing: bool,
    hits: Vec<Hit>,
    /// Which of the hits is at hand.
    at: usize,
    /// The first line that was seen when it began.
    from: usize,
}

impl Reading {
    /// From the first line on, with these places marked and none of them at hand.
    pub fn of(hits: Vec<Hit>) -> Reading {
        Reading {
            scroll: 0,
            search: Some(Search {
                field: LineField::new(""),
                typing: false,
                at: hits.len(),
                hits,
                from: 0,
            }),
        }
    }

    /// Whether keys go to the line that says what is looked for.
    pub fn is_typed_into(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.typing)
    }

    /// Whether something is looked for.
    pub fn is_search(&self) -> bool {
        self.search.is_some()
    }

    /// Scrolls, in an area of this height.
    pub fn move_by(&mut self, step: Move, sheet: &Sheet, height: usize) {
        let last = sheet.height().saturating_sub(height);
        self.scroll = step.from(self.scroll, last + 1, height);
    }

    /// Starts to look for something, or for something else.
    pub fn start_search(&mut self) {
        let from = self.scroll;
        let search = self.search.get_or_insert_with(|| Search {
            field: LineField::new(""),
            typing: true,
            hits: Vec::new(),
            at: 0,
            from,
        });
        (search.typing, search.from) = (true, from);
    }

    /// Looks for nothing any more; answers whether something was looked for.
    pub fn end_search(&mut self) -> bool {
        self.search.take().is_some()
    }

    /// A key for the line that says what is looked for.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, sheet: &Sheet, height: usize) {
        let Some(search) = &mut self.search else {
            return;
        };
        match action {
            Some(Action::Open) => self.stop_typing(),
            Some(Action::Back) => {
                self.scroll = search.from;
                self.search = None;
            }
            _ => {
                search.field.key(key);
                self.look(sheet, height);
            }
        }
    }

    /// Keeps what was typed, so that keys go to the text again. Nothing typed is nothing to keep.
    pub fn stop_typing(&mut self) {
        if let Some(search) = &mut self.search {
            search.typing = false;
        }
        self.search
            .take_if(|search| search.field.value().trim().is_empty());
    }

    /// Pasted text for the line that says what is looked for.
    pub fn paste(&mut self, text: &str, sheet: &Sheet, height: usize) {
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.field.paste(text);
            self.look(sheet, height);
        }
    }

    /// Finds the first place from where the search began on.
    fn look(&mut self, sheet: &Sheet, height: usize) {
        let Some(search) = &mut self.search else {
            return;
        };
        search.hits = sheet.find(search.field.value());
        let is_before = |hit: &Hit| sheet.line_of(hit) < search.from;
        let first = search.hits.partition_point(is_before);
        search.at = if first < search.hits.len() { first } else { 0 };
        self.scroll = search.from;
        self.show_hit(sheet, height);
    }

    /// Follows a sheet that changed.
    pub fn renew(&mut self, sheet: &Sheet) {
        self.scroll = self.scroll.min(sheet.height().saturating_sub(1));
        if let Some(search) = &mut self.search {
            search.hits = sheet.find(search.field.value());
            search.at = search.at.min(search.hits.len().saturating_sub(1));
        }
    }

    /// To the next place, or with `back` to the one before; behind the last comes the first.
    /// Where nothing is looked for yet, it is asked what.
    pub fn step(&mut self, back: bool, sheet: &Sheet, height: usize) {
        let Some(search) = &mut self.search else {
            return self.start_search();
        };
        let count = search.hits.len();
        if count > 0 {
            let by = if back { count - 1 } else { 1 };
            search.at = (search.at + by) % count;
            self.show_hit(sheet, height);
        }
    }

    fn show_hit(&mut self, sheet: &Sheet, height: usize) {
        let hit = self.search.as_ref().and_then(|s| s.hits.get(s.at));
        let Some(line) = hit.map(|hit| sheet.line_of(hit)) else {
            return;
        };
        if line < self.scroll || line >= self.scroll + height.max(1) {
            let last = sheet.height().saturating_sub(height);
            // With some of what is before it.
            self.scroll = line.saturating_sub(height / 3).min(last);
        }
    }

    /// Where the terminal's cursor stands while something is looked for: behind what is typed on
    /// its line, else where the place at hand is seen.
    pub fn cursor(&self, sheet: &Sheet, area: Rect, line: Rect) -> Option<Position> {
        let search = self.search.as_ref()?;
        if search.typing {
            return Some(search.field.cursor(search.areas(line).0));
        }
        let hit = search.hits.get(search.at)?;
        let at = sheet.line_of(hit);
        let line = sheet.lines.get(at)?;
        let y = u16::try_from(at.checked_sub(self.scroll)?).ok()?;
        let shown = &sheet.texts.get(line.text)?.visible;
        let before = width(shown.get(line.bytes.start..hit.bytes.start)?);
        let x = line.indent.saturating_add(u16::try_from(before).ok()?);
        (y < area.height && x < area.width).then(|| Position::new(area.x + x, area.y + y))
    }

    /// Draws the lines that are seen.
    pub fn draw(&self, sheet: &Sheet, area: Rect, buf: &mut Buffer, look: SheetLook) {
        for (line, row) in sheet.lines.iter().skip(self.scroll).zip(area.rows()) {
            let indent = line.indent.min(row.width);
            let room = usize::from(indent).saturating_sub(1);
            let label = cut(&line.label, room, look.glyphs);
            Span::styled(label, look.label).render(row, buf);
            let at = Rect {
                x: row.x + indent,
                width: row.width - indent,
                ..row
            };
            match sheet.texts.get(line.text) {
                Some(text) => self.draw_pieces(text, line, at, buf, look.theme),
                None => Span::styled(look.glyphs.ellipsis(), look.label).render(at, buf),
            }
        }
    }

    fn draw_pieces(
        &self,
        text: &Text,
        line: &SheetLine,
        at: Rect,
        buf: &mut Buffer,
        theme: &Theme,
    ) {
        let plain = if text.is_heading {
            theme.strong
        } else {
            theme.text
        };
        let found = theme.accent.add_modifier(Modifier::UNDERLINED);
        let span = |(bytes, hit): (Range<usize>, Option<bool>)| {
            let style = match hit {
                None => plain,
                Some(false) => found,
                Some(true) => found.add_modifier(Modifier::REVERSED),
            };
            Span::styled(text.visible.get(bytes).unwrap_or_default(), style)
        };
        draw_row(self.pieces(line).into_iter().map(span), at, buf);
    }

    /// A line in pieces: without a hit, in one, or in the one at hand.
    fn pieces(&self, line: &SheetLine) -> Vec<(Range<usize>, Option<bool>)> {
        let mut pieces = Vec::new();
        let mut at = line.bytes.start;
        if let Some(search) = &self.search {
            let is_before = |hit: &Hit| (hit.text, hit.bytes.end) <= (line.text, at);
            let first = search.hits.partition_point(is_before);
            let hits = search.hits.iter().enumerate().skip(first);
            for (place, hit) in hits
                .take_while(|(_, hit)| hit.text == line.text && hit.bytes.start < line.bytes.end)
            {
                let (start, end) = (hit.bytes.start.max(at), hit.bytes.end.min(line.bytes.end));
                pieces.push((at..start, None));
                pieces.push((start..end, Some(place == search.at)));
                at = end;
            }
        }
        pieces.push((at..line.bytes.end, None));
        pieces
    }

    /// Draws the line that says what is looked for, and which of how many places is at hand.
    pub fn draw_search(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let Some(search) = &self.search else {
            return;
        };
        let (typed, end) = search.areas(line);
        Span::styled(LABEL, theme.accent).render(line, buf);
        let style = if search.typing { theme.text } else { theme.dim };
        search.field.draw(typed, buf, style, "words of this text");
        Span::styled(search.count(), theme.accent).render(end, buf);
    }
}

impl Search {
    fn count(&self) -> String {
        match (self.hits.len(), self.field.value().trim()) {
            (_, "") => String::new(),
            (0, _) => " not here".to_owned(),
            (count, _) => format!(" {}/{count}", self.at + 1),
        }
    }

    /// Where on its line it is typed, and where the count stands.
    fn areas(&self, line: Rect) -> (Rect, Rect) {
        let mark = u16::try_from(LABEL.len()).unwrap_or(0).min(line.width);
        let count = u16::try_from(self.count().len()).unwrap_or(u16::MAX);
        let count = count.min(line.width - mark);
        let typed = Rect {
            x: line.x + mark,
            width: line.width - mark - count,
            ..line
        };
        let end = Rect {
            x: typed.right(),
            width: count,
            ..line
        };
        (typed, end)
    }
}
