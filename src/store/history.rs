//! The log of every change, outside of the journal, so that yesterday's change can be undone too.
//!
//! One JSON document a line, only ever appended to, written and synced before the file is
//! touched. A line holds the bytes that a change took out and put in, and the entries in
//! question before and after, so that a change can be taken back to the byte while the file is
//! as it was left, and by merging where it moved on.

use std::collections::{HashMap, HashSet};
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// One line of the log.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Record {
    /// Names it; `undoes`, `redoes` and `void` of later lines lead here.
    pub id: String,
    /// When, as `2026-11-21T10:02:03+09:00`.
    pub when: String,
    /// What was done, in one line.
    pub what: String,
    /// The change that this one took back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// The change that this one did again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redoes: Option<String>,
    /// The change that did not come about after all: its save failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// The files it changed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRecord>,
}

/// What a change did to one file.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct FileRecord {
    /// The customer's key.
    pub customer: String,
    /// The key it was moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renamed: Option<String>,
    /// Whether there was a file before, and how its bytes can be known again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Mark>,
    /// The same for the file behind the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Mark>,
    /// How many bytes at the start are the same before and after.
    pub at: usize,
    /// What was taken out there.
    pub out: String,
    /// What was put in there.
    pub put: String,
    /// The tables in question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableRecord>,
}

/// Length and hash of a file's bytes.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct Mark {
    /// Bytes.
    pub len: usize,
    /// FNV-1a of 64 bits over words of eight bytes, in hex.
    pub hash: String,
}

impl Mark {
    /// The mark of these bytes.
    pub fn of(bytes: &[u8]) -> Mark {
        Mark {
            len: bytes.len(),
            hash: format!("{:016x}", fnv1a_words(bytes)),
        }
    }
}

/// FNV-1a, 64 bits, over words of eight bytes (little-endian, the last one filled up with
/// zeros): eight times as fast as over single bytes, and every save of a large file waits for it.
fn fnv1a_words(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let mut word = [0; 8];
        word.iter_mut()
            .zip(chunk)
            .for_each(|(to, from)| *to = *from);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// FNV-1a, 64 bits: short, stable over versions and machines. It tells bytes apart that changed
/// by accident; it is no protection against somebody who wants two texts to look alike.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A table before and after a change, as TOML that can be read by itself.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
pub struct TableRecord {
    /// Its path; empty for the head.
    pub table: Vec<String>,
    /// Before; `None`: it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// After; `None`: it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl FileRecord {
    /// The difference of two contents of a file.
    pub fn between(customer: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> FileRecord {
        let (old, new) = (before.unwrap_or(b""), after.unwrap_or(b""));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut at = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        // Cut at character borders, so that both middles are text.
        while at > 0 && !(is_border(old, at) && is_border(new, at)) {
            at -= 1;
        }
        let most = old.len().min(new.len()) - at;
        let same = |(a, b): &(&u8, &u8)| a == b;
        let ends = old.iter().rev().zip(new.iter().rev());
        let mut end = ends.take(most).take_while(same).count();
        while end > 0 && !(is_border(old, old.len() - end) && is_border(new, new.len() - end)) {
            end -= 1;
        }
        FileRecord {
            customer: customer.to_owned(),
            renamed: None,
            before: before.map(Mark::of),
            after: after.map(Mark::of),
            at,
            out: text(old.get(at..old.len() - end).unwrap_or(b"")),
            put: text(new.get(at..new.len() - end).unwrap_or(b"")),
            tables: Vec::new(),
        }
    }

    /// A file that got another key, its bytes untouched.
    pub fn rename(customer: &str, to: &str) -> FileRecord {
        FileRecord {
            renamed: Some(to.to_owned()),
            ..FileRecord::between(customer, None, None)
        }
    }

    /// The bytes before the change, out of the bytes behind it; `None` where `now` is not what
    /// the change left.
    pub fn back(&self, now: &[u8]) -> Option<Vec<u8>> {
        swap(
            now,
            self.after.as_ref()?,
            self.before.as_ref()?,
            self.at,
            &self.put,
            &self.out,
        )
    }

    /// The same record as seen from the other side: what takes the change back.
    #[must_use]
    pub fn reversed(&self) -> FileRecord {
        FileRecord {
            customer: self.renamed.as_ref().unwrap_or(&self.customer).clone(),
            renamed: self.renamed.as_ref().map(|_| self.customer.clone()),
            before: self.after.clone(),
            after: self.before.clone(),
            at: self.at,
            out: self.put.clone(),
            put: self.out.clone(),
            tables: self
                .tables
                .iter()
                .map(|table| TableRecord {
                    table: table.table.clone(),
                    before: table.after.clone(),
                    after: table.before.clone(),
                })
                .collect(),
        }
    }
}

fn is_border(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)
}

fn swap(now: &[u8], from: &Mark, to: &Mark, at: usize, out: &str, put: &str) -> Option<Vec<u8>> {
    if Mark::of(now) != *from {
        return None;
    }
    let rest = now.get(at..)?.strip_prefix(out.as_bytes())?;
    let bytes = [now.get(..at)?, put.as_bytes(), rest].concat();
    (Mark::of(&bytes) == *to).then_some(bytes)
}

/// The log of one journal.
#[derive(Clone, Debug)]
pub struct History {
    path: PathBuf,
}

impl History {
    /// The log in this state folder; the folder is made when something is first written.
    pub fn in_folder(state: &Path) -> History {
        History {
            path: state.join("history.jsonl"),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line and waits until it is on the disk.
    ///
    /// # Errors
    /// What the system says; nothing is written to the journal then.
    pub fn append(&self, record: &Record) -> io::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        if let Some(folder) = self.path.parent() {
            make_private_folder(folder)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        if ends_torn(&mut file)? {
            // What a power cut left of a line must not swallow this one.
            line.insert(0, b'\n');
        }
        let before = file.seek(SeekFrom::End(0))?;
        let written = file.write_all(&line).and_then(|()| file.sync_data());
        if written.is_err() {
            take_back(&mut file, before, &line);
        }
        written
    }

    /// Keeps a note in a file beside the log, for its owner alone, and waits until it is on the
    /// disk.
    pub(super) fn keep_beside(&self, path: &Path, note: &impl Serialize) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        make_private_folder(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(note)?)?;
        file.as_file().sync_all()?;
        file.persist(path).map(drop).map_err(io::Error::from)
    }

    /// All lines, oldest first. A line that was torn by a power cut is passed over.
    ///
    /// # Errors
    /// What the system says; a log that is not there yet is empty.
    pub fn read(&self) -> io::Result<Vec<Record>> {
        let file = match fs::File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut records = Vec::new();
        for line in BufReader::new(file).split(b'\n') {
            if let Ok(record) = serde_json::from_slice(&line?) {
                records.push(record);
            }
        }
        Ok(records)
    }
}

/// What a full disk took of a line would fill it up, and be in the way of a shorter one. Where
/// another program has written behind it, it stays, and is passed over.
fn take_back(file: &mut fs::File, before: u64, line: &[u8]) {
    let mut taken = Vec::new();
    let is_read = file
        .seek(SeekFrom::Start(before))
        .and_then(|_| file.read_to_end(&mut taken));
    if is_read.is_ok() && line.starts_with(&taken) {
        // Where this fails too, the next line begins behind it.
        let _ = file.set_len(before);
    }
}

fn ends_torn(file: &mut fs::File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Makes a folder that only its owner may look into.
pub(super) fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What can be taken back and what can be done again, the next one last.
#[derive(Debug, Default)]
pub struct Steps {
    /// Changes that stand.
    pub back: Vec<Record>,
    /// Changes that were taken back.
    pub forth: Vec<Record>,
}

/// Replays the log: which changes stand, and which were taken back since the last new one.
pub fn steps(records: Vec<Record>) -> Steps {
    let void: HashSet<String> = records.iter().filter_map(|r| r.void.clone()).collect();
    let mut originals: HashMap<String, Record> = HashMap::new();
    let mut steps = Steps::default();
    for record in records {
        if record.void.is_some() || void.contains(&record.id) {
            continue;
        }
        if let Some(undone) = &record.undoes {
            steps.back.retain(|r| r.id != *undone);
            steps.forth.extend(originals.get(undone).cloned());
        } else if let Some(redone) = &record.redoes {
            steps.forth.retain(|r| r.id != *redone);
            steps.back.extend(originals.get(redone).cloned());
        } else {
            originals.insert(record.id.clone(), record.clone());
            steps.back.push(record);
            steps.forth.clear();
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str) -> Record {
        Record {
            id: id.to_owned(),
            when: String::new(),
            what: id.to_owned(),
            undoes: None,
            redoes: None,
            void: None,
            files: Vec::new(),
        }
    }

    fn ids(records: &[Record]) -> Vec<&str> {
        records.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn undo_walks_back_redo_forth_and_a_new_change_ends_the_way_forth() {
        let undo = |id: &str, of: &str| Record {
            undoes: Some(of.to_owned()),
            ..record(id)
        };
        let redo = |id: &str, of: &str| Record {
            redoes: Some(of.to_owned()),
            ..record(id)
        };
        let mut log = vec![
            record("a"),
            record("b"),
            record("c"),
            undo("d", "c"),
            undo("e", "b"),
        ];
        let now = steps(log.clone());
        assert_eq!(
            (ids(&now.back), ids(&now.forth)),
            (vec!["a"], vec!["c", "b"])
        );
        log.push(redo("f", "b"));
        let now = steps(log.clone());
        assert_eq!(
            (ids(&now.back), ids(&now.forth)),
            (vec!["a", "b"], vec!["c"])
        );
        log.push(record("g"));
        let now = steps(log);
        assert_eq!(
            (ids(&now.back), ids(&now.forth)),
            (vec!["a", "b", "g"], vec![])
        );
    }

    #[test]
    fn a_change_whose_save_failed_is_not_there() {
        let void = Record {
            void: Some("b".to_owned()),
            ..record("v")
        };
        let now = steps(vec![record("a"), record("b"), void]);
        assert_eq!(ids(&now.back), ["a"]);
    }

    #[test]
    fn bytes_come_back_exactly_and_only_where_the_file_is_as_it_was_left() {
        let (before, after) = ("name = \"山田\"\n# あ\n", "name = \"山本\"\n# い\n");
        let record = FileRecord::between("x", Some(before.as_bytes()), Some(after.as_bytes()));
        assert_eq!(record.back(after.as_bytes()).unwrap(), before.as_bytes());
        assert_eq!(
            record.reversed().back(before.as_bytes()).unwrap(),
            after.as_bytes()
        );
        assert_eq!(record.back(b"something else"), None);
    }

    #[test]
    fn any_two_texts_are_told_apart_and_brought_back() {
        let texts = [
            "",
            "a",
            "aa",
            "aaa",
            "あ",
            "ああ",
            "あいあ",
            "い",
            "\u{3042}\u{3044}x",
        ];
        for before in texts {
            for after in texts {
                let record =
                    FileRecord::between("x", Some(before.as_bytes()), Some(after.as_bytes()));
                assert_eq!(record.back(after.as_bytes()).unwrap(), before.as_bytes());
            }
        }
    }
}
