//! The terminal is given to another program, the person's editor or a sync, and taken back.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use super::guard::Lent;
use super::inbox::Inbox;
use super::{LAST_WORDS, Program};
use crate::store::git::Git;
use crate::ui::msg::Msg;

/// The most of the last line of a sync that is kept, in bytes.
const MOST_SAID: usize = 4096;

impl Program {
    /// Gives the terminal to the person's editor and takes it back. Answers what to say.
    pub(super) fn edit(
        &mut self,
        customer: &str,
        line: u32,
        inbox: &mut Inbox,
    ) -> io::Result<Option<String>> {
        let Some(root) = self.root.as_deref() else {
            return Ok(None);
        };
        let path = root.join(format!("{customer}.toml"));
        let mut command = match (self.editor)(&path, line) {
            Ok(command) => command,
            Err(why) => return Ok(Some(why)),
        };
        let status = self.lend(inbox, || command.status())?;
        Ok(match status {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!(
                "the editor ended with {status}; the file is as it left it"
            )),
            Err(error) => Some(format!(
                "{}: {error}; set VISUAL or EDITOR to your editor",
                command.get_program().display()
            )),
        })
    }

    /// Gives the terminal to a sync and takes it back. Where it failed, what it said can be read
    /// until Enter, unless something is to be decided, which is asked at once.
    pub(super) fn sync(&mut self, inbox: &mut Inbox) -> io::Result<Option<Msg>> {
        let Some(root) = self.root.clone() else {
            return Ok(None);
        };
        let mut command = match (self.sync)(&root) {
            Ok(command) => command,
            Err(why) => {
                return Ok(Some(Msg::Synced {
                    notice: Some(why),
                    is_stuck: false,
                }));
            }
        };
        let (ended, is_stuck) = self.lend(inbox, || {
            let ended = run_through(&mut command);
            let failed = !matches!(&ended, Ok((status, _)) if status.success());
            let is_stuck = failed && has_clashes(&root);
            if failed && !is_stuck {
                wait_for_enter(&ended);
            }
            (ended, is_stuck)
        })?;
        let notice = match ended {
            Ok((status, said)) if said.is_empty() => Some(format!("the sync ended with {status}")),
            Ok((_, said)) => Some(said),
            Err(error) => Some(format!(
                "{}: {error}; type: goodwill sync",
                command.get_program().display()
            )),
        };
        Ok(Some(Msg::Synced { notice, is_stuck }))
    }

    /// Lends the terminal while something else is done.
    fn lend<T>(&mut self, inbox: &mut Inbox, work: impl FnOnce() -> T) -> io::Result<T> {
        self.keeper.flush(LAST_WORDS);
        // Two readers of one keyboard would share the keys between them.
        inbox.stop_keys();
        self.guard.leave();
        inbox.lend(true);
        let lent = Lent::now();
        let done = work();
        lent.put_back();
        inbox.lend(false);
        self.come_back()?;
        inbox.start_keys()?;
        self.editor_ended = Some(Instant::now());
        Ok(done)
    }
}

/// Runs the command on this terminal. What it writes to stdout is passed on as it comes, and its
/// last line is answered too.
fn run_through(command: &mut Command) -> io::Result<(ExitStatus, String)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut last = Vec::new();
    if let Some(mut stdout) = child.stdout.take() {
        let mut bytes = [0; 4096];
        let mut screen = io::stdout();
        while let Ok(read @ 1..) = stdout.read(&mut bytes) {
            let read = bytes.get(..read).unwrap_or_default();
            // A terminal that is gone ends the program by its signal.
            let _ = screen.write_all(read).and_then(|()| screen.flush());
            keep_last_line(&mut last, read);
        }
    }
    let status = child.wait()?;
    let said = String::from_utf8_lossy(&last);
    let line = said.lines().rfind(|line| !line.trim().is_empty());
    Ok((status, line.unwrap_or_default().trim().to_owned()))
}

/// Adds what was written; what stands before the last whole line goes.
fn keep_last_line(last: &mut Vec<u8>, read: &[u8]) {
    last.extend_from_slice(read);
    let ends = last.iter().rev().skip_while(|byte| **byte == b'\n');
    let from = last.len() - last.iter().rev().take_while(|byte| **byte == b'\n').count();
    let line = ends.take_while(|byte| **byte != b'\n').count();
    let from = from.saturating_sub(line.min(MOST_SAID));
    last.drain(..from);
}

/// Whether a merge waits for decisions in the journal.
fn has_clashes(root: &Path) -> bool {
    let standing = Git::find(root).and_then(|git| git.standing());
    standing.is_ok_and(|standing| !standing.unmerged.is_empty())
}

/// Lets a person read what stands on the terminal.
fn wait_for_enter(ended: &io::Result<(ExitStatus, String)>) {
    let mut screen = io::stdout();
    if let Err(error) = ended {
        let _ = writeln!(screen, "goodwill sync: {error}");
    }
    let _ = write!(screen, "\nEnter goes back to goodwill ");
    let _ = screen.flush();
    let mut line = String::new();
    // Where the terminal is gone there is nobody to wait for.
    let _ = io::stdin().lock().read_line(&mut line);
}

#[cfg(test)]
mod tests {
    use super::keep_last_line;

    fn last_of(pieces: &[&str]) -> String {
        let mut last = Vec::new();
        for piece in pieces {
            keep_last_line(&mut last, piece.as_bytes());
        }
        String::from_utf8(last).unwrap().trim().to_owned()
    }

    #[test]
    fn the_last_line_is_kept_however_it_comes() {
        assert_eq!(
            last_of(&["commit  3 files\nsynced: 1 sent\n"]),
            "synced: 1 sent"
        );
        assert_eq!(
            last_of(&["commit\nsyn", "ced: 1 s", "ent\n"]),
            "synced: 1 sent"
        );
        assert_eq!(last_of(&["synced: 1 sent\n", "\n", "\n"]), "synced: 1 sent");
        assert_eq!(last_of(&["one\n", "two"]), "two");
        assert_eq!(last_of(&[]), "");
    }
}
