//! What `y` copies: a letter says which part of what was selected.

use super::Answer;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::model::value::Value;
use crate::ui::keys::Action;

/// What something is copied of: a customer, or one of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The customer's key.
    pub customer: String,
    /// The entry's kind and key.
    pub entry: Option<(String, String)>,
}

impl Source {
    /// This entry, or the customer without one.
    pub fn of(customer: &Customer, entry: Option<&Entry>) -> Source {
        let id = |entry: &Entry| (entry.kind.word().to_owned(), entry.key.to_string());
        Source {
            customer: customer.key.to_string(),
            entry: entry.map(id),
        }
    }

    /// What an action copies of it.
    pub fn copy(&self, action: Action, journal: &Journal) -> Answer {
        let customer = journal.customer(&self.customer);
        let Some(customer) = customer else {
            return Answer::Say(format!("{} is gone", self.customer));
        };
        let entry = match &self.entry {
            Some((kind, key)) => match customer.entry(kind, key) {
                None => return Answer::Say(format!("{kind}.{key} is gone")),
                entry => entry,
            },
            None => None,
        };
        match action {
            Action::CopyText => Answer::CopyText(self.clone()),
            Action::CopyMain => Answer::Copy(match entry {
                Some(entry) => main_field(entry),
                None => customer.name().to_owned(),
            }),
            Action::CopyPlace => Answer::Copy(match entry {
                Some(entry) => format!("{}:{}", customer.path(), entry.line),
                None => customer.path(),
            }),
            Action::CopyReference => Answer::Copy(match entry {
                Some(entry) => format!("{}:{}", customer.key, entry.id()),
                None => customer.key.to_string(),
            }),
            Action::CopyAddresses => {
                let fields = entry.map_or(&customer.head, |entry| &entry.fields);
                let mut found = Vec::new();
                for (_, value) in fields.iter() {
                    addresses(value, &mut found);
                }
                match found.is_empty() {
                    true => Answer::Say("no mail address and no link here".to_owned()),
                    false => Answer::Copy(found.join("\n")),
                }
            }
            _ => Answer::None,
        }
    }
}

/// The words of the entry's main field as they are written, else its line in a list.
fn main_field(entry: &Entry) -> String {
    let main = entry.kind().map_or("", |kind| kind.main_field());
    match entry.fields.text(main) {
        Some(text) => text.to_owned(),
        None => entry.line_text(),
    }
}

/// The mail addresses and links in a value, each once.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Text(text) => {
            let ends = |c: char| {
                c.is_whitespace() || "<>()[]{}\"'`,;（）「」『』【】〈〉《》、。，；".contains(c)
            };
            for word in text.split(ends) {
                let word = word.trim_matches(['.', ':', '!', '?']);
                let word = word.strip_prefix("mailto:").unwrap_or(word);
                if is_address(word) && !found.iter().any(|known| known == word) {
                    found.push(word.to_owned());
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| addresses(item, found)),
        Value::Table(fields) => fields.iter().for_each(|(_, value)| addresses(value, found)),
        Value::When(_) | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_address(word: &str) -> bool {
    let link = ["https://", "http://"]
        .iter()
        .find_map(|scheme| word.strip_prefix(scheme));
    if let Some(rest) = link {
        return !rest.is_empty();
    }
    word.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.contains('.') && !host.contains('@') && !host.starts_with('.');
        !name.is_empty() && word.is_ascii() && is_host
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_between_words_of_every_script() {
        let of = |text: &str| {
            let mut found = Vec::new();
            addresses(&Value::text(text), &mut found);
            found
        };
        assert_eq!(
            of(
                "山田さん（yamada@acme.example）に、https://acme.example/a?b=1。または<mailto:x.y@b.example>."
            ),
            [
                "yamada@acme.example",
                "https://acme.example/a?b=1",
                "x.y@b.example"
            ]
        );
        assert_eq!(of("a@b, @c.d, e@, @, http://, me @ home, a@b.c@d"), [""; 0]);
        assert_eq!(of("a@b.c a@b.c"), ["a@b.c"]);
    }
}
