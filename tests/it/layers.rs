//! Layers point one way: what each of them must not know does not stand in its sources.

use std::fs;
use std::path::Path;

const PURE: &[&str] = &[
    "crate::store",
    "crate::terminal",
    "crate::cli",
    "std::fs",
    "std::process",
    "std::thread",
    "std::env",
    "std::net",
    "::now()",
    "crossterm::terminal",
    "crossterm::execute",
    "Command::new",
    "println!",
];
const MODEL: &[&str] = &["ratatui", "toml::", "toml_parser", "crossterm", "clap"];
const STORE: &[&str] = &[
    "ratatui",
    "clap",
    "crate::ui",
    "crate::cli",
    "crate::terminal",
];

/// The sources of a layer: path and code, comments left out.
fn sources(layer: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let walk = walkdir::WalkDir::new(root.join(layer)).sort_by_file_name();
    let files = walk.into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "rs"));
    files
        .map(|file| {
            let text = fs::read_to_string(file.path()).unwrap();
            let code = text.lines().filter(|line| !line.trim().starts_with("//"));
            let code = code.collect::<Vec<_>>().join("\n");
            // Threads that end before a function does are how it works, not what it does.
            let code = code.replace("std::thread::scope", "");
            (file.path().display().to_string(), code)
        })
        .collect()
}

#[track_caller]
fn knows_none_of(layer: &str, words: &[&str]) {
    let sources = sources(layer);
    assert!(!sources.is_empty(), "no sources in {layer}");
    for (path, code) in sources {
        for word in words {
            assert!(!code.contains(word), "{path} must not know {word}");
        }
    }
}

#[test]
fn the_model_and_the_screens_are_pure() {
    knows_none_of("model", PURE);
    knows_none_of("model", MODEL);
    knows_none_of("model", &["crate::ui"]);
    knows_none_of("ui", PURE);
}

#[test]
fn the_store_does_not_know_how_anything_looks() {
    knows_none_of("store", STORE);
}

#[test]
fn no_file_is_too_long_to_be_read() {
    for (path, _) in sources("") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(
            lines <= 600,
            "{path} has {lines} lines: find what is two things in it"
        );
    }
}
