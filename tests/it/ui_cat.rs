//! A cat on the keyboard: whatever keys come in whatever order, the program stands, and all that
//! was written can be taken back.

use std::collections::BTreeMap;

use goodwill::store::sample::FILES;
use goodwill::store::syntax::strict_problems;
use goodwill::ui::keys::BINDINGS;
use goodwill::ui::msg::Effect;

use crate::stage::{Stage, key};

const WORDS: &[&str] = &[
    "<支払は分割なら>",
    "<fri>",
    "<120万>",
    "<pay>",
    "<a \"quoted\" \\ word>",
    "<acme>",
    "ctrl-u",
    "bs",
    "ctrl-s",
    "enter",
    "tab",
    "y",
];

/// Numbers that look random, the same for the same seed.
fn numbers(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    }
}

fn files(stage: &Stage) -> BTreeMap<String, String> {
    let texts = stage.files().into_iter();
    texts
        .map(|name| (name.clone(), stage.text(&name)))
        .collect()
}

#[test]
fn a_cat_on_the_keyboard_breaks_nothing_that_undo_does_not_mend() {
    let names: Vec<&str> = BINDINGS.iter().flat_map(|b| b.keys).copied().collect();
    let mut saves = 0;
    for seed in 1..=6 {
        let mut next = numbers(seed);
        let mut stage = Stage::new(80, 24).sample().open();
        let before = files(&stage);
        assert_eq!(
            before.len(),
            FILES.len() - 2,
            "hidden files are not customers"
        );
        for _ in 0..500 {
            match next(10) {
                0 => drop(stage.resize([0, 1, 40, 80, 120][next(5)], [0, 3, 12, 24, 40][next(5)])),
                1..=4 => drop(stage.keys(WORDS[next(WORDS.len())])),
                _ => drop(stage.press(key(names[next(names.len())]))),
            }
            let area = stage.buffer().area;
            assert!(stage.cursor().is_none_or(|at| area.contains(at)), "{seed}");
        }
        for (name, text) in files(&stage) {
            let key = name.trim_end_matches(".toml");
            assert_eq!(strict_problems(key, &text), [], "{name} of {seed}");
        }
        let is_save = |effect: &&Effect| matches!(effect, Effect::Save { .. });
        saves += stage.effects().iter().filter(is_save).count();
        stage.resize(120, 40);
        for _ in 0..8 {
            let way_out = if stage.screen().contains("Throw away") {
                "y"
            } else {
                "esc"
            };
            stage.keys(way_out);
        }
        for _ in 0..400 {
            stage.keys("u");
        }
        stage.says("nothing to undo");
        assert_eq!(files(&stage), before, "seed {seed}");
    }
    assert!(saves > 20, "the cat saved only {saves} times");
}
