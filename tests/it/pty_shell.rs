//! Job control in real shells, and editors of every kind: the settings of the terminal are
//! those of before, as the shell itself reads them.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\n";

/// A shell that waits at its prompt, in a home with a journal.
struct Shell {
    stage: Stage,
    show: Show,
    count: u32,
}

const SHELLS: [(&str, &[&str]); 2] = [
    ("/bin/sh", &["-i"]),
    ("/bin/bash", &["--norc", "--noprofile", "--noediting", "-i"]),
];

impl Shell {
    fn start((program, args): (&str, &[&str]), stage: Stage) -> Shell {
        let show = stage.start_program(program, args);
        let mut shell = Shell {
            stage,
            show,
            count: 0,
        };
        shell.show.types("PS1='in the ''shell> '\r");
        shell.show.shows("in the shell> ");
        shell
    }

    /// Starts the program from the prompt.
    fn opens(&mut self) -> &mut Show {
        let program = env!("CARGO_BIN_EXE_goodwill");
        self.show.types(&format!("clear; {program}\r"));
        self.show.until("the program", |show| show.has_terminal());
        self.show.at_customers().shows("▸ 港屋商店")
    }

    /// At the prompt: the settings as the shell has them, and what the last program ended with.
    /// Nothing is left of the program: no other screen, no mouse, no pastes in brackets.
    #[track_caller]
    fn modes(&mut self) -> (String, String) {
        self.count += 1;
        let (modes, code, done) = (
            format!("modes{}", self.count),
            format!("code{}", self.count),
            format!("done{}", self.count),
        );
        let ask = format!("echo $? > {code}; stty -g > {modes}; touch {done}\r");
        self.show.until("the prompt", |show| {
            show.text().trim_end().ends_with("shell>")
        });
        self.show.types(&ask);
        let home = self.stage.home().to_owned();
        self.show
            .until("the settings", |_| home.join(&done).exists());
        assert!(!self.show.listens_to_mouse());
        self.show.screen(|screen| {
            assert!(!screen.alternate_screen());
            assert!(!screen.bracketed_paste());
            assert!(!screen.hide_cursor());
            assert!(!screen.application_cursor());
        });
        let read = |name: &str| fs::read_to_string(home.join(name)).unwrap();
        (read(&modes), read(&code).trim().to_owned())
    }

    /// The process group in front: that of the program.
    fn program(&self) -> Pid {
        let group = self.show.foreground();
        Pid::from_raw(group).unwrap()
    }

    fn leaves(&mut self) {
        self.show.types("exit 7\r");
        assert_eq!(self.show.end(), Ok(7));
    }
}

fn stage() -> Stage {
    Stage::new().file("minato.toml", MINATO)
}

#[test]
fn ctrl_z_bg_and_fg_keep_the_settings_and_every_word() {
    for shell in SHELLS {
        let mut shell = Shell::start(shell, stage());
        let (before, _) = shell.modes();
        shell.opens().types("ai").shows("summary").types("支払は");
        let program = shell.program();
        shell.show.cursor_between("支払は", " ").types("\x1a");
        assert_eq!(shell.modes().0, before, "stopped");
        // In the background it may not have the terminal, and waits for it.
        shell.show.types("clear; bg\r").shows("[1]");
        assert_eq!(shell.modes().0, before, "in the background");
        let state = format!("/proc/{}/stat", program.as_raw_nonzero());
        shell.show.until("it stopped again", |_| {
            fs::read_to_string(&state).unwrap().contains(") T ")
        });
        shell.show.types("fg\r");
        shell.show.until("it back", |show| show.has_terminal());
        shell.show.cursor_between("支払は", " ").types("分割");
        shell.show.cursor_between("支払は分割", " ").types("\r");
        shell.show.shows("interaction added: 支払は分割");
        shell.show.types("qq");
        let (after, code) = shell.modes();
        assert_eq!((after, code.as_str()), (before, "0"));
        shell.leaves();
    }
}

#[test]
fn stopped_by_force_it_is_drawn_anew_and_gives_back_what_it_found() {
    // A shell that sets the terminal for itself, as nobody else could then.
    let mut shell = Shell::start(SHELLS[1], stage());
    let (before, _) = shell.modes();
    shell.opens().types("?").shows("Esc close");
    kill_process(shell.program(), Signal::STOP).unwrap();
    shell.show.shows("in the shell>");
    shell
        .show
        .types("clear; echo scrib''ble\r")
        .shows("scribble");
    shell.show.types("fg\r").hides("scribble");
    shell.show.until("it back", |show| show.has_terminal());
    shell
        .show
        .shows("Esc close")
        .types("q")
        .hides("Esc close")
        .types("q");
    assert_eq!(shell.modes(), (before, "0".to_owned()));
    shell.leaves();
}

#[test]
fn every_way_out_leaves_the_shell_as_it_was() {
    let mut shell = Shell::start(SHELLS[0], stage());
    let (before, _) = shell.modes();
    for (keys, signal, code) in [
        ("q", None, "0"),
        ("\x03", None, "0"),
        ("", Some(Signal::TERM), "143"),
        ("", Some(Signal::INT), "130"),
        ("", Some(Signal::HUP), "129"),
        ("", Some(Signal::QUIT), "131"),
    ] {
        shell.opens();
        match signal {
            Some(signal) => kill_process(shell.program(), signal).unwrap(),
            None => drop(shell.show.types(keys)),
        }
        shell.show.until("the shell", |show| show.is_restored());
        let (after, ended) = shell.modes();
        assert_eq!((after, ended.as_str()), (before.clone(), code), "{keys:?}");
        assert_eq!(shell.stage.read("minato.toml"), MINATO);
    }
    shell.leaves();
}

#[test]
fn an_editor_that_leaves_a_mess_or_is_killed_leaves_no_trace() {
    for (script, told) in [
        ("printf '\\n# more\\n' >> \"$file\"", ""),
        (
            "stty raw -echo; printf '\\033[?1003h\\033[?1h\\033[?2004h'; kill -KILL $$",
            "signal: 9",
        ),
        (
            "stty -echo -icanon; printf '\\033[?25l'; exit 3",
            "exit status: 3",
        ),
    ] {
        let mut shell = Shell::start(SHELLS[0], stage().editor(script));
        let (before, _) = shell.modes();
        shell.opens().types("E");
        shell.show.shows(told);
        shell.show.until("the editor gone", |show| {
            show.has_terminal() && show.text().contains("1 Today  2 Customers")
        });
        shell.show.types("?").shows("Esc close").types("q");
        shell.show.hides("Esc close").types("\x1a");
        assert_eq!(shell.modes().0, before, "{script}");
        shell.show.types("fg\r");
        shell.show.until("it back", |show| show.has_terminal());
        shell.show.types("q");
        assert_eq!(shell.modes(), (before, "0".to_owned()), "{script}");
        shell.leaves();
    }
}
