//! What can be asked of an entry besides words, and whether it is so.

use super::stand::{Kinds, State, assumed};
use crate::model::customer::{Customer, person_among};
use crate::model::entry::{Entry, Fields, split_line};
use crate::model::fold::folded;
use crate::model::journal;
use crate::model::kind::Kind;
use crate::model::romaji::Spoken;
use crate::model::search::word::{How, Word};
use crate::model::timeline::period::Period;
use crate::model::value::ValueRef;

/// The fields that name who took part.
pub(super) const PEOPLE: &[&str] = &["with", "from"];

/// Something that is true of an entry or not. The words in it begin a value, stand in it or are
/// it. That of a person alone may be [`How::Loose`]: it stands in a name, or is what it is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `kind:concern`: its kind, or the channel of an interaction.
    Kind(Kinds),
    /// `is:open`: where it or its customer stands.
    State(State),
    /// `since:` `until:` `on:`: the day it happened on. What has no day is not met.
    Days(Period),
    /// `tag:osaka`: a tag of its own or of its customer.
    Tag(Word),
    /// `deal:web`: a deal by its key or title, and what belongs to it.
    Deal(Word),
    /// `with:yamada`: who took part, in these fields.
    People(&'static [&'static str], Word),
    /// `in:archive`: a folder that its customer lies in.
    Group(Word),
    /// `customer:acme`: its customer, by key, name, alias or reading.
    Customer(Word),
    /// `lever:term`: a lever of give and take.
    Lever(Word),
    /// `has:learned`: a field that is filled in.
    Has(Word),
    /// `competitor:okina`: what a field says.
    Says(&'static str, Word),
    /// `due:2026-11`: the days of a date field.
    Within(&'static str, Period),
    /// `decides:yes`: a field that says yes or no.
    Yes(&'static str, bool),
}

impl Test {
    /// Makes it ready for the entries of one customer, by a look at its head, its deals or its
    /// contacts where the answer hangs on them.
    pub fn at<'a>(&'a self, customer: &'a Customer) -> At<'a> {
        let if_all = |all: bool| if all { At::All(true) } else { At::Each(self) };
        match self {
            Test::Group(word) => At::All(is_in_group(word, customer.group())),
            Test::Customer(word) => At::All(journal::names(customer).any(|name| meets(word, name))),
            Test::Tag(word) => if_all(has_tag(word, &customer.head)),
            Test::State(state) => if_all(state.of_customer(customer)),
            Test::Deal(word) => {
                let deals = customer.of(Kind::Deal).filter(|deal| is_deal(word, deal));
                At::Deal(word, deals.map(|deal| &*deal.key).collect())
            }
            Test::People(fields, word) => At::People(People::new(fields, word, customer)),
            _ => At::Each(self),
        }
    }

    /// Whether it is true of an entry; without an entry, of the customer's head. To ask it of many
    /// entries of one customer, [`Test::at`] is quicker.
    pub fn holds(&self, customer: &Customer, entry: Option<&Entry>) -> bool {
        self.at(customer).holds(customer, entry)
    }

    /// Whether it is true of an entry of whose customer nothing more needs to be known.
    fn is_true(&self, fields: &Fields, entry: Option<&Entry>) -> bool {
        match self {
            Test::Kind(kinds) => kinds.holds(entry),
            Test::State(state) => entry.is_some_and(|entry| state.of(entry)),
            Test::Days(days) => {
                let day = entry.and_then(Entry::day);
                day.is_some_and(|day| days.contains(day))
            }
            Test::Tag(word) => has_tag(word, fields),
            Test::Lever(word) => {
                let gives = fields.texts("give").chain(fields.texts("get"));
                gives
                    .map(split_line)
                    .any(|(lever, text)| meets(word, lever.unwrap_or(text)))
            }
            Test::Has(word) => {
                let mut fields = fields.iter();
                fields.any(|(name, value)| meets(word, name) && is_said(value))
            }
            Test::Says(field, word) => match fields.get(field) {
                Some(value) => says(value, word),
                None => assumed(field, entry).is_some_and(|assumed| word.is_in(assumed)),
            },
            Test::Within(field, days) => fields.day(field).is_some_and(|day| days.contains(day)),
            Test::Yes(field, yes) => fields.get(field) == Some(ValueRef::Bool(*yes)),
            // These hang on the customer: `Test::at` makes something else of them.
            Test::Deal(_) | Test::People(..) | Test::Group(_) | Test::Customer(_) => false,
        }
    }
}

/// A test made ready for the entries of one customer.
#[derive(Debug)]
pub enum At<'a> {
    /// The same for the customer's head and for every entry of it.
    All(bool),
    /// Each is to be asked.
    Each(&'a Test),
    /// The deals with these keys, and what belongs to them.
    Deal(&'a Word, Vec<&'a str>),
    /// Who took part.
    People(People<'a>),
}

impl At<'_> {
    /// Whether it is true of an entry of that customer; without an entry, of its head.
    pub fn holds(&self, customer: &Customer, entry: Option<&Entry>) -> bool {
        let fields = entry.map_or(&customer.head, |entry| &entry.fields);
        match self {
            At::All(all) => *all,
            At::Each(test) => test.is_true(fields, entry),
            At::People(people) => people.took_part(fields),
            At::Deal(word, keys) => entry.is_some_and(|entry| {
                let itself = entry.kind() == Some(Kind::Deal) && keys.contains(&&*entry.key);
                let belongs = |deal| keys.contains(&deal) || is_deal_key(word, deal);
                itself || fields.text("deal").is_some_and(belongs)
            }),
        }
    }
}

/// Who is asked for among the people of one customer.
#[derive(Debug)]
pub struct People<'a> {
    fields: &'static [&'static str],
    word: &'a Word,
    contacts: Vec<&'a Entry>,
    /// Those of the contacts that the word means.
    meant: Vec<&'a Entry>,
}

impl<'a> People<'a> {
    fn new(fields: &'static [&'static str], word: &'a Word, customer: &'a Customer) -> People<'a> {
        let is_meant = |contact: &&Entry| {
            let mut names = ["name", "reading"].into_iter();
            meets(word, &contact.key)
                || names.any(|name| {
                    contact
                        .fields
                        .text(name)
                        .is_some_and(|n| is_called(word, n))
                })
        };
        let contacts: Vec<&Entry> = customer.of(Kind::Contact).collect();
        let meant = contacts.iter().copied().filter(is_meant).collect();
        People {
            fields,
            word,
            contacts,
            meant,
        }
    }

    fn took_part(&self, fields: &Fields) -> bool {
        let mut said = self.fields.iter().flat_map(|name| fields.texts(name));
        said.any(|text| is_called(self.word, text) || self.is_meant_by(text))
    }

    fn is_meant_by(&self, text: &str) -> bool {
        let contacts = self.contacts.iter().copied();
        let is = |one: &Entry| self.meant.iter().any(|meant| std::ptr::eq(*meant, one));
        !self.meant.is_empty() && person_among(contacts, text).is_some_and(is)
    }
}

/// Whether a word that demands a beginning, an end or any place meets a text as it was written.
pub(super) fn meets(word: &Word, text: &str) -> bool {
    word.is_in(&folded(text))
}

/// Whether a name has a word in it, or is read so.
fn is_called(word: &Word, name: &str) -> bool {
    let name = folded(name);
    let is_read = |spoken: &Spoken| spoken.reads(&name).next().is_some();
    word.is_in(&name) || word.spoken().is_some_and(is_read)
}

fn has_tag(word: &Word, fields: &Fields) -> bool {
    fields.texts("tags").any(|tag| meets(word, tag))
}

/// The whole group, or one of the folders on the way.
fn is_in_group(word: &Word, group: &str) -> bool {
    meets(word, group) || group.split('/').any(|folder| meets(word, folder))
}

fn is_deal(word: &Word, deal: &Entry) -> bool {
    let title = deal.fields.text("title");
    is_deal_key(word, &deal.key) || title.is_some_and(|title| meets(word, title))
}

/// The key of a deal, or a part of it behind a hyphen, begins so.
fn is_deal_key(word: &Word, key: &str) -> bool {
    let key = folded(key);
    if word.how() != How::Exact {
        return word.is_in(&key);
    }
    let parts = key.match_indices('-').map(|(at, _)| at + 1);
    let mut starts = [0].into_iter().chain(parts);
    starts.any(|at| {
        key.get(at..)
            .is_some_and(|part| part.starts_with(word.folded()))
    })
}

fn is_said(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Text(text) => !text.trim().is_empty(),
        ValueRef::List(items) => !items.is_empty(),
        _ => true,
    }
}

fn says(value: ValueRef<'_>, word: &Word) -> bool {
    match value {
        ValueRef::Text(text) => meets(word, text),
        ValueRef::List(items) => items.iter().any(|item| says(item, word)),
        _ => meets(word, &value.to_line()),
    }
}
