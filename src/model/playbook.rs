//! What to know before the next negotiation: what was given and got, and what it taught.

use super::customer::Customer;
use super::entry::split_line;
use super::fold::fold;
use super::kind::Kind;
use super::settings::Settings;

/// The levers that no negotiation of this customer gave or got, in the order of the list: those
/// of the program, then the journal's own words.
pub fn untried_levers(customer: &Customer, settings: &Settings) -> Vec<String> {
    let tried: Vec<String> = customer
        .of(Kind::Negotiation)
        .flat_map(|entry| entry.fields.texts("give").chain(entry.fields.texts("get")))
        .filter_map(|line| split_line(line).0)
        .map(fold)
        .collect();
    let mut levers = levers(settings);
    levers.retain(|lever| !tried.contains(&fold(lever)));
    levers
}

/// The levers that are offered: those of the program, then the journal's own words, each once.
pub fn levers(settings: &Settings) -> Vec<String> {
    let mut levers: Vec<String> = Vec::new();
    for name in ["give", "get"] {
        let field = Kind::Negotiation.field(name);
        let words = field.map(|field| settings.words("negotiation", field));
        for word in words.unwrap_or_default() {
            let is_new = !levers.iter().any(|known| fold(known) == fold(word));
            if is_new && !word.trim().is_empty() {
                levers.push(word.to_owned());
            }
        }
    }
    levers
}
