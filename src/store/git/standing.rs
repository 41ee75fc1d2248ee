//! Where the journal stands against what git knows.

use super::{Git, GitError};
use crate::model::standing::Standing;

impl Git {
    /// Where the journal stands now.
    ///
    /// # Errors
    /// [`GitError`], as [`Git::looking`].
    pub fn standing(&self) -> Result<Standing, GitError> {
        read_answer(self, |args| self.looking(args))
    }
}

/// Where the journal stands, with git asked in this way.
pub(super) fn read_answer(
    git: &Git,
    ask: impl Fn(&[&str]) -> Result<Vec<u8>, GitError>,
) -> Result<Standing, GitError> {
    let out = ask(&[
        "status",
        "--porcelain=v2",
        "--branch",
        "-z",
        "--untracked-files=all",
        "--ignore-submodules=all",
        "--no-renames",
        "--",
        ".",
    ])?;
    Ok(read(&String::from_utf8_lossy(&out), &git.prefix))
}

/// Reads `git status --porcelain=v2 --branch -z`; only what lies below `prefix` counts.
fn read(status: &str, prefix: &str) -> Standing {
    let mut standing = Standing::default();
    for record in status.split('\0') {
        let (sort, rest) = record.split_once(' ').unwrap_or((record, ""));
        // How many words stand between the sort and the path.
        let words = match sort {
            "#" => {
                read_branch(rest, &mut standing);
                continue;
            }
            "1" => 7,
            "u" => 9,
            "?" => 0,
            _ => continue,
        };
        let path = rest.splitn(words + 1, ' ').nth(words);
        let Some(path) = path.and_then(|path| path.strip_prefix(prefix)) else {
            continue;
        };
        match sort {
            "u" => standing.unmerged.push(path.to_owned()),
            _ => standing.changed.push(path.to_owned()),
        }
    }
    standing
}

fn read_branch(line: &str, standing: &mut Standing) {
    let (what, value) = line.split_once(' ').unwrap_or((line, ""));
    match what {
        "branch.head" if value != "(detached)" => standing.branch = Some(value.to_owned()),
        "branch.upstream" => standing.upstream = Some(value.to_owned()),
        "branch.ab" => {
            let count = |sign: char| {
                let mut words = value.split(' ');
                words.find_map(|word| word.strip_prefix(sign)?.parse().ok())
            };
            standing.ahead = count('+').unwrap_or(0);
            standing.behind = count('-').unwrap_or(0);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, read};

    #[test]
    fn the_branch_and_the_files_below_the_journal_are_read() {
        let status = "# branch.oid 0123\0# branch.head main\0# branch.upstream origin/main\0\
            # branch.ab +2 -1\0\
            1 .M N... 100644 100644 100644 0123 0123 journal/a b.toml\0\
            1 .M N... 100644 100644 100644 0123 0123 letters/x.txt\0\
            u UU N... 100644 100644 100644 100644 1 2 3 journal/acme.toml\0\
            ? journal/group/new.toml\0";
        let standing = read(status, "journal/");
        assert_eq!(
            standing,
            Standing {
                branch: Some("main".to_owned()),
                upstream: Some("origin/main".to_owned()),
                ahead: 2,
                behind: 1,
                changed: vec!["a b.toml".to_owned(), "group/new.toml".to_owned()],
                unmerged: vec!["acme.toml".to_owned()],
            }
        );
        assert_eq!(read("# branch.head (detached)\0", "").branch, None);
    }
}
