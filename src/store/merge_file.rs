//! The merge of one customer's file: three texts become one, by entry and field.
//!
//! The texts are cut into what belongs together (tables with the comments above them, lines with
//! theirs, paragraphs of comments that stand alone), and what nobody or only one side touched is
//! copied byte for byte. Fields that both changed go through [`merge_field`]; what it can't decide
//! is a [`Clash`]. What comes out is the same whichever side is called ours, as long as nothing
//! clashes. It is parsed strictly and compared with the three texts once more, in another way: in
//! doubt nothing comes out at all.
//!
//! [`merge_field`]: crate::model::merge::merge_field

mod alike;
mod body;
mod cell;
mod check;
mod doc;
mod gone;
mod inline;
mod lead;
mod list;
mod mark;
mod order;
mod paras;
mod style;
mod weave;

use std::ops::Range;

use self::doc::{Ids, cut};
use self::style::Style;
use self::weave::{Spot, Woven, weave};
use super::outline::outline;
use super::splice::Refusal;
use super::strict;
use crate::model::merge::Conflict;

pub use self::alike::differ_in_order_alone;
pub use self::mark::Labels;

/// One of the texts of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What both began with.
    Base,
    /// What we have.
    Ours,
    /// What somebody else has.
    Theirs,
}

/// Why three texts are not merged by entry and field. A text merge may still do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmergeable {
    /// One of the texts is no sound file.
    #[error("{}: {problem}", side_name(*.which))]
    Side {
        /// Which one.
        which: Side,
        /// What is wrong with it.
        problem: Refusal,
    },
    /// It can't be told for certain what the merge has to be.
    #[error("the texts can't be merged with certainty: {0}")]
    Doubtful(String),
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Base => "what both began with",
        Side::Ours => "ours",
        Side::Theirs => "theirs",
    }
}

/// A field that both sides changed differently, for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The table: empty for the head, else `["volume"]`, `["concern", "2026-11-20-m3x8kq"]`.
    pub table: Vec<String>,
    /// The field with its three values.
    pub conflict: Conflict,
    /// Where ours stands in the text.
    at: Range<usize>,
    /// Where the comments directly above it begin.
    lead: usize,
    /// The bytes that the base, ours and theirs have there.
    sides: [Option<String>; 3],
}

/// What came out of a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The merge. Where there is a clash, ours' bytes stand.
    pub text: Vec<u8>,
    /// What a person has to decide, in file order; none: the merge is whole.
    pub clashes: Vec<Clash>,
    /// What was decided that somebody may want to know.
    pub remarks: Vec<String>,
}

/// Merges three texts of one customer by entry and field (docs/format.md, "Merging"). An empty
/// `base`: both made the file anew.
///
/// # Errors
/// [`Unmergeable`]; then a text merge is left.
pub fn merge_file(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<Merged, Unmergeable> {
    let whole = |text: &[u8]| Merged {
        text: text.to_vec(),
        clashes: Vec::new(),
        remarks: Vec::new(),
    };
    if ours == theirs || base == theirs {
        return Ok(whole(ours));
    }
    if base == ours {
        return Ok(whole(theirs));
    }
    let raw = [
        text(base, Side::Base)?,
        text(ours, Side::Ours)?,
        text(theirs, Side::Theirs)?,
    ];
    let style = Style::merged(raw.map(Style::of));
    let plain = raw.map(|text| style.plain(text));
    let texts = plain.each_ref().map(|text| &**text);
    let parse = |text, which| {
        strict::parse(text).map_err(|broken| Unmergeable::Side {
            which,
            problem: broken.into(),
        })
    };
    let [base, ours, theirs] = texts;
    let trees = [
        parse(base, Side::Base)?,
        parse(ours, Side::Ours)?,
        parse(theirs, Side::Theirs)?,
    ];
    let mut ids = Ids::default();
    let mut docs = texts.map(|text| cut(outline(text), &mut ids)).into_iter();
    let mut next = || {
        docs.next()
            .unwrap_or_else(|| Err("a text is missing".to_owned()))
    };
    let mut docs = [
        next().map_err(Unmergeable::Doubtful)?,
        next().map_err(Unmergeable::Doubtful)?,
        next().map_err(Unmergeable::Doubtful)?,
    ];
    let woven = weave(&mut docs, &mut ids).map_err(Unmergeable::Doubtful)?;
    let merged = strict::parse(&woven.text).map_err(|e| Unmergeable::Doubtful(e.to_string()))?;
    let [b, o, t] = &trees;
    check::values([b, o, t, &merged], &woven.spots).map_err(Unmergeable::Doubtful)?;
    check::remarks([base, ours, theirs, &woven.text], &woven.spots)
        .map_err(Unmergeable::Doubtful)?;
    drop(merged);
    Ok(dressed(woven, &style))
}

fn text(bytes: &[u8], which: Side) -> Result<&str, Unmergeable> {
    std::str::from_utf8(bytes).map_err(|e| Unmergeable::Side {
        which,
        problem: Refusal::NotUtf8 {
            at: e.valid_up_to(),
        },
    })
}

/// Puts on what was taken off.
fn dressed(woven: Woven, style: &style::Result) -> Merged {
    let mut text = style.front().to_owned();
    let is_open = style.is_open()
        && woven.spots.last().is_none_or(|spot| {
            woven
                .text
                .get(spot.at.end..)
                .is_some_and(|rest| rest.trim_end().contains('\n'))
        });
    let mut at = 0;
    let mut clashes = Vec::with_capacity(woven.spots.len());
    let mut up_to = |text: &mut String, to: usize| {
        text.push_str(&style.piece(woven.text.get(at..to).unwrap_or("")));
        at = to;
        text.len()
    };
    for spot in woven.spots {
        let Spot {
            at,
            sides,
            table,
            conflict,
            lead,
        } = spot;
        let lead = up_to(&mut text, lead);
        let start = up_to(&mut text, at.start);
        let end = up_to(&mut text, at.end);
        clashes.push(Clash {
            table,
            conflict,
            at: start..end,
            lead,
            sides: sides.map(|side| side.map(|side| style.piece(&side))),
        });
    }
    up_to(&mut text, woven.text.len());
    if is_open {
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
    }
    Merged {
        text: text.into_bytes(),
        clashes,
        remarks: woven.remarks,
    }
}

#[cfg(test)]
mod tests;
