//! `goodwill`: a deal journal for one consultant, in plain TOML files, one per customer.
//!
//! Layers point one way:
//!
//! ```text
//! main -> cli ----------------> store -> model
//!           \-> terminal -> ui ----------^
//!                       \-> store
//! ```
//!
//! In reading order:
//!
//! * [`model`]: the nouns of the trade and the pure rules over them. It knows no files, no TOML
//!   text, no terminal, no clock. Begin with [`model::kind`], the table of what there is to
//!   write down, then [`model::entry`], [`model::customer`] and [`model::journal`];
//!   [`model::change`] is what a person wants changed, as data.
//! * [`store`]: the journal on disk. [`store::read`] makes customers from files,
//!   [`store::Store`] is the only writer, by [`store::splice`] for bytes and [`store::save`] for
//!   the disk; [`store::history`] is what undo lives on.
//! * [`ui`]: the program on screen, pure: what happened goes in, effects come out, and drawing
//!   only reads. Begin with [`ui::msg`], [`ui::keys`] and [`ui::app`].
//! * [`terminal`]: its impure side: one loop, one inbox, one worker.
//! * [`cli`]: one file per command.
//! * [`pair`]: two threads at once, for whoever has much to do.

pub mod cli;
pub mod model;
pub mod pair;
pub mod store;
pub mod terminal;
pub mod ui;
