//! The terminal while the program has it, and giving it back on every way out.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// Whether the terminal is ours at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What is to be done before a panic ends the program.
static LAST_ACT: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// Does this before a panic ends the program, in the thread that panics. There is one such act.
pub fn before_a_panic_ends_it(act: impl Fn() + Send + Sync + 'static) {
    let _ = LAST_ACT.set(Box::new(act));
}

/// Whether the mouse is to be ours while the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Presses, the wheel, and moves while a button is down, none else; told as numbers, so that no
/// column is too far right. A terminal that knows no moves has heard of the presses.
const LISTEN: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const LISTEN_NO_MORE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Has the terminal in raw mode, on its other screen, with pastes in brackets; gives it back
/// when dropped. There is one at a time.
pub struct Guard(());

impl Guard {
    /// Takes the terminal, and the mouse where it is to be listened to.
    ///
    /// # Errors
    /// What the terminal says; it is as it was then.
    pub fn enter(mouse: bool) -> io::Result<Guard> {
        restore_on_panic();
        MOUSE.store(mouse, Ordering::SeqCst);
        let mut guard = Guard(());
        guard.again()?;
        Ok(guard)
    }

    /// Gives it back for now.
    pub fn leave(&mut self) {
        give_back();
    }

    /// Takes it again, whatever became of it meanwhile.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn again(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        if MOUSE.load(Ordering::SeqCst) {
            execute!(io::stdout(), Print(LISTEN))?;
        }
        Ok(())
    }

    /// Listens to the mouse from now on, or leaves it to the terminal.
    ///
    /// # Errors
    /// What the terminal says.
    pub fn listen(&mut self, listens: bool) -> io::Result<()> {
        MOUSE.store(listens, Ordering::SeqCst);
        let words = if listens { LISTEN } else { LISTEN_NO_MORE };
        execute!(io::stdout(), Print(words))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Held while a piece of a frame is on its way.
static WRITING: Mutex<()> = Mutex::new(());

/// How long a piece of a frame may hold up a way out: a terminal that was stopped takes none.
const LAST_PIECE: Duration = Duration::from_millis(500);

/// Waits for the end of the piece that is on its way, if there is one.
fn last_piece() -> Option<MutexGuard<'static, ()>> {
    let since = Instant::now();
    loop {
        match WRITING.try_lock() {
            Ok(held) => return Some(held),
            Err(TryLockError::Poisoned(held)) => return Some(held.into_inner()),
            Err(TryLockError::WouldBlock) if since.elapsed() > LAST_PIECE => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// A terminal that is gone takes nothing back; there is nobody to tell.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // A panic in another thread may come in the middle of a frame: it would be drawn behind
        // what is given back here, and the terminal wait for its end.
        let _held = last_piece();
        let mut out = io::stdout();
        let _ = execute!(out, EndSynchronizedUpdate);
        if MOUSE.load(Ordering::SeqCst) {
            let _ = execute!(out, Print(LISTEN_NO_MORE));
        }
        let _ = execute!(
            out,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            ratatui::crossterm::cursor::Show
        );
        let _ = out.flush();
        let _ = disable_raw_mode();
    }
}

/// What an editor that was killed may have left on: moves of the mouse, reports of focus, other
/// codes for the arrow keys, a part of the screen that scrolls alone.
const EDITORS_LEFTOVERS: &str = "\x1b[?1003l\x1b[?1002l\x1b[?1004l\x1b[?1l\x1b>\x1b[r";

/// The settings of the terminal while it is lent to another program, which may leave a mess.
pub struct Lent(Option<Termios>);

impl Lent {
    /// As they are now; there are none to remember where there is no terminal.
    pub fn now() -> Lent {
        Lent(tcgetattr(io::stdin()).ok())
    }

    /// Sets them again.
    pub fn put_back(self) {
        // A terminal that is gone takes nothing back; whoever uses it next is told.
        if let Some(modes) = self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
            let _ = execute!(io::stdout(), Print(EDITORS_LEFTOVERS));
        }
    }
}

/// The way to the terminal for frames. What is drawn while the terminal is not ours is dropped:
/// it would land in the middle of what the person sees then.
pub struct Screen(File);

impl Screen {
    /// The terminal behind stdout.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open() -> io::Result<Screen> {
        let own = io::stdout().as_fd().try_clone_to_owned()?;
        Ok(Screen(File::from(own)))
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _held = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        if TAKEN.load(Ordering::SeqCst) {
            self.0.write(bytes)
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A panic in any thread ends the program with the terminal restored: a screen that goes on
/// without its worker would only look alive.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            tell(panic);
            if let Some(act) = LAST_ACT.get() {
                act();
            }
            std::process::exit(101);
        }));
    });
}

/// Stops this process until the shell continues it.
pub fn stop_myself() {
    // SIGTSTP is dropped for a process whose parent is gone; SIGSTOP never is.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
}
