//! A program in a terminal that is killed while somebody types into a form, or saves it, and is
//! started again: no file is torn, and the words are offered, all but those of the last second.
//!
//! A key counts from the moment at which it is handed to the terminal, before the program has
//! read it. The draft that is found must be what stood in the form behind one of the keys: then
//! the first key that is not in it says how old it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use goodwill::store::disk::RealDisk;
use goodwill::store::draft::Drafts;
use goodwill::store::save::sweep;
use rustix::process::Signal;

use crate::child::{Dice, is_campaign};
use crate::pty_stage::Stage;

const MINATO: &str = "# 二階\nname = \"港屋商店\"\n\n[concern.2026-11-01]\nsaid = \"納期が心配\"\ndate = 2026-11-01\nstatus = \"open\"\n";
const LETTERS: [&str; 12] = [
    "a", "k", "支", "払", "は", "分", "割", "7", "ー", "ﾞ", "é", "🌾",
];
/// How old a draft may be.
const BEHIND: Duration = Duration::from_secs(1);
/// A machine on which a nap takes so much longer is too busy to say how old a draft is.
const BUSY: Duration = Duration::from_millis(150);

/// A form: the keys that open it, what is seen then, and its fields for free words.
struct Form {
    keys: &'static str,
    seen: &'static str,
    /// Steps of Tab from the first field, the name, what stands in it.
    fields: [(usize, &'static str, &'static str); 3],
}

const FORMS: [Form; 5] = [
    Form {
        keys: "ai",
        seen: "┌ interaction",
        fields: [(0, "summary", ""), (1, "what", ""), (10, "notes", "")],
    },
    Form {
        keys: "ac",
        seen: "┌ concern",
        fields: [(0, "said", ""), (3, "answer", ""), (10, "notes", "")],
    },
    Form {
        keys: "\rG\re",
        seen: "┌ edit concern",
        fields: [
            (0, "said", "納期が心配"),
            (3, "answer", ""),
            (10, "notes", ""),
        ],
    },
    Form {
        keys: "n",
        seen: "┌ new customer",
        fields: [(0, "name", ""), (7, "why", ""), (13, "notes", "")],
    },
    Form {
        keys: "e",
        seen: "┌ edit 港屋商店",
        fields: [(0, "name", "港屋商店"), (7, "why", ""), (13, "notes", "")],
    },
];

/// What stands in a form, by field; fields as they were at first are left out.
type Words = BTreeMap<String, String>;

/// Keys as they are typed, with what stands in the form behind each.
fn keys(form: &Form, dice: &mut Dice) -> Vec<(String, Words)> {
    let (mut keys, mut words, mut at) = (Vec::new(), Words::new(), 0);
    for (tabs, name, was) in form.fields.into_iter().take(1 + dice.below(3) as usize) {
        for _ in at..tabs {
            keys.push(("\t".to_owned(), words.clone()));
        }
        at = tabs;
        let mut text = was.to_owned();
        for count in 0..2 + dice.below(14) {
            let is_line = name == "notes" && count > 0 && dice.below(6) == 0;
            let letter = LETTERS[dice.below(LETTERS.len() as u64) as usize];
            let key = if is_line { "\r" } else { letter };
            text += if is_line { "\n" } else { letter };
            words.insert(name.to_owned(), text.clone());
            keys.push((key.to_owned(), words.clone()));
        }
    }
    keys
}

/// Naps, and how much longer they took than they should.
#[derive(Default)]
struct Naps(Duration);

impl Naps {
    fn nap(&mut self, length: Duration) {
        let begin = Instant::now();
        std::thread::sleep(length);
        self.0 = self.0.max(begin.elapsed().saturating_sub(length));
    }
}

/// What came of the kills.
#[derive(Debug, Default)]
struct Tally {
    /// During a save: it came to its end, or not.
    saves: [usize; 2],
    offered: usize,
    /// Killed before the first key was on the disk.
    too_young: usize,
    /// The machine was too busy to say.
    unmeasured: usize,
    swept: usize,
    ages: Vec<Duration>,
}

fn folder_of_drafts(stage: &Stage) -> Option<PathBuf> {
    let walk = walkdir::WalkDir::new(stage.home().join("state")).into_iter();
    let mut paths = walk.filter_map(|file| Some(file.ok()?.into_path()));
    paths.find(|path| path.ends_with("drafts"))
}

fn kept(stage: &Stage) -> usize {
    folder_of_drafts(stage).map_or(0, |folder| fs::read_dir(folder).unwrap().count())
}

/// The words of the draft that the next start will find; none may be torn.
fn draft(stage: &Stage) -> Words {
    let Some(folder) = folder_of_drafts(stage) else {
        return Words::new();
    };
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let text = fs::read(&path).unwrap();
            serde_json::from_slice::<serde_json::Value>(&text).unwrap();
        }
    }
    let found = Drafts::in_folder(folder.parent().unwrap()).left_behind();
    assert!(found.len() <= 1, "{found:?}");
    let fields = found.into_iter().flat_map(|kept| kept.draft.fields);
    fields.map(|field| (field.name, field.typed)).collect()
}

/// Every customer's file, read as TOML.
fn files(stage: &Stage) -> BTreeMap<String, toml::Table> {
    let files = fs::read_dir(stage.journal()).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let table = text
                .parse()
                .unwrap_or_else(|error| panic!("torn: {error} in\n{text}"));
            (name, table)
        })
        .collect()
}

/// Takes these words out of the files; answers whether every one of them stood there.
fn take_out(files: &mut BTreeMap<String, toml::Table>, form: &Form, words: &Words) -> bool {
    let says = |table: &toml::Table, name: &str| {
        let text = table.get(name).and_then(toml::Value::as_str);
        text.is_some_and(|text| text.trim_end() == words[name].trim_end())
    };
    let all = |table: &toml::Table| words.keys().all(|name| name == "what" || says(table, name));
    if form.keys == "n" {
        let made = files.iter().find(|(_, head)| all(head));
        let Some(name) = made.map(|(name, _)| name.clone()) else {
            return false;
        };
        files.remove(&name);
        return true;
    }
    let Some(minato) = files.get_mut("minato.toml") else {
        return false;
    };
    let was = |name: &str| form.fields.iter().find(|f| f.1 == name).unwrap().2;
    let put_back = |table: &mut toml::Table| {
        for name in words.keys() {
            match was(name) {
                "" => table.remove(name),
                text => table.insert(name.clone(), text.into()),
            };
        }
    };
    if form.keys == "e" {
        let found = all(minato);
        if found {
            put_back(minato);
        }
        return found;
    }
    let mut found = take_entry(
        minato,
        if form.keys == "ai" {
            "interaction"
        } else {
            "concern"
        },
        |table, key| {
            if !all(table) {
                return None;
            }
            let edited = form.keys == "\rG\re" && key == "2026-11-01";
            if edited {
                put_back(table);
            }
            Some(!edited)
        },
    );
    if words.contains_key("what") {
        found &= take_entry(minato, "promise", |table, _| {
            says(table, "what").then_some(true)
        });
    }
    found
}

/// Looks for an entry of a kind; what is found may be taken out.
fn take_entry(
    file: &mut toml::Table,
    kind: &str,
    mut look: impl FnMut(&mut toml::Table, &str) -> Option<bool>,
) -> bool {
    let Some(entries) = file.get_mut(kind).and_then(toml::Value::as_table_mut) else {
        return false;
    };
    let found = entries.iter_mut().find_map(|(key, entry)| {
        let goes = look(entry.as_table_mut()?, key)?;
        Some((key.clone(), goes))
    });
    if let Some((key, true)) = &found {
        entries.remove(key);
    }
    if entries.is_empty() {
        file.remove(kind);
    }
    found.is_some()
}

/// Clears away what an unfinished save left, as a start does two hours later; answers how much.
fn sweep_later(root: &Path) -> usize {
    let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
    let swept = sweep(&RealDisk, root, later).unwrap();
    assert!(swept.rescued.is_empty(), "nobody else wrote: {swept:?}");
    let names = fs::read_dir(root).unwrap();
    let mut names = names.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert!(names.all(|name| name.ends_with(".toml")), "{names:?}");
    swept.removed
}

/// One program, killed.
fn kill(number: usize, dice: &mut Dice, tally: &Mutex<Tally>) {
    let stage = Stage::new().file("minato.toml", MINATO);
    let form = &FORMS[number % FORMS.len()];
    let mut show = stage.start();
    show.shows("港屋商店");
    if dice.below(3) == 0 {
        show.types("afsaid before\r").shows("fact added");
        show.types("q").shows("Customers 1");
    }
    let before = files(&stage);
    show.types(form.keys).shows(form.seen);
    let (all, mut typed, mut naps) = (keys(form, dice), Vec::new(), Naps::default());
    let saves = number % 3 == 2;
    let stop = if saves {
        all.len()
    } else {
        1 + dice.below(all.len() as u64) as usize
    };
    let pace = [8, 60, 150][dice.below(3) as usize];
    for (key, _) in &all[..stop] {
        typed.push(Instant::now());
        show.types(key);
        naps.nap(Duration::from_millis(dice.below(pace)));
    }
    if saves {
        show.types("\x13");
    }
    let last = if saves {
        25_000
    } else {
        [40_000, 1_400_000][dice.below(2) as usize]
    };
    naps.nap(Duration::from_micros(dice.below(last)));
    let killed = Instant::now();
    show.signal(Signal::KILL);
    show.end().unwrap_err();
    drop(show);

    let full = &all[stop - 1].1;
    let (mut after, words) = (files(&stage), draft(&stage));
    let is_saved = saves && take_out(&mut after, form, full);
    assert_eq!(after, before, "kill {number}: neither before nor after");
    let told = format!(
        "kill {number}, {:?}, typed {full:?}, kept {words:?}",
        form.keys
    );
    let behind = all[..stop].iter().rposition(|(_, then)| *then == words);
    let in_draft = match behind {
        Some(last) => last + 1,
        None if words.is_empty() => 0,
        None => panic!("never stood in the form: {told}"),
    };
    let age = typed
        .get(in_draft)
        .map_or(Duration::ZERO, |key| killed - *key);
    let is_busy = naps.0 > BUSY;
    assert!(is_saved || is_busy || age <= BEHIND, "{age:?} old: {told}");
    let swept = sweep_later(&stage.journal());
    {
        let mut tally = tally.lock().unwrap();
        if saves {
            tally.saves[usize::from(!is_saved)] += 1;
        }
        if !is_saved && is_busy {
            tally.unmeasured += 1;
        } else if !is_saved {
            tally.ages.push(age);
        }
        tally.offered += usize::from(!is_saved && !words.is_empty());
        tally.too_young += usize::from(!is_saved && words.is_empty());
        tally.swept += swept;
    }
    start_again(&stage, form, is_saved, &words, before);
}

/// Starts the program once more: it offers the words, puts them into the form, and saves them.
fn start_again(
    stage: &Stage,
    form: &Form,
    is_saved: bool,
    words: &Words,
    before: BTreeMap<String, toml::Table>,
) {
    let mut show = stage.start();
    if !is_saved && !words.is_empty() {
        show.shows("typed and not saved").types("\r");
        show.shows(form.seen).types("\x13").hides(form.seen);
        let mut after = files(stage);
        assert!(take_out(&mut after, form, words), "{words:?} in {after:?}");
        assert_eq!(after, before);
    } else {
        show.shows("港屋商店");
    }
    show.until("the draft gone", |_| kept(stage) == 0);
    assert!(!show.text().contains("typed and not saved"));
}

#[test]
fn a_kill_while_typing_tears_nothing_and_what_was_typed_is_offered() {
    let kills = if is_campaign() { 500 } else { 15 };
    let (mut dice, tally) = (Dice::new(), Mutex::new(Tally::default()));
    let seeds: Vec<u64> = (0..kills).map(|_| dice.below(u64::MAX)).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((number, seed)) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    seeds.get(number).map(|seed| (number, *seed))
                } {
                    kill(number, &mut Dice::of(seed), &tally);
                }
            });
        }
    });
    let mut tally = tally.into_inner().unwrap();
    tally.ages.sort();
    println!(
        "{kills} kills: 0 torn; during a save {} came to their end and {} did not; {} offered again, \
         {} before the first key was kept; age of the draft: median {:?}, at most {:?}, {} not \
         measured; {} temporary files swept",
        tally.saves[0],
        tally.saves[1],
        tally.offered,
        tally.too_young,
        tally.ages.get(tally.ages.len() / 2),
        tally.ages.last(),
        tally.unmeasured,
        tally.swept,
    );
}
