//! Where a list is scrolled to and where its selection moves: numbers only, so that only the
//! visible rows are ever built.

/// Rows kept in view above and below the selection, where the list has room for them.
const MARGIN: usize = 2;

/// A step of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Ten rows up.
    TenUp,
    /// Ten rows down.
    TenDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// As many rows up as are visible, less one that stays in sight.
    PageUp,
    /// As many rows down as are visible, less one that stays in sight.
    PageDown,
}

impl Move {
    /// Whether it leads towards the first row.
    pub fn goes_up(self) -> bool {
        matches!(self, Move::Up | Move::TenUp | Move::PageUp | Move::First)
    }

    /// The row selected after the move, in a list of `len` rows of which `height` are visible.
    /// Moves stop at the ends; an empty list stays at 0.
    pub fn from(self, selected: usize, len: usize, height: usize) -> usize {
        let page = height.saturating_sub(1).max(1);
        let target = match self {
            Self::Up => selected.saturating_sub(1),
            Self::Down => selected.saturating_add(1),
            Self::TenUp => selected.saturating_sub(10),
            Self::TenDown => selected.saturating_add(10),
            Self::First => 0,
            Self::Last => usize::MAX,
            Self::PageUp => selected.saturating_sub(page),
            Self::PageDown => selected.saturating_add(page),
        };
        target.min(len.saturating_sub(1))
    }
}

/// The first row to draw, so that the selected one is visible among `height` rows.
///
/// It moves from the old `offset` no further than needed, keeps two rows around the selection
/// in view where there is room, and never leaves rows empty below the end of the list.
pub fn scroll(selected: usize, offset: usize, height: usize, len: usize) -> usize {
    if height == 0 {
        return offset.min(len.saturating_sub(1));
    }
    let selected = selected.min(len.saturating_sub(1));
    let margin = MARGIN.min((height - 1) / 2);
    let lowest = (selected + margin + 1).saturating_sub(height);
    let highest = selected.saturating_sub(margin);
    offset
        .clamp(lowest, highest.max(lowest))
        .min(len.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_list_moves_only_when_the_selection_nears_an_edge() {
        assert_eq!(scroll(5, 0, 10, 100), 0);
        assert_eq!(scroll(7, 0, 10, 100), 0);
        assert_eq!(scroll(8, 0, 10, 100), 1);
        assert_eq!(scroll(22, 20, 10, 100), 20);
        assert_eq!(scroll(21, 20, 10, 100), 19);
        assert_eq!(scroll(90, 0, 10, 100), 83);
    }

    #[test]
    fn ends_need_no_margin() {
        assert_eq!(scroll(0, 5, 10, 100), 0);
        assert_eq!(scroll(99, 0, 10, 100), 90);
    }

    #[test]
    fn a_list_that_grew_shorter_leaves_no_empty_rows() {
        assert_eq!(scroll(11, 50, 10, 12), 2);
        assert_eq!(scroll(3, 50, 10, 5), 0);
        assert_eq!(scroll(9, 9, 10, 0), 0);
    }

    #[test]
    fn moves_stop_at_the_ends() {
        let cases = [
            (Move::Up, 0, 0),
            (Move::Up, 5, 4),
            (Move::Down, 5, 6),
            (Move::Down, 29, 29),
            (Move::TenUp, 15, 5),
            (Move::TenUp, 5, 0),
            (Move::TenDown, 5, 15),
            (Move::TenDown, 25, 29),
            (Move::First, 20, 0),
            (Move::Last, 0, 29),
            (Move::PageUp, 20, 13),
            (Move::PageDown, 0, 7),
            (Move::PageDown, 28, 29),
        ];
        for (step, selected, expected) in cases {
            assert_eq!(
                step.from(selected, 30, 8),
                expected,
                "{step:?} from {selected}"
            );
            assert_eq!(step.from(selected, 0, 8), 0, "{step:?} in an empty list");
        }
    }

    proptest! {
        #[test]
        fn the_selection_is_always_in_view(
            selected in 0_usize..200, offset in 0_usize..300, height in 1_usize..30, len in 1_usize..200,
        ) {
            let selected = selected.min(len - 1);
            let first = scroll(selected, offset, height, len);
            prop_assert!(first <= selected && selected < first + height);
            prop_assert!(first + height <= len || first == 0);
            prop_assert_eq!(scroll(selected, first, height, len), first);
        }
    }
}
