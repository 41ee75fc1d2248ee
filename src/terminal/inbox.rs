//! One inbox for all that happens: keys, signals, answers of the worker.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::decode::Decoder;
use super::guard::stop_myself;
use crate::ui::msg::Msg;

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// What was typed, all that came at once: it is answered by one frame.
    Typed(Vec<Msg>),
    /// Something else for the program.
    Msg(Msg),
    /// A signal, for the loop.
    Signal(i32),
    /// The worker has done one of the effects that it was given.
    Done,
}

/// The inbox, and the threads that fill it.
pub struct Inbox {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    keys: Option<Keys>,
    lent: Arc<AtomicBool>,
}

impl Inbox {
    /// Opens the inbox and begins to listen to signals.
    ///
    /// # Errors
    /// What the system says.
    pub fn open() -> io::Result<Inbox> {
        let (sender, receiver) = mpsc::channel();
        let mut signals =
            Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let out = sender.clone();
        let lent = Arc::<AtomicBool>::default();
        let is_lent = Arc::clone(&lent);
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in &mut signals {
                    // The loop waits for the editor, which stops us together with itself.
                    if signal == SIGTSTP && is_lent.load(Ordering::SeqCst) {
                        stop_myself();
                        continue;
                    }
                    if out.send(Event::Signal(signal)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Inbox {
            sender,
            receiver,
            keys: None,
            lent,
        })
    }

    /// Where others put in what they have to say.
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Waits for something to happen, at most so long.
    ///
    /// # Errors
    /// Nothing happened in that time.
    pub fn wait(&self, most: Option<Duration>) -> Result<Event, RecvTimeoutError> {
        match most {
            Some(most) => self.receiver.recv_timeout(most),
            None => self
                .receiver
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// What else happened already.
    pub fn next(&self) -> Option<Event> {
        self.receiver.try_recv().ok()
    }

    /// The terminal is with another program, or back.
    pub fn lend(&mut self, lent: bool) {
        self.lent.store(lent, Ordering::SeqCst);
    }

    /// Begins to read keys.
    ///
    /// # Errors
    /// What the system says.
    pub fn start_keys(&mut self) -> io::Result<()> {
        self.keys = Some(Keys::start(self.sender.clone())?);
        Ok(())
    }

    /// Stops reading keys, and comes back when nobody reads them any more.
    pub fn stop_keys(&mut self) {
        if let Some(keys) = self.keys.take() {
            keys.stop();
        }
    }
}

/// The thread that reads keys. It sleeps until there is a key, or until it is told to stop.
struct Keys {
    wake: PipeWriter,
    thread: JoinHandle<()>,
}

impl Keys {
    fn start(out: Sender<Event>) -> io::Result<Keys> {
        let (asleep, wake) = io::pipe()?;
        let thread = std::thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || {
                if read_keys(&asleep, &out).is_err() {
                    // The terminal is gone: the program ends as if it had been told so.
                    let _ = out.send(Event::Signal(SIGHUP));
                }
            })?;
        Ok(Keys { wake, thread })
    }

    fn stop(mut self) {
        let _ = self.wake.write_all(&[0]);
        let _ = self.thread.join();
    }
}

/// Reads keys until it is told to stop. Nothing is read that is not there already, so that it
/// can stop at any moment.
///
/// # Errors
/// The terminal is gone.
fn read_keys(asleep: &PipeReader, out: &Sender<Event>) -> io::Result<()> {
    let stdin = io::stdin();
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        let mut wait = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(asleep, PollFlags::IN),
        ];
        let most = decoder.patience().map(|most| Timespec {
            tv_sec: 0,
            tv_nsec: most.subsec_nanos().into(),
        });
        let ready = match poll(&mut wait, most.as_ref()) {
            Err(Errno::INTR) => continue,
            ready => ready?,
        };
        let [keys, stop] = wait.map(|fd| fd.revents());
        if !stop.is_empty() {
            return Ok(());
        }
        let msgs = if ready == 0 {
            decoder.give_up().into_iter().collect()
        } else if keys.contains(PollFlags::IN) {
            match rustix::io::read(&stdin, &mut bytes) {
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => decoder.push(bytes.get(..read?).unwrap_or_default()),
            }
        } else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        if !msgs.is_empty() && out.send(Event::Typed(msgs)).is_err() {
            return Ok(());
        }
    }
}
