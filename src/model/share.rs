//! Work on many customers, shared by two threads where there is enough of it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::pair::pair;

/// The bytes from which on a second thread pays.
const WORTH: usize = 500_000;

/// How many pieces are taken at once.
const STEP: usize = 2;

/// Does `work` for each number below `count`, and gives what the threads made of it. `bytes` is how
/// much there is to do. `None`: `is_stale` said that nobody waits for it any more.
pub(super) fn share<T: Default + Send>(
    count: usize,
    bytes: usize,
    is_stale: &dyn Fn() -> bool,
    work: &(impl Fn(&mut T, usize) + Sync),
) -> Option<Vec<T>> {
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let run = |stop: &dyn Fn() -> bool| {
        let mut made = T::default();
        while !stop() {
            let from = next.fetch_add(STEP, Ordering::Relaxed);
            if from >= count {
                break;
            }
            (from..count.min(from + STEP)).for_each(|at| work(&mut made, at));
        }
        made
    };
    let mine = || {
        run(&|| {
            let stop = is_stale();
            if stop {
                stopped.store(true, Ordering::Relaxed);
            }
            stop
        })
    };
    let made = if bytes < WORTH || count <= STEP {
        vec![mine()]
    } else {
        let other = || run(&|| stopped.load(Ordering::Relaxed));
        let (mine, theirs) = pair(mine, other);
        vec![mine, theirs]
    };
    (!stopped.into_inner()).then_some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn everything_is_done_once_however_much_there_is() {
        for (count, bytes) in [(0, 0), (1, 10_000_000), (1001, 0), (1001, 10_000_000)] {
            let work = |made: &mut Vec<usize>, at| made.push(at);
            let made = share(count, bytes, &|| false, &work).unwrap();
            let mut made: Vec<usize> = made.into_iter().flatten().collect();
            made.sort_unstable();
            assert_eq!(made, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn both_stop_when_nobody_waits() {
        let asked = Cell::new(0);
        let is_stale = || asked.replace(asked.get() + 1) == 3;
        let work = |made: &mut usize, _| *made += 1;
        assert!(share::<usize>(1_000_000, usize::MAX, &is_stale, &work).is_none());
    }
}
