//! The screens: state, keys and drawing, one file each.

pub mod customer;
pub mod customers;
mod customers_draw;
pub mod entry;
mod entry_row;
mod list_draw;
mod page_draw;
mod pointer;

pub use customers_draw::{Look, cursor, draw, tab_style};
