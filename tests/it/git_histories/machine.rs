//! One clone, its person and their habits.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::ledger::Ledger;
use super::{Figures, Habit};
use crate::child::Dice;

/// The customers of the journal.
pub(super) const FILES: [&str; 2] = ["acme.toml", "港屋.toml"];

const DRIVER: &str = "if command -v goodwill >/dev/null; then goodwill merge-driver %O %A %B %L %P; \
                      else git merge-file --marker-size=%L %A %O %B; fi";
const KINDS: [(&str, &str); 4] = [
    ("concern", "said"),
    ("fact", "text"),
    ("interaction", "summary"),
    ("promise", "what"),
];

/// How another machine's work is brought in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sync {
    Merge,
    Rebase,
}

pub(super) struct Machine {
    home: PathBuf,
    number: u64,
    driver: bool,
    sync: Sync,
    ledger: Arc<Mutex<Ledger>>,
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let driver = if self.driver { "driver" } else { "resolve" };
        write!(f, "m{} {:?} {driver}", self.number, self.sync)
    }
}

/// The bare repository and the first clone, with a journal that was begun by hand.
pub(super) fn first_machine(
    home: &Path,
    habit: Habit,
    dice: &mut Dice,
    ledger: &Arc<Mutex<Ledger>>,
) -> Machine {
    let machine = Machine::new(home, 0, habit, dice, ledger);
    fs::create_dir(machine.path()).unwrap();
    let settings = "[user]\nname = Ana\nemail = ana@example.org\n[init]\ndefaultBranch = main\n\
                    [core]\nfsync = none\nquotePath = false\n[gc]\nauto = 0\n[maintenance]\nauto = false\n\
                    [advice]\nmergeConflict = false\n";
    fs::write(home.join("gitconfig"), settings).unwrap();
    machine.git(&["init", "-q", "--bare", "../bare"]);
    machine.git(&["init", "-q"]);
    machine.git(&["remote", "add", "origin", "../bare"]);
    fs::write(
        machine.path().join(".gitattributes"),
        "*.toml text eol=lf merge=goodwill diff=goodwill\n",
    )
    .unwrap();
    for (at, file) in FILES.into_iter().enumerate() {
        fs::write(machine.path().join(file), begun(at)).unwrap();
    }
    machine.git(&["add", "."]);
    machine.git(&["commit", "-qm", "begun"]);
    machine.git(&["push", "-q", "-u", "origin", "main"]);
    machine.set_up();
    machine
}

fn begun(at: usize) -> String {
    let by_hand = "# What they told us, oldest first\n\n";
    let text = "name = \"アクメ商事\"\nstatus = \"active\"   # since spring\ntags = [\"retail\"]\nnotes = \"\"\"\n\
                first line\nsecond line\nthird line\"\"\"\n\n[concern.strategy]\nsaid = \"値段\"\nstatus = \"open\"\n\
                x-note = 'by hand' # keep\n\n# from the fair\n[deal.web]\ntitle = \"web\"\nvalue = 1_000\n";
    match at {
        0 => text.to_owned(),
        _ => format!("{by_hand}{text}"),
    }
}

impl Machine {
    fn new(
        home: &Path,
        number: u64,
        habit: Habit,
        dice: &mut Dice,
        ledger: &Arc<Mutex<Ledger>>,
    ) -> Machine {
        Machine {
            home: home.to_owned(),
            number,
            driver: dice.below(2) == 0 && (habit == Habit::Usual || dice.below(3) == 0),
            sync: [Sync::Merge, Sync::Rebase][dice.below(2) as usize],
            ledger: Arc::clone(ledger),
        }
    }

    /// Another machine with the same clone: as `git clone`, without its processes.
    pub(super) fn copy(&self, number: u64, habit: Habit, dice: &mut Dice) -> Machine {
        let machine = Machine::new(&self.home, number, habit, dice, &self.ledger);
        for entry in walkdir::WalkDir::new(self.path()) {
            let entry = entry.unwrap();
            let to = machine
                .path()
                .join(entry.path().strip_prefix(self.path()).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
        machine.set_up();
        machine
    }

    /// Registers the driver, or sees to it that it isn't.
    fn set_up(&self) {
        let config = self.path().join(".git/config");
        let plain = fs::read_to_string(&config).unwrap();
        let plain = plain.split("[merge").next().unwrap();
        let styles = ["merge", "diff3", "zdiff3"];
        let style = styles[(self.number % 3) as usize];
        let mut text = format!("{plain}[merge]\n\tconflictStyle = {style}\n");
        if self.driver {
            text += &format!("[merge \"goodwill\"]\n\tname = goodwill\n\tdriver = \"{DRIVER}\"\n");
        }
        fs::write(config, text).unwrap();
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn path(&self) -> PathBuf {
        self.home.join(format!("m{}", self.number))
    }

    pub(super) fn read_file(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// All customers, by file name.
    pub(super) fn read(&self) -> Vec<(String, String)> {
        let files = FILES.iter();
        files
            .map(|file| ((*file).to_owned(), self.read_file(file)))
            .collect()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.path().join(file), text).unwrap();
    }

    /// A program in the clone, in an environment of its own.
    fn run(&self, program: &str, words: &[&str]) -> Output {
        let goodwill = Path::new(env!("CARGO_BIN_EXE_goodwill")).parent().unwrap();
        let path = std::env::var("PATH").unwrap();
        Command::new(program)
            .args(words)
            .current_dir(self.path())
            .env_clear()
            .env("PATH", format!("{}:{path}", goodwill.display()))
            .env("HOME", self.path())
            .env(
                "XDG_STATE_HOME",
                self.home.join(format!("state{}", self.number)),
            )
            .env("TMPDIR", &self.home)
            .env("TZ", "UTC")
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.home.join("gitconfig"))
            .env("GIT_EDITOR", "true")
            .env("GIT_AUTHOR_DATE", "2026-11-21T10:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-11-21T10:00:00Z")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    #[track_caller]
    fn git(&self, words: &[&str]) {
        let output = self.run("git", words);
        assert!(output.status.success(), "{self}: git {words:?}: {output:?}");
    }

    #[track_caller]
    fn goodwill(&self, words: &[&str]) -> Output {
        let mut all = vec!["--journal", ".", "--today", "2026-11-21"];
        all.extend(words);
        self.run("goodwill", &all)
    }

    pub(super) fn commit(&self) {
        self.git(&["commit", "-q", "--allow-empty", "-am", "journal"]);
    }

    /// Pushes to a branch of its own, for others to merge from.
    pub(super) fn publish(&self) {
        let to = format!("HEAD:refs/heads/m{}", self.number);
        self.git(&["push", "-qf", "origin", &to]);
    }

    /// What the others have, then what this one has.
    pub(super) fn sync(&self, dice: &mut Dice, figures: &Figures) {
        self.merge(self.sync, "main", dice, figures);
        self.git(&["push", "-q", "origin", "HEAD:main"]);
    }

    /// The end of a history: there is nothing to merge any more.
    pub(super) fn catch_up(&self) {
        self.git(&["pull", "-q", "--ff-only", "origin", "main"]);
    }

    pub(super) fn merge(&self, sync: Sync, branch: &str, dice: &mut Dice, figures: &Figures) {
        let count = |figure: &AtomicU64| figure.fetch_add(1, Ordering::Relaxed);
        self.git(&["fetch", "-q", "origin", branch]);
        let begin: &[&str] = match sync {
            Sync::Merge => &["merge", "-q", "--no-edit", "FETCH_HEAD"],
            Sync::Rebase => &["rebase", "-q", "FETCH_HEAD"],
        };
        count(&figures.merges);
        let mut output = self.run("git", begin);
        let mut times = 0;
        while !output.status.success() {
            times += 1;
            assert!(times < 80, "{self}: it never ends: {output:?}");
            count(&figures.stopped);
            // With the driver markers stand around what has to be decided alone; both ways of
            // coming from there to a whole file are used.
            if !self.driver || dice.below(2) == 0 {
                let resolved = self.goodwill(&["resolve"]);
                match resolved.status.code() {
                    Some(0) => count(&figures.resolved),
                    Some(1) => 0,
                    code => panic!("{self}: resolve ended with {code:?}: {resolved:?}"),
                };
            }
            self.decide(figures);
            self.git(&["add", "-u"]);
            let go_on: &[&str] = match sync {
                Sync::Merge => &["commit", "-q", "--no-edit"],
                Sync::Rebase => &["rebase", "--continue"],
            };
            output = self.run("git", go_on);
        }
        if !self.driver {
            self.look_at_what_git_merged(figures);
        }
    }

    /// Git may have merged by lines without asking anybody, and wrong: what `goodwill resolve` puts
    /// right is committed, as it says. Where it is told that git did not ask about a field, the
    /// greater side is taken, as between markers.
    fn look_at_what_git_merged(&self, figures: &Figures) {
        let resolved = self.goodwill(&["resolve", "--json"]);
        let code = resolved.status.code();
        assert!(matches!(code, Some(0 | 1)), "{self}: {resolved:?}");
        let told: serde_json::Value = serde_json::from_slice(&resolved.stdout).unwrap();
        for file in told["files"].as_array().unwrap() {
            let clashes = file["clashes"].as_array().unwrap();
            let side = |side| clashes.iter().map(|c| c[side].to_string()).max();
            if let (Some(here), Some(there)) = (side("here"), side("there")) {
                let side = if here > there { "here" } else { "there" };
                let path = file["path"].as_str().unwrap();
                let taken = self.goodwill(&["resolve", path, "--take", side]);
                assert!(taken.status.success(), "{self}: {taken:?}");
            }
        }
        let staged = self.run("git", &["diff", "--cached", "--quiet"]);
        if !staged.status.success() {
            figures.put_right.fetch_add(1, Ordering::Relaxed);
            self.git(&["commit", "-q", "-m", "merged by entry"]);
        }
    }

    /// A person looks at what is left between markers. Both sides come to the same: the greater.
    fn decide(&self, figures: &Figures) {
        for file in FILES {
            let text = self.read_file(file);
            let (decided, places) = greater(&text);
            if places > 0 {
                figures.decided.fetch_add(places, Ordering::Relaxed);
                let parsed = decided.parse::<toml::Table>();
                assert!(parsed.is_ok(), "{self}: {file}: {parsed:?}\n{text}");
                self.write(file, &decided);
            }
        }
    }

    /// An edit, by one of the ways in which people edit.
    pub(super) fn write_something(&self, dice: &mut Dice) {
        let file = FILES[dice.below(2) as usize];
        match dice.below(100) {
            0..10 => self.add_by_command(file, dice),
            10..46 => self.add_by_hand(file, dice),
            46..56 => self.sed(file, dice),
            56..76 => self.change_a_line(file, dice),
            76..88 => self.remark(file, dice),
            88..93 => self.remove(file, dice),
            _ => self.change_the_head(file, dice),
        }
    }

    fn add_by_command(&self, file: &str, dice: &mut Dice) {
        let number = self.ledger.lock().unwrap().number();
        let (kind, field) = KINDS[dice.below(4) as usize];
        let (key, text) = (format!("2026-11-21-c{number}"), format!("言葉 (w{number})"));
        let customer = file.trim_end_matches(".toml");
        let output = self.goodwill(&["add", customer, kind, "-m", &text, "--key", &key]);
        assert!(output.status.success(), "{self}: {output:?}");
        let mut ledger = self.ledger.lock().unwrap();
        ledger.wrote(file, kind, &key, field, &text);
    }

    fn add_by_hand(&self, file: &str, dice: &mut Dice) {
        let mut ledger = self.ledger.lock().unwrap();
        let number = ledger.number();
        let (kind, field) = KINDS[dice.below(4) as usize];
        let (key, text) = (
            format!("2026-11-{:02}-h{number}", 1 + dice.below(28)),
            format!("{number} lines (w{number})"),
        );
        let remark = format!("# by hand (r{number})");
        let entry = match dice.below(3) {
            0 => format!("\n[{kind}.{key}]\n{field} = \"{text}\"\nstatus = \"open\"\n"),
            1 => format!("\n{remark}\n[{kind}.{key}]\nstatus=\"open\"\n{field}='{text}'\n"),
            _ => format!(
                "\n[ {kind}.{key} ]\n{field} = \"{text}\"  {remark}\nstatus = \"open\"\nnotes = \"\"\"\none\ntwo\nthree\"\"\"\n"
            ),
        };
        if entry.contains(&remark) {
            ledger.remarked(&remark, Some((file, kind, &key)));
        }
        ledger.wrote(file, kind, &key, field, &text);
        let now = self.read_file(file);
        self.write(file, &format!("{now}{entry}"));
    }

    fn sed(&self, file: &str, dice: &mut Dice) {
        let mut ledger = self.ledger.lock().unwrap();
        let number = ledger.number();
        let remark = format!("# sed was here (r{number})");
        let script = match dice.below(3) {
            0 => "s/^status *= *\"open\"$/status = \"gone\"/".to_owned(),
            1 => "s/^second line$/second line, and more/".to_owned(),
            _ => {
                ledger.remarked(&remark, None);
                format!("1i\\\n{remark}\\\n")
            }
        };
        let output = self.run("sed", &["-i", &script, file]);
        assert!(output.status.success(), "{output:?}");
    }

    /// Another value for a field that others change as well.
    fn change_a_line(&self, file: &str, dice: &mut Dice) {
        let number = self.ledger.lock().unwrap().number();
        let text = self.read_file(file);
        let lines: Vec<&str> = text.lines().collect();
        let wanted = |line: &&str| line.starts_with("status") || line.starts_with("value");
        let found: Vec<usize> = (0..lines.len()).filter(|&at| wanted(&lines[at])).collect();
        let Some(&at) = found.get(dice.below(found.len().max(1) as u64) as usize) else {
            return;
        };
        let new = match lines[at].starts_with("value") {
            true => format!("value = {}", 1000 + number % 3),
            false => format!(
                "status = \"{}\"",
                ["answered", "accepted", "gone"][number as usize % 3]
            ),
        };
        // What stands behind the value is left there.
        let behind = lines[at].find('#').and_then(|from| lines[at].get(from..));
        let new = behind.map_or(new.clone(), |behind| format!("{new} {behind}"));
        let changed: Vec<&str> = (0..lines.len())
            .map(|n| if n == at { &*new } else { lines[n] })
            .collect();
        self.write(file, &(changed.join("\n") + "\n"));
    }

    /// A comment that stands alone, in front of an entry or at the end.
    fn remark(&self, file: &str, dice: &mut Dice) {
        let mut ledger = self.ledger.lock().unwrap();
        let remark = format!("# ひとこと (r{})", ledger.number());
        ledger.remarked(&remark, None);
        let text = self.read_file(file);
        let gaps: Vec<usize> = text.match_indices("\n\n[").map(|(at, _)| at + 1).collect();
        let at = gaps.get(dice.below(2 * gaps.len() as u64 + 1) as usize);
        let at = at.copied().unwrap_or(text.len());
        let (before, behind) = text.split_at(at);
        self.write(file, &format!("{before}\n{remark}\n{behind}"));
    }

    fn remove(&self, file: &str, dice: &mut Dice) {
        let text = self.read_file(file);
        let table: toml::Table = text.parse().unwrap();
        let (kind, _) = KINDS[dice.below(4) as usize];
        let keys = table.get(kind).and_then(toml::Value::as_table);
        let keys: Vec<&String> = keys.map_or(Vec::new(), |keys| keys.keys().collect());
        let Some(key) = keys.get(dice.below(keys.len().max(1) as u64) as usize) else {
            return;
        };
        let entry = format!("{kind}.{key}");
        let output = self.goodwill(&["remove", file.trim_end_matches(".toml"), &entry]);
        assert!(output.status.success(), "{self}: {entry}: {output:?}");
        self.ledger.lock().unwrap().removed(file, kind, key);
    }

    fn change_the_head(&self, file: &str, dice: &mut Dice) {
        let text = self.read_file(file);
        let number = self.ledger.lock().unwrap().number();
        let changed = match dice.below(3) {
            0 => text.replacen("\ntags = [\"", &format!("\ntags = [\"t{number}\", \""), 1),
            1 => text.replacen("\nfirst line", &format!("\nfirst line {number}"), 1),
            _ => text.replacen(
                "third line",
                &format!("third line {number}\nfourth {number}"),
                1,
            ),
        };
        self.write(file, &changed);
    }
}

/// The text with the greater side of each conflict, and how many there were.
fn greater(text: &str) -> (String, u64) {
    let (mut out, mut places) = (String::new(), 0);
    let mut parts: Option<Vec<String>> = None;
    for line in text.split_inclusive('\n') {
        match &mut parts {
            None if line.starts_with("<<<<<<<") => {
                places += 1;
                parts = Some(vec![String::new()]);
            }
            None => out.push_str(line),
            Some(found) if line.starts_with("|||||||") || line.starts_with("=======") => {
                found.push(String::new());
            }
            Some(found) if line.starts_with(">>>>>>>") => {
                let (ours, theirs) = (found.first().unwrap(), found.last().unwrap());
                out.push_str(ours.max(theirs));
                parts = None;
            }
            Some(found) => found.last_mut().unwrap().push_str(line),
        }
    }
    (out, places)
}
