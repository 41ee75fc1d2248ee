//! The whole screen: header, screen, dialog, footer. Reads only.

use ratatui::Frame;
use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::app::App;
use super::front::Screen;
use super::keys::Scope;
use super::screens::{self, Look};
use super::widgets::popup::clear;
use super::widgets::text::{cut, visible, width, wrap};

/// The program's name in the header.
const NAME: &str = " goodwill ";
/// Before each tab of the header.
const AIR: &str = "  ";
/// A path with less room than this says nothing.
const LEAST_PATH: usize = 8;
/// The most of a branch's name that is shown.
const MOST_BRANCH: usize = 24;
/// The most lines that a notice takes.
const NOTICE_LINES: u16 = 4;

/// Draws the program, and puts the terminal's cursor where it belongs: at the caret, or on the
/// selected row, so that input methods and screen readers find it.
pub fn draw(app: &App, frame: &mut Frame) {
    let cursor = draw_buffer(app, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// Draws into a buffer; answers where the cursor stands.
pub fn draw_buffer(app: &App, buf: &mut Buffer) -> Option<Position> {
    let screen = Rect::from(app.size).intersection(buf.area);
    if screen.is_empty() {
        return None;
    }
    let ctx = app.ctx();
    let look = Look {
        glyphs: app.glyphs,
        theme: &app.theme,
        keys: &app.keys,
        loading: app.progress,
    };
    let areas = ctx.areas(false);
    if !app.is_first() {
        app.front().draw(&ctx, look, buf);
    }
    if app.dialog.is_some() {
        buf.set_style(areas.body, app.theme.behind);
    }
    draw_header(app, areas.header, buf);
    draw_footer(app, areas.footer, buf);
    let cursor = match &app.dialog {
        Some(dialog) => dialog.draw(dialog.place(&areas), buf, look),
        None => app.front().cursor(&ctx),
    };
    app.theme.lay_ground(buf);
    mark_hidden(buf);
    cursor.filter(|at| screen.contains(*at))
}

/// Tells the cells behind a cluster of several characters, such as `ｶﾞ`, from blank ones. A
/// terminal counts them one by one, so that a blank over the first does not wipe the others:
/// where the next screen has a blank there, it has to be sent. While the cluster stands there,
/// nothing is: behind `❤️` a blank would shift the rest of the row where the heart takes two cells.
fn mark_hidden(buf: &mut Buffer) {
    let mut hidden = 0;
    for cell in &mut buf.content {
        if hidden > 0 {
            hidden -= 1;
            cell.set_diff_option(CellDiffOption::Skip);
        }
        let symbol = cell.symbol();
        if symbol.len() > 1 && symbol.chars().nth(1).is_some() {
            hidden = cell.cell_width().saturating_sub(1);
        }
    }
}

fn draw_header(app: &App, area: Rect, buf: &mut Buffer) {
    let theme = &app.theme;
    let mut right = Vec::new();
    if let Some((read, of)) = app.progress {
        right.push(Span::styled(
            format!("reading {read} of {of}  "),
            theme.accent,
        ));
    }
    let problems = app.problems.iter().filter(|problem| !problem.hint).count();
    if problems > 0 {
        let word = if problems == 1 { "problem" } else { "problems" };
        right.push(Span::styled(format!("! {problems} {word}  "), theme.alert));
    }
    let unmerged = app.known_standing().map_or(0, |s| s.unmerged.len());
    if unmerged > 0 {
        let told = format!("! {unmerged} to decide  ");
        right.push(Span::styled(told, theme.alert));
    }
    let tabs = tabs(app);
    let mut room = usize::from(area.width).saturating_sub(tabs.width() + 2);
    if app.pinned {
        let taken: usize = right.iter().map(Span::width).sum();
        let left = room.saturating_sub(taken + cells(&standing_in(app, false)));
        let told = format!("today is {}  ", app.today);
        // Where the journal stands goes before the words around the day.
        let told = match told.len() <= left {
            true => told,
            false => format!("{}  ", app.today),
        };
        right.push(Span::styled(told, theme.accent));
    }
    // What has no room is left out whole: half a date would be another date.
    right.retain(|span| {
        let fits = span.width() <= room;
        room = room.saturating_sub(if fits { span.width() } else { 0 });
        fits
    });
    let standing = standing(app, room);
    let taken: usize = standing.iter().map(Span::width).sum();
    room = room.saturating_sub(taken);
    right.push(Span::styled(cut_start(&app.place, room, app), theme.dim));
    right.extend(standing);
    right.push(Span::raw(" "));
    Line::from(right).right_aligned().render(area, buf);
    tabs.render(area, buf);
}

/// Where the journal stands against git: in words where there is room for the whole of its path
/// as well, else in marks, else not at all. What waits stands out, the rest is dim.
fn standing(app: &App, room: usize) -> Vec<Span<'static>> {
    let (in_words, in_marks) = (standing_in(app, true), standing_in(app, false));
    if cells(&in_words) + width(&visible(&app.place)) <= room {
        in_words
    } else if cells(&in_marks) <= room {
        in_marks
    } else {
        Vec::new()
    }
}

fn cells(spans: &[Span]) -> usize {
    spans.iter().map(Span::width).sum()
}

/// Where the journal stands against git, in words or in marks.
fn standing_in(app: &App, words: bool) -> Vec<Span<'static>> {
    let Some(standing) = app.known_standing() else {
        return Vec::new();
    };
    let theme = &app.theme;
    let branch = standing.branch.as_deref().unwrap_or("no branch");
    let branch = cut(branch, MOST_BRANCH, app.glyphs);
    let waits = [
        (standing.changed.len(), "+", "changed"),
        (standing.ahead, app.glyphs.up(), "to send"),
        (standing.behind, app.glyphs.down(), "to get"),
    ];
    let mut spans = vec![Span::styled(format!("  {branch}"), theme.dim)];
    let waits = waits.iter().filter(|(count, ..)| *count > 0);
    spans.extend(waits.map(|(count, mark, word)| {
        let told = match words {
            true => format!("  {count} {word}"),
            false => format!(" {mark}{count}"),
        };
        Span::styled(told, theme.text)
    }));
    spans
}

/// The program's name and its screens, each with the key that turns to it.
fn tabs(app: &App) -> Line<'static> {
    let mut spans = vec![Span::styled(NAME, app.theme.strong)];
    for (screen, title) in titles(app) {
        let style = if screen == app.screen {
            screens::tab_style(&app.theme)
        } else {
            app.theme.dim
        };
        spans.push(Span::raw(AIR));
        spans.push(Span::styled(title, style));
    }
    Line::from(spans)
}

/// Where not all titles have room, only that of the screen at hand is told, of the others the key.
fn titles(app: &App) -> impl Iterator<Item = (Screen, String)> {
    let whole = |screen: Screen| {
        let key = app.keys.shown(Scope::Global, screen.action());
        let title = match &key {
            Some(key) => format!("{key} {}", screen.title()),
            None => screen.title().to_owned(),
        };
        (screen, key, title)
    };
    let whole = Screen::TABS.map(whole);
    let cells = whole.iter().map(|(.., title)| width(AIR) + width(title));
    let have_room = width(NAME) + cells.sum::<usize>() <= usize::from(app.size.width);
    let here = app.screen;
    whole.into_iter().map(move |(screen, key, title)| {
        let key = key.filter(|_| !have_room && screen != here);
        (screen, key.unwrap_or(title))
    })
}

/// The screen whose tab is drawn in this column of the header.
pub(super) fn tab_at(app: &App, column: u16) -> Option<Screen> {
    let mut end = width(NAME);
    titles(app).find_map(|(screen, title)| {
        let start = end + width(AIR);
        end = start + width(&title);
        (start..end).contains(&column.into()).then_some(screen)
    })
}

/// A path cut at its start, as its end tells more.
fn cut_start(path: &str, room: usize, app: &App) -> String {
    let path = visible(path);
    if width(&path) <= room {
        return path.into_owned();
    }
    let mut tail = String::new();
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(&*path, true).rev() {
        if width(grapheme) + width(&tail) + 1 > room {
            break;
        }
        tail.insert_str(0, grapheme);
    }
    if room < LEAST_PATH {
        String::new()
    } else {
        format!("{}{tail}", app.glyphs.ellipsis())
    }
}

/// The keys that matter here, as many as fit, `?` among them. A notice stands in their place,
/// and grows upwards where it is long: it may say why something was refused.
fn draw_footer(app: &App, area: Rect, buf: &mut Buffer) {
    let theme = &app.theme;
    let width = usize::from(area.width).saturating_sub(2);
    if let Some(notice) = &app.notice {
        let lines = wrap(notice, width);
        let most = app.size.height.saturating_sub(1).min(NOTICE_LINES);
        let height = u16::try_from(lines.len()).unwrap_or(most).min(most);
        let area = Rect {
            y: area.bottom().saturating_sub(height),
            height,
            ..area
        };
        clear(area, buf);
        for (line, row) in lines.iter().zip(area.rows()) {
            let line = format!(" {line}");
            Span::styled(line, theme.accent).render(row, buf);
        }
        return;
    }
    let mut hints = app.keys.footer(&app.scopes());
    let cells = |hints: &[(String, &str)]| -> usize {
        let each = hints.iter().map(|(key, word)| key.len() + word.len() + 3);
        each.sum::<usize>().saturating_sub(2)
    };
    while hints.len() > 1 && cells(&hints) > width {
        // Help, the last one, tells all the others.
        hints.remove(hints.len() - 2);
    }
    let mut spans = vec![Span::raw(" ")];
    for (key, word) in hints {
        spans.push(Span::styled(key, theme.accent));
        spans.push(Span::styled(format!(" {word}  "), theme.dim));
    }
    Line::from(spans).render(area, buf);
}
