//! A stage for the program on screen: keys in, screen out, no terminal. The files and the store
//! are real, the clock and the random source are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use goodwill::model::change::Change;
use goodwill::model::journal::Journal;
use goodwill::model::problem::Problem;
use goodwill::model::search::engine::Engine;
use goodwill::model::search::query::Known;
use goodwill::model::value::Value;
use goodwill::store::excerpt::excerpt;
use goodwill::store::load::{load, reload};
use goodwill::store::{Done, Now, Store, StoreError, sample};
use goodwill::ui::app::{App, Start};
use goodwill::ui::appearance::Appearance;
use goodwill::ui::drafts::Keeping;
use goodwill::ui::draw::draw_buffer;
use goodwill::ui::front::Screen;
use goodwill::ui::msg::{Effect, Mouse, Msg, Press, Saved, Way};
use goodwill::ui::testing;
use goodwill::ui::widgets::glyphs::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect, Size};
use tempfile::TempDir;

/// What the person's editor makes of a file: its text and the line to stand on come in.
type Editor = Box<dyn FnMut(&str, u32) -> String>;

/// The program on a stage.
pub struct Stage {
    /// The program.
    pub app: App,
    folder: TempDir,
    store: Store,
    journal: Arc<Journal>,
    problems: Vec<Problem>,
    effects: Vec<Effect>,
    drafts: Vec<Keeping>,
    editor: Editor,
    engine: Engine,
    /// Effects that wait, while the world is held.
    held: Option<Vec<Effect>>,
}

impl Stage {
    /// A screen of this size over an empty journal that is not read yet, on Sat 2026-11-21.
    pub fn new(width: u16, height: u16) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let (root, state) = (folder.path().join("journal"), folder.path().join("state"));
        fs::create_dir(&root).unwrap();
        let store = Store::new(&root, &state, Box::new(random()));
        Stage {
            app: at_customers(App::new(start(width, height, false))),
            folder,
            store,
            journal: Arc::default(),
            problems: Vec::new(),
            effects: Vec::new(),
            drafts: Vec::new(),
            editor: Box::new(|text, _| text.to_owned()),
            engine: Engine::default(),
            held: None,
        }
    }

    /// Puts a file into the journal.
    pub fn file(self, name: &str, text: &str) -> Stage {
        self.write(name, text);
        self
    }

    /// Puts the sample journal in.
    pub fn sample(self) -> Stage {
        sample::copy_to(&self.root()).unwrap();
        self
    }

    /// Another day than 2026-11-21.
    pub fn today(mut self, today: &str) -> Stage {
        self.app.update(Msg::Today(today.parse().unwrap()));
        self
    }

    /// Marks of plain ASCII.
    pub fn ascii(mut self) -> Stage {
        self.app.glyphs = Glyphs::Ascii;
        self
    }

    /// The screen that the program begins with: most of it is tested on that of the customers.
    pub fn at_today(mut self) -> Stage {
        self.app.screen = Screen::default();
        self
    }

    /// There is no journal yet.
    pub fn first(mut self) -> Stage {
        let size = self.app.size;
        self.app = at_customers(App::new(start(size.width, size.height, true)));
        self
    }

    /// What the person's editor does.
    pub fn editor(mut self, editor: impl FnMut(&str, u32) -> String + 'static) -> Stage {
        self.editor = Box::new(editor);
        self
    }

    /// Reads the journal.
    pub fn open(mut self) -> Stage {
        self.reload();
        self
    }

    /// A journal that was read elsewhere: its files are not here.
    pub fn holding(mut self, journal: &Arc<Journal>, problems: &[Problem]) -> Stage {
        (self.journal, self.problems) = (Arc::clone(journal), problems.to_vec());
        self.tell(Msg::Loaded(Arc::clone(journal), problems.to_vec()));
        self
    }

    /// Goes to `customer:kind.key`, as the program does behind a save.
    pub fn go(&mut self, place: &str) -> &mut Stage {
        self.tell(Msg::Saved(Saved {
            ticket: 0,
            journal: Arc::clone(&self.journal),
            problems: self.problems.clone(),
            touched: vec![place.to_owned()],
            what: String::new(),
        }));
        self.app.notice = None;
        self
    }

    /// Reads the journal again, as after a `git pull`.
    pub fn reload(&mut self) -> &mut Stage {
        let (journal, problems) = load(&self.root(), &mut |_, _| {});
        (self.journal, self.problems) = (Arc::new(journal), problems);
        self.tell(Msg::Queries(self.store.queries().read()));
        self.tell(Msg::Loaded(
            Arc::clone(&self.journal),
            self.problems.clone(),
        ))
    }

    /// Types keys, separated by spaces: `a i <支払は分割なら> tab <見積2案> ctrl-s`. What stands
    /// between angle brackets is typed letter by letter.
    #[track_caller]
    pub fn keys(&mut self, keys: &str) -> &mut Stage {
        for key in testing::keys(keys).unwrap() {
            self.press(key);
        }
        self
    }

    /// Presses one key.
    pub fn press(&mut self, key: KeyEvent) -> &mut Stage {
        self.tell(Msg::Key(key))
    }

    /// Presses the left button, or turns the wheel, where this text stands; in the header only
    /// where it stands nowhere else.
    #[track_caller]
    pub fn mouse(&mut self, press: Press, text: &str) -> &mut Stage {
        let buf = self.buffer();
        let (header, body) = (buf.area.rows().take(1), buf.area.rows().skip(1));
        let found = body.chain(header).find_map(|row| {
            let starts = row.columns().map(|column| column.as_position());
            let rest = |from: Position| -> String {
                let line = (from.x..row.right()).map(|x| buf[(x, row.y)].symbol());
                line.collect()
            };
            // The second half of a wide character holds a space.
            let plain = |text: &str| text.replace(' ', "");
            let is_it = |at: &Position| plain(&rest(*at)).starts_with(&plain(text));
            starts.rev().find(is_it)
        });
        let at = found.unwrap_or_else(|| panic!("no {text:?} in\n{}", self.screen()));
        self.tell(Msg::Mouse(Mouse {
            press,
            column: at.x,
            row: at.y,
        }))
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Stage {
        self.tell(Msg::Paste(text.to_owned()))
    }

    /// Makes the screen larger or smaller.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Stage {
        self.tell(Msg::Resize(width, height))
    }

    /// Tells the program something, and does what it asks for.
    pub fn tell(&mut self, msg: Msg) -> &mut Stage {
        for effect in self.app.update(msg) {
            if let Effect::Draft(keeping) = effect {
                self.drafts.push(keeping);
                continue;
            }
            self.effects.push(effect.clone());
            match &mut self.held {
                Some(held) => held.push(effect),
                None => self.perform(effect),
            }
        }
        self
    }

    /// Lets the world stand still: what the program asks for waits.
    pub fn hold(&mut self) -> &mut Stage {
        self.held = Some(Vec::new());
        self
    }

    /// Does what was asked for meanwhile.
    pub fn release(&mut self) -> &mut Stage {
        for effect in self.held.take().unwrap_or_default() {
            self.perform(effect);
        }
        self
    }

    /// Somebody else writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Somebody else puts one text for another in a file.
    #[track_caller]
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from:?}:\n{text}");
        self.write(name, &text.replace(from, to));
    }

    /// The watched folder tells of a customer whose file somebody else has written.
    pub fn noticed(&mut self, customer: &str) -> &mut Stage {
        self.read_again(customer);
        self.tell(Msg::Changed {
            journal: Arc::clone(&self.journal),
            problems: self.problems.clone(),
            customers: vec![customer.to_owned()],
        })
    }

    /// The program ends, and is started again on another day.
    pub fn started_again(mut self, today: &str) -> Stage {
        let size = self.app.size;
        self.app = at_customers(App::new(start(size.width, size.height, false)));
        self.today(today).open()
    }

    /// The text of a file of the journal.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.root().join(name)).unwrap()
    }

    /// The customers' files, by their path in the journal.
    pub fn files(&self) -> Vec<String> {
        let walk = walkdir::WalkDir::new(self.root()).sort_by_file_name();
        let paths = walk.into_iter().map(|file| file.unwrap().into_path());
        let names = paths.filter_map(|path| {
            let name = path.strip_prefix(self.root()).ok()?.to_str()?.to_owned();
            (name.ends_with(".toml") && !name.starts_with('.')).then_some(name)
        });
        names.collect()
    }

    /// The screen as it is drawn now, and where the terminal's cursor stands.
    pub fn drawn(&self) -> (Buffer, Option<Position>) {
        let size = Rect::new(0, 0, self.app.size.width, self.app.size.height);
        let mut buf = Buffer::empty(size);
        let cursor = draw_buffer(&self.app, &mut buf);
        (buf, cursor)
    }

    /// The screen as it is drawn now.
    pub fn buffer(&self) -> Buffer {
        self.drawn().0
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        testing::screen(&self.buffer())
    }

    /// One row of the screen.
    #[track_caller]
    pub fn row(&self, y: u16) -> String {
        self.screen().lines().nth(y.into()).unwrap().to_owned()
    }

    /// Where the terminal's cursor stands.
    pub fn cursor(&self) -> Option<Position> {
        self.drawn().1
    }

    /// The row that the terminal's cursor stands in, up to the cursor.
    #[track_caller]
    pub fn before_cursor(&self) -> String {
        let at = self.cursor().expect("a cursor");
        let buf = self.buffer();
        let left = Rect::new(0, at.y, at.x, 1);
        let mut cells = Buffer::empty(left);
        for position in left.positions() {
            cells[position] = buf[position].clone();
        }
        testing::screen(&cells)
    }

    /// What the program asked of the world so far, drafts left out.
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// What the program asked for to be kept of words that are not saved.
    pub fn drafts(&self) -> &[Keeping] {
        &self.drafts
    }

    /// Fails where the screen does not say this.
    #[track_caller]
    pub fn says(&mut self, text: &str) -> &mut Stage {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
        self
    }

    /// Fails where the screen says this.
    #[track_caller]
    pub fn hides(&mut self, text: &str) -> &mut Stage {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} in\n{screen}");
        self
    }

    /// The folder of the journal.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("journal")
    }

    fn perform(&mut self, effect: Effect) {
        let now = Now {
            today: self.app.today,
            stamp: "2026-11-21T10:02:03+09:00".to_owned(),
        };
        match effect {
            Effect::Save { ticket, changes } => {
                let done = self.store.apply(&self.journal, &changes, &now);
                self.answer(ticket, done);
            }
            Effect::Step { ticket, way } => {
                let done = match way {
                    Way::Back => self.store.undo(&now),
                    Way::Forth => self.store.redo(&now),
                };
                self.answer(ticket, done);
            }
            Effect::Editor { customer, line } => self.edit(&customer, line),
            Effect::Begin { customer } => self.begin(customer, &now),
            Effect::Reload => {
                self.reload();
            }
            Effect::Excerpt { customer, entry } => {
                let entry = entry.as_ref().map(|(kind, key)| (&**kind, &**key));
                let text = excerpt(&self.root(), &customer, entry);
                self.tell(Msg::Excerpt(text));
            }
            Effect::Search(wanted) => {
                self.engine.follow(&self.journal.customers);
                let found = wanted.answer(&mut self.engine, &|| false).unwrap();
                let ticket = wanted.ticket;
                self.tell(Msg::Found { ticket, found });
            }
            Effect::Pick { ticket, query } => {
                self.engine.follow(&self.journal.customers);
                let picked = self.engine.pick(&query, &|| false).unwrap();
                self.tell(Msg::Picked { ticket, picked });
            }
            Effect::Complete(completing) => {
                self.engine.follow(&self.journal.customers);
                let known = Known::of(&self.journal.customers, &self.journal.settings);
                let ways = completing.answer(&self.engine, &known);
                let ticket = completing.ticket;
                self.tell(Msg::Completed { ticket, ways });
            }
            Effect::Remember(query) => self.store.queries().keep(&query).unwrap(),
            Effect::Copy(_)
            | Effect::Visit(_)
            | Effect::Draft(_)
            | Effect::Sync
            | Effect::Unsettled
            | Effect::Settle { .. }
            | Effect::Past { .. }
            | Effect::Mouse(_)
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    fn answer(&mut self, ticket: u64, done: Result<Done, StoreError>) {
        let msg = match done {
            Ok(done) => {
                self.journal = Arc::new(done.applied_to(&self.journal));
                Msg::Saved(Saved {
                    ticket,
                    journal: Arc::clone(&self.journal),
                    problems: self.problems.clone(),
                    touched: done.touched,
                    what: done.what,
                })
            }
            Err(error) => Msg::NotSaved {
                ticket,
                message: error.to_string(),
                obstacle: error.obstacle(),
            },
        };
        self.tell(msg);
    }

    fn edit(&mut self, customer: &str, line: u32) {
        let name = format!("{customer}.toml");
        let text = self.text(&name);
        let text = (self.editor)(&text, line);
        self.write(&name, &text);
        self.read_again(customer);
        self.tell(Msg::Edited {
            journal: Arc::clone(&self.journal),
            problems: self.problems.clone(),
            notice: None,
        });
    }

    fn read_again(&mut self, customer: &str) {
        let name = format!("{customer}.toml");
        let (read, problems) = reload(&self.root(), customer);
        self.journal = Arc::new(self.journal.with(customer, read));
        self.problems.retain(|problem| problem.path != name);
        self.problems.extend(problems);
    }

    fn begin(&mut self, customer: Option<String>, now: &Now) {
        if customer.is_none() {
            sample::copy_to(&self.root()).unwrap();
        }
        self.reload();
        self.tell(Msg::Opened {
            root: self.root(),
            place: "~/journal".to_owned(),
            today: now.today,
            pinned: customer.is_none(),
        });
        if let Some(name) = customer {
            let change = Change::Create {
                key: None,
                fields: vec![("name".to_owned(), Value::text(&name))],
            };
            let done = self.store.apply(&self.journal, &[change], now);
            self.answer(0, done);
        }
    }
}

fn at_customers(mut app: App) -> App {
    app.screen = Screen::Customers;
    app
}

fn start(width: u16, height: u16, first: bool) -> Start {
    Start {
        today: "2026-11-21".parse().unwrap(),
        pinned: false,
        place: "~/journal".to_owned(),
        appearance: Appearance::default(),
        size: Size::new(width, height),
        first,
    }
}

/// Numbers that look random and are the same in every run.
fn random() -> impl FnMut() -> u64 + Send {
    let mut state = 0x60_0d_u64;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 29)
    }
}

/// How many keys a text of keys stands for, words in angle brackets left out.
pub fn key_count(keys: &str) -> usize {
    let mut outside = String::new();
    let mut rest = keys;
    while let Some((before, words)) = rest.split_once('<') {
        outside += before;
        rest = words.split_once('>').expect("a closing >").1;
    }
    (outside + rest).split_whitespace().count()
}

/// The key of that name, as the key table names it.
#[track_caller]
pub fn key(name: &str) -> KeyEvent {
    testing::key(name).unwrap_or_else(|| panic!("no key is called {name:?}"))
}

/// Where the files of the tests lie.
pub fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
