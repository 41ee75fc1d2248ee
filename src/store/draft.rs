//! Drafts on disk: what is typed in open forms, one file a form, readable by its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};

use super::history::make_private_folder;
use crate::model::draft::{Draft, KeptDraft};

/// The folder with the drafts of one journal.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: PathBuf,
}

/// A draft as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    when: String,
    /// The program that has the form open.
    holder: Holder,
    draft: Draft,
}

/// A running program. Process numbers are given out again; number and start together are not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pid: i32,
    /// When it was started, in the system's own count; empty where that can't be known.
    started: String,
}

impl Holder {
    /// This program.
    pub fn me() -> Holder {
        let pid = rustix::process::getpid();
        Holder {
            pid: pid.as_raw_nonzero().get(),
            started: started(pid),
        }
    }

    /// A name for a draft of this program, begun at that moment, which no other draft has.
    pub fn name(&self, moment: &str, number: u32) -> String {
        let digits: String = moment.chars().filter(char::is_ascii_digit).collect();
        format!("{digits}-{}-{number}", self.pid)
    }

    /// Whether the program still runs.
    pub fn is_living(&self) -> bool {
        let Some(pid) = Pid::from_raw(self.pid).filter(|_| self.pid > 0) else {
            return false;
        };
        let is_there = matches!(test_kill_process(pid), Ok(()) | Err(Errno::PERM));
        is_there && (self.started.is_empty() || self.started == started(pid))
    }
}

/// The 22nd field of Linux' `stat`; the second, a name, may hold anything.
fn started(pid: Pid) -> String {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    let stat = stat.unwrap_or_default();
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let field = rest.split_whitespace().nth(19);
    field.unwrap_or_default().to_owned()
}

impl Drafts {
    /// The drafts in this state folder; a folder for them is made when one is first written.
    pub fn in_folder(state: &Path) -> Drafts {
        Drafts {
            folder: state.join("drafts"),
        }
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a draft whole: a kill at any moment leaves this one or the one before. `sync`: also
    /// a power cut does.
    ///
    /// # Errors
    /// What the system says; the draft written before is still there then.
    pub fn write(
        &self,
        id: &str,
        (draft, when): (&Draft, &str),
        holder: &Holder,
        sync: bool,
    ) -> io::Result<()> {
        let written = Written {
            when: when.to_owned(),
            holder: holder.clone(),
            draft: draft.clone(),
        };
        let text = serde_json::to_vec_pretty(&written)?;
        make_private_folder(&self.folder)?;
        let half = self.half(id);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&half)?;
        file.write_all(&text)?;
        if sync {
            file.sync_data()?;
        }
        fs::rename(&half, self.whole(id))?;
        if sync {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Removes a draft; one that is gone already is fine.
    ///
    /// # Errors
    /// What the system says.
    pub fn remove(&self, id: &str) -> io::Result<()> {
        let _ = fs::remove_file(self.half(id));
        match fs::remove_file(self.whole(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// The drafts that no living program holds, the newest first. What can't be read as one is
    /// passed over and stays.
    pub fn left_behind(&self) -> Vec<KeptDraft> {
        // A kill between writing and renaming: where it is whole, it is the newer one.
        for id in self.ids(".tmp") {
            if read_dead(&self.half(&id)).is_some() {
                let _ = fs::rename(self.half(&id), self.whole(&id));
            }
        }
        let ids = self.ids(".json").into_iter();
        let mut drafts: Vec<KeptDraft> = ids
            .filter_map(|id| {
                let written = read_dead(&self.whole(&id))?;
                Some(KeptDraft {
                    id,
                    when: written.when,
                    draft: written.draft,
                })
            })
            .collect();
        drafts.sort_by(|a, b| (&b.when, &b.id).cmp(&(&a.when, &a.id)));
        drafts
    }

    fn ids(&self, end: &str) -> Vec<String> {
        let files = fs::read_dir(&self.folder).into_iter().flatten();
        let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
        names
            .filter_map(|name| Some(name.strip_suffix(end)?.to_owned()))
            .collect()
    }

    fn whole(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    fn half(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.tmp"))
    }
}

/// A draft that can be read and whose program does not run any more.
fn read_dead(path: &Path) -> Option<Written> {
    let written: Written = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (!written.holder.is_living()).then_some(written)
}
