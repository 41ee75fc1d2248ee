//! What it costs to write an entry into a 200 KB customer, against writing and syncing that file.
//!
//! `cargo bench --bench append` prints the median of each step, and how often the floor goes into
//! the whole: read, plan, strict parse before and behind, history on the disk, save on the disk.

#![allow(missing_docs, clippy::expect_used)]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use goodwill::model::change::{Change, FieldEdit};
use goodwill::model::journal::Journal;
use goodwill::model::value::Value;
use goodwill::store::history::FileRecord;
use goodwill::store::read::read_customer;
use goodwill::store::splice::{Edit, splice};
use goodwill::store::{Now, Store, load, strict};
use jiff::civil::date;

mod generate;

const RUNS: usize = 60;

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    // Beside the target folder, as the temporary folder of a machine may be no disk at all.
    let place = std::env::current_exe().expect("a path of its own");
    let place = place.parent().expect("a folder");
    let dir = tempfile::tempdir_in(place).expect("a temporary folder");
    let root = dir.path().join("journal");
    generate::write(&root, 1, 420, 42).expect("room for a journal");
    let (journal, _) = load::load(&root, &mut |_, _| {});
    let largest = journal.customers.iter().max_by_key(|c| c.entries.len());
    let key = largest.expect("a customer").key.to_string();
    let path = root.join(format!("{key}.toml"));
    let text = fs::read(&path).expect("the customer");
    println!(
        "a customer of {} KB, median of {RUNS} runs",
        text.len() / 1000
    );
    let mut bits = 7u64;
    let random = move || {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        bits >> 20
    };
    let mut store = Store::new(&root, &dir.path().join("state"), Box::new(random));
    let (mut floor, mut whole, mut edits) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS {
        floor.push(write_and_sync(dir.path(), &text));
        fs::write(&path, &text).expect("the customer as it was");
        whole.push(timed(|| append(&mut store, &journal, &key, run)));
        edits.push(timed(|| edit(&mut store, &journal, &key, run)));
    }
    let floor = median(floor);
    report("write and sync the file", floor, floor);
    report("append an entry", median(whole), floor);
    report("change a head key", median(edits), floor);
    println!("of which");
    parts(&text, floor);
}

/// What the steps of a save cost by themselves.
fn parts(bytes: &[u8], floor: Duration) {
    let text = std::str::from_utf8(bytes).expect("a text");
    let many = |work: &dyn Fn()| median((0..RUNS).map(|_| timed(work)).collect());
    let append = Edit::Append {
        table: vec!["concern".to_owned(), "2026-11-21-000000".to_owned()],
        fields: vec![("said".to_owned(), Value::text("支払条件の相談"))],
    };
    let edits = [append];
    let spliced = splice(bytes, &edits).expect("a splice");
    report(
        "a strict parse",
        many(&|| drop(black_box(strict::parse(text)))),
        floor,
    );
    report(
        "splice, proved",
        many(&|| drop(black_box(splice(bytes, &edits)))),
        floor,
    );
    report(
        "read the customer",
        many(&|| drop(black_box(read_customer("x", text)))),
        floor,
    );
    let between = || {
        drop(black_box(FileRecord::between(
            "x",
            Some(bytes),
            Some(&spliced),
        )))
    };
    report("tell the difference", many(&between), floor);
}

/// The floor: the same bytes into a new file, synced.
fn write_and_sync(dir: &Path, text: &[u8]) -> Duration {
    let path = dir.join("floor");
    let time = timed(|| {
        let mut file = File::create(&path).expect("a file");
        file.write_all(text).expect("room for it");
        file.sync_all().expect("a disk");
    });
    fs::remove_file(&path).expect("the file");
    time
}

fn now() -> Now {
    Now {
        today: date(2026, 11, 21),
        stamp: "2026-11-21T00:00:00".to_owned(),
    }
}

fn append(store: &mut Store, journal: &Journal, customer: &str, run: usize) {
    let fields = [
        ("summary", format!("支払条件の相談 {run}")),
        ("channel", "call".to_owned()),
    ];
    let change = Change::Add {
        customer: customer.to_owned(),
        kind: "interaction".to_owned(),
        key: None,
        fields: fields
            .map(|(name, text)| (name.to_owned(), Value::text(&text)))
            .to_vec(),
    };
    store.apply(journal, &[change], &now()).expect("a save");
}

fn edit(store: &mut Store, journal: &Journal, customer: &str, run: usize) {
    let change = Change::Head {
        customer: customer.to_owned(),
        edits: vec![FieldEdit {
            name: "why".to_owned(),
            was: journal.customer(customer).and_then(|c| c.head.value("why")),
            now: Some(Value::text(&format!("来期予算で {run}"))),
        }],
    };
    store.apply(journal, &[change], &now()).expect("a save");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(what: &str, time: Duration, floor: Duration) {
    let ms = time.as_secs_f64() * 1e3;
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<24} {ms:7.2} ms  {ratio:5.1} x the floor");
}
