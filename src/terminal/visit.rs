//! A link is handed to the person's own program for it, which runs on by itself.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;

use super::inbox::Event;
use crate::ui::msg::Msg;

/// Starts the command away from this terminal: it reads no key, writes nothing on the screen, and
/// takes no signal of ours. Where it fails later, that is told.
///
/// # Errors
/// Where it can't be started, in words.
pub fn start(mut command: Command, out: Sender<Event>) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).process_group(0);
    let started = command.spawn();
    let mut child = started.map_err(|error| {
        format!("{name} can't be started ({error}): set BROWSER to your browser, or y copies")
    })?;
    let waits = move || {
        let ended = child.wait();
        if let Ok(status) = ended
            && !status.success()
        {
            let told = format!("{name} did not open it ({status}): y copies");
            let _ = out.send(Event::Msg(Msg::Notice(told)));
        }
    };
    // A program that was started is waited for, so that it leaves nothing behind.
    let thread = std::thread::Builder::new().name("link".to_owned());
    let _ = thread.spawn(waits);
    Ok(())
}
