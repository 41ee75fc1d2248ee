//! The screen `4 Playbook`: what has worked, page by page, for all customers or before a talk
//! with one.

mod draw;
mod rows;
mod screen;

pub use rows::Playbook;
