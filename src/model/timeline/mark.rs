//! The marks of the lanes: what stands out in a cell, as a sign and as a word.

use super::item::{Item, Role, Stand};
use super::words::Word;
use crate::model::kind::Kind;

/// What stands out in a cell, the weakest first: of all that happened in it, the strongest is
/// shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing happened.
    #[default]
    Nothing,
    /// Nothing happened, in a time without a touch that is longer than the customer's cadence.
    Gap,
    /// Something is to come: a promise due, a day to ask again.
    Ahead,
    /// Something was written down: a fact, a change, a kind of the owner's making.
    Note,
    /// A win and a loss.
    WinLose,
    /// A promise.
    Promise,
    /// A concern.
    Concern,
    /// A call, a mail, a meeting.
    Contact,
    /// A check-in.
    CheckIn,
    /// A negotiation.
    Negotiation,
    /// A deal was opened, or closed without being won or lost.
    Deal,
    /// A deal was lost.
    Lost,
    /// A deal was won.
    Won,
}

impl Mark {
    /// All that are drawn, the strongest first: a legend.
    pub const LEGEND: [Mark; 12] = [
        Mark::Won,
        Mark::Lost,
        Mark::Deal,
        Mark::Negotiation,
        Mark::CheckIn,
        Mark::Contact,
        Mark::Concern,
        Mark::Promise,
        Mark::WinLose,
        Mark::Note,
        Mark::Ahead,
        Mark::Gap,
    ];

    /// The mark of what stands on a day.
    pub fn of(item: &Item, word: &Word) -> Mark {
        match (item.role, word.kind.known()) {
            (Role::Closed, _) => match item.stand {
                Stand::Won => Mark::Won,
                Stand::Lost => Mark::Lost,
                _ => Mark::Deal,
            },
            (Role::Entry, Some(kind)) => match kind {
                Kind::Deal => Mark::Deal,
                Kind::Interaction => Mark::Contact,
                Kind::Promise => Mark::Promise,
                Kind::Concern => Mark::Concern,
                Kind::Negotiation => Mark::Negotiation,
                Kind::WinLose => Mark::WinLose,
                Kind::CheckIn => Mark::CheckIn,
                Kind::Fact | Kind::Change | Kind::Contact => Mark::Note,
            },
            (Role::Entry, None) => Mark::Note,
            _ => Mark::Ahead,
        }
    }

    /// The word for it, for a legend.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Nothing => "",
            Mark::Gap => "silent",
            Mark::Ahead => "ahead",
            Mark::Note => "noted",
            Mark::WinLose => "win-lose",
            Mark::Promise => "promise",
            Mark::Concern => "concern",
            Mark::Contact => "contact",
            Mark::CheckIn => "check-in",
            Mark::Negotiation => "negotiation",
            Mark::Deal => "deal",
            Mark::Lost => "lost",
            Mark::Won => "won",
        }
    }

    /// Its sign of one cell, out of characters that are as wide in every terminal, or out of
    /// ASCII alone.
    pub fn sign(self, ascii: bool) -> &'static str {
        let (unicode, plain) = match self {
            Mark::Nothing => (" ", " "),
            Mark::Gap => ("╌", "_"),
            Mark::Ahead => ("▹", ">"),
            Mark::Note => ("◦", "."),
            Mark::WinLose => ("w", "w"),
            Mark::Promise => ("p", "p"),
            Mark::Concern => ("c", "c"),
            Mark::Contact => ("▪", "o"),
            Mark::CheckIn => ("k", "k"),
            Mark::Negotiation => ("n", "n"),
            Mark::Deal => ("▴", "d"),
            Mark::Lost => ("✗", "-"),
            Mark::Won => ("✓", "+"),
        };
        if ascii { plain } else { unicode }
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;
    use unicode_width::UnicodeWidthStr as _;

    #[test]
    fn signs_are_one_cell_wide_and_told_apart() {
        for ascii in [true, false] {
            let mut signs: Vec<&str> = Mark::LEGEND.iter().map(|mark| mark.sign(ascii)).collect();
            signs.push(Mark::Nothing.sign(ascii));
            for sign in &signs {
                assert_eq!((sign.width(), sign.width_cjk()), (1, 1), "{sign}");
                assert!(sign.is_ascii() || !ascii, "{sign}");
            }
            signs.sort_unstable();
            signs.dedup();
            assert_eq!(signs.len(), 13);
        }
    }
}
