//! Every file call that a save makes, behind one trait, so that tests can make each of them fail.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::OFlags;

/// What kind of thing a name in a folder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; not followed.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What the folder knows about a name; symbolic links are not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Device and inode: the same pair is the same file, whatever it's called.
    pub id: (u64, u64),
    /// Permission bits, `0o7777` at most.
    pub mode: u32,
    /// User and group that own it.
    pub owner: (u32, u32),
    /// How many names (hard links) the file has.
    pub names: u64,
    /// When its content or its name last changed, whichever is later.
    pub touched: SystemTime,
}

/// The file calls of a save. One method is one system call, or nearly so.
///
/// No method follows a symbolic link in the last part of a path, except [`Disk::canonicalize`].
/// A method that fails may or may not have had its effect: callers look, they don't guess.
pub trait Disk {
    /// The path with every link resolved. Fails where nothing is there.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;
    /// What stands at `path`.
    fn look(&self, path: &Path) -> io::Result<Look>;
    /// All bytes of a regular file; never waits on a pipe.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Makes a file that must not exist, with `mode` less the umask, open for writing.
    fn create(&self, path: &Path, mode: u32) -> io::Result<File>;
    /// Opens an existing regular file for reading and writing, without emptying it.
    fn open(&self, path: &Path) -> io::Result<File>;
    /// Writes some of `bytes`; the number written may be smaller than asked.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;
    /// Cuts the file to `len` bytes.
    fn cut(&self, file: &File, len: u64) -> io::Result<()>;
    /// Sets user (`None`: leave it) and group.
    fn set_owner(&self, file: &File, user: Option<u32>, group: u32) -> io::Result<()>;
    /// Sets the permission bits.
    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()>;
    /// Waits until the file's bytes are on the medium.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Waits until the folder's names are on the medium.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Swaps two existing names in one step. `Unsupported` or `InvalidInput` where the file system can't.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;
    /// Renames, replacing whatever has the name `to`.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames; fails with `AlreadyExists` instead of replacing. `Unsupported` or `InvalidInput` where
    /// the file system can't.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives the file `from` a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a name that isn't a folder's.
    fn unlink(&self, path: &Path) -> io::Result<()>;
    /// Makes one folder.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes one empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Tries to get the folder for this program alone, until the file returned is dropped. `WouldBlock` where
    /// another program has it. Only programs that ask are kept out; nothing is written for it.
    fn try_lock(&self, folder: &Path) -> io::Result<File>;
    /// The names in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Waits; used only where somebody else seems to be writing.
    fn pause(&self, time: Duration);
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        let meta = fs::symlink_metadata(path)?;
        let kind = match meta.file_type() {
            t if t.is_file() => Kind::File,
            t if t.is_dir() => Kind::Folder,
            t if t.is_symlink() => Kind::Link,
            _ => Kind::Other,
        };
        // A rename moves the status time only, a write moves both.
        let seconds = u64::try_from(meta.ctime()).unwrap_or(0);
        let renamed = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Ok(Look {
            kind,
            id: (meta.dev(), meta.ino()),
            mode: meta.mode() & 0o7777,
            owner: (meta.uid(), meta.gid()),
            names: meta.nlink(),
            touched: meta.modified().map_or(renamed, |time| time.max(renamed)),
        })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // Without NONBLOCK the open of a pipe waits for a writer, for ever.
        let mut file = regular(OpenOptions::new().read(true), path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<File> {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(path)
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        regular(OpenOptions::new().read(true).write(true), path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        file.set_len(len)
    }

    fn set_owner(&self, file: &File, user: Option<u32>, group: u32) -> io::Result<()> {
        std::os::unix::fs::fchown(file, user, Some(group))
    }

    fn set_mode(&self, file: &File, mode: u32) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(mode))
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        flagged_rename::exchange(a, b)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        flagged_rename::no_replace(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn try_lock(&self, folder: &Path) -> io::Result<File> {
        let file = File::open(folder)?;
        file.try_lock()?;
        Ok(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?
            .map(|entry| entry.map(|e| e.path()))
            .collect()
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

fn regular(how: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    let file = how.custom_flags(flags.cast_signed()).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "this is not a regular file",
        ))
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod flagged_rename {
    use std::io;
    use std::path::Path;

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
    }

    pub(super) fn no_replace(from: &Path, to: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod flagged_rename {
    use std::io;
    use std::path::Path;

    pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn no_replace(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
