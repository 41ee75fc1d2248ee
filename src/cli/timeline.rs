//! `goodwill timeline`

use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::print::{Cell, Tone, cell};
use super::{CliError, Context, Exit, json as shape};
use crate::model::customer::Customer;
use crate::model::date_phrase::{self, Leaning};
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::model::kind::Kind;
use crate::model::near::nearest;
use crate::model::timeline::filter::{Filter, Selection, undated};
use crate::model::timeline::index::Index;
use crate::model::timeline::item::Role;
use crate::model::timeline::period::{Period, Zoom};
use crate::model::timeline::rows::{Ask, View};
use crate::model::timeline::sum::Sum;
use crate::model::timeline::window::{ItemLine, Line};
use crate::model::timeline::words::word_of;
use crate::model::when::When;

mod lanes;

/// What happened, an entry a line, newest first.
///
/// With all customers or with one. In front stands what is to come: promises that are due, days
/// to ask again. Days are those written in the files, whatever the time zone.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill timeline acme
  goodwill timeline --since 'last mon' --kind call
  goodwill timeline --since 2026-01 --until 2026-03 --zoom month
  goodwill timeline --lanes            # a row per customer, a cell per month
  goodwill timeline | grep payment")]
pub struct Timeline {
    /// Key, name, alias or reading, or the beginning of it; all customers if left out
    customer: Option<String>,
    /// From this day on: 2026-11-20, last fri, 3日前; or a whole 2026-11, 2026-W47, 2026 Q4, 2026
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    since: Option<String>,
    /// Up to this day, and with it
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    until: Option<String>,
    /// Only this kind of entry, or this channel: concern, call. Can be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only what has this tag, or whose customer has it
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// A line per entry (day, week), or per month, quarter or year
    #[arg(long, value_name = "ZOOM", value_parser = zoom_parser())]
    #[arg(hide_possible_values = true)]
    zoom: Option<Zoom>,
    /// At the end, also the entries without a day
    #[arg(long)]
    undated: bool,
    /// Begin with the oldest
    #[arg(long)]
    oldest_first: bool,
    /// A row per customer, a cell per month or as --zoom says; in a pipe in words
    #[arg(long, conflicts_with_all = ["undated", "oldest_first"])]
    lanes: bool,
}

fn zoom_parser() -> impl clap::builder::TypedValueParser<Value = Zoom> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    let words = Zoom::ALL.map(Zoom::word);
    PossibleValuesParser::new(words).map(|word| Zoom::of(&word).unwrap_or_default())
}

impl Timeline {
    /// Prints what happened in the days asked for.
    ///
    /// # Errors
    /// Where there is no such customer or nothing to show, or a day can't be read.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let period = self.period(context)?;
        let (journal, customer) = match self.journal(context) {
            Err(error @ CliError::Nothing(_)) => {
                self.print_nothing(context)?;
                return Err(error);
            }
            found => found?,
        };
        let index = Index::new(&journal);
        self.tell_slips(context, &index)?;
        let filter = Filter {
            kinds: self.kind.clone(),
            tags: self.tag.clone(),
            customer: customer.as_ref().map(|customer| customer.key.to_string()),
            period,
            ..Filter::default()
        };
        let found = Found {
            selection: Selection::new(&index, filter),
            index,
            context,
        };
        let is_empty = match self.lanes {
            true => lanes::print(self, &found, &journal)?,
            false => self.print(&found)?,
        };
        let problems = customer.map_or(Vec::new(), |customer| context.problems_of(&customer));
        if !problems.is_empty() {
            return Err(CliError::Broken(problems));
        }
        if is_empty {
            return Err(CliError::Nothing(self.why_nothing(&found)));
        }
        Ok(Exit::Done)
    }

    /// The journal, or of it the one customer asked for.
    fn journal(
        &self,
        context: &Context,
    ) -> Result<(Arc<Journal>, Option<Arc<Customer>>), CliError> {
        let Some(typed) = &self.customer else {
            return Ok((Arc::clone(context.journal()?), None));
        };
        let customer = context.customer(typed)?;
        let alone = Journal::new(vec![Arc::clone(&customer)], context.settings.clone());
        Ok((Arc::new(alone), Some(customer)))
    }

    fn period(&self, context: &Context) -> Result<Option<Period>, CliError> {
        let day = |name: &str, typed: &Option<String>| {
            let Some(typed) = typed else { return Ok(None) };
            days(typed, context)
                .map(Some)
                .map_err(|unread| CliError::Usage(format!("--{name}: {unread}")))
        };
        let from = day("since", &self.since)?.map(|days| days.from);
        let until = day("until", &self.until)?.map(|days| days.until);
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            return Err(CliError::Usage(format!(
                "--since {from} is after --until {until}: put them the other way round"
            )));
        }
        Ok(Period::between(from, until))
    }

    /// A word that comes near a known one and is none is most likely a slip.
    fn tell_slips(&self, context: &Context, index: &Index) -> Result<(), CliError> {
        let channel = Kind::Interaction.field("channel");
        let channels = channel.map(|field| context.settings.words("interaction", field));
        let channels = channels.unwrap_or_default();
        for kind in &self.kind {
            let is_there = index.words().iter().any(|word| word.is_meant_by(kind));
            let known = || {
                Kind::ALL
                    .iter()
                    .map(|kind| kind.word())
                    .chain(channels.iter().copied())
            };
            if is_there || known().any(|word| word == kind) {
                continue;
            }
            if let Some(near) = nearest(kind, known()) {
                return Err(CliError::Usage(format!(
                    "there is no kind or channel {kind:?}; did you mean {near}?"
                )));
            }
        }
        Ok(())
    }

    fn print_nothing(&self, context: &Context) -> Result<(), CliError> {
        if context.json {
            let none = || Json::Array(Vec::new());
            let mut out = context.out();
            match self.lanes {
                true => out.json([("lanes", none())])?,
                false => out.json([("entries", none()), ("upcoming", none()), ("sums", none())])?,
            }
            out.finish()?;
        }
        Ok(())
    }

    /// Prints the list or the sums; whether there was nothing to print.
    fn print(&self, found: &Found) -> Result<bool, CliError> {
        let zoom = self.zoom.unwrap_or_default();
        let lines = found.view(Zoom::Day, !self.oldest_first);
        let items = lines.lines(&found.index, 0..lines.len());
        let items: Vec<&ItemLine> = items
            .iter()
            .filter_map(|line| match line {
                Line::Item(item) if item.role != Role::Closed => Some(item),
                _ => None,
            })
            .collect();
        let sums = found.view(zoom, !self.oldest_first);
        let undated = match self.undated {
            true => found.undated(),
            false => Vec::new(),
        };
        let mut out = found.context.out();
        if found.context.json {
            let upcoming = items.iter().filter(|item| item.role.is_mark());
            out.json([
                ("entries", entries(&items, &undated)),
                (
                    "upcoming",
                    upcoming.map(|item| self::upcoming(item)).collect(),
                ),
                (
                    "sums",
                    sums.sums().iter().map(|sum| found.sum(zoom, sum)).collect(),
                ),
            ])?;
        } else {
            let today = found.context.today();
            let mut rows: Vec<Vec<Cell>> = match zoom.sums_up() {
                true => sums
                    .sums()
                    .iter()
                    .map(|sum| found.sum_row(zoom, sum))
                    .collect(),
                false => items.iter().map(|item| item_row(item, today)).collect(),
            };
            rows.extend(
                undated
                    .iter()
                    .map(|(customer, entry)| undated_row(customer, entry, today)),
            );
            out.table(&rows)?;
        }
        out.finish()?;
        Ok(items.is_empty() && undated.is_empty())
    }

    /// Why there is nothing to show, and what would show something.
    fn why_nothing(&self, found: &Found) -> String {
        let what = match found.selection.filter().keeps_touches() {
            true => "nothing",
            false => "nothing of that",
        };
        let whose = match &self.customer {
            Some(customer) => format!(" with {customer}"),
            None => String::new(),
        };
        if !found.undated().is_empty() && !self.undated && !self.lanes {
            return format!(
                "{what} is written down{whose} in these days; `--undated` shows what has no day"
            );
        }
        match (found.selection.filter().period, found.index.is_empty()) {
            (None, true) => format!(
                "nothing is written down{whose} yet; `goodwill add CUSTOMER interaction -m TEXT` \
                 is a beginning"
            ),
            (Some(days), _) => format!(
                "{what} is written down{whose} in {}",
                days.title(found.context.settings.week_starts())
            ),
            (None, false) => format!("{what} is written down{whose}"),
        }
    }
}

/// The days that were typed: a whole month, week, quarter or year, or a day as people say it.
fn days(typed: &str, context: &Context) -> Result<Period, date_phrase::Unread> {
    if let Some(period) = Period::parse(typed, context.settings.week_starts()) {
        return Ok(period);
    }
    let today = context.today();
    let when = date_phrase::parse(typed, today, Leaning::Past)?;
    let day = when.date.unwrap_or(today);
    Ok(Period {
        from: day,
        until: day,
    })
}

/// What the command is about.
struct Found<'a> {
    index: Index,
    selection: Selection,
    context: &'a Context,
}

impl Found<'_> {
    fn view(&self, zoom: Zoom, newest_first: bool) -> View {
        let ask = Ask {
            zoom,
            newest_first,
            today: self.context.today(),
            week_starts: self.context.settings.week_starts(),
            gap_days: None,
        };
        View::new(&self.index, &self.selection, ask)
    }

    fn undated(&self) -> Vec<(&Customer, &Entry)> {
        let places = undated(&self.index, self.selection.filter());
        places
            .into_iter()
            .filter_map(|undated| {
                let customer = self.index.customer(undated.customer)?;
                let entry = customer.entries.get(undated.place as usize)?;
                Some((&**customer, entry))
            })
            .collect()
    }

    fn sum_row(&self, zoom: Zoom, sum: &Sum) -> Vec<Cell> {
        vec![
            cell(&zoom.title(sum.period.from), Tone::Strong),
            cell(&sum.parts(&self.index).join(", "), Tone::Plain),
        ]
    }

    fn sum(&self, zoom: Zoom, sum: &Sum) -> Json {
        json!({
            "period": zoom.title(sum.period.from),
            "from": sum.period.from.to_string(),
            "until": sum.period.until.to_string(),
            "entries": sum.entries,
            "touches": sum.touches,
            "ahead": sum.ahead,
            "parts": sum.parts(&self.index),
        })
    }
}

fn item_row(item: &ItemLine, today: Date) -> Vec<Cell> {
    let word = match item.role.is_mark() {
        true => format!("{} {}", item.word, item.role.word()),
        false => item.word.to_owned(),
    };
    let is_open = item.entry.is_some_and(Entry::is_open);
    vec![
        cell(&date_phrase::echo(When::day(item.day)), Tone::Plain),
        cell(&word, Tone::Faint),
        cell(item.customer.name(), Tone::Strong),
        cell(&item.state(today), state_tone(is_open)),
        cell(&item.text(), Tone::Plain),
    ]
}

fn undated_row(customer: &Customer, entry: &Entry, today: Date) -> Vec<Cell> {
    vec![
        cell("-", Tone::Plain),
        cell(word_of(entry), Tone::Faint),
        cell(customer.name(), Tone::Strong),
        cell(&entry.state(today), state_tone(entry.is_open())),
        cell(&entry.line_text(), Tone::Plain),
    ]
}

fn state_tone(is_open: bool) -> Tone {
    if is_open { Tone::Alert } else { Tone::Faint }
}

/// Each entry once, in the order of the text; those without a day at the end.
fn entries(items: &[&ItemLine], undated: &[(&Customer, &Entry)]) -> Json {
    let dated = items.iter().filter(|item| item.role == Role::Entry);
    let dated = dated.filter_map(|item| Some(shape::entry(item.customer, item.entry?)));
    let undated = undated
        .iter()
        .map(|(customer, entry)| shape::entry(customer, entry));
    dated.chain(undated).collect()
}

/// What is to come.
fn upcoming(item: &ItemLine) -> Json {
    json!({
        "customer": *item.customer.key,
        "date": item.day.to_string(),
        "what": item.role.word(),
        "kind": item.entry.map(|entry| entry.kind.word()),
        "key": item.entry.map(|entry| &*entry.key),
        "text": item.text(),
        "path": item.customer.path(),
        "line": item.entry.map_or(1, |entry| entry.line),
    })
}
