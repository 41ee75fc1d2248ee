//! Reads of a journal what a search may find, and where that is nothing, what may have been meant.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::files::{self, CustomerFile};
use super::load::{broken, in_order};
use super::sift::{Held, Leaf, Scratch, Sift};
use crate::model::customer::Customer;
use crate::model::problem::Problem;
use crate::model::search::first::First;
use crate::pair::twice;

/// Looks through the files of a journal.
pub struct Sieve<'r> {
    root: &'r Path,
    files: Vec<CustomerFile>,
    problems: Vec<Problem>,
}

/// What was found by the first of several sifts that found anything, else by the last one.
pub struct Sifted<T> {
    /// Which of the sifts.
    pub by: usize,
    /// What the threads made of what they found.
    pub made: Vec<T>,
    /// What is wrong with the files of these customers, and with files that are no customer's. What
    /// is wrong with one that was not parsed is not told.
    pub problems: Vec<Problem>,
}

/// What a thread has found by one sift.
struct Kept<T> {
    made: T,
    problems: Vec<Problem>,
}

impl<'r> Sieve<'r> {
    /// Knows which files there are.
    pub fn new(root: &'r Path) -> Sieve<'r> {
        let (files, problems) = files::customer_files(root);
        Sieve {
            root,
            files,
            problems,
        }
    }

    /// The customers that have something of what is looked for, with their heads and those entries,
    /// handed to `take` by the threads that read them, in no order: by the first of these sifts that
    /// finds anything at all. Each file is read once, whichever that is. `begin` and `take` are
    /// told the place of the sift, and `take` before what places the entries hold nothing that
    /// it looks for.
    pub fn first<T: Send>(
        &self,
        sifts: &[Sift],
        begin: &(impl Fn(usize) -> T + Sync),
        take: &(impl Fn(usize, &mut T, Arc<Customer>, &[First]) + Sync),
    ) -> Sifted<T> {
        let next = AtomicUsize::new(0);
        let found_by = AtomicUsize::new(sifts.len().saturating_sub(1));
        let run = || {
            let start = |at| Kept {
                made: begin(at),
                problems: Vec::new(),
            };
            let mut kept: Vec<Kept<T>> = (0..sifts.len()).map(start).collect();
            let (mut buffer, mut scratch) = (Vec::new(), Scratch::default());
            while let Some(file) = self.files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let bytes = files::read_file(self.root, &file.path, &mut buffer);
                let leaf = bytes.map(|()| Leaf::new(&file.key, &buffer));
                let up_to = found_by.load(Ordering::Relaxed);
                let read = |sift: &Sift, scratch: &mut Scratch| match &leaf {
                    Ok(leaf) => sift.read(leaf, scratch),
                    Err(problem) => {
                        let read = broken(&file.key, (**problem).clone());
                        Some(Held::of(read))
                    }
                };
                let mut asked = sifts.iter().zip(&mut kept).enumerate().take(up_to + 1);
                let found = asked
                    .find_map(|(at, (sift, kept))| Some((at, kept, read(sift, &mut scratch)?)));
                if let Some((at, kept, Held { read, first })) = found {
                    found_by.fetch_min(at, Ordering::Relaxed);
                    kept.problems.extend(read.problems);
                    take(at, &mut kept.made, Arc::new(read.customer), &first);
                }
            }
            kept
        };
        let both = twice(run);
        let by = found_by.into_inner();
        let mut problems = self.problems.clone();
        let kept = both.into_iter().filter_map(|kept| kept.into_iter().nth(by));
        let made = kept.map(|kept| {
            problems.extend(kept.problems);
            kept.made
        });
        let made = made.collect();
        in_order(&mut problems);
        Sifted { by, made, problems }
    }
}

/// The customers that a sift finds, by their keys, as [`Sieve::first`] has them.
pub fn load_sifted(root: &Path, sift: Sift) -> (Vec<Arc<Customer>>, Vec<Problem>) {
    let keep = |_: usize, customers: &mut Vec<_>, customer, _: &[First]| customers.push(customer);
    let sifted = Sieve::new(root).first(&[sift], &|_| Vec::new(), &keep);
    let mut customers: Vec<Arc<Customer>> = sifted.made.into_iter().flatten().collect();
    customers.sort_by(|a, b| a.key.cmp(&b.key));
    (customers, sifted.problems)
}
