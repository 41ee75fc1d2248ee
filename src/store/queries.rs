//! What was looked for, one query a line, the newest last, readable by its owner alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::history::make_private_folder;

/// The most that is kept.
const MOST: usize = 200;
/// A longer one is not kept, in bytes.
const LONGEST: usize = 2_000;

/// The queries of one journal.
#[derive(Clone, Debug)]
pub struct Queries {
    path: PathBuf,
}

impl Queries {
    /// The queries in this state folder; the file is made when the first one is kept.
    pub fn in_folder(state: &Path) -> Queries {
        Queries {
            path: state.join("queries"),
        }
    }

    /// The file they stand in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All of them, the newest last. What can't be read is as if it were not there.
    pub fn read(&self) -> Vec<String> {
        let bytes = fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && line.len() <= LONGEST);
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        let over = lines.len().saturating_sub(MOST);
        lines.into_iter().skip(over).collect()
    }

    /// Keeps one more, behind those of all programs so far. A kill at any moment leaves the old
    /// file or the new one.
    ///
    /// # Errors
    /// What the system says; the file is as it was then.
    pub fn keep(&self, query: &str) -> io::Result<()> {
        let query: String = query.chars().filter(|c| !c.is_control()).collect();
        let query = query.trim();
        if query.is_empty() || query.len() > LONGEST {
            return Ok(());
        }
        let mut all = self.read();
        all.retain(|known| known != query);
        all.push(query.to_owned());
        let over = all.len().saturating_sub(MOST);
        all.drain(..over);
        if let Some(folder) = self.path.parent() {
            make_private_folder(folder)?;
        }
        // Two programs never write the same half.
        let half = self
            .path
            .with_extension(format!("{}.tmp", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&half)?;
        let written = file.write_all((all.join("\n") + "\n").as_bytes());
        let renamed = written.and_then(|()| fs::rename(&half, &self.path));
        if renamed.is_err() {
            let _ = fs::remove_file(&half);
        }
        renamed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stand_last_and_each_stands_once() {
        let folder = tempfile::tempdir().unwrap();
        let queries = Queries::in_folder(&folder.path().join("state"));
        assert!(queries.read().is_empty());
        for query in ["支払", "kind:concern", "支払", "  ", "a\nb"] {
            queries.keep(query).unwrap();
        }
        assert_eq!(queries.read(), ["kind:concern", "支払", "ab"]);
        for number in 0..MOST + 10 {
            queries.keep(&number.to_string()).unwrap();
        }
        assert_eq!(queries.read().len(), MOST);
        queries.keep(&"x".repeat(LONGEST + 1)).unwrap();
        assert_eq!(queries.read().last().unwrap(), "209");
        let mut files = fs::read_dir(folder.path().join("state")).unwrap();
        assert!(
            files.next().is_some() && files.next().is_none(),
            "no half is left"
        );
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let queries = Queries::in_folder(folder.path());
        queries.keep("支払").unwrap();
        let mode = fs::metadata(queries.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_text_is_read_as_far_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let queries = Queries::in_folder(folder.path());
        fs::write(queries.path(), b"good\n\xff\n\n").unwrap();
        assert_eq!(queries.read(), ["good", "\u{fffd}"]);
    }
}
