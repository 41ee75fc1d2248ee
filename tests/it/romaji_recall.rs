//! How much of what people have is found, on words that the table was not made from.

use std::fs;
use std::path::Path;

use goodwill::model::fold::fold;
use goodwill::model::romaji::Spoken;

use crate::romaji_latin::{STYLES, Style, latin};

/// A word with all its true readings, in folded kana.
struct Word {
    written: String,
    readings: Vec<String>,
    /// How it is read where it is something else, such as a place.
    others: Vec<String>,
    /// Whether no dictionary that the table is made from has it.
    new: bool,
}

fn words(path: &Path) -> Vec<Word> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let word = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        Word {
            written: fold(fields[0]),
            readings: fields[1].split(' ').map(fold).collect(),
            others: fields[3].split_whitespace().map(fold).collect(),
            new: fields.get(2) == Some(&"new"),
        }
    };
    lines.map(word).collect()
}

#[derive(Default, Debug)]
struct Figures {
    found: usize,
    asked: usize,
    found_new: usize,
    asked_new: usize,
    missed: Vec<String>,
}

fn recall(words: &[Word], style: Style) -> Figures {
    let mut figures = Figures::default();
    for word in words {
        for reading in &word.readings {
            let Some(typed) = latin(reading, style) else {
                eprintln!("{reading} in Latin letters?");
                continue;
            };
            let all = std::iter::once(0..word.written.len()).collect::<Vec<_>>();
            let found =
                Spoken::new(&typed).is_some_and(|spoken| spoken.places(&word.written) == all);
            figures.asked += 1;
            figures.asked_new += usize::from(word.new);
            figures.found += usize::from(found);
            figures.found_new += usize::from(found && word.new);
            if !found {
                figures
                    .missed
                    .push(format!("{} {reading} {typed}", word.written));
            }
        }
    }
    figures
}

/// Hits of every query in all words, and those of them that are read otherwise.
fn surplus(words: &[Word], style: Style, every: usize) -> (usize, usize, Vec<String>) {
    let (mut hits, mut wrong, mut list) = (0, 0, Vec::new());
    for word in words.iter().step_by(every) {
        for reading in &word.readings {
            let Some(typed) = latin(reading, style) else {
                continue;
            };
            let Some(spoken) = Spoken::new(&typed) else {
                continue;
            };
            for other in words {
                let Some(read) = spoken.reads(&other.written).max_by_key(|read| read.whole) else {
                    continue;
                };
                hits += 1;
                let readings = || other.readings.iter().chain(&other.others);
                if !readings()
                    .chain(&readings().flat_map(|r| devoiced(r)).collect::<Vec<_>>())
                    .any(|reading| !spoken.places(reading).is_empty())
                {
                    wrong += 1;
                    list.push(format!(
                        "{typed} {} {} {} ({})",
                        &other.written[read.range.clone()],
                        if read.whole { "whole" } else { "cut" },
                        other.written,
                        other.readings.join(" ")
                    ));
                }
            }
        }
    }
    (hits, wrong, list)
}

#[test]
pub fn lab() {
    let Ok(folder) = std::env::var("GOODWILL_LAB") else {
        return;
    };
    let every = std::env::var("EVERY").map_or(4, |every| every.parse().unwrap());
    let mut report = String::new();
    for name in ["surnames", "organisations"] {
        let words = words(&Path::new(&folder).join(format!("dev_{name}.tsv")));
        for style in STYLES {
            let figures = recall(&words, style);
            println!(
                "{name} {style:?}: {}/{} = {:.2} %, new {}/{} = {:.2} %",
                figures.found,
                figures.asked,
                100.0 * figures.found as f64 / figures.asked as f64,
                figures.found_new,
                figures.asked_new,
                100.0 * figures.found_new as f64 / figures.asked_new as f64
            );
            if style == Style::Typed {
                report += &figures.missed.join("\n");
                report += "\n";
            }
        }
        let (hits, wrong, list) = surplus(&words, Style::Hepburn, every);
        let full = |line: &&String| {
            let f: Vec<&str> = line.split(' ').collect();
            f[1] == f[3] && f[2] == "whole"
        };
        println!("whole form {}", list.iter().filter(full).count());
        println!(
            "whole {}",
            list.iter().filter(|line| line.contains("whole")).count()
        );
        for least in [3, 4, 5, 6] {
            let long = |line: &&String| {
                line.split(' ')
                    .next()
                    .is_some_and(|typed| typed.len() >= least)
            };
            println!(
                "   of at least {least} letters: {}",
                list.iter().filter(long).count()
            );
        }
        println!(
            "{name} surplus {wrong}/{hits} = {:.2} %",
            100.0 * wrong as f64 / hits as f64
        );
        report += &list.join("\n");
        report += "\n\n";
    }
    fs::write(Path::new(&folder).join("lab.txt"), report).unwrap();
}

/// A reading with one of its voiced kana as it sounds alone: あかさわ for あかざわ.
fn devoiced(reading: &str) -> Vec<String> {
    let kana: Vec<char> = reading.chars().collect();
    let at =
        (0..kana.len()).filter(|&at| "がぎぐげござじずぜぞだぢづでどばびぶべぼ".contains(kana[at]));
    at.map(|at| {
        let mut kana = kana.clone();
        kana[at] = char::from_u32(kana[at] as u32 - 1).unwrap();
        kana.into_iter().collect()
    })
    .collect()
}
