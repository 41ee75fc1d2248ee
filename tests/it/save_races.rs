//! Two programs that save, and a stranger with `sed -i`, all at once in one file.
//!
//! Every line is `key = value`. `a` and `b` add lines of their own; the stranger sets its lines from `todo` to
//! `done`. The stranger looks neither before nor after, as `sed -i` doesn't: what others wrote between its read
//! and its rename is gone, and no other program can prevent that. So it keeps what it replaced, and owns up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use goodwill::store::disk::{Disk, RealDisk};
use goodwill::store::save::{Gap, SaveError, rename, save};

use crate::child::{self, Dice};
use crate::faulty_disk::{Fault, FaultyDisk, NEVER};
use crate::save::{Journal, OLD, conflict};

type Lines = BTreeMap<String, String>;

fn lines(bytes: &[u8]) -> Lines {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let pair = |line: &str| {
        line.split_once(" = ")
            .map(|(key, value)| (key.into(), value.into()))
    };
    text.lines().map(|line| pair(line).unwrap()).collect()
}

fn text(lines: &Lines) -> Vec<u8> {
    lines
        .iter()
        .flat_map(|(key, value)| format!("{key} = {value}\n").into_bytes())
        .collect()
}

/// Line by line: whoever changed it is right; both did, and not alike: a conflict.
fn merge(gap: Gap) -> Option<Vec<u8>> {
    let (base, ours, theirs) = (lines(gap.base), lines(gap.ours), lines(gap.theirs));
    let mut merged = Lines::new();
    let keys: BTreeSet<&String> = base
        .keys()
        .chain(ours.keys())
        .chain(theirs.keys())
        .collect();
    for key in keys {
        let value = match (base.get(key), ours.get(key), theirs.get(key)) {
            (base, ours, theirs) if base == ours => theirs,
            (base, ours, theirs) if base == theirs || ours == theirs => ours,
            _ => return None,
        };
        if let Some(value) = value {
            merged.insert(key.clone(), value.clone());
        }
    }
    Some(text(&merged))
}

/// How much each of the three does.
struct Work {
    file: PathBuf,
    edits: u64,
}

fn work(name: &str) -> Option<Work> {
    let task = child::task(name)?;
    let (edits, file) = task.split_once(' ').unwrap();
    Some(Work {
        file: file.into(),
        edits: edits.parse().unwrap(),
    })
}

/// Adds lines `who-1`, `who-2`… and tells of each that is saved.
fn add_lines(name: &str, who: &str) {
    let Some(Work { file, edits }) = work(name) else {
        return;
    };
    let root = file.parent().unwrap();
    let mut dice = Dice::new();
    for edit in 1..=edits {
        let key = format!("{who}-{edit}");
        while !add_line(root, &file, &key) {}
        child::tell(&key);
        std::thread::sleep(Duration::from_micros(dice.below(1_000)));
    }
}

/// Whether the line is saved; otherwise somebody was quicker, and it's to be tried again.
fn add_line(root: &Path, file: &Path, key: &str) -> bool {
    let Ok(base) = fs::read(file) else {
        return false; // `sed -i.old` has no file there for a moment.
    };
    let mut new = lines(&base);
    new.insert(key.to_owned(), "saved".to_owned());
    let hasty = FaultyDisk::hasty();
    let disk: &dyn Disk = if child::is_campaign() {
        &RealDisk
    } else {
        &hasty
    };
    match save(disk, root, file, Some(&base), &text(&new), &mut merge) {
        Ok(saved) => lines(&saved.bytes).contains_key(key),
        Err(SaveError::Changed { .. } | SaveError::Gone { .. } | SaveError::PutAside { .. }) => {
            false
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn program_a() {
    add_lines("save_races::program_a", "a");
}

#[test]
fn program_b() {
    add_lines("save_races::program_b", "b");
}

/// Sets `s-1`, `s-2`… to `done`, every tenth with the real `sed`. Tells what it swallowed.
#[test]
fn stranger() {
    let Some(Work { file, edits }) = work("save_races::stranger") else {
        return;
    };
    let mut dice = Dice::new();
    for edit in 1..=edits {
        let key = format!("s-{edit}");
        let (wrote, replaced) = if edit % 10 == 0 {
            real_sed(&file, &key)
        } else {
            like_sed(&file, &key)
        };
        for (key, value) in &replaced {
            if wrote
                .get(key)
                .is_none_or(|written| written != value && written != "done")
            {
                child::tell(key);
            }
        }
        std::thread::sleep(Duration::from_micros(dice.below(10_000)));
    }
}

/// Read, change one line, rename over whatever is there by now. Returns what it wrote and what that replaced.
fn like_sed(file: &Path, key: &str) -> (Lines, Lines) {
    let mut content = lines(&fs::read(file).unwrap());
    content.insert(key.to_owned(), "done".to_owned());
    let temporary = file.with_extension("sed");
    fs::write(&temporary, text(&content)).unwrap();
    RealDisk.exchange(&temporary, file).unwrap();
    let replaced = lines(&fs::read(&temporary).unwrap());
    fs::remove_file(&temporary).unwrap();
    (content, replaced)
}

/// `sed` keeps what it replaced as `.old`, and `w` keeps what it wrote.
fn real_sed(file: &Path, key: &str) -> (Lines, Lines) {
    let wrote = file.with_extension("wrote");
    let script = format!("s/^{key} = todo$/{key} = done/;w {}", wrote.display());
    let status = Command::new("sed")
        .arg("-i.old")
        .arg(script)
        .arg(file)
        .status()
        .unwrap();
    assert!(status.success());
    let replaced = file.with_extension("toml.old");
    (
        lines(&fs::read(wrote).unwrap()),
        lines(&fs::read(replaced).unwrap()),
    )
}

/// What came of one race.
#[derive(Debug, Default)]
struct Tally {
    edits: u64,
    swallowed: usize,
    aside: usize,
    lost: Vec<String>,
}

/// Both programs and the stranger, from one start to one end, in a file of their own.
fn race() -> Tally {
    let (ours, theirs) = (200, 100);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("acme.toml");
    let todo: Lines = (1..=theirs)
        .map(|edit| (format!("s-{edit}"), "todo".to_owned()))
        .collect();
    fs::write(&file, text(&todo)).unwrap();
    let start = |name: &str, edits: u64| {
        let mut child = child::start(name, format!("{edits} {}", file.display()).as_ref());
        let mut pipe = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let told: Vec<String> = std::iter::from_fn(|| child::hear(&mut pipe)).collect();
            assert!(child.wait().unwrap().success());
            told
        })
    };
    let a = start("save_races::program_a", ours);
    let b = start("save_races::program_b", ours);
    let stranger = start("save_races::stranger", theirs);
    let saved = [a.join().unwrap(), b.join().unwrap()].concat();
    assert_eq!(saved.len() as u64, 2 * ours);
    let swallowed: BTreeSet<String> = stranger.join().unwrap().into_iter().collect();

    let end = lines(&fs::read(&file).unwrap());
    let aside = put_aside(folder.path());
    let is_done = |lines: &Lines, key: &String| lines.get(key).is_some_and(|value| value != "todo");
    let edited = saved.iter().chain(todo.keys());
    let lost = edited
        .filter(|key| !is_done(&end, key) && !swallowed.contains(*key))
        .filter(|key| !aside.iter().any(|kept| is_done(kept, key)));
    Tally {
        edits: 2 * ours + theirs,
        swallowed: swallowed.len(),
        aside: aside.len(),
        lost: lost.cloned().collect(),
    }
}

#[test]
fn nothing_of_the_others_is_lost_by_us() {
    let races = if child::is_campaign() { 40 } else { 6 };
    let mut sum = Tally::default();
    for _ in 0..races {
        let one = race();
        sum.edits += one.edits;
        sum.swallowed += one.swallowed;
        sum.aside += one.aside;
        sum.lost.extend(one.lost);
    }
    println!(
        "{} edits: {} swallowed by the stranger, {} versions put aside; lost by us: {}",
        sum.edits,
        sum.swallowed,
        sum.aside,
        sum.lost.len()
    );
    assert!(sum.lost.is_empty(), "lost: {:?}", sum.lost);
}

fn put_aside(folder: &Path) -> Vec<Lines> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let aside = files.filter(|path| path.to_string_lossy().contains("goodwill-rescued-"));
    aside.map(|path| lines(&fs::read(path).unwrap())).collect()
}

/// Somebody who replaces the file right before every swap, `times` times, each time with one more line.
fn pushy(path: &Path, times: u64) -> (FaultyDisk<'_>, impl Fn() -> Lines) {
    let came = std::rc::Rc::new(std::cell::Cell::new(0));
    let counter = came.clone();
    let disk = FaultyDisk::hasty().stranger_before("exchange", move || {
        if came.get() < times {
            came.set(came.get() + 1);
            like_sed(path, &format!("s-{}", came.get()));
        }
    });
    let expected = move || {
        (1..=counter.get())
            .map(|n| (format!("s-{n}"), "done".to_owned()))
            .collect()
    };
    (disk, expected)
}

#[test]
fn whoever_writes_in_every_gap_is_merged_every_time() {
    let journal = Journal::new();
    let path = journal.path("acme.toml");
    let (disk, expected) = pushy(&path, 7);
    let new = b"name = \"Acme\"\nours = new\n";
    let saved = save(&disk, &journal.root(), &path, Some(OLD), new, &mut merge).unwrap();
    let end = lines(&fs::read(&path).unwrap());
    assert_eq!(lines(&saved.bytes), end);
    assert_eq!(end.get("ours").map(String::as_str), Some("new"));
    assert!(
        expected().keys().all(|key| end.contains_key(key)),
        "{end:?}"
    );
    assert_eq!(journal.files(), ["acme.toml"]);
}

#[test]
fn whoever_never_stops_wins_and_loses_nothing() {
    let journal = Journal::new();
    let path = journal.path("acme.toml");
    let (disk, expected) = pushy(&path, 1_000);
    let new = b"name = \"Acme\"\nours = new\n";
    let error = save(&disk, &journal.root(), &path, Some(OLD), new, &mut merge).unwrap_err();
    let found: Vec<Lines> = std::iter::once(lines(&fs::read(&path).unwrap()))
        .chain(put_aside(&journal.root()))
        .collect();
    for key in expected().keys() {
        assert!(
            found.iter().any(|lines| lines.contains_key(key)),
            "{key} is lost: {error}"
        );
    }
}

#[test]
fn a_third_version_during_the_way_back_is_kept_too() {
    let journal = Journal::new();
    let path = journal.path("acme.toml");
    let (disk, _) = pushy(&path, 2);
    let new = b"name = \"Acme\"\nours = new\n";
    let error = save(&disk, &journal.root(), &path, Some(OLD), new, &mut conflict).unwrap_err();
    // The second replaced our bytes while they were on the disk for a moment, so it is on top of them.
    assert!(lines(&fs::read(&path).unwrap()).contains_key("s-2"));
    let aside = put_aside(&journal.root());
    assert!(
        aside.len() == 1 && aside[0].contains_key("s-1"),
        "{aside:?}"
    );
    assert!(error.to_string().contains("goodwill-rescued-"), "{error}");
}

#[test]
fn a_file_that_appears_in_the_last_moment_is_not_replaced() {
    for (step, knows_flags) in [("rename_new", true), ("link", false)] {
        let journal = Journal::new();
        let (acme, beta) = (journal.path("acme.toml"), journal.path("beta.toml"));
        let disk = || {
            let disk =
                FaultyDisk::hasty().stranger_before(step, || fs::write(&beta, "theirs").unwrap());
            if knows_flags {
                disk
            } else {
                disk.without_flags()
            }
        };
        let made = save(
            &disk(),
            &journal.root(),
            &beta,
            None,
            b"ours",
            &mut conflict,
        )
        .unwrap_err();
        fs::remove_file(&beta).unwrap();
        let moved = rename(&disk(), &journal.root(), &acme, &beta).unwrap_err();
        for error in [made, moved] {
            assert!(
                matches!(error, SaveError::Exists { .. }),
                "{step}: {error:?}"
            );
        }
        assert_eq!(fs::read(&beta).unwrap(), b"theirs");
        assert_eq!(fs::read(&acme).unwrap(), OLD);
        assert_eq!(journal.files(), ["acme.toml", "beta.toml"]);
    }
}

#[test]
fn a_save_waits_for_another_one_in_the_same_folder_and_then_gives_up() {
    let journal = Journal::new();
    let path = journal.path("acme.toml");
    let other = RealDisk.try_lock(&journal.root()).unwrap();
    let disk = FaultyDisk::new(NEVER - 1, Fault::Short);
    let error = save(
        &disk,
        &journal.root(),
        &path,
        Some(OLD),
        b"new",
        &mut conflict,
    )
    .unwrap_err();
    assert!(matches!(error, SaveError::Busy { .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), OLD);
    drop(other);
    save(
        &disk,
        &journal.root(),
        &path,
        Some(OLD),
        b"new",
        &mut conflict,
    )
    .unwrap();
}
