//! Search over everything that was ever written down: what was typed becomes a [`query::Query`],
//! and an [`engine::Engine`] answers it from its index of the journal, best first.
//!
//! The unit that is found is an entry, or a customer's head. The words of a query are ANDed over
//! an entry and its customer's names; how a word meets a text is said in [`word`] alone. The rules
//! are told in `docs/search.md`.

mod beside;
mod border;
pub mod engine;
pub mod first;
mod fuzzy;
mod index;
mod lexicon;
pub mod near;
pub mod query;
mod rank;
mod scan;
pub mod texts;
mod typo;
pub mod word;
mod zone;
