//! Where things stand on a screen of a given size. Update and draw ask the same functions, so
//! that a page down moves by what is seen.

use ratatui::layout::{Rect, Size};

/// The width from which the list and the page stand side by side.
pub const WIDE: u16 = 100;

/// The largest screen that is drawn; a window that says it is larger gets this much.
pub const MOST: Size = Size {
    width: 1_000,
    height: 500,
};

/// What is drawn of a window of this size.
pub fn clamped(size: Size) -> Size {
    Size::new(size.width.min(MOST.width), size.height.min(MOST.height))
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// One line at the top.
    pub header: Rect,
    /// What is between header and footer.
    pub body: Rect,
    /// One line at the bottom.
    pub footer: Rect,
    /// The list of customers, where it is seen.
    pub list: Option<Rect>,
    /// The line between list and page, where both are seen.
    pub rule: Option<Rect>,
    /// The page, where it is seen.
    pub page: Option<Rect>,
}

/// The parts of a screen of this size. `deep`: the page is in front where only one pane fits.
pub fn areas(size: Size, deep: bool) -> Areas {
    let (width, height) = (size.width, size.height);
    let header = Rect::new(0, 0, width, height.min(1));
    let footer = Rect::new(0, height.saturating_sub(1), width, u16::from(height > 1));
    let body = Rect::new(
        0,
        header.height,
        width,
        height.saturating_sub(header.height + footer.height),
    );
    let (list, rule, page) = if width >= WIDE {
        let list_width = (width * 3 / 10).clamp(30, 46);
        let list = Rect {
            width: list_width,
            ..body
        };
        let rule = Rect {
            x: list_width,
            width: 1,
            ..body
        };
        let page = Rect {
            x: list_width + 2,
            width: width - list_width - 2,
            ..body
        };
        (Some(list), Some(rule), Some(page))
    } else if deep {
        (None, None, Some(body))
    } else {
        (Some(body), None, None)
    };
    Areas {
        header,
        body,
        footer,
        list,
        rule,
        page,
    }
}

/// The parts of a list with a heading.
pub fn list_rows(list: Rect) -> Rect {
    below(list, 2)
}

/// How many lines the brief on top of a page takes.
pub fn brief_height(page: Rect) -> u16 {
    match page.height {
        0..=7 => 1,
        8..=15 => 2,
        _ => 6,
    }
}

/// The line of tabs of a page.
pub fn tabs(page: Rect) -> Rect {
    let line = below(page, brief_height(page));
    Rect {
        height: line.height.min(1),
        ..line
    }
}

/// The rows of a page, below brief and tabs.
pub fn page_rows(page: Rect) -> Rect {
    below(page, brief_height(page) + 2)
}

/// What is left of an area below its first lines.
pub fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    }
}
