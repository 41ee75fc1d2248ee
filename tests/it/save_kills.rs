//! A program that saves and saves, and is killed at a random moment.

use std::fmt::Write;
use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::time::{Duration, SystemTime};

use goodwill::store::disk::RealDisk;
use goodwill::store::save::{save, sweep};

use crate::child::{self, Dice};
use crate::save::conflict;

/// The `number`-th version of the file: some 20 KB in which every line tells its version.
fn version(number: u64) -> Vec<u8> {
    let mut text = format!("version = {number}\n");
    for line in 0..800 + number % 100 {
        writeln!(text, "# line {line} of {number}").unwrap();
    }
    text.into_bytes()
}

/// Which version these bytes are, if they are one in full.
fn whole(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let number = text
        .lines()
        .next()?
        .strip_prefix("version = ")?
        .parse()
        .ok()?;
    (version(number) == bytes).then_some(number)
}

/// The child: saves one version after the other, and tells after each.
#[test]
fn saves_for_ever() {
    let Some(folder) = child::task("save_kills::saves_for_ever") else {
        return;
    };
    let root = Path::new(&folder);
    let path = root.join("acme.toml");
    let mut base = fs::read(&path).unwrap();
    let first = whole(&base).unwrap() + 1;
    for number in first..first + 100_000 {
        let saved = save(
            &RealDisk,
            root,
            &path,
            Some(&base),
            &version(number),
            &mut conflict,
        );
        base = saved.unwrap().bytes;
        child::tell(&number.to_string());
    }
}

#[test]
fn a_kill_tears_no_file_and_takes_back_no_save() {
    let kills = if child::is_campaign() { 10_000 } else { 1_000 };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.toml");
    fs::write(&path, version(0)).unwrap();
    let (mut dice, mut acknowledged, mut unfinished, mut leftovers) = (Dice::new(), 0, 0, 0);
    for kill in 0..kills {
        let mut child = child::start("save_kills::saves_for_ever", folder.path().as_os_str());
        let mut pipe = BufReader::new(child.stdout.take().unwrap());
        let last = child::hear(&mut pipe).unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(6_000)));
        child.kill().unwrap();
        let last = std::iter::from_fn(|| child::hear(&mut pipe))
            .last()
            .unwrap_or(last);
        child.wait().unwrap();
        let last: u64 = last.parse().unwrap();
        let bytes = fs::read(&path).unwrap();
        let found = whole(&bytes).unwrap_or_else(|| panic!("torn by kill {kill}"));
        assert!(
            found == last || found == last + 1,
            "kill {kill}: {found}, but {last} was saved"
        );
        acknowledged = found;
        unfinished += found - last;
        if kill % 50 == 49 {
            let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
            let swept = sweep(&RealDisk, folder.path(), later).unwrap();
            assert!(swept.rescued.is_empty(), "nobody else wrote: {swept:?}");
            leftovers += swept.removed;
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }
    println!(
        "{kills} kills in {acknowledged} saves: 0 torn, 0 lost; {unfinished} between swap and answer, \
         {leftovers} temporary files swept"
    );
}
