//! Others write the file of a customer while somebody types into a form about it and saves, again
//! and again: `sed -i`, `>>`, a save as vim does it, and `goodwill` from the shell.
//!
//! Every edit leaves a mark of its own, `m:` and a word. In the end each one is in the file, but
//! for those that a stranger swallowed itself: it reads, and renames over whatever is there by
//! then, and no other program can prevent that. So it keeps what it replaced, and owns up. What
//! it swallowed of ours is in the history.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use goodwill::store::disk::{Disk, RealDisk};

use crate::child::{Dice, is_campaign};
use crate::pty_stage::{Show, Stage};

/// How many edits of each sort one race has.
const STRANGERS: usize = 90;
const COMMANDS: usize = 25;
const OURS: usize = 38;
/// How often a save that was refused is tried again.
const TRIES: usize = 20;

type Marks = BTreeSet<String>;

fn marks(text: &str) -> Marks {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '\''));
    let words = words.filter(|word| word.starts_with("m:"));
    words.map(str::to_owned).collect()
}

/// Somebody with `sed`, `>>` and vim.
struct Stranger {
    file: PathBuf,
    wrote: Marks,
    swallowed: Marks,
    /// What it wrote into a file that was replaced between its opening and its writing.
    into_nothing: Marks,
}

impl Stranger {
    fn edit(&mut self, number: usize, dice: &mut Dice) {
        let mark = format!("m:s{number}");
        let line = format!("# {number}.");
        match dice.below(8) {
            0..3 => self.append(&mark),
            3..5 => self.like_vim(&line, &mark),
            5..7 => self.like_sed(&line, &mark),
            _ => self.real_sed(&line, &mark),
        }
        self.wrote.insert(mark);
    }

    fn owns_up(&mut self, replaced: &str, wrote: &str) {
        let gone = &marks(replaced) - &marks(wrote);
        self.swallowed.extend(gone);
    }

    fn append(&mut self, mark: &str) {
        let name = mark.replace(':', "-");
        let text = format!("\n[fact.{name}]\ntext = \"{mark}\"\ndate = 2026-11-01\n");
        let file = OpenOptions::new().append(true).open(&self.file).unwrap();
        self.fill(file, &text);
    }

    /// Writes into a file that is open. What is open may have been replaced by then.
    fn fill(&mut self, mut file: File, text: &str) {
        let is_there = |file: &File| {
            let (here, there) = (file.metadata().unwrap(), fs::metadata(&self.file));
            there.is_ok_and(|there| there.ino() == here.ino())
        };
        let was_there = is_there(&file);
        file.write_all(text.as_bytes()).unwrap();
        if !was_there || file.metadata().unwrap().nlink() == 0 {
            self.into_nothing.extend(marks(text));
        }
    }

    /// Read, change, rename over whatever is there by now.
    fn like_sed(&mut self, line: &str, mark: &str) {
        let text = fs::read_to_string(&self.file).unwrap();
        let text = text.replacen(line, &format!("{line} {mark}"), 1);
        let temporary = self.file.with_file_name("sedAbC123");
        fs::write(&temporary, &text).unwrap();
        RealDisk.exchange(&temporary, &self.file).unwrap();
        let replaced = fs::read_to_string(&temporary).unwrap();
        fs::remove_file(&temporary).unwrap();
        self.owns_up(&replaced, &text);
    }

    /// `sed` keeps what it replaced as `.old`, and `w` keeps what it wrote.
    fn real_sed(&mut self, line: &str, mark: &str) {
        let wrote = self.file.with_extension("wrote");
        let script = format!("s/^{line}$/{line} {mark}/;w {}", wrote.display());
        let mut sed = Command::new("sed");
        let status = sed.arg("-i.old").arg(script).arg(&self.file).status();
        assert!(status.unwrap().success());
        let replaced = fs::read_to_string(self.file.with_extension("toml.old")).unwrap();
        self.owns_up(&replaced, &fs::read_to_string(wrote).unwrap());
    }

    /// The old file is renamed to a backup, a new one is made in its place.
    fn like_vim(&mut self, line: &str, mark: &str) {
        let text = fs::read_to_string(&self.file).unwrap();
        let text = text.replacen(line, &format!("{line} {mark}"), 1);
        let backup = self.file.with_extension("toml~");
        fs::rename(&self.file, &backup).unwrap();
        let file = File::create(&self.file).unwrap();
        self.fill(file, &text);
        let replaced = fs::read_to_string(&backup).unwrap();
        fs::remove_file(&backup).unwrap();
        self.owns_up(&replaced, &text);
    }
}

/// What was told to the person as saved, and how often they were told that it was not.
#[derive(Default)]
struct Saved {
    marks: Marks,
    refused: usize,
    given_up: usize,
}

/// `goodwill` from the shell.
fn commands(stage: &Stage, saves: &AtomicUsize, dice: &mut Dice) -> Saved {
    let mut saved = Saved::default();
    for number in 0..COMMANDS {
        let mark = format!("m:c{number}");
        let set = format!("notes={mark}");
        let args: &[&str] = match number % 2 {
            0 => &["add", "minato", "fact", "-m", &mark],
            _ => &["add", "minato", "concern", "-m", "a worry", "--set", &set],
        };
        let output = stage.command(args).output().unwrap();
        if output.status.success() {
            saved.marks.insert(mark);
        } else {
            assert!(!output.stderr.is_empty());
            saved.refused += 1;
        }
        wait_for_a_save(saves, dice);
    }
    saved
}

/// What became of a save.
#[derive(PartialEq)]
enum Answer {
    Saved,
    Refused,
}

/// Waits until the form is closed or says why not.
fn answer(show: &mut Show, form: &str) -> Answer {
    show.until("an answer", |show| {
        let text = show.text();
        !text.contains(form) || is_refused(&text)
    });
    match show.text().contains(form) {
        true => Answer::Refused,
        false => Answer::Saved,
    }
}

/// What stands at the bottom of a form that is not saved is neither of these.
fn is_refused(text: &str) -> bool {
    let quiet = ["more behind Tab", "saving keeps", "│ saving "];
    !quiet.iter().any(|words| text.contains(words))
}

/// What the form asks where a stranger has swallowed the entry that it is about.
const GONE: &str = "Add it as a new";

fn is_gone(text: &str) -> bool {
    text.contains(GONE)
}

/// Saves what is typed; where that is refused, the words are still there, and it is tried again.
/// Answers the mark that was saved in the end.
fn save(show: &mut Show, form: &str, mut mark: String, saved: &mut Saved) -> Option<String> {
    for _ in 0..TRIES {
        show.types("\r");
        if answer(show, form) == Answer::Saved {
            saved.marks.insert(mark.clone());
            return Some(mark);
        }
        saved.refused += 1;
        assert!(show.text().contains(&mark), "{mark} in {}", show.text());
        if !is_gone(&show.text()) {
            mark.push('+');
            show.types("+").until("no error", |show| {
                let text = show.text();
                // What looked like a refusal may have been half of the question that is asked there.
                text.contains(&mark) && !is_refused(&text) || is_gone(&text)
            });
        }
        if is_gone(&show.text()) {
            show.types("n").hides(GONE);
            break;
        }
    }
    saved.given_up += 1;
    show.types("\x1b")
        .shows("Throw away")
        .types("y")
        .hides(form);
    None
}

/// Waits for the next save, or not so long, so that the edit falls into it.
fn wait_for_a_save(saves: &AtomicUsize, dice: &mut Dice) {
    let (before, begin) = (saves.load(Ordering::SeqCst), Instant::now());
    let most = Duration::from_millis(dice.below(250));
    while saves.load(Ordering::SeqCst) == before && begin.elapsed() < most {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_micros(dice.below(20_000)));
}

/// Types new entries into forms, and edits them.
fn type_and_save(show: &mut Show, saves: &AtomicUsize, dice: &mut Dice) -> Saved {
    let mut saved = Saved::default();
    let saves = || saves.fetch_add(1, Ordering::SeqCst);
    for number in 0..OURS {
        show.types("af").shows("┌ fact");
        let mark = format!("m:o{number}");
        show.types(&mark).shows(&mark);
        std::thread::sleep(Duration::from_millis(dice.below(120)));
        saves();
        let Some(mark) = save(show, "┌ fact", mark, &mut saved) else {
            continue;
        };
        if number % 2 == 0 {
            continue;
        }
        show.types("e").shows("┌ edit");
        // A stranger may have swallowed it: then the next entry is selected.
        if !show.text().contains(&format!("▸ text            {mark} ")) {
            show.types("\x1b").hides("┌ edit");
            continue;
        }
        let edited = format!("{mark}.");
        show.types(".").shows(&edited);
        std::thread::sleep(Duration::from_millis(dice.below(120)));
        saves();
        if save(show, "┌ edit", edited, &mut saved).is_some() {
            saved.marks.remove(&mark);
        }
    }
    saved
}

/// What came of the races.
#[derive(Default)]
struct Tally {
    edits: usize,
    swallowed: usize,
    into_nothing: usize,
    aside: usize,
    refused: usize,
    given_up: usize,
}

fn journal_with_lines() -> Stage {
    let mut text = String::new();
    for number in 0..STRANGERS {
        text += &format!("# {number}.\n");
    }
    text += "name = \"港屋商店\"\n";
    Stage::new().file("minato.toml", &text)
}

/// All of them on one file.
fn race(dice: &mut Dice) -> Tally {
    let stage = journal_with_lines();
    let file = stage.journal().join("minato.toml");
    let mut show = stage.start();
    show.shows("港屋商店").types("\r").shows("Win/lose");
    let mut stranger = Stranger {
        file: file.clone(),
        wrote: Marks::new(),
        swallowed: Marks::new(),
        into_nothing: Marks::new(),
    };
    let (mut of_stranger, mut of_commands) =
        (Dice::of(dice.below(1 << 60)), Dice::of(dice.below(1 << 60)));
    let saves = AtomicUsize::new(0);
    let (ours, theirs) = std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..STRANGERS {
                wait_for_a_save(&saves, &mut of_stranger);
                stranger.edit(number, &mut of_stranger);
            }
        });
        let theirs = scope.spawn(|| commands(&stage, &saves, &mut of_commands));
        (
            type_and_save(&mut show, &saves, dice),
            theirs.join().unwrap(),
        )
    });
    show.types("qq").ends_with(0);

    let end = fs::read_to_string(&file).unwrap();
    let _: toml::Table = end.parse().unwrap();
    let aside = put_aside(file.parent().unwrap());
    let kept: Marks = aside.iter().flat_map(|text| marks(text)).collect();
    let by_goodwill = &ours.marks | &theirs.marks;
    let in_history = marks(&history(&stage));
    assert_eq!(
        &by_goodwill - &in_history,
        Marks::new(),
        "not in the history"
    );
    let there = &(&marks(&end) | &kept) | &stranger.swallowed;
    let gone = &(&by_goodwill | &stranger.wrote) - &there;
    let lost = &gone - &stranger.into_nothing;
    assert_eq!(lost, Marks::new(), "lost by us; the file:\n{end}");
    Tally {
        edits: by_goodwill.len() + stranger.wrote.len(),
        swallowed: stranger.swallowed.len(),
        into_nothing: gone.len(),
        aside: aside.len(),
        refused: ours.refused + theirs.refused,
        given_up: ours.given_up,
    }
}

fn put_aside(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let aside = files.filter(|path| path.to_string_lossy().contains("goodwill-rescued-"));
    aside
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn history(stage: &Stage) -> String {
    let walk = walkdir::WalkDir::new(stage.home().join("state")).into_iter();
    let mut files = walk.filter_map(|file| Some(file.ok()?.into_path()));
    let log = files.find(|path| path.ends_with("history.jsonl")).unwrap();
    fs::read_to_string(log).unwrap()
}

#[test]
fn others_edit_while_a_form_is_open_and_nobody_loses_a_word() {
    let races = if is_campaign() { 20 } else { 1 };
    let (mut dice, next) = (Dice::new(), AtomicUsize::new(0));
    let seeds: Vec<u64> = (0..races).map(|_| dice.below(u64::MAX)).collect();
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let run = || {
            let seeds = std::iter::from_fn(|| seeds.get(next.fetch_add(1, Ordering::Relaxed)));
            seeds
                .map(|seed| race(&mut Dice::of(*seed)))
                .collect::<Vec<_>>()
        };
        let threads = [scope.spawn(run), scope.spawn(run)];
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let sum = |field: fn(&Tally) -> usize| tallies.iter().map(field).sum::<usize>();
    println!(
        "{} edits: {} swallowed by the strangers themselves, {} written into a file that had been \
         replaced, {} versions put aside; {} saves refused with a reason, {} given up; lost by us: 0",
        sum(|t| t.edits),
        sum(|t| t.swallowed),
        sum(|t| t.into_nothing),
        sum(|t| t.aside),
        sum(|t| t.refused),
        sum(|t| t.given_up),
    );
}
