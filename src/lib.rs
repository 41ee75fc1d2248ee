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
//! * [`ui`]: the program on screen, pure: [`ui::app::App::update`] takes what happened and answers
//!   with effects, [`ui::draw::draw`] draws. No files, no threads, no clock.
//! * [`terminal`]: the world around it: one loop, one inbox, one worker thread.
//! * [`cli`]: one file per command; [`cli::Context`] finds the journal and asks the system, once.

pub mod model;
pub mod store;
pub mod ui;
pub mod terminal;
pub mod cli;
