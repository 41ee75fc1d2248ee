//! The merge driver: git hands over three files, and one comes out of them.
//!
//! Whatever goes wrong, the file never stays as plain *ours*: `git add` would then drop the other
//! side unseen. So a text merge is written first, by `git merge-file`, with markers where both
//! sides touched the same lines, and the merge by entry takes its place once it is proved.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::looking::finish;
use super::told;
use crate::store::mend::sound_base;
use crate::store::merge_file::{Labels, Merged, Unmergeable, differ_in_order_alone, merge_file};

/// Larger files are left to the text merge: a merge by entry needs many times their size.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// The markers that git makes where nothing else is asked for.
pub const MARKERS: usize = 7;

/// How long the merge by entry may take, and the text merge.
const MOST: Duration = Duration::from_secs(30);

/// The stack of the merge by entry.
const STACK: usize = 64 * 1024 * 1024;

/// What git hands over.
#[derive(Clone, Debug)]
pub struct Task {
    /// The common ancestor (`%O`); of no bytes where both sides made the file.
    pub base: PathBuf,
    /// Our side (`%A`).
    pub ours: PathBuf,
    /// The other side (`%B`).
    pub theirs: PathBuf,
    /// Where the merge goes: with git the file of our side.
    pub into: PathBuf,
    /// How many characters a marker has (`%L`).
    pub width: usize,
    /// What the sides are called in markers.
    pub labels: Labels,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Driven {
    /// Whether nothing is left to decide.
    pub whole: bool,
    /// What there is to tell, in the order in which it came up.
    pub said: Vec<String>,
}

impl Driven {
    fn says(&mut self, text: impl Into<String>) {
        self.said.push(text.into());
    }
}

/// Merges three files into one. Reads and writes those files alone and runs `git merge-file` and
/// nothing else. What can't be done is told and leaves markers.
pub fn drive(task: &Task) -> Driven {
    let mut driven = Driven::default();
    let sides = [&task.base, &task.ours, &task.theirs].map(|path| read(path));
    // Worked out beside the text merge, and written behind it.
    let entries = match &sides {
        [Ok(base), Ok(ours), Ok(theirs)] => {
            Some(by_entry([base, ours, theirs].map(|side| side.clone())))
        }
        _ => None,
    };
    driven.whole = match text_merge(task) {
        Ok(whole) => whole,
        Err(why) => {
            driven.says(why);
            if let Err(error) = write_both_whole(task, &sides) {
                driven.says(cant_write(task, &error));
            }
            false
        }
    };
    let Some(entries) = entries else {
        let whys = sides.iter().filter_map(|side| side.as_ref().err());
        driven.said.extend(whys.cloned());
        driven.says("it was merged as text, by lines");
        return driven;
    };
    let text_is_whole = driven.whole;
    driven.whole = false;
    let merged = entries.recv_timeout(MOST).unwrap_or_else(|_| {
        let why = "the merge by entry came to no end".to_owned();
        Err(Unmergeable::Doubtful(why))
    });
    match merged {
        Ok(merged) if text_is_whole && is_the_text_merge(task, &merged) => {
            driven.whole = true;
            driven.said.extend(merged.remarks);
        }
        Ok(merged) => take(task, merged, &mut driven),
        Err(Unmergeable::Side { .. }) if text_is_whole => driven.whole = true,
        Err(why) => {
            driven.says(format!("{why}; it was merged as text, by lines"));
            if text_is_whole {
                driven.says("look whether that is right before you git add it");
            }
        }
    }
    driven
}

/// Puts the merge by entry in place of the text merge.
fn take(task: &Task, merged: Merged, driven: &mut Driven) {
    let text = match merged.clashes.is_empty() {
        true => merged.text.clone(),
        false => merged.marked(&task.labels, task.width),
    };
    match write(&task.into, &text) {
        Ok(()) => {
            driven.whole = merged.clashes.is_empty();
            let names = [&*task.labels.ours, &task.labels.theirs];
            for clash in &merged.clashes {
                driven.says(told::clash(&clash.table, &clash.conflict, names));
            }
            driven.said.extend(merged.remarks);
        }
        Err(error) => driven.says(cant_write(task, &error)),
    }
}

/// Whether the text merge, which stands there already, says the same in another order: then it
/// stays, as it does on a machine whose git knows no driver.
fn is_the_text_merge(task: &Task, merged: &Merged) -> bool {
    merged.clashes.is_empty()
        && read(&task.into).is_ok_and(|text| differ_in_order_alone(&text, &merged.text))
}

fn cant_write(task: &Task, error: &io::Error) -> String {
    format!(
        "{}: the merge can't be written: {error}",
        task.into.display()
    )
}

/// The merge by entry, on a thread of its own: of one that panics nothing is heard.
fn by_entry([base, ours, theirs]: [Vec<u8>; 3]) -> mpsc::Receiver<Result<Merged, Unmergeable>> {
    let (send, answer) = mpsc::channel();
    let work = move || drop(send.send(merge_file(&sound_base(&base), &ours, &theirs)));
    let thread = std::thread::Builder::new().name("merge".to_owned());
    // Where there is no room for a thread, the channel is closed, which says the same.
    let _ = thread.stack_size(STACK).spawn(work);
    answer
}

/// A side, where it is small enough to be merged by entry.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: io::Error| format!("{}: can't be read: {error}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(told)?;
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(told)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!(
            "it has more than {} MiB, too much to be merged by entry",
            MOST_BYTES >> 20
        ));
    }
    Ok(bytes)
}

/// Lets git merge the lines. Answers whether nothing is left to decide in them.
fn text_merge(task: &Task) -> Result<bool, String> {
    let failed = |why: &str| format!("git merge-file: {why}");
    let program = super::program().ok_or_else(|| failed("there is no git on the PATH"))?;
    let in_place = task.into == task.ours;
    let run = |algorithm: Option<&str>| {
        let mut command = Command::new(&program);
        command
            .args(["merge-file", "-q"])
            .args(algorithm)
            .args((!in_place).then_some("-p"))
            .arg(format!("--marker-size={}", task.width));
        let Labels { ours, base, theirs } = &task.labels;
        for label in [ours, base, theirs] {
            command.args(["-L", label]);
        }
        command
            .arg("--")
            .args([&task.ours, &task.base, &task.theirs])
            .stdin(Stdio::null());
        let ended = finish(command, Vec::new(), MOST);
        let ended = ended.map_err(|error| failed(&error.to_string()))?;
        ended.ok_or_else(|| failed("took too long"))
    };
    // As `git merge` itself does it; gits before 2.44 don't know the word.
    let mut ended = run(Some("--diff-algorithm=histogram"))?;
    if ended.status.code() == Some(129) {
        ended = run(None)?;
    }
    let code = ended.status.code().filter(|code| (0..128).contains(code));
    let Some(code) = code else {
        let said = String::from_utf8_lossy(&ended.stderr);
        return Err(failed(
            said.trim_end().lines().last().unwrap_or("it failed"),
        ));
    };
    if !in_place {
        write(&task.into, &ended.stdout).map_err(|error| cant_write(task, &error))?;
    }
    Ok(code == 0)
}

/// Where there is not even a text merge: one side whole, and behind it the other.
fn write_both_whole(task: &Task, sides: &[Result<Vec<u8>, String>; 3]) -> io::Result<()> {
    let [_, ours, theirs] = sides;
    let none = Vec::new();
    let (ours, theirs) = (
        ours.as_ref().unwrap_or(&none),
        theirs.as_ref().unwrap_or(&none),
    );
    let mut text = Vec::with_capacity(ours.len() + theirs.len() + 256);
    let mark = |text: &mut Vec<u8>, sign: &str, label: &str| {
        if !matches!(text.last(), None | Some(b'\n')) {
            text.push(b'\n');
        }
        text.extend(sign.repeat(task.width).bytes());
        text.extend(label.bytes());
        text.push(b'\n');
    };
    mark(&mut text, "<", &format!(" {}", task.labels.ours));
    text.extend(ours);
    mark(&mut text, "=", "");
    text.extend(theirs);
    mark(&mut text, ">", &format!(" {}", task.labels.theirs));
    write(&task.into, &text)
}

/// Writes the whole file or nothing; where its folder takes no new file, into what is there.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let staged = tempfile::Builder::new()
        .prefix(".goodwill-")
        .suffix(".tmp")
        .tempfile_in(folder);
    match staged {
        Ok(mut file) => {
            file.write_all(bytes)?;
            if let Ok(meta) = path.metadata() {
                file.as_file().set_permissions(meta.permissions())?;
            }
            file.persist(path).map_err(|failed| failed.error)?;
            Ok(())
        }
        Err(_) => std::fs::write(path, bytes),
    }
}
