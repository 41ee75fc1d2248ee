//! Every file call of a save fails once in every way, and once the program dies there.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use goodwill::store::disk::{Disk, RealDisk};
use goodwill::store::save::{Gap, SaveError, Saved, remove, rename, save, sweep};

use crate::faulty_disk::{Fault, FaultyDisk, INTERRUPTED, NEVER};
use crate::save::Journal;

const OLD: &str = "old one\nold two\n";
const NEW: &str = "old one\nold two\nours\n";
const THEIRS: &str = "old one\nold two\ntheirs\n";

/// Errors of a disk, with what the message has to say about them.
const ERRORS: [(i32, &str, &str); 6] = [
    (5, "input/output error", "another disk"),
    (28, "no space left", "Free some space"),
    (13, "permission denied", "owner and mode"),
    (30, "read-only", "writable"),
    (122, "quota", "Free some of your space"),
    (27, "larger than files may be", "ulimit -f"),
];

/// How another program gets in between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stranger {
    Nobody,
    /// Replaces the file by one with another line, right before the first such call.
    Replaces(&'static str),
    /// Appends to the file that was there at the start, through a descriptor it kept.
    Appends(&'static str),
    /// Replaces the file in the gap of the swap, and once more when the save is at work on that.
    ReplacesTwice,
}

/// One thing that a user does, on one kind of file system.
struct Scene {
    name: &'static str,
    prepare: fn(&Journal),
    act: fn(&dyn Disk, &Journal) -> Result<Saved, SaveError>,
    /// The files to look at afterwards.
    file: &'static str,
    stranger: Stranger,
    file_system: for<'a> fn(FaultyDisk<'a>) -> FaultyDisk<'a>,
    /// Whether a kill leaves a whole file, or at least a copy of the old one.
    outlives_kills: bool,
}

const SCENE: Scene = Scene {
    name: "",
    prepare: |_| {},
    act: |disk, journal| save_line(disk, journal, "acme.toml", union),
    file: "acme.toml",
    stranger: Stranger::Nobody,
    file_system: |disk| disk,
    outlives_kills: true,
};

/// On a file system that knows everything.
fn usual_scenes() -> Vec<Scene> {
    use Stranger::{Appends, Replaces};
    let conflict =
        |disk: &dyn Disk, journal: &Journal| save_line(disk, journal, "acme.toml", |_| None);
    vec![
        Scene {
            name: "overwrite",
            ..SCENE
        },
        Scene {
            name: "overwrite through a link",
            prepare: |journal| symlink("acme.toml", journal.path("link.toml")).unwrap(),
            act: |disk, journal| save_line(disk, journal, "link.toml", union),
            ..SCENE
        },
        Scene {
            name: "merge before the swap",
            stranger: Replaces("create"),
            ..SCENE
        },
        Scene {
            name: "merge in the gap",
            stranger: Replaces("exchange"),
            ..SCENE
        },
        Scene {
            name: "merge in the gap, and once more",
            stranger: Stranger::ReplacesTwice,
            ..SCENE
        },
        Scene {
            name: "late append",
            stranger: Appends("sync_folder"),
            ..SCENE
        },
        Scene {
            name: "conflict before the swap",
            stranger: Replaces("create"),
            act: conflict,
            ..SCENE
        },
        Scene {
            name: "conflict in the gap",
            stranger: Replaces("exchange"),
            act: conflict,
            ..SCENE
        },
        Scene {
            name: "late conflict",
            stranger: Appends("sync_folder"),
            act: conflict,
            ..SCENE
        },
    ]
}

/// Where something is missing.
fn unusual_scenes() -> Vec<Scene> {
    vec![
        Scene {
            name: "overwrite without exchange",
            file_system: |disk| disk.without_flags(),
            ..SCENE
        },
        Scene {
            name: "late append without exchange",
            stranger: Stranger::Appends("sync_folder"),
            file_system: |disk| disk.without_flags(),
            ..SCENE
        },
        Scene {
            name: "late conflict without exchange",
            stranger: Stranger::Appends("sync_folder"),
            file_system: |disk| disk.without_flags(),
            act: conflict,
            ..SCENE
        },
        Scene {
            name: "overwrite without exchange or links",
            file_system: |disk| disk.without_flags().without_links(),
            ..SCENE
        },
        Scene {
            name: "file with two names",
            prepare: |journal| {
                fs::hard_link(journal.path("acme.toml"), journal.path("same.toml")).unwrap()
            },
            ..SCENE
        },
        Scene {
            name: "folder that takes no files",
            file_system: |disk| disk.without_new_files(),
            outlives_kills: false,
            ..SCENE
        },
    ]
}

fn conflict(disk: &dyn Disk, journal: &Journal) -> Result<Saved, SaveError> {
    save_line(disk, journal, "acme.toml", |_| None)
}

fn save_line(
    disk: &dyn Disk,
    journal: &Journal,
    name: &str,
    mut merge: fn(Gap) -> Option<Vec<u8>>,
) -> Result<Saved, SaveError> {
    let path = journal.path(name);
    save(
        disk,
        &journal.root(),
        &path,
        Some(OLD.as_bytes()),
        NEW.as_bytes(),
        &mut merge,
    )
}

/// Lines of both, in the order: theirs, then what is only in ours.
fn union(gap: Gap) -> Option<Vec<u8>> {
    let mut merged = gap.theirs.to_vec();
    for line in gap.ours.split_inclusive(|byte| *byte == b'\n') {
        if !gap
            .theirs
            .split_inclusive(|byte| *byte == b'\n')
            .any(|theirs| theirs == line)
        {
            merged.extend_from_slice(line);
        }
    }
    Some(merged)
}

/// What one run left on the disk.
struct Run {
    result: Result<Saved, SaveError>,
    calls: Vec<&'static str>,
    /// The lines that the other program wrote.
    wrote: Vec<&'static str>,
    journal: Journal,
}

impl Scene {
    fn run(&self, at: usize, fault: Fault) -> Run {
        let journal = Journal::new();
        let path = journal.path(self.file);
        fs::write(&path, OLD).unwrap();
        (self.prepare)(&journal);
        let mut open = OpenOptions::new().append(true).open(&path).unwrap();
        let mut wrote = Vec::new();
        let stranger = |call: &str| match (self.stranger, wrote.len()) {
            (Stranger::Replaces(before), 0) if call == before => {
                replace_file(&path, THEIRS);
                wrote.push("theirs");
            }
            (Stranger::Appends(before), 0) if call == before => {
                open.write_all(b"theirs\n").unwrap();
                wrote.push("theirs");
            }
            (Stranger::ReplacesTwice, 0) if call == "exchange" => {
                replace_file(&path, THEIRS);
                wrote.push("theirs");
            }
            (Stranger::ReplacesTwice, 1) if call == "create" => {
                let now = fs::read_to_string(&path).unwrap();
                replace_file(&path, &format!("{now}more\n"));
                wrote.push("more");
            }
            _ => {}
        };
        let (result, calls) = {
            let disk = (self.file_system)(FaultyDisk::new(at, fault)).stranger(stranger);
            ((self.act)(&disk, &journal), disk.calls())
        };
        Run {
            result,
            calls,
            wrote,
            journal,
        }
    }

    /// What must hold whatever went wrong; `Err` says what doesn't.
    fn check(&self, fault: Fault, run: &Run) -> Result<(), String> {
        let text =
            fs::read_to_string(run.journal.path(self.file)).map_err(|e| format!("lost: {e}"))?;
        let aside = put_aside(&run.journal)?;
        let has = |line: &str| text.lines().any(|l| l == line);
        let killed = matches!(fault, Fault::KilledBefore | Fault::KilledAfter);
        let whole = text.starts_with(OLD)
            && text
                .strip_prefix(OLD)
                .unwrap()
                .lines()
                .all(|l| ["ours", "theirs", "more"].contains(&l))
            && text.ends_with('\n');
        let copied = killed && aside.iter().any(|bytes| bytes.starts_with(OLD));
        if !(whole || copied) {
            return Err(format!("torn: {text:?}"));
        }
        let missing = run.wrote.iter().find(|line| !has(line));
        if let Some(line) = missing
            && !aside.iter().any(|bytes| bytes.contains(line))
        {
            return Err(format!("another program's line is lost: {line}"));
        }
        if killed {
            return Ok(());
        }
        match &run.result {
            Ok(_) if !has("ours") => Err("said to be saved, but it isn't there".to_owned()),
            // On a disk that answers no more, it can't know what came after its own bytes.
            Ok(Saved {
                unsure: Some(_), ..
            }) if matches!(fault, Fault::Lasting(_)) => Ok(()),
            Ok(saved) if saved.bytes != text.as_bytes() => {
                Err(format!("says otherwise: {saved:?}"))
            }
            Ok(Saved { unsure: None, .. }) if missing.is_some() => {
                Err("another program's line was put aside without a word".to_owned())
            }
            // Both the write into the file and the way back failed: it says so.
            Err(SaveError::Torn { .. }) if matches!(fault, Fault::Lasting(_)) => Ok(()),
            // The other program had read our line before it was taken back.
            Err(error) if has("ours") && !has("more") => {
                Err(format!("said to have failed, but it's there: {error}"))
            }
            Err(error) => message_helps(error, fault, self.file),
            Ok(_) => Ok(()),
        }
    }
}

/// Sweeps as if it were two hours later, and reads what was kept for the user. No other leftover may stay.
fn put_aside(journal: &Journal) -> Result<Vec<String>, String> {
    let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
    for entry in walkdir::WalkDir::new(journal.root()) {
        let entry = entry.unwrap();
        if entry.file_type().is_dir() {
            sweep(&RealDisk, entry.path(), later).unwrap();
        }
    }
    let files = journal.files();
    if let Some(left) = files.iter().find(|name| name.contains(".goodwill-")) {
        return Err(format!("left behind: {left}"));
    }
    let rescued = files
        .iter()
        .filter(|name| name.contains("goodwill-rescued-"));
    Ok(rescued
        .map(|name| fs::read_to_string(journal.path(name)).unwrap())
        .collect())
}

fn message_helps(error: &SaveError, fault: Fault, file: &str) -> Result<(), String> {
    let text = error.to_string();
    let file = file.trim_end_matches(".toml");
    let named = text.contains(file) || text.contains("link.toml");
    let (Fault::Before(errno) | Fault::After(errno) | Fault::Lasting(errno)) = fault else {
        return if named {
            Ok(())
        } else {
            Err(format!("names no path: {text}"))
        };
    };
    let told = ERRORS
        .iter()
        .find(|(known, ..)| *known == errno)
        .is_none_or(|(_, cause, cure)| {
            !matches!(error, SaveError::Io { .. }) || (text.contains(cause) && text.contains(cure))
        });
    if named && told {
        Ok(())
    } else {
        Err(format!("doesn't help: {text}"))
    }
}

/// As `sed -i` does it: a new file with the same name.
fn replace_file(path: &Path, text: &str) {
    let other = path.with_extension("sed");
    File::create_new(&other)
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    fs::rename(other, path).unwrap();
}

fn faults() -> Vec<Fault> {
    let mut faults = vec![Fault::KilledBefore, Fault::KilledAfter, Fault::Short];
    faults.extend([Fault::Before(INTERRUPTED), Fault::After(INTERRUPTED)]);
    for (errno, ..) in ERRORS {
        faults.extend([
            Fault::Before(errno),
            Fault::After(errno),
            Fault::Lasting(errno),
        ]);
    }
    faults
}

/// Runs `one(call, fault)` for every call and every fault; gives the number of points.
fn every_point(calls: usize, mut one: impl FnMut(usize, Fault)) -> usize {
    for fault in faults() {
        for at in 0..calls {
            one(at, fault);
        }
    }
    calls * faults().len()
}

fn flags(disk: FaultyDisk) -> FaultyDisk {
    disk
}

fn no_flags(disk: FaultyDisk) -> FaultyDisk {
    disk.without_flags()
}

#[test]
fn no_fault_in_any_call_of_a_save_loses_anything() {
    let (mut points, mut broken) = (0, Vec::new());
    for scene in usual_scenes().into_iter().chain(unusual_scenes()) {
        let sound = scene.run(NEVER, Fault::Short);
        scene
            .check(Fault::Short, &sound)
            .unwrap_or_else(|why| panic!("{}: {why}", scene.name));
        let times = match scene.stranger {
            Stranger::Nobody => 0,
            Stranger::ReplacesTwice => 2,
            _ => 1,
        };
        assert_eq!(
            sound.wrote.len(),
            times,
            "{}: the other program writes",
            scene.name
        );
        every_point(sound.calls.len(), |at, fault| {
            if !scene.outlives_kills && matches!(fault, Fault::KilledBefore | Fault::KilledAfter) {
                return;
            }
            points += 1;
            let run = scene.run(at, fault);
            if let Err(why) = scene.check(fault, &run) {
                broken.push(format!(
                    "{}: {fault:?} at {at} of {:?}: {why}",
                    scene.name, run.calls
                ));
            }
            let interrupted = fault == Fault::Before(INTERRUPTED) || fault == Fault::Short;
            if interrupted && run.result.is_ok() != sound.result.is_ok() {
                broken.push(format!(
                    "{}: {fault:?} at {at}: {:?}",
                    scene.name, run.result
                ));
            }
        });
    }
    let count = broken.len();
    broken.truncate(10);
    assert_eq!(
        count,
        0,
        "of {points}, the first ones:\n{}",
        broken.join("\n")
    );
    println!("{points} faults in saves, nothing lost");
    assert!(points >= 300, "{points}");
}

#[test]
fn no_fault_leaves_half_of_a_new_file() {
    for file_system in [flags, no_flags] {
        let run = |at, fault| {
            let journal = Journal::new();
            let disk: FaultyDisk = file_system(FaultyDisk::new(at, fault));
            let path = journal.path("group/deep/beta.toml");
            let result = save(
                &disk,
                &journal.root(),
                &path,
                None,
                NEW.as_bytes(),
                &mut |_| None,
            );
            (result, disk.calls().len(), journal, path)
        };
        let points = every_point(run(NEVER, Fault::Short).1, |at, fault| {
            let (result, _, journal, path) = run(at, fault);
            let case = format!("{fault:?} at {at}");
            let there = fs::read_to_string(path).ok();
            let killed = matches!(fault, Fault::KilledBefore | Fault::KilledAfter);
            match &result {
                Ok(_) => assert_eq!(there.as_deref(), Some(NEW), "{case}"),
                Err(_) if killed => assert!(there.is_none_or(|text| text == NEW), "{case}"),
                Err(error) => {
                    assert_eq!(there, None, "{case}: {error}");
                    message_helps(error, fault, "beta.toml")
                        .unwrap_or_else(|why| panic!("{case}: {why}"));
                }
            }
            assert!(put_aside(&journal).unwrap().is_empty(), "{case}");
            let cleans = !matches!(fault, Fault::Lasting(_)) && !killed;
            if result.is_err() && cleans && at < 15 {
                assert!(
                    !journal.path("group").exists(),
                    "{case}: a folder for nothing"
                );
            }
        });
        println!("{points} faults in making a file");
        assert!(points >= 100);
    }
}

#[test]
fn no_fault_loses_a_file_that_moves() {
    for file_system in [flags, no_flags] {
        let run = |at, fault| {
            let journal = Journal::new();
            let disk: FaultyDisk = file_system(FaultyDisk::new(at, fault));
            let (from, to) = (journal.path("acme.toml"), journal.path("archive/acme.toml"));
            fs::write(&from, OLD).unwrap();
            let result = rename(&disk, &journal.root(), &from, &to);
            let there = [from, to].map(|path| fs::read_to_string(path).ok());
            (result, disk.calls().len(), there)
        };
        let points = every_point(run(NEVER, Fault::Short).1, |at, fault| {
            let (result, _, [from, to]) = run(at, fault);
            let case = format!("{fault:?} at {at}: {from:?} {to:?}");
            let old = Some(OLD.to_owned());
            match result {
                Ok(_) => assert_eq!((from, to), (None, old), "{case}"),
                Err(_) if matches!(fault, Fault::KilledBefore | Fault::KilledAfter) => {
                    assert!(from == old || to == old, "{case}");
                }
                Err(error) => {
                    message_helps(&error, fault, "acme.toml")
                        .unwrap_or_else(|why| panic!("{case}: {why}"));
                    // With the disk gone for good a second name may stay; never none, and never a wrong one.
                    assert_eq!(from, old, "{case}: {error}");
                    assert!(
                        to.is_none() || matches!(fault, Fault::Lasting(_)),
                        "{case}: {error}"
                    );
                }
            }
        });
        println!("{points} faults in moving a file");
        assert!(points >= 100);
    }
}

#[test]
fn no_fault_in_a_removal_loses_what_another_program_wrote() {
    for writes_before in ["", "rename", "sync_folder"] {
        let run = |at, fault| {
            let journal = Journal::new();
            let path = journal.path("acme.toml");
            fs::write(&path, OLD).unwrap();
            let mut open = OpenOptions::new().append(true).open(&path).unwrap();
            let mut came = false;
            let (result, calls) = {
                let disk = FaultyDisk::new(at, fault).stranger_before(writes_before, || {
                    if !std::mem::replace(&mut came, true) {
                        open.write_all(b"theirs\n").unwrap();
                    }
                });
                (
                    remove(&disk, &journal.root(), &path, OLD.as_bytes()),
                    disk.calls().len(),
                )
            };
            (result, calls, came, journal)
        };
        let points = every_point(run(NEVER, Fault::Short).1, |at, fault| {
            let (result, _, came, journal) = run(at, fault);
            let case = format!("{writes_before}: {fault:?} at {at}: {result:?}");
            let there = fs::read_to_string(journal.path("acme.toml")).ok();
            let aside = put_aside(&journal).unwrap_or_else(|why| panic!("{case}: {why}"));
            if came {
                let theirs = there.iter().chain(&aside).any(|text| text == THEIRS);
                assert!(theirs, "{case}: lost");
            }
            match result {
                Ok(_) => assert_eq!(there, None, "{case}"),
                Err(_) if matches!(fault, Fault::KilledBefore | Fault::KilledAfter) => {}
                Err(error) => {
                    message_helps(&error, fault, "acme.toml")
                        .unwrap_or_else(|why| panic!("{case}: {why}"));
                    assert!(
                        there.is_some() || matches!(error, SaveError::PutAside { .. }),
                        "{case}"
                    );
                }
            }
        });
        println!("{points} faults in removing a file");
        assert!(points >= 100);
    }
}
