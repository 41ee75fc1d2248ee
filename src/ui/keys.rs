//! The key table: one row a key. Lookup, the footer, `?`, the README's table and `docs/keys.md`
//! are all made from it; [`super::keymap`] puts a person's own keys in.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use super::action::Action;
pub use super::scope::Scope;
use crate::model::kind::Kind;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// The keys, the one that is shown first.
    pub keys: &'static [&'static str],
    /// What they do.
    pub action: Action,
    /// What they do, in a few words.
    pub help: &'static str,
    /// A word for the footer; empty: not in the footer.
    pub footer: &'static str,
}

const fn row(
    scope: Scope,
    keys: &'static [&'static str],
    action: Action,
    help: &'static str,
    footer: &'static str,
) -> Binding {
    Binding {
        scope,
        keys,
        action,
        help,
        footer,
    }
}

/// Every key of the program.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Scope::Rows, &["j", "down"], Action::Down, "one row down", ""),
    row(Scope::Rows, &["k", "up"], Action::Up, "one row up", ""),
    row(Scope::Rows, &["J"], Action::TenDown, "ten rows down", ""),
    row(Scope::Rows, &["K"], Action::TenUp, "ten rows up", ""),
    row(Scope::Rows, &["pgdn", "ctrl-f"], Action::PageDown, "a screenful down", ""),
    row(Scope::Rows, &["pgup", "ctrl-b"], Action::PageUp, "a screenful up", ""),
    row(Scope::Rows, &["g", "home"], Action::First, "the first row", ""),
    row(Scope::Rows, &["G", "end"], Action::Last, "the last row", ""),

    row(Scope::Today, &["enter", "l", "right"], Action::Open, "the entry that the reason rests on, else the customer's page", "open"),
    row(Scope::Today, &["c"], Action::Act, "do what the reason asks for: keep, answer, log, check in", "do"),
    row(Scope::Today, &["a"], Action::Add, "add to this customer: a letter follows", "add"),
    row(Scope::Today, &["b"], Action::Brief, "what to know before a call, on one screen", "brief"),
    row(Scope::Today, &["z"], Action::Snooze, "make the reason quiet until a day: it is typed", "snooze"),
    row(Scope::Today, &["x"], Action::Dismiss, "make the reason quiet until something newer is written about it", "dismiss"),
    row(Scope::Today, &["tab", " "], Action::Unfold, "the other reasons of this customer, or away with them", ""),
    row(Scope::Today, &["e"], Action::Edit, "edit the entry, else the head of the file", ""),
    row(Scope::Today, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the entry", ""),
    row(Scope::Today, &["t"], Action::OnlyThis, "the timeline of this customer", ""),
    row(Scope::Today, &["n"], Action::New, "new customer", ""),
    row(Scope::Today, &["f"], Action::Filter, "narrow the list as you type", ""),
    row(Scope::Today, &["y"], Action::Copy, "copy something of the entry: a letter follows", ""),
    row(Scope::Today, &["H"], Action::Past, "what the entry was before, and who changed it", ""),
    row(Scope::Today, &["q"], Action::Quit, "quit", ""),
    row(Scope::Today, &["esc", "h", "left"], Action::Back, "fold the customer's reasons, then clear the filter", ""),

    row(Scope::Customers, &["enter", "l", "right"], Action::Open, "the customer's page", "open"),
    row(Scope::Customers, &["a"], Action::Add, "add to this customer: a letter follows", "add"),
    row(Scope::Customers, &["n"], Action::New, "new customer", "new"),
    row(Scope::Customers, &["b"], Action::Brief, "what to know before a call, on one screen", "brief"),
    row(Scope::Customers, &["f"], Action::Filter, "narrow the list as you type", "filter"),
    row(Scope::Customers, &["s"], Action::Sort, "sort by attention, name, last touch, value", "sort"),
    row(Scope::Customers, &["e"], Action::Edit, "edit what stands at the head of the file", ""),
    row(Scope::Customers, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR", ""),
    row(Scope::Customers, &["y"], Action::Copy, "copy something of the customer: a letter follows", ""),
    row(Scope::Customers, &["o"], Action::Visit, "open a mail address or link of the customer", ""),
    row(Scope::Customers, &["H"], Action::Past, "what the head of the file was before, and who changed it", ""),
    row(Scope::Customers, &["R"], Action::Rename, "rename the file, or move it to a folder", ""),
    row(Scope::Customers, &["q"], Action::Quit, "quit", ""),
    row(Scope::Customers, &["t"], Action::OnlyThis, "the timeline of this customer", ""),
    row(Scope::Customers, &["p"], Action::PlaybookOf, "the playbook, as it fits this customer", ""),
    row(Scope::Customers, &["esc", "h", "left"], Action::Back, "clear the filter", ""),

    row(Scope::Page, &["enter", "l", "right"], Action::Open, "read the entry whole", "open"),
    row(Scope::Page, &["a"], Action::Add, "add to this customer: a letter follows", "add"),
    row(Scope::Page, &["e"], Action::Edit, "edit the entry", "edit"),
    row(Scope::Page, &["c"], Action::Close, "close what is open: kept, answered, decided", "close"),
    row(Scope::Page, &["b"], Action::Brief, "what to know before a call, on one screen", "brief"),
    row(Scope::Page, &["]", "tab"], Action::NextTab, "the next tab", "tab"),
    row(Scope::Page, &["[", "shift-tab"], Action::PrevTab, "the tab before", ""),
    row(Scope::Page, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the entry", ""),
    row(Scope::Page, &["y"], Action::Copy, "copy something of the entry: a letter follows", ""),
    row(Scope::Page, &["o"], Action::Visit, "open a mail address or link of the entry", ""),
    row(Scope::Page, &["H"], Action::Past, "what the entry was before, and who changed it", ""),
    row(Scope::Page, &["R"], Action::Rename, "move the entry to another customer", ""),
    row(Scope::Page, &["D"], Action::Remove, "remove the entry, after a question", ""),
    row(Scope::Page, &["f"], Action::Filter, "narrow the list as you type", ""),
    row(Scope::Page, &["t"], Action::OnlyThis, "the timeline of this customer", ""),
    row(Scope::Page, &["p"], Action::PlaybookOf, "the playbook, as it fits this customer", ""),
    row(Scope::Page, &["esc", "h", "left", "q"], Action::Back, "back to the customers", "back"),

    row(Scope::Entry, &["e"], Action::Edit, "edit the entry", "edit"),
    row(Scope::Entry, &["c"], Action::Close, "close what is open: kept, answered, decided", "close"),
    row(Scope::Entry, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the entry", "editor"),
    row(Scope::Entry, &["a"], Action::Add, "add to this customer: a letter follows", "add"),
    row(Scope::Entry, &["b"], Action::Brief, "what to know before a call, on one screen", ""),
    row(Scope::Entry, &["y"], Action::Copy, "copy something of the entry: a letter follows", "copy"),
    row(Scope::Entry, &["f"], Action::Find, "look for words in this entry", "find"),
    row(Scope::Entry, &["n"], Action::NextHit, "the next place where they stand", ""),
    row(Scope::Entry, &["N"], Action::PrevHit, "the place before", ""),
    row(Scope::Entry, &["o"], Action::Visit, "open a mail address or link of the entry", ""),
    row(Scope::Entry, &["H"], Action::Past, "what the entry was before, and who changed it", ""),
    row(Scope::Entry, &["R"], Action::Rename, "move the entry to another customer", ""),
    row(Scope::Entry, &["D"], Action::Remove, "remove the entry, after a question", "remove"),
    row(Scope::Entry, &["esc", "h", "left", "q", "enter"], Action::Back, "clear what was looked for, or back to the list", "back"),

    row(Scope::Timeline, &["enter", "l", "right"], Action::Open, "the entry, or what a row sums up", "open"),
    row(Scope::Timeline, &["esc", "h", "left"], Action::Back, "one level back, then clear the filter", ""),
    row(Scope::Timeline, &["f"], Action::Filter, "narrow it as you type: words, kind:call tag:osaka deal:web is:open", "filter"),
    row(Scope::Timeline, &["F"], Action::ClearFilter, "show everything again", ""),
    row(Scope::Timeline, &["t"], Action::OnlyThis, "this customer alone; all of them again", "one or all"),
    row(Scope::Timeline, &["v"], Action::Lanes, "lanes: a row per customer, a cell per month", "lanes"),
    row(Scope::Timeline, &["a"], Action::Add, "add to this customer, on the selected day: a letter follows", "add"),
    row(Scope::Timeline, &["b"], Action::Brief, "what to know before a call, on one screen", "brief"),
    row(Scope::Timeline, &["e"], Action::Edit, "edit the entry", ""),
    row(Scope::Timeline, &["c"], Action::Close, "close what is open: kept, answered, decided", ""),
    row(Scope::Timeline, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the entry", ""),
    row(Scope::Timeline, &["y"], Action::Copy, "copy something of the entry: a letter follows", ""),
    row(Scope::Timeline, &["H"], Action::Past, "what the entry was before, and who changed it", ""),
    row(Scope::Timeline, &["R"], Action::Rename, "move the entry to another customer", ""),
    row(Scope::Timeline, &["D"], Action::Remove, "remove the entry, after a question", ""),
    row(Scope::Timeline, &["q"], Action::Quit, "quit", ""),

    row(Scope::Lanes, &["enter"], Action::Open, "what happened there", "open"),
    row(Scope::Lanes, &["h", "left"], Action::CellBefore, "the cell before", "before"),
    row(Scope::Lanes, &["l", "right"], Action::CellAfter, "the cell behind", "behind"),
    row(Scope::Lanes, &["f"], Action::Filter, "narrow them as you type: words, kind:call tag:osaka deal:web is:open", "filter"),
    row(Scope::Lanes, &["F"], Action::ClearFilter, "show everything again", ""),
    row(Scope::Lanes, &["a"], Action::Add, "add to this customer: a letter follows", ""),
    row(Scope::Lanes, &["b"], Action::Brief, "what to know before a call, on one screen", ""),
    row(Scope::Lanes, &["v", "esc"], Action::Lanes, "back to the list", "list"),
    row(Scope::Lanes, &["q"], Action::Quit, "quit", ""),

    row(Scope::Playbook, &["enter", "l", "right"], Action::Open, "what the row rests on: the newest entry, or the customer", "open"),
    row(Scope::Playbook, &[" "], Action::Unfold, "the words behind the row, below it; again: no more", "words"),
    row(Scope::Playbook, &["]", "tab"], Action::NextTab, "the next tab", "tab"),
    row(Scope::Playbook, &["[", "shift-tab"], Action::PrevTab, "the tab before", ""),
    row(Scope::Playbook, &["f"], Action::Filter, "narrow it as you type", "filter"),
    row(Scope::Playbook, &["p"], Action::OnlyThis, "as it fits this customer; all of it again", "one or all"),
    row(Scope::Playbook, &["a"], Action::Add, "add to this customer: a letter follows", ""),
    row(Scope::Playbook, &["e"], Action::Edit, "edit what the row rests on", ""),
    row(Scope::Playbook, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the entry", ""),
    row(Scope::Playbook, &["y"], Action::Copy, "copy something of it: a letter follows", ""),
    row(Scope::Playbook, &["esc", "h", "left"], Action::Back, "clear the filter, then back to the customer or to all of it", ""),
    row(Scope::Playbook, &["q"], Action::Quit, "quit", ""),

    row(Scope::Search, &["enter"], Action::Open, "open what was found", "open"),
    row(Scope::Search, &["down", "ctrl-n"], Action::Down, "one row down", ""),
    row(Scope::Search, &["up", "ctrl-p"], Action::Up, "one row up; from the first one the query before", ""),
    row(Scope::Search, &["pgdn"], Action::PageDown, "a screenful down", ""),
    row(Scope::Search, &["pgup"], Action::PageUp, "a screenful up", ""),
    row(Scope::Search, &["tab"], Action::Complete, "go on with the word: a field, its values, words of the journal; again: the next", "complete"),
    row(Scope::Search, &["shift-tab"], Action::CompleteBack, "the way to go on before", ""),
    row(Scope::Search, &["ctrl-r"], Action::Recall, "the query before; behind the oldest what was typed", ""),
    row(Scope::Search, &["ctrl-o"], Action::OnlyThis, "only what was found of this customer; of all of them again", ""),
    row(Scope::Search, &["ctrl-g"], Action::Group, "by customer, or the best first", "group"),
    row(Scope::Search, &["ctrl-t"], Action::AsTimeline, "a timeline of all that was found", "timeline"),
    row(Scope::Search, &["ctrl-b"], Action::Brief, "what to know before a call, on one screen", ""),
    row(Scope::Search, &["ctrl-x"], Action::Copy, "copy something of what was found: a letter follows", ""),
    row(Scope::Search, &["ctrl-v"], Action::Editor, "open the file in $VISUAL or $EDITOR, at the line", ""),
    row(Scope::Search, &["esc", "ctrl-c"], Action::Back, "back to where you were", "back"),
    row(Scope::Search, &["ctrl-l"], Action::Palette, "find what can be done here, also the keys of this place", "more"),

    row(Scope::Time, &["z"], Action::ZoomOut, "a row stands for more: day, week, month, quarter, year", "zoom"),
    row(Scope::Time, &["Z"], Action::ZoomIn, "a row stands for less", ""),
    row(Scope::Time, &["s"], Action::Sort, "the newest or the oldest first; in lanes the next order", ""),
    row(Scope::Time, &["<"], Action::Earlier, "the period before, at first the month of the selected row; in lanes a screenful back", "earlier"),
    row(Scope::Time, &[">"], Action::Later, "the period behind; in lanes a screenful on", ""),
    row(Scope::Time, &["-"], Action::ShorterPeriod, "a shorter period", ""),
    row(Scope::Time, &["+", "="], Action::LongerPeriod, "a longer period, in the end all of time", ""),
    row(Scope::Time, &["T"], Action::Today, "today", ""),
    row(Scope::Time, &["@"], Action::GoToDay, "a day: typed, or chosen in a calendar", ""),

    row(Scope::Add, &["i"], Action::AddKind(Kind::Interaction), "interaction: a call, a mail, a meeting", ""),
    row(Scope::Add, &["c"], Action::AddKind(Kind::Concern), "concern: a worry you heard", ""),
    row(Scope::Add, &["n"], Action::AddKind(Kind::Negotiation), "negotiation: asked, given, got", ""),
    row(Scope::Add, &["w"], Action::AddKind(Kind::WinLose), "win-lose: who won, who paid", ""),
    row(Scope::Add, &["p"], Action::AddKind(Kind::Promise), "promise: theirs or ours", ""),
    row(Scope::Add, &["k"], Action::AddKind(Kind::CheckIn), "check-in: how satisfied they are", ""),
    row(Scope::Add, &["f"], Action::AddKind(Kind::Fact), "fact: something you know now", ""),
    row(Scope::Add, &["h"], Action::AddKind(Kind::Change), "change: in your own service", ""),
    row(Scope::Add, &["d"], Action::AddKind(Kind::Deal), "deal", ""),
    row(Scope::Add, &["o"], Action::AddKind(Kind::Contact), "contact", ""),
    row(Scope::Add, &["esc", "q", "ctrl-c"], Action::Back, "add nothing", "back"),

    row(Scope::Copy, &["y"], Action::CopyText, "the text as the file has it", ""),
    row(Scope::Copy, &["f"], Action::CopyMain, "the main field, or the customer's name", ""),
    row(Scope::Copy, &["p"], Action::CopyPlace, "file and line", ""),
    row(Scope::Copy, &["i"], Action::CopyReference, "the reference: customer:kind.key", ""),
    row(Scope::Copy, &["o"], Action::CopyAddresses, "mail addresses and links", ""),
    row(Scope::Copy, &["esc", "q", "ctrl-c"], Action::Back, "copy nothing", "back"),

    row(Scope::Form, &["enter", "ctrl-s"], Action::Save, "save", "save"),
    row(Scope::Form, &["tab", "down"], Action::NextField, "the next field, or the next offered word", "next field"),
    row(Scope::Form, &["shift-tab", "up"], Action::PrevField, "the field before, or the offered word before", ""),
    row(Scope::Form, &["esc", "ctrl-c"], Action::Back, "close; asks where something was typed", "close"),

    row(Scope::Note, &["ctrl-s"], Action::Save, "save; Enter is a new line", "save"),
    row(Scope::Note, &["tab"], Action::NextField, "the next field", "next field"),
    row(Scope::Note, &["shift-tab"], Action::PrevField, "the field before", ""),
    row(Scope::Note, &["ctrl-f"], Action::Find, "find something in the text", "find"),
    row(Scope::Note, &["esc", "ctrl-c"], Action::Back, "close; asks where something was typed", "close"),

    row(Scope::Find, &["enter"], Action::Open, "go on writing where it was found", "stay"),
    row(Scope::Find, &["down", "ctrl-n"], Action::Down, "the next place where it is found", "next"),
    row(Scope::Find, &["up", "ctrl-p"], Action::Up, "the place before", "before"),
    row(Scope::Find, &["esc", "ctrl-c"], Action::Back, "back to where the caret was", "back"),

    row(Scope::Sides, &["t"], Action::TakeTheirs, "take what the file says", "the file's"),
    row(Scope::Sides, &["m"], Action::KeepMine, "keep what you typed", "mine"),
    row(Scope::Sides, &["b"], Action::TakeBoth, "take both, the file's words first", "both"),
    row(Scope::Sides, &["e"], Action::Edit, "back to the field, to type what shall count", "edit"),
    row(Scope::Sides, &["tab", "]", "n"], Action::NextField, "the next field that both sides changed", ""),
    row(Scope::Sides, &["shift-tab", "[", "p"], Action::PrevField, "the one before", ""),
    row(Scope::Sides, &["esc", "q", "ctrl-c"], Action::Back, "back to the form, with every word in it", "back"),

    row(Scope::Line, &["enter", "down"], Action::Open, "keep it and go on below", "keep"),
    row(Scope::Line, &["esc", "ctrl-c"], Action::Back, "clear it", "clear"),

    row(Scope::Palette, &["enter"], Action::Open, "do it", "do it"),
    row(Scope::Palette, &["down", "tab", "ctrl-n"], Action::Down, "one row down", "down"),
    row(Scope::Palette, &["up", "shift-tab", "ctrl-p"], Action::Up, "one row up", ""),
    row(Scope::Palette, &["esc", "ctrl-c"], Action::Back, "close", "close"),

    row(Scope::Confirm, &["y"], Action::Yes, "yes", "yes"),
    row(Scope::Confirm, &["n", "esc", "q", "ctrl-c"], Action::No, "no, change nothing", "no"),

    row(Scope::Reader, &["f"], Action::Find, "look for words in this text", "find"),
    row(Scope::Reader, &["n"], Action::NextHit, "the next place where they stand", ""),
    row(Scope::Reader, &["N"], Action::PrevHit, "the place before", ""),
    row(Scope::Reader, &["esc", "q", "?", "enter", "ctrl-c"], Action::Back, "close", "close"),

    row(Scope::Problems, &["enter", "l", "right", "E"], Action::Open, "open the file in $VISUAL or $EDITOR, at the line", "to the line"),
    row(Scope::Problems, &["esc", "q", "!", "h", "left", "ctrl-c"], Action::Back, "close", "close"),
    row(Scope::Offer, &["enter", "y"], Action::Yes, "open the form with the words in it", "open"),
    row(Scope::Offer, &["a"], Action::Add, "add the words as a new entry, where theirs is gone", ""),
    row(Scope::Offer, &["D"], Action::Remove, "throw them away, after a second question", "throw away"),
    row(Scope::Offer, &["n", "esc", "q", "ctrl-c"], Action::Back, "not now: they are offered again at the next start", "not now"),

    row(Scope::Day, &["enter"], Action::Open, "go to the day", "go"),
    row(Scope::Day, &["down", "ctrl-n"], Action::Down, "a week later", "a week later"),
    row(Scope::Day, &["up", "ctrl-p"], Action::Up, "a week earlier", ""),
    row(Scope::Day, &["right"], Action::DayAfter, "a day later, while nothing is typed", ""),
    row(Scope::Day, &["left"], Action::DayBefore, "a day earlier, while nothing is typed", ""),
    row(Scope::Day, &["pgdn"], Action::PageDown, "a month later", "a month later"),
    row(Scope::Day, &["pgup"], Action::PageUp, "a month earlier", ""),
    row(Scope::Day, &["esc", "ctrl-c"], Action::Back, "close", "close"),

    row(Scope::Snooze, &["enter"], Action::Save, "quiet until that day; nothing typed is a week", "quiet until then"),
    row(Scope::Snooze, &["esc", "ctrl-c"], Action::Back, "back; it is not made quiet", "back"),

    row(Scope::Sync, &["enter"], Action::Yes, "go: commit, fetch, merge, check, push, each step told", "go"),
    row(Scope::Sync, &["esc", "q", "n", "ctrl-c"], Action::Back, "back; nothing is done", "back"),

    row(Scope::Clashes, &["m"], Action::KeepMine, "keep what was written here", "keep ours"),
    row(Scope::Clashes, &["t"], Action::TakeTheirs, "take what came from elsewhere", "take theirs"),
    row(Scope::Clashes, &["b"], Action::TakeBoth, "take both, theirs first", "both"),
    row(Scope::Clashes, &["e"], Action::Edit, "type what shall count", "type"),
    row(Scope::Clashes, &["E"], Action::Editor, "open the file in $VISUAL or $EDITOR", ""),
    row(Scope::Clashes, &["tab", "]", "n"], Action::NextField, "the next one", ""),
    row(Scope::Clashes, &["shift-tab", "[", "p"], Action::PrevField, "the one before", ""),
    row(Scope::Clashes, &["esc", "q", "ctrl-c"], Action::Back, "later; what was decided is kept", "later"),

    row(Scope::Value, &["enter", "ctrl-s"], Action::Save, "this shall count", "take it"),
    row(Scope::Value, &["esc", "ctrl-c"], Action::Back, "back to both sides", "back"),

    row(Scope::Past, &["y"], Action::Copy, "copy what stood there before", "copy the old"),
    row(Scope::Past, &["esc", "q", "H", "h", "left", "enter", "ctrl-c"], Action::Back, "close", "close"),

    row(Scope::Brief, &["enter", "l", "right"], Action::Open, "the entry that the line rests on", "open"),
    row(Scope::Brief, &["esc", "b", "q", "h", "left", "ctrl-c"], Action::Back, "close", "close"),

    row(Scope::Global, &["1"], Action::TodayScreen, "whom to turn to today, and why", ""),
    row(Scope::Global, &["2"], Action::Customers, "the customers", ""),
    row(Scope::Global, &["3"], Action::Timeline, "the timeline of all customers", ""),
    row(Scope::Global, &["4"], Action::Playbook, "the playbook: what has worked", ""),
    row(Scope::Global, &["/"], Action::Search, "search everything that was ever written down", "search"),
    row(Scope::Global, &[":"], Action::Palette, "find what can be done here, or a customer, by name", ""),
    row(Scope::Global, &["ctrl-o"], Action::JumpBack, "back to the customer or entry that was open before", ""),
    row(Scope::Global, &["ctrl-n"], Action::JumpForth, "forth again", ""),
    row(Scope::Global, &["u"], Action::Undo, "undo, also what was done yesterday", ""),
    row(Scope::Global, &["U"], Action::Redo, "redo", ""),
    row(Scope::Global, &["S"], Action::Sync, "sync: commit, fetch, merge and push, after a question", ""),
    row(Scope::Global, &["C"], Action::Clashes, "what both sides of a merge changed, to be decided", ""),
    row(Scope::Global, &["ctrl-l"], Action::Reload, "read all files again, as git or an editor left them", ""),
    row(Scope::Global, &["!"], Action::Problems, "problems of the files, with cure, and from each to its line", ""),
    row(Scope::Global, &["?"], Action::Help, "the keys of this place", "help"),
    row(Scope::Global, &["ctrl-g"], Action::Mouse, "leave the mouse to the terminal, or listen to it again", ""),
    row(Scope::Global, &["("], Action::DividerLeft, "on a wide screen: a narrower list, a wider page", ""),
    row(Scope::Global, &[")"], Action::DividerRight, "on a wide screen: a wider list, a narrower page", ""),
    row(Scope::Global, &["ctrl-z"], Action::Suspend, "to the shell; fg comes back", ""),
    row(Scope::Global, &["ctrl-c"], Action::Quit, "quit", ""),
];

/// The name of a key as the table writes it; `None` for keys it never names.
///
/// Full-width letters, as an input method left on sends them, are named like their ASCII twins.
pub fn key_name(key: KeyEvent) -> Option<String> {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let name = match key.code {
        // AltGr arrives as Ctrl and Alt on Windows: then it is a character, not a command.
        KeyCode::Char(c) if ctrl && alt => narrow(c).to_string(),
        KeyCode::Char(c) if ctrl => format!("ctrl-{}", narrow(c).to_ascii_lowercase()),
        KeyCode::Char(_) if alt => return None,
        KeyCode::Char(c) => narrow(c).to_string(),
        KeyCode::Enter => "enter".to_owned(),
        KeyCode::Esc => "esc".to_owned(),
        KeyCode::BackTab => "shift-tab".to_owned(),
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => "shift-tab".to_owned(),
        KeyCode::Tab => "tab".to_owned(),
        KeyCode::Up => "up".to_owned(),
        KeyCode::Down => "down".to_owned(),
        KeyCode::Left => "left".to_owned(),
        KeyCode::Right => "right".to_owned(),
        KeyCode::PageUp => "pgup".to_owned(),
        KeyCode::PageDown => "pgdn".to_owned(),
        KeyCode::Home => "home".to_owned(),
        KeyCode::End => "end".to_owned(),
        _ => return None,
    };
    Some(name)
}

fn narrow(c: char) -> char {
    match c {
        '！'..='～' => u32::from(c)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        _ => c,
    }
}

/// A key as it is shown: `Enter`, `Ctrl-S`, `j`.
pub fn shown(key: &str) -> String {
    match key {
        "enter" => "Enter".to_owned(),
        "esc" => "Esc".to_owned(),
        "tab" => "Tab".to_owned(),
        "shift-tab" => "Shift-Tab".to_owned(),
        "up" | "down" | "left" | "right" | "home" | "end" => {
            let mut letters = key.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        }
        " " => "Space".to_owned(),
        "pgup" => "PgUp".to_owned(),
        "pgdn" => "PgDn".to_owned(),
        _ => match key.strip_prefix("ctrl-") {
            Some(letter) => format!("Ctrl-{}", letter.to_ascii_uppercase()),
            None => key.to_owned(),
        },
    }
}

/// The whole table as Markdown, for the README.
pub fn markdown() -> String {
    let mut text = String::from("| where | keys | what |\n|---|---|---|\n");
    for (place, keys, binding) in table() {
        text += &format!("| {place} | {keys} | {} |\n", binding.help);
    }
    text
}

/// The same with the name that the config file knows each row by, for `docs/keys.md`.
pub fn markdown_with_names() -> String {
    let mut text = String::from("| where | keys | what | name |\n|---|---|---|---|\n");
    for (place, keys, binding) in table() {
        let (scope, action) = (binding.scope.name(), binding.action.name());
        text += &format!(
            "| {place} | {keys} | {} | `{scope}.{action}` |\n",
            binding.help
        );
    }
    text
}

/// Each row with its place, where that is another one than before, and its keys.
fn table() -> impl Iterator<Item = (&'static str, String, &'static Binding)> {
    let mut last = None;
    BINDINGS.iter().map(move |binding| {
        let is_new = last != Some(binding.scope);
        last = Some(binding.scope);
        let keys = binding.keys.iter().map(|key| format!("`{}`", shown(key)));
        let place = if is_new { binding.scope.title() } else { "" };
        (place, keys.collect::<Vec<_>>().join(" "), binding)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for (at, binding) in BINDINGS.iter().enumerate() {
            for other in BINDINGS
                .iter()
                .skip(at + 1)
                .filter(|o| o.scope == binding.scope)
            {
                for key in binding.keys {
                    assert!(
                        !other.keys.contains(key),
                        "{key} twice in {:?}",
                        binding.scope
                    );
                }
            }
        }
    }
}
