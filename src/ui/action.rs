//! What keys do: the actions, and their names in the config file.

use super::widgets::list::Move;
use crate::model::kind::Kind;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the program; asks nothing, as nothing is unsaved outside of forms.
    Quit,
    /// The keys of this place.
    Help,
    /// The screen of today.
    TodayScreen,
    /// The customers screen.
    Customers,
    /// The timeline screen.
    Timeline,
    /// The playbook screen.
    Playbook,
    /// The playbook, as it fits this customer.
    PlaybookOf,
    /// What lies behind a row, below it.
    Unfold,
    /// The problems of the journal.
    Problems,
    /// Find what can be done here, or a customer.
    Palette,
    /// Listen to the mouse, or leave it to the terminal.
    Mouse,
    /// The line between list and page to the left.
    DividerLeft,
    /// The line between list and page to the right.
    DividerRight,
    /// The place that was opened before this one.
    JumpBack,
    /// The place from which one went back.
    JumpForth,
    /// Take back the newest change.
    Undo,
    /// Do again what was taken back.
    Redo,
    /// Read all files again.
    Reload,
    /// Stop until `fg`.
    Suspend,
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// Ten rows down.
    TenDown,
    /// Ten rows up.
    TenUp,
    /// A screenful down.
    PageDown,
    /// A screenful up.
    PageUp,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Deeper: the customer, the entry.
    Open,
    /// Back, or out of the program's innermost place.
    Back,
    /// Narrow the list as you type.
    Filter,
    /// Show everything again.
    ClearFilter,
    /// Search everything.
    Search,
    /// Go on with the word that is typed.
    Complete,
    /// The way to go on before.
    CompleteBack,
    /// What was looked for before.
    Recall,
    /// By customer, or one below the other.
    Group,
    /// A timeline of all that was found.
    AsTimeline,
    /// The next place where they stand.
    NextHit,
    /// The place before.
    PrevHit,
    /// Sort by the next order.
    Sort,
    /// The timeline of this customer alone; of all again.
    OnlyThis,
    /// Lanes, a row per customer, or the list.
    Lanes,
    /// The cell to the left.
    CellBefore,
    /// The cell to the right.
    CellAfter,
    /// A row stands for more time.
    ZoomOut,
    /// A row stands for less time.
    ZoomIn,
    /// The period before.
    Earlier,
    /// The period behind.
    Later,
    /// A longer period, in the end all of time.
    LongerPeriod,
    /// A shorter period.
    ShorterPeriod,
    /// To today.
    Today,
    /// To a day that is typed.
    GoToDay,
    /// A new customer.
    New,
    /// Add something to this customer; a letter follows.
    Add,
    /// Add an entry of this kind.
    AddKind(Kind),
    /// Change what is selected.
    Edit,
    /// Open the file in the editor, at the line.
    Editor,
    /// Close what is open: a promise kept, a concern answered, a deal decided.
    Close,
    /// Do what a reason asks for.
    Act,
    /// Make a reason quiet until a day.
    Snooze,
    /// Make a reason quiet until something newer is written.
    Dismiss,
    /// Rename or move.
    Rename,
    /// Remove, after a question.
    Remove,
    /// Open a mail address or link of what is selected.
    Visit,
    /// Copy something of what is selected; a letter follows.
    Copy,
    /// Copy the text as the file has it.
    CopyText,
    /// Copy the main field.
    CopyMain,
    /// Copy file and line.
    CopyPlace,
    /// Copy what a reference is written as.
    CopyReference,
    /// Copy mail addresses and links.
    CopyAddresses,
    /// The tab to the right.
    NextTab,
    /// The tab to the left.
    PrevTab,
    /// Save the form.
    Save,
    /// The next field.
    NextField,
    /// The field before.
    PrevField,
    /// The day before, in a calendar.
    DayBefore,
    /// The day after, in a calendar.
    DayAfter,
    /// Look for something in the text.
    Find,
    /// Take what the file says.
    TakeTheirs,
    /// Keep what is typed.
    KeepMine,
    /// Take what the file says and what is typed.
    TakeBoth,
    /// Commit, fetch, merge and push, after a question.
    Sync,
    /// What both sides of a merge changed, to be decided.
    Clashes,
    /// What it was before, and who changed it.
    Past,
    /// What to know before a call.
    Brief,
    /// Yes.
    Yes,
    /// No; nothing happens.
    No,
}

impl Action {
    /// Its name in the config file.
    #[expect(clippy::too_many_lines, reason = "a table: one line an action")]
    pub fn name(self) -> &'static str {
        match self {
            Action::Quit => "quit",
            Action::Help => "help",
            Action::TodayScreen => "today-screen",
            Action::Customers => "customers",
            Action::Timeline => "timeline",
            Action::Playbook => "playbook",
            Action::PlaybookOf => "playbook-of",
            Action::Unfold => "unfold",
            Action::Problems => "problems",
            Action::Undo => "undo",
            Action::Redo => "redo",
            Action::Reload => "reload",
            Action::Suspend => "suspend",
            Action::Down => "down",
            Action::Up => "up",
            Action::TenDown => "ten-down",
            Action::TenUp => "ten-up",
            Action::PageDown => "page-down",
            Action::PageUp => "page-up",
            Action::First => "first",
            Action::Last => "last",
            Action::Open => "open",
            Action::Back => "back",
            Action::Filter => "filter",
            Action::ClearFilter => "clear-filter",
            Action::Search => "search",
            Action::Complete => "complete",
            Action::CompleteBack => "complete-back",
            Action::Recall => "recall",
            Action::Group => "group",
            Action::AsTimeline => "as-timeline",
            Action::NextHit => "next-hit",
            Action::PrevHit => "previous-hit",
            Action::Sort => "sort",
            Action::OnlyThis => "only-this",
            Action::Lanes => "lanes",
            Action::CellBefore => "cell-before",
            Action::CellAfter => "cell-after",
            Action::ZoomOut => "zoom-out",
            Action::ZoomIn => "zoom-in",
            Action::Earlier => "earlier",
            Action::Later => "later",
            Action::LongerPeriod => "longer-period",
            Action::ShorterPeriod => "shorter-period",
            Action::Today => "today",
            Action::GoToDay => "go-to-day",
            Action::New => "new",
            Action::Add => "add",
            Action::AddKind(kind) => kind.word(),
            Action::Edit => "edit",
            Action::Editor => "editor",
            Action::Close => "close",
            Action::Act => "act",
            Action::Snooze => "snooze",
            Action::Dismiss => "dismiss",
            Action::Rename => "rename",
            Action::Remove => "remove",
            Action::NextTab => "next-tab",
            Action::PrevTab => "previous-tab",
            Action::Save => "save",
            Action::NextField => "next-field",
            Action::PrevField => "previous-field",
            Action::DayBefore => "day-before",
            Action::DayAfter => "day-after",
            Action::Find => "find",
            Action::TakeTheirs => "theirs",
            Action::KeepMine => "mine",
            Action::TakeBoth => "both",
            Action::Sync => "sync",
            Action::Clashes => "clashes",
            Action::Past => "past",
            Action::Brief => "brief",
            Action::Yes => "yes",
            Action::No => "no",
            Action::Palette => "palette",
            Action::Mouse => "mouse",
            Action::DividerLeft => "divider-left",
            Action::DividerRight => "divider-right",
            Action::JumpBack => "jump-back",
            Action::JumpForth => "jump-forth",
            Action::Visit => "visit",
            Action::Copy => "copy",
            Action::CopyText => "copy-text",
            Action::CopyMain => "copy-main",
            Action::CopyPlace => "copy-place",
            Action::CopyReference => "copy-reference",
            Action::CopyAddresses => "copy-addresses",
        }
    }

    /// The move over rows that it is, if it is one.
    pub fn as_move(self) -> Option<Move> {
        Some(match self {
            Action::Down => Move::Down,
            Action::Up => Move::Up,
            Action::TenDown => Move::TenDown,
            Action::TenUp => Move::TenUp,
            Action::PageDown => Move::PageDown,
            Action::PageUp => Move::PageUp,
            Action::First => Move::First,
            Action::Last => Move::Last,
            _ => return None,
        })
    }
}
