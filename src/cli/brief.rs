//! `goodwill brief`

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Tone, cell};
use super::{CliError, Context, Exit};
use crate::model::brief::whole::{Line, Section, WholeBrief};
use crate::model::customer::Customer;
use crate::ui::widgets::brief_rows::{Piece, rows};

/// What to know before a call, on one screen.
///
/// Who they are, what a win is to them, what is open, the last touches, people and their worries,
/// what is known and what is not, what negotiations taught. At most 40 lines of 80 columns.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill brief acme
  goodwill brief acme --markdown > acme.md    # to print; without what is private
  goodwill brief acme --json | jq -r '.sections[] | select(.topic == \"concerns\").lines[].text'")]
pub struct Brief {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// As Markdown, to print or to hand on: what is private is left out
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// The width of the text.
const WIDTH: usize = 80;

impl Brief {
    /// Prints what can be read; where the file does not parse, that is told and exits with 4.
    ///
    /// # Errors
    /// Where there is no such customer, or it is our own file, or is private and to be handed on.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let customer = match context.customer(&self.customer) {
            Ok(customer) => customer,
            Err(error @ CliError::Nothing(_)) => return nothing(context, error),
            Err(error) => return Err(error),
        };
        if let Some(why) = self.why_not(&customer) {
            return nothing(context, CliError::Nothing(why));
        }
        let (settings, today) = (&context.settings, context.today());
        let mut out = context.out();
        if self.markdown {
            let brief = WholeBrief::to_print(&customer, settings, today);
            for line in brief.markdown() {
                out.line(&line)?;
            }
        } else {
            let brief = WholeBrief::of(&customer, settings, today);
            if context.json {
                out.json(document(&customer, &brief))?;
            } else {
                for row in rows(&brief, WIDTH, context.appearance.glyphs) {
                    let pieces = row.pieces.iter();
                    let cells = pieces.map(|(text, piece)| cell(text, tone(*piece)));
                    out.cells(&cells.collect::<Vec<_>>())?;
                }
            }
        }
        out.finish()?;
        let problems = context.problems_of(&customer);
        if problems.is_empty() {
            return Ok(Exit::Done);
        }
        Err(CliError::Broken(problems))
    }

    fn why_not(&self, customer: &Customer) -> Option<String> {
        let key = &customer.key;
        if customer.is_ourselves() {
            return Some(format!(
                "{key} holds what is our own, and is no customer; `goodwill show {key}` shows it"
            ));
        }
        let is_kept = self.markdown && customer.head.is_yes("private");
        is_kept.then(|| {
            format!(
                "{key} is private, so nothing of it is handed on; `goodwill brief {key}` shows it"
            )
        })
    }
}

fn nothing(context: &Context, error: CliError) -> Result<Exit, CliError> {
    if context.json {
        let mut out = context.out();
        out.json([
            ("customer", Json::Null),
            ("sections", Json::Array(Vec::new())),
        ])?;
        out.finish()?;
    }
    Err(error)
}

fn document(customer: &Customer, brief: &WholeBrief) -> [(&'static str, Json); 2] {
    let head = json!({
        "key": *brief.customer,
        "name": brief.name,
        "also": brief.also,
        "standing": brief.standing,
        "status": customer.status(),
        "path": customer.path(),
    });
    let sections = brief.sections.iter().map(section).collect();
    [("customer", head), ("sections", sections)]
}

fn section(section: &Section) -> Json {
    json!({
        "topic": section.topic.word(),
        "heading": section.topic.heading(),
        "lines": section.lines.iter().map(line).collect::<Json>(),
        "more": section.more,
    })
}

fn line(line: &Line) -> Json {
    json!({
        "lead": line.lead,
        "text": line.text,
        "aside": line.aside,
        "entry": line.entry.as_deref(),
        "missing": line.is_missing,
    })
}

fn tone(piece: Piece) -> Tone {
    match piece {
        Piece::Name | Piece::Label => Tone::Strong,
        Piece::Lead | Piece::Text | Piece::Air => Tone::Plain,
        Piece::Missing | Piece::Aside => Tone::Faint,
        Piece::Due => Tone::Alert,
    }
}
