//! Two threads at once: what they make of their work when both are done.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does two things at once, one of them in a thread of its own, and gives what came of both.
pub fn pair<A, B: Send>(mine: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let apart = processors::Apart::begin();
        let other = scope.spawn(other);
        apart.here();
        let mine = mine();
        match other.join() {
            Ok(other) => (mine, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Does the same thing twice at once; they share the work between them.
pub fn twice<T: Send>(run: impl Fn() -> T + Sync) -> [T; 2] {
    let (mine, other) = pair(&run, &run);
    [mine, other]
}

/// Makes something of each number below `count`, two at once, and gives it to `take` in their order, as
/// soon as all before it was given. `make` is handed what was taken already, whose memory it may use
/// again, and something that `begin` made for its thread.
///
/// # Errors
/// The first of `take`; nothing is given to it behind that.
pub fn in_order<D, T: Default + Send, E: Send>(
    count: usize,
    begin: impl Fn() -> D + Sync,
    make: impl Fn(&mut D, usize, T) -> T + Sync,
    take: impl FnMut(&T) -> Result<(), E> + Send,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let order = Mutex::new(Order {
        next: 0,
        waiting: BTreeMap::new(),
        take,
        done: Ok(()),
    });
    twice(|| {
        let (mut desk, mut spare) = (begin(), T::default());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            let made = make(&mut desk, at, spare);
            match order.lock() {
                Ok(mut order) if order.done.is_ok() => spare = order.put(at, made),
                _ => break,
            }
        }
    });
    order.into_inner().map_or(Ok(()), |order| order.done)
}

/// What was made and waits for what comes before it.
struct Order<T, E, F> {
    next: usize,
    waiting: BTreeMap<usize, T>,
    take: F,
    done: Result<(), E>,
}

impl<T: Default, E, F: FnMut(&T) -> Result<(), E>> Order<T, E, F> {
    /// Gives away what may be given now, and gives back the last of it.
    fn put(&mut self, at: usize, made: T) -> T {
        self.waiting.insert(at, made);
        let mut spare = T::default();
        while let Some(made) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.done = (self.take)(&made);
            if self.done.is_err() {
                break;
            }
            spare = made;
        }
        spare
    }
}

/// Keeps two threads on processors of their own.
///
/// Linux often puts a new thread, or one that waited for memory, behind the one that woke it. There
/// it waits for its turn, four milliseconds at a time, while another processor has nothing to do:
/// half of all searches of 20,000 entries took a third longer for that (Linux 6.18, two processors).
/// A thread may be where the one that begins it may be; so that one goes elsewhere for a moment.
#[cfg(target_os = "linux")]
mod processors {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    pub struct Apart {
        /// Where this thread may be otherwise, and where it is to be. `None`: there is one processor.
        all: Option<(CpuSet, usize)>,
    }

    impl Apart {
        /// Away from where this thread is to be, so that what begins now stays away.
        pub fn begin() -> Apart {
            let away = || {
                let all = sched_getaffinity(None).ok()?;
                if all.count() < 2 {
                    return None;
                }
                // Not the same one for every process.
                let places = (0..CpuSet::MAX_CPU).filter(|at| all.is_set(*at));
                let mut places = places.skip((std::process::id() % all.count()) as usize);
                let here = places.next()?;
                let mut others = all;
                others.unset(here);
                sched_setaffinity(None, &others).ok()?;
                Some((all, here))
            };
            Apart { all: away() }
        }

        /// There, and nowhere else.
        pub fn here(&self) {
            if let Some((_, here)) = self.all {
                let mut only = CpuSet::new();
                only.set(here);
                // Where that fails it stays elsewhere, which is a matter of speed alone.
                let _ = sched_setaffinity(None, &only);
            }
        }
    }

    impl Drop for Apart {
        /// On any processor again.
        fn drop(&mut self) {
            if let Some((all, _)) = &self.all {
                let _ = sched_setaffinity(None, all);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod processors {
    pub struct Apart;

    impl Apart {
        pub fn begin() -> Apart {
            Apart
        }

        pub fn here(&self) {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_and_told_apart() {
        assert_eq!(pair(|| 1, || "two"), (1, "two"));
        let here = std::thread::current().id();
        let [mine, other] = twice(|| std::thread::current().id());
        assert!(mine == here && other != here);
    }

    #[test]
    fn what_two_threads_make_is_taken_in_order() {
        for count in [0, 1, 2, 500] {
            let mut taken = Vec::new();
            let make = |made: &mut usize, at: usize, mut spare: String| {
                *made += 1;
                spare.clear();
                // Some take much longer than others.
                spare.extend((0..at % 7 * 1000).map(|_| 'x'));
                spare.push_str(&at.to_string());
                spare
            };
            let take = |made: &String| {
                taken.push(made.trim_start_matches('x').parse::<usize>().unwrap());
                Ok::<(), ()>(())
            };
            assert_eq!(in_order(count, || 0, make, take), Ok(()));
            assert_eq!(taken, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_taken_behind_what_failed() {
        let mut taken = Vec::new();
        let take = |made: &usize| {
            taken.push(*made);
            if *made == 20 { Err("full") } else { Ok(()) }
        };
        assert_eq!(in_order(100, || (), |(), at, _| at, take), Err("full"));
        assert_eq!(taken, (0..=20).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "in the other")]
    fn a_panic_in_the_other_thread_is_one_here() {
        pair(|| (), || panic!("in the other"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_thread_may_run_anywhere_afterwards() {
        let allowed = || rustix::thread::sched_getaffinity(None).unwrap();
        let before = allowed();
        let [mine, other] = twice(allowed);
        assert!(before.count() == 1 || mine.count() == 1 && mine != other);
        assert_eq!(allowed(), before);
    }
}
