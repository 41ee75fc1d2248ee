//! Where things stand on a screen of a given size. Update and draw ask the same functions, so
//! that a page down moves by what is seen.

use ratatui::layout::{Rect, Size};

/// The width from which the list and the page stand side by side.
pub const WIDE: u16 = 100;

/// The widest rows and the widest brief: longer lines are hard to read.
pub const LONGEST: u16 = 124;

/// From this size on a page has room for an entry beside its rows.
const BESIDE: Size = Size::new(124, 14);

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

/// The least width of the list and of the page, where both are seen.
const LEAST: (u16, u16) = (24, 48);

/// How far a key moves the line between them.
const STEP: u16 = 4;

/// The line between list and page, moved a step from where it stands: the width of the list.
/// `None` where only one of them is seen.
pub fn step_divider(size: Size, divider: Option<u16>, right: bool) -> Option<u16> {
    let list = areas(size, divider, false).rule?.x;
    let moved = if right {
        list.saturating_add(STEP)
    } else {
        list.saturating_sub(STEP)
    };
    divided(size, moved)
}

/// The nearest width of the list that leaves both room. `None` where only one of them is seen.
pub fn divided(size: Size, list: u16) -> Option<u16> {
    (size.width >= WIDE).then(|| between_least(list, size.width))
}

fn between_least(list: u16, width: u16) -> u16 {
    let (least, page) = LEAST;
    list.clamp(least, width.saturating_sub(page + 1).max(least))
}

/// What is between header and footer.
pub fn body(size: Size) -> Rect {
    areas(size, None, false).body
}

/// The parts of a screen of this size. `divider`: the width that the person gave the list, kept
/// as far as this screen allows. `deep`: the page is in front where only one pane fits.
pub fn areas(size: Size, divider: Option<u16>, deep: bool) -> Areas {
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
        // The page grows until an entry stands beside its rows, then both do.
        let room = width.saturating_sub(BESIDE.width + 1);
        let by_itself = (width * 3 / 10)
            .clamp(30, 46)
            .max(room.min(width * 31 / 100).min(96));
        let list_width = divider.map_or(by_itself, |list| between_least(list, width));
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
            x: list_width + 1,
            width: width.saturating_sub(list_width + 1),
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

/// The parts of the timeline screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineAreas {
    /// What it is about, in one line.
    pub title: Rect,
    /// The filter, or the month that has been scrolled away.
    pub line: Rect,
    /// The density strip, where there is room.
    pub strip: Option<Rect>,
    /// The rows.
    pub rows: Rect,
    /// The line between rows and what stands beside them.
    pub rule: Option<Rect>,
    /// The month of the selected day, where there is room.
    pub calendar: Option<Rect>,
    /// The selected entry, where there is room.
    pub entry: Option<Rect>,
    /// The lanes, in place of rows and what stands beside them.
    pub lanes: Rect,
}

/// The lines of the density strip, and one of air.
const STRIP: u16 = 4;
/// The lines of a calendar, and one of air.
const CALENDAR: u16 = 9;
/// How wide what stands beside the rows of the timeline is at least.
const SIDE: u16 = 38;
/// From this many lines on, an entry shows its second one.
const TWO_LINES: u16 = 18;

impl TimelineAreas {
    /// What there is room for in the rows.
    pub fn room(&self) -> Room {
        Room::of(self.rows)
    }
}

/// How many lines the rows of a timeline have, and whether entries show their second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Lines.
    pub height: usize,
    /// Whether an entry's second line has room.
    pub two_lines: bool,
}

impl Room {
    /// The room of these rows.
    pub fn of(rows: Rect) -> Room {
        Room {
            height: rows.height.into(),
            two_lines: rows.height >= TWO_LINES,
        }
    }
}

/// The parts of the timeline screen.
pub fn timeline(size: Size) -> TimelineAreas {
    let body = body(size);
    let one = |area: Rect| Rect {
        height: area.height.min(1),
        ..area
    };
    let (title, line) = (one(body), one(below(body, 1)));
    let mut rest = below(body, 2);
    let is_wide = size.width >= WIDE;
    let strip = (is_wide && rest.height >= 20).then_some(Rect {
        height: STRIP - 1,
        ..rest
    });
    if strip.is_some() {
        rest = below(rest, STRIP);
    }
    if !is_wide {
        return TimelineAreas {
            title,
            line,
            strip,
            rows: rest,
            rule: None,
            calendar: None,
            entry: None,
            lanes: rest,
        };
    }
    let beside = SIDE.max(size.width.saturating_sub(LONGEST + 1).min(74));
    let rows = Rect {
        width: rest.width - beside - 1,
        ..rest
    };
    let rule = Rect {
        x: rows.right(),
        width: 1,
        ..rest
    };
    let side = Rect {
        x: rule.right(),
        width: beside,
        ..rest
    };
    let calendar = Rect {
        height: (CALENDAR - 1).min(side.height),
        ..side
    };
    let entry = below(side, CALENDAR);
    TimelineAreas {
        title,
        line,
        strip,
        rows,
        rule: Some(rule),
        calendar: Some(calendar),
        entry: (entry.height > 2).then_some(entry),
        lanes: rest,
    }
}

/// The parts of the playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaybookAreas {
    /// For whom it is, and what the page tells.
    pub title: Rect,
    /// The tabs.
    pub tabs: Rect,
    /// The filter, or what is said over all of the rows.
    pub line: Rect,
    /// What the columns are.
    pub heads: Rect,
    /// The rows.
    pub rows: Rect,
    /// The line between rows and words.
    pub rule: Option<Rect>,
    /// The words behind the selected row, where there is room.
    pub side: Option<Rect>,
}

/// The parts of the playbook.
pub fn playbook(size: Size) -> PlaybookAreas {
    let body = body(size);
    let one = |by: u16| {
        let area = below(body, by);
        Rect {
            height: area.height.min(1),
            ..area
        }
    };
    let rest = below(body, 3);
    let mut left = rest;
    let (mut rule, mut side) = (None, None);
    if size.width >= WIDE {
        left.width = (size.width * 11 / 20).min(LONGEST);
        let x = left.right();
        rule = Some(Rect {
            x,
            width: 1,
            ..rest
        });
        side = Some(Rect {
            x: x + 1,
            width: rest.right().saturating_sub(x + 1),
            ..rest
        });
    }
    PlaybookAreas {
        title: one(0),
        tabs: one(1),
        line: one(2),
        heads: Rect {
            height: left.height.min(1),
            ..left
        },
        rows: below(left, 1),
        rule,
        side,
    }
}

/// The parts of the screen of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TodayAreas {
    /// Title, filter and rows.
    pub list: Rect,
    /// The selected reason, where it has no room in its row and there is no page.
    pub whole: Option<Rect>,
    /// The line between the rows and the page, where both are seen.
    pub rule: Option<Rect>,
    /// Who the selected customer is, and what the reason rests on.
    pub page: Option<Rect>,
}

/// The lines of a reason that has no room in its row.
const WHOLE: u16 = 2;
/// From so many lines on, they stand below the rows.
const WHOLE_BELOW: u16 = 18;

/// The parts of the screen of today. Reasons need more room than names do: the line between the
/// panes is another one than that of the customers.
pub fn today(size: Size) -> TodayAreas {
    let body = body(size);
    if size.width < WIDE {
        let whole = if body.height < WHOLE_BELOW { 0 } else { WHOLE };
        let list = Rect {
            height: body.height - whole,
            ..body
        };
        return TodayAreas {
            list,
            whole: (whole > 0).then(|| below(body, list.height)),
            rule: None,
            page: None,
        };
    }
    let width = (body.width * 3 / 5).min(LONGEST);
    let list = Rect { width, ..body };
    let rule = Rect {
        x: list.right(),
        width: 1,
        ..body
    };
    let page = Rect {
        x: rule.right(),
        width: body.width - width - 1,
        ..body
    };
    TodayAreas {
        list,
        whole: None,
        rule: Some(rule),
        page: Some(page),
    }
}

/// The parts of the search screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchAreas {
    /// The line that is typed into, its label before it.
    pub line: Rect,
    /// What is typed.
    pub field: Rect,
    /// How much was found.
    pub status: Rect,
    /// The rows.
    pub rows: Rect,
    /// The line between the rows and the hit at hand: one column, or one row.
    pub rule: Option<Rect>,
    /// The hit at hand.
    pub preview: Option<Rect>,
}

/// How wide the label of the search is.
const SEARCH_LABEL: u16 = 8;
/// From so many lines on, the hit at hand stands below the rows.
const PREVIEW_BELOW: u16 = 16;

/// The parts of the search screen.
pub fn search(size: Size) -> SearchAreas {
    let body = body(size);
    let one = |area: Rect| Rect {
        height: area.height.min(1),
        ..area
    };
    let line = one(body);
    let label = SEARCH_LABEL.min(line.width);
    let rest = below(body, 2);
    let (rows, rule, preview) = if size.width >= WIDE {
        let width = (rest.width * 3 / 5).min(LONGEST);
        let rows = Rect { width, ..rest };
        let rule = Rect {
            x: rows.right(),
            width: 1,
            ..rest
        };
        let preview = Rect {
            x: rule.right(),
            width: rest.width - width - 1,
            ..rest
        };
        (rows, Some(rule), Some(preview))
    } else if rest.height >= PREVIEW_BELOW {
        let height = rest.height * 3 / 5;
        let rows = Rect { height, ..rest };
        let rule = one(below(rest, height));
        (rows, Some(rule), Some(below(rest, height + 1)))
    } else {
        (rest, None, None)
    };
    SearchAreas {
        line,
        field: Rect {
            x: line.x + label,
            width: (line.width - label).saturating_sub(1),
            ..line
        },
        status: one(below(body, 1)),
        rows,
        rule,
        preview,
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

/// A part of a page without its edges: the left one is for the mark of the selection.
pub fn page_inner(area: Rect) -> Rect {
    Rect {
        x: area.x + area.width.min(1),
        width: area.width.saturating_sub(2),
        ..area
    }
}

/// The line of a page's filter, between tabs and rows.
pub fn page_filter(page: Rect) -> Rect {
    let tabs = tabs(page);
    let line = below(page, brief_height(page) + 1);
    Rect {
        height: tabs.height.min(line.height),
        ..line
    }
}

/// The rows of a page, below brief and tabs.
pub fn page_rows(page: Rect) -> Rect {
    let rows = below(page, brief_height(page) + 2);
    let width = if page.width < BESIDE.width || page.height < BESIDE.height {
        page.width
    } else {
        (page.width * 11 / 20).min(LONGEST)
    };
    Rect { width, ..rows }
}

/// Where the entry at hand is read beside the rows of a page, on a page that has the room. The
/// column before it is for a line.
pub fn beside(page: Rect) -> Option<Rect> {
    let rows = page_rows(page);
    let left = page.width.saturating_sub(rows.width);
    (left > 1).then(|| Rect {
        x: rows.right() + 1,
        width: left - 1,
        ..rows
    })
}

/// Where an entry is read whole: beside the rows, or in the place of the whole page.
pub fn reading(page: Rect) -> Rect {
    beside(page).unwrap_or(page)
}

/// The most rows that the palette shows at once.
const PALETTE_ROWS: u16 = 14;

/// The palette, at the top of the screen; it keeps its size whatever is found of its items.
pub fn palette(screen: Rect, items: usize) -> Rect {
    let width = if screen.width < 84 { screen.width } else { 76 };
    let rows = u16::try_from(items)
        .unwrap_or(u16::MAX)
        .clamp(1, PALETTE_ROWS);
    Rect {
        x: screen.x + (screen.width - width) / 2,
        width,
        height: (rows + 3).min(screen.height),
        ..screen
    }
}

/// The line of the palette that is typed into.
pub fn palette_line(palette: Rect) -> Rect {
    let inner = palette_inner(palette);
    Rect {
        x: inner.x + 2.min(inner.width),
        width: inner.width.saturating_sub(3),
        height: inner.height.min(1),
        ..inner
    }
}

/// The rows of the palette.
pub fn palette_rows(palette: Rect) -> Rect {
    below(palette_inner(palette), 1)
}

fn palette_inner(palette: Rect) -> Rect {
    Rect {
        x: palette.x + palette.width.min(1),
        y: palette.y + palette.height.min(1),
        width: palette.width.saturating_sub(2),
        height: palette.height.saturating_sub(2),
    }
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
