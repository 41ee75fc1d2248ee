//! The list keeps what it worked out, and still says what a fresh look would say.

use std::fmt::Write as _;
use std::sync::Arc;

use goodwill::model::journal::Journal;
use goodwill::model::settings::Settings;
use goodwill::store::read::read_customer;
use goodwill::ui::msg::Msg;
use proptest::prelude::*;

use crate::stage::Stage;

/// Turns of somebody's hands over files and keys.
#[derive(Clone, Debug)]
enum Turn {
    /// A customer's file says this now.
    Write(u8, u8),
    Remove(u8),
    Keys(&'static str),
    Tomorrow,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        4 => (0..12u8, any::<u8>()).prop_map(|(who, what)| Turn::Write(who, what)),
        1 => (0..12u8).prop_map(Turn::Remove),
        4 => prop::sample::select(vec!["s", "f", "<a>", "<ｂ>", "< 会>", "bs", "enter", "esc", "j", "G"])
            .prop_map(Turn::Keys),
        1 => Just(Turn::Tomorrow),
    ];
    prop::collection::vec(turn, 1..40)
}

fn key(who: u8) -> String {
    let folder = ["", "", "old/", "archive/"][usize::from(who % 4)];
    format!("{folder}c{who}")
}

fn text(what: u8) -> String {
    let names = ["ab 会社", "Bah", "ａｂｃ", "会議室"];
    let mut text = format!("name = \"{}\"\n", names[usize::from(what % 4)]);
    if what.is_multiple_of(7) {
        text += "ourselves = true\n";
    }
    let day = what % 28 + 1;
    let _ = write!(
        text,
        "\n[promise.2026-10-01-a]\nby = \"us\"\nwhat = \"x\"\ndue = 2026-11-{day:02}\n"
    );
    let _ = write!(
        text,
        "\n[deal.d]\nstatus = \"won\"\nclosed = 2026-01-01\nvalue = {what}\n"
    );
    let _ = write!(
        text,
        "\n[interaction.2026-{:02}-01-b]\nsummary = \"x\"\n",
        what % 11 + 1
    );
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_a_fresh_look_would_say(turns in turns()) {
        let mut stage = Stage::new(120, 20).open();
        let mut journal = Journal::new(Vec::new(), Settings::default());
        let mut day = stage.app.today;
        for turn in turns {
            match turn {
                Turn::Keys(keys) => {
                    stage.keys(keys);
                }
                Turn::Tomorrow => {
                    day = day.tomorrow().unwrap();
                    stage.tell(Msg::Today(day));
                }
                Turn::Write(..) | Turn::Remove(_) => {
                    let (who, read) = match turn {
                        Turn::Write(who, what) => (who, Some(read_customer(&key(who), &text(what)).customer)),
                        Turn::Remove(who) => (who, None),
                        _ => unreachable!(),
                    };
                    journal = journal.with(&key(who), read);
                    let journal = Arc::new(journal.clone());
                    stage.tell(Msg::Changed { journal, problems: Vec::new(), customers: vec![key(who)] });
                }
            }
        }
        let kept = stage.app.customers.rows.clone();
        let counts = stage.app.customers.roll.counts();
        let screen = stage.screen();
        stage.app.customers.roll = Default::default();
        stage.tell(Msg::Resize(120, 20));
        prop_assert_eq!(&kept, &stage.app.customers.rows);
        prop_assert_eq!(counts, stage.app.customers.roll.counts());
        prop_assert_eq!(screen, stage.screen());
    }
}

#[test]
fn a_changed_customer_moves_to_its_new_place_and_takes_the_selection_along() {
    let mut stage = Stage::new(80, 24)
        .file("a.toml", "name = \"Aoi\"\n")
        .file("b.toml", "name = \"Beni\"\n")
        .file("c.toml", "name = \"Cha\"\n")
        .open();
    stage.keys("s j").says("▸ Beni");
    stage.write("b.toml", "name = \"Zen\"\n");
    stage.reload().says("▸ Zen");
    assert!(stage.row(5).starts_with("▸ Zen"), "{}", stage.screen());
    stage.keys("f <z>").says("Customers 1 of 3");
    stage.write("a.toml", "name = \"Mizu\"\n");
    stage.reload().says("Customers 2 of 3").says("Mizu");
}

#[test]
fn words_of_an_entry_that_others_changed_are_found_at_once() {
    let call = "[interaction.2026-11-20-a]\nsummary = \"一括払い\"\n";
    let mut stage = Stage::new(80, 24).file("a.toml", call).open();
    stage.keys("enter f <月額>").says("Nothing fits");
    stage.replace("a.toml", "一括払い", "月額払い");
    stage.reload().hides("Nothing fits").says("月額払い");
}

#[test]
fn what_is_due_what_is_open_and_where_they_stand_is_told_without_colours() {
    let promise = |due: &str| {
        format!(
            "status = \"prospect\"\n\n[promise.2026-11-01-a]\nby = \"us\"\nwhat = \"x\"\ndue = {due}\n\n[concern.2026-11-15-b]\nsaid = \"y\"\n"
        )
    };
    for (width, ascii) in [(40, false), (40, true), (80, false), (120, false)] {
        let mut stage = Stage::new(width, 12)
            .file("due.toml", &promise("2026-11-21"))
            .file("open.toml", &promise("2027-01-01"))
            .file(
                "gone.toml",
                "name = \"とても長い名前の工業株式会社です\"\nstatus = \"not-now\"\n",
            );
        if ascii {
            stage = stage.ascii();
        }
        let stage = stage.open();
        let row = |name: &str| {
            let screen = stage.screen();
            let rows = screen.lines().map(|row| row.split('│').next().unwrap());
            rows.map(str::trim_end)
                .find(|row| row.contains(name))
                .unwrap()
                .to_owned()
        };
        assert!(row("due ").ends_with("! 1"), "{}", stage.screen());
        let open = if ascii { "o 1" } else { "◦ 1" };
        assert!(row("open ").ends_with(open), "{}", stage.screen());
        assert!(row("とて").contains("not-now"), "{}", stage.screen());
    }
}

#[test]
fn the_columns_of_a_broken_customer_stand_where_those_of_the_others_do() {
    let mut stage = Stage::new(80, 24)
        .file("acme.toml", "name = \"Acme\"\nstatus = \"prospect\"\n")
        .file(
            "b.toml",
            "name = \"B\"\nstatus = \"prospect\"\nwhy = \"open\n",
        )
        .open();
    for width in [80, 200] {
        stage.resize(width, 24).says("? broken");
        let screen = stage.screen();
        let before = |row: &str| {
            let list = row.split('│').next()?;
            Some(list.split_once("prosp")?.0.chars().count())
        };
        let columns: Vec<usize> = screen.lines().filter_map(before).collect();
        assert!(columns.windows(2).all(|two| two[0] == two[1]), "{screen}");
        assert!(columns.len() > 1, "{screen}");
    }
}
