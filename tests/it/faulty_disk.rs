//! A disk whose N-th call goes wrong.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use goodwill::store::disk::{Disk, Look, RealDisk};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The call fails with this error and has had no effect.
    Before(i32),
    /// This call and all later ones fail with this error, without an effect.
    Lasting(i32),
    /// The call fails with this error but has had its effect.
    After(i32),
    /// The program dies before the call: neither it nor any later one has an effect.
    KilledBefore,
    /// The program dies after the call.
    KilledAfter,
    /// A write takes one byte only.
    Short,
}

type Stranger<'a> = Box<dyn FnMut(&'static str) + 'a>;

/// [`RealDisk`], except for one call.
pub(crate) struct FaultyDisk<'a> {
    /// Which call goes wrong, counted from 0.
    at: usize,
    fault: Fault,
    /// Whether the file system knows renames that exchange or don't replace.
    knows_flags: bool,
    /// Whether it knows hard links.
    knows_links: bool,
    /// Whether folders take new files.
    takes_files: bool,
    /// Somebody who gets in right before every call, and is told its name.
    stranger: RefCell<Stranger<'a>>,
    calls: RefCell<Vec<&'static str>>,
    dead: Cell<bool>,
}

impl<'a> FaultyDisk<'a> {
    pub(crate) fn new(at: usize, fault: Fault) -> Self {
        Self {
            at,
            fault,
            knows_flags: true,
            knows_links: true,
            takes_files: true,
            stranger: RefCell::new(Box::new(|_| {})),
            calls: RefCell::default(),
            dead: Cell::new(false),
        }
    }

    /// A disk on which nothing goes wrong, with a quick medium.
    pub(crate) fn hasty() -> Self {
        Self::new(NEVER, Fault::Short)
    }

    pub(crate) fn without_flags(mut self) -> Self {
        self.knows_flags = false;
        self
    }

    pub(crate) fn without_links(mut self) -> Self {
        self.knows_links = false;
        self
    }

    pub(crate) fn without_new_files(mut self) -> Self {
        self.takes_files = false;
        self
    }

    pub(crate) fn stranger(mut self, does: impl FnMut(&'static str) + 'a) -> Self {
        self.stranger = RefCell::new(Box::new(does));
        self
    }

    pub(crate) fn stranger_before(self, call: &'static str, mut does: impl FnMut() + 'a) -> Self {
        self.stranger(move |name| {
            if name == call {
                does();
            }
        })
    }

    /// The names of the calls that were made, in order.
    pub(crate) fn calls(&self) -> Vec<&'static str> {
        self.calls.borrow().clone()
    }

    fn call<T>(&self, name: &'static str, does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        if self.dead.get() {
            return Err(killed());
        }
        (self.stranger.borrow_mut())(name);
        let number = self.calls.borrow().len();
        self.calls.borrow_mut().push(name);
        if number < self.at || (number > self.at && !matches!(self.fault, Fault::Lasting(_))) {
            return does();
        }
        match self.fault {
            Fault::Before(errno) | Fault::Lasting(errno) => {
                Err(io::Error::from_raw_os_error(errno))
            }
            Fault::After(errno) => {
                let _ = does();
                Err(io::Error::from_raw_os_error(errno))
            }
            Fault::KilledBefore => {
                self.dead.set(true);
                Err(killed())
            }
            Fault::KilledAfter => {
                let _ = does();
                self.dead.set(true);
                Err(killed())
            }
            Fault::Short => does(),
        }
    }

    fn only_if<T>(&self, knows: bool, does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        if knows {
            does()
        } else {
            Err(io::ErrorKind::InvalidInput.into())
        }
    }
}

fn killed() -> io::Error {
    io::Error::other("killed")
}

impl Disk for FaultyDisk<'_> {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.call("canonicalize", || RealDisk.canonicalize(path))
    }
    fn look(&self, path: &Path) -> io::Result<Look> {
        self.call("look", || RealDisk.look(path))
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.call("read", || RealDisk.read(path))
    }
    fn create(&self, path: &Path, mode: u32) -> io::Result<File> {
        self.call("create", || {
            if self.takes_files {
                RealDisk.create(path, mode)
            } else {
                Err(io::ErrorKind::PermissionDenied.into())
            }
        })
    }
    fn open(&self, path: &Path) -> io::Result<File> {
        self.call("open", || RealDisk.open(path))
    }
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        // A fault in a write is one in the midst of it: half of the bytes arrive.
        let number = self.calls.borrow().len();
        let half = bytes.get(..bytes.len() / 2).unwrap_or(bytes);
        let takes = match self.fault {
            _ if number != self.at => bytes,
            Fault::Short => bytes.get(..1).unwrap_or(bytes),
            // An interrupted write has written nothing; one that has written something returns its length.
            Fault::After(errno) if errno == INTERRUPTED => &[],
            _ => half,
        };
        self.call("write", || RealDisk.write(file, takes))
    }
    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        self.call("cut", || RealDisk.cut(file, len))
    }
    fn set_owner(&self, file: &File, user: Option<u32>, group: u32) -> io::Result<()> {
        self.call("set_owner", || RealDisk.set_owner(file, user, group))
    }
    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()> {
        self.call("set_mode", || RealDisk.set_mode(file, mode))
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        // No power fails here, and really waiting for the medium takes minutes over a whole sweep.
        self.pause(MEDIUM);
        self.call("sync", || file.metadata().map(drop))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.pause(MEDIUM);
        self.call("sync_folder", || RealDisk.look(folder).map(drop))
    }
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.call("exchange", || {
            self.only_if(self.knows_flags, || RealDisk.exchange(a, b))
        })
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename", || RealDisk.rename(from, to))
    }
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("rename_new", || {
            self.only_if(self.knows_flags, || RealDisk.rename_new(from, to))
        })
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call("link", || {
            self.only_if(self.knows_links, || RealDisk.link(from, to))
        })
    }
    fn unlink(&self, path: &Path) -> io::Result<()> {
        self.call("unlink", || RealDisk.unlink(path))
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.call("make_folder", || RealDisk.make_folder(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.call("remove_folder", || RealDisk.remove_folder(path))
    }
    fn try_lock(&self, folder: &Path) -> io::Result<File> {
        self.call("try_lock", || RealDisk.try_lock(folder))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.call("list", || RealDisk.list(folder))
    }
    fn pause(&self, time: Duration) {
        if self.at == NEVER {
            RealDisk.pause(time);
        }
    }
}

/// How long a quick medium takes.
const MEDIUM: Duration = Duration::from_micros(500);

/// No call has this number.
pub(crate) const NEVER: usize = usize::MAX;

/// `EINTR`, the same on every system.
pub(crate) const INTERRUPTED: i32 = 4;
