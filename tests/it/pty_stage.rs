//! The built program in a terminal of its own: what is typed goes in, the screen and the cell
//! of the cursor come out. Nothing of the machine it runs on gets in: environment, home, clock.

use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long something may take before the test fails: long, as machines are busy at times.
const LIMIT: Duration = Duration::from_secs(30);
/// How often one looks.
const GLANCE: Duration = Duration::from_millis(10);

/// Where a program is started: a home with a journal, and the environment.
pub(crate) struct Stage {
    home: TempDir,
    env: Vec<(OsString, OsString)>,
    size: (u16, u16),
}

impl Stage {
    /// A home without a journal, a terminal of 80 columns and 24 rows, on Sat 2026-11-21.
    pub(crate) fn new() -> Stage {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name).into_os_string();
        let env = [
            ("HOME", home.path().as_os_str().to_owned()),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_STATE_HOME", path("state")),
            ("TMPDIR", path("tmp")),
            ("PATH", "/usr/bin:/bin".into()),
            ("TERM", "xterm-256color".into()),
            ("LANG", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
            ("GOODWILL_TODAY", "2026-11-21".into()),
        ];
        fs::create_dir(home.path().join("tmp")).unwrap();
        Stage {
            env: env.map(|(name, value)| (name.into(), value)).into(),
            home,
            size: (80, 24),
        }
    }

    /// The same with a file in the journal, which is there then.
    pub(crate) fn file(self, name: &str, text: &str) -> Stage {
        let path = self.journal().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Stage {
        self.env.push((name.into(), value.into()));
        self
    }

    /// `EDITOR` is a shell script that gets the file as its last argument, in `$file`.
    pub(crate) fn editor(self, script: &str) -> Stage {
        let path = self.home.path().join("editor.sh");
        fs::write(&path, format!("for file; do :; done\n{script}\n")).unwrap();
        self.env("EDITOR", format!("sh {}", path.display()))
    }

    /// The same terminal with other columns and rows.
    pub(crate) fn resized(&mut self, size: (u16, u16)) -> &Stage {
        self.size = size;
        self
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder of the journal.
    pub(crate) fn journal(&self) -> PathBuf {
        self.home.path().join("data/goodwill/journal")
    }

    /// The text of a file of the journal.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.journal().join(name)).unwrap_or_default()
    }

    /// A command of `goodwill` in the same home, without a terminal.
    pub(crate) fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_goodwill"));
        command.args(args).env_clear();
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command.current_dir(self.home.path());
        command
    }

    /// Starts `goodwill` alone, and turns to the customers where there is a journal.
    pub(crate) fn start(&self) -> Show {
        let mut show = self.start_as_it_is();
        let is_elsewhere = self.env.iter().any(|(name, _)| name == "GOODWILL_JOURNAL");
        if is_elsewhere || self.journal().exists() {
            show.until("a frame", |show| show.frames() > 0);
            show.types("2");
        }
        show
    }

    /// Starts `goodwill` alone, on the screen that it begins with.
    pub(crate) fn start_as_it_is(&self) -> Show {
        self.start_program(env!("CARGO_BIN_EXE_goodwill"), &[])
    }

    pub(crate) fn start_program(&self, program: impl Into<OsString>, args: &[&str]) -> Show {
        let mut command = CommandBuilder::new(program.into());
        command.args(args);
        command.env_clear();
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        Show::start(command, self.size)
    }
}

/// A program that runs in a terminal.
pub(crate) struct Show {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
    is_closing: Arc<AtomicBool>,
    /// The modes of the terminal as they were at first.
    modes: String,
}

fn cells(count: u16) -> NonZeroU16 {
    // The screen that is read is as large as what is drawn at most; an empty one can't be kept.
    NonZeroU16::new(count.clamp(1, 1_000)).unwrap()
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// How much of what was written can be shown: a frame is shown whole or not at all.
#[derive(Default)]
struct Frames {
    shown: usize,
    looked_at: usize,
    open: Option<usize>,
}

impl Frames {
    /// All that can be shown now and could not before.
    fn next<'a>(&mut self, raw: &'a [u8]) -> &'a [u8] {
        // What begins or ends a frame may have come in two pieces.
        let from = self.looked_at.saturating_sub(FRAME_BEGINS.len() - 1);
        let last = |mark: &[u8]| raw[from..].windows(mark.len()).rposition(|at| at == mark);
        let (begin, end) = (last(FRAME_BEGINS), last(FRAME_ENDS));
        if begin.max(end).is_some() {
            self.open = begin.filter(|_| begin > end).map(|begin| from + begin);
        }
        self.looked_at = raw.len();
        let until = self.open.unwrap_or(raw.len()).max(self.shown);
        let from = std::mem::replace(&mut self.shown, until);
        &raw[from..until]
    }
}

impl Show {
    fn start(command: CommandBuilder, size: (u16, u16)) -> Show {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let modes = format!("{:?}", pair.master.get_termios().unwrap());
        let mut output = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        let (screen, raw) = (
            Arc::new(Mutex::new(screen)),
            Arc::<Mutex<Vec<u8>>>::default(),
        );
        let seen = (Arc::clone(&screen), Arc::clone(&raw));
        let is_closing = Arc::<AtomicBool>::default();
        let closing = Arc::clone(&is_closing);
        let reader = std::thread::spawn(move || {
            let (mut bytes, mut frames) = ([0; 65_536], Frames::default());
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut raw = seen.1.lock().unwrap();
                raw.extend(&bytes[..count]);
                seen.0.lock().unwrap().process(frames.next(&raw));
                if closing.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Show {
            child,
            master: Some(pair.master),
            keys: Some(keys),
            screen,
            raw,
            reader,
            is_closing,
            modes,
        }
    }

    /// Types, as a terminal sends it.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Show {
        self.sends(keys.as_bytes())
    }

    /// Sends bytes, which may end in the middle of a key.
    pub(crate) fn sends(&mut self, bytes: &[u8]) -> &mut Show {
        let writer = self.keys.as_mut().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        self
    }

    /// Sends bytes in pieces, each of them read before the next one comes.
    #[track_caller]
    pub(crate) fn sends_pieces<'a>(
        &mut self,
        pieces: impl IntoIterator<Item = &'a [u8]>,
    ) -> &mut Show {
        for piece in pieces {
            self.sends(piece);
            self.until("all of it read", |show| show.unread() == 0);
        }
        self
    }

    /// How many bytes wait in the terminal for the program to read them.
    fn unread(&self) -> u64 {
        let path = self.master.as_ref().unwrap().tty_name().unwrap();
        let mut options = fs::OpenOptions::new();
        // O_NOCTTY: the terminal is the program's and not to become ours.
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, 0o400);
        let terminal = options.read(true).open(path).unwrap();
        rustix::io::ioctl_fionread(terminal).unwrap()
    }

    /// Pastes, as a terminal does where pastes stand in brackets.
    pub(crate) fn pastes(&mut self, text: &str) -> &mut Show {
        assert!(self.screen(|screen| screen.bracketed_paste()));
        self.types(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Waits until this is so.
    #[track_caller]
    pub(crate) fn until(&mut self, what: impl Display, is_so: impl Fn(&mut Show) -> bool) {
        let begin = Instant::now();
        while !is_so(self) {
            if begin.elapsed() > LIMIT {
                let end = self.child.try_wait();
                let raw = String::from_utf8_lossy(&self.raw()).into_owned();
                panic!(
                    "never came: {what}; the end: {end:?}, the screen:\n{}\n{raw:?}",
                    self.text()
                );
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Turns to the customers, once the program is there.
    #[track_caller]
    pub(crate) fn at_customers(&mut self) -> &mut Show {
        self.shows("1 Today").types("2")
    }

    /// Waits until this text is on the screen.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Show {
        self.until(text, |show| show.text().contains(text));
        self
    }

    /// Waits until this text is not on the screen any more.
    #[track_caller]
    pub(crate) fn hides(&mut self, text: &str) -> &mut Show {
        self.until(format!("a screen without {text}"), |show| {
            !show.text().contains(text)
        });
        self
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        self.screen(|screen| screen.contents())
    }

    pub(crate) fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.screen.lock().unwrap().screen())
    }

    /// All bytes that the program has written.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.raw.lock().unwrap().clone()
    }

    /// The row and the column behind this text, where it first stands.
    pub(crate) fn behind(&self, text: &str) -> Option<(u16, u16)> {
        self.screen(|screen| {
            let (rows, columns) = screen.size();
            (0..rows.get()).find_map(|row| {
                let (mut line, mut starts) = (String::new(), Vec::new());
                for column in 0..columns.get() {
                    let cell = screen.cell(row, column)?;
                    if !cell.is_wide_continuation() {
                        starts.push((line.len(), column));
                        line += if cell.has_contents() {
                            cell.contents()
                        } else {
                            " "
                        };
                    }
                }
                let end = line.find(text)? + text.len();
                let next = starts.iter().find(|(start, _)| *start == end)?;
                Some((row, next.1))
            })
        })
    }

    /// Waits until the terminal's cursor is seen in the cell behind this text.
    #[track_caller]
    pub(crate) fn cursor_behind(&mut self, text: &str) -> &mut Show {
        self.until(format!("the cursor behind {text}"), |show| {
            let cursor =
                show.screen(|screen| (!screen.hide_cursor()).then(|| screen.cursor_position()));
            cursor.is_some() && cursor == show.behind(text)
        });
        self
    }

    /// The text in the row of the terminal's cursor: left of it, and from it on. `None` where
    /// the cursor is hidden.
    pub(crate) fn around_cursor(&self) -> Option<(String, String)> {
        self.screen(|screen| {
            let (row, column) = screen.cursor_position();
            let text = |columns: std::ops::Range<u16>| -> String {
                let cells = columns.filter_map(|column| screen.cell(row, column));
                let cells = cells.filter(|cell| !cell.is_wide_continuation());
                let cells = cells.map(|cell| {
                    if cell.has_contents() {
                        cell.contents()
                    } else {
                        " "
                    }
                });
                cells.collect()
            };
            let around = (text(0..column), text(column..screen.size().1.get()));
            (!screen.hide_cursor()).then_some(around)
        })
    }

    /// Waits until the terminal's cursor stands between these texts.
    #[track_caller]
    pub(crate) fn cursor_between(&mut self, before: &str, after: &str) -> &mut Show {
        self.until(
            format!("the cursor between {before:?} and {after:?}"),
            |show| {
                show.around_cursor()
                    .is_some_and(|(left, right)| left.ends_with(before) && right.starts_with(after))
            },
        );
        self
    }

    /// How many frames were drawn so far.
    pub(crate) fn frames(&self) -> usize {
        let raw = self.raw();
        raw.windows(FRAME_BEGINS.len())
            .filter(|bytes| *bytes == FRAME_BEGINS)
            .count()
    }

    /// Makes the window larger or smaller.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Show {
        let mut screen = self.screen.lock().unwrap();
        screen.set_size(cells(rows), cells(columns));
        drop(screen);
        let master = self.master.as_ref().unwrap();
        master.resize(pty_size((columns, rows))).unwrap();
        self
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    /// The process group that has the terminal.
    pub(crate) fn foreground(&self) -> i32 {
        self.master
            .as_ref()
            .unwrap()
            .process_group_leader()
            .unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The fields of `/proc/PID/stat` from the state on.
    pub(crate) fn stat(&self) -> Vec<String> {
        let path = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let text = fs::read_to_string(path).unwrap_or_default();
        let (_, fields) = text.rsplit_once(')').unwrap_or_default();
        fields.split_whitespace().map(str::to_owned).collect()
    }

    /// The CPU time used so far, in ticks of 10 ms.
    pub(crate) fn ticks(&self) -> u64 {
        let stat = self.stat();
        stat[11].parse::<u64>().unwrap() + stat[12].parse::<u64>().unwrap()
    }

    /// Whether the process is stopped.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stat().first().is_some_and(|state| state == "T")
    }

    /// Whether the program has the terminal: its other screen, raw, with pastes in brackets.
    pub(crate) fn has_terminal(&self) -> bool {
        let modes = self.master.as_ref().unwrap().get_termios().unwrap();
        format!("{modes:?}") != self.modes
            && self.screen(|screen| screen.alternate_screen() && screen.bracketed_paste())
    }

    /// Whether the terminal was asked to tell of the mouse.
    pub(crate) fn listens_to_mouse(&self) -> bool {
        self.screen(|screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None)
    }

    /// Whether the terminal is as it was before.
    pub(crate) fn is_restored(&self) -> bool {
        let modes = self.master.as_ref().unwrap().get_termios().unwrap();
        format!("{modes:?}") == self.modes
            && !self.listens_to_mouse()
            && self.screen(|screen| {
                !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
            })
    }

    /// Takes the terminal away, as a closed window does.
    pub(crate) fn closes_window(&mut self) {
        // The reader has a handle of its own, and sees only what is drawn that it is to let go.
        self.is_closing.store(true, Ordering::SeqCst);
        self.types("?");
        self.until("the end of the reader", |show| show.reader.is_finished());
        self.keys = None;
        self.master = None;
    }

    /// Waits for the end; answers the exit code, or the signal that ended it.
    #[track_caller]
    pub(crate) fn end(&mut self) -> Result<u32, String> {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return match status.signal() {
                    Some(signal) => Err(signal.to_owned()),
                    None => Ok(status.exit_code()),
                };
            }
            assert!(
                begin.elapsed() < LIMIT,
                "it goes on\n--- the screen:\n{}\n---",
                self.text()
            );
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits for the end and looks at what is left: the exit code, and the terminal restored.
    #[track_caller]
    pub(crate) fn ends_with(&mut self, code: u32) {
        assert_eq!(self.end(), Ok(code), "{}", self.text());
        self.until("the terminal restored", |show| show.is_restored());
    }
}

impl Drop for Show {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process(self.pid(), Signal::KILL);
            let _ = self.child.wait();
        }
    }
}
