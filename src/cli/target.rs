//! The entry that a command is about: `acme concern.2026-11-20-m3x8kq`, or in one word as `add`
//! prints it, `acme:concern.2026-11-20-m3x8kq`.

use crate::cli::CliError;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::id::Reference;
use crate::model::near::nearest;

/// Splits what was typed into the customer and, where one was named, the entry.
pub fn split(customer: &str, entry: Option<&str>) -> (String, Option<String>) {
    if let (None, Some(reference)) = (entry, Reference::parse(customer))
        && let Some(owner) = &reference.customer
    {
        let id = Reference {
            customer: None,
            ..reference.clone()
        };
        return (owner.clone(), Some(id.to_string()));
    }
    (customer.to_owned(), entry.map(str::to_owned))
}

/// The entry of a customer that `kind.key` means, or the beginning of it, or the key alone.
///
/// # Errors
/// [`CliError::Nothing`], with the entries that may be meant; [`CliError::Usage`] where nothing
/// was typed.
pub fn entry<'c>(customer: &'c Customer, typed: &str) -> Result<&'c Entry, CliError> {
    // Every id begins with nothing: a script whose variable is empty must not hit the only one.
    if typed.trim().is_empty() {
        return Err(CliError::Usage(format!(
            "the entry's name is empty; `goodwill show {}` lists them as kind.key",
            customer.key
        )));
    }
    let all = || customer.entries.iter();
    let tiers: [&dyn Fn(&Entry) -> bool; 3] = [
        &|entry| entry.id() == typed,
        &|entry| *entry.key == *typed,
        &|entry| entry.id().starts_with(typed),
    ];
    for fits in tiers {
        let hits: Vec<&Entry> = all().filter(|entry| fits(entry)).collect();
        match hits.as_slice() {
            [] => {}
            [one] => return Ok(one),
            many => {
                return Err(CliError::Nothing(format!(
                    "{typed:?} may be any of these:\n{}",
                    ids(many)
                )));
            }
        }
    }
    let word = typed.split('.').next().unwrap_or(typed);
    let kinds = all().map(|entry| entry.kind.word());
    let word = nearest(word, kinds).unwrap_or(word);
    let near: Vec<&Entry> = all()
        .rev()
        .filter(|entry| entry.kind.word() == word)
        .take(MAX_NEAR)
        .collect();
    let hint = if near.is_empty() {
        format!("`goodwill show {}` lists what there is", customer.key)
    } else {
        format!("did you mean one of these?\n{}", ids(&near))
    };
    Err(CliError::Nothing(format!(
        "{} has no entry {typed:?}\n{hint}",
        customer.key
    )))
}

/// The most entries that are proposed.
const MAX_NEAR: usize = 5;

fn ids(entries: &[&Entry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("{}  {}", entry.id(), entry.line_text()))
        .collect();
    lines.join("\n")
}
