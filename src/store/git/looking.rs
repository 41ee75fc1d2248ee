//! Git that only looks.

use std::io::{Read as _, Write as _};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::{Git, GitError};

/// How long git may look.
const MOST: Duration = Duration::from_secs(10);

/// The name of the empty tree: attributes are read from there, so that no filter is found.
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// The settings of a repository that name programs, made harmless.
const HARMLESS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.untrackedCache=false",
    "core.sshCommand=false",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
    "submodule.recurse=false",
];

impl Git {
    /// What git answers, run so that nothing of the repository's own choosing is run with it, no
    /// lock is taken, and nobody is asked anything.
    ///
    /// # Errors
    /// [`GitError`], as where git says no, or does not come to an end in ten seconds.
    pub fn looking(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        self.looking_at(args, &[])
    }

    /// The same, with something to read for git.
    ///
    /// # Errors
    /// As [`Git::looking`].
    pub fn looking_at(&self, args: &[&str], given: &[u8]) -> Result<Vec<u8>, GitError> {
        let what = args.first().copied().unwrap_or_default();
        let io = |source| GitError::Io {
            what: what.to_owned(),
            source,
        };
        let mut command = self.ordered();
        for setting in HARMLESS {
            command.args(["-c", setting]);
        }
        command
            .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
            .arg(format!("--attr-source={EMPTY_TREE}"))
            .args(args)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env_remove("GIT_EXTERNAL_DIFF")
            .env_remove("GIT_TRACE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(io)?;
        let (out, said) = exchange(&mut child, given).ok_or_else(|| {
            // One that hangs is ended; where it ended by itself meanwhile, the better.
            let _ = child.kill();
            let _ = child.wait();
            GitError::Slow {
                what: what.to_owned(),
                seconds: MOST.as_secs(),
            }
        })?;
        let status = child.wait().map_err(io)?;
        if status.success() {
            return Ok(out);
        }
        Err(GitError::Failed {
            what: what.to_owned(),
            said: String::from_utf8_lossy(&said).trim_end().to_owned(),
            code: status.code(),
        })
    }
}

/// Gives it something to read; all that it writes to stdout and stderr. `None` where that takes
/// too long.
fn exchange(child: &mut Child, given: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (send, answers) = mpsc::channel();
    let (mut stdout, mut stderr) = (child.stdout.take()?, child.stderr.take()?);
    let mut stdin = child.stdin.take()?;
    let out = send.clone();
    let reads = |name: &str| std::thread::Builder::new().name(name.to_owned());
    reads("git out")
        .spawn(move || {
            let mut bytes = Vec::new();
            let _ = stdout.read_to_end(&mut bytes);
            let _ = out.send((true, bytes));
        })
        .ok()?;
    reads("git err")
        .spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes);
            let _ = send.send((false, bytes));
        })
        .ok()?;
    let given = given.to_vec();
    reads("git in")
        .spawn(move || {
            // One that ends before it has read all says why on stderr.
            let _ = stdin.write_all(&given);
        })
        .ok()?;
    let (mut out, mut said) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        match answers.recv_timeout(MOST).ok()? {
            (true, bytes) => out = bytes,
            (false, bytes) => said = bytes,
        }
    }
    Some((out, said))
}
