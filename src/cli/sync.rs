//! `goodwill sync`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Args;
use serde_json::{Value, json};
use signal_hook::consts::SIGINT;

use super::error::note;
use super::print::Out;
use super::{CliError, Context, Exit};
use crate::model::clash::{Hand, Unsettled};
use crate::model::tidings::{Message, Told};
use crate::model::value::Value as Field;
use crate::store::file_change::table_name;
use crate::store::git::Git;
use crate::store::git::sync::{Listener, Outlook, Report, Step, Stop, abort, fetch, outlook, sync};

/// Send and receive by git.
///
/// Commits what changed in the journal, fetches, merges by entry and field, and sends. Where it
/// stops it says where things stand and what to type; started again, it goes on from there.
/// docs/sync.md tells each step.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill sync
  goodwill sync --dry-run              # what would be committed, sent and received
  goodwill sync --abort                # drop a merge that stopped; what was committed stays")]
pub struct Sync {
    /// Only say what would be committed, sent and received, as far as it was fetched
    #[arg(long)]
    dry_run: bool,
    /// With --dry-run: fetch first
    #[arg(long, requires = "dry_run")]
    fetch: bool,
    /// Drop a merge or rebase that stopped
    #[arg(long, conflicts_with = "dry_run")]
    abort: bool,
}

impl Sync {
    /// Prints a line as each step begins and ends, then one that sums it up.
    ///
    /// # Errors
    /// Where there is no journal, or the answer can't be written. A sync that stops is none: it
    /// ends with 1 and says why.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        let git = match Git::find(&context.root) {
            Ok(git) => git,
            Err(error) => return stopped(context, &Report::stopped(error.into())),
        };
        // Git gets the key as well, and ends; this program stays to say where things stand.
        let interrupted = Arc::new(AtomicBool::new(false));
        let _ = signal_hook::flag::register(SIGINT, Arc::clone(&interrupted));
        let mut steps = Steps {
            is_quiet: context.json,
        };
        if self.abort {
            return match abort(&git) {
                Ok(what) => dropped(context, what),
                Err(stop) => stopped(context, &Report::stopped(stop)),
            };
        }
        if self.dry_run {
            let fetched = match self.fetch {
                true => fetch(&git, &interrupted, &mut steps),
                false => Ok(()),
            };
            return match fetched.and_then(|()| outlook(&git)) {
                Ok(outlook) => would(context, &outlook),
                Err(stop) => stopped(context, &Report::stopped(stop)),
            };
        }
        let mut store = context.store();
        let report = sync(&git, &mut store, &context.now, &interrupted, &mut steps);
        match report.stop {
            Some(_) => stopped(context, &report),
            None => synced(context, &report),
        }
    }
}

/// Prints the steps while they are done.
struct Steps {
    is_quiet: bool,
}

impl Steps {
    fn line(&self, word: &str, what: &str) {
        if !self.is_quiet {
            let mut out = Out::new(false);
            // A reader that has gone is told of by the last line.
            let _ = out.line(&format!("{word:<8} {what}"));
            let _ = out.finish();
        }
    }
}

impl Listener for Steps {
    fn begins(&mut self, step: Step, what: &str) {
        self.line(step.word(), what);
    }

    fn ends(&mut self, what: &str) {
        self.line("", what);
    }
}

fn synced(context: &Context, report: &Report) -> Result<Exit, CliError> {
    report.remarks.iter().for_each(|remark| note(remark));
    let summary = match (report.sent, report.received) {
        (0, 0) if report.committed.is_some() => "synced: committed here".to_owned(),
        (0, 0) => "synced: nothing new".to_owned(),
        (sent, received) => format!("synced: {sent} sent, {received} received"),
    };
    answer(context, "synced", &summary, report)?;
    Ok(Exit::Done)
}

fn stopped(context: &Context, report: &Report) -> Result<Exit, CliError> {
    report.remarks.iter().for_each(|remark| note(remark));
    let none = Stop::default();
    let stop = report.stop.as_ref().unwrap_or(&none);
    if !context.json {
        tell(stop);
    }
    let summary = format!("stopped: {}", stop.short);
    answer(context, "stopped", &summary, report)?;
    Ok(Exit::Failed)
}

/// Why it stopped and what to type, on stderr.
fn tell(stop: &Stop) {
    let mut lines = stop.why.clone();
    lines.extend(stop.deciding.iter().flat_map(decided));
    let widest = stop.next.iter().map(|next| next.command.chars().count());
    let widest = widest.max().unwrap_or(0);
    lines.extend(
        stop.next
            .iter()
            .map(|next| format!("  {:<widest$}   {}", next.command, next.does)),
    );
    if !lines.is_empty() {
        note(&lines.join("\n"));
    }
}

/// The fields to decide of one customer, with the values of both sides.
fn decided(unsettled: &Unsettled) -> Vec<String> {
    let mut lines: Vec<String> = unsettled.hindrance.iter().cloned().collect();
    for clash in &unsettled.clashes {
        let conflict = &clash.conflict;
        let place = table_name(&clash.table);
        lines.push(format!(
            "{}, {place}: {}",
            unsettled.customer, conflict.field
        ));
        let sides = [
            ("here ", &conflict.ours, Some(&unsettled.here)),
            ("there", &conflict.theirs, Some(&unsettled.there)),
            ("was  ", &conflict.base, None),
        ];
        for (side, value, hand) in sides {
            let value = value.as_ref().map_or("nothing".to_owned(), quoted);
            let hand = hand.map(by).unwrap_or_default();
            lines.push(format!("  {side}  {value}{hand}"));
        }
    }
    lines
}

/// The value as it is quoted: a note may have thousands of letters.
fn quoted(value: &Field) -> String {
    let line = value.to_line();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{:?}...", line.get(..end).unwrap_or_default()),
        None => format!("{line:?}"),
    }
}

/// `  (Hanako, 2026-11-20)`
fn by(hand: &Hand) -> String {
    let known = [hand.who.as_str(), hand.when.as_str()];
    let known: Vec<&str> = known.into_iter().filter(|word| !word.is_empty()).collect();
    match known.is_empty() {
        true => String::new(),
        false => format!("  ({})", known.join(", ")),
    }
}

fn answer(context: &Context, state: &str, summary: &str, report: &Report) -> Result<(), CliError> {
    let mut out = context.out();
    if context.json {
        out.json([
            ("state", Value::from(state)),
            ("summary", Value::from(summary)),
            ("committed", json_message(report.committed.as_ref())),
            ("sent", Value::from(report.sent)),
            ("received", Value::from(report.received)),
            ("news", json_told(&report.news)),
            ("remarks", Value::from(report.remarks.clone())),
            ("stopped", json_stop(report.stop.as_ref())),
        ])?;
    } else {
        if !report.news.is_empty() {
            out.line("received")?;
        }
        for told in &report.news {
            out.line(&format!("  {}", told.line()))?;
        }
        out.line(summary)?;
    }
    out.finish()
}

fn would(context: &Context, outlook: &Outlook) -> Result<Exit, CliError> {
    let sends = outlook.sends.len() + usize::from(outlook.commit.is_some());
    let summary = match &outlook.upstream {
        Some(_) => format!(
            "would sync: {sends} to send, {} to receive",
            outlook.receives
        ),
        None => "would sync: no other repository to send to".to_owned(),
    };
    let mut out = context.out();
    if context.json {
        out.json([
            ("state", Value::from("would")),
            ("summary", Value::from(&*summary)),
            (
                "under_way",
                outlook.under_way.map_or(Value::Null, Value::from),
            ),
            ("commit", json_message(outlook.commit.as_ref())),
            ("upstream", Value::from(outlook.upstream.clone())),
            ("sends", Value::from(outlook.sends.clone())),
            ("receives", Value::from(outlook.receives)),
            ("news", json_told(&outlook.news)),
        ])?;
        out.finish()?;
        return Ok(Exit::Done);
    }
    if let Some(what) = outlook.under_way {
        out.line(&format!("go on    with the {what} that is under way"))?;
    }
    if let Some(message) = &outlook.commit {
        out.line(&format!("commit   {}", message.subject))?;
        for line in &message.body {
            out.line(&format!("           {line}"))?;
        }
    }
    for subject in &outlook.sends {
        out.line(&format!("send     {subject}"))?;
    }
    for told in &outlook.news {
        out.line(&format!("receive  {}", told.line()))?;
    }
    out.line(&summary)?;
    out.finish()?;
    Ok(Exit::Done)
}

fn dropped(context: &Context, what: &str) -> Result<Exit, CliError> {
    let summary = format!("dropped: {what}; what you committed stays");
    let mut out = context.out();
    match context.json {
        true => out.json([
            ("state", Value::from("dropped")),
            ("summary", Value::from(&*summary)),
        ])?,
        false => out.line(&summary)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn json_message(message: Option<&Message>) -> Value {
    message.map_or(
        Value::Null,
        |message| json!({"subject": message.subject, "body": message.body}),
    )
}

fn json_told(told: &[Told]) -> Value {
    let one = |told: &Told| json!({"name": told.name, "changes": told.phrases});
    told.iter().map(one).collect()
}

fn json_stop(stop: Option<&Stop>) -> Value {
    let Some(stop) = stop else {
        return Value::Null;
    };
    let line = |value: &Option<Field>| {
        let line = value.as_ref().map(Field::to_line);
        line.map_or(Value::Null, Value::from)
    };
    let of_customer = |unsettled: &Unsettled| {
        let one = |clash: &crate::model::clash::Clash| {
            json!({
                "table": clash.table,
                "field": clash.conflict.field,
                "base": line(&clash.conflict.base),
                "here": line(&clash.conflict.ours),
                "there": line(&clash.conflict.theirs),
            })
        };
        json!({
            "customer": unsettled.customer,
            "fields": unsettled.clashes.iter().map(one).collect::<Value>(),
            "hindrance": unsettled.hindrance,
        })
    };
    let deciding: Value = stop.deciding.iter().map(of_customer).collect();
    let next = stop.next.iter();
    let next: Value = next
        .map(|next| json!({"command": next.command, "does": next.does}))
        .collect();
    json!({"short": stop.short, "why": stop.why, "deciding": deciding, "next": next})
}
