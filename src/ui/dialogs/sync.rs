//! The question before a sync: what would be committed, sent and received.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Answer;
use super::told::{Drawn, Told, keys, paragraph, room};
use crate::model::journal::Journal;
use crate::model::standing::Standing;
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::text::pad;

/// The widest it gets.
const WIDEST: u16 = 76;
/// The most files that are named.
const MOST_NAMES: usize = 20;
/// The column of what a line is about.
const LABEL: usize = 9;

/// What a sync would do.
#[derive(Debug)]
pub struct SyncOffer {
    heading: String,
    lines: [(&'static str, String); 3],
    scroll: Cell<usize>,
    /// How many lines there are, and how many of them are seen, as it was last drawn.
    seen: Cell<(usize, usize)>,
}

impl SyncOffer {
    /// What a sync would do from here.
    pub fn new(standing: &Standing, journal: &Journal) -> SyncOffer {
        SyncOffer {
            heading: heading(standing),
            lines: [
                ("commit", committed(standing, journal)),
                ("send", sent(standing)),
                ("receive", received(standing)),
            ],
            scroll: Cell::new(0),
            seen: Cell::new((0, 0)),
        }
    }

    /// Things stand otherwise meanwhile.
    pub fn renew(&mut self, standing: &Standing, journal: &Journal) {
        *self = SyncOffer::new(standing, journal);
    }

    /// Takes a key; answers whether it stays open, and what is to be done.
    pub fn key(&self, action: Option<Action>) -> (bool, Answer) {
        match action {
            Some(Action::Yes) => (false, Answer::Sync),
            Some(Action::Back) => (false, Answer::None),
            other => {
                self.scroll_by(other);
                (true, Answer::None)
            }
        }
    }

    /// Scrolls, where the key is one that does.
    pub fn scroll_by(&self, action: Option<Action>) {
        let (lines, height) = self.seen.get();
        if let Some(step) = action.and_then(Action::as_move) {
            let last = lines.saturating_sub(height);
            let scroll = step.from(self.scroll.get(), last + 1, height);
            self.scroll.set(scroll);
        }
    }

    /// Draws it; answers where the terminal's cursor stands.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let room = room(screen, WIDEST);
        let theme = look.theme;
        let mut above = paragraph(&self.heading, room, theme.strong);
        above.push(Vec::new());
        let beside = room.saturating_sub(LABEL).max(1);
        let mut body: Vec<Drawn> = Vec::new();
        for (label, text) in &self.lines {
            for (at, line) in paragraph(text, beside, theme.text).into_iter().enumerate() {
                let label = if at == 0 { label } else { "" };
                let mut row = vec![(pad(label, LABEL, look.glyphs), theme.dim)];
                row.extend(line);
                body.push(row);
            }
        }
        let words = [(Action::Yes, "go"), (Action::Back, "back")];
        let told = Told {
            title: "sync",
            above,
            body,
            below: keys(Scope::Sync, &words, room, look),
            widest: WIDEST,
            scroll: &self.scroll,
            seen: None,
        };
        let (body, count) = told.draw(screen, buf, look);
        self.seen.set((count, body.height.into()));
        Some(body.as_position())
    }
}

fn heading(standing: &Standing) -> String {
    match (&standing.branch, &standing.upstream) {
        (Some(branch), Some(upstream)) => format!("{branch}, which goes along with {upstream}"),
        (Some(branch), None) => format!("{branch}, which goes along with no other branch yet"),
        (None, _) => "no branch: a single commit is checked out".to_owned(),
    }
}

fn committed(standing: &Standing, journal: &Journal) -> String {
    let names: Vec<String> = standing
        .changed
        .iter()
        .map(|path| named(path, journal))
        .collect();
    match names.as_slice() {
        [] => "nothing: all is committed".to_owned(),
        [name] => name.clone(),
        names => {
            let told = names.get(..MOST_NAMES).unwrap_or(names);
            let more = match names.len() - told.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{} files: {}{more}", names.len(), told.join(", "))
        }
    }
}

/// The customer whose file it is, by name; else the path.
fn named(path: &str, journal: &Journal) -> String {
    let key = path.strip_suffix(".toml").unwrap_or(path);
    let customer = journal.customer(key);
    customer.map_or_else(|| path.to_owned(), |customer| customer.name().to_owned())
}

fn sent(standing: &Standing) -> String {
    if standing.upstream.is_none() {
        return "all of it, where git knows one other repository".to_owned();
    }
    match (standing.ahead, standing.changed.is_empty()) {
        (0, true) => "nothing".to_owned(),
        (0, false) => "this commit".to_owned(),
        (ahead, true) => commits(ahead),
        (ahead, false) => format!("{} and this one", commits(ahead)),
    }
}

fn received(standing: &Standing) -> String {
    match (&standing.upstream, standing.behind) {
        (None, _) => "what is new there".to_owned(),
        (Some(upstream), 0) => format!("nothing new as far as is known; {upstream} is asked"),
        (Some(upstream), behind) => {
            format!(
                "{} as far as is known; {upstream} is asked",
                commits(behind)
            )
        }
    }
}

fn commits(count: usize) -> String {
    match count {
        1 => "1 commit".to_owned(),
        count => format!("{count} commits"),
    }
}
