//! Bytes from the keyboard become keys and pasted text.
//!
//! The library's own reader waits inside of a read for the rest of a sequence, spins when more
//! than 1,024 bytes come at once or when the terminal is gone, and takes a sequence that arrives
//! in two pieces, as over a slow line, for Esc and letters. So the bytes are read in
//! [`super::inbox`] and read as keys here.

use std::time::Duration;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::ui::msg::{Mouse, Msg, Press};

/// How long after Esc it is known to have been Esc alone.
const ESC_ALONE: Duration = Duration::from_millis(40);
/// How long the rest of a key may take on a bad line: what comes behind it would be typed as
/// text, or done as keys where it was the beginning of a paste.
const REST_OF_A_KEY: Duration = Duration::from_millis(500);
/// No key is longer; what goes on for longer is none.
const LONGEST: usize = 64;
/// No answer of a terminal is longer.
const LONGEST_ANSWER: usize = 1024;
/// The most that is kept of one paste, in bytes; more than any field takes.
const LARGEST_PASTE: usize = 4 << 20;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Reads keys from bytes, however the bytes are cut into pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What the first bytes are.
enum Step {
    /// Nothing yet: more bytes are needed.
    More,
    /// So many bytes that mean nothing here.
    Skip(usize),
    /// So many bytes that are a key.
    Key(usize, KeyEvent),
    /// So many bytes that tell of the mouse.
    Mouse(usize, Mouse),
    /// So many bytes that begin a paste.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes as they came; answers what they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Msg> {
        self.bytes.extend_from_slice(bytes);
        let mut msgs = Vec::new();
        loop {
            if let Some(paste) = self.paste.take() {
                match self.go_on_pasting(paste) {
                    Some(text) => msgs.push(Msg::Paste(text)),
                    None => return msgs,
                }
            }
            let used = match first(&self.bytes) {
                Step::More => return msgs,
                Step::Skip(used) => used,
                Step::Key(used, key) => {
                    msgs.push(Msg::Key(key));
                    used
                }
                Step::Mouse(used, mouse) => {
                    msgs.push(Msg::Mouse(mouse));
                    used
                }
                Step::Paste(used) => {
                    self.paste = Some(Vec::new());
                    used
                }
            };
            self.bytes.drain(..used.min(self.bytes.len()));
        }
    }

    /// How long to wait for the rest of a key that came in part; `None`: nothing did, or the
    /// rest is sure to come.
    pub fn patience(&self) -> Option<Duration> {
        match self.bytes.as_slice() {
            _ if self.paste.is_some() => None,
            // Half a character is the line's doing, never the keyboard's.
            [] | [0x80..=0xff, ..] => None,
            [0x1b] => Some(ESC_ALONE),
            _ => Some(REST_OF_A_KEY),
        }
    }

    /// No more came: Esc was Esc, and half a sequence is nothing.
    pub fn give_up(&mut self) -> Option<Msg> {
        let key = match self.bytes.as_slice() {
            [0x1b] => Some(plain(KeyCode::Esc)),
            [0x1b, c @ (b'[' | b'O' | b']' | b'P')] => {
                Some(char_key(char::from(*c), KeyModifiers::ALT))
            }
            _ => None,
        };
        self.bytes.clear();
        key.map(Msg::Key)
    }

    /// Moves bytes over to the paste; answers it when its end is there.
    fn go_on_pasting(&mut self, mut paste: Vec<u8>) -> Option<String> {
        let end = self
            .bytes
            .windows(PASTE_ENDS.len())
            .position(|bytes| bytes == PASTE_ENDS);
        // The end may have come in part.
        let safe = self.bytes.len().saturating_sub(PASTE_ENDS.len() - 1);
        let rest = self.bytes.split_off(end.unwrap_or(safe));
        let room = LARGEST_PASTE.saturating_sub(paste.len());
        paste.extend(self.bytes.iter().take(room));
        self.bytes = rest;
        if end.is_none() {
            self.paste = Some(paste);
            return None;
        }
        self.bytes.drain(..PASTE_ENDS.len());
        Some(String::from_utf8_lossy(&paste).into_owned())
    }
}

fn first(bytes: &[u8]) -> Step {
    match bytes {
        [] | [0x1b] => Step::More,
        // No keyboard has Alt with a wide character: the line brought Esc and a word together.
        [0x1b, 0x1b | 0x80..=0xff, ..] => Step::Key(1, plain(KeyCode::Esc)),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', rest @ ..] => match rest.first() {
            None => Step::More,
            Some(last) => named(2 + 1, keypad(*last), KeyModifiers::NONE),
        },
        [0x1b, b']' | b'P'] => Step::More,
        [0x1b, b']' | b'P', b'0'..=b'9' | b'>' | b'!', rest @ ..] => answer(rest),
        [0x1b, rest @ ..] => match character(rest) {
            Step::Key(used, mut key) => {
                key.modifiers |= KeyModifiers::ALT;
                Step::Key(1 + used, key)
            }
            Step::Skip(used) => Step::Skip(1 + used),
            other => other,
        },
        _ => character(bytes),
    }
}

/// A character or a control character.
fn character(bytes: &[u8]) -> Step {
    let Some(lead) = bytes.first() else {
        return Step::More;
    };
    let ctrl = |c: u8| KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL);
    let key = match *lead {
        b'\r' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x7f => plain(KeyCode::Backspace),
        0 => ctrl(b' '),
        c @ 0x01..=0x1a => ctrl(c - 1 + b'a'),
        0x1b => plain(KeyCode::Esc),
        c @ 0x1c..=0x1f => ctrl(c - 0x1c + b'4'),
        0x20..=0x7e => char_key(char::from(*lead), KeyModifiers::NONE),
        _ => return wide_character(bytes),
    };
    Step::Key(1, key)
}

fn wide_character(bytes: &[u8]) -> Step {
    let head = bytes.get(..4).unwrap_or(bytes);
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => head
            .get(..error.valid_up_to())
            .and_then(|valid| std::str::from_utf8(valid).ok())
            .unwrap_or_default(),
        Err(error) => return error.error_len().map_or(Step::More, Step::Skip),
    };
    match valid.chars().next() {
        Some(c) => Step::Key(c.len_utf8(), char_key(c, KeyModifiers::NONE)),
        None => Step::Skip(1),
    }
}

/// What follows `ESC [`: numbers, then one letter or `~` that says what they are for.
fn control_sequence(rest: &[u8]) -> Step {
    // The Linux console names F1 to F5 with a second bracket.
    if let [b'[', after @ ..] = rest {
        return match after.first() {
            None => Step::More,
            Some(_) => Step::Skip(4),
        };
    }
    // The mouse as old terminals tell of it, in three bytes that may be letters.
    if let [b'M', after @ ..] = rest {
        return match after.len() {
            ..3 => Step::More,
            _ => Step::Skip(2 + 1 + 3),
        };
    }
    let Some(at) = rest.iter().position(|b| !matches!(b, 0x20..=0x3f)) else {
        return if rest.len() > LONGEST {
            Step::Skip(2 + rest.len())
        } else {
            Step::More
        };
    };
    let (params, used) = (rest.get(..at).unwrap_or_default(), 2 + at + 1);
    let last = match rest.get(at) {
        Some(last @ 0x40..=0x7e) => *last,
        // No part of any sequence: what stands there begins something else.
        _ => return Step::Skip(2 + at),
    };
    if let Some(report) = params.strip_prefix(b"<") {
        let mouse = (last == b'M').then(|| mouse(report)).flatten();
        return mouse.map_or(Step::Skip(used), |mouse| Step::Mouse(used, mouse));
    }
    let number = |at: usize| -> Option<u32> {
        let field = params.split(|b| *b == b';').nth(at)?;
        let field = field.split(|b| *b == b':').next()?;
        std::str::from_utf8(field).ok()?.parse().ok()
    };
    let held = modifiers(number(1));
    match last {
        b'~' => match number(0) {
            Some(200) => Step::Paste(used),
            Some(27) => coded(used, number(2), held),
            Some(which) => named(used, numbered(which), held),
            None => Step::Skip(used),
        },
        b'u' => coded(used, number(0), held),
        b'Z' => Step::Key(used, KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
        b'A' | b'B' | b'C' | b'D' | b'F' | b'H' => named(used, keypad(last), held),
        // Function keys, answers of the terminal, reports of focus.
        _ => Step::Skip(used),
    }
}

/// What the terminal answers to a question of another program, such as an editor that was closed
/// before the answer came. It goes on to a BEL or to `ESC \`.
fn answer(rest: &[u8]) -> Step {
    let Some(at) = rest.iter().position(|b| matches!(b, 0..=0x1f | 0x7f)) else {
        return if rest.len() > LONGEST_ANSWER {
            Step::Skip(3 + rest.len())
        } else {
            Step::More
        };
    };
    match rest.get(at..).unwrap_or_default() {
        [0x07, ..] => Step::Skip(3 + at + 1),
        [0x1b] => Step::More,
        [0x1b, b'\\', ..] => Step::Skip(3 + at + 2),
        // Broken off: what stands there begins something else.
        _ => Step::Skip(3 + at),
    }
}

/// What the mouse did: button and held keys, column and row from 1.
fn mouse(report: &[u8]) -> Option<Mouse> {
    let report = std::str::from_utf8(report).ok()?;
    let mut numbers = report.split(';').map(str::parse::<u16>);
    let mut number = || numbers.next()?.ok();
    let (button, column, row) = (number()?, number()?, number()?);
    // What is held with it (4 shift, 8 alt, 16 control) makes no difference.
    let press = match button & !0b1_1100 {
        0 => Press::Once,
        32 => Press::Drag,
        64 => Press::WheelUp,
        65 => Press::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        press,
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
    })
}

fn named(used: usize, code: Option<KeyCode>, held: KeyModifiers) -> Step {
    code.map_or(Step::Skip(used), |code| {
        Step::Key(used, KeyEvent::new(code, held))
    })
}

/// A key that is sent as the number of its character.
fn coded(used: usize, code: Option<u32>, held: KeyModifiers) -> Step {
    let Some(c) = code.and_then(char::from_u32) else {
        return Step::Skip(used);
    };
    let mut key = match c {
        '\x1b' => plain(KeyCode::Esc),
        '\r' => plain(KeyCode::Enter),
        '\t' if held.contains(KeyModifiers::SHIFT) => plain(KeyCode::BackTab),
        '\t' => plain(KeyCode::Tab),
        '\x7f' | '\x08' => plain(KeyCode::Backspace),
        c if c.is_control() => return Step::Skip(used),
        c => char_key(c, KeyModifiers::NONE),
    };
    key.modifiers |= held;
    Step::Key(used, key)
}

fn keypad(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'M' => KeyCode::Enter,
        _ => return None,
    })
}

fn numbered(which: u32) -> Option<KeyCode> {
    Some(match which {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        _ => return None,
    })
}

/// One more than the sum of what is held: 1 shift, 2 alt, 4 control.
fn modifiers(number: Option<u32>) -> KeyModifiers {
    let held = number.unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
    ] {
        if held & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

fn plain(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn char_key(c: char, mut held: KeyModifiers) -> KeyEvent {
    if c.is_uppercase() {
        held |= KeyModifiers::SHIFT;
    }
    KeyEvent::new(KeyCode::Char(c), held)
}
