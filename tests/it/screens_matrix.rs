//! Every screen at four sizes, over five contents, in Unicode and ASCII: what holds for each of
//! them, and how they look, kept as text in `tests/screens/matrix`.
//!
//! `GOODWILL_BLESS=1 cargo test --test it screens` writes them anew; read the diff before it is
//! committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use goodwill::ui::dialogs::Dialog;
use goodwill::ui::keys::{BINDINGS, Scope};
use goodwill::ui::target::Target;
use goodwill::ui::testing;
use goodwill::ui::widgets::glyphs::Glyphs;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::screens_cells::{Wire, ascii, frames, twins};
use crate::screens_contents::{Content, Filled, Needs};
use crate::screens_table::{Family, Screen, Start, screens};
use crate::stage::{Stage, tests_folder};

const SIZES: [(u16, u16); 4] = [(80, 24), (40, 12), (120, 40), (200, 50)];

/// What is wrong, and the screens that are kept: by file, then by size and marks.
#[derive(Default)]
struct Found {
    told: Vec<String>,
    kept: BTreeMap<String, BTreeMap<(usize, bool), String>>,
}

/// The journals of a content, by what is needed of them.
struct Journals(Vec<(Needs, Option<Filled>)>);

impl Journals {
    fn of(content: Content, screens: &[Screen]) -> Journals {
        let mut all: Vec<(Needs, Option<Filled>)> = Vec::new();
        for screen in screens {
            let needs = needed(screen, content);
            if !all.iter().any(|(known, _)| *known == needs) {
                all.push((needs, content.journal(needs)));
            }
        }
        Journals(all)
    }

    fn get(&self, screen: &Screen, content: Content) -> Option<&Filled> {
        let needs = needed(screen, content);
        let found = self.0.iter().find(|(known, _)| *known == needs);
        found.and_then(|(_, filled)| filled.as_ref())
    }
}

/// Larger journals have an entry of every kind.
fn needed(screen: &Screen, content: Content) -> Needs {
    match (content, screen.needs()) {
        (Content::Empty | Content::One, needs) => needs,
        (_, Needs::Entry(_) | Needs::List) => Needs::Customer,
        (_, needs) => needs,
    }
}

fn stage(screen: &Screen, content: Content, filled: &Filled, (width, height): (u16, u16)) -> Stage {
    let stage = Stage::new(width, height);
    let mut stage = match screen.start {
        Start::First => stage.first(),
        Start::Unread => stage,
        _ if screen.writes => {
            let files = filled.files.iter();
            files
                .fold(stage, |stage, (name, text)| stage.file(name, text))
                .open()
        }
        _ => stage.holding(&filled.journal, &filled.problems),
    };
    screen.arrive(&mut stage, content);
    stage
}

/// Whether a screen is written down at this size, with these marks. All are checked; what is
/// written down is enough to read, and no more.
fn is_kept(screen: &Screen, content: Content, (width, _): (u16, u16), marks: Glyphs) -> bool {
    let most = match (content, marks, screen.family) {
        _ if !screen.shows_content() && content != Content::Japanese => 0,
        (Content::Japanese, Glyphs::Unicode, Family::Place | Family::Dialog) => 200,
        (Content::Japanese, Glyphs::Unicode, Family::Form) => 120,
        (Content::Japanese | Content::Hostile, Glyphs::Unicode, _) => 80,
        (Content::Many, Glyphs::Unicode, Family::Place) => 120,
        (Content::Many, Glyphs::Unicode, Family::Dialog) => 80,
        (Content::One, Glyphs::Ascii, Family::Place | Family::Dialog | Family::Form) => 80,
        (Content::Empty, Glyphs::Unicode, Family::Place | Family::Dialog) => 80,
        _ => 0,
    };
    width <= most
}

/// Looks at one screen in both sets of marks.
fn look(screen: &Screen, content: Content, stage: &mut Stage, wire: &mut Wire) -> Looked {
    let mut told = Vec::new();
    let (unicode, cursor) = stage.drawn();
    told.extend(frames(&unicode, &stage.app));
    told.extend(wire.show(&unicode));
    told.extend(outside(cursor, &unicode));
    told.extend(footer(stage, &unicode));
    let again = stage.drawn();
    if (&again.0, again.1) != (&unicode, cursor) {
        told.push("drawn twice it is another screen".to_owned());
    }
    stage.app.glyphs = Glyphs::Ascii;
    let (in_ascii, cursor_in_ascii) = stage.drawn();
    told.extend(twins(&unicode, &in_ascii));
    told.extend(wire.show(&in_ascii));
    if content.is_ascii() {
        told.extend(ascii(&in_ascii));
    }
    if cursor_in_ascii != cursor {
        told.push("the marks move the cursor".to_owned());
    }
    stage.app.glyphs = Glyphs::Unicode;
    told.extend(caret(screen, stage, cursor));
    Looked {
        told,
        screens: [(Glyphs::Unicode, unicode), (Glyphs::Ascii, in_ascii)],
    }
}

struct Looked {
    told: Vec<String>,
    screens: [(Glyphs, Buffer); 2],
}

fn outside(cursor: Option<Position>, buf: &Buffer) -> Option<String> {
    let outside = cursor.filter(|at| !buf.area.contains(*at));
    outside.map(|at| format!("the cursor is at {at}"))
}

fn footer(stage: &Stage, buf: &Buffer) -> Option<String> {
    let last = buf.area.rows().next_back()?;
    let row: String = last
        .columns()
        .map(|cell| buf[cell.as_position()].symbol())
        .collect();
    let keys = stage.app.keys.footer(&stage.app.scopes());
    let told = keys
        .iter()
        .any(|(key, word)| row.contains(&format!("{key} {word}")));
    (!told && stage.app.notice.is_none()).then(|| format!("no key in the footer {row:?}"))
}

/// Where a text is typed into, what is typed next stands left of the cursor.
fn caret(screen: &Screen, stage: &mut Stage, was: Option<Position>) -> Option<String> {
    let takes_text = stage
        .app
        .scopes()
        .first()
        .is_some_and(|scope| scope.takes_text());
    let deaf = match &stage.app.dialog {
        Some(Dialog::Form(form)) => form.is_saving() || screen.start == Start::TooLong,
        _ => false,
    };
    if !takes_text || deaf {
        return None;
    }
    let Some(was) = was else {
        return Some("no cursor where a text is typed".to_owned());
    };
    stage.keys("Ж");
    let (buf, at) = stage.drawn();
    let at = at?;
    let left = Position::new(at.x.checked_sub(1)?, at.y);
    let typed = buf[left].symbol().starts_with('Ж');
    (!typed).then(|| format!("what is typed at {was} is not left of {at}"))
}

macro_rules! names {
    ($(#[$doc:meta])* $all:ident, $name:ident, $type:ty { $($pattern:pat => $word:literal,)* }) => {
        $(#[$doc])*
        const $all: &[&str] = &[$($word),*];
        fn $name(it: &$type) -> &'static str {
            match it { $($pattern => $word),* }
        }
    };
}

names! {
    /// What a form can be about. A new one does not compile before it stands here.
    TARGETS, target_name, Target {
        Target::Add { .. } => "add",
        Target::Edit { closing: false, .. } => "edit",
        Target::Edit { closing: true, .. } => "close",
        Target::New => "new",
        Target::Head { .. } => "head",
        Target::Rename { .. } => "rename",
        Target::Move { .. } => "move",
        Target::First => "first",
    }
}

names! {
    /// What can stand in front of a screen. A new one does not compile before it stands here.
    DIALOGS, dialog_name, Dialog {
        Dialog::Form(_) => "form",
        Dialog::AddMenu { .. } => "add menu",
        Dialog::Copy(_) => "copy menu",
        Dialog::Confirm { .. } => "question",
        Dialog::Reader(_) => "reader",
        Dialog::Problems(_) => "problems",
        Dialog::Palette(_) => "palette",
        Dialog::Offer(_) => "offer",
        Dialog::Day(_) => "a day",
        Dialog::Snooze(_) => "snooze",
        Dialog::Sync(_) => "sync",
        Dialog::Clashes(_) => "clashes",
        Dialog::Past(_) => "past",
        Dialog::Brief(_) => "brief",
    }
}

impl Found {
    fn take(&mut self, other: Found) {
        self.told.extend(other.told);
        for (file, screens) in other.kept {
            self.kept.entry(file).or_default().extend(screens);
        }
    }
}

/// All screens over one content at one size, one behind the other on the same terminal.
fn walk(screens: &[Screen], content: Content, journals: &Journals, at: usize) -> Found {
    let mut found = Found::default();
    let size = SIZES[at];
    let mut wire = Wire::new(&Stage::new(size.0, size.1).buffer());
    for screen in screens {
        let same_in_all = !screen.shows_content() && content.is_ascii();
        let Some(filled) = journals.get(screen, content).filter(|_| !same_in_all) else {
            continue;
        };
        let mut stage = stage(screen, content, filled, size);
        let looked = look(screen, content, &mut stage, &mut wire);
        let place = format!("{} {} {size:?}", screen.name, content.word());
        let told = looked.told.into_iter().take(3);
        found
            .told
            .extend(told.map(|told| format!("{place}: {told}")));
        for (marks, buf) in looked.screens {
            if is_kept(screen, content, size, marks) {
                let file = format!("{}.{}.txt", screen.name, content.word());
                let kept = found.kept.entry(file).or_default();
                kept.insert((at, marks == Glyphs::Ascii), testing::screen(&buf));
            }
        }
    }
    found
}

fn all_of_them() -> Found {
    let screens = screens();
    let journals = Content::ALL.map(|content| (content, Journals::of(content, &screens)));
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Found::default());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            // The largest first, so that none is left to wait for at the end.
            let size = SIZES.len() - 1 - at / journals.len() % SIZES.len();
            if at >= journals.len() * SIZES.len() {
                return;
            }
            let (content, journals) = &journals[at % journals.len()];
            let found = walk(&screens, *content, journals, size);
            all.lock().unwrap().take(found);
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work();
        other.join().unwrap();
    });
    all.into_inner().unwrap()
}

#[test]
fn every_screen_holds_at_every_size_over_every_content() {
    let found = all_of_them();
    let mut told = found.told;
    told.dedup();
    told.extend(compare(&found.kept));
    let count = told.len();
    told.truncate(60);
    assert!(told.is_empty(), "{count}:\n{}", told.join("\n"));
}

#[test]
fn no_scope_of_keys_no_form_and_no_dialog_is_forgotten() {
    let (screens, content) = (screens(), Content::Japanese);
    let journals = Journals::of(content, &screens);
    let mut scopes: Vec<Scope> = Vec::new();
    let (mut targets, mut dialogs) = (BTreeSet::new(), BTreeSet::new());
    for screen in &screens {
        let filled = journals.get(screen, content).unwrap();
        let stage = stage(screen, content, filled, SIZES[0]);
        scopes.extend(stage.app.scopes());
        dialogs.extend(stage.app.dialog.as_ref().map(dialog_name));
        if let Some(Dialog::Form(form)) = &stage.app.dialog {
            targets.insert(target_name(&form.target));
        }
    }
    let without = BINDINGS.iter().map(|row| row.scope);
    let without: Vec<Scope> = without.filter(|scope| !scopes.contains(scope)).collect();
    assert!(
        without.is_empty(),
        "no row of the table has the keys of {without:?}"
    );
    assert_eq!(
        targets,
        TARGETS.iter().copied().collect(),
        "forms with a row, and all"
    );
    assert_eq!(
        dialogs,
        DIALOGS.iter().copied().collect(),
        "dialogs with a row, and all"
    );
}

/// What differs from the files that are kept.
fn compare(kept: &BTreeMap<String, BTreeMap<(usize, bool), String>>) -> Vec<String> {
    let folder = tests_folder().join("screens/matrix");
    let bless = std::env::var_os("GOODWILL_BLESS").is_some();
    fs::create_dir_all(&folder).unwrap();
    let mut told = Vec::new();
    for (name, screens) in kept {
        let mut now = String::new();
        for ((at, ascii), screen) in screens {
            let (width, height) = SIZES[*at];
            let marks = if *ascii { "ASCII" } else { "Unicode" };
            now += &format!("=== {width}x{height} {marks}\n{screen}\n");
        }
        let path = folder.join(name);
        if bless {
            fs::write(&path, &now).unwrap();
        } else if let Some(line) =
            first_difference(&fs::read_to_string(&path).unwrap_or_default(), &now)
        {
            told.push(format!("tests/screens/matrix/{name}: {line}"));
        }
    }
    for file in fs::read_dir(&folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !kept.contains_key(&name) {
            match bless {
                true => fs::remove_file(folder.join(&name)).unwrap(),
                false => told.push(format!("tests/screens/matrix/{name} belongs to no screen")),
            }
        }
    }
    told
}

fn first_difference(kept: &str, now: &str) -> Option<String> {
    if kept == now {
        return None;
    }
    let (mut kept, mut now) = (kept.lines(), now.lines());
    (1..).find_map(|line| {
        let (was, is) = (kept.next(), now.next());
        let differs = was != is || was.is_none();
        differs.then(|| {
            format!(
                "{line}\n    - {}\n    + {}",
                was.unwrap_or(""),
                is.unwrap_or("")
            )
        })
    })
}
