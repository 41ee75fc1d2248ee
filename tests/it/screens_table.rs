//! Every screen, dialog and form there is, and how one comes to it.

use goodwill::model::draft::KeptDraft;
use goodwill::model::kind::Kind;
use goodwill::model::merge::{Conflict, Obstacle};
use goodwill::model::value::Value;
use goodwill::ui::drafts::Keeping;
use goodwill::ui::keys::{Action, BINDINGS, Scope};
use goodwill::ui::msg::{Effect, Msg};

use crate::screens_contents::{Content, KEY, MAIN, Needs};
use crate::screens_git;
use crate::stage::Stage;

/// Where the keys of a screen begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// There is no journal yet.
    First,
    /// The journal is not read yet.
    Unread,
    /// The list.
    List,
    /// The list, with a file in it that does not parse.
    Broken,
    /// The page of the customer.
    Page,
    /// The same, with the entry of this kind selected.
    Entry(Kind),
    /// The same, with an entry selected whose notes are too long for a form.
    TooLong,
}

/// What a screen is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The list, a page, an entry: they use all the room there is.
    Place,
    /// Something in front of them.
    Dialog,
    /// A form, or a message.
    Form,
    /// One of the screens that every kind has.
    Kind,
}

/// A screen.
pub struct Screen {
    /// What it is like.
    pub family: Family,
    /// Its name, also that of its file.
    pub name: String,
    /// Where one stands at first.
    pub start: Start,
    /// What is typed from there; `(words)` is words of the content, pasted.
    pub keys: String,
    /// What happens behind the keys.
    pub then: Option<Event>,
    /// Whether something is saved on the way, so that the files have to be there.
    pub writes: bool,
}

type Event = fn(&mut Stage, Content);

impl Screen {
    /// The same, and then this happens.
    pub fn then(mut self, event: Event) -> Screen {
        self.then = Some(event);
        self
    }

    fn writes(mut self) -> Screen {
        self.writes = true;
        self
    }

    /// What it needs to be reached.
    pub fn needs(&self) -> Needs {
        match self.start {
            Start::First | Start::Unread | Start::List => Needs::List,
            Start::Broken => Needs::Broken,
            Start::Page => Needs::Customer,
            Start::Entry(kind) => Needs::Entry(kind),
            Start::TooLong => Needs::TooLong,
        }
    }

    /// Whether the content can be seen in it before anything is typed.
    pub fn shows_content(&self) -> bool {
        !matches!(self.start, Start::First | Start::Unread)
    }

    /// Goes there, on a stage over the journal of the content.
    pub fn arrive(&self, stage: &mut Stage, content: Content) {
        let place = match self.start {
            Start::Entry(kind) => Some(format!("{MAIN}:{}.{KEY}", kind.word())),
            Start::TooLong => Some(format!("{MAIN}:fact.long")),
            Start::Page => Some(MAIN.to_owned()),
            Start::First | Start::Unread | Start::List | Start::Broken => None,
        };
        if let Some(place) = place {
            stage.go(&place);
            if stage.app.scopes().contains(&Scope::Customers) {
                stage.keys("enter");
            }
        }
        for (at, keys) in self.keys.split("(words)").enumerate() {
            if at > 0 {
                stage.paste(content.words());
            }
            stage.keys(keys);
        }
        if let Some(event) = self.then {
            event(stage, content);
        }
    }
}

/// A screen by name: where one stands at first, and what is typed from there.
pub fn screen(name: &str, start: Start, keys: &str) -> Screen {
    Screen {
        family: Family::Form,
        name: name.to_owned(),
        start,
        keys: keys.to_owned(),
        then: None,
        writes: false,
    }
}

/// All of them.
pub fn screens() -> Vec<Screen> {
    let kinds = Kind::ALL.into_iter().flat_map(of_kind).collect();
    let families = [
        (Family::Place, todays()),
        (Family::Place, lists()),
        (Family::Place, pages()),
        (Family::Place, timelines()),
        (Family::Place, playbooks()),
        (Family::Place, searches()),
        (Family::Place, screens_git::places()),
        (Family::Kind, kinds),
        (Family::Form, forms()),
        (Family::Dialog, dialogs()),
        (Family::Dialog, screens_git::dialogs()),
        (Family::Form, messages()),
    ];
    let all = families.into_iter().flat_map(|(family, screens)| {
        screens
            .into_iter()
            .map(move |screen| Screen { family, ..screen })
    });
    all.collect()
}

fn todays() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        here("today", "1"),
        here("today-end", "1 G"),
        here("today-unfolded", "1 tab"),
        here("today-unfolded-end", "1 tab J J"),
        here("today-filter", "1 f"),
        here("today-filter-words", "1 f (words)"),
        here("today-filter-kept", "1 f <a> enter"),
        here("today-filter-nothing", "1 f <zzzz>"),
        screen("today-broken", Start::Broken, "1"),
        screen("today-unread", Start::Unread, "1"),
        screen("today-loading", Start::Unread, "1").then(|stage, _| {
            let (read, of) = (128, 2000);
            stage.tell(Msg::Progress { read, of });
        }),
    ]
}

fn lists() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        here("list", ""),
        here("list-end", "G"),
        here("list-by-name", "s"),
        here("list-by-last-touch", "s s"),
        here("list-by-value", "s s s"),
        here("list-filter", "f"),
        here("list-filter-words", "f (words)"),
        here("list-filter-kept", "f <a> enter"),
        here("list-filter-nothing", "f <zzzz>"),
        here("list-today-is", "").then(|stage, _| stage.app.pinned = true),
        screen("list-broken", Start::Broken, ""),
        screen("list-unread", Start::Unread, ""),
        screen("list-loading", Start::Unread, "").then(|stage, _| {
            let (read, of) = (128, 2000);
            stage.tell(Msg::Progress { read, of });
        }),
    ]
}

fn timelines() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        here("timeline", "3"),
        here("timeline-end", "3 G"),
        here("timeline-oldest-first", "3 s"),
        here("timeline-week", "3 z"),
        here("timeline-month", "3 z z"),
        here("timeline-month-opened", "3 z z enter"),
        here("timeline-quarter", "3 z z z"),
        here("timeline-year", "3 z z z z"),
        here("timeline-period", "3 <"),
        here("timeline-filter", "3 f"),
        here("timeline-filter-words", "3 f (words)"),
        here("timeline-filter-nothing", "3 f <zzzz> enter"),
        here("timeline-of-one", "t"),
        here("timeline-lanes", "3 v"),
        here("timeline-lanes-year", "3 v z z"),
        here("timeline-day", "3 @"),
        here("timeline-day-words", "3 @ (words)"),
    ]
}

fn playbooks() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        here("playbook", "4"),
        here("playbook-end", "4 G < > G"),
        here("playbook-words", "4 < > j"),
        here("playbook-concerns", "4 ] < >"),
        here("playbook-given", "4 ] ] < >"),
        here("playbook-changes", "4 ] ] ] < >"),
        here("playbook-outcomes", "4 ] ] ] ] < >"),
        here("playbook-not-now", "4 [ [ [ < >"),
        here("playbook-comebacks", "4 [ [ < >"),
        here("playbook-value", "4 [ < >"),
        here("playbook-filter", "4 f"),
        here("playbook-filter-words", "4 f (words)"),
        here("playbook-filter-nothing", "4 f <zzzz> enter"),
        screen("playbook-of-one", Start::Page, "p"),
        screen("playbook-of-one-concerns", Start::Page, "p ]"),
    ]
}

fn searches() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        here("search", "/"),
        here("search-words", "/ (words)"),
        here("search-hits", "/ <a>"),
        here("search-hits-end", "/ <a> pgdn pgdn pgdn"),
        here("search-grouped", "/ <a> ctrl-g"),
        here("search-of-one", "/ <a> ctrl-o"),
        here("search-ways", "/ <i> tab tab"),
        here("search-nothing", "/ <zzzz>"),
        here("search-earlier", "/ <a> enter / <zzzz> enter esc /"),
        here("search-timeline", "/ <a> ctrl-t"),
        screen("search-unread", Start::Unread, "/ <a>"),
    ]
}

fn pages() -> Vec<Screen> {
    let here = |name: &str, keys: &str| screen(name, Start::Page, keys);
    let tab = |name: &str, kind: Kind| screen(name, Start::Entry(kind), "");
    vec![
        here("page", ""),
        here("page-end", "G"),
        here("page-filter", "f"),
        here("page-filter-words", "f (words)"),
        here("page-filter-kept", "f <a> enter"),
        here("page-filter-nothing", "f <zzzz>"),
        here("page-tab-concerns", "]"),
        here("page-tab-negotiations", "] ]"),
        here("page-tab-win-lose", "] ] ]"),
        here("page-tab-win-lose-end", "] ] ] G"),
        here("page-tab-facts", "] ] ] ]"),
        here("page-tab-people", "[ ["),
        here("page-tab-deals", "["),
        tab("page-at-a-promise", Kind::Promise),
        screen("entry-end", Start::Entry(Kind::Concern), "enter G"),
        screen("entry-search", Start::Entry(Kind::Concern), "enter f"),
        screen(
            "entry-search-words",
            Start::Entry(Kind::Concern),
            "enter f (words) enter",
        ),
    ]
}

/// What there is of each kind: the entry read whole, the forms to add and to change it.
fn of_kind(kind: Kind) -> Vec<Screen> {
    let word = kind.word();
    let mut letters = BINDINGS.iter().filter(|row| row.scope == Scope::Add);
    let letter = letters.find(|row| row.action == Action::AddKind(kind));
    let letter = letter.unwrap().keys.first().unwrap();
    let page = |name: &str, keys: &str| screen(&format!("{name}-{word}"), Start::Page, keys);
    let entry =
        |name: &str, keys: &str| screen(&format!("{name}-{word}"), Start::Entry(kind), keys);
    let mut all = vec![
        page("add", &format!("a {letter}")),
        page(
            "add-words",
            &format!("a {letter} (words) tab (words) tab (words)"),
        ),
        page("add-page-2", &format!("a {letter} shift-tab (words)")),
        entry("entry", "enter"),
        entry("edit", "e"),
        entry("edit-page-2", "e shift-tab"),
    ];
    if matches!(
        kind,
        Kind::Promise | Kind::Concern | Kind::Negotiation | Kind::Deal
    ) {
        all.push(entry("close", "c"));
    }
    all
}

fn forms() -> Vec<Screen> {
    let page = |name: &str, keys: &str| screen(name, Start::Page, keys);
    let promise = |name: &str, keys: &str| screen(name, Start::Entry(Kind::Promise), keys);
    vec![
        screen("first", Start::First, ""),
        screen("first-words", Start::First, "(words)"),
        screen("first-asks", Start::First, "(words) esc"),
        screen("new-customer", Start::List, "n"),
        screen("new-customer-words", Start::List, "n (words) tab (words)"),
        screen("new-customer-page-2", Start::List, "n shift-tab"),
        page("head", "esc e"),
        page("head-page-2", "esc e shift-tab"),
        page("rename", "esc R"),
        page("rename-words", "esc R (words)"),
        promise("move", "R"),
        promise("move-words", "R (words)"),
        promise("move-offers", "R <a>"),
        page("form-offers", "a n <x> tab <p>"),
        page("form-offers-chosen", "a n <x> tab <p> down down"),
        page("form-date-read", "a p <x> tab <fri>"),
        page("form-date-not-read", "a p <x> tab (words)"),
        page("form-amount-read", "a d <x> tab <120000000000>"),
        page("form-asks", "a i (words) esc"),
        page("form-refused", "a c ctrl-s"),
        page(
            "form-note",
            "a i shift-tab (words) enter enter (words) (words) up home",
        ),
        screen("form-note-too-long", Start::TooLong, "e shift-tab"),
        page("form-saving", "").then(save_held),
        page("form-not-saved", "").then(|stage, content| {
            save_held(stage, content);
            let message = format!("main.toml: {}: chmod u+w it", content.words());
            refused(stage, message, None);
        }),
        page("form-note-find", "a i shift-tab (words) ctrl-f (words)"),
        promise("form-both-sides", "e (words)").then(|stage, content| {
            let value = |text: &str| Some(Value::text(text));
            let words = content.words();
            let conflict = Conflict {
                field: "what".to_owned(),
                base: value("before"),
                ours: value(words),
                theirs: value(&format!("{words} {words}")),
            };
            stage.hold().keys("ctrl-s");
            refused(
                stage,
                words.to_owned(),
                Some(Obstacle::Fields(vec![conflict])),
            );
        }),
        promise("form-entry-gone", "e (words)").then(|stage, content| {
            stage.hold().keys("ctrl-s");
            refused(stage, content.words().to_owned(), Some(Obstacle::Gone));
        }),
        page("form-moved-on", "a i (words)").then(|stage, _| {
            let (journal, problems) = (stage.app.journal.clone(), stage.app.problems.clone());
            let customers = vec![MAIN.to_owned()];
            stage.tell(Msg::Changed {
                journal,
                problems,
                customers,
            });
        }),
    ]
}

/// The save that is asked for is answered with a no.
fn refused(stage: &mut Stage, message: String, obstacle: Option<Obstacle>) {
    let ticket = stage.effects().iter().find_map(|effect| match effect {
        Effect::Save { ticket, .. } => Some(*ticket),
        _ => None,
    });
    stage.tell(Msg::NotSaved {
        ticket: ticket.unwrap(),
        message,
        obstacle,
    });
}

fn save_held(stage: &mut Stage, content: Content) {
    stage.keys("a i").paste(content.words());
    stage.hold().keys("enter");
}

fn dialogs() -> Vec<Screen> {
    let list = |name: &str, keys: &str| screen(name, Start::List, keys);
    let page = |name: &str, keys: &str| screen(name, Start::Page, keys);
    let call = |name: &str, keys: &str| screen(name, Start::Entry(Kind::Interaction), keys);
    vec![
        page("add-menu", "a"),
        page("copy-menu", "y"),
        page("brief", "b"),
        page("brief-end", "b G"),
        call("confirm-remove", "D"),
        list("snooze", "1 z"),
        list("snooze-day", "1 z <2w>"),
        list("snooze-words", "1 z (words)"),
        list("snooze-refused", "1 z (words) enter"),
        list("help-today", "1 ?"),
        list("palette-today", "1 :"),
        list("help-list", "?"),
        page("help-page", "?"),
        page("help-page-end", "? G"),
        call("help-entry", "enter ?"),
        list("palette-list", ":"),
        page("palette-page", ":"),
        list("palette-letters", ": <a>"),
        list("palette-words", ": (words)"),
        list("palette-nothing", ": <zzzz>"),
        list("palette-end", ": up"),
        list("problems-none", "!"),
        screen("problems", Start::Broken, "!"),
        screen("problems-end", Start::Broken, "! G"),
        page("offer", "a i (words) tab (words)").then(|stage, _| offer(stage)),
        page("offer-asks", "a i (words)").then(|stage, _| {
            offer(stage);
            stage.keys("D");
        }),
    ]
}

/// The words in the form are not saved, and found at the next start.
fn offer(stage: &mut Stage) {
    let Some(Keeping::Keep(draft)) = stage.drafts().last() else {
        panic!("no draft in {:?}", stage.drafts());
    };
    let found = KeptDraft {
        id: "lost".to_owned(),
        when: "2026-11-20T17:41:03+09:00".to_owned(),
        draft: (**draft).clone(),
    };
    stage.keys("esc");
    if stage.app.scopes().contains(&Scope::Form) {
        stage.keys("esc");
    }
    stage.keys("y").tell(Msg::Drafts(vec![found]));
}

fn messages() -> Vec<Screen> {
    let page = |name: &str, keys: &str| screen(name, Start::Page, keys);
    let list = |name: &str, keys: &str| screen(name, Start::List, keys);
    vec![
        list("notice-mouse", "ctrl-g"),
        list("notice-end-of-places", "ctrl-o"),
        screen("notice-copied", Start::Entry(Kind::Concern), "y f"),
        list("notice-words", "").then(|stage, content| {
            stage.tell(Msg::Notice(content.words().to_owned()));
        }),
        list("notice-long", "").then(|stage, content| {
            stage.tell(Msg::Notice([content.words(); 40].join("\n")));
        }),
        page("notice-saved", "a i (words) enter enter").writes(),
        page("notice-undone", "a i (words) enter enter u").writes(),
    ]
}
