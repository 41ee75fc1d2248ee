//! The program on screen, pure: [`app::App::update`] takes what happened and answers with
//! effects, [`draw::draw`] reads and draws.
//!
//! Nothing in here opens a file, starts a thread, or asks the clock.

pub mod action;
mod answering;
pub mod app;
pub mod appearance;
pub mod ctx;
pub mod dialogs;
pub mod drafts;
pub mod draw;
pub mod front;
pub mod keymap;
pub mod keys;
pub mod layout;
pub mod msg;
pub mod picture;
pub mod scope;
pub mod screens;
mod searching;
mod syncing;
pub mod target;
pub mod testing;
pub mod theme;
pub mod trail;
pub mod widgets;
