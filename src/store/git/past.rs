//! What became of the journal's files, out of git.

use std::collections::HashMap;
use std::path::Path;

use super::{Blob, Git, GitError};
use crate::model::customer::Customer;
use crate::model::difference::{Difference, differences, unlike_all};
use crate::store::files::{customer_path, read_file};
use crate::store::read::read_bytes;

/// How many letters of a commit's name are shown.
const SHORT: usize = 8;

/// How many commits have their files read at a time.
const AT_A_TIME: usize = 32;

/// A commit that touched the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// When it was written, as `2026-11-21T10:02:03+09:00`.
    pub when: String,
    /// Who wrote it.
    pub who: String,
    /// The first line of its message.
    pub what: String,
    files: Vec<FileStep>,
}

impl Commit {
    /// Its name as it is shown.
    pub fn short(&self) -> &str {
        self.id.get(..SHORT).unwrap_or(&self.id)
    }
}

/// What a commit did to one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FileStep {
    /// The customer's key behind it, and before it.
    key: String,
    was_key: String,
    /// The blobs before, one a parent; `None`: there was no file.
    was: Vec<Option<String>>,
    /// The blob behind it.
    now: Option<String>,
}

/// What a commit did to a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// The customer's key.
    pub key: String,
    /// The key it had before, where that was another one.
    pub renamed_from: Option<String>,
    /// The customer's name.
    pub name: String,
    /// What differs; of a merge, only what it left unlike all of its parents.
    pub differences: Vec<Difference>,
}

/// A commit, and what it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The commit.
    pub commit: Commit,
    /// The customers it touched.
    pub customers: Vec<Touched>,
}

impl Git {
    /// The commits that touched the journal, or this customer alone (under its earlier names
    /// too), the newest first; `most` at most.
    ///
    /// # Errors
    /// [`GitError`], as [`Git::looking`]. A repository without a commit has none.
    pub fn commits(&self, customer: Option<&str>, most: usize) -> Result<Vec<Commit>, GitError> {
        let path = customer.map_or_else(|| ".".to_owned(), |key| format!("{key}.toml"));
        let most = format!("--max-count={most}");
        let mut args = vec![
            "log",
            "-c",
            "--raw",
            "-z",
            "--no-abbrev",
            "--format=%x01%H%x1f%aI%x1f%an%x1f%s",
            &most,
        ];
        args.push(match customer {
            Some(_) => "--follow",
            None => "--find-renames",
        });
        args.extend(["--", &path]);
        match self.looking(&args) {
            Ok(out) => Ok(read(&String::from_utf8_lossy(&out), self.prefix())),
            Err(GitError::Failed { said, .. }) if said.contains("does not have any commits") => {
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    /// What these commits did, in their order, without those that changed no entry and no field.
    ///
    /// # Errors
    /// [`GitError`], as [`Git::looking`].
    pub fn steps(&self, commits: Vec<Commit>) -> Result<Vec<Step>, GitError> {
        let mut steps = Vec::with_capacity(commits.len());
        let mut commits = commits.into_iter().peekable();
        while commits.peek().is_some() {
            let some: Vec<Commit> = commits.by_ref().take(AT_A_TIME).collect();
            let contents = self.contents(&some)?;
            steps.extend(some.into_iter().filter_map(|commit| {
                let customers: Vec<Touched> = commit
                    .files
                    .iter()
                    .filter_map(|file| touched(file, &contents))
                    .collect();
                (!customers.is_empty()).then_some(Step { commit, customers })
            }));
        }
        Ok(steps)
    }

    fn contents(&self, commits: &[Commit]) -> Result<HashMap<String, Blob>, GitError> {
        let files = commits.iter().flat_map(|commit| &commit.files);
        let mut names: Vec<&str> = files
            .flat_map(|file| file.was.iter().chain([&file.now]))
            .filter_map(Option::as_deref)
            .collect();
        names.sort_unstable();
        names.dedup();
        let blobs = self.blobs(&names)?;
        Ok(names.into_iter().map(str::to_owned).zip(blobs).collect())
    }

    /// How the customers differ from what they were in a revision, or between two of them.
    ///
    /// # Errors
    /// [`GitError`], as where there is no such revision.
    pub fn differing(&self, was: &str, now: Option<&str>) -> Result<Vec<Touched>, GitError> {
        let was = self.revision(was)?;
        let now = now.map(|now| self.revision(now)).transpose()?;
        let mut args = match &now {
            Some(_) => vec!["diff-tree", "-r"],
            None => vec!["diff-index"],
        };
        args.extend(["--raw", "-z", "--no-abbrev", "--find-renames"]);
        args.extend([was.as_str()].into_iter().chain(now.as_deref()));
        args.extend(["--", "."]);
        let out = self.looking(&args)?;
        let out = String::from_utf8_lossy(&out);
        let mut tokens = out.split('\0');
        let mut commit = Commit::default();
        read_files(&mut tokens, &mut commit, self.prefix());
        if now.is_none() {
            commit.files.extend(self.untracked()?);
        }
        let mut contents = self.contents(std::slice::from_ref(&commit))?;
        if now.is_none() {
            from_folder(self.root(), &mut commit.files, &mut contents);
        }
        let files = commit.files.iter();
        Ok(files.filter_map(|file| touched(file, &contents)).collect())
    }

    /// The commit that a word means.
    fn revision(&self, word: &str) -> Result<String, GitError> {
        let wanted = format!("{word}^{{commit}}");
        let args = ["rev-parse", "--verify", "--end-of-options", &wanted];
        let name = self.looking(&args)?;
        Ok(String::from_utf8_lossy(&name).trim().to_owned())
    }

    /// Customers that git does not know yet.
    fn untracked(&self) -> Result<Vec<FileStep>, GitError> {
        let args = [
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            ".",
        ];
        let out = self.looking(&args)?;
        let out = String::from_utf8_lossy(&out);
        let keys = out.split('\0').filter_map(customer_key);
        let new = keys.map(|key| FileStep {
            key: key.to_owned(),
            was_key: key.to_owned(),
            ..FileStep::default()
        });
        Ok(new.collect())
    }
}

/// The files as they stand in the journal's folder now.
fn from_folder(root: &Path, files: &mut [FileStep], contents: &mut HashMap<String, Blob>) {
    for file in files {
        let mut bytes = Vec::new();
        let path = customer_path(root, &file.key);
        let is_read = path.exists() && read_file(root, &path, &mut bytes).is_ok();
        // No name of a blob holds a colon.
        let name = format!("file:{}", file.key);
        file.now = is_read.then(|| name.clone());
        contents.insert(name, is_read.then_some(bytes));
    }
}

/// Reads what `git log -c --raw -z` prints behind each header of ours.
fn read(log: &str, prefix: &str) -> Vec<Commit> {
    let mut commits = Vec::new();
    for part in log.split('\u{1}').skip(1) {
        let mut tokens = part.split('\0');
        let mut header = tokens.next().unwrap_or_default().split('\u{1f}');
        let mut word = || header.next().unwrap_or_default().to_owned();
        let mut commit = Commit {
            id: word(),
            when: word(),
            who: word(),
            what: word(),
            files: Vec::new(),
        };
        read_files(&mut tokens, &mut commit, prefix);
        commits.push(commit);
    }
    commits
}

/// Reads `:MODE MODE NAME NAME M`, its path, and for a rename the second one; a merge has a colon,
/// a mode and a name for each of its parents.
fn read_files<'t>(tokens: &mut impl Iterator<Item = &'t str>, commit: &mut Commit, prefix: &str) {
    while let Some(token) = tokens.next() {
        let raw = token.trim_start_matches('\n');
        let parents = raw.bytes().take_while(|byte| *byte == b':').count();
        if parents == 0 {
            continue;
        }
        let words: Vec<&str> = raw.trim_start_matches(':').split(' ').collect();
        let blob = |name: &str| name.bytes().any(|b| b != b'0').then(|| name.to_owned());
        // The modes of the parents and of the file come first.
        let names = words.get(parents + 1..).unwrap_or_default();
        let is_rename = parents == 1 && raw.rsplit(' ').next().is_some_and(is_moved);
        let Some(was_path) = tokens.next() else {
            return;
        };
        let path = match is_rename {
            true => tokens.next().unwrap_or_default(),
            false => was_path,
        };
        let key = |path: &'t str| customer_key(path.strip_prefix(prefix)?);
        let Some(now_key) = key(path).or_else(|| key(was_path)) else {
            continue;
        };
        let now = names.get(parents).copied().unwrap_or_default();
        commit.files.push(FileStep {
            key: now_key.to_owned(),
            was_key: key(was_path).unwrap_or(now_key).to_owned(),
            was: names.iter().take(parents).map(|name| blob(name)).collect(),
            now: blob(now).filter(|_| key(path).is_some()),
        });
    }
}

fn is_moved(status: &str) -> bool {
    status.starts_with('R') || status.starts_with('C')
}

/// The customer whose file that is, by its path below the journal.
fn customer_key(path: &str) -> Option<&str> {
    let key = path.strip_suffix(".toml")?;
    let is_hidden = key.split('/').any(|part| part.starts_with('.'));
    (!key.is_empty() && !is_hidden).then_some(key)
}

fn touched(file: &FileStep, contents: &HashMap<String, Blob>) -> Option<Touched> {
    let read = |key: &str, name: &Option<String>| -> Option<Customer> {
        let bytes = contents.get(name.as_ref()?)?.as_ref()?;
        Some(read_bytes(key, bytes).customer)
    };
    let now = read(&file.key, &file.now);
    let none = [None];
    let was: &[Option<String>] = match file.was.as_slice() {
        [] => &none,
        was => was,
    };
    let was: Vec<Option<Customer>> = was.iter().map(|name| read(&file.was_key, name)).collect();
    let parents: Vec<Vec<Difference>> = was
        .iter()
        .map(|was| differences(was.as_ref(), now.as_ref()))
        .collect();
    let renamed_from = (file.was_key != file.key).then(|| file.was_key.clone());
    let differences = unlike_all(&parents);
    if differences.is_empty() && renamed_from.is_none() {
        return None;
    }
    let named = now.as_ref().or(was.first().and_then(Option::as_ref));
    Some(Touched {
        key: file.key.clone(),
        renamed_from,
        name: named.map_or(&*file.key, Customer::name).to_owned(),
        differences,
    })
}

#[cfg(test)]
mod tests {
    use super::{FileStep, read};

    #[test]
    fn the_log_is_read_with_renames_and_merges() {
        let log = "\u{1}aa\u{1f}2026-11-21T10:00:00+09:00\u{1f}山田\u{1f}moved\0\n\
            :100644 100644 0a 0a R100\0j/a b.toml\0j/group/c.toml\0\
            :100644 100644 0a 0b M\0other.toml\0\
            \u{1}bb\u{1f}2026-11-20T10:00:00Z\u{1f}A\u{1f}merged\0\0\
            ::100644 100644 100644 0a 0b 0c MM\0j/x.toml\0";
        let commits = read(log, "j/");
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(commits.len(), 2);
        assert_eq!((&*commits[0].who, &*commits[0].what), ("山田", "moved"));
        assert_eq!(
            commits[0].files,
            [FileStep {
                key: "group/c".to_owned(),
                was_key: "a b".to_owned(),
                was: vec![named("0a")],
                now: named("0a"),
            }]
        );
        assert_eq!(commits[1].files[0].was, [named("0a"), named("0b")]);
        assert_eq!(commits[1].files[0].now, named("0c"));
    }
}
