//! The answer on stdout: text in columns, or one JSON document.
//!
//! Nothing from a file reaches a terminal as it is: characters that would act on it or hide are
//! made visible, in JSON by their escapes.

use std::borrow::Cow;
use std::io::{self, BufWriter, Stdout, Write as _};

use serde_json::{Map, Value};

use super::{CliError, Context};
use crate::store::Done;
use crate::ui::widgets::text::{visible, width};

/// How a cell looks, where there is colour. No meaning hangs on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As any text.
    Plain,
    /// What is looked for first.
    Strong,
    /// What is looked for last.
    Faint,
    /// What asks for a look.
    Alert,
    /// What was looked for.
    Found,
}

/// One cell of a row.
pub struct Cell {
    text: String,
    tone: Tone,
    /// Columns, told once, as a long table asks for it twice.
    width: usize,
}

/// A cell in a tone.
pub fn cell(text: &str, tone: Tone) -> Cell {
    let text = visible(text).into_owned();
    let width = width(&text);
    Cell { text, tone, width }
}

/// Stdout, buffered.
pub struct Out {
    colour: bool,
    to: BufWriter<Stdout>,
}

impl Out {
    /// Stdout, with or without colour.
    pub fn new(colour: bool) -> Out {
        Out {
            colour,
            to: BufWriter::with_capacity(1 << 16, io::stdout()),
        }
    }

    /// A line of text.
    pub fn line(&mut self, text: &str) -> Result<(), CliError> {
        Ok(writeln!(self.to, "{}", visible(text))?)
    }

    /// Bytes that we made ourselves.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        Ok(self.to.write_all(bytes)?)
    }

    /// Rows in columns. Nothing is cut; the last column is not filled up.
    pub fn table(&mut self, rows: &[Vec<Cell>]) -> Result<(), CliError> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        for row in rows {
            let mut line = String::new();
            let last = row.iter().rposition(|cell| !cell.text.is_empty());
            let used = row.iter().take(last.map_or(0, |last| last + 1));
            for (at, (cell, widest)) in used.zip(&widths).enumerate() {
                self.paint(&mut line, &cell.text, cell.tone);
                if Some(at) != last {
                    let gap = widest.saturating_sub(cell.width) + 2;
                    line.extend(std::iter::repeat_n(' ', gap));
                }
            }
            writeln!(self.to, "{line}")?;
        }
        Ok(())
    }

    /// Cells side by side, as they are.
    pub fn cells(&mut self, cells: &[Cell]) -> Result<(), CliError> {
        let mut line = String::new();
        for cell in cells {
            self.paint(&mut line, &cell.text, cell.tone);
        }
        Ok(writeln!(self.to, "{line}")?)
    }

    fn paint(&self, line: &mut String, text: &str, tone: Tone) {
        paint(line, text, tone, self.colour);
    }

    /// One JSON document: `{"schema": 1, …}` with these members.
    pub fn json<const N: usize>(&mut self, members: [(&str, Value); N]) -> Result<(), CliError> {
        let mut document = Map::new();
        document.insert("schema".to_owned(), Value::from(1));
        for (name, value) in members {
            document.insert(name.to_owned(), value);
        }
        let text = serde_json::to_string_pretty(&document).map_err(io::Error::from)?;
        Ok(writeln!(self.to, "{}", escaped(&text))?)
    }

    /// What a change made, a line each: `customer:kind.key`, or a customer's key.
    pub fn made(&mut self, context: &Context, done: &Done) -> Result<(), CliError> {
        if context.json {
            return self.done(context, done);
        }
        done.touched.iter().try_for_each(|id| self.line(id))
    }

    /// What a change did, in a line.
    pub fn done(&mut self, context: &Context, done: &Done) -> Result<(), CliError> {
        if context.json {
            let touched = done.touched.iter().map(String::as_str).collect();
            return self.json([("what", Value::from(&*done.what)), ("touched", touched)]);
        }
        self.line(&done.what)
    }

    /// Hands everything over. Without it, what was not written yet may be lost unseen.
    pub fn finish(mut self) -> Result<(), CliError> {
        Ok(self.to.flush()?)
    }
}

/// `2026-11-21 10:02` of `2026-11-21T10:02:03+09:00`.
pub fn minute(stamp: &str) -> String {
    stamp.chars().take(16).collect::<String>().replace('T', " ")
}

/// Adds a text in a tone to what is handed to [`Out::bytes`].
pub fn push(out: &mut String, text: &str, tone: Tone, colour: bool) {
    paint(out, &visible(text), tone, colour);
}

/// Adds a text of which all is [`visible`] already.
pub fn paint(line: &mut String, text: &str, tone: Tone, colour: bool) {
    let code = match tone {
        Tone::Strong => "1",
        Tone::Faint => "2",
        Tone::Alert => "33",
        Tone::Found => "1;31",
        Tone::Plain => "",
    };
    if colour && !code.is_empty() && !text.is_empty() {
        line.push_str("\x1b[");
        line.push_str(code);
        line.push('m');
        line.push_str(text);
        line.push_str("\x1b[0m");
    } else {
        line.push_str(text);
    }
}

/// JSON in which no character is left that acts on a terminal or hides in it. Such characters
/// stand in texts alone, where an escape means the same.
fn escaped(json: &str) -> String {
    let is_harmless = |text: &str| matches!(visible(text), Cow::Borrowed(_));
    let mut out = String::with_capacity(json.len());
    for line in json.split_inclusive('\n') {
        if is_harmless(line.trim_end_matches('\n')) {
            out.push_str(line);
            continue;
        }
        for c in line.chars() {
            if c == '\n' || is_harmless(c.encode_utf8(&mut [0; 4])) {
                out.push(c);
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
