//! `--set field=value`: from what was typed to what is written.

use super::error::note;
use super::{CliError, Context};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields, split_line};
use crate::model::kind::{COMMON, Field, HEAD, Kind, Shape};
use crate::model::money::{Amount, parse_typed};
use crate::model::near::nearest;
use crate::model::typing;
use crate::model::value::{Value, ValueRef};
use crate::model::when::When;

/// `field=value`, cut at the first `=`.
///
/// # Errors
/// Where one of the two is missing.
pub fn split(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write it as field=value".to_owned()),
    }
}

/// The end of a help text: its examples, and the fields that can be set.
pub fn with_fields(examples: &str) -> String {
    let list = |fields: &mut dyn Iterator<Item = &'static Field>| {
        fields.map(|field| field.name).collect::<Vec<_>>().join(" ")
    };
    let mut help = format!("{examples}\n\nFields:\n");
    help.push_str(&format!("  customer: {}\n", list(&mut HEAD.iter())));
    for kind in Kind::ALL {
        help.push_str(&format!("  {kind}: {}\n", list(&mut kind.fields().iter())));
    }
    help.push_str(&format!("  and each kind: {}", list(&mut COMMON.iter())));
    help
}

/// Says that a file is about our own service. A form has no use for it.
const OURSELVES: Field = Field {
    name: "ourselves",
    shape: Shape::Yes,
    ask: "",
};

/// Whose fields are set.
pub struct Owner<'a> {
    /// A kind's word; `customer` for the head of a file.
    word: &'a str,
    /// The customer, where there is one already.
    customer: Option<&'a Customer>,
    /// What the fields hold now.
    now: Option<&'a Fields>,
    fields: Vec<&'static Field>,
}

impl<'a> Owner<'a> {
    /// The fields of a new entry.
    pub fn kind(word: &'a str, customer: &'a Customer) -> Owner<'a> {
        let fields = match Kind::of(word) {
            Some(kind) => kind.all_fields().collect(),
            // A kind of the person's own has the common fields, and mostly a date.
            None => Kind::Fact.field("date").into_iter().chain(COMMON).collect(),
        };
        Owner {
            word,
            customer: Some(customer),
            now: None,
            fields,
        }
    }

    /// The fields of an entry that is there.
    pub fn entry(entry: &'a Entry, customer: &'a Customer) -> Owner<'a> {
        Owner {
            now: Some(&entry.fields),
            ..Owner::kind(entry.kind.word(), customer)
        }
    }

    /// The keys of a customer's head.
    pub fn head(customer: Option<&'a Customer>) -> Owner<'a> {
        Owner {
            word: "customer",
            customer,
            now: customer.map(|customer| &customer.head),
            fields: HEAD.iter().chain([&OURSELVES]).collect(),
        }
    }

    /// What `--set` means, field by field, in the order typed. `None`: the field is to be empty.
    /// A list is gathered from all its `--set`s. What looks like a slip is told on stderr.
    ///
    /// # Errors
    /// [`CliError::Usage`] for a value that the field can't hold, and a field set twice.
    pub fn read(
        &self,
        context: &Context,
        sets: &[(String, String)],
    ) -> Result<Vec<(String, Option<Value>)>, CliError> {
        let mut read: Vec<(String, Option<Value>)> = Vec::new();
        for (name, typed) in sets {
            let value = self.value(context, name, typed)?;
            match read.iter_mut().find(|(earlier, _)| earlier == name) {
                None => read.push((name.clone(), value)),
                Some((_, earlier)) => match (earlier, value) {
                    (Some(Value::List(items)), Some(Value::List(more))) => items.extend(more),
                    _ => {
                        return Err(CliError::Usage(format!(
                            "{name} is set twice; it holds one value"
                        )));
                    }
                },
            }
            let has_currency = sets.iter().any(|(name, _)| name == "currency");
            if let Some(code) = self.typed_currency(name, typed).filter(|_| !has_currency) {
                read.push(("currency".to_owned(), Some(Value::text(&code))));
            }
        }
        Ok(read)
    }

    fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name).copied()
    }

    fn value(&self, context: &Context, name: &str, typed: &str) -> Result<Option<Value>, CliError> {
        let Some(field) = self.field(name) else {
            return self.unknown_field(name, typed);
        };
        let value = typing::parse(field, typed, context.today())
            .map_err(|unread| CliError::Usage(format!("{name}: {unread}")))?;
        if let Some(value) = &value {
            self.tell_slips(context, field, value);
        }
        Ok(value)
    }

    /// Any field may be set, as files keep what a person makes up; but a new one is most likely a
    /// slip. One that is there keeps the sort of value that it has, where that is possible.
    fn unknown_field(&self, name: &str, typed: &str) -> Result<Option<Value>, CliError> {
        if name.contains(['.', '[', ']', '"', '\'', '\n']) {
            return Err(CliError::Usage(format!(
                "{name:?} can't be set from here; `goodwill open` shows the file in your editor"
            )));
        }
        // As a value it would stand where the entries of that kind have to stand.
        if self.word == "customer" && Kind::of(name).is_some() {
            return Err(CliError::Usage(format!(
                "{name} is a kind of entry: `goodwill add CUSTOMER {name} -m TEXT` writes one down"
            )));
        }
        let typed = typing::unix(typed);
        let typed = typed.trim_end();
        let alike = match self.now.and_then(|now| now.get(name)) {
            None => {
                self.tell_unknown(name);
                None
            }
            Some(ValueRef::Number(_)) => {
                Amount::parse(typed).map(|n| Value::Number(n.to_string().into()))
            }
            Some(ValueRef::When(_)) => When::parse(typed).map(Value::When),
            Some(ValueRef::Bool(_)) => typed.parse().ok().map(Value::Bool),
            Some(_) => None,
        };
        let text = || (!typed.is_empty()).then(|| Value::text(typed));
        Ok(alike.or_else(text))
    }

    fn tell_unknown(&self, name: &str) {
        let names = self.fields.iter().map(|field| field.name);
        let near = nearest(name, names).map(|near| format!("; did you mean {near}?"));
        note(&format!(
            "{} has no field {name:?}: it is written as it is{}",
            self.word,
            near.unwrap_or_default()
        ));
    }

    /// A word that no list knows is welcome; one that comes near a known one is worth a question.
    fn tell_slips(&self, context: &Context, field: &'static Field, value: &Value) {
        let words = context.settings.words(self.word, field);
        let deals: Vec<&str> = match self.customer {
            Some(customer) => customer.of(Kind::Deal).map(|deal| &*deal.key).collect(),
            None => Vec::new(),
        };
        for text in value.as_texts() {
            let (word, known) = match field.shape {
                Shape::Word(_) => (Some(text), &words),
                Shape::Lines(_) => (split_line(text).0, &words),
                Shape::DealKey => (Some(text), &deals),
                _ => continue,
            };
            let Some(word) = word.filter(|word| !known.contains(word)) else {
                continue;
            };
            if let Some(near) = nearest(word, known.iter().copied()) {
                note(&format!(
                    "{}: {word:?} is written as it is; did you mean {near}?",
                    field.name
                ));
            }
        }
    }

    /// The currency of an amount such as `1200 EUR`.
    fn typed_currency(&self, name: &str, typed: &str) -> Option<Box<str>> {
        self.field("currency")?;
        let field = self
            .field(name)
            .filter(|field| field.shape == Shape::Money)?;
        parse_typed(typed)
            .ok()
            .filter(|_| field.name == name)?
            .currency
    }
}
