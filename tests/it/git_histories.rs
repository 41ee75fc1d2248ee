//! Two to four machines, a bare repository between them, thirty rounds of writing and syncing
//! through real `git merge` and `git rebase`: the driver set up on some of them, the others use
//! `goodwill resolve` after each merge, with or without a conflict. In the end all hold the same
//! bytes, and every entry and comment ever written.
//!
//! `GOODWILL_CAMPAIGN=1` runs 500 histories instead of 20, `GOODWILL_CROSSWISE=1` harder ones.

mod ledger;
mod machine;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tempfile::TempDir;

use crate::child::{Dice, is_campaign};
use ledger::Ledger;
use machine::{FILES, Machine, Sync, first_machine};

const ROUNDS: u64 = 30;

/// What machines do beside writing and syncing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// In the end two of them merge each other's work.
    Usual,
    /// So they do over and over, and few have the driver.
    Crosswise,
}

impl Habit {
    fn asked_for() -> Habit {
        match std::env::var_os("GOODWILL_CROSSWISE") {
            Some(_) => Habit::Crosswise,
            None => Habit::Usual,
        }
    }
}

/// What a run of histories has seen.
#[derive(Default)]
struct Figures {
    merges: AtomicU64,
    stopped: AtomicU64,
    resolved: AtomicU64,
    decided: AtomicU64,
    put_right: AtomicU64,
    entries: AtomicU64,
    comments: AtomicU64,
}

#[test]
fn clones_that_merge_and_rebase_end_with_the_same_bytes_and_every_entry() {
    let histories = if is_campaign() { 500 } else { 20 };
    let mut dice = Dice::new();
    let seeds: Vec<u64> = (0..histories).map(|_| dice.below(1 << 40)).collect();
    let begun = Instant::now();
    let figures = Figures::default();
    let (queue, failed) = (Mutex::new(seeds.into_iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let seed = queue.lock().unwrap().next();
                    let Some(seed) = seed else { break };
                    let history = || history(seed, Habit::asked_for(), &figures);
                    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(history)).is_err() {
                        failed.lock().unwrap().push(seed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    let of = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
    println!(
        "{histories} histories, {ROUNDS} rounds each, {} s: {} merges and rebases, {} of them stopped, \
         {} made whole by goodwill resolve, {} fields decided, {} that git got wrong without a word \
         put right, {} entries and {} comments followed",
        begun.elapsed().as_secs(),
        of(&figures.merges),
        of(&figures.stopped),
        of(&figures.resolved),
        of(&figures.decided),
        of(&figures.put_right),
        of(&figures.entries),
        of(&figures.comments),
    );
    assert!(failed.is_empty(), "histories went wrong: seeds {failed:?}");
}

/// In these git hands over a base with markers of its own, as machines without the driver merged
/// each other's work crosswise.
#[test]
fn a_base_with_markers_is_a_base_all_the_same() {
    for seed in [129_433_710_961, 596_821_255_068] {
        history(seed, Habit::Usual, &Figures::default());
    }
}

/// In the first of these git by itself put in four entries twice, without a word, as it merged what
/// was rebased elsewhere; in the second one in a rebase that took a merge apart, and then it stopped
/// for something else.
#[test]
fn what_git_put_in_twice_without_a_word_stands_once_in_the_end() {
    let figures = Figures::default();
    history(336_014_177_078, Habit::Usual, &figures);
    assert_eq!(figures.put_right.into_inner(), 1);
    history(643_329_343_114, Habit::Usual, &Figures::default());
}

/// A base with markers in markers, and a rebase that stopped for one file, behind a commit in which
/// another one was wrong already.
#[test]
fn work_that_is_merged_crosswise_over_and_over_ends_alike() {
    for seed in [166_553_169_745, 578_738_722_630] {
        history(seed, Habit::Crosswise, &Figures::default());
    }
}

/// One history of a seed that went wrong, to look at.
#[test]
fn a_history_of_a_seed() {
    if let Ok(seed) = std::env::var("GOODWILL_HISTORY") {
        let seed = seed.parse().unwrap();
        history(seed, Habit::asked_for(), &Figures::default());
    }
}

fn history(seed: u64, habit: Habit, figures: &Figures) {
    let mut dice = Dice::of(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 8);
    let home = TempDir::new().unwrap();
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let first = first_machine(home.path(), habit, &mut dice, &ledger);
    let others = 1 + dice.below(3);
    let mut machines = vec![first];
    for number in 1..=others {
        let machine = machines.first().unwrap().copy(number, habit, &mut dice);
        machines.push(machine);
    }
    let about = |machines: &[Machine]| {
        let kinds: Vec<String> = machines.iter().map(Machine::to_string).collect();
        format!("seed {seed}: {}", kinds.join(", "))
    };
    println!("{}", about(&machines));
    for round in 0..ROUNDS {
        let at = dice.below(machines.len() as u64) as usize;
        let machine = machines.get_mut(at).unwrap();
        for _ in 0..=dice.below(2) {
            machine.write_something(&mut dice);
        }
        let sync = dice.below(100) < 30;
        if sync || dice.below(2) == 0 {
            machine.commit();
        }
        if sync {
            machine.sync(&mut dice, figures);
        }
        if habit == Habit::Crosswise && round % 5 == 4 {
            machines.iter().for_each(Machine::commit);
            let turn = (round / 5) as usize % machines.len();
            machines.rotate_left(turn);
            both_sides_alike(&machines, &mut dice, figures);
        }
        if round % 10 == 9 {
            for machine in &machines {
                ledger.lock().unwrap().nothing_is_doubled(&machine.read());
            }
        }
    }
    for machine in &machines {
        machine.commit();
    }
    both_sides_alike(&machines, &mut dice, figures);
    for machine in &machines {
        machine.sync(&mut dice, figures);
    }
    let last = machines.last().unwrap().read();
    for machine in &machines {
        machine.catch_up();
        assert_eq!(machine.read(), last, "{}", machine.path().display());
    }
    let ledger = ledger.lock().unwrap();
    ledger.everything_is_there(&last);
    figures
        .entries
        .fetch_add(ledger.entries(), Ordering::Relaxed);
    figures
        .comments
        .fetch_add(ledger.comments(), Ordering::Relaxed);
}

/// Two machines merge each other's work, neither having seen the other's merge: the same bytes.
fn both_sides_alike(machines: &[Machine], dice: &mut Dice, figures: &Figures) {
    let [one, two, ..] = machines else { return };
    one.publish();
    two.publish();
    for (machine, other) in [(one, two), (two, one)] {
        machine.merge(Sync::Merge, &format!("m{}", other.number()), dice, figures);
    }
    for file in FILES {
        let (here, there) = (one.read_file(file), two.read_file(file));
        assert_eq!(here, there, "{file} of {one} and of {two}");
    }
}
