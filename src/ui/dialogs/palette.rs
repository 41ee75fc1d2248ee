//! The command palette: one line that finds what can be done here, and every customer by name.

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::search::texts::Texts;
use crate::model::search::word::{Fit, Word};
use crate::ui::keymap::{Keymap, Row};
use crate::ui::keys::{Action, Scope, shown};
use crate::ui::layout;
use crate::ui::msg::{Mouse, Press};
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::list;
use crate::ui::widgets::popup;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, pad, width};

/// What a row of the palette does.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// This action, where the palette was opened.
    Do(Action),
    /// To this customer's page, by key.
    GoTo(String),
    /// Search for this.
    Search(String),
    /// Open this mail address or link.
    Visit(String),
}

/// A row.
#[derive(Clone, Debug)]
struct Item {
    command: Command,
    text: String,
    /// The key that does it, or the customer's.
    key: String,
    /// What it is found by.
    names: Texts,
}

/// The state of the palette.
#[derive(Debug)]
pub struct Palette {
    title: &'static str,
    ask: &'static str,
    field: LineField,
    items: Vec<Item>,
    /// The rows that fit what is typed, the best first, by their place among the items.
    found: Vec<usize>,
    selected: usize,
    offset: usize,
    /// Whether Latin letters may be the reading of Japanese.
    romaji: bool,
}

/// What a key made of it.
#[derive(Debug, PartialEq)]
pub enum Chosen {
    /// It stays open.
    Not,
    /// It closes, and nothing happens.
    Nothing,
    /// It closes, and this happens.
    This(Command),
}

impl Palette {
    /// What can be done in these scopes, what is used most first, and then the customers.
    /// Without a customer at hand, `means` leaves out what needs one.
    pub fn new(
        keymap: &Keymap,
        scopes: &[Scope],
        journal: &Journal,
        means: impl Fn(Action) -> bool,
    ) -> Palette {
        let mut items = actions(keymap, scopes, means);
        items.extend(journal.settings.searches().map(saved));
        items.extend(journal.customers.iter().map(|customer| go_to(customer)));
        Palette::of("find", "what to do, or a customer", items)
    }

    /// The same, in which Latin letters stand for nothing but themselves, or not.
    #[must_use]
    pub fn with_romaji(self, romaji: bool) -> Palette {
        Palette { romaji, ..self }
    }

    /// Mail addresses and links, one of which is to be opened.
    pub fn to_visit(addresses: Vec<String>) -> Palette {
        let item = |address: String| Item {
            names: Texts::new([address.as_str()]),
            key: String::new(),
            text: address.clone(),
            command: Command::Visit(address),
        };
        let items = addresses.into_iter().map(item).collect();
        Palette::of("open", "which of these", items)
    }

    fn of(title: &'static str, ask: &'static str, items: Vec<Item>) -> Palette {
        let mut palette = Palette {
            title,
            ask,
            field: LineField::new(""),
            found: Vec::new(),
            items,
            selected: 0,
            offset: 0,
            romaji: true,
        };
        palette.find();
        palette
    }

    /// Takes a key.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, screen: Rect) -> Chosen {
        let last = self.found.len().saturating_sub(1);
        match action {
            Some(Action::Back) => return Chosen::Nothing,
            Some(Action::Open) => {
                return match self.chosen() {
                    Some(item) => Chosen::This(item.command.clone()),
                    None => Chosen::Not,
                };
            }
            Some(Action::Down) if self.selected == last => self.selected = 0,
            Some(Action::Up) if self.selected == 0 => self.selected = last,
            Some(Action::Down) => self.selected += 1,
            Some(Action::Up) => self.selected -= 1,
            _ => {
                if self.field.key(key) {
                    self.find();
                }
            }
        }
        let height = layout::palette_rows(self.area(screen)).height;
        self.offset = list::scroll(self.selected, self.offset, height.into(), self.found.len());
        Chosen::Not
    }

    /// Takes what the mouse did: a click selects a row, a second one does it.
    pub fn mouse(&mut self, mouse: Mouse, screen: Rect) -> Chosen {
        let rows = layout::palette_rows(self.area(screen));
        let last = self.found.len().saturating_sub(1);
        match mouse.press {
            Press::WheelUp => self.selected = self.selected.saturating_sub(1),
            Press::WheelDown => self.selected = (self.selected + 1).min(last),
            Press::Drag => {}
            Press::Once | Press::Twice => {
                let row = mouse.row.checked_sub(rows.y).map(usize::from);
                let is_inside = rows.contains(Position::new(mouse.column, mouse.row));
                let row = row.filter(|_| is_inside).map(|row| self.offset + row);
                let Some(row) = row.filter(|row| *row < self.found.len()) else {
                    return Chosen::Not;
                };
                self.selected = row;
                if mouse.press == Press::Twice
                    && let Some(item) = self.chosen()
                {
                    return Chosen::This(item.command.clone());
                }
                return Chosen::Not;
            }
        }
        self.offset = list::scroll(
            self.selected,
            self.offset,
            rows.height.into(),
            self.found.len(),
        );
        Chosen::Not
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.find();
    }

    fn chosen(&self) -> Option<&Item> {
        self.items.get(*self.found.get(self.selected)?)
    }

    fn find(&mut self) {
        let wanted = Wanted::new(self.field.value(), self.romaji);
        let mut found: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((wanted.fit(&item.names)?, at)))
            .collect();
        found.sort();
        self.found = found.into_iter().map(|(_, at)| at).collect();
        (self.selected, self.offset) = (0, 0);
    }

    fn area(&self, screen: Rect) -> Rect {
        layout::palette(screen, self.items.len())
    }

    /// Draws it; answers where the caret is.
    pub fn draw(
        &self,
        screen: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        glyphs: Glyphs,
    ) -> Option<Position> {
        let area = self.area(screen);
        popup::frame(area, self.title, theme.accent, glyphs, buf);
        let line = layout::palette_line(area);
        self.field.draw(line, buf, theme.text, self.ask);
        let rows = layout::palette_rows(area);
        if self.found.is_empty() {
            let text = "  Nothing fits. Esc closes.";
            Span::styled(text, theme.dim).render(rows, buf);
        }
        let seen = self.found.iter().enumerate().skip(self.offset);
        for ((at, place), row) in seen.zip(rows.rows()) {
            if let Some(item) = self.items.get(*place) {
                draw_item(item, at == self.selected, row, buf, (theme, glyphs));
            }
        }
        Some(self.field.cursor(line))
    }
}

fn draw_item(
    item: &Item,
    is_selected: bool,
    row: Rect,
    buf: &mut Buffer,
    (theme, glyphs): (&Theme, Glyphs),
) {
    let mark = if is_selected { glyphs.selection() } else { " " };
    let whole = usize::from(row.width);
    let key = cut(&item.key, whole / 3, glyphs);
    let room = whole.saturating_sub(width(&key) + 4);
    let key_style = match item.command {
        Command::Do(_) => theme.accent,
        Command::GoTo(_) | Command::Search(_) | Command::Visit(_) => theme.dim,
    };
    draw_row(
        [
            Span::styled(mark, theme.accent),
            Span::raw(" "),
            Span::styled(pad(&item.text, room, glyphs), theme.text),
            Span::raw(" "),
            Span::styled(key, key_style),
        ],
        row,
        buf,
    );
    if is_selected {
        buf.set_style(row, theme.selected);
    }
}

/// The actions of these scopes: those of the footer first, then what can be added, then the
/// rest. Each stands there once; moves over rows are left out.
fn actions(keymap: &Keymap, scopes: &[Scope], means: impl Fn(Action) -> bool) -> Vec<Item> {
    let types = scopes.first().filter(|scope| scope.takes_text());
    let rows = scopes.iter().flat_map(|scope| keymap.rows(*scope));
    let (first, rest): (Vec<&Row>, Vec<&Row>) =
        rows.partition(|row| !row.binding.footer.is_empty());
    let add = first.iter().find(|row| row.binding.action == Action::Add);
    let add = add
        .and_then(|row| row.keys.first())
        .filter(|_| means(Action::Add));
    let kinds = keymap
        .rows(Scope::Add)
        .filter_map(|row| match row.binding.action {
            Action::AddKind(_) => {
                let key = format!("{} {}", add?, row.keys.first()?);
                let help = format!("add {}", row.binding.help);
                Some(item(row.binding.action, &help, &key, ""))
            }
            _ => None,
        });
    let own = |row: &Row| {
        let action = row.binding.action;
        let is_other = action.as_move().is_some() || action == Action::Palette;
        let key = row.keys.first().filter(|_| !is_other && means(action))?;
        // Where one types, the keys of other places are letters.
        let is_key = types.is_none_or(|types| *types == row.binding.scope);
        let key = if is_key { shown(key) } else { String::new() };
        Some(item(action, row.binding.help, &key, row.binding.footer))
    };
    let mut items: Vec<Item> = first.iter().filter_map(|b| own(b)).collect();
    items.extend(kinds);
    for more in rest.iter().filter_map(|b| own(b)) {
        if !items.iter().any(|item| item.command == more.command) {
            items.push(more);
        }
    }
    items
}

fn item(action: Action, help: &str, key: &str, word: &str) -> Item {
    let names = [help, word].into_iter().filter(|name| !name.is_empty());
    Item {
        command: Command::Do(action),
        text: help.to_owned(),
        key: key.to_owned(),
        names: Texts::new(names),
    }
}

/// What is typed: as one piece, and else word by word.
struct Wanted {
    whole: Option<Word>,
    words: Vec<Word>,
}

impl Wanted {
    fn new(typed: &str, romaji: bool) -> Wanted {
        let word = |typed| Word::loose(typed, romaji);
        Wanted {
            whole: word(typed),
            words: typed.split_whitespace().filter_map(word).collect(),
        }
    }

    /// How well it fits the names of a row: what it has as one piece comes first, then the row
    /// whose worst word fits best. `None`: not at all.
    fn fit(&self, names: &Texts) -> Option<(bool, Option<Fit>)> {
        let Some(whole) = &self.whole else {
            return Some((false, None));
        };
        if let Some(fit) = names.fit(whole) {
            return Some((false, Some(fit)));
        }
        let fits = self.words.iter().map(|word| names.fit(word));
        let fits: Option<Vec<Fit>> = fits.collect();
        Some((true, fits?.into_iter().max()))
    }
}

/// A search that the journal keeps under a name.
fn saved((name, query): (&str, &str)) -> Item {
    let text = format!("search: {name}");
    Item {
        command: Command::Search(query.to_owned()),
        key: query.to_owned(),
        names: Texts::new([name, &text, query]),
        text,
    }
}

fn go_to(customer: &Customer) -> Item {
    let text = format!("go to {}", customer.name());
    let mut names = vec![customer.name(), &*customer.key, customer.stem()];
    names.extend(customer.head.text("reading"));
    names.extend(customer.head.texts("aliases"));
    names.push(&text);
    Item {
        command: Command::GoTo(customer.key.to_string()),
        key: customer.key.to_string(),
        names: Texts::new(names),
        text,
    }
}
