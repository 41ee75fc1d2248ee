//! What a brief says, from small journals: a line of the brief is `topic: lead | text | aside |
//! entry`.

use std::fs;

use goodwill::model::brief::whole::WholeBrief;
use goodwill::model::customer::Customer;
use goodwill::model::settings::Settings;
use goodwill::model::value::Value;
use goodwill::store::load::load;
use goodwill::store::read::read_customer;
use goodwill::ui::widgets::brief_rows::{self, rows};
use goodwill::ui::widgets::glyphs::Glyphs;
use goodwill::ui::widgets::text::width;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::stage::tests_folder;

/// A Saturday.
const TODAY: Date = date(2026, 11, 21);

fn customer(text: &str) -> Customer {
    read_customer("acme", text).customer
}

fn brief(text: &str) -> WholeBrief {
    WholeBrief::of(&customer(text), &Settings::default(), TODAY)
}

fn lines(brief: &WholeBrief) -> Vec<String> {
    let mut all = Vec::new();
    for section in &brief.sections {
        for line in &section.lines {
            let entry = line.entry.as_deref().unwrap_or("-");
            let (topic, lead) = (section.topic.word(), &line.lead);
            all.push(format!(
                "{topic}: {lead} | {} | {} | {entry}",
                line.text, line.aside
            ));
        }
        if section.more > 0 {
            all.push(format!("{}: {} more", section.topic.word(), section.more));
        }
    }
    all
}

/// The lines of one topic.
fn about(topic: &str, text: &str) -> Vec<String> {
    let lines = lines(&brief(text));
    let begins = format!("{topic}: ");
    let own = lines.iter().filter_map(|line| line.strip_prefix(&begins));
    own.map(str::to_owned).collect()
}

#[test]
fn of_a_customer_of_whom_nothing_is_known_it_says_what_is_to_be_asked() {
    let brief = brief("name = \"Acme\"\n");
    assert_eq!(brief.standing, "active, every 8w");
    assert_eq!(
        lines(&brief),
        [
            "their-win:  | not written down |  | -",
            "facts: unknown | business, competitors, environment, people, worries, strategy |  | -",
        ]
    );
    let nameless = WholeBrief::of(&Customer::default(), &Settings::default(), TODAY);
    assert_eq!(nameless.sections.len(), 2);
}

#[test]
fn each_line_rests_on_its_entry() {
    for (topic, text, told) in CASES {
        assert_eq!(about(topic, text), *told, "{topic}: {text}");
    }
}

type CaseOf = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[CaseOf] = &[
    // Who.
    ("who", "status = \"active\"\nsince = 2021-04-01", &[]),
    (
        "who",
        "status = \"away\"\nwhy = \"金曜の夜に誰も出ない\"\nsupplier = \"Cobalt\"\nreview = 2027-04-01",
        &[
            "why | 金曜の夜に誰も出ない |  | -",
            "supplier | Cobalt |  | -",
            "review | 2027-04-01: they choose suppliers anew |  | -",
        ],
    ),
    (
        "who",
        "review = 2026-04-01",
        &["review | 2026-04-01: they were to choose suppliers anew |  | -"],
    ),
    // Value: years and the sum; amounts in another currency are named.
    (
        "value",
        "[volume]\n2019 = 2_400_000\n[deal.web]\nstatus = \"won\"\nclosed = 2025-03-01\nvalue = 100\ncurrency = \"EUR\"\n[deal.lost]\nstatus = \"lost\"\nvalue = 9",
        &[" | 2019 2.4M  2025 100 EUR | 2.4M, 100 EUR in all | -"],
    ),
    ("value", "[volume]\n2019 = 500", &[" | 2019 500 |  | -"]),
    (
        "value",
        "[deal.web]\nstatus = \"won\"\nvalue = \"much\"",
        &[],
    ),
    // Their win: what they hope for, what came; other lines are none.
    (
        "their-win",
        "[win-lose.a]\ndate = 2026-09-03\nstage = \"expected\"\nthem = [\"win: 在庫を半減\", \"win：残業なし\", \"lose: x\"]\n[win-lose.b]\ndate = 2026-10-03\nthem = [\"win: half the stock\"]",
        &[
            "expected | 在庫を半減 / 残業なし | 2026-09-03 | win-lose.a",
            "came | half the stock | 2026-10-03 | win-lose.b",
        ],
    ),
    (
        "their-win",
        "[win-lose.old]\ndate = 2025-01-01\nthem = [\"win: old\"]\n[win-lose.new]\ndate = 2026-01-01\nthem = [\"even: so so\"]",
        &["came | old | 2025-01-01 | win-lose.old"],
    ),
    (
        "their-win",
        "[win-lose.ahead]\ndate = 2027-01-01\nthem = [\"win: some day\"]\n[win-lose.empty]\ndate = 2026-01-01\nthem = [\"win:\"]",
        &[" | not written down |  | -"],
    ),
    (
        "our-win",
        "[win-lose.a]\ndate = 2026-10-03\nus = \"win: a reference\"",
        &["came | a reference | 2026-10-03 | win-lose.a"],
    ),
    // Who pays.
    (
        "who-pays",
        "[win-lose.a]\ndate = 2026-10-03\nus = [\"lose: two evenings\"]\nthem = [\"win: x\"]\nothers = [\"lose: 現場は残業\"]",
        &[
            "others | 現場は残業 | 2026-10-03 | win-lose.a",
            "us | two evenings | 2026-10-03 | win-lose.a",
        ],
    ),
    (
        "who-pays",
        "[win-lose.a]\ndate = 2026-10-03\nothers = [\"lose: the night shift\"]\n[win-lose.b]\ndate = 2026-11-03\nothers = [\"even: nobody now\"]",
        &[],
    ),
    // Concerns that are open, by whom and for how long.
    (
        "concerns",
        "[contact.yamada]\nname = \"山田 花子\"\n[concern.2026-11-12]\nfrom = \"山田\"\nabout = \"payment\"\nsaid = \"一括前払いは\\n厳しい\"\n[concern.2026-11-20]\nsaid = \"too late\"\nfrom = \"the board\"\n[concern.2026-11-19]\nsaid = \"settled\"\nstatus = \"answered\"\n[concern.2026-12-01]\nsaid = \"not yet\"\n[concern.some-day]\nsaid = \"when?\"",
        &[
            "the board | too late | 1d | concern.2026-11-20",
            "山田 花子 | 一括前払いは 厳しい | payment, 9d | concern.2026-11-12",
            "somebody | when? | no date | concern.some-day",
        ],
    ),
    (
        "concerns",
        "[concern.2026-11-01]\nsaid=\"a\"\n[concern.2026-11-02]\nsaid=\"b\"\n[concern.2026-11-03]\nsaid=\"c\"\n[concern.2026-11-04]\nsaid=\"d\"\n[concern.2026-11-05]\nsaid=\"e\"",
        &[
            "somebody | e | 16d | concern.2026-11-05",
            "somebody | d | 17d | concern.2026-11-04",
            "somebody | c | 18d | concern.2026-11-03",
            "2 more",
        ],
    ),
    // Promises of both sides, what is due first.
    (
        "promises",
        "[promise.2026-11-01]\nwhat = \"open end\"\n[promise.2026-11-02]\nwhat = \"契約書の写し\"\nby = \"them\"\ndue = 2026-12-04\n[promise.2026-11-03]\nwhat = \"two quotes\"\ndue = 2026-11-21\n[promise.2026-11-04]\nwhat = \"late\"\ndue = 2026-11-18\n[promise.2026-11-05]\nwhat = \"kept\"\ndone = 2026-11-06\n[promise.2026-11-06]\nwhat = \"dropped\"\ndropped = 2026-11-07",
        &[
            "us | late | overdue 3d | promise.2026-11-04",
            "us | two quotes | due today | promise.2026-11-03",
            "them | 契約書の写し | due 2026-12-04 | promise.2026-11-02",
            "us | open end | open | promise.2026-11-01",
        ],
    ),
    // The last three touches; a fact is none, and tomorrow has not happened.
    (
        "touches",
        "[contact.y]\nname = \"山田 花子\"\n[interaction.2026-11-20]\nchannel = \"call\"\nwith = [\"y\", \"Bob\"]\nsummary = \"支払\"\n[negotiation.2026-11-19]\nasked = \"cheaper\"\n[check-in.2026-11-18]\nsatisfaction = 4\n[interaction.2026-11-17]\nsummary = \"older\"\n[interaction.2026-11-22]\nsummary = \"tomorrow\"\n[fact.2026-11-21]\ntext = \"x\"",
        &[
            "2026-11-20 call | 支払 | 山田 花子, Bob | interaction.2026-11-20",
            "2026-11-19 negotiation | cheaper |  | negotiation.2026-11-19",
            "2026-11-18 check-in | satisfied 4 of 5 |  | check-in.2026-11-18",
            "1 more",
        ],
    ),
    // People: who decides first, who left not at all.
    (
        "people",
        "[contact.a]\nname = \"西村\"\n[contact.b]\nname = \"Annika\"\nrole = \"Head\"\nworries = \"the date\"\n[contact.c]\nname = \"黒田\"\ndecides = true\nrole = \"専務\"\n[contact.d]\nname = \"gone\"\nleft = 2024-03-31\n[contact.e]\nname = \"leaving\"\nleft = 2027-03-31\n[contact.f]\nname = \"left, day unknown\"\nleft = \"spring\"",
        &[
            "黒田 | worries not known | decides, 専務 | contact.c",
            "Annika | the date | Head | contact.b",
            "西村 | worries not known |  | contact.a",
            "leaving | worries not known |  | contact.e",
        ],
    ),
    // Facts: the newest of each facet, however it is spelled; the others are named.
    (
        "facts",
        "[fact.2025-01-01]\nabout = \"business\"\ntext = \"old\"\n[fact.2026-01-01]\nabout = \"Business\"\ntext = \"new\"\n[fact.strategy]\nabout = \"strategy\"\ntext = \"2号店\"\n[fact.2027-01-01]\nabout = \"people\"\ntext = \"to come\"\n[fact.2026-05-05]\ntext = \"about nothing\"",
        &[
            "business | new | 10m | fact.2026-01-01",
            "strategy | 2号店 | no date | fact.strategy",
            "unknown | competitors, environment, people, worries |  | -",
        ],
    ),
    // What negotiations taught, and what none of them moved.
    (
        "learned",
        "[negotiation.2026-01-01]\nlearned = \"price was not it\"\nresult = \"no-deal\"\n[negotiation.2026-02-01]\nasked = \"x\"\n[negotiation.2026-03-01]\nlearned = \"支払方法が壁\"",
        &[
            "open | 支払方法が壁 | 2026-03-01 | negotiation.2026-03-01",
            "no-deal | price was not it | 2026-01-01 | negotiation.2026-01-01",
        ],
    ),
    (
        "untried",
        "[negotiation.2026-01-01]\ngive = [\"Price: less\", \"payment：月額\", \"term: y\", \"scope: z\"]\nget = [\"timing: a\", \"labour: b\", \"skills: c\", \"referral: d\", \"testimonial: e\"]",
        &[" | delivery, publicity |  | -"],
    ),
    (
        "untried",
        "[negotiation.2026-01-01]\nasked = \"x\"",
        &[" | price, payment, term, delivery |  | -", "7 more"],
    ),
    ("untried", "[negotiation.2027-01-01]\nasked = \"x\"", &[]),
    // How their deals were heard of.
    (
        "heard",
        "[deal.a]\nheard = \"rfp\"\nopened = 2026-01-01\n[deal.b]\nheard = \"consulted\"\nopened = 2025-01-01\n[deal.c]\nheard = \"consulted\"\n[deal.d]\nopened = 2024-01-01\n[deal.e]\nheard = \"in a dream\"\nopened = 2023-01-01\n[deal.f]\nheard = \"hint\"\nopened = 2027-01-01",
        &[" | consulted 2, rfp 1, unknown 1, in a dream 1 of 5 | last: rfp | deal.a"],
    ),
    ("heard", "name = \"x\"", &[]),
];

#[test]
fn the_words_of_the_journal_count_too() {
    let words = |name: &str, words: &[&str]| (name.into(), Value::texts(words.iter().copied()));
    let more = Value::Table(vec![
        words("negotiation.lever", &["coffee"]),
        words("fact.about", &["suppliers"]),
    ]);
    let settings = Settings {
        fields: [("words", more)].into(),
    };
    let text = "[negotiation.2026-01-01]\ngive = [\"coffee: two cups\"]\n\
                [fact.2026-01-01]\nabout = \"suppliers\"\ntext = \"three\"\n";
    let brief = WholeBrief::of(&customer(text), &settings, TODAY);
    let lines = lines(&brief);
    assert!(lines.contains(&"untried: 7 more".to_owned()), "{lines:#?}");
    let supplied = "facts: suppliers | three | 10m | fact.2026-01-01".to_owned();
    assert!(lines.contains(&supplied), "{lines:#?}");
}

#[test]
fn what_is_private_is_not_handed_on() {
    let text = "name = \"Acme *1*\"\nreading = \"あくめ\"\n\
        [concern.2026-11-20]\nsaid = \"secret\"\nprivate = true\n\
        [concern.2026-11-19]\nsaid = \"# not_a <b>heading</b>\"\nfrom = \"Bob\"\n\
        [fact.2026-01-01]\nabout = \"people\"\ntext = \"a rumour\"\nprivate = true\n\
        [deal.x]\nstatus = \"won\"\nvalue = 5\nclosed = 2026-01-01\nprivate = true\n";
    let printed = WholeBrief::to_print(&customer(text), &Settings::default(), TODAY);
    assert_eq!(
        printed.markdown().join("\n"),
        "# Acme \\*1\\*\n\nあくめ / active, every 8w\n\n## Their win\n\n- not written down\n\n\
         ## Open concerns\n\n- **Bob** \\# not\\_a \\<b\\>heading\\</b\\> (2d)\n\n\
         ## What is known\n\n\
         - **unknown** business, competitors, environment, people, worries, strategy"
    );
    assert!(lines(&brief(text)).join("\n").contains("a rumour"));
}

#[test]
fn the_sample_fits_on_one_screen() {
    let (journal, _) = load(&tests_folder().join("../journal"), &mut |_, _| {});
    for customer in journal.customers.iter().filter(|c| !c.is_ourselves()) {
        let brief = WholeBrief::of(customer, &journal.settings, TODAY);
        let rows = rows(&brief, 80, Glyphs::Unicode);
        assert!(rows.len() <= brief_rows::MOST, "{}", customer.key);
    }
}

#[test]
fn the_page_about_it_shows_what_the_command_prints() {
    let page = tests_folder().join("../docs/brief.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, shown) = page.split_once("$ goodwill brief cobalt\n").unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let (journal, _) = load(&tests_folder().join("../journal"), &mut |_, _| {});
    let cobalt = journal.customer("archive/cobalt").unwrap();
    let brief = WholeBrief::of(cobalt, &journal.settings, TODAY);
    let rows = rows(&brief, 80, Glyphs::Unicode).into_iter().map(|row| {
        let pieces = row.pieces.into_iter();
        let row: String = pieces.map(|(text, _)| text).collect();
        row.trim_end().to_owned()
    });
    assert_eq!(rows.collect::<Vec<_>>().join("\n"), shown);
}

/// As much as there can be of everything, in words that take much room.
fn full(word: &str) -> String {
    let word = word.replace(['"', '\\', '\n', '\r'], " ");
    let mut text = format!(
        "name = \"{word}\"\nreading = \"{word}\"\nwhy = \"{word}\"\nsupplier = \"{word}\"\n\
         review = 2027-01-01\n[volume]\n1998 = 99999999999\n1999 = 1\n2000 = 2\n2001 = 3\n2002 = 4\n2003 = 5\n"
    );
    for n in 1..9 {
        let facet = [
            "business",
            "competitors",
            "environment",
            "people",
            "worries",
            "strategy",
        ];
        let facet = facet.get(n - 1).unwrap_or(&"other");
        text += &format!(
            "[contact.c{n}]\nname = \"{word}\"\nrole = \"{word}\"\nworries = \"{word}\"\n\
             [deal.d{n}]\nheard = \"{n}{word}\"\nopened = 2026-01-0{n}\n\
             [interaction.2026-10-0{n}]\nsummary = \"{word}\"\nwith = [\"{word}\"]\nchannel = \"{word}\"\n\
             [promise.2026-10-0{n}]\nwhat = \"{word}\"\ndue = 2026-12-0{n}\n\
             [concern.2026-10-0{n}]\nsaid = \"{word}\"\nfrom = \"{word}\"\nabout = \"{word}\"\n\
             [negotiation.2026-09-0{n}]\nlearned = \"{word}\"\nresult = \"{word}\"\n\
             [win-lose.2026-0{n}-01]\nstage = \"expected\"\nus = [\"win: {word}\"]\nthem = [\"win: {word}\"]\nothers = [\"lose: {word}\"]\n\
             [win-lose.2026-0{n}-02]\nus = [\"win: {word}\", \"lose: {word}\"]\nthem = [\"win: {word}\", \"lose: {word}\"]\nothers = [\"lose: {word}\"]\n\
             [fact.2026-01-0{n}]\nabout = \"{facet}\"\ntext = \"{word}\"\n"
        );
    }
    text
}

#[test]
fn as_much_as_there_can_be_fits_too() {
    for word in [
        "x",
        "在庫の評価損が怖い。".repeat(30).as_str(),
        "long words ".repeat(30).as_str(),
    ] {
        let brief = brief(&full(word));
        assert_eq!(brief.sections.len(), 13);
        for size in [76, 80, 100] {
            let rows = rows(&brief, size, Glyphs::Unicode);
            assert!(rows.len() <= brief_rows::MOST, "{}", rows.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_is_too_strange_and_no_screen_too_small(
        word in "[ -~あ-ん亜-熙ｱ-ﾝ\u{0}-\u{1f}\u{200b}-\u{202e}👨é]{0,90}", size in 0_usize..130, ascii: bool,
    ) {
        let glyphs = if ascii { Glyphs::Ascii } else { Glyphs::Unicode };
        let brief = brief(&full(&word));
        let count = brief.entries().count();
        let rows = rows(&brief, size, glyphs);
        let mut last = None;
        for row in &rows {
            let whole: String = row.pieces.iter().map(|(text, _)| text.as_str()).collect();
            if size >= 30 {
                prop_assert!(width(&whole) <= size, "{:?} in {}", whole, size);
            }
            prop_assert!(!whole.contains(|c: char| c.is_control()));
            prop_assert!(row.line.is_none_or(|line| line < count && last.is_none_or(|l| l <= line)));
            last = row.line.or(last);
        }
        prop_assert_eq!(last, count.checked_sub(1));
    }
}
