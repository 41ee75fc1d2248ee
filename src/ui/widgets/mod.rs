//! Small pieces that screens and dialogs are built from: text that fits its cells, fields, lists, popups.
//!
//! They draw with `&self` into a buffer and change only by `key` and `paste`.

pub mod caret;
pub mod complete;
pub mod glyphs;
pub mod line_field;
pub mod list;
pub mod note_editor;
pub mod popup;
pub mod text;
