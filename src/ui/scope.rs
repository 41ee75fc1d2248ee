//! The places in which keys mean something: their headings, and their names in the config file.

/// Where a key means something. Inner scopes are asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere outside of text fields.
    Global,
    /// Anything with rows to move over.
    Rows,
    /// Whom to turn to today.
    Today,
    /// The list of customers.
    Customers,
    /// The page of one customer.
    Page,
    /// One entry, read whole.
    Entry,
    /// The timeline of all customers.
    Timeline,
    /// The lanes of the timeline.
    Lanes,
    /// The playbook.
    Playbook,
    /// The search over everything.
    Search,
    /// Anything that lies in time: the timeline, and the first tab of a page.
    Time,
    /// The letter behind `a`.
    Add,
    /// The letter behind `y`.
    Copy,
    /// A form.
    Form,
    /// A text of many lines in a form.
    Note,
    /// The search in a text of many lines.
    Find,
    /// What both sides say of a field, in a form whose save was refused.
    Sides,
    /// A line that is typed into: a filter, or what is looked for.
    Line,
    /// The command palette.
    Palette,
    /// A question with yes or no.
    Confirm,
    /// Something to read and close.
    Reader,
    /// The problems of the journal.
    Problems,
    /// A draft that was found.
    Offer,
    /// A day to go to.
    Day,
    /// The day until which a reason is quiet.
    Snooze,
    /// The question before a sync.
    Sync,
    /// What both sides of a merge changed.
    Clashes,
    /// A value that is typed, of one line.
    Value,
    /// What an entry was before.
    Past,
    /// The brief of a customer.
    Brief,
}

impl Scope {
    /// The heading of its keys.
    pub fn title(self) -> &'static str {
        match self {
            Scope::Global => "Everywhere",
            Scope::Rows => "In every list",
            Scope::Today => "Today",
            Scope::Customers => "Customers",
            Scope::Page => "A customer's page",
            Scope::Entry => "An entry",
            Scope::Timeline => "The timeline",
            Scope::Lanes => "The lanes",
            Scope::Playbook => "The playbook",
            Scope::Search => "The search",
            Scope::Time => "In time",
            Scope::Add => "Behind a",
            Scope::Copy => "Behind y",
            Scope::Form => "In a form",
            Scope::Note => "In a text of many lines",
            Scope::Find => "In the search of a text",
            Scope::Sides => "Where both sides changed a field",
            Scope::Line => "In a filter or search",
            Scope::Palette => "Behind :",
            Scope::Confirm => "At a question",
            Scope::Reader => "Help",
            Scope::Problems => "Problems",
            Scope::Offer => "Words not saved",
            Scope::Day => "Behind @",
            Scope::Snooze => "Behind z",
            Scope::Sync => "Behind S",
            Scope::Clashes => "What both sides of a merge changed",
            Scope::Value => "In a value that is typed",
            Scope::Past => "Behind H",
            Scope::Brief => "Behind b",
        }
    }

    /// Its name in the config file.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::Rows => "rows",
            Scope::Today => "today",
            Scope::Customers => "customers",
            Scope::Page => "page",
            Scope::Entry => "entry",
            Scope::Timeline => "timeline",
            Scope::Lanes => "lanes",
            Scope::Playbook => "playbook",
            Scope::Search => "search",
            Scope::Time => "time",
            Scope::Add => "add",
            Scope::Form => "form",
            Scope::Note => "note",
            Scope::Find => "find",
            Scope::Sides => "sides",
            Scope::Line => "filter",
            Scope::Confirm => "question",
            Scope::Reader => "reader",
            Scope::Offer => "offer",
            Scope::Day => "day",
            Scope::Snooze => "snooze",
            Scope::Sync => "sync",
            Scope::Clashes => "clashes",
            Scope::Value => "value",
            Scope::Past => "past",
            Scope::Brief => "brief",
            Scope::Copy => "copy",
            Scope::Palette => "palette",
            Scope::Problems => "problems",
        }
    }

    /// Whether letters are typed into a text there.
    pub fn takes_text(self) -> bool {
        match self {
            Scope::Form
            | Scope::Note
            | Scope::Find
            | Scope::Line
            | Scope::Palette
            | Scope::Search
            | Scope::Value
            | Scope::Snooze
            | Scope::Day => true,
            Scope::Global
            | Scope::Rows
            | Scope::Today
            | Scope::Customers
            | Scope::Page
            | Scope::Entry
            | Scope::Timeline
            | Scope::Lanes
            | Scope::Playbook
            | Scope::Time
            | Scope::Add
            | Scope::Copy
            | Scope::Confirm
            | Scope::Sides
            | Scope::Sync
            | Scope::Clashes
            | Scope::Past
            | Scope::Brief
            | Scope::Reader
            | Scope::Offer
            | Scope::Problems => false,
        }
    }
}
