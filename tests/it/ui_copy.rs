//! What `y` and a letter copy.

use goodwill::ui::msg::Effect;

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"
site = \"https://acme.example/\"

# Said twice.
[concern.2026-11-20]
said = \"支払は\\u001B[2J分割で\"  # on the phone
notes = \"\"\"
山田さん（yamada@acme.example）と
https://acme.example/terms を見る。
\"\"\"

[interaction.2026-11-01]
summary = \"a call\"
";

fn stage() -> Stage {
    Stage::new(80, 24).file("acme.toml", ACME).open()
}

#[track_caller]
fn copies(keys: &str) -> String {
    let mut stage = stage();
    stage.keys(keys);
    let Some(Effect::Copy(text)) = stage.effects().last() else {
        panic!("{keys} copies nothing\n{}", stage.screen());
    };
    let text = text.clone();
    stage.says("copied: ");
    text
}

#[test]
fn of_an_entry() {
    for way in ["enter", "enter enter"] {
        let copies = |letter: &str| copies(&format!("{way} y {letter}"));
        let block = ACME.split_once("# Said").unwrap().1;
        let block = block.split_once("\n[interaction").unwrap().0;
        assert_eq!(copies("y"), format!("# Said{block}"));
        assert_eq!(copies("f"), "支払は\u{1b}[2J分割で");
        assert_eq!(copies("p"), "acme.toml:5");
        assert_eq!(copies("i"), "acme:concern.2026-11-20");
        assert_eq!(
            copies("o"),
            "yamada@acme.example\nhttps://acme.example/terms"
        );
    }
}

#[test]
fn of_a_customer() {
    let head = ACME.split_once("\n# Said").unwrap().0;
    assert_eq!(copies("y y"), head);
    assert_eq!(copies("y f"), "アクメ商事");
    assert_eq!(copies("y p"), "acme.toml");
    assert_eq!(copies("y i"), "acme");
    assert_eq!(copies("y o"), "https://acme.example/");
}

#[test]
fn it_is_said_what_was_copied_and_what_not() {
    let mut stage = stage();
    stage.keys("enter y f").says("copied: 支払は␛[2J分割で");
    stage
        .keys("y o")
        .says("copied: yamada@acme.example and one more line");
    stage.keys("j y o").says("no mail address and no link here");
    stage
        .keys("y")
        .says("the main field")
        .keys("esc")
        .hides("the main field");
    assert_eq!(stage.effects().len(), 2);

    let long = format!("name = \"Long\"\nnotes = \"{}\"\n", "x".repeat(70 << 10));
    let mut stage = Stage::new(80, 24).file("long.toml", &long).open();
    stage
        .keys("y y")
        .says("70 KiB are too much")
        .says("E opens");
    assert!(!matches!(stage.effects().last(), Some(Effect::Copy(_))));
}

#[test]
fn what_is_gone_meanwhile_is_said() {
    let mut stage = stage();
    stage.keys("enter y");
    stage.write("acme.toml", "name = \"アクメ商事\"\n");
    stage
        .keys("y")
        .says("acme.toml has no lines of its own for that");
    stage.keys("y");
    stage.reload();
    stage.keys("p").says("concern.2026-11-20 is gone");
}

#[test]
fn a_broken_file_can_be_copied_from() {
    let mut stage = Stage::new(80, 24)
        .file("acme.toml", &ACME.replace("a call\"", "a call"))
        .open();
    stage
        .keys("enter y i")
        .says("copied: acme:concern.2026-11-20");
}
