//! Which fields a form has, what stands in them first, and what is offered for them.

use std::sync::Arc;

use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::journal::Journal;
use crate::model::kind::{COMMON, Field, HEAD, HEAD_FIRST_PAGE, Kind, Shape};
use crate::model::typing;
use crate::model::value::Value;
use crate::ui::ctx::Ctx;
use crate::ui::target::Target;
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::note_editor::NoteEditor;

/// To what a field of a form belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The thing that the form is about.
    Main,
    /// The next step that is asked for in the same breath: a promise.
    Next,
}

/// The place where a field is typed.
#[derive(Debug)]
pub enum Input {
    /// One line.
    Line(LineField),
    /// Many lines.
    Note(Box<NoteEditor>),
    /// A text too long for a form; it stays as it is.
    TooLong,
}

impl Input {
    /// What is typed; a long text is shared, not copied.
    pub fn text(&self) -> Arc<str> {
        match self {
            Input::Line(line) => line.value().into(),
            Input::Note(note) => note.text(),
            Input::TooLong => "".into(),
        }
    }

    /// Whether this is typed.
    pub fn is(&self, text: &str) -> bool {
        match self {
            Input::Line(line) => line.value() == text,
            Input::Note(note) => note.is(text),
            Input::TooLong => text.is_empty(),
        }
    }

    /// Whether nothing but white space is typed.
    pub fn is_blank(&self) -> bool {
        match self {
            Input::Line(line) => line.value().trim().is_empty(),
            Input::Note(note) => note.is_blank(),
            Input::TooLong => true,
        }
    }
}

/// A field of a form.
#[derive(Debug)]
pub struct FormField {
    /// What stands before it.
    pub label: &'static str,
    /// What it is.
    pub field: Field,
    /// To what it belongs.
    pub owner: Owner,
    /// The value that was read; `None`: there was none.
    pub was: Option<Value>,
    /// The value that was read, as it is typed.
    pub was_typed: Arc<str>,
    /// What the file says by now, as it is typed, where that is something else than was read.
    pub in_file: Option<String>,
    /// Where it is typed.
    pub input: Input,
    /// The words that are offered.
    pub offers: Vec<String>,
}

impl FormField {
    /// Whether something else stands there than at first.
    pub fn is_changed(&self) -> bool {
        !self.input.is(&self.was_typed)
    }

    /// This is what was read, as it is typed.
    pub fn set_was_typed(&mut self, typed: &str) {
        self.was_typed = input(&self.field, typed).text();
    }
}

/// The fields of a form, and how many of them are on its first page.
pub fn fields(target: &Target, ctx: &Ctx) -> (Vec<FormField>, usize) {
    let customer = target.customer().and_then(|key| ctx.journal.customer(key));
    let customer = customer.map(AsRef::as_ref);
    let build = Builder {
        target,
        customer,
        journal: ctx.journal,
    };
    match target {
        Target::Add { kind, .. } => build.entry(*kind, &Fields::default(), true),
        Target::Edit { kind, was, .. } => match Kind::of(kind) {
            Some(kind) => build.entry(kind, was, false),
            None => build.unknown(was),
        },
        Target::New => build.head(&Fields::default()),
        Target::Head { .. } => {
            let none = Fields::default();
            build.head(customer.map_or(&none, |c| &c.head))
        }
        Target::Rename { customer } => {
            let field = Field {
                name: "key",
                shape: Shape::Line,
                ask: "folder/name, as the file is to be called",
            };
            (
                vec![build.field(field, Owner::Main, Some(Value::text(customer)))],
                1,
            )
        }
        Target::Move { .. } => {
            let field = Field {
                name: "to",
                shape: Shape::Line,
                ask: "the customer it belongs to",
            };
            (vec![build.field(field, Owner::Main, None)], 1)
        }
        Target::First => {
            let field = Field {
                name: "name",
                shape: Shape::Line,
                ask: "your first customer's name",
            };
            (vec![build.field(field, Owner::Main, None)], 1)
        }
    }
}

/// The place to type this field in, with a text in it.
pub fn input(field: &Field, text: &str) -> Input {
    match field.shape {
        // A text of many lines keeps them, also where one line is expected.
        shape if shape == Shape::Prose || text.contains('\n') => {
            let editor = NoteEditor::new(text).map(Box::new);
            editor.map_or(Input::TooLong, Input::Note)
        }
        _ => Input::Line(LineField::new(text)),
    }
}

struct Builder<'a> {
    target: &'a Target,
    customer: Option<&'a Customer>,
    journal: &'a Journal,
}

impl Builder<'_> {
    fn entry(&self, kind: Kind, was: &Fields, new: bool) -> (Vec<FormField>, usize) {
        let main = |field: &Field| self.field(*field, Owner::Main, was.value(field.name));
        let first = kind.first_page().iter().filter_map(|name| kind.field(name));
        let mut fields: Vec<FormField> = first.map(main).collect();
        if new && kind == Kind::Interaction {
            // The next step is asked for right behind what happened.
            let next = [("next step", "what"), ("due", "due")];
            for (at, (label, name)) in next.into_iter().enumerate() {
                if let Some(field) = Kind::Promise.field(name) {
                    let field = FormField {
                        label,
                        ..self.field(*field, Owner::Next, None)
                    };
                    fields.insert(1 + at, field);
                }
            }
        }
        let first_page = fields.len();
        let rest = kind
            .all_fields()
            .filter(|f| !kind.first_page().contains(&f.name));
        fields.extend(rest.map(main));
        (fields, first_page)
    }

    /// An entry of a kind that the program does not know: the common fields can be edited.
    fn unknown(&self, was: &Fields) -> (Vec<FormField>, usize) {
        let main = |field: &Field| self.field(*field, Owner::Main, was.value(field.name));
        let fields: Vec<FormField> = COMMON.iter().map(main).collect();
        let count = fields.len();
        (fields, count)
    }

    fn head(&self, was: &Fields) -> (Vec<FormField>, usize) {
        let main = |field: &Field| self.field(*field, Owner::Main, was.value(field.name));
        let is_first = |field: &&Field| HEAD_FIRST_PAGE.contains(&field.name);
        let first = HEAD.iter().filter(is_first);
        let rest = HEAD.iter().filter(|field| !is_first(field));
        (first.chain(rest).map(main).collect(), HEAD_FIRST_PAGE.len())
    }

    fn field(&self, field: Field, owner: Owner, was: Option<Value>) -> FormField {
        let was_typed = was
            .as_ref()
            .map(|value| typing::typed(&field, value))
            .unwrap_or_default();
        let input = input(&field, &was_typed);
        FormField {
            label: field.name,
            field,
            owner,
            was,
            was_typed: input.text(),
            in_file: None,
            input,
            offers: self.offers(&field),
        }
    }

    fn offers(&self, field: &Field) -> Vec<String> {
        let owned = |text: &str| text.to_owned();
        match field.shape {
            Shape::Word(_) => self.words(field).map(owned).collect(),
            Shape::Lines(_) => self.words(field).map(|word| format!("{word}: ")).collect(),
            Shape::Yes => vec![owned("yes"), owned("no")],
            Shape::Scale => ('1'..='5').map(String::from).collect(),
            Shape::Person => self.names_of(Kind::Contact),
            // As it has to be typed: a name with a comma in it stands in quotes.
            Shape::People => {
                let names = self.names_of(Kind::Contact).into_iter();
                names
                    .map(|name| typing::typed(field, &Value::texts([name.as_str()])))
                    .collect()
            }
            Shape::DealKey => self.keys_of(Kind::Deal),
            Shape::References => self.references(),
            Shape::Texts if field.name == "tags" => self.tags(),
            Shape::Line if matches!(self.target, Target::Move { .. }) => self
                .journal
                .customers
                .iter()
                .map(|c| c.key.to_string())
                .collect(),
            _ => Vec::new(),
        }
    }

    fn words<'f>(&'f self, field: &'f Field) -> impl Iterator<Item = &'f str> {
        self.journal
            .settings
            .words(self.target.owner(), field)
            .into_iter()
    }

    fn names_of(&self, kind: Kind) -> Vec<String> {
        let entries = self.customer.into_iter().flat_map(|c| c.of(kind));
        let still_there = entries.filter(|entry| entry.fields.get("left").is_none());
        still_there.map(Entry::line_text).collect()
    }

    fn keys_of(&self, kind: Kind) -> Vec<String> {
        let entries = self.customer.into_iter().flat_map(|c| c.of(kind));
        let mut entries: Vec<&Entry> = entries.collect();
        entries.sort_by_key(|entry| !entry.is_open());
        entries
            .into_iter()
            .map(|entry| entry.key.to_string())
            .collect()
    }

    fn references(&self) -> Vec<String> {
        let newest = self.customer.into_iter().flat_map(Customer::newest);
        newest.take(60).map(Entry::id).collect()
    }

    fn tags(&self) -> Vec<String> {
        let customers = self.journal.customers.iter();
        let mut tags: Vec<String> = customers
            .flat_map(|c| {
                c.head
                    .texts("tags")
                    .chain(c.entries.iter().flat_map(|e| e.fields.texts("tags")))
            })
            .map(str::to_owned)
            .collect();
        tags.sort();
        tags.dedup();
        tags
    }
}
