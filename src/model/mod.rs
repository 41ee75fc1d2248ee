//! The nouns of the trade and the pure rules over them.
//!
//! Nothing in here knows files, TOML text, a terminal, the clock or the environment.

pub mod date_phrase;
pub mod fold;
pub mod id;
pub mod money;
mod money_input;
pub mod slug;
pub mod value;
pub mod when;
