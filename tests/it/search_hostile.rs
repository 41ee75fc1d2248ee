//! Search over what no journal should hold and for what nobody should type: nothing panics, what
//! is in is found, and the order is the same at every asking.

use std::collections::HashSet;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::entry::Fields;
use goodwill::model::fold::fold;
use goodwill::model::search::engine::highlights;
use goodwill::model::value::ValueRef;
use proptest::prelude::*;

use crate::search_ask::{Ask, customer, query, sample};

/// A customer with one talk that says this.
fn saying(key: &str, summary: &str) -> Arc<Customer> {
    let summary = summary.replace('\\', "\\\\").replace('"', "\\\"");
    let text = format!("[interaction.2026-11-01]\nsummary = \"{summary}\"\n");
    customer(key, &text)
}

#[test]
fn a_note_of_a_hundred_thousand_characters_is_searched_to_its_end() {
    let mut note = "支払の話は長くなる。The rain went on. ".repeat(4_200);
    assert!(note.chars().count() > 100_000);
    note.push_str("終わりに一言、zaffre。");
    let long = customer(
        "long",
        &format!("[interaction.2026-11-01]\nsummary = \"a talk\"\nnotes = \"\"\"\n{note}\"\"\"\n"),
    );
    let mut ask = Ask::over(&[long, saying("short", "支払の話")]);
    assert_eq!(ask.all("zaffre"), ["long:interaction.2026-11-01"]);
    assert_eq!(
        ask.all("一言 zaffre !the$"),
        ["long:interaction.2026-11-01"]
    );
    assert_eq!(
        ask.all("支払"),
        [
            "short:interaction.2026-11-01",
            "long:interaction.2026-11-01"
        ]
    );
    assert!(ask.all("\"一言、 zaffre\" nowhere").is_empty());
    assert_eq!(highlights(&query("zaffre"), &note).len(), 1);
    assert_eq!(highlights(&query("支払 rain"), &note).len(), 8_400);
}

#[test]
fn ten_thousand_customers_of_one_name_come_by_their_keys() {
    let text = "name = \"アクメ商事\"\nreading = \"あくめしょうじ\"\n";
    let mut customers: Vec<Arc<Customer>> = (0..10_000)
        .map(|number| customer(&format!("acme-{number:05}"), text))
        .collect();
    let wanted: Vec<String> = (0..100).map(|number| format!("acme-{number:05}")).collect();
    let mut ask = Ask::over(&customers);
    for typed in ["アクメ", "アクメ商事", "あくめ", "akume", "アクメ !nowhere"] {
        assert_eq!(ask.best(typed, 100), (wanted.clone(), 10_000), "{typed}");
    }
    assert_eq!(ask.best("acme-07777", 1).0, ["acme-07777"]);
    customers.reverse();
    assert_eq!(Ask::over(&customers).best("アクメ", 100).0, wanted);
}

#[test]
fn what_comes_in_batches_is_found_as_what_comes_at_once() {
    let journal = sample();
    let mut at_once = Ask::over(&journal.customers);
    let mut batches = Ask::over(&[]);
    for batch in journal.customers.chunks(4) {
        batches.0.add(batch);
    }
    for typed in [
        "支払",
        "yamada",
        "the",
        "kind:concern is:open",
        "見積 !acme",
        "calender",
    ] {
        assert_eq!(at_once.all(typed), batches.all(typed), "{typed}");
    }
    // What is known already is told anew, as after a save, and then everything is.
    batches.0.follow(&journal.customers);
    assert_eq!(at_once.all("支払"), batches.all("支払"));
    batches.0.follow(&[]);
    assert!(batches.all("支払").is_empty());
}

#[test]
fn the_best_few_are_the_first_of_all() {
    let journal = sample();
    let mut ask = Ask::over(&journal.customers);
    for typed in [
        "の",
        "e",
        "支払",
        "in:archive",
        "kind:interaction",
        "!acme the",
        "山田|佐藤",
    ] {
        let all = ask.all(typed);
        assert_eq!(
            all.iter().collect::<HashSet<_>>().len(),
            all.len(),
            "{typed}"
        );
        for limit in [0, 1, 2, 7, 100] {
            let (best, total) = ask.best(typed, limit);
            assert_eq!(total, all.len(), "{typed}");
            assert_eq!(best, all[..limit.min(total)], "{typed} {limit}");
        }
    }
}

#[test]
fn letters_of_every_kind_are_found() {
    let written = [
        (
            "family",
            "👨\u{200D}👩\u{200D}👧 came along",
            "👨\u{200D}👩\u{200D}👧",
        ),
        ("family", "👨\u{200D}👩\u{200D}👧 came along", "along"),
        ("flag", "a 🇯🇵 on the desk", "🇯🇵"),
        ("tone", "👍🏽 to the offer", "👍🏽"),
        ("heart", "❤\u{FE0F} in the margin", "❤"),
        (
            "accent",
            "Rene\u{301} sent a re\u{301}sume\u{301}",
            "résumé",
        ),
        ("accent", "Rene\u{301} sent a re\u{301}sume\u{301}", "rene"),
        (
            "many",
            "z\u{300}\u{301}\u{302}\u{303}\u{304} means more",
            "means",
        ),
        ("voiced", "か\u{3099}んば", "がんば"),
        ("half", "ｶﾞﾝﾊﾞ", "がんば"),
        ("zero", "ze\u{200B}ro\u{FEFF}width", "zerowidth"),
        ("soft", "con\u{AD}tract", "contract"),
        ("bidi", "\u{202E}backward\u{202C} text", "backward"),
        (
            "bidi",
            "\u{202E}backward\u{202C} text",
            "\u{2067}text\u{2069}",
        ),
        ("hebrew", "שלום at the door", "שלום"),
        ("hangul", "안녕하세요", "안녕"),
        ("nfd", "\u{1112}\u{1161}\u{11AB}글", "한글"),
        ("old", "渡邊\u{E0100}の蔵", "渡辺の"),
        ("astral", "𠮷野家で", "吉野家"),
        ("math", "𝓐𝓬𝓶𝓮 in script", "acme"),
        ("square", "㍿と㌔", "株式会社"),
        ("wide", "ＡＢＣ－１２３", "abc-123"),
        ("circled", "①の件", "1の件"),
        ("ligature", "the oﬃce", "office"),
        ("space", "full\u{3000}width", "full width"),
        ("dots", "ジョン・スミス", "ジョン スミス"),
    ];
    let customers: Vec<_> = written
        .iter()
        .map(|(key, text, _)| saying(key, text))
        .collect();
    let mut ask = Ask::over(&customers);
    for (key, text, typed) in written {
        let place = format!("{key}:interaction.2026-11-01");
        assert!(ask.all(typed).contains(&place), "{typed:?} in {text:?}");
    }
}

#[test]
fn what_looks_like_code_is_text() {
    let written = [
        ("regex", "(a+)+$ and [^b]*? or \\d{3,}", "(a+)+"),
        ("regex", "(a+)+$ and [^b]*? or \\d{3,}", "[^b]*?"),
        ("regex", "(a+)+$ and [^b]*? or \\d{3,}", "\\d{3,}"),
        ("toml", "[concern.x] said = 'no' # open", "[concern.x]"),
        ("toml", "[concern.x] said = 'no' # open", "\"# open\""),
        ("path", "C:\\tmp\\a|b and ~/journal", "c:\\tmp"),
        ("path", "C:\\tmp\\a|b and ~/journal", "~/journal"),
        ("percent", "100%s of %n and ${HOME}", "%n"),
        (
            "url",
            "https://example.com/?a=b&c=d#e",
            "https://example.com/?a=b&c=d#e",
        ),
        ("time", "at 14:30 or 9:15", "14:30"),
        ("colon", "lose: the night shift", "lose:"),
        ("dollar", "costs $100 or 100$", "$100"),
        ("bang", "stop!now", "stop!now"),
        ("apostrophe", "don't forget", "don't"),
    ];
    let customers: Vec<_> = written
        .iter()
        .map(|(key, text, _)| saying(key, text))
        .collect();
    let mut ask = Ask::over(&customers);
    for (key, text, typed) in written {
        let place = format!("{key}:interaction.2026-11-01");
        assert!(ask.all(typed).contains(&place), "{typed:?} in {text:?}");
    }
}

/// What is typed on the way to a query, or by a cat on the keyboard.
#[test]
fn operators_alone_look_for_nothing_and_harm_nothing() {
    let journal = sample();
    let mut ask = Ask::over(&journal.customers);
    for typed in [
        "",
        " ",
        "\u{3000}",
        "\t",
        "\n",
        "!",
        "!!",
        "|",
        "||",
        "^",
        "$",
        "^$",
        "'",
        "\"",
        "\"\"",
        "'\"",
        "!|^$'\"",
        "! ! !",
        "a|",
        "|a",
        "!|!",
        "^|$",
        "\" \"",
        ":",
        "::",
        "kind:",
        ":concern",
        "is:|",
        "!kind:",
        "'kind:concern",
        "\0",
        "\u{200B}",
        "\u{202E}",
        "\u{301}",
        "\u{FE0F}",
    ] {
        let all = ask.all(typed);
        assert!(all.len() <= ask.0.searched(), "{typed:?}");
    }
    for typed in [
        "", " ", "\u{3000}", "!", "|", "^", "'", "\"", "\"\"", "\u{200B}",
    ] {
        assert!(query(typed).is_empty(), "{typed:?}");
        assert!(ask.all(typed).is_empty(), "{typed:?}");
    }
    // A word beside them is still looked for.
    for typed in [
        "! ナプキン",
        "| ナプキン",
        "ナプキン|",
        "ナプキン \"",
        "^ ナプキン",
        "' ナプキン",
    ] {
        let wanted = "archive/cobalt:fact.2022-09-13-zd7sv8";
        assert_eq!(
            ask.all(typed).first().map(String::as_str),
            Some(wanted),
            "{typed}"
        );
    }
}

#[test]
fn five_hundred_characters_are_a_query_like_any_other() {
    let sentence = "長い題名をそのまま貼り付けて探すことがある、".repeat(23);
    let sentence = sentence.trim_end_matches('、');
    assert!(sentence.chars().count() > 500);
    let mut customers = sample().customers;
    customers.push(saying("pasted", &format!("まえがき、{sentence}")));
    let mut ask = Ask::over(&customers);
    for typed in [
        sentence.to_owned(),
        format!("\"{sentence}\""),
        format!("'{sentence}"),
    ] {
        assert_eq!(
            ask.all(&typed),
            ["pasted:interaction.2026-11-01"],
            "{typed}"
        );
    }
    let repeated = |piece: &str| piece.repeat(500 / piece.chars().count());
    for typed in [
        repeated("a"),
        repeated("ab"),
        repeated("の"),
        repeated("a "),
        repeated("の "),
        repeated("!a "),
        repeated("a|"),
        repeated("|"),
        repeated("!"),
        repeated("'"),
        repeated("\""),
        repeated("^a$ "),
        repeated("kind:concern "),
        repeated("since:2026 "),
        repeated("shi"),
        repeated("nn"),
        repeated("yamada "),
        repeated("👨\u{200D}👩"),
        repeated("e\u{301}"),
        repeated("\u{301}"),
        repeated("tag:x|"),
        repeated("\"a b\" "),
    ] {
        let all = ask.all(&typed);
        assert!(all.len() <= ask.0.searched(), "{typed}");
        for customer in &customers {
            highlights(&query(&typed), customer.name());
        }
    }
}

/// Every text of a customer's head and entries with its place, folded.
fn texts(customer: &Customer) -> Vec<(String, String)> {
    let folded = |fields: &Fields| -> String {
        let texts = fields.iter().flat_map(|(_, value)| match value {
            ValueRef::Text(text) => vec![text],
            value => value.as_texts().collect(),
        });
        texts.map(|text| fold(text) + "\n").collect()
    };
    let mut texts = vec![(customer.key.to_string(), folded(&customer.head))];
    for entry in &customer.entries {
        let place = format!("{}:{}", customer.key, entry.id());
        texts.push((place, folded(&entry.fields)));
    }
    texts
}

/// A folded exact search by hand gives back nothing that the engine does not.
#[test]
fn everything_that_says_it_is_found() {
    let journal = sample();
    let mut ask = Ask::over(&journal.customers);
    for typed in [
        "支払",
        "払",
        "の",
        "the",
        "e",
        "invoice",
        "港",
        "カード",
        "見積",
        "一行",
        "win",
        "月額",
        "ラベル",
        "osaka",
        "jonas",
        "Lübeck",
        "'lubeck",
        "'半",
        "\"the board\"",
    ] {
        let found: HashSet<String> = ask.all(typed).into_iter().collect();
        let wanted = fold(typed.trim_matches(['\'', '"']));
        for (place, text) in journal
            .customers
            .iter()
            .flat_map(|customer| texts(customer))
        {
            let says = text.lines().any(|line| line.contains(&wanted));
            // A number may be a date or an amount, which are no text.
            assert!(
                !says || typed == "2026" || found.contains(&place),
                "{typed}: {place}"
            );
        }
    }
}

const TYPED: &str = "[a-e山払の支ヤﾔ邊1-3 \u{3000}!|^$'\":\\-\u{301}\u{200B}\u{200D}👨\0\n]{0,24}";
const FIELDS: &str =
    "(!?(kind|is|tag|on|since|until|with|has|in|x):[a-z0-9昨日\\-|\"]{0,8} ?){1,4}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_can_be_typed(typed in TYPED, fields in FIELDS, any in "\\PC{0,16}") {
        let customers = [saying("one", "支払の山 abc"), saying("two", "ヤマダ 払の邊 cde 123"), saying("three", "e\u{301} 👨\u{200D}👩")];
        let mut ask = Ask::over(&customers);
        for typed in [typed, fields, any] {
            let all = ask.all(&typed);
            prop_assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
            prop_assert_eq!(&Ask::over(&customers).all(&typed), &all);
            prop_assert!(all.is_empty() || !query(&typed).is_empty());
            prop_assert!(query(&typed).remarks().iter().all(|remark| !remark.is_empty()));
        }
    }

    #[test]
    fn what_is_written_is_found_as_it_is_written(text in "[a-eぁ-おア-オ山払邊髙1-9 ー\\-é㈱ｱ-ｵﾞ]{1,20}", from in 0usize..12, len in 2usize..8) {
        let chars: Vec<char> = text.chars().collect();
        let piece: String = chars.iter().skip(from).take(len).collect();
        let folded = fold(piece.trim());
        // At the border of a piece a sound mark or a dash may fold otherwise than in the whole.
        let stands = fold(&text).contains(&folded) && !folded.is_empty();
        if stands && !text.trim().is_empty() {
            let customers = [saying("one", &text)];
            let found = Ask::over(&customers).all(&format!("\"{piece}\""));
            prop_assert!(found.contains(&"one:interaction.2026-11-01".to_owned()), "{piece:?} in {text:?}: {found:?}");
        }
    }
}
