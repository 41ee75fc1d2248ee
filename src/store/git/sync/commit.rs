//! What changed here is looked at and committed: the journal's own files, each by its name.

use super::super::{Git, GitError, Standing, standing};
use super::ordered::listed;
use super::place::Place;
use super::stop::Stop;
use super::tree::Change;
use super::{Step, Sync, customer_of, told};
use crate::model::problem::Problem;
use crate::model::tidings::{Message, message};
use crate::store::files::{copy_of, read_file};
use crate::store::read::SETTINGS_FILE;
use crate::store::syntax::{as_text, markers_in_text, strict};

/// Files of git in the journal's folder that goodwill may have made.
const GIT_FILES: [&str; 2] = [".gitattributes", ".gitignore"];

/// What is to be committed.
pub(super) struct Changed {
    pub files: Vec<Change>,
}

impl Changed {
    /// The words of the commit.
    pub fn message(&self) -> Message {
        let mut others = Vec::new();
        for file in &self.files {
            let word = match file.path.as_str() {
                SETTINGS_FILE => "settings",
                path if GIT_FILES.contains(&path) => "settings of git",
                _ => continue,
            };
            if !others.contains(&word) {
                others.push(word);
            }
        }
        message(&told(&self.files), &others)
    }

    /// What is wrong with the files.
    fn problems(&self) -> Vec<Problem> {
        let is_toml = |file: &&Change| !GIT_FILES.contains(&file.path.as_str());
        self.files
            .iter()
            .filter(is_toml)
            .filter_map(|file| Some((file.path.as_str(), file.after.as_deref()?)))
            .flat_map(|(path, bytes)| match as_text(path, bytes) {
                Ok(text) => {
                    let mut problems = strict(path, text);
                    problems.extend(markers_in_text(path, text));
                    problems
                }
                Err(problem) => vec![*problem],
            })
            .collect()
    }
}

impl Git {
    /// The journal's own files among these, as they are now and as the last commit has them.
    pub(super) fn own_changes(&self, paths: &[String]) -> Result<Changed, Stop> {
        let head = match self.commit_of("HEAD")? {
            Some(head) => self.tree(&head)?,
            None => Default::default(),
        };
        let own = paths.iter().filter(|path| self.is_own(path));
        let mut own: Vec<&String> = own.collect();
        own.sort();
        let ids: Vec<&str> = own
            .iter()
            .filter_map(|path| head.get(*path).map(String::as_str))
            .collect();
        let mut objects = self.objects(&ids)?.into_iter();
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for path in own {
            let before = match head.contains_key(path) {
                true => objects.next(),
                false => None,
            };
            let place = self.root().join(path);
            let mut bytes = Vec::new();
            let after = match place.symlink_metadata() {
                Err(_) => None,
                Ok(_) => match read_file(self.root(), &place, &mut bytes) {
                    Ok(()) => Some(bytes),
                    Err(problem) => {
                        problems.push(*problem);
                        continue;
                    }
                },
            };
            files.push(Change {
                path: path.clone(),
                before,
                after,
            });
        }
        let changed = Changed { files };
        problems.extend(changed.problems());
        match problems.is_empty() {
            true => Ok(changed),
            false => Err(Stop::broken(&problems)),
        }
    }

    /// Whether a file is the journal's: a customer's, its settings, or one that goodwill made
    /// for git.
    fn is_own(&self, path: &str) -> bool {
        if path == SETTINGS_FILE {
            return true;
        }
        let place = self.root().join(path);
        if GIT_FILES.contains(&path) {
            let text = std::fs::read_to_string(place).unwrap_or_default();
            return text.contains("goodwill");
        }
        let is_there = |key: &str| self.root().join(format!("{key}.toml")).exists();
        customer_of(path).is_some_and(|key| copy_of(key, is_there).is_none())
    }

    /// The paths that differ from the last commit as the person's own git sees it.
    pub(super) fn changed_paths(&self) -> Result<Standing, GitError> {
        standing::read_answer(self, |args| self.own_answer(args))
    }
}

impl Sync<'_> {
    /// Looks at what changed and commits it, if there is anything.
    pub(super) fn commit_changes(&mut self, place: &Place) -> Result<(), Stop> {
        let paths = self.git.changed_paths()?.changed;
        let changed = self.checked(&paths)?;
        if changed.files.is_empty() {
            return Ok(());
        }
        let message = changed.message();
        self.begins(Step::Commit, &message.subject);
        let paths: Vec<&str> = changed.files.iter().map(|f| f.path.as_str()).collect();
        let new: Vec<&str> = self.unknown_to_git(&paths)?;
        if !new.is_empty() {
            self.add(&new)?;
        }
        let done = self.commit_only(&paths, &message);
        let head = self.git.commit_of("HEAD")?;
        if head == place.head {
            if !new.is_empty() {
                // As they were: not known to git.
                let files = listed(&new)?;
                let list = format!("--pathspec-from-file={}", files.path().display());
                let taken_back = match place.head {
                    Some(_) => ["reset", "-q", &list, "--pathspec-file-nul"],
                    None => ["rm", "--cached", "-q", "-f"],
                };
                let mut args = taken_back.to_vec();
                if place.head.is_none() {
                    args.extend([list.as_str(), "--pathspec-file-nul"]);
                }
                let _ = self.git.own_answer(&args);
            }
            done?;
            self.unless_interrupted()?;
            return Err(Stop::new("git did not commit")
                .because("what it says, or a hook of yours, stands above; nothing was changed"));
        }
        let short = head.unwrap_or_default();
        self.listener
            .ends(&format!("done, {}", short.get(..7).unwrap_or(&short)));
        self.report.committed = Some(message);
        self.unless_interrupted()
    }

    fn checked(&mut self, paths: &[String]) -> Result<Changed, Stop> {
        self.begins(Step::Check, "what changed here");
        let changed = self.git.own_changes(paths)?;
        let what = match changed.files.len() {
            0 => "nothing changed".to_owned(),
            1 => "1 file, in order".to_owned(),
            more => format!("{more} files, in order"),
        };
        self.listener.ends(&what);
        Ok(changed)
    }

    fn unknown_to_git<'p>(&self, paths: &[&'p str]) -> Result<Vec<&'p str>, Stop> {
        let args = [
            "ls-files",
            "--others",
            "--exclude-standard",
            "-z",
            "--",
            ".",
        ];
        let out = self.git.own_answer(&args)?;
        let text = String::from_utf8_lossy(&out);
        let unknown: std::collections::HashSet<&str> = text.split('\0').collect();
        let paths = paths.iter().copied();
        Ok(paths.filter(|path| unknown.contains(path)).collect())
    }

    /// Makes files known to git.
    pub(super) fn add(&self, paths: &[&str]) -> Result<(), Stop> {
        let files = listed(paths)?;
        let list = format!("--pathspec-from-file={}", files.path().display());
        self.git
            .own_answer(&["add", &list, "--pathspec-file-nul"])?;
        Ok(())
    }

    /// Commits these files and no others, whatever else is staged.
    pub(super) fn commit_only(&self, paths: &[&str], message: &Message) -> Result<(), Stop> {
        let files = listed(paths)?;
        let list = format!("--pathspec-from-file={}", files.path().display());
        let body = message.body.join("\n");
        let mut args = vec!["commit", "-q", "--only", "-m", &message.subject];
        if !body.is_empty() {
            args.extend(["-m", &body]);
        }
        args.extend([list.as_str(), "--pathspec-file-nul"]);
        self.git.with_terminal(&args)?;
        Ok(())
    }
}
