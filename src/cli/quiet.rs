//! `goodwill snooze` and `goodwill dismiss`

use clap::Args;
use jiff::civil::Date;

use super::error::note;
use super::{CliError, Context, Exit, target, today};
use crate::model::change::{Change, Silence};
use crate::model::today::{quiet_day, quiet_key, quiet_until};

/// What is made quiet.
#[derive(Debug, Args)]
pub struct Which {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The rule, as `goodwill today --json` names it: promise-due, out-of-touch
    rule: String,
    /// The entry, where only its reason shall be quiet: kind.key or how it begins
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
    /// Let it speak again
    #[arg(long)]
    off: bool,
}

/// Make a reason of `goodwill today` quiet until a day.
///
/// The customer's file says so, below `[snooze]`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill snooze acme out-of-touch --until 'in 2 weeks'
  goodwill snooze acme concern-open concern.2026-11-12-rzxqf1 --until 来月
  goodwill snooze acme out-of-touch --off")]
pub struct Snooze {
    #[command(flatten)]
    which: Which,
    /// The day from which on it speaks again: 2026-12-01, next mon, 来週
    #[arg(long, value_name = "WHEN", required_unless_present = "off")]
    until: Option<String>,
}

/// Make a reason of `goodwill today` quiet until something newer is written about it.
///
/// The customer's file says so, below `[dismissed]`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill dismiss acme facts
  goodwill dismiss acme real-reason deal.member-app
  goodwill dismiss acme facts --off")]
pub struct Dismiss {
    #[command(flatten)]
    which: Which,
}

impl Snooze {
    /// Writes the day down and prints what was done.
    ///
    /// # Errors
    /// Where the customer, rule or entry is not known, the day can't be read or is not to come,
    /// or the save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let today = context.today();
        let until = self.until.as_deref().filter(|_| !self.which.off);
        let until = until.map(|typed| {
            let until = quiet_until(typed, today);
            until.map_err(|told| CliError::Usage(format!("--until: {told}")))
        });
        self.which
            .save(context, Silence::Snoozed, until.transpose()?)
    }
}

impl Dismiss {
    /// Writes today down and prints what was done.
    ///
    /// # Errors
    /// Where the customer, rule or entry is not known, or the save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let today = (!self.which.off).then(|| context.today());
        self.which.save(context, Silence::Dismissed, today)
    }
}

impl Which {
    fn save(&self, context: &Context, how: Silence, now: Option<Date>) -> Result<Exit, CliError> {
        let rule = today::rule(&self.rule)?;
        let customer = context.sound_customer(&self.customer)?;
        let entry = self.entry.as_deref();
        let entry = entry.map(|id| target::entry(&customer, id)).transpose()?;
        if entry.is_some() && !rule.is_about_one() {
            let told = format!("{} is about the customer: leave the entry out", rule.name());
            return Err(CliError::Usage(told));
        }
        let entry = entry.map(crate::model::entry::Entry::id);
        let reason = quiet_key(rule, entry.as_deref());
        let was = quiet_day(&customer, how, &reason);
        if was == now {
            note("the file says so already: nothing was written");
            return Ok(Exit::Done);
        }
        let change = Change::Quiet {
            customer: customer.key.to_string(),
            how,
            reason,
            was,
            now,
        };
        let done = context.apply_to(&customer, &[change])?;
        let mut out = context.out();
        out.done(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
