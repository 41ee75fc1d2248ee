//! One inbox for all that happens: keys, signals, answers of the worker.

use std::io::{self, PipeWriter, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as TerminalEvent};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::worker::Job;
use crate::ui::msg::Msg;

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// For the program.
    Msg(Msg),
    /// A signal, for the loop.
    Signal(i32),
}

/// The inbox, and the threads that fill it.
pub struct Inbox {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    keys: Option<Keys>,
}

impl Inbox {
    /// Opens the inbox and begins to listen to signals and keys.
    ///
    /// # Errors
    /// What the system says.
    pub fn open() -> io::Result<Inbox> {
        let (sender, receiver) = mpsc::channel();
        let mut signals =
            Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let out = sender.clone();
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in &mut signals {
                    if out.send(Event::Signal(signal)).is_err() {
                        return;
                    }
                }
            })?;
        let mut inbox = Inbox {
            sender,
            receiver,
            keys: None,
        };
        inbox.start_keys()?;
        Ok(inbox)
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

    /// Waits until the worker has done all that it was given.
    pub fn finish(&self, worker: &Sender<Job>) {
        let (done, wait) = mpsc::channel();
        if worker.send(Job::Finish(done)).is_ok() {
            let _ = wait.recv();
        }
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
                let stdin = io::stdin();
                loop {
                    let mut wait = [
                        PollFd::new(&stdin, PollFlags::IN),
                        PollFd::new(&asleep, PollFlags::IN),
                    ];
                    match poll(&mut wait, None) {
                        Err(rustix::io::Errno::INTR) => continue,
                        Err(_) => return,
                        Ok(_) => {}
                    }
                    let [keys, stop] = wait.map(|fd| fd.revents());
                    if !stop.is_empty() {
                        return;
                    }
                    if !keys.contains(PollFlags::IN) || pass_on(&out).is_err() {
                        // The terminal is gone: the program ends as if it had been told so.
                        let _ = out.send(Event::Signal(SIGHUP));
                        return;
                    }
                }
            })?;
        Ok(Keys { wake, thread })
    }

    fn stop(mut self) {
        let _ = self.wake.write_all(&[0]);
        let _ = self.thread.join();
    }
}

/// Passes on every key that is there.
fn pass_on(out: &Sender<Event>) -> io::Result<()> {
    while event::poll(Duration::ZERO)? {
        let msg = match event::read()? {
            TerminalEvent::Key(key) => Msg::Key(key),
            TerminalEvent::Paste(text) => Msg::Paste(text),
            TerminalEvent::Resize(width, height) => Msg::Resize(width, height),
            _ => continue,
        };
        if out.send(Event::Msg(msg)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}
