//! A rename that touches many files, killed at a random moment: what was begun is taken back as a
//! whole, or brought to its end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use goodwill::store::Store;

use crate::case::Case;
use crate::child::{Dice, is_campaign};

const HOLDERS: usize = 12;

/// Every customer's file; the rests of a save that was cut short are hidden.
fn texts(case: &Case) -> BTreeMap<String, String> {
    let root = case.path("");
    let shown = |path: &Path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        let is_hidden = name.split('/').any(|part| part.starts_with('.'));
        (!is_hidden).then(|| name.to_owned())
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
        "[fact.a]\ntext = \"x\"\n\n[negotiation.n]\nbecause = [\"acme:fact.a\"]\n",
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
    for kill in 0..if is_campaign() { 1_000 } else { 10 } {
        let logged = std::fs::metadata(&log).unwrap().len();
        let mut command = case.command("rename acme archive/acme");
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        while std::fs::metadata(&log).unwrap().len() == logged {
            std::thread::sleep(Duration::from_micros(50));
        }
        std::thread::sleep(Duration::from_micros(dice.below(25_000)));
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

#[test]
fn what_a_kill_left_is_found_also_where_no_customer_is_left() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.write("archive/.goodwill-0123456789abcdef.tmp", "half");
    case.write(
        "old/2019/.goodwill-0123456789abcdef.aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb.tmp",
        "words",
    );
    let store = Store::new(&case.path(""), case.home(), Box::new(|| 1));
    assert_eq!(store.sweep(SystemTime::now()), [] as [PathBuf; 0]);
    let rescued = store.sweep(SystemTime::now() + Duration::from_secs(2 * 60 * 60));
    assert!(!case.path("archive/.goodwill-0123456789abcdef.tmp").exists());
    let [found] = rescued.as_slice() else {
        panic!("{rescued:?}");
    };
    assert_eq!(std::fs::read_to_string(found).unwrap(), "words");
    assert!(found.starts_with(case.path("old/2019")));
}
