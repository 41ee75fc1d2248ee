//! What the program costs while nothing happens, how many frames a burst of keys takes, and how
//! soon an edit from outside is on the screen: `cargo bench --bench idle`.
//!
//! The built program in a terminal of its own, on a journal of 10,000 customers. CPU time and
//! switches are those of all of its threads, as Linux counts them; a tick is 10 ms.

#![allow(clippy::expect_used)]

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

mod generate;

const CUSTOMERS: usize = 10_000;
const ENTRIES: usize = 40_000;
/// How long nothing is done.
const IDLE: Duration = Duration::from_secs(60);
/// How many keys are sent at once.
const BURST: usize = 1_000;
/// How many edits from outside are measured.
const EDITS: usize = 20;
/// How many files a checkout changes.
const CHECKED_OUT: usize = 500;
/// What begins a frame.
const FRAME: &[u8] = b"\x1b[?2026h";
/// What takes longer than this never comes.
const LIMIT: Duration = Duration::from_secs(60);
const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};
/// The customer whose name is seen to change.
const WATCHED: &str = "watched.toml";

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let home = tempfile::tempdir().expect("a temporary folder");
    let journal = home.path().join("journal");
    generate::write(&journal, CUSTOMERS, ENTRIES, 42).expect("room for a journal");
    rename_watched(&journal, "Watched 000");
    println!(
        "{CUSTOMERS} customers, {ENTRIES} entries, {}x{}",
        SIZE.cols, SIZE.rows
    );

    let mut show = Show::start(home.path(), &journal);
    show.until("Customers 10");
    idle("the list is open", &mut show);
    burst("j in the list", &mut show, "j");
    show.types("gf");
    show.types("Watched");
    show.until("Watched 000");
    edits(&mut show, &journal);
    checkouts(&mut show, &journal);
    show.types("\r");
    show.settle();
    show.types("ai");
    show.until("next step");
    show.types("a word");
    idle("a form is open, a word typed and kept", &mut show);
    burst("a in a line", &mut show, "a");
    show.types(&"\t".repeat(10));
    show.until("anything more");
    burst("a in a note", &mut show, "a");
    burst("支 in a note", &mut show, "支");
}

/// A minute in which nothing is typed.
fn idle(what: &str, show: &mut Show) {
    show.settle();
    let (before, bytes) = (show.used(), show.seen().raw.len());
    std::thread::sleep(IDLE);
    let (after, written) = (show.used(), show.seen().raw.len() - bytes);
    println!(
        "idle, {what}: in {IDLE:?} {} ticks, {} switches by itself, {} by force, {written} bytes \
         to the terminal, {} threads",
        after.ticks - before.ticks,
        after.voluntary.saturating_sub(before.voluntary),
        after.forced.saturating_sub(before.forced),
        after.threads,
    );
}

/// Many keys in one write.
fn burst(what: &str, show: &mut Show, key: &str) {
    show.settle();
    let (before, bytes) = (show.used(), show.seen().raw.len());
    let begin = Instant::now();
    show.types(&key.repeat(BURST));
    show.settle();
    let seen = show.seen();
    let drawn = seen.raw.get(bytes..).unwrap_or_default();
    let frames = drawn.windows(FRAME.len()).filter(|w| *w == FRAME).count();
    println!(
        "burst of {BURST}, {what}: {frames} frames, {} bytes, the last after {:.1} ms, {} ticks",
        drawn.len(),
        ms(seen.last.saturating_duration_since(begin)),
        show.used().ticks - before.ticks,
    );
}

/// One file written anew, as `sed -i` does it.
fn edits(show: &mut Show, journal: &Path) {
    show.settle();
    let (before, mut times) = (show.used(), Vec::new());
    for number in 1..=EDITS {
        let name = format!("Watched {number:03}");
        let begin = Instant::now();
        rename_watched(journal, &name);
        times.push(show.until(&name).saturating_duration_since(begin));
    }
    show.settle();
    let ticks = show.used().ticks - before.ticks;
    tell("one file by sed -i until it is seen", &mut times);
    println!("  CPU: {:.1} ms each", ticks as f64 * 10.0 / EDITS as f64);
}

/// Many files changed at once, as git does it, there and back.
fn checkouts(show: &mut Show, journal: &Path) {
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(journal)
            .args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.args(args)
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let commit = ["commit", "-qam", "x"];
    if !(git(&["init", "-q"]) && git(&["add", "."]) && git(&commit)) {
        println!("no git here: no checkout");
        return;
    }
    let files = fs::read_dir(journal).expect("a journal");
    let paths = files.flatten().map(|file| file.path());
    let customers = paths.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    for path in customers.take(CHECKED_OUT - 1) {
        let text = fs::read_to_string(&path).expect("a file");
        fs::write(&path, format!("# another\n{text}")).expect("room");
    }
    rename_watched(journal, "Watched 999");
    git(&commit);
    show.until("Watched 999");
    let (mut from_start, mut from_end, mut ticks) = (Vec::new(), Vec::new(), 0);
    for round in 0..4 {
        show.settle();
        let (to, name) = match round % 2 {
            0 => ("HEAD~1", format!("Watched {EDITS:03}")),
            _ => ("-", "Watched 999".to_owned()),
        };
        let (before, begin) = (show.used(), Instant::now());
        git(&["checkout", "-q", to]);
        let end = Instant::now();
        let seen = show.until(&name);
        from_start.push(seen.saturating_duration_since(begin));
        from_end.push(seen.saturating_duration_since(end));
        show.settle();
        ticks += show.used().ticks - before.ticks;
    }
    tell(
        "500 files by git checkout, since its start",
        &mut from_start,
    );
    tell("500 files by git checkout, since its end", &mut from_end);
    println!("  CPU: {:.1} ms each", ticks as f64 * 10.0 / 4.0);
}

fn rename_watched(journal: &Path, name: &str) {
    // sed's own file beside it has such a name.
    let temporary = journal.join("sedAbC123");
    let text = format!("name = \"{name}\"\nstatus = \"active\"\n");
    fs::write(&temporary, text).expect("room for a file");
    fs::rename(&temporary, journal.join(WATCHED)).expect("a place for it");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |at: usize| times.get(at).copied().map_or(0.0, ms);
    println!(
        "{what}: {:.0} / {:.0} / {:.0} ms (least / median / most of {})",
        at(0),
        at(times.len() / 2),
        at(times.len() - 1),
        times.len()
    );
}

/// What came out of the terminal so far.
#[derive(Clone)]
struct Seen {
    raw: Vec<u8>,
    text: String,
    /// When the last of it came.
    last: Instant,
}

/// What the program has used so far.
struct Used {
    ticks: u64,
    voluntary: u64,
    forced: u64,
    threads: usize,
}

/// The program in a terminal.
struct Show {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Show {
    fn start(home: &Path, journal: &Path) -> Show {
        let pair = native_pty_system().openpty(SIZE).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_goodwill"));
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.args(["--journal".as_ref(), journal.as_os_str()]);
        let mut output = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its keyboard");
        let child = pair.slave.spawn_command(command).expect("a process");
        let seen = Arc::new(Mutex::new(Seen {
            raw: Vec::new(),
            text: String::new(),
            last: Instant::now(),
        }));
        let out = Arc::clone(&seen);
        std::thread::spawn(move || {
            let size = |cells| NonZeroU16::new(cells).expect("a size");
            let mut screen = vt100::Parser::new(size(SIZE.rows), size(SIZE.cols), 0);
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let now = Instant::now();
                screen.process(&bytes[..count]);
                let mut seen = out.lock().expect("a reader");
                seen.raw.extend(&bytes[..count]);
                (seen.text, seen.last) = (screen.screen().contents(), now);
            }
        });
        Show {
            child,
            keys,
            seen,
            _master: pair.master,
        }
    }

    fn seen(&self) -> Seen {
        self.seen.lock().expect("a reader").clone()
    }

    fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("a keyboard");
        self.keys.flush().expect("a keyboard");
    }

    /// Waits for a text on the screen; answers when the last bytes came by which it is there.
    fn until(&mut self, text: &str) -> Instant {
        let begin = Instant::now();
        loop {
            let seen = self.seen.lock().expect("a reader");
            if seen.text.contains(text) {
                return seen.last;
            }
            assert!(begin.elapsed() < LIMIT, "never came: {text}\n{}", seen.text);
            drop(seen);
            std::thread::sleep(Duration::from_micros(500));
        }
    }

    /// Waits until what is under way came to its end: two seconds without a tick or a byte.
    fn settle(&mut self) {
        let state = |show: &Show| (show.used().ticks, show.seen().raw.len());
        let (mut last, mut since) = (state(self), Instant::now());
        while since.elapsed() < Duration::from_secs(2) {
            std::thread::sleep(Duration::from_millis(50));
            let now = state(self);
            if now != last {
                (last, since) = (now, Instant::now());
            }
        }
    }

    fn used(&self) -> Used {
        let process = format!("/proc/{}", self.child.process_id().expect("a process"));
        let stat = fs::read_to_string(format!("{process}/stat")).unwrap_or_default();
        let (_, fields) = stat.rsplit_once(')').unwrap_or_default();
        let times = fields.split_whitespace().skip(11).take(2);
        let tasks = fs::read_dir(format!("{process}/task"))
            .into_iter()
            .flatten();
        let statuses: Vec<String> = tasks
            .flatten()
            .filter_map(|task| fs::read_to_string(task.path().join("status")).ok())
            .collect();
        let switches = |name: &str| {
            let lines = statuses.iter().flat_map(|status| status.lines());
            let counts =
                lines.filter_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
            counts.sum()
        };
        Used {
            ticks: times.filter_map(|time| time.parse::<u64>().ok()).sum(),
            voluntary: switches("voluntary_ctxt_switches:"),
            forced: switches("nonvoluntary_ctxt_switches:"),
            threads: statuses.len(),
        }
    }
}

impl Drop for Show {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
