//! The screens that git has to do with: where the journal stands, the sync, what both sides
//! changed, an entry's past.

use goodwill::model::change::FieldEdit;
use goodwill::model::clash::{Clash, Hand, Unsettled};
use goodwill::model::kind::Kind;
use goodwill::model::merge::Conflict;
use goodwill::model::past::{HERE, Past, Sort};
use goodwill::model::standing::Standing;
use goodwill::model::value::Value;
use goodwill::ui::keys::Scope;
use goodwill::ui::msg::{Effect, Msg};

use crate::screens_contents::{Content, KEY, MAIN};
use crate::screens_table::{Screen, Start, screen};
use crate::small_journal::two_customers;
use crate::stage::Stage;

/// Those that stand in a place.
pub fn places() -> Vec<Screen> {
    let list = |name: &str| screen(name, Start::List, "");
    vec![
        list("standing").then(|stage, content| stands(stage, &standing(content))),
        list("standing-quiet").then(|stage, _| {
            let standing = Standing {
                branch: Some("main".to_owned()),
                upstream: Some("origin/main".to_owned()),
                ..Standing::default()
            };
            stands(stage, &standing);
        }),
        list("standing-unmerged").then(|stage, content| {
            let mut standing = standing(content);
            standing.unmerged = vec![format!("{MAIN}.toml"), "zeta.toml".to_owned()];
            stands(stage, &standing);
        }),
    ]
}

/// Dialogs.
pub fn dialogs() -> Vec<Screen> {
    let list = |name: &str| screen(name, Start::List, "");
    let concern = |name: &str, keys: &str| screen(name, Start::Entry(Kind::Concern), keys);
    vec![
        list("sync").then(|stage, content| {
            stands(stage, &standing(content));
            stage.keys("S");
        }),
        list("sync-alone").then(|stage, _| {
            stands(stage, &Standing::default());
            stage.keys("S");
        }),
        list("clashes-asked").then(ask),
        list("clashes").then(|stage, content| clashes(stage, content, 1)),
        list("clashes-many").then(|stage, content| {
            clashes(stage, content, 4);
            stage.keys("t n m");
        }),
        list("clashes-notes").then(|stage, content| {
            clashes(stage, content, 4);
            stage.keys("p p");
        }),
        list("clashes-typed").then(|stage, content| {
            clashes(stage, content, 2);
            stage.keys("e").paste(content.words());
        }),
        list("clashes-typed-notes").then(|stage, content| {
            clashes(stage, content, 4);
            stage.keys("p p e").paste(content.words());
        }),
        list("clashes-by-hand").then(|stage, content| {
            clashes(stage, content, 4);
            stage.keys("p");
        }),
        list("clashes-done").then(|stage, content| {
            ask(stage, content);
            stage.tell(Msg::Unsettled(Ok(Vec::new())));
        }),
        concern("past-asked", "H"),
        concern("past", "H").then(|stage, content| told(stage, Ok(past(content)))),
        concern("past-end", "H").then(|stage, content| {
            told(stage, Ok(past(content)));
            stage.keys("G");
        }),
        concern("past-none", "H").then(|stage, _| told(stage, Ok(Vec::new()))),
        screen("past-of-head", Start::List, "").then(|stage, content| {
            stage.keys("H");
            told(stage, Ok(past(content)));
        }),
    ]
}

/// In a place that git has to do with, where its keys have something to do.
pub fn at(scope: Scope) -> Stage {
    let mut stage = two_customers();
    let content = Content::One;
    match scope {
        Scope::Past => {
            stage.keys("enter enter H");
            told(&mut stage, Ok(past(content)));
        }
        Scope::Sync => {
            stands(&mut stage, &standing(content));
            stage.keys("S");
        }
        _ => {
            clashes(&mut stage, content, 2);
            stage.keys("n");
        }
    }
    if scope == Scope::Value {
        stage.keys("e");
    }
    stage
}

/// Git says so.
pub fn stands(stage: &mut Stage, standing: &Standing) {
    stage.tell(Msg::Standing(Ok(standing.clone())));
}

/// Something of each sort waits.
pub fn standing(content: Content) -> Standing {
    let branch = match content {
        Content::Hostile => content.words(),
        _ => "main",
    };
    Standing {
        branch: Some(branch.to_owned()),
        upstream: Some(format!("origin/{branch}")),
        ahead: 2,
        behind: 1,
        changed: vec![
            format!("{MAIN}.toml"),
            "not-there.toml".to_owned(),
            format!("{}.toml", content.words()),
        ],
        unmerged: Vec::new(),
    }
}

fn ask(stage: &mut Stage, content: Content) {
    let mut standing = standing(content);
    standing.unmerged = vec![format!("{MAIN}.toml")];
    stands(stage, &standing);
    stage.keys("S");
}

fn clashes(stage: &mut Stage, content: Content, count: usize) {
    ask(stage, content);
    stage.tell(Msg::Unsettled(Ok(unsettled(content, count))));
}

/// So many things to decide, at most four: a word, a line, notes, and a file of its own that can't
/// be decided by field.
fn unsettled(content: Content, count: usize) -> Vec<Unsettled> {
    let words = content.words();
    let hand = |who: &str, when: &str, branch: &str| Hand {
        who: who.to_owned(),
        when: when.to_owned(),
        branch: branch.to_owned(),
    };
    let name = match content {
        Content::Hostile => words,
        Content::Japanese => "山田 花子",
        _ => "Hana Yamada",
    };
    let clash = |table: &[&str], field: &str, [base, ours, theirs]: [Option<&str>; 3]| Clash {
        table: table.iter().map(|&part| part.to_owned()).collect(),
        conflict: Conflict {
            field: field.to_owned(),
            base: base.map(Value::text),
            ours: ours.map(Value::text),
            theirs: theirs.map(Value::text),
        },
    };
    let concern = ["concern", KEY];
    let notes = |line: &str| format!("one\ntwo\nthree\nfour\n{line}\n{words}");
    let (here, there) = (notes("five here"), notes("five there\nand six"));
    let all = [
        clash(
            &concern,
            "status",
            [Some("open"), Some("answered"), Some("gone")],
        ),
        clash(
            &concern,
            "said",
            [
                Some("before"),
                Some(words),
                Some(&format!("{words} {words}")),
            ],
        ),
        clash(
            &concern,
            "notes",
            [Some(&notes("five")), Some(&here), Some(&there)],
        ),
    ];
    let file = Unsettled {
        customer: MAIN.to_owned(),
        here: hand(name, "2026-11-21", "main"),
        there: hand("Ken Sato", "2026-11-20", "origin/main"),
        clashes: all.into_iter().take(count).collect(),
        hindrance: None,
    };
    let by_hand = Unsettled {
        customer: "zeta".to_owned(),
        clashes: Vec::new(),
        hindrance: Some(format!(
            "ours does not parse, line 3: {words}; put it right by hand"
        )),
        ..file.clone()
    };
    [file, by_hand].into_iter().take(1 + count / 4).collect()
}

/// The past that was asked for last is this.
pub fn told(stage: &mut Stage, past: Result<Vec<Past>, String>) {
    let asked = stage
        .effects()
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::Past { ticket, .. } => Some(*ticket),
            _ => None,
        });
    // Where there is no customer nothing is asked.
    if let Some(ticket) = asked {
        stage.tell(Msg::Past { ticket, past });
    }
}

/// Made, changed twice, moved, and changed on this machine.
pub fn past(content: Content) -> Vec<Past> {
    let words = content.words();
    let change = |field: &str, was: Option<&str>, now: Option<&str>| FieldEdit {
        name: field.to_owned(),
        was: was.map(Value::text),
        now: now.map(Value::text),
    };
    let step = |when: &str, via: &str, sort: Sort, changes: Vec<FieldEdit>| Past {
        when: when.to_owned(),
        who: match content {
            Content::Hostile => words.to_owned(),
            Content::Japanese => "山田 花子".to_owned(),
            _ => "Hana Yamada".to_owned(),
        },
        via: via.to_owned(),
        sort,
        changes,
    };
    let notes = format!("one\ntwo\nthree\nfour\n{words}");
    vec![
        step(
            "2026-11-21 09:12",
            HERE,
            Sort::Changed,
            vec![
                change("status", Some("open"), Some("answered")),
                change("answer", None, Some(words)),
            ],
        ),
        step(
            "2026-11-18 17:40",
            "3f2a9c1",
            Sort::Moved,
            vec![change("customer", Some("zeta"), Some(MAIN))],
        ),
        step(
            "2026-11-16 08:05",
            "90ab12c",
            Sort::Changed,
            vec![
                change("said", Some("before"), Some(words)),
                change("notes", Some("one\ntwo\nthree\nfour"), Some(&notes)),
            ],
        ),
        step(
            "2026-11-15 11:30",
            "77e01d4",
            Sort::Made,
            vec![
                change("date", None, Some("2026-11-15")),
                change("said", None, Some("before")),
                change("status", None, Some("open")),
                change("notes", None, Some("one\ntwo\nthree\nfour")),
            ],
        ),
    ]
}
