//! Text broken into lines for reading, Japanese by its own rules.
//!
//! Where a line may end is told by the Unicode line breaking rules, and held against the lists of
//! Japanese typesetting (*kinsoku*) once more: those rules let some signs begin a line behind a
//! space, and know nothing of words that are wider than a line and have to be cut.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;

use super::glyphs::Glyphs;
use super::text::{cut, visible, width};

/// The most bytes that a column of text can be, about.
const LONGEST: usize = 64;

/// The text in `most` lines of `room` cells at most, and whether it goes on behind them. Of a very
/// long text only the beginning is looked at.
pub fn wrap_most(text: &str, room: usize, most: usize) -> (Vec<String>, bool) {
    let room = room.max(1);
    let seen = (most + 1).saturating_mul(room).saturating_mul(LONGEST);
    let seen = text.floor_char_boundary(seen);
    let lines = wrap(text.get(..seen).unwrap_or_default(), room).into_iter();
    let mut lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
    let goes_on = lines.len() > most;
    lines.truncate(most);
    (lines, goes_on)
}

/// The same; what goes on ends in an ellipsis.
pub fn wrap_to(text: &str, room: usize, most: usize, glyphs: Glyphs) -> Vec<String> {
    let (mut lines, goes_on) = wrap_most(text, room, most);
    if let Some(last) = lines.last_mut().filter(|_| goes_on) {
        *last = going_on(last, room, glyphs);
    }
    lines
}

/// The text with an ellipsis right behind it, in so many cells.
pub fn going_on(text: &str, room: usize, glyphs: Glyphs) -> String {
    let ellipsis = glyphs.ellipsis();
    let text = cut(text, room, glyphs);
    let text = text.strip_suffix(ellipsis).unwrap_or(&text);
    let mut kept = text.trim_end().to_owned();
    while width(&kept) + width(ellipsis) > room {
        let Some((at, _)) = kept.grapheme_indices(true).next_back() else {
            break;
        };
        kept.truncate(at);
    }
    kept.push_str(ellipsis);
    kept
}

/// Never at the start of a line, not even behind a space: what closes or stops, small kana, marks
/// of repeating and lengthening.
fn never_begins(c: char) -> bool {
    // Nearly all of a Japanese text are kanji.
    !matches!(c, '\u{4e00}'..='\u{9fff}')
        && matches!(c, '、' | '。' | '，' | '．' | '・' | '：' | '；' | '？' | '！' | '‼' | '⁇'..='⁉'
            | '‥' | '…' | '」' | '』' | '）' | '】' | '〉' | '》' | '〕' | '］' | '｝' | '〗' | '〙'
            | '〛' | '｠' | '〟' | '｡' | '､' | '｣' | '･' | 'ｰ' | 'ー' | '〜' | '～' | '゛' | '゜' | 'ﾞ'
            | 'ﾟ' | '々' | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ'
            | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ'
            | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | 'ㇰ'..='ㇿ' | 'ｧ'..='ｯ')
}

/// Not at the start of a line either where they follow a word without a space.
fn is_attached(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ':' | ';' | '!' | '?' | ')' | ']' | '}' | '’' | '”' | '»'
    )
}

/// Never at the end of a line: what opens.
fn never_ends(c: char) -> bool {
    matches!(
        c,
        '「' | '『'
            | '（'
            | '【'
            | '〈'
            | '《'
            | '〔'
            | '［'
            | '｛'
            | '〖'
            | '〘'
            | '〚'
            | '｟'
            | '｢'
            | '〝'
            | '('
            | '['
            | '{'
            | '‘'
            | '“'
            | '«'
    )
}

/// A text as it is read: made visible, and in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The visible text, with a `\n` where the original has a line break.
    pub text: String,
    /// Each line, as a range of bytes of the text. They follow one another; between them there
    /// is white space only.
    pub places: Vec<Range<usize>>,
}

impl Lines {
    /// The text in lines of at most `width` cells; a width of 0 counts as 1.
    pub fn of(text: &str, width: usize) -> Lines {
        let mut lines = Lines::default();
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                lines.text.push('\n');
            }
            let from = lines.text.len();
            let line = visible(line.strip_suffix('\r').unwrap_or(line));
            let pieces = break_line(&line, width.max(1)).into_iter();
            let moved = pieces.map(|piece| from + piece.start..from + piece.end);
            lines.places.extend(moved);
            lines.text.push_str(&line);
        }
        lines
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let piece = |place: &Range<usize>| self.text.get(place.clone()).unwrap_or_default();
        self.places.iter().map(piece)
    }
}

/// The text in lines of at most `width` cells, for reading.
///
/// No line begins with `。`, `」`, `ー` or `っ`, and none ends with `「`, as long as the line before
/// can be cut anywhere else. A word stays whole where the line can end before it; one wider than
/// a line is cut between characters. Spaces at a break are dropped, empty lines kept. Only a
/// single character wider than `width` ever stands out. A width of 0 counts as 1.
pub fn wrap(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match visible(line) {
            Cow::Borrowed(line) => {
                let pieces = break_line(line, width.max(1)).into_iter();
                let pieces = pieces.filter_map(|piece| line.get(piece));
                lines.extend(pieces.map(Cow::Borrowed));
            }
            Cow::Owned(line) => {
                let pieces = break_line(&line, width.max(1)).into_iter();
                let pieces = pieces.filter_map(|piece| line.get(piece));
                lines.extend(pieces.map(|piece| Cow::Owned(piece.to_owned())));
            }
        }
    }
    lines
}

/// A character as it stands in a line.
struct Cluster {
    at: usize,
    width: usize,
    is_space: bool,
    /// Whether a line may begin here by all rules.
    begins: Begins,
}

/// Whether a line may begin with a character.
#[derive(Clone, Copy, PartialEq)]
enum Begins {
    /// By all rules.
    Well,
    /// By cutting a word that is wider than a line.
    InAWord,
    /// Only where nothing else is left.
    Badly,
}

fn clusters(line: &str) -> Vec<Cluster> {
    let mut words = WordSeparator::UnicodeBreakProperties.find_words(line);
    let mut word_end = 0;
    let mut before = None;
    let mut is_spaced = false;
    let mut clusters = Vec::new();
    for (at, cluster) in line.grapheme_indices(true) {
        while word_end < at {
            let Some(word) = words.next() else { break };
            word_end += word.word.len() + word.whitespace.len();
        }
        let first = cluster.chars().next().unwrap_or(' ');
        let is_space = first.is_whitespace();
        let begins = match (may_part(before, first, is_spaced), word_end == at) {
            _ if is_space => Begins::Badly,
            (true, true) => Begins::Well,
            (true, false) => Begins::InAWord,
            (false, _) => Begins::Badly,
        };
        clusters.push(Cluster {
            at,
            width: width(cluster),
            is_space,
            begins,
        });
        is_spaced = is_space;
        if !is_space {
            before = Some(first);
        }
    }
    clusters
}

/// Whether a line may end behind one character and the next begin with the other.
fn may_part(before: Option<char>, after: char, is_spaced: bool) -> bool {
    let Some(before) = before else { return true };
    !never_ends(before) && !never_begins(after) && (is_spaced || !is_attached(after))
}

fn break_line(line: &str, limit: usize) -> Vec<Range<usize>> {
    let clusters = clusters(line);
    let mut pieces = Vec::new();
    let mut add = |from: usize, to: usize| {
        let solid = line.get(from..to).map_or("", str::trim_end).len();
        if solid > 0 {
            pieces.push(from..from + solid);
        }
    };
    // The line at hand: its first cluster, its cells, and where it can be cut best.
    let (mut first, mut used, mut index) = (0, 0, 0);
    let (mut word, mut cut) = (None, None);
    while let Some(cluster) = clusters.get(index) {
        if index > first {
            match cluster.begins {
                Begins::Well => word = Some(index),
                Begins::InAWord => cut = Some(index),
                Begins::Badly => {}
            }
        }
        if index > first && !cluster.is_space && used + cluster.width > limit {
            let next = word.or(cut).unwrap_or(index);
            let place = |index: usize| clusters.get(index).map_or(line.len(), |c| c.at);
            add(place(first), place(next));
            (first, index, used) = (next, next, 0);
            (word, cut) = (None, None);
        } else {
            used += cluster.width;
            index += 1;
        }
    }
    add(clusters.get(first).map_or(0, |c| c.at), line.len());
    if pieces.is_empty() {
        pieces.push(0..0);
    }
    pieces
}

#[cfg(test)]
#[path = "wrap_tests.rs"]
mod tests;
