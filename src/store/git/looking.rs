//! Git that only looks.

use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::tree::{self, Tree};
use super::{Git, GitError};

/// How long git may look.
const MOST: Duration = Duration::from_secs(10);

/// The most bytes that are read of an answer.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The names of the empty tree: attributes are read from there, so that no filter is found.
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const EMPTY_TREE_SHA256: &str = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

/// The settings of a repository that name programs, made harmless.
const HARMLESS: &[&str] = &[
    "core.attributesFile=/dev/null",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.untrackedCache=false",
    "core.sshCommand=false",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
];

impl Git {
    /// What git answers, run so that nothing of the repository's own choosing is run with it, no
    /// lock is taken, and nobody is asked anything.
    ///
    /// # Errors
    /// [`GitError`], as where git says no, or does not come to an end in ten seconds.
    pub fn looking(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        self.looking_with(args, Vec::new())
    }

    /// The same, with something to read on stdin.
    ///
    /// # Errors
    /// As [`Git::looking`].
    pub fn looking_with(&self, args: &[&str], input: Vec<u8>) -> Result<Vec<u8>, GitError> {
        let mut command = self.without_attributes(&[]);
        command.args(args);
        run(command, args, input)
    }

    /// The files that git by itself merges two commits to, by lines, with markers in them where
    /// something clashes; none from a git that can't tell (before 2.38, with a `base` 2.40). No
    /// merge driver is run, and what git has to write for it is written elsewhere and thrown away.
    ///
    /// # Errors
    /// As [`Git::looking`].
    pub(super) fn merged_by_lines(
        &self,
        base: Option<&str>,
        ours: &str,
        theirs: &str,
    ) -> Result<Tree, GitError> {
        let base = base.map(|base| format!("--merge-base={base}"));
        let mut args = vec!["merge-tree", "--write-tree", "--no-messages"];
        args.extend(base.as_deref());
        args.extend([ours, theirs]);
        let io = |source| GitError::Io {
            what: "merge-tree".to_owned(),
            source,
        };
        let aside = tempfile::tempdir().map_err(io)?;
        let objects = self.looking(&["rev-parse", "--git-path", "objects"])?;
        let objects = String::from_utf8_lossy(&objects).into_owned();
        let objects = self.root().join(objects.trim_end_matches('\n'));
        // In quotes, as a path may have a colon in it.
        let objects = objects.to_string_lossy().replace('\\', "\\\\");
        let objects = format!("\"{}\"", objects.replace('"', "\\\""));
        let drivers = self.set_in_config("^merge\\..*\\.driver$")?;
        let command = |args: &[&str]| {
            let mut command = self.without_attributes(&drivers);
            command.env("GIT_OBJECT_DIRECTORY", aside.path());
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", &objects);
            command.args(args);
            command
        };
        let ended = ended(command(&args), &args, Vec::new())?;
        if !matches!(ended.status.code(), Some(0 | 1)) {
            return Ok(Tree::new());
        }
        let told = String::from_utf8_lossy(&ended.stdout).into_owned();
        let tree = told.lines().next().unwrap_or_default();
        let args = ["ls-tree", "-r", "-z", "--end-of-options", tree];
        Ok(tree::read(&run(command(&args), &args, Vec::new())?))
    }

    /// Hardened, and of the attributes that filters and drivers stand in none is found. One that is
    /// older than this variable finds them, and nothing in them to run.
    fn without_attributes(&self, drivers: &[String]) -> Command {
        let tree = match self.sha256 {
            true => EMPTY_TREE_SHA256,
            false => EMPTY_TREE,
        };
        let mut command = self.hardened_without(drivers);
        command.env("GIT_ATTR_SOURCE", tree);
        command
    }

    /// The same where the question is which attributes are in force; for `check-attr` alone,
    /// which runs none of what they name.
    pub(super) fn looking_at_attributes(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let mut command = self.hardened();
        command.args(args);
        run(command, args, Vec::new())
    }

    fn hardened(&self) -> Command {
        self.hardened_without(&[])
    }

    /// The same, with these settings empty as well.
    fn hardened_without(&self, more: &[String]) -> Command {
        let mut command = self.ordered();
        for setting in HARMLESS {
            command.args(["-c", setting]);
        }
        // By the environment, as a name with a `=` in it can't be given with `-c`.
        let given = std::env::var("GIT_CONFIG_COUNT").ok();
        let given: usize = given.and_then(|count| count.parse().ok()).unwrap_or(0);
        let unset = self.unset.iter().chain(more);
        for (at, name) in (given..).zip(unset) {
            command.env(format!("GIT_CONFIG_KEY_{at}"), name);
            command.env(format!("GIT_CONFIG_VALUE_{at}"), "");
        }
        let count = given + self.unset.len() + more.len();
        command
            .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
            .env("GIT_CONFIG_COUNT", count.to_string())
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env_remove("GIT_EXTERNAL_DIFF")
            .env_remove("GIT_TRACE");
        command
    }
}

/// Runs git to its end, which has to be a good one.
fn run(command: Command, args: &[&str], input: Vec<u8>) -> Result<Vec<u8>, GitError> {
    let ended = ended(command, args, input)?;
    match ended.status.success() {
        true => Ok(ended.stdout),
        false => Err(GitError::Failed {
            what: args.first().copied().unwrap_or_default().to_owned(),
            said: String::from_utf8_lossy(&ended.stderr).trim_end().to_owned(),
            code: ended.status.code(),
        }),
    }
}

/// Runs git to its end, or to the end of its time.
fn ended(mut command: Command, args: &[&str], input: Vec<u8>) -> Result<Output, GitError> {
    let what = args.first().copied().unwrap_or_default();
    let io = |source| GitError::Io {
        what: what.to_owned(),
        source,
    };
    let slow = || GitError::Slow {
        what: what.to_owned(),
        seconds: MOST.as_secs(),
    };
    let stdin = match input.is_empty() {
        true => Stdio::null(),
        false => Stdio::piped(),
    };
    command.stdin(stdin);
    finish(command, input, MOST).map_err(io)?.ok_or_else(slow)
}

/// Starts a program, feeds it, and waits for its end; `None` where it had to be ended.
pub(super) fn finish(
    mut command: Command,
    input: Vec<u8>,
    most: Duration,
) -> io::Result<Option<Output>> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let feed = child.stdin.take();
    if let Some(mut stdin) = feed {
        // Of its own, as it may answer before it has read all; one that reads no more is told by
        // its exit code.
        std::thread::Builder::new()
            .name("git in".to_owned())
            .spawn(move || drop(stdin.write_all(&input)))?;
    }
    let Some((stdout, stderr)) = read_both(&mut child, most) else {
        // One that hangs is ended; where it ended by itself meanwhile, the better.
        let _ = child.kill();
        let _ = child.wait();
        return Ok(None);
    };
    let status = child.wait()?;
    Ok(Some(Output {
        status,
        stdout,
        stderr,
    }))
}

/// All that it writes to stdout and stderr; `None` where that takes too long.
fn read_both(child: &mut Child, most: Duration) -> Option<(Vec<u8>, Vec<u8>)> {
    let (send, answers) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take()?, child.stderr.take()?);
    let out = send.clone();
    let reads = |name: &str| std::thread::Builder::new().name(name.to_owned());
    reads("git out")
        .spawn(move || {
            let mut bytes = Vec::new();
            let _ = stdout.take(MOST_BYTES).read_to_end(&mut bytes);
            let _ = out.send((true, bytes));
        })
        .ok()?;
    reads("git err")
        .spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.take(MOST_BYTES).read_to_end(&mut bytes);
            let _ = send.send((false, bytes));
        })
        .ok()?;
    let (mut out, mut said) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        match answers.recv_timeout(most).ok()? {
            (true, bytes) => out = bytes,
            (false, bytes) => said = bytes,
        }
    }
    Some((out, said))
}
