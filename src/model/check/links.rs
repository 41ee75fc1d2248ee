//! References that lead nowhere.

use std::collections::HashSet;

use super::{Owner, Sheet, fields, nearest};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::id::Reference;
use crate::model::journal::Journal;
use crate::model::kind::Kind;
use crate::model::today::Rule;
use crate::model::value::ValueRef;

/// What the references of one file can lead to.
pub(super) struct Links<'j> {
    journal: &'j Journal,
    own: HashSet<(&'j str, &'j str)>,
}

impl<'j> Links<'j> {
    pub(super) fn new(journal: &'j Journal, customer: &'j Customer) -> Links<'j> {
        let ids = customer
            .entries
            .iter()
            .map(|entry| (entry.kind.word(), &*entry.key));
        Links {
            journal,
            own: ids.collect(),
        }
    }

    pub(super) fn entry(&self, kind: Kind, entry: &Entry, sheet: &mut Sheet) {
        let owner = Owner::Entry(entry, None);
        if kind != Kind::Deal
            && let Some(deal) = entry.fields.text("deal")
            && !self.own.contains(&("deal", deal))
        {
            let deals = self.own.iter().filter(|(kind, _)| *kind == "deal");
            let cure = match nearest(deal, deals.map(|(_, key)| *key)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("write the key of a deal in this file, or begin one: [deal.{deal}]")
                }
            };
            let message = format!("there is no deal `{deal}`");
            sheet.problem(owner.field("deal"), "dead-deal", message, cure);
        }
        for text in entry.fields.texts("because") {
            self.because(owner.field("because"), text, sheet);
        }
    }

    fn because(&self, owner: Owner<'_>, text: &str, sheet: &mut Sheet) {
        let Some(to) = Reference::parse(text) else {
            let message = format!("`{text}` is no reference");
            let cure = "write \"concern.2026-11-20-m3x8kq\": kind, dot, key";
            return sheet.hint(owner, "no-reference", message, cure);
        };
        let message = match &to.customer {
            None if self.own.contains(&(&*to.kind, &*to.key)) => return,
            None => format!("there is no [{}.{}] in this file", to.kind, to.key),
            Some(key) => match self.journal.customer(key) {
                None => format!("there is no customer `{key}`"),
                // What is not seen of a broken file may well be in it.
                Some(other) if other.broken => return,
                Some(other) if other.entry(&to.kind, &to.key).is_some() => return,
                Some(_) => format!("there is no [{}.{}] in {key}.toml", to.kind, to.key),
            },
        };
        let cure = format!("correct `{text}`, or take it out of the list");
        sheet.problem(owner, "dead-reference", message, cure);
    }
}

/// What `[snooze]` and `[dismissed]` say: a rule or `rule kind.key`, and a day.
pub(super) fn quiet(customer: &Customer, sheet: &mut Sheet) {
    for table in ["snooze", "dismissed"] {
        let Some(ValueRef::Table(rules)) = customer.head.get(table) else {
            continue;
        };
        let owner = Owner::HeadField(table);
        for (rule, until) in rules.iter() {
            fields::day(owner, &format!("\"{rule}\""), until, sheet);
            let (rule, id) = rule.split_once(' ').unwrap_or((rule, ""));
            known_rule(owner, rule, |_| true, sheet);
            let Some(to) = Reference::parse(id) else {
                continue;
            };
            if customer.entry(&to.kind, &to.key).is_none() {
                let message = format!(
                    "[{table}] speaks of [{}.{}], which is not there",
                    to.kind, to.key
                );
                sheet.hint(owner, "dead-quiet", message, "delete the line");
            }
        }
    }
}

/// That a word names a rule of Today that something can be said of here.
pub(super) fn known_rule(owner: Owner, word: &str, fits: impl Fn(Rule) -> bool, sheet: &mut Sheet) {
    let rule = Rule::of(word);
    if rule.is_some_and(&fits) {
        return;
    }
    let names = Rule::ALL.into_iter().filter(|rule| fits(*rule));
    let cure = match nearest(word, names.map(Rule::name)) {
        Some(near) => format!("did you mean {near}?"),
        None => "docs/today.md has the rules".to_owned(),
    };
    let message = match rule {
        Some(_) => format!("`{word}` counts by no days of its own"),
        None => format!("`{word}` is no rule of Today"),
    };
    sheet.hint(owner, "unknown-rule", message, cure);
}
