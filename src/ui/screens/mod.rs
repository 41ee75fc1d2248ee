//! The screens: state, keys and drawing, one file each.

pub mod acting;
pub mod customer;
pub mod customers;
mod customers_draw;
mod customers_front;
mod customers_move;
pub mod entry;
mod entry_line;
mod entry_row;
pub mod filter;
mod ledger;
mod list_draw;
mod page_draw;
pub mod playbook;
mod pointer;
pub mod roll;
pub mod search;
pub mod timeline;
pub mod today;

pub use customers_draw::{Look, tab_style};
