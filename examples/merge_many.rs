//! Merges in bulk, for `tests/oracle/campaign`: batches of triples in on stdin, answers out on
//! stdout. A batch is a count and, per merge, base, ours and theirs; an answer is a report (JSON),
//! the text, the text with markers, and the text decided for theirs. Every count and every length
//! stands in front as four bytes, the smallest first.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic;

use goodwill::store::merge_file::{Labels, Merged, merge_file};
use serde_json::{Value, json};

/// What is told about one merge.
#[derive(Default)]
struct Answer {
    report: Value,
    text: Vec<u8>,
    marked: Vec<u8>,
    decided: Vec<u8>,
}

fn main() -> io::Result<()> {
    // A panic is an answer as well, and the campaign shows it with its case.
    panic::set_hook(Box::new(|_| ()));
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = BufWriter::new(io::stdout().lock());
    while let Some(count) = number(&mut input)? {
        let batch = (0..count)
            .map(|_| Ok([text(&mut input)?, text(&mut input)?, text(&mut input)?]))
            .collect::<io::Result<Vec<_>>>()?;
        for [base, ours, theirs] in batch {
            let answer = panic::catch_unwind(|| answer(&base, &ours, &theirs))
                .unwrap_or_else(|_| refusal("it panicked"));
            let report = answer.report.to_string().into_bytes();
            for frame in [&report, &answer.text, &answer.marked, &answer.decided] {
                output.write_all(&u32::try_from(frame.len()).unwrap_or(0).to_le_bytes())?;
                output.write_all(frame)?;
            }
        }
        output.flush()?;
    }
    Ok(())
}

fn number(input: &mut impl Read) -> io::Result<Option<usize>> {
    let mut bytes = [0; 4];
    match input.read_exact(&mut bytes) {
        Ok(()) => Ok(usize::try_from(u32::from_le_bytes(bytes)).ok()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn text(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; number(input)?.unwrap_or(0)];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn refusal(why: &str) -> Answer {
    Answer {
        report: json!({"clashes": [], "remarks": [], "refusal": why}),
        ..Answer::default()
    }
}

fn answer(base: &[u8], ours: &[u8], theirs: &[u8]) -> Answer {
    match merge_file(base, ours, theirs) {
        Ok(merged) => told(&merged),
        Err(why) => refusal(&why.to_string()),
    }
}

fn told(merged: &Merged) -> Answer {
    let labels = Labels {
        ours: "ours".to_owned(),
        base: "base".to_owned(),
        theirs: "theirs".to_owned(),
    };
    let clashes: Vec<Value> = merged
        .clashes
        .iter()
        .map(|clash| json!({"table": clash.table, "field": clash.conflict.field}))
        .collect();
    let (marked, decided) = match clashes.is_empty() {
        true => (Vec::new(), Vec::new()),
        false => {
            let theirs = merged.clashes.iter();
            let theirs: Vec<_> = theirs.map(|clash| clash.conflict.theirs.clone()).collect();
            // What can't be decided is no valid TOML, and found as that.
            let decided = merged
                .decided(&theirs)
                .unwrap_or_else(|why| why.to_string().into_bytes());
            (merged.marked(&labels, 7), decided)
        }
    };
    Answer {
        report: json!({"clashes": clashes, "remarks": merged.remarks, "refusal": ""}),
        text: merged.text.clone(),
        marked,
        decided,
    }
}
