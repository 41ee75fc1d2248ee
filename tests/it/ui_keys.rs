//! Every key of the table is typed where it means something, and does something there.

use goodwill::ui::keys::{Action, BINDINGS, Binding, Scope};
use goodwill::ui::msg::Msg;

use crate::screens_git;
use crate::stage::{Stage, key};
use crate::ui_drafts::lost;
use crate::ui_sides::{draft_of_what_is_gone, two_fields_by_both};

/// How one comes to the place of a key, in a state in which the key has something to do.
fn way_to(binding: &Binding) -> &'static str {
    match (binding.scope, binding.action) {
        (Scope::Today, Action::Back) => "1 tab",
        (Scope::Today, _) => "1",
        (Scope::Customers, Action::Back) => "f <e> enter",
        (Scope::Customers, _) => "",
        (Scope::Page, Action::PrevTab | Action::NextTab) => "enter",
        (Scope::Page, _) => "enter",
        (Scope::Entry, _) => "enter enter",
        (Scope::Timeline, Action::Back | Action::ClearFilter) => "3 f <e> enter",
        (Scope::Timeline, _) => "3",
        (Scope::Lanes, Action::ClearFilter) => "3 f <e> enter v",
        (Scope::Lanes, Action::CellAfter) => "3 v left",
        (Scope::Lanes, _) => "3 v",
        (Scope::Playbook, Action::Back) => "4 f <e> enter",
        (Scope::Playbook, _) => "4",
        (Scope::Search, Action::Up | Action::PageUp) => "/ <a> pgdn pgdn",
        (Scope::Search, Action::Complete) => "/ <kin>",
        (Scope::Search, Action::CompleteBack) => "/ <kind:> tab",
        (Scope::Search, Action::Recall) => "/ <支払> enter esc / <a>",
        (Scope::Search, _) => "/ <a>",
        (Scope::Time, Action::Today) => "3 G",
        (Scope::Time, Action::LongerPeriod) => "3 -",
        (Scope::Time, Action::Later) => "3 <",
        (Scope::Time, _) => "3",
        (Scope::Add, _) => "a",
        (Scope::Copy, Action::CopyAddresses) => "f <acme> enter enter [ [ y",
        (Scope::Copy, _) => "enter y",
        (Scope::Form, Action::Save) => "a i <支払>",
        (Scope::Form, _) => "a i",
        (Scope::Note, Action::Save) => "a i <支払> shift-tab",
        (Scope::Note, _) => "a i shift-tab",
        (Scope::Find, _) => "a i shift-tab <見積、見積、見積> ctrl-f <見積>",
        (Scope::Line, _) => "f <a>",
        (Scope::Palette, _) => ":",
        (Scope::Confirm, _) => "enter D",
        // A draft is found there.
        (Scope::Offer, _) => "",
        (Scope::Day, _) => "3 @",
        (Scope::Snooze, _) => "1 z",
        // The form is refused there.
        (Scope::Sides, _) => "",
        // Git has to say something there.
        (Scope::Sync | Scope::Clashes | Scope::Value | Scope::Past, _) => "",
        (Scope::Reader, _) => "?",
        (Scope::Problems, _) => "!",
        (Scope::Brief, _) => "b",
        // In the middle of a long page every move has somewhere to go.
        (Scope::Rows, _) => "enter G K K",
        (Scope::Global, Action::JumpBack) => "enter enter",
        (Scope::Global, Action::JumpForth) => "enter enter ctrl-o",
        (Scope::Global, Action::Customers) => "enter",
        (Scope::Global, Action::Redo) => "a i <支払> enter u",
        (Scope::Global, Action::Undo) => "a i <支払> enter",
        (Scope::Global, _) => "",
    }
}

/// At the place of a key: the sample, with a broken file where problems are looked at.
fn at(binding: &Binding) -> Stage {
    let stage = Stage::new(80, 24).sample();
    let mut stage = match binding.scope {
        Scope::Sides => return two_fields_by_both(),
        Scope::Sync | Scope::Clashes | Scope::Value | Scope::Past => {
            return screens_git::at(binding.scope);
        }
        Scope::Offer if binding.action == Action::Add => return draft_of_what_is_gone(),
        Scope::Problems => stage.file("broken.toml", "name = \"open\n").open(),
        _ => stage.open(),
    };
    if binding.scope == Scope::Offer {
        stage.tell(Msg::Drafts(vec![lost("a i <支払>")]));
    }
    stage.keys(way_to(binding));
    stage
}

#[test]
fn every_key_of_the_table_does_something_where_it_says_so() {
    for binding in BINDINGS {
        for name in binding.keys {
            let mut stage = at(binding);
            assert!(
                stage.app.scopes().contains(&binding.scope),
                "{:?} is not where {:?} leads: {:?}",
                binding.scope,
                way_to(binding),
                stage.app.scopes()
            );
            let (before, asked) = (stage.screen(), stage.effects().len());
            stage.press(key(name));
            let changed = stage.screen() != before || stage.effects().len() > asked;
            assert!(
                changed,
                "{name} in {:?} does nothing on\n{before}",
                binding.scope
            );
        }
    }
}

#[test]
fn full_width_letters_of_an_input_method_act_as_commands_outside_of_fields() {
    let wide = |name: &str| {
        let letter = name.chars().next().filter(|_| name.chars().count() == 1)?;
        char::from_u32(u32::from(letter) + 0xFEE0).filter(|_| letter.is_ascii_graphic())
    };
    for binding in BINDINGS {
        for letter in binding.keys.iter().filter_map(|name| wide(name)) {
            let screens = [letter, char::from_u32(u32::from(letter) - 0xFEE0).unwrap()].map(|c| {
                let mut stage = at(binding);
                stage.press(key(&c.to_string()));
                stage.screen()
            });
            assert_eq!(screens[0], screens[1], "{letter} in {:?}", binding.scope);
        }
    }
}

/// Types every printable key of the table into the focused field; each is there afterwards.
#[track_caller]
fn takes_every_letter(stage: &mut Stage, place: &str) {
    let keys = BINDINGS.iter().flat_map(|binding| binding.keys).copied();
    let letters = keys.filter(|name| name.chars().count() == 1);
    let all: Vec<&str> = letters
        .chain(["@", "/", ":", "<", "ｊ", "？", "件"])
        .collect();
    for some in all.chunks(20) {
        stage.keys("ctrl-u");
        for letter in some {
            stage.press(key(letter));
        }
        let before = stage.before_cursor();
        assert!(
            before.ends_with(&some.concat()),
            "{place} has not all of {some:?}:\n{}",
            stage.screen()
        );
    }
    stage.keys("ctrl-u");
}

#[test]
fn no_text_field_loses_a_printable_key_to_a_command() {
    for kind in ["i", "c", "n", "w", "p", "k", "f", "h", "d", "o"] {
        let mut stage = Stage::new(80, 24).sample().open();
        stage.keys("enter a").keys(kind);
        for at in 0..18 {
            takes_every_letter(&mut stage, &format!("field {at} of {kind}"));
            stage.keys("tab");
        }
    }
    for way in [
        "n", "e", "R", "f", ":", "/", "enter R", "enter f", "enter e",
    ] {
        let mut stage = Stage::new(80, 24).sample().open();
        stage.keys(way);
        takes_every_letter(&mut stage, way);
    }
    takes_every_letter(&mut Stage::new(80, 24).first(), "the first start");
}
