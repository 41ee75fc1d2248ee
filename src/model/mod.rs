//! The nouns of the trade and the pure rules over them.
//!
//! Nothing in here knows files, TOML text, a terminal, the clock or the environment.

pub mod address;
pub mod age;
pub mod attention;
pub mod brief;
pub mod change;
pub mod check;
pub mod clash;
pub mod closing;
pub mod comebacks;
pub mod customer;
pub mod date_phrase;
pub mod deals;
pub mod difference;
pub mod draft;
pub mod entry;
pub mod find;
pub mod fold;
pub mod id;
pub mod journal;
pub mod kind;
pub mod ledger;
pub mod letters;
pub mod memo;
pub mod merge;
pub mod money;
mod money_input;
pub mod near;
pub mod not_now;
pub mod packed;
pub mod past;
pub mod playbook;
pub mod problem;
pub mod romaji;
pub mod search;
pub mod settings;
mod share;
pub mod slug;
pub mod standing;
pub mod tidings;
pub mod timeline;
pub mod today;
pub mod typing;
pub mod value;
pub mod when;
pub mod worth;
