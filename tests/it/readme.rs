//! What the README and `docs/` say is true: tables are made from the code, commands and recipes
//! are run as they are printed, links lead somewhere.
//!
//! `GOODWILL_BLESS=1 cargo test readme` writes the made parts anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use clap::CommandFactory as _;
use goodwill::cli::Args;
use goodwill::model::customer::Customer;
use goodwill::model::date_phrase::{Leaning, parse};
use goodwill::model::entry::Entry;
use goodwill::model::kind::{COMMON, Field, HEAD, Kind, Shape};
use goodwill::model::money::parse_typed;
use goodwill::store::history::Record;
use goodwill::store::load::load;
use goodwill::store::read::read_customer;
use goodwill::store::sample;
use goodwill::store::syntax::strict_problems;
use goodwill::ui::keys;
use jiff::civil::{Date, date};

use crate::case::stable;
use crate::stage::Stage;

/// A Saturday.
const TODAY: Date = date(2026, 11, 21);

#[test]
fn what_is_made_from_the_code_is_up_to_date() {
    let parts = [
        ("README.md", "screen", screen()),
        ("README.md", "keys", keys::markdown()),
        ("docs/keys.md", "keys", keys::markdown_with_names()),
        ("docs/format.md", "head", head_table()),
        ("docs/format.md", "kinds", kinds_table()),
        ("docs/format.md", "words", words_table()),
        ("docs/format.md", "dates", dates_table()),
        ("docs/format.md", "money", money_table()),
    ];
    let is_blessed = std::env::var_os("GOODWILL_BLESS").is_some();
    for (file, name, made) in parts {
        let text = read(file);
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (front, rest) = text.split_once(&begin).unwrap();
        let (kept, back) = rest.split_once(&end).unwrap();
        if is_blessed {
            fs::write(
                root().join(file),
                format!("{front}{begin}{made}{end}{back}"),
            )
            .unwrap();
        } else {
            assert_eq!(
                kept, made,
                "{file}, {name}: refresh it with GOODWILL_BLESS=1 cargo test readme"
            );
        }
    }
}

fn screen() -> String {
    let stage = Stage::new(100, 20).sample().at_today().open();
    format!("```text\n{}\n```\n", stage.screen())
}

fn head_table() -> String {
    let mut table = String::from("| key | holds | for |\n|---|---|---|\n");
    for field in HEAD {
        let (name, shape) = (field.name, shape(field.shape));
        // How a list is typed is for forms; on disk it is a list.
        let ask = field.ask.replace(", separated by commas", "");
        table += &format!("| `{name}` | {shape} | {ask} |\n");
    }
    table
}

fn kinds_table() -> String {
    let mut table = String::from("| kind | fields, in the order they are written |\n|---|---|\n");
    let list = |fields: &[Field], main: &str| {
        let fields = fields.iter().map(|field| {
            let mark = if field.name == main { "**" } else { "" };
            let holds = match field.shape {
                Shape::Line => String::new(),
                other => format!(" ({})", shape(other)),
            };
            format!("{mark}`{}`{mark}{holds}", field.name)
        });
        fields.collect::<Vec<_>>().join(", ")
    };
    for kind in Kind::ALL {
        table += &format!(
            "| `{kind}` | {} |\n",
            list(kind.fields(), kind.main_field())
        );
    }
    table + &format!("| any | {} |\n", list(COMMON, ""))
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Line => "text",
        Shape::Prose => "prose",
        Shape::Word(_) => "word",
        Shape::Lines(_) => "lines",
        Shape::Texts => "list of texts",
        Shape::Person => "person",
        Shape::People => "list of people",
        Shape::DealKey => "key of a deal",
        Shape::References => "list of references",
        Shape::Day => "date",
        Shape::Moment => "moment",
        Shape::Money => "amount",
        Shape::Yes => "`true` or `false`",
        Shape::Scale => "1 to 5",
    }
}

fn words_table() -> String {
    let mut rows: Vec<(String, &[&str])> = Vec::new();
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind.fields()));
    for (owner, fields) in [("customer", HEAD)].into_iter().chain(kinds) {
        for field in fields
            .iter()
            .filter(|field| !field.shape.words().is_empty())
        {
            let words = field.shape.words();
            match rows.last_mut() {
                Some((names, last))
                    if *last == words && names.starts_with(&format!("`{owner}.")) =>
                {
                    *names += &format!(", `{}`", field.name);
                }
                _ => rows.push((format!("`{owner}.{}`", field.name), words)),
            }
        }
    }
    let rows = rows
        .iter()
        .map(|(names, words)| format!("| {names} | {} |\n", words.join(", ")));
    String::from("| field | words |\n|---|---|\n") + &rows.collect::<String>()
}

fn dates_table() -> String {
    let mut table =
        String::from("| typed | for what happened | for what is due |\n|---|---|---|\n");
    for texts in [
        &[
            "2026-11-05",
            "2026/11/5",
            "2026年11月5日",
            "令和8年11月5日",
            "R8.11.5",
            "Nov 5, 2026",
        ][..],
        &["today", "今日", "本日中に"],
        &["yesterday", "昨日", "きのう"],
        &["the day before yesterday", "一昨日", "おととい"],
        &["day after tomorrow", "明後日", "あさって"],
        &["3 days ago", "-3d", "3日前", "三日前"],
        &["in 2 weeks", "+2w", "2週間後"],
        &["3d", "3 days"],
        &["in 1 month", "a month from now", "1か月後", "一ヶ月後"],
        &["半年後"],
        &["fri", "Friday", "金曜"],
        &["last fri", "先週金曜"],
        &["this fri", "今週の金曜日"],
        &[
            "next tue",
            "tue next week",
            "来週火曜",
            "来週の火曜日までに",
        ],
        &["next week", "来週"],
        &["再来週月曜"],
        &["next month", "来月"],
        &["来月5日"],
        &["11/5", "nov 5", "5 nov", "11月5日"],
        &["the 5th", "5日"],
        &["end of month", "eom", "月末"],
        &["end of next month", "来月末"],
        &["end of year", "eoy", "年末"],
        &["年度末"],
        &["11/24(火)"],
        &["2026-11-24 Tue", "2026年11月24日(火)"],
        &["yesterday 14:30", "昨日 14時半", "きのうの午後2時30分"],
        &["10:00", "10am", "午前10時"],
    ] {
        let typed: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
        let [past, future] = [Leaning::Past, Leaning::Future].map(|leaning| {
            let mut meant: Vec<String> = texts
                .iter()
                .map(|text| {
                    parse(text, TODAY, leaning)
                        .map_or("asked about".to_owned(), |when| when.to_string())
                })
                .collect();
            meant.dedup();
            assert_eq!(meant.len(), 1, "{texts:?} {leaning:?}");
            meant.remove(0)
        });
        table += &format!("| {} | {past} | {future} |\n", typed.join(", "));
    }
    table
}

fn money_table() -> String {
    let mut table = String::from("| typed | amount | currency |\n|---|---|---|\n");
    for text in [
        "1200000",
        "1,200,000",
        "1.2M",
        "850k",
        "1200.50",
        "1.200,50 €",
        "EUR 1200",
        "$12",
        "120万",
        "1億2000万円",
        "三百万円",
        "￥１，２００",
        "▲5万",
    ] {
        let read = parse_typed(text).unwrap();
        let currency = read.currency.as_deref().unwrap_or("");
        table += &format!("| `{text}` | {} | {currency} |\n", read.amount);
    }
    table
}

#[test]
fn every_command_of_the_readme_works_on_the_sample() {
    let home = Home::new();
    let commands: Vec<String> = blocks(&read("README.md"), "sh")
        .iter()
        .flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| line.starts_with("goodwill"))
        .collect();
    assert!(commands.len() >= 10);
    for command in commands {
        let output = home.sh(&command, home.0.path());
        assert!(output.status.success(), "{command}: {output:?}");
    }
}

#[test]
fn the_long_example_writes_what_the_readme_shows() {
    let home = Home::new();
    let before = home.acme();
    let readme = read("README.md");
    let command = readme
        .lines()
        .find(|line| line.contains("--promise"))
        .unwrap();
    assert!(home.sh(command, home.0.path()).status.success());
    let after = home.acme();
    let shown = &blocks(&readme, "toml")[0];
    let written = after.strip_prefix(&before).unwrap();
    assert_eq!(stable(written), format!("\n{}", stable(shown)));
}

#[test]
fn every_grep_recipe_finds_what_is_there() {
    let home = Home::new();
    let readme = read("README.md");
    let (_, section) = readme.split_once("## With grep").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let recipes = blocks(section, "sh");
    assert!(recipes.len() >= 6);
    let mut found = Vec::new();
    for recipe in &recipes {
        let output = home.sh(recipe, root());
        let lines = String::from_utf8(output.stdout).unwrap().lines().count();
        assert!(output.status.success() && lines > 0, "{recipe}");
        found.push((recipe, lines));
    }
    let count = |word: &str| {
        let recipe = found.iter().find(|(recipe, _)| recipe.contains(word));
        recipe.unwrap_or_else(|| panic!("no recipe with {word}")).1
    };
    let (journal, _) = load(&root().join("journal"), &mut |_, _| {});
    let entries = |fits: &dyn Fn(&Entry) -> bool| -> usize {
        let of = |customer: &Customer| customer.entries.iter().filter(|e| fits(e)).count();
        journal.customers.iter().map(|customer| of(customer)).sum()
    };
    let loses = |entry: &Entry, field| {
        entry
            .fields
            .texts(field)
            .any(|line| line.starts_with("lose:"))
    };
    let losing = ["us", "them", "others"].map(|field| entries(&|entry| loses(entry, field)));
    assert_eq!(count("'lose:'"), losing.iter().sum::<usize>());
    let open = |kind| entries(&move |entry| entry.kind() == Some(kind) && entry.is_open());
    assert_eq!(count("'said = '"), open(Kind::Concern));
    let ours = |field: &str| {
        entries(&|entry| {
            let is_promise = entry.kind() == Some(Kind::Promise);
            is_promise
                && entry.is_open()
                && entry.word("by") == "us"
                && entry.fields.get(field).is_some()
        })
    };
    assert_eq!(count("promise"), ours("what") + ours("due"));
    assert_eq!(count("rfp"), entries(&|entry| entry.word("heard") == "rfp"));
    assert_eq!(
        count("'^learned = '"),
        entries(&|entry| entry.fields.get("learned").is_some())
    );
    let in_october = |entry: &Entry| entry.key.starts_with("2026-10-");
    assert_eq!(count("2026-10-"), entries(&in_october));
}

#[test]
fn every_example_of_the_format_is_sound_and_says_only_what_is_known() {
    let examples = blocks(&read("docs/format.md"), "toml");
    assert_eq!(examples.len(), 2, "a customer, and the settings");
    for example in &examples {
        assert_eq!(strict_problems("example", example), []);
    }
    let customer = read_customer("acme", &examples[0]).customer;
    assert!(customer.entries.len() >= 5);
    for entry in &customer.entries {
        let names: Vec<&str> = entry.fields.iter().map(|(name, _)| name).collect();
        let order: Vec<&str> = entry.kind().unwrap().all_fields().map(|f| f.name).collect();
        let places = names
            .iter()
            .map(|name| order.iter().position(|known| known == name).unwrap());
        assert!(places.is_sorted(), "{}", entry.id());
    }
}

#[test]
fn the_example_of_the_history_is_a_line_of_it() {
    for example in blocks(&read("docs/history.md"), "json") {
        let shown: serde_json::Value = serde_json::from_str(&example).unwrap();
        let record: Record = serde_json::from_str(&example).unwrap();
        assert_eq!(serde_json::to_value(record).unwrap(), shown);
    }
}

#[test]
fn every_command_that_is_named_is_there() {
    let program = Args::command();
    for file in [
        "README.md",
        "CHANGELOG.md",
        "docs/format.md",
        "docs/history.md",
        "docs/json.md",
    ] {
        for span in read(file).split('`').skip(1).step_by(2) {
            let Some(word) = span
                .strip_prefix("goodwill ")
                .and_then(|rest| rest.split_whitespace().next())
            else {
                continue;
            };
            assert!(
                word.starts_with('-') || program.find_subcommand(word).is_some(),
                "{file}: {span}"
            );
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let slug = |heading: &str| {
        let kept = heading
            .chars()
            .filter(|c| c.is_alphanumeric() || " -".contains(*c));
        kept.collect::<String>()
            .trim()
            .to_lowercase()
            .replace(' ', "-")
    };
    for file in documents() {
        let text = read(&file);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.starts_with("http") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = Path::new(&file).parent().unwrap();
            let target = if path.is_empty() {
                PathBuf::from(&file)
            } else {
                folder.join(path)
            };
            assert!(root().join(&target).exists(), "{file}: {link}");
            let target = read(target.to_str().unwrap());
            let mut headings = target.lines().filter(|line| line.starts_with('#'));
            assert!(
                anchor.is_empty() || headings.any(|line| slug(line) == anchor),
                "{file}: {link}"
            );
        }
    }
}

/// A home with a copy of the sample in `./journal`, and nothing set that a person may have set.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = tempfile::tempdir().unwrap();
        sample::copy_to(&home.path().join("journal")).unwrap();
        Home(home)
    }

    /// Runs a line as a shell does, `goodwill` being the one of this build.
    fn sh(&self, line: &str, folder: &Path) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_goodwill"));
        let mut path = program.parent().unwrap().as_os_str().to_owned();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(folder).env_clear();
        command
            .env("PATH", path)
            .env("HOME", self.0.path())
            .env("TMPDIR", self.0.path());
        command.envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC"), ("EDITOR", "true")]);
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn acme(&self) -> String {
        fs::read_to_string(self.0.path().join("journal/acme.toml")).unwrap()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// Every page at the root and below `docs/`.
fn documents() -> Vec<String> {
    let below = |folder: &str| {
        let files = fs::read_dir(root().join(folder)).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let pages = names
            .filter(|name| name.ends_with(".md"))
            .collect::<Vec<_>>();
        pages
            .into_iter()
            .map(move |name| format!("{folder}{name}"))
            .collect::<Vec<_>>()
    };
    [below(""), below("docs/")].concat()
}

/// The code blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    let rests = text.split(&fence).skip(1);
    rests
        .map(|rest| format!("{}\n", rest.split("\n```").next().unwrap()))
        .collect()
}
