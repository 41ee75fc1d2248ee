//! The marks the program draws, in two sets: Unicode, and plain ASCII for terminals that draw
//! lines and arrows two cells wide.

use ratatui::symbols::border;

/// Which set of marks to draw with. Every mark is exactly one cell wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// Light lines and small triangles.
    #[default]
    Unicode,
    /// Only characters of a typewriter.
    Ascii,
}

impl Glyphs {
    /// Both sets.
    pub const ALL: [Glyphs; 2] = [Glyphs::Unicode, Glyphs::Ascii];

    /// As it is written in settings.
    pub const fn word(self) -> &'static str {
        self.pick("unicode", "ascii")
    }

    /// The set of that name.
    pub fn from_word(word: &str) -> Option<Glyphs> {
        Self::ALL.into_iter().find(|glyphs| glyphs.word() == word)
    }

    const fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// Before the selected row of a list.
    pub const fn selection(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// Before the text a person is typing.
    pub const fn prompt(self) -> &'static str {
        self.pick("❯", ">")
    }

    /// A promise kept, a concern settled.
    pub const fn done(self) -> &'static str {
        self.pick("✓", "x")
    }

    /// A promise or concern that is still open.
    pub const fn open(self) -> &'static str {
        self.pick("◦", "o")
    }

    /// A deal won, a party that won.
    pub const fn won(self) -> &'static str {
        self.pick("✓", "+")
    }

    /// A deal lost, a party that lost.
    pub const fn lost(self) -> &'static str {
        self.pick("✗", "-")
    }

    /// Between two short things in one line.
    pub const fn separator(self) -> &'static str {
        self.pick("▪", "*")
    }

    /// Repeated: the rule that shows a gap in time, or ends a section.
    pub const fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// Between two columns or panes.
    pub const fn column(self) -> &'static str {
        self.pick("│", "|")
    }

    /// On such a line: what belongs to it.
    pub const fn knot(self) -> &'static str {
        self.pick("├", "+")
    }

    /// Where a text was cut.
    pub const fn ellipsis(self) -> &'static str {
        self.pick("…", "~")
    }

    /// Sorted upwards, or more above.
    pub const fn up(self) -> &'static str {
        self.pick("▴", "^")
    }

    /// Sorted downwards, or more below.
    pub const fn down(self) -> &'static str {
        self.pick("▾", "v")
    }

    /// More to the left.
    pub const fn left(self) -> &'static str {
        self.pick("◂", "<")
    }

    /// More to the right.
    pub const fn right(self) -> &'static str {
        self.pick("▹", ">")
    }

    /// A day with one entry in a calendar; in time a place at which nothing happened.
    pub const fn dot(self) -> &'static str {
        self.pick("⋅", ".")
    }

    /// Nine heights of a bar, from nothing to full.
    pub const fn eighths(self) -> [&'static str; 9] {
        match self {
            Self::Unicode => [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            Self::Ascii => [" ", ".", ":", "-", "=", "+", "*", "#", "@"],
        }
    }

    /// The bar for a count among counts of which this is the highest; what is there at all is
    /// never drawn as nothing.
    pub fn eighth(self, count: u32, most: u32) -> &'static str {
        let eighths = u64::from(count) * 8;
        let height = eighths.div_ceil(u64::from(most.max(1))).min(8);
        let height = usize::try_from(height).unwrap_or(8);
        self.eighths().get(height).copied().unwrap_or(" ")
    }

    /// Five heights of a bar, from nothing to full.
    pub const fn levels(self) -> [&'static str; 5] {
        match self {
            Self::Unicode => [" ", "▁", "▃", "▅", "▇"],
            Self::Ascii => [" ", ".", ":", "|", "#"],
        }
    }

    /// The bar for a part of a whole; what is there at all is never drawn as nothing.
    pub fn level(self, part: f64, whole: f64) -> &'static str {
        let [none, low, middle, high, full] = self.levels();
        match part / whole {
            share if share.is_nan() || share <= 0.0 => none,
            share if share <= 0.25 => low,
            share if share <= 0.5 => middle,
            share if share <= 0.75 => high,
            _ => full,
        }
    }

    /// The lines around a popup.
    pub const fn border(self) -> border::Set<'static> {
        match self {
            Self::Unicode => border::PLAIN,
            Self::Ascii => border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn marks(glyphs: Glyphs) -> Vec<&'static str> {
        vec![
            glyphs.selection(),
            glyphs.prompt(),
            glyphs.done(),
            glyphs.open(),
            glyphs.won(),
            glyphs.lost(),
            glyphs.separator(),
            glyphs.up(),
            glyphs.down(),
            glyphs.left(),
            glyphs.right(),
            glyphs.dot(),
        ]
    }

    fn lines(glyphs: Glyphs) -> Vec<&'static str> {
        let border = glyphs.border();
        let mut all = vec![glyphs.rule(), glyphs.column(), glyphs.ellipsis()];
        all.extend([border.top_left, border.top_right, border.bottom_left]);
        all.extend([border.bottom_right, border.vertical_left]);
        all.extend([border.vertical_right, border.horizontal_top]);
        all.push(border.horizontal_bottom);
        all.extend(glyphs.levels());
        all.extend(glyphs.eighths());
        all
    }

    #[test]
    fn every_mark_is_one_cell_wide() {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            for mark in marks(glyphs).into_iter().chain(lines(glyphs)) {
                assert_eq!(mark.width(), 1, "{mark}");
            }
        }
    }

    #[test]
    fn marks_stay_one_cell_wide_where_ambiguous_characters_are_two() {
        for mark in marks(Glyphs::Unicode) {
            assert_eq!(mark.width_cjk(), 1, "{mark}");
        }
    }

    #[test]
    fn the_ascii_set_is_ascii() {
        for mark in marks(Glyphs::Ascii).into_iter().chain(lines(Glyphs::Ascii)) {
            assert!(mark.is_ascii(), "{mark}");
        }
    }
}
