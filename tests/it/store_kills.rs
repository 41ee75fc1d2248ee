//! A rename that touches many files, killed at a random moment: what was begun is taken back as a
//! whole, or brought to its end.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::case::Case;
use crate::child::{Dice, is_campaign};

const HOLDERS: usize = 30;

/// Every customer's file; the rests of a save that was cut short are hidden.
fn texts(case: &Case) -> BTreeMap<String, String> {
    let root = case.path("");
    let shown = |path: &Path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        (!name.starts_with('.')).then(|| name.to_owned())
    };
    walkdir::WalkDir::new(&root)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            Some((shown(entry.path())?, text))
        })
        .collect()
}

#[test]
fn a_change_of_many_files_that_was_killed_goes_back_as_a_whole_or_to_its_end() {
    let mut case = Case::new().file(
        "acme.toml",
        "[fact.a]\ntext = \"x\"\nown = \"acme:fact.a\"\n",
    );
    for n in 0..HOLDERS {
        let text = format!("# {n}\n\n[change.b]\nbecause = [\"acme:fact.a\"] # {n}\n");
        case = case.file(&format!("holder-{n:02}.toml"), &text);
    }
    let start = texts(&case);
    case.run("rename acme archive/acme").ok();
    let end = texts(&case);
    case.run("undo").ok();
    assert_eq!(texts(&case), start);
    let (mut dice, mut half) = (Dice::new(), 0);
    let log = walkdir::WalkDir::new(case.home())
        .into_iter()
        .flatten()
        .find(|entry| entry.file_name() == "history.jsonl")
        .unwrap()
        .into_path();
    for kill in 0..if is_campaign() { 1_000 } else { 25 } {
        let logged = std::fs::metadata(&log).unwrap().len();
        let mut command = case.command("rename acme archive/acme");
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        while std::fs::metadata(&log).unwrap().len() == logged {
            std::thread::sleep(Duration::from_micros(50));
        }
        std::thread::sleep(Duration::from_micros(dice.below(60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = texts(&case);
        half += usize::from(found != start && found != end);
        for text in found.values() {
            text.parse::<toml::Table>().unwrap();
        }
        // A kill in the middle of the line of the log has changed nothing.
        let undone = case.run("undo");
        assert!(matches!(undone.code, Some(0 | 3)), "kill {kill}: {undone}");
        assert_eq!(texts(&case), start, "kill {kill}");
        if undone.code == Some(0) {
            case.run("redo").ok();
            assert_eq!(texts(&case), end, "kill {kill}");
            case.run("undo").ok();
        }
    }
    println!("{half} were half done");
}
