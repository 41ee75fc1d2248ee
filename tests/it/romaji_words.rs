//! The words of `tests/romaji/words.tsv`, which people have every day.

use goodwill::model::fold::fold;
use goodwill::model::romaji::{LEAST_FOR_KANJI, Spoken};

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = include_str!("../romaji/words.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').expect(line))
}

#[test]
fn everyday_words_are_found_by_every_way_to_type_them() {
    let mut missed = Vec::new();
    for (written, spellings) in lines() {
        let folded = fold(written);
        for typed in spellings.split(' ') {
            let spoken = Spoken::new(typed).unwrap_or_else(|| panic!("{typed} is no romaji"));
            let all = std::iter::once(0..folded.len()).collect::<Vec<_>>();
            if spoken.places(&folded) != all {
                missed.push(format!(
                    "{written} by {typed}: {:?}",
                    spoken.reads(&folded).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(
        missed.is_empty(),
        "not found as a whole:\n{}",
        missed.join("\n")
    );
}

#[test]
fn everyday_words_are_found_while_they_are_typed() {
    let mut missed = Vec::new();
    for (written, spellings) in lines() {
        let folded = fold(written);
        for typed in spellings.split(' ') {
            for length in LEAST_FOR_KANJI..typed.len() {
                let begun = &typed[..length];
                let places = Spoken::new(begun).map(|spoken| spoken.places(&folded));
                if places
                    .unwrap_or_default()
                    .first()
                    .is_none_or(|place| place.start > 0)
                {
                    missed.push(format!("{written} by {begun} of {typed}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
}
