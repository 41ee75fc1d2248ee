//! What `y` copies: a letter says which part of what was selected.

use super::Answer;
use crate::model::address::addresses;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
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

    /// The customer and the entry, or what is not there any more.
    fn find<'j>(&self, journal: &'j Journal) -> Result<(&'j Customer, Option<&'j Entry>), String> {
        let gone = |what: &str| format!("{what} is gone: it was removed or renamed meanwhile");
        let customer = journal.customer(&self.customer);
        let customer = customer.ok_or_else(|| gone(&self.customer))?;
        let Some((kind, key)) = &self.entry else {
            return Ok((customer, None));
        };
        let entry = customer.entry(kind, key);
        let entry = entry.ok_or_else(|| gone(&format!("{kind}.{key}")))?;
        Ok((customer, Some(entry)))
    }

    /// Its mail addresses and links, or why there are none.
    ///
    /// # Errors
    /// Where there are none, or it is gone.
    pub fn addresses(&self, journal: &Journal) -> Result<Vec<String>, String> {
        let (customer, entry) = self.find(journal)?;
        let found = addresses(entry.map_or(&customer.head, |entry| &entry.fields));
        match found.is_empty() {
            true => Err("no mail address and no link here: e writes one down".to_owned()),
            false => Ok(found),
        }
    }

    /// What an action copies of it.
    pub fn copy(&self, action: Action, journal: &Journal) -> Answer {
        let (customer, entry) = match self.find(journal) {
            Ok(found) => found,
            Err(why) => return Answer::Say(why),
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
            Action::CopyAddresses => match self.addresses(journal) {
                Ok(found) => Answer::Copy(found.join("\n")),
                Err(why) => Answer::Say(why),
            },
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
