//! What Tab puts in.

use proptest::prelude::*;

use super::READING;
use super::finds::customer;
use crate::model::entry::Fields;
use crate::model::search::query::{Completed, Known, Offers, complete};
use crate::model::settings::Settings;
use crate::model::value::Value;

/// A journal with words of its own.
fn known() -> Known {
    let customers = [
        customer(
            "acme",
            "name = アクメ商事 / reading = あくめしょうじ / tags = osaka; retail",
            &[
                (
                    "contact.yamada",
                    "name = 山田 花子 / reading = やまだ はなこ",
                ),
                ("deal.web-renewal", "title = ECサイト更改"),
                (
                    "interaction.1",
                    "channel = 立ち話 / with = Bob; 山田 花子 / tags = urgent; retail",
                ),
                ("visit.1", "with = Bob; Bob"),
            ],
        ),
        customer("archive/cobalt", "name = Cobalt Studio", &[]),
    ];
    let words = vec![("negotiation.lever".into(), Value::texts(["coffee"]))];
    let settings = Settings {
        fields: Fields::from([("words", Value::Table(words))]),
    };
    Known::of(&customers, &settings)
}

/// What is offered where `|` stands in the line.
fn offered(line: &str) -> Vec<(String, Completed)> {
    let cursor = line.find('¦').unwrap();
    let line = line.replace('¦', "");
    let known = known();
    let words = |typed: &str| {
        let words = ["invoice", "支払", "kindly"];
        let words = words.into_iter().filter(|word| word.starts_with(typed));
        words.map(str::to_owned).collect()
    };
    let offers = Offers {
        known: &known,
        reading: &READING,
        words: &words,
    };
    let whole = |completed: Completed| {
        let mut line = line.clone();
        line.replace_range(completed.range.clone(), &completed.text);
        (line, completed)
    };
    complete(&line, cursor, &offers)
        .into_iter()
        .map(whole)
        .collect()
}

#[test]
fn tab_goes_on_with_what_is_there() {
    for (line, lines) in [
        ("ki¦", &["kind:", "kindly"][..]),
        ("pay k¦", &["pay kind:", "pay kindly"]),
        ("inv¦ x", &["invoice x"]),
        ("!inv¦", &["!invoice"]),
        ("'inv¦", &["'invoice"]),
        ("支¦", &["支払"]),
        ("a|inv¦", &["a|invoice"]),
        ("ki¦nd:fact", &["kind:fact"]),
        ("kind:conc¦", &["kind:concern"]),
        ("kind:fact|conc¦", &["kind:fact|concern"]),
        ("kind:立¦", &["kind:立ち話"]),
        ("kind:vi¦", &["kind:visit"]),
        ("is:ov¦", &["is:overdue"]),
        ("is:op¦en x", &["is:open x"]),
        ("lever:co¦", &["lever:coffee"]),
        ("about:pay¦", &["about:payment"]),
        ("tag:r¦", &["tag:retail"]),
        ("tag:^r¦", &["tag:^retail"]),
        ("deal:更¦", &["deal:web-renewal"]),
        ("with:¦", &["with:Bob", "with:\"山田 花子\""]),
        ("with:やま¦", &["with:\"山田 花子\""]),
        ("with:\"山田 ¦", &["with:\"山田 花子\""]),
        ("customer:ア¦", &["customer:acme"]),
        ("in:¦", &["in:archive"]),
        ("since:yes¦", &["since:yesterday"]),
        ("on:先¦", &["on:先週", "on:先月"]),
        ("on:2026-1¦", &["on:2026-11", "on:2026-10"]),
        ("due:next¦", &["due:next-week", "due:next-month"]),
        ("decides:¦", &["decides:yes", "decides:no"]),
        ("has:lea¦", &["has:learned"]),
        ("result:no¦", &["result:no-deal", "result:not-now"]),
        ("kind:concern¦", &[]),
        ("summary:¦", &[]),
        ("\"inv¦", &[]),
    ] {
        let found: Vec<String> = offered(line).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found, lines, "{line}");
    }
}

#[test]
fn an_empty_place_offers_the_fields_with_what_they_are_for() {
    let rows = offered("pay ¦");
    let rows: Vec<(&str, &str)> = rows
        .iter()
        .map(|(_, row)| (&*row.shown, &*row.beside))
        .collect();
    assert_eq!(rows.len(), 12);
    assert_eq!(
        rows[3],
        ("deal:", "the key of a deal, or words of its title")
    );
    let (_, deal) = offered("deal:¦").remove(0);
    assert_eq!(
        (&*deal.shown, &*deal.beside),
        ("web-renewal", "ECサイト更改")
    );
}

proptest! {
    #[test]
    fn whatever_is_typed_tab_replaces_what_is_around_the_cursor(
        before in "([a-c'\"^!|：: ]|kind:|with:|山田|on:2){0,6}",
        behind in "[a-c\": ]{0,6}",
    ) {
        let line = format!("{before}¦{behind}");
        for (whole, row) in offered(&line) {
            prop_assert!(row.range.start <= before.len() && row.range.end >= before.len());
            prop_assert!(before.starts_with(&whole[..row.range.start]));
            prop_assert!(!row.shown.is_empty());
        }
    }
}
