//! `goodwill ledger`

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Cell, Out, Tone, cell};
use super::{CliError, Context, Exit};
use crate::model::ledger::{Decided, Ledger, Posting, Share, Sort, Told, ledgers};

/// Who won and who paid, measured from what.
///
/// What was expected and what came of it, in time order, with what changed in between; then deals
/// that were won or lost, the stated and the real reason. Of all customers, those first with
/// whom somebody pays or a win is not written down.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill ledger acme
  goodwill ledger | grep 'who pays'
  goodwill ledger --json | jq -r '.customers[] | select(.gap).customer'")]
pub struct LedgerOf {
    /// Key, name, alias or reading, or the beginning of it; all customers if left out
    customer: Option<String>,
}

impl LedgerOf {
    /// Prints what is written down.
    ///
    /// # Errors
    /// Where there is no such customer, it is our own file, or nothing is written down.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let today = context.today();
        let Some(typed) = &self.customer else {
            return print(context, &ledgers(context.journal()?, today), None);
        };
        let customer = match context.customer(typed) {
            Ok(customer) => customer,
            Err(error @ CliError::Nothing(_)) => {
                document(context, &[])?;
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        if customer.is_ourselves() {
            document(context, &[])?;
            let key = &customer.key;
            return Err(CliError::Nothing(format!(
                "{key} holds what is our own, and is no customer; `goodwill show {key}` shows it"
            )));
        }
        let ledger = Ledger::of(&customer, today);
        let ledgers = if ledger.is_empty() {
            vec![]
        } else {
            vec![ledger]
        };
        let problems = context.problems_of(&customer);
        match print(context, &ledgers, Some(&customer.key)) {
            Ok(_) | Err(CliError::Nothing(_)) if !problems.is_empty() => {
                Err(CliError::Broken(problems))
            }
            printed => printed,
        }
    }
}

fn print(context: &Context, ledgers: &[Ledger], of: Option<&str>) -> Result<Exit, CliError> {
    if context.json {
        document(context, ledgers)?;
    } else {
        let mut out = context.out();
        for (at, ledger) in ledgers.iter().enumerate() {
            if at > 0 {
                out.line("")?;
            }
            lines(&mut out, ledger)?;
        }
        out.finish()?;
    }
    if !ledgers.is_empty() {
        return Ok(Exit::Done);
    }
    Err(CliError::Nothing(format!(
        "no wins and losses are written down yet; \
         `goodwill add {} win-lose --set them='win: WHAT'` is a beginning",
        of.unwrap_or("CUSTOMER")
    )))
}

fn document(context: &Context, ledgers: &[Ledger]) -> Result<(), CliError> {
    if !context.json {
        return Ok(());
    }
    let mut out = context.out();
    out.json([("customers", ledgers.iter().map(ledger).collect())])?;
    out.finish()
}

fn lines(out: &mut Out, ledger: &Ledger) -> Result<(), CliError> {
    out.table(&[vec![
        cell(&ledger.name, Tone::Strong),
        cell(&ledger.customer, Tone::Plain),
    ]])?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for posting in &ledger.postings {
        let day = posting.day.map(|day| day.to_string());
        let about = match &posting.deal {
            Some(deal) => format!("{deal}: {}", posting.outcomes),
            None => posting.outcomes.clone(),
        };
        rows.push(vec![
            cell(day.as_deref().unwrap_or("-"), Tone::Plain),
            cell(&posting.stage, Tone::Faint),
            cell(&about, Tone::Strong),
        ]);
        rows.extend(posting.told().iter().map(below));
    }
    if !ledger.postings.is_empty() && !ledger.deals.is_empty() {
        rows.push(Vec::new());
    }
    for deal in &ledger.deals {
        let day = deal.day.map(|day| day.to_string());
        rows.push(vec![
            cell(day.as_deref().unwrap_or("-"), Tone::Plain),
            cell(&deal.status, Tone::Faint),
            cell(&deal.title, Tone::Strong),
        ]);
        rows.extend(deal.told().iter().map(below));
    }
    out.table(&rows)
}

fn below(told: &Told) -> Vec<Cell> {
    let tone = match told.note {
        _ if told.loses => Tone::Alert,
        Some(Sort::Unwritten) => Tone::Alert,
        Some(_) => Tone::Faint,
        None => Tone::Plain,
    };
    vec![
        cell("", Tone::Plain),
        cell(told.label, Tone::Faint),
        cell(&told.text, tone),
    ]
}

fn ledger(ledger: &Ledger) -> Json {
    json!({
        "customer": *ledger.customer,
        "name": ledger.name,
        "gap": ledger.has_gap(),
        "entries": ledger.postings.iter().map(posting).collect::<Json>(),
        "deals": ledger.deals.iter().map(decided).collect::<Json>(),
    })
}

fn posting(posting: &Posting) -> Json {
    let notes = posting.notes.iter().map(
        |note| json!({"what": note.sort.word(), "text": note.text, "entry": note.entry.as_deref()}),
    );
    json!({
        "entry": *posting.entry,
        "date": posting.day.map(|day| day.to_string()),
        "stage": posting.stage,
        "deal": posting.deal,
        "baseline": posting.baseline,
        "lines": posting.parties.iter().map(share).collect::<Json>(),
        "notes": notes.collect::<Json>(),
        "ahead": posting.is_ahead,
    })
}

fn share(share: &Share) -> Json {
    json!({"party": share.party, "outcome": share.outcome, "text": share.text})
}

fn decided(deal: &Decided) -> Json {
    json!({
        "entry": *deal.entry,
        "date": deal.day.map(|day| day.to_string()),
        "status": deal.status,
        "title": deal.title,
        "stated": deal.stated,
        "real": deal.real,
        "their_win_written": !deal.is_unseen,
    })
}
