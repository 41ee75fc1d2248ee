//! Everything that is tested from outside of the library: one binary, a file per feature, named
//! like the feature.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod case;
mod check;
mod child;
mod cli_add;
mod cli_check;
mod cli_edit;
mod cli_list;
mod cli_open;
mod cli_program;
mod cli_rename;
mod cli_show;
mod cli_undo;
mod faulty_disk;
mod fidelity;
mod history;
mod layers;
mod load;
mod locate;
mod pty;
mod pty_copy;
mod pty_editor;
mod pty_ends;
mod pty_mouse;
mod pty_outside;
mod pty_stage;
mod read;
mod readme;
mod save;
mod save_faults;
mod save_kills;
mod save_races;
mod screens;
mod small_journal;
mod splice_cases;
mod splice_fuzz;
mod stage;
mod store_race;
mod ui_cat;
mod ui_close;
mod ui_copy;
mod ui_cursor;
mod ui_fields;
mod ui_keys;
mod ui_log;
mod ui_manners;
mod ui_mouse;
mod ui_palette;
mod ui_problems;
mod ui_saving;
mod ui_shown;
mod ui_trail;
