//! The screens: state, keys and drawing, one file each.

pub mod customer;
pub mod customers;
mod customers_act;
mod customers_draw;
mod customers_move;
mod customers_rows;
pub mod entry;
mod entry_row;
pub mod filter;
mod list_draw;
mod page_draw;
mod pointer;
pub mod timeline;

pub use customers_draw::{Look, cursor, draw, tab_style};
