//! Windows that change their size while somebody types.

use rustix::process::Signal;

use crate::child::Dice;
use crate::pty_stage::{Show, Stage};

const SIZES: [(u16, u16); 12] = [
    (1, 1),
    (2, 2),
    (5, 3),
    (40, 12),
    (80, 24),
    (79, 23),
    (200, 50),
    (300, 1),
    (1, 300),
    (1_000, 1_000),
    (65_535, 1),
    (65_535, 65_535),
];

fn stage() -> Stage {
    Stage::new()
        .file("minato.toml", "name = \"港屋商店\"\n")
        .file("aoi.toml", "name = \"葵工房\"\n")
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("▸ 港屋商店");
    show
}

#[test]
fn a_storm_of_sizes_loses_no_letter_and_ends_in_a_right_picture() {
    let stage = stage();
    let (mut show, mut calm) = (opened(&stage), opened(&stage));
    let mut dice = Dice::new();
    for show in [&mut show, &mut calm] {
        show.types("ac\x1b[Z").shows("as long as you like");
    }
    let mut typed = String::new();
    for round in 0..500 {
        let at = dice.below(SIZES.len() as u64);
        // The huge ones now and then: each costs as much as a hundred of the others.
        let at = if at > 8 && round % 50 > 0 { at - 6 } else { at };
        let (columns, rows) = SIZES[usize::try_from(at).unwrap()];
        show.resize(columns, rows);
        let word = ["支", "払", "は\r", "a", "、"][round % 5];
        show.types(word);
        typed += word;
    }
    show.resize(80, 24).types("終").cursor_between("終", " ");
    calm.types(&typed).types("終").cursor_between("終", " ");
    let picture = |show: &Show| -> Vec<String> {
        let text = show.text();
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_eq!(picture(&show), picture(&calm));
    show.types("\t")
        .shows("▸ said")
        .types("storm\x13")
        .shows("concern added: storm");
    let note = typed.replace('\r', "\n") + "終";
    assert!(stage.read("minato.toml").contains(&note));
    show.types("qq").ends_with(0);
}

#[test]
fn every_screen_and_dialog_lives_through_every_size() {
    let stage = stage();
    let mut show = opened(&stage);
    for (way, shown) in [
        ("", "Customers 2"),
        ("?", "Esc close"),
        ("!", "No problems"),
        ("a", "interaction: a call"),
        (":", "what to do, or a customer"),
        ("R", "rename"),
        ("\r", "Win/lose"),
    ] {
        show.types(way).shows(shown);
        for (columns, rows) in SIZES.into_iter().take(9) {
            show.resize(columns, rows).types("\x1b[B\x1b[A");
        }
        show.resize(80, 24).shows(shown);
        if !way.is_empty() {
            show.types("\x1b").hides(shown);
        }
    }
    show.types("q").ends_with(0);
}

#[test]
fn a_storm_does_not_hide_a_signal() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ai支払").cursor_between("支払", " ");
    for round in 0..100 {
        let (columns, rows) = SIZES[round % 8];
        show.resize(columns, rows);
    }
    show.signal(Signal::TERM);
    show.resize(80, 24);
    show.ends_with(143);
    let mut show = stage.start();
    show.shows("typed and not saved").shows("支払");
}
