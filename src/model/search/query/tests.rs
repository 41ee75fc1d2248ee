//! What can be typed, and what it means.

use jiff::civil::{Weekday, date};
use proptest::prelude::*;

use super::{Atom, Query, Reading, Test};
use crate::model::kind::Kind;
use crate::model::search::word::{How, Word};

mod completes;
mod finds;
mod narrows;

pub(super) const READING: Reading = Reading {
    today: date(2026, 11, 21),
    week_starts: Weekday::Monday,
    romaji: true,
};

pub(super) fn parse(typed: &str) -> Query {
    Query::parse(typed, &READING)
}

/// A query in words: `pay & (kind of concern or tag ^osaka) & not ~late~`.
fn told(query: &Query) -> String {
    let clauses = query.clauses().iter().map(|clause| {
        let any: Vec<String> = clause.any.iter().map(atom).collect();
        let any = match any.len() {
            1 => any.concat(),
            _ => format!("({})", any.join(" or ")),
        };
        if clause.not {
            format!("not {any}")
        } else {
            any
        }
    });
    clauses.collect::<Vec<_>>().join(" & ")
}

fn atom(atom: &Atom) -> String {
    match atom {
        Atom::Word(word) => said(word),
        Atom::Test(test) => test_told(test),
    }
}

/// `word` loosely, `=word=` exactly, `^word` where a text begins, `word$` where it ends.
fn said(word: &Word) -> String {
    let text = word.folded();
    match word.how() {
        How::Loose => text.to_owned(),
        How::Exact => format!("={text}="),
        How::Start => format!("^{text}"),
        How::End => format!("{text}$"),
        How::Whole => format!("^{text}$"),
    }
}

fn test_told(test: &Test) -> String {
    let days = |days: &super::days::Read| days.period.title(Weekday::Monday);
    let title = |period| {
        days(&super::days::Read {
            period,
            so_far: false,
        })
    };
    match test {
        Test::Kind(kinds) => {
            let known = Kind::ALL.into_iter().filter(|kind| kinds.has(*kind));
            let mut known: Vec<&str> = known.map(Kind::word).collect();
            known.extend(kinds.has_heads().then_some("customer"));
            match known.is_empty() {
                true => format!("kind {}", said(&kinds.word)),
                false => format!("kind of {}", known.join(", ")),
            }
        }
        Test::State(state) => format!("is {}", said(&state.word)),
        Test::Days(period) => format!("on {}", title(*period)),
        Test::Tag(word) => format!("tag {}", said(word)),
        Test::Deal(word) => format!("deal {}", said(word)),
        Test::People(fields, word) => format!("{} {}", fields.join("/"), said(word)),
        Test::Group(word) => format!("in {}", said(word)),
        Test::Customer(word) => format!("customer {}", said(word)),
        Test::Lever(word) => format!("lever {}", said(word)),
        Test::Has(word) => format!("has {}", said(word)),
        Test::Says(field, word) => format!("{field} {}", said(word)),
        Test::Within(field, period) => format!("{field} on {}", title(*period)),
        Test::Yes(field, yes) => format!("{field} {yes}"),
    }
}

#[test]
fn words_are_all_to_be_met_and_marks_say_how() {
    for (typed, meant) in [
        ("payment terms", "payment & terms"),
        ("支払\u{3000}Ｔｅｒｍ", "支払 & term"),
        ("'pay", "=pay="),
        ("'pay'", "=pay="),
        ("\"two words\"", "=two words="),
        ("\"two wo", "=two wo="),
        ("“two words”", "=two words="),
        ("\"a b\"c", "=a b= & c"),
        ("^pay", "^pay"),
        ("ment$", "ment$"),
        ("^payment$", "^payment$"),
        ("^\"two words\"$", "^two words$"),
        ("!late", "not late"),
        ("!'late", "not =late="),
        ("!^late", "not ^late"),
        ("a|b", "(a or b)"),
        ("a | b c", "(a or b) & c"),
        ("!a|b", "not (a or b)"),
        ("a|'b|^c", "(a or =b= or ^c)"),
        ("！支払", "not 支払"),
        ("a｜b", "(a or b)"),
        ("＾a", "^a"),
        ("＇a ’b", "=a= & =b="),
        ("", ""),
        (" \u{3000} ", ""),
        ("! ^ ' | \"", ""),
        ("a|", "a"),
        ("|a", "a"),
        ("「見積 書」", "「見積 & 書」"),
        ("5\" wow! don't $5 $", "5\" & wow! & don't & $5 & $"),
        ("a|!b", "(a or !b)"),
    ] {
        assert_eq!(told(&parse(typed)), meant, "{typed}");
    }
}

#[test]
fn fields_ask_for_what_they_name() {
    for (typed, meant) in [
        ("kind:concern", "kind of concern"),
        ("ＫＩＮＤ：ＣＯＮＣＥＲＮ", "kind of concern"),
        ("kind:con", "kind of contact, concern"),
        ("kind:concerns", "kind of concern"),
        ("kind:winlose", "kind of win-lose"),
        ("kind:customer", "kind of customer"),
        ("kind:call", "kind ^call"),
        ("kind:訪問", "kind ^訪問"),
        (
            "kind:concern|promise",
            "(kind of concern or kind of promise)",
        ),
        (
            "kind:fact pay kind:concern",
            "(kind of fact or kind of concern) & pay",
        ),
        ("pay|kind:fact", "(pay or kind of fact)"),
        ("kind:fact|is:open", "(kind of fact or is ^open)"),
        ("!kind:fact", "not kind of fact"),
        ("is:open", "is ^open"),
        ("about:pay", "about ^pay"),
        ("about:^payment$", "about ^payment$"),
        ("lever:term", "lever ^term"),
        ("deal:web", "deal =web="),
        ("deal:\"web renewal\"", "deal =web renewal="),
        ("deal:\"web ren", "deal =web ren="),
        ("tag:osaka tags:retail", "tag ^osaka & tag ^retail"),
        ("tag:osaka$", "tag ^osaka$"),
        ("by:them", "by ^them"),
        ("with:yamada", "with/from yamada"),
        ("from:山田", "from 山田"),
        ("in:archive", "in ^archive"),
        ("customer:acme", "customer ^acme"),
        ("since:2025-10", "on 2025-10.."),
        ("until:昨日", "on ..2026-11-20"),
        ("until:2025-10", "on ..2025-10"),
        ("on:2026-11", "on 2026-11"),
        ("date:\"last month\"", "on 2026-10"),
        ("due:fri", "due on 2026-11-27"),
        ("has:learned", "has ^learned$"),
        ("has:le", "has ^le"),
        ("competitor:okina", "competitor =okina="),
        ("result:no-deal", "result ^no-deal"),
        ("decides:true", "decides true"),
        ("private:no", "private false"),
        ("value:1,200,000", "value ^1200000"),
        ("give:\"12か月\"", "give =12か月="),
    ] {
        let query = parse(typed);
        assert_eq!(told(&query), meant, "{typed}");
        assert_eq!(query.remarks(), [""; 0], "{typed}");
    }
}

#[test]
fn what_is_half_typed_or_unknown_is_told_about_and_empties_nothing() {
    for (typed, meant, remark) in [
        (
            "pay kind:",
            "pay",
            "kind: contact, deal, interaction, promise, concern, negotiation, win-lose …",
        ),
        ("kind:concren", "", "kind: concren is not known, concern is"),
        (
            "kind:golf",
            "kind ^golf",
            "kind: golf is not among contact, deal, interaction, promise, concern, negotiation, win-lose …",
        ),
        (
            "is:",
            "",
            "is: open, closed, kept, done, dropped, due, overdue, touch, private, ourselves …",
        ),
        ("is:opne", "", "is: opne is not known, open is"),
        (
            "since:202",
            "",
            "since: no day yet, such as 2025-10 or 昨日",
        ),
        (
            "since:2025-1",
            "on 2025-01..",
            "since: 2025-1 is no day yet, so far it is 2025",
        ),
        ("due:", "", "due: no day yet, such as 2025-10 or 昨日"),
        (
            "about:paymnt",
            "about ^paymnt",
            "about: paymnt, or payment?",
        ),
        ("by:", "", "by: us, them"),
        ("decides:perhaps", "", "decides: yes or no"),
        ("tag:", "", "tag: a tag of an entry or of its customer"),
        (
            "kin:fact pay",
            "pay",
            "kin: is no field, kind: is; in quotes it is a word",
        ),
        (
            "colour:red",
            "colour:red",
            "colour: is no field; it is looked for as it stands",
        ),
        (
            "concern:pay",
            "concern:pay",
            "concern: is no field, kind:concern is",
        ),
        ("pay !", "pay", "! leaves out what is typed right behind it"),
        (
            "^",
            "",
            "^ looks where a line begins, for what is typed right behind it",
        ),
    ] {
        let query = parse(typed);
        assert_eq!(told(&query), meant, "{typed}");
        assert_eq!(query.remarks(), [remark], "{typed}");
    }
}

#[test]
fn a_colon_in_a_word_is_a_colon() {
    for typed in [
        "10:30",
        "https://example.com",
        "c:\\work",
        "件名：見積",
        "lose:",
        "win:客",
        "payment:月額",
        ":",
        "::",
        "\"kind:fact\"",
    ] {
        let query = parse(typed);
        let words: Vec<&str> = query.words().map(Word::folded).collect();
        let written = crate::model::fold::fold(typed.trim_matches('"'));
        assert_eq!(words, [written], "{typed}");
        assert_eq!(query.remarks(), [""; 0], "{typed}");
    }
}

#[test]
fn words_alone_are_told_from_fields() {
    assert!(parse("pay !late").is_words_only());
    assert!(!parse("pay|kind:fact").is_words_only());
    assert!(parse("kind:").is_empty());
}

proptest! {
    #[test]
    fn any_line_is_read_and_the_remarks_stay_short(
        typed in "\\PC{0,60}",
        marked in "[a-c'\"^$!|：:＾！｜ \u{3000}kindsce1-9年月-]{0,40}",
        field in "(kind|is|since|on|has|tag|deal|with|due|value|decides)[:：][\"'^]?[a-z0-9年月.\" -]{0,12}",
    ) {
        for typed in [typed, marked, field] {
            let query = parse(&typed);
            prop_assert!(query.remarks().len() <= 3);
            for remark in query.remarks() {
                prop_assert!(remark.chars().count() <= 150, "{}", remark);
            }
            // What is asked for does not hang on the spaces around it.
            prop_assert_eq!(&query, &parse(&format!("  {typed}")));
        }
    }

    #[test]
    fn words_without_marks_are_looked_for_as_they_stand(words in prop::collection::vec("[a-z0-9ぁ-んァ-ヶ亜-熙.,]{1,8}", 0..6)) {
        let query = parse(&words.join(" "));
        let found: Vec<String> = query.words().map(|word| word.folded().to_owned()).collect();
        let folded: Vec<String> = words.iter().map(|word| crate::model::fold::fold(word)).collect();
        prop_assert_eq!(found, folded);
    }
}

#[test]
fn a_line_without_an_end_is_read_at_once() {
    let words = parse(&"a:b|\"'^$! ".repeat(100_000));
    assert!(words.clauses().len() <= 2000);
    assert!(parse(&"kind:concern ".repeat(100)).narrows(&parse(&"kind:con ".repeat(100))));
}
