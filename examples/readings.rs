//! Makes the table of readings that lets `yamada` find 山田, from the files of two Debian packages:
//!
//! ```text
//! cargo run --release --example readings -- Unihan_Readings.txt Unihan_OtherMappings.txt *.csv > src/model/romaji/readings.txt
//! ```
//!
//! The first two are unpacked from `unicode-data`, the others are those of `mecab-ipadic` in UTF-8; see
//! `docs/romaji.md`. The readings of Unihan are where it starts. Each word of IPADIC is then cut
//! into its kanji at the least cost, what is read how often is counted, and with the counts the
//! words are cut anew. Readings that are seen often enough are kept; words that are read otherwise
//! stand in the table as a whole.

#[path = "readings/align.rs"]
mod align;
#[path = "readings/choose.rs"]
mod choose;
#[path = "readings/sources.rs"]
mod sources;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut paths = std::env::args().skip(1);
    let (Some(unihan), Some(mappings)) = (paths.next(), paths.next()) else {
        eprintln!("usage: readings UNIHAN_READINGS UNIHAN_OTHER_MAPPINGS IPADIC_CSV…");
        return ExitCode::from(2);
    };
    let read = |path: &String| match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("{path}: {error}; it must be text in UTF-8");
            None
        }
    };
    let texts: Option<Vec<String>> = paths.map(|path| read(&path)).collect();
    let (Some(unihan), Some(mappings), Some(csv)) = (read(&unihan), read(&mappings), texts) else {
        return ExitCode::FAILURE;
    };
    let mut book = align::Book::new(sources::unihan(&unihan));
    let words = sources::ipadic(&csv);
    for _ in 0..4 {
        book = book.learn(&words);
    }
    print!(
        "{}",
        choose::table(&book, &words, &sources::in_japan(&mappings))
    );
    ExitCode::SUCCESS
}
