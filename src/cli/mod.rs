//! What can be typed behind `goodwill`: one file per command, with its arguments and its `run`.
//!
//! [`Context`] is built once and says where the journal is, which day it is and how to answer.
//! Data goes to stdout, everything else to stderr. [`CliError`] and [`Exit`] decide the exit
//! code, and nothing else does.

pub mod add;
pub mod appearance;
pub mod brief;
mod changes;
pub mod check;
pub mod comebacks;
pub mod completions;
pub mod context;
pub mod deals;
pub mod demo;
pub mod diff;
pub mod doctor;
pub mod edit;
pub mod editor;
pub mod error;
mod fields;
pub mod history;
pub mod init;
mod json;
pub mod ledger;
pub mod licences;
pub mod list;
pub mod log;
pub mod man;
pub mod merge_driver;
pub mod move_entry;
pub mod new;
pub mod not_now;
pub mod open;
mod opener;
pub mod playbook;
mod print;
pub mod program;
pub mod quiet;
pub mod remove;
pub mod rename;
pub mod resolve;
pub mod search;
pub mod show;
pub mod sync;
mod tables;
mod target;
pub mod timeline;
pub mod today;
pub mod undo;
pub mod value;

pub use context::{Context, Global};
pub use error::{CliError, Exit};

use std::sync::Arc;

use clap::{Parser, Subcommand};
use signal_hook::consts::SIGXFSZ;

use crate::store::locate::Surroundings;

/// A deal journal in plain TOML files, one per customer.
///
/// Without a command the journal opens on screen. A customer is named by key, name, alias or
/// reading, or by how one of them begins.
#[derive(Debug, Parser)]
#[command(name = "goodwill", version, max_term_width = 100)]
#[command(after_help = "\
Examples:
  goodwill init                        # begin a journal
  goodwill demo                        # look around in a sample journal
  goodwill new 'Acme Trading'          # a new customer
  goodwill add acme interaction -m 'asked for monthly payment' --promise 'two quotes' --due fri
  goodwill list")]
pub struct Args {
    /// What counts for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "each is described where its arguments are")]
pub enum Command {
    Init(init::Init),
    Demo(demo::Demo),
    New(new::New),
    List(list::List),
    Show(show::Show),
    Search(search::Search),
    Today(today::Today),
    Timeline(timeline::Timeline),
    Snooze(quiet::Snooze),
    Dismiss(quiet::Dismiss),
    Playbook(playbook::Playbook),
    Deals(deals::Deals),
    Value(value::Value),
    Comebacks(comebacks::Comebacks),
    NotNow(not_now::NotNowList),
    Brief(brief::Brief),
    Ledger(ledger::LedgerOf),
    Add(add::Add),
    Edit(edit::Edit),
    Rename(rename::Rename),
    #[command(name = "move")]
    Move(move_entry::Move),
    Remove(remove::Remove),
    Undo(undo::Undo),
    Redo(undo::Redo),
    History(history::History),
    Log(log::Log),
    Diff(diff::Diff),
    Check(check::Check),
    Sync(sync::Sync),
    Resolve(resolve::Resolve),
    Doctor(doctor::Doctor),
    Open(open::Open),
    Completions(completions::Completions),
    Man(man::Man),
    #[command(hide = true)]
    MergeDriver(merge_driver::MergeDriver),
    #[command(alias = "licenses")]
    Licences(licences::Licences),
}

/// Does what was asked for.
///
/// # Errors
/// [`CliError`], to be told with [`CliError::tell`].
pub fn run(args: Args) -> Result<Exit, CliError> {
    match &args.command {
        Some(Command::Completions(command)) => return command.run(),
        Some(Command::Man(command)) => return command.run(),
        Some(Command::Licences(command)) => return command.run(),
        _ => {}
    }
    outlive_file_limits();
    if let Some(Command::MergeDriver(command)) = &args.command {
        return command.run();
    }
    let context = Context::new(&args.global, Surroundings::from_env())?;
    match args.command {
        None => program::run(&context),
        Some(command) => {
            context.tell_unheeded();
            command.run(&context)
        }
    }
}

/// A file that would grow beyond `ulimit -f` is an error of its write, to be told like a full
/// disk, and not the end of the program in the middle of it.
fn outlive_file_limits() {
    // Where the system refuses, the limit does what it always does. Programs that are started
    // get the signal as usual.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
}

impl Command {
    fn run(&self, context: &Context) -> Result<Exit, CliError> {
        match self {
            Command::Init(command) => command.run(context),
            Command::Demo(command) => command.run(context),
            Command::New(command) => command.run(context),
            Command::List(command) => command.run(context),
            Command::Show(command) => command.run(context),
            Command::Search(command) => command.run(context),
            Command::Today(command) => command.run(context),
            Command::Timeline(command) => command.run(context),
            Command::Snooze(command) => command.run(context),
            Command::Dismiss(command) => command.run(context),
            Command::Playbook(command) => command.run(context),
            Command::Deals(command) => command.run(context),
            Command::Value(command) => command.run(context),
            Command::Comebacks(command) => command.run(context),
            Command::NotNow(command) => command.run(context),
            Command::Brief(command) => command.run(context),
            Command::Ledger(command) => command.run(context),
            Command::Add(command) => command.run(context),
            Command::Edit(command) => command.run(context),
            Command::Rename(command) => command.run(context),
            Command::Move(command) => command.run(context),
            Command::Remove(command) => command.run(context),
            Command::Undo(command) => command.run(context),
            Command::Redo(command) => command.run(context),
            Command::History(command) => command.run(context),
            Command::Log(command) => command.run(context),
            Command::Diff(command) => command.run(context),
            Command::Check(command) => command.run(context),
            Command::Sync(command) => command.run(context),
            Command::Resolve(command) => command.run(context),
            Command::Doctor(command) => command.run(context),
            Command::Open(command) => command.run(context),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
            Command::MergeDriver(command) => command.run(),
            Command::Licences(command) => command.run(),
        }
    }
}
