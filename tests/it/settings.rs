//! The person's settings: what is wrong in them is told with file and line, and the rest works.

use std::ffi::OsString;
use std::fs;

use goodwill::cli::Global;
use goodwill::cli::appearance::chosen;
use goodwill::store::config::Config;
use goodwill::ui::appearance::Appearance;
use goodwill::ui::keymap::{Keymap, Wish};
use goodwill::ui::keys::{Action, Scope};
use goodwill::ui::theme::{Depth, Theme, ThemeName};
use goodwill::ui::widgets::glyphs::Glyphs;

use crate::case::Case;
use crate::pty_stage;
use crate::stage;

/// A person's config file, environment and flags.
#[derive(Default)]
struct Person {
    text: &'static str,
    env: &'static [(&'static str, &'static str)],
    flags: Global,
}

impl Person {
    fn chooses(&self) -> (Appearance, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        if !self.text.is_empty() {
            fs::write(&file, self.text).unwrap();
        }
        let env = |name: &str| {
            let found = self.env.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(found.1))
        };
        let (appearance, problems) = chosen(&self.flags, &Config::read(&file), &env);
        let front = format!("{}/", folder.path().display());
        let told = problems.iter();
        let told = told.map(|problem| problem.to_string().replace(&front, ""));
        (appearance, told.collect())
    }
}

fn told(text: &'static str) -> Vec<String> {
    let person = Person {
        text,
        ..Person::default()
    };
    person.chooses().1
}

fn glyphs(env: &'static [(&'static str, &'static str)]) -> Glyphs {
    let person = Person {
        env,
        ..Person::default()
    };
    person.chooses().0.glyphs
}

/// A theme as it is told apart from others.
fn theme(appearance: &Appearance) -> String {
    format!("{:?}", appearance.theme)
}

fn named(name: ThemeName, depth: Depth) -> String {
    format!("{:?}", Theme::new(name, depth))
}

#[test]
fn without_a_file_it_looks_as_the_terminal_does() {
    let (appearance, told) = Person::default().chooses();
    assert_eq!(
        theme(&appearance),
        named(ThemeName::Terminal, Depth::Sixteen)
    );
    assert_eq!((appearance.glyphs, told.len()), (Glyphs::Unicode, 0));
}

#[test]
fn the_flag_wins_over_the_environment_and_that_over_the_file() {
    let mut person = Person {
        text: "theme = \"dark\"\nglyphs = \"ascii\"\nmouse = \"off\"\n",
        ..Person::default()
    };
    let (appearance, told) = person.chooses();
    assert_eq!(theme(&appearance), named(ThemeName::Dark, Depth::Sixteen));
    assert_eq!((appearance.glyphs, told.len()), (Glyphs::Ascii, 0));
    assert!(appearance.leaves_mouse);

    person.env = &[("GOODWILL_THEME", "light"), ("GOODWILL_GLYPHS", "unicode")];
    let (appearance, _) = person.chooses();
    assert_eq!(theme(&appearance), named(ThemeName::Light, Depth::Sixteen));
    assert_eq!(appearance.glyphs, Glyphs::Unicode);

    person.flags.theme = Some(ThemeName::ColourBlind);
    person.flags.glyphs = Some(Glyphs::Ascii);
    let (appearance, _) = person.chooses();
    let expected = named(ThemeName::ColourBlind, Depth::Sixteen);
    assert_eq!(theme(&appearance), expected);
    assert_eq!(appearance.glyphs, Glyphs::Ascii);
}

#[test]
fn romaji_is_read_unless_it_is_turned_off() {
    let is_off = |text, env| {
        let person = Person {
            text,
            env,
            ..Person::default()
        };
        let (appearance, told) = person.chooses();
        assert_eq!(told.len(), 0);
        appearance.without_romaji
    };
    assert!(!is_off("", &[]));
    assert!(!is_off("romaji = true\n", &[]));
    assert!(is_off("romaji = false\n", &[]));
    assert!(is_off("romaji = \"off\"\n", &[]));
    assert!(is_off("", &[("GOODWILL_ROMAJI", "off")]));
    assert!(!is_off("romaji = false\n", &[("GOODWILL_ROMAJI", "on")]));
    let text = "romaji = 3\n";
    let (_, told) = Person {
        text,
        ..Person::default()
    }
    .chooses();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn colours_are_as_many_as_the_terminal_shows() {
    let depth = |env| {
        let person = Person {
            text: "theme = \"dark\"\n",
            env,
            ..Person::default()
        };
        theme(&person.chooses().0)
    };
    let dark = |depth| named(ThemeName::Dark, depth);
    assert_eq!(depth(&[("TERM", "linux")]), dark(Depth::Sixteen));
    assert_eq!(depth(&[("TERM", "xterm-256color")]), dark(Depth::Indexed));
    assert_eq!(depth(&[("COLORTERM", "truecolor")]), dark(Depth::True));
    assert_eq!(depth(&[("COLORTERM", "24bit")]), dark(Depth::True));
    let none = depth(&[("COLORTERM", "24bit"), ("NO_COLOR", "1")]);
    assert_eq!(none, dark(Depth::None));
}

#[test]
fn a_locale_without_utf_8_gets_ascii_unless_something_else_is_asked_for() {
    assert_eq!(glyphs(&[("LANG", "ja_JP.UTF-8")]), Glyphs::Unicode);
    assert_eq!(glyphs(&[("LANG", "C.utf8")]), Glyphs::Unicode);
    assert_eq!(glyphs(&[("LANG", "ja_JP.eucJP")]), Glyphs::Ascii);
    assert_eq!(glyphs(&[("LANG", "C")]), Glyphs::Ascii);
    let both = &[("LC_ALL", "C.UTF-8"), ("LANG", "C")];
    assert_eq!(glyphs(both), Glyphs::Unicode);
    let asked = &[("LC_ALL", "C"), ("GOODWILL_GLYPHS", "unicode")];
    assert_eq!(glyphs(asked), Glyphs::Unicode);
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_what_there_is() {
    let themes = "there are terminal, light, dark, high-contrast, colour-blind";
    assert_eq!(
        told("journal = \"~/j\"\n\ntheme = \"blue\"\nglyphs = 3\n[colors]\nfg = 1\n"),
        [
            format!("config.toml:3: there is no theme \"blue\" ({themes})"),
            "config.toml:4: `glyphs` is not a word in quotes (there are unicode, ascii)".to_owned(),
            "config.toml:6: no setting is called `colors.fg` (there are journal, glyphs, mouse, romaji, theme and the table keys)"
                .to_owned(),
        ]
    );
    let person = Person {
        env: &[("GOODWILL_THEME", "blue")],
        text: "theme = \"dark\"\n",
        ..Person::default()
    };
    let (appearance, told) = person.chooses();
    assert_eq!(
        told,
        [format!(
            "GOODWILL_THEME: there is no theme \"blue\" ({themes})"
        )]
    );
    assert_eq!(theme(&appearance), named(ThemeName::Dark, Depth::Sixteen));
}

#[test]
fn a_file_that_does_not_parse_is_told_and_nothing_else_stops() {
    for (text, line) in [
        ("theme = \"dark\nglyphs = \"ascii\"\n", 1),
        ("glyphs = \"ascii\"\nglyphs = \"ascii\"\n", 2),
        ("\u{feff}\n\ntheme = dark\n", 3),
    ] {
        let told = told(text);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with(&format!("config.toml:{line}: ")),
            "{told:?}"
        );
    }
}

#[test]
fn commands_tell_it_on_stderr_and_do_what_they_are_asked() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("list").ok().quiet();
    let file = case.home().join(".config/goodwill/config.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "# mine\ntheme = \"drak\"\n").unwrap();
    let ran = case.run("list").ok();
    ran.stdout_has("Acme")
        .stderr_has("config.toml:2: there is no theme \"drak\" (there are ");
    case.run("list --theme drak")
        .code(2)
        .stderr_has("colour-blind");
    case.run("list --glyphs ascii --theme light").ok();
}

#[test]
fn on_screen_it_is_a_notice_and_the_rest_is_followed() {
    let stage = pty_stage::Stage::new().file("acme.toml", "name = \"Acme\"\n");
    let folder = stage.home().join("config/goodwill");
    fs::create_dir_all(&folder).unwrap();
    let text = "theme = \"drak\"\nglyphs = \"ascii\"\nkeys.help = \"X\"\n";
    fs::write(folder.join("config.toml"), text).unwrap();
    // The first key takes the notice away.
    let mut show = stage.start_as_it_is();
    show.shows("there is no theme \"drak\"");
    show.types("2").shows("> Acme");
    show.types("j").shows("X help").hides("drak");
    show.types("X").shows("the customer's page");
}

#[test]
fn a_named_theme_has_a_ground_of_its_own_and_no_color_has_none() {
    let paints = |stage: pty_stage::Stage, colour: &str| {
        let mut show = stage.start();
        show.shows("Acme");
        String::from_utf8_lossy(&show.raw()).contains(colour)
    };
    let stage = || {
        let stage = pty_stage::Stage::new().file("acme.toml", "name = \"Acme\"\n");
        stage.env("GOODWILL_THEME", "dark")
    };
    let ground = "48;2;28;31;38";
    assert!(paints(stage().env("COLORTERM", "truecolor"), ground));
    assert!(!paints(stage(), ground));
    let without = stage().env("COLORTERM", "truecolor").env("NO_COLOR", "1");
    assert!(!paints(without, "48;2;"));
}

#[test]
fn keys_stand_in_a_table_by_the_name_of_their_row() {
    let person = Person {
        text: "\
[keys]
\"page.close\" = [\"x\", \"ctrl-x\"]
page.edit = \"m\"
undo = \"z\"
\"page.clsoe\" = \"y\"
redo = 3

[keys.customers]
new = [\"N\", \"a\"]
",
        ..Person::default()
    };
    let (appearance, told) = person.chooses();
    let footer = appearance.keys.footer(&[Scope::Page, Scope::Customers]);
    for (key, word) in [("x", "close"), ("m", "edit"), ("N", "new"), ("a", "add")] {
        assert!(footer.contains(&(key.to_owned(), word)), "{footer:?}");
    }
    let undo = appearance.keys.shown(Scope::Global, Action::Undo);
    assert_eq!(undo.as_deref(), Some("z"));
    assert_eq!(told.len(), 3, "{told:#?}");
    assert_eq!(
        told[1],
        "config.toml:6: the keys of `redo` are no keys in quotes (write \"redo\" = [\"x\", \"ctrl-x\"])"
    );
    assert!(
        told[0].starts_with("config.toml:5: no key is for `page.clsoe` (there are open, add, "),
        "{told:#?}"
    );
    assert_eq!(
        told[2],
        "config.toml:9: `customers.new` can't have \"a\": it is `customers.add` there \
         (give `customers.add` another key too)"
    );
}

#[test]
fn the_screen_names_and_takes_the_persons_own_keys() {
    let wish = |name: &str, key: &str| Wish {
        name: name.to_owned(),
        keys: vec![key.to_owned()],
        line: 1,
    };
    let wishes = [
        wish("page.close", "x"),
        wish("global.help", "X"),
        wish("add.concern", "z"),
        wish("customers.new", "N"),
    ];
    let mut empty = stage::Stage::new(80, 24).open();
    (empty.app.keys, _) = Keymap::new(&wishes);
    empty
        .says("Press N to write down")
        .says("N new")
        .says("X help");

    let mut stage = stage::Stage::new(80, 24).sample().open();
    (stage.app.keys, _) = Keymap::new(&wishes);
    stage.keys("enter").says("x close").hides("c close");
    stage.keys("j c").hides("done 2026-11-21");
    stage.keys("x").says("done 2026-11-21");
    stage
        .keys("u ?")
        .hides(" keys ")
        .keys("X")
        .says(" x ")
        .says("close what is open");
    stage
        .keys("esc a")
        .says(" z    concern")
        .keys("z")
        .says("concern, アクメ商事");
}

#[test]
fn the_examples_of_the_docs_are_followed() {
    let pages = [
        include_str!("../../README.md"),
        include_str!("../../docs/settings.md"),
    ];
    for page in pages {
        let examples = page.split("```toml\n").skip(1);
        let examples = examples.filter_map(|rest| rest.split("```").next());
        let text = examples.filter(|text| text.contains("[keys]")).last();
        let person = Person {
            text: text.expect("an example"),
            ..Person::default()
        };
        let (appearance, told) = person.chooses();
        assert_eq!(told, [""; 0]);
        let close = appearance.keys.shown(Scope::Page, Action::Close);
        assert_eq!(close.as_deref(), Some("x"));
    }
}
