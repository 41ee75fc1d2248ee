//! From a folder to a journal. What can't be read is a problem beside it, never a failure.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::{self, CustomerFile};
use super::read::{self, Read, SETTINGS_FILE};
use super::syntax;
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::packed::Packer;
use crate::model::problem::Problem;
use crate::model::settings::Settings;
use crate::pair::pair;

/// How many files are read at least between two batches.
const BATCH: usize = 64;

/// Reads a whole journal. `progress` is told how many files are done, and of how many.
///
/// The result depends on the files alone: customers by key, problems by path and line. Equal
/// keys and impossible values inside of a file are left to [`load_strict`].
pub fn load(root: &Path, progress: &mut dyn FnMut(usize, usize)) -> (Journal, Vec<Problem>) {
    load_in_batches(root, progress, &mut |_| {})
}

/// The same, which hands out customers while others are still read: each once, in no order. All
/// of them together are those of the journal.
pub fn load_in_batches(
    root: &Path,
    progress: &mut dyn FnMut(usize, usize),
    hand_out: &mut dyn FnMut(Vec<Arc<Customer>>),
) -> (Journal, Vec<Problem>) {
    let (files, mut problems) = files::customer_files(root);
    let (settings, told) = load_settings(root);
    problems.extend(told);
    let ready = Mutex::new(Vec::new());
    let mut handed_out = 0;
    let mut tell = |done: usize, of: usize| {
        progress(done, of);
        if done >= handed_out + BATCH || done == of {
            handed_out = done;
            let batch: Vec<Arc<Customer>> = std::mem::take(&mut *lock(&ready));
            if !batch.is_empty() {
                hand_out(batch);
            }
        }
    };
    let reads = on_two_threads(&files, &mut tell, |file, desk: &mut (Vec<u8>, Packer)| {
        let (bytes, packer) = desk;
        let read = match files::read_file(root, &file.path, bytes) {
            Ok(()) => read::read_with(&file.key, bytes, packer),
            Err(problem) => broken(&file.key, *problem),
        };
        let customer = Arc::new(read.customer);
        lock(&ready).push(Arc::clone(&customer));
        (customer, read.problems)
    });
    let mut customers = Vec::with_capacity(reads.len());
    for (customer, told) in reads {
        customers.push(customer);
        problems.extend(told);
    }
    in_order(&mut problems);
    (Journal::new(customers, settings), problems)
}

/// The strict pass over all files, slower than the load and without its result: everything that
/// is wrong with the files as files, what [`load`] tells included.
pub fn load_strict(root: &Path, progress: &mut dyn FnMut(usize, usize)) -> Vec<Problem> {
    let (files, mut problems) = files::customer_files(root);
    let told = on_two_threads(&files, progress, |file, bytes| {
        strict_file(root, &file.path, bytes)
    });
    problems.extend(told.into_iter().flatten());
    let settings = files::settings_path(root);
    if settings.symlink_metadata().is_ok() {
        problems.extend(strict_file(root, &settings, &mut Vec::new()));
    }
    in_order(&mut problems);
    problems
}

/// Reads one customer again; `None` where the file is gone.
pub fn reload(root: &Path, key: &str) -> (Option<Customer>, Vec<Problem>) {
    let path = files::customer_path(root, key);
    if path.symlink_metadata().is_err() {
        return (None, Vec::new());
    }
    let mut bytes = Vec::new();
    let read = match files::read_file(root, &path, &mut bytes) {
        Ok(()) => read::read_bytes(key, &bytes),
        Err(problem) => broken(key, *problem),
    };
    (Some(read.customer), read.problems)
}

/// The strict pass over one customer's file; nothing where it is gone.
pub fn look_again(root: &Path, key: &str) -> Vec<Problem> {
    let path = files::customer_path(root, key);
    if path.symlink_metadata().is_err() {
        return Vec::new();
    }
    strict_file(root, &path, &mut Vec::new())
}

/// Reads the settings of a journal; those of an empty file where there is none.
pub fn load_settings(root: &Path) -> (Settings, Vec<Problem>) {
    let path = files::settings_path(root);
    if path.symlink_metadata().is_err() {
        return (Settings::default(), Vec::new());
    }
    let mut bytes = Vec::new();
    let text = files::read_file(root, &path, &mut bytes)
        .and_then(|()| syntax::as_text(SETTINGS_FILE, &bytes));
    match text {
        Ok(text) => read::read_settings(text),
        Err(problem) => (Settings::default(), vec![*problem]),
    }
}

fn strict_file(root: &Path, path: &Path, bytes: &mut Vec<u8>) -> Vec<Problem> {
    let name = files::name_below(root, path);
    let text = files::read_file(root, path, bytes).and_then(|()| syntax::as_text(&name, bytes));
    match text {
        Ok(text) => syntax::strict(&name, text),
        Err(problem) => vec![*problem],
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn broken(key: &str, problem: Problem) -> Read {
    let customer = Customer {
        key: key.into(),
        broken: true,
        ..Customer::default()
    };
    Read {
        customer,
        problems: vec![problem],
    }
}

pub(super) fn in_order(problems: &mut [Problem]) {
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
}

/// What `work` makes of every file, in the order of the files. One thread takes them from the
/// front, the other from the back. `work` gets a buffer to use again.
pub(super) fn on_two_threads<T: Send, B: Default>(
    files: &[CustomerFile],
    progress: &mut dyn FnMut(usize, usize),
    work: impl Fn(&CustomerFile, &mut B) -> T + Sync,
) -> Vec<T> {
    let total = files.len();
    let taken = AtomicUsize::new(0);
    let done = AtomicUsize::new(0);
    let next = || taken.fetch_add(1, Ordering::Relaxed) < total;
    let from_behind = || {
        let mut buffer = B::default();
        let mut made = Vec::new();
        for file in files.iter().rev().take_while(|_| next()) {
            made.push(work(file, &mut buffer));
            done.fetch_add(1, Ordering::Relaxed);
        }
        made
    };
    let from_front = || {
        let mut buffer = B::default();
        let mut made = Vec::new();
        progress(0, total);
        for file in files.iter().take_while(|_| next()) {
            made.push(work(file, &mut buffer));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
        made
    };
    let (mut made, behind) = pair(from_front, from_behind);
    made.extend(behind.into_iter().rev());
    progress(total, total);
    made
}
