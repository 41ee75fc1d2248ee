//! Two threads at once: what they make of their work when both are done.

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
