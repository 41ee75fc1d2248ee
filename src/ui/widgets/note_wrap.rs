//! Where a long line is broken to fit a width, while it is written.
//!
//! A row is as many characters as fit, back to the last place where a line may be broken. So what
//! a row holds depends on nothing but the text from its start to one character behind it, and
//! after a change only the rows around it are measured anew.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::text;

/// The starts of the rows of one line, in bytes; the first is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    starts: Vec<usize>,
    len: usize,
}

impl Rows {
    /// The rows of a line in a width of so many cells.
    pub fn of(line: &str, width: usize) -> Rows {
        let mut rows = Rows {
            starts: vec![0],
            len: line.len(),
        };
        let mut at = 0;
        while let Some(next) = row_end(line, at, width) {
            rows.starts.push(next);
            at = next;
        }
        rows
    }

    /// The rows after a change: `was` is the part of the old line that went, `now` how many bytes
    /// stand there in the new one, `line`.
    pub fn change(&mut self, line: &str, width: usize, was: Range<usize>, now: usize) {
        let shift = |old: usize| old - was.end + was.start + now;
        let row = self.row_of(was.start);
        // A row looks one character ahead, and that may be the whole row behind it.
        let first = row.saturating_sub(2);
        let old = std::mem::take(&mut self.starts);
        let mut behind = old.partition_point(|start| *start <= was.end);
        let mut starts = old.get(..=first).unwrap_or(&[0]).to_vec();
        let mut at = starts.last().copied().unwrap_or(0);
        while let Some(next) = row_end(line, at, width) {
            while old.get(behind).is_some_and(|start| shift(*start) < next) {
                behind += 1;
            }
            if old.get(behind).is_some_and(|start| shift(*start) == next) {
                let rest = old.get(behind..).unwrap_or(&[]);
                starts.extend(rest.iter().map(|start| shift(*start)));
                break;
            }
            starts.push(next);
            at = next;
        }
        (self.starts, self.len) = (starts, line.len());
    }

    /// How many there are; one at least.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a row.
    pub fn range(&self, row: usize) -> Range<usize> {
        let end = self.starts.get(row + 1).copied().unwrap_or(self.len);
        self.starts.get(row).copied().unwrap_or(self.len)..end
    }

    /// The row that a byte is in; between two rows it is the lower one.
    pub fn row_of(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }
}

/// Where the row that starts at `from` ends; `None` where it is the last one.
fn row_end(line: &str, from: usize, width: usize) -> Option<usize> {
    let width = width.max(1);
    let rest = line.get(from..)?;
    let mut used = 0;
    let mut last_break = None;
    let mut before: Option<&str> = None;
    let mut at = 0;
    while let Some(cluster) = first_cluster(rest.get(at..)?) {
        if let Some(before) = before
            && may_break(before, cluster)
        {
            last_break = Some(at);
        }
        used += cells(cluster);
        if used > width && at > 0 {
            return Some(from + last_break.unwrap_or(at));
        }
        at += cluster.len();
        before = Some(cluster);
    }
    None
}

/// The character at the start, as people see characters.
pub fn first_cluster(text: &str) -> Option<&str> {
    let mut letters = text.char_indices();
    let (_, first) = letters.next()?;
    let second = letters.next();
    // Most letters stand alone, and asking the segmentation rules takes time.
    if is_alone(first) && second.is_none_or(|(_, c)| is_alone(c)) {
        return text.get(..first.len_utf8());
    }
    text.graphemes(true).next()
}

/// Letters that never join with what is like them.
fn is_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}

/// How many cells a character takes as it is shown.
pub fn cells(cluster: &str) -> usize {
    let mut letters = cluster.chars();
    match (letters.next(), letters.next()) {
        (Some(' '..='~'), None) => 1,
        (Some('\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}'), None) => 2,
        _ => text::width(&text::visible(cluster)),
    }
}

/// Whether a row may end between these two.
fn may_break(before: &str, after: &str) -> bool {
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if before.is_whitespace() || after.is_whitespace() {
        return before.is_whitespace() || after == '\u{3000}';
    }
    // No row begins with what closes, nor ends with what opens.
    if closes(after) || opens(before) {
        return false;
    }
    is_ideographic(before) || is_ideographic(after) || (before == '-' && after.is_alphabetic())
}

#[rustfmt::skip]
fn closes(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | '・' | '：' | '；' | '？' | '！' | 'ー' | '）' | '］' | '｝' | '」'
        | '』' | '】' | '〉' | '》' | '〕' | '…' | '々' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ'
        | 'ょ' | 'ゎ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | ',' | '.' | '!'
        | '?' | ')' | ']' | '}')
}

#[rustfmt::skip]
fn opens(c: char) -> bool {
    matches!(c, '（' | '［' | '｛' | '「' | '『' | '【' | '〈' | '《' | '〔' | '(' | '[' | '{')
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff9f}' | '\u{1f000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(line: &str, width: usize) -> Vec<&str> {
        let rows = Rows::of(line, width);
        (0..rows.count())
            .map(|row| &line[rows.range(row)])
            .collect()
    }

    #[test]
    fn a_row_ends_at_a_space_or_between_kanji() {
        assert_eq!(rows("pay in two parts", 8), ["pay in ", "two ", "parts"]);
        assert_eq!(rows("山田商事の見積", 10), ["山田商事の", "見積"]);
        assert_eq!(rows("ACMEの見積", 6), ["ACMEの", "見積"]);
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("", 3), [""]);
    }

    #[test]
    fn no_row_begins_with_what_closes() {
        assert_eq!(rows("山田商事、見積", 8), ["山田商", "事、見積"]);
        assert_eq!(rows("サーバー「二」台", 10), ["サーバー", "「二」台"]);
    }

    #[test]
    fn each_letter_counts_as_it_is_shown() {
        assert_eq!(rows("a\u{202e}b", 4), ["a", "\u{202e}", "b"]);
        for c in (0..=0xffff_u32)
            .filter_map(char::from_u32)
            .filter(|c| is_alone(*c))
        {
            let letter = c.to_string();
            assert_eq!(
                cells(&letter),
                text::width(&text::visible(&letter)),
                "{c:?}"
            );
            for pair in [format!("{c}{c}"), format!("a{c}"), format!("{c}見")] {
                assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_measured_anew_is_what_measuring_all_gives(
            line in "[ab 見の、👨\u{200d}\u{301}🇯🇵]{0,60}",
            piece in "[ab 見の、👨\u{200d}\u{301}🇯🇵]{0,9}",
            (from, to) in (0_usize..200, 0_usize..200),
            width in 1_usize..9,
        ) {
            let ends: Vec<usize> = line.grapheme_indices(true).map(|(at, _)| at).chain([line.len()]).collect();
            let pick = |at: usize| ends[at % ends.len()];
            let was = pick(from).min(pick(to))..pick(from).max(pick(to));
            let mut changed = line.clone();
            changed.replace_range(was.clone(), &piece);
            let mut rows = Rows::of(&line, width);
            rows.change(&changed, width, was, piece.len());
            prop_assert_eq!(rows, Rows::of(&changed, width));
        }
    }
}
