//! The generated journal of the search suite: the customers below `tests/search/planted/`, and
//! around them a few thousand entries of noise, the same at every run. The noise has names like
//! theirs, talks of payment and delivery all the time, and says what they say: in its notes, and
//! in titles that are older and settled. Nobody in it exists.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::store::read::read_customer;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// How many entries of noise a customer gets.
const NOISE: u64 = 26;

/// The noise ends here; what is newer was planted.
const LAST: Date = date(2026, 8, 31);

/// All customers of the generated journal.
pub fn customers() -> Vec<Arc<Customer>> {
    let mut random = Random(0x5eed_0005);
    let mut files = planted();
    for (at, (stem, read)) in JAPANESE.iter().enumerate() {
        for (trade, read_trade) in TRADES {
            let name = format!("{stem}{trade}");
            let head = format!("name = \"{name}\"\nreading = \"{read}{read_trade}\"\n");
            files.push((name, head, at.is_multiple_of(4)));
        }
    }
    for stem in ENGLISH {
        for trade in BUSINESS {
            let key = format!("{stem}-{trade}").to_lowercase();
            files.push((key, format!("name = \"{stem} {trade}\"\n"), false));
        }
    }
    let build = |(key, head, mixed): (String, String, bool)| {
        let text = head + &noise(&mut random, &key, mixed);
        let read = read_customer(&key, &text);
        assert!(read.problems.is_empty(), "{key}: {:?}", read.problems);
        Arc::new(read.customer)
    };
    let mut customers: Vec<Arc<Customer>> = files.into_iter().map(build).collect();
    customers.sort_by(|one, other| one.key.cmp(&other.key));
    customers
}

/// Key and text of the planted customers; their noise is in both languages.
fn planted() -> Vec<(String, String, bool)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/planted");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name();
    let paths = files.into_iter().map(|file| file.unwrap().into_path());
    paths
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .map(|path| {
            let key = path.strip_prefix(&root).unwrap().with_extension("");
            let key = key.to_str().unwrap().replace('\\', "/");
            (key, fs::read_to_string(&path).unwrap(), true)
        })
        .collect()
}

/// xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) % end
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// A day of the ten years before [`LAST`].
    fn day(&mut self) -> Date {
        LAST - i64::try_from(self.below(3_650)).unwrap().days()
    }
}

/// Contacts and entries in the language of the key, or in both.
fn noise(random: &mut Random, key: &str, mixed: bool) -> String {
    let is_japanese = !key.is_ascii();
    let mut text = String::new();
    let mut people = Vec::new();
    for number in 0..3 {
        let (name, reading) = match is_japanese || mixed && number == 0 {
            true => {
                let (family, given) = (random.pick(FAMILY), random.pick(GIVEN));
                let reading = format!("reading = \"{} {}\"\n", family.1, given.1);
                (format!("{} {}", family.0, given.0), reading)
            }
            false => {
                let name = format!("{} {}", random.pick(FIRST), random.pick(LAST_NAMES));
                (name, String::new())
            }
        };
        let role = random.pick(if is_japanese { ROLES_JA } else { ROLES_EN });
        write!(
            text,
            "\n[contact.noise-{number}]\nname = \"{name}\"\n{reading}role = \"{role}\"\n"
        )
        .unwrap();
        people.push(name);
    }
    for number in 0..NOISE {
        let words = match is_japanese || mixed && random.below(2) == 0 {
            true => &JA,
            false => &EN,
        };
        entry(random, words, &people, number, &mut text);
    }
    text
}

/// What the noise of one language says.
struct Words {
    summaries: &'static [&'static str],
    concerns: &'static [&'static str],
    promises: &'static [&'static str],
    requests: &'static [&'static str],
    facts: &'static [&'static str],
    titles: &'static [&'static str],
    notes: &'static [&'static str],
    lines: &'static [&'static str],
    /// Titles as they were planted, or nearly so; in the noise they are old and settled.
    twins: &'static [&'static str],
}

fn entry(random: &mut Random, words: &Words, people: &[String], number: u64, text: &mut String) {
    let day = random.day();
    let person = random.pick(people).clone();
    let topic = *random.pick(&["payment", "payment", "delivery", "price", "scope", "labour"]);
    let mut head = |kind: &str| {
        writeln!(text, "\n[{kind}.{day}-noise{number:02}]\ndate = {day}").unwrap();
    };
    match random.below(20) {
        0..=6 => {
            head("interaction");
            let summary = random.pick(words.summaries);
            let by = random.pick(&["us", "them"]);
            writeln!(
                text,
                "by = \"{by}\"\nwith = [\"{person}\"]\nsummary = \"{summary}\""
            )
        }
        7..=9 => {
            head("concern");
            let said = random.pick(words.concerns);
            let status = random.pick(&["open", "answered", "answered", "gone"]);
            let answer = random.pick(words.lines);
            writeln!(text, "from = \"{person}\"\nabout = \"{topic}\"\nsaid = \"{said}\"\nstatus = \"{status}\"\nanswer = \"{answer}\"")
        }
        10 => {
            let old = date(2016, 1, 4) + i64::try_from(random.below(2_000)).unwrap().days();
            let said = random.pick(words.twins);
            writeln!(text, "\n[concern.{old}-twin{number:02}]\ndate = {old}\nfrom = \"{person}\"\nabout = \"{topic}\"\nsaid = \"{said}\"\nstatus = \"answered\"")
        }
        11..=12 => {
            head("promise");
            let what = random.pick(words.promises);
            writeln!(text, "by = \"us\"\nwhat = \"{what}\"\ndone = {day}")
        }
        13..=14 => {
            head("negotiation");
            let asked = random.pick(words.requests);
            let result = random.pick(&["deal", "no-deal", "not-now"]);
            let learned = random.pick(words.lines);
            writeln!(text, "asked = \"{asked}\"\ngive = [\"{topic}: {learned}\"]\nresult = \"{result}\"\nlearned = \"{learned}\"")
        }
        15..=17 => {
            head("fact");
            let (fact, source) = (random.pick(words.facts), &person);
            writeln!(
                text,
                "about = \"business\"\ntext = \"{fact}\"\nsource = \"{source}\""
            )
        }
        _ => {
            let title = random.pick(words.titles);
            writeln!(text, "\n[deal.noise-{number:02}]\ntitle = \"{title}\"\nopened = {day}\nstatus = \"won\"\nclosed = {day}")
        }
    }
    .unwrap();
    let (one, other) = (random.pick(words.notes), random.pick(words.notes));
    writeln!(text, "notes = \"\"\"\n{one}\n{other}\"\"\"").unwrap();
}

const JA: Words = Words {
    summaries: &[
        "支払条件の確認",
        "支払の件で電話",
        "納期の相談",
        "見積の説明に伺う",
        "契約更新の打合せ",
        "請求書の書式について電話",
        "担当者の交代のあいさつ",
        "在庫の数え方を見せてもらう",
        "来期の予算の話",
    ],
    concerns: &[
        "支払が月末に重なる",
        "支払の回数を増やしたい",
        "納期が読めない",
        "見積の金額が高い",
        "担当が代わると話が通じない",
        "人手が足りない",
    ],
    promises: &[
        "見積を作り直す",
        "請求書の写しを送る",
        "支払予定の一覧を出す",
        "納期の候補を三つ出す",
    ],
    requests: &[
        "支払を翌々月にしてほしい",
        "端数をまけてほしい",
        "納期を二週間早めてほしい",
        "保守も込みにしてほしい",
    ],
    facts: &[
        "支払は毎月二十日締め",
        "繁忙期は三月と九月",
        "競合が値下げをした",
        "部長が来年で定年",
    ],
    titles: &[
        "受発注の整理",
        "在庫の見える化",
        "見積の標準化",
        "支払通知の自動化",
    ],
    notes: &[
        "温度記録の紙が机に積まれていた。",
        "前金三割の話も少し出た。",
        "角印の書類を預かる。",
        "新酒を一本いただく。",
        "校了の前で忙しそうだった。",
        "運動会の準備で人がいない。",
        "ワクチンの話で終わった。",
        "養殖の番組を一緒に見た。",
        "支払サイトは変わらず。",
        "冷蔵庫の横で立ち話。",
        "連絡帳に書いておくとのこと。",
        "山田さんは席を外していた。",
        "支払の話は次回に。",
        "採血の帰りだと言っていた。",
    ],
    lines: &[
        "次の期から",
        "一度持ち帰る",
        "現場と話してから決める",
        "第二工場の分は別にする",
        "写真を見せて説明した",
        "活字の大きい書類にした",
    ],
    twins: &[
        "前金三割は無理",
        "支払サイトが長い",
        "温度記録が面倒",
        "角印の見積が遅い",
        "校了の日に電話がつながらない",
    ],
};

const EN: Words = Words {
    summaries: &[
        "Talked about payment terms",
        "Payment is late, they know",
        "Asked for a quote",
        "Delivery dates for the quarter",
        "Renewal of the contract",
        "Invoice questions",
        "Introduced the new contact",
        "Walked through the stock count",
    ],
    concerns: &[
        "Payment before delivery is hard for us",
        "The payment run is on Fridays only",
        "Delivery takes too long",
        "The price went up twice",
        "We have too few people for this",
    ],
    promises: &[
        "A new quote",
        "A copy of the invoice",
        "Payment plan for the quarter",
        "Three dates for the delivery",
    ],
    requests: &[
        "Payment in two parts",
        "A discount for early payment",
        "Delivery two weeks sooner",
        "Support included",
    ],
    facts: &[
        "Payments leave on the twentieth",
        "March and September are the busy months",
        "A competitor cut its prices",
        "The manager retires next year",
    ],
    titles: &[
        "Order intake",
        "Stock at a glance",
        "Standard quotes",
        "Payment notices",
    ],
    notes: &[
        "The forklift was in the way again.",
        "Somebody mentioned a cold chain project.",
        "They have flour on every desk.",
        "The calibration man came in late.",
        "A strike was in the papers.",
        "Somebody had left a podcast running.",
        "The drivers were on their break.",
        "Bread and coffee, then numbers.",
        "No word about the refund.",
        "Payment was not discussed.",
        "Yamada-san sends her regards.",
        "Pallets everywhere.",
    ],
    lines: &[
        "From the next quarter on",
        "Taken back to the office",
        "After a talk with the floor",
        "Without the handout",
        "Recipe and all",
        "The certificate comes later",
    ],
    twins: &[
        "The forklift blocks our bay",
        "Cold chain figures are missing",
        "Flour dust on the printer",
        "The drivers hate the forms",
    ],
};

const JAPANESE: &[(&str, &str)] = &[
    ("丸岡", "まるおか"),
    ("丸川", "まるかわ"),
    ("山田", "やまだ"),
    ("山岡", "やまおか"),
    ("高橋", "たかはし"),
    ("高田", "たかだ"),
    ("中山", "なかやま"),
    ("渡部", "わたべ"),
    ("渡瀬", "わたせ"),
    ("青井", "あおい"),
    ("森川", "もりかわ"),
    ("大波", "おおなみ"),
];
const TRADES: &[(&str, &str)] = &[
    ("商事", "しょうじ"),
    ("工務店", "こうむてん"),
    ("食品", "しょくひん"),
    ("印刷", "いんさつ"),
    ("水産", "すいさん"),
    ("酒販", "しゅはん"),
];
const ENGLISH: &[&str] = &[
    "Northbrook",
    "Northwick",
    "Halberd",
    "Kestmore",
    "Lindholm",
    "Harbury",
    "Oakmere",
    "Silverdale",
];
const BUSINESS: &[&str] = &[
    "Logistics",
    "Foods",
    "Studio",
    "Partners",
    "Instruments",
    "Freight",
];
const FAMILY: &[(&str, &str)] = &[
    ("山田", "やまだ"),
    ("山本", "やまもと"),
    ("高橋", "たかはし"),
    ("渡辺", "わたなべ"),
    ("斎藤", "さいとう"),
    ("長谷部", "はせべ"),
    ("久保", "くぼ"),
    ("森田", "もりた"),
    ("丸山", "まるやま"),
    ("庄司", "しょうじ"),
];
const GIVEN: &[(&str, &str)] = &[
    ("健一", "けんいち"),
    ("美咲", "みさき"),
    ("直樹", "なおき"),
    ("陽子", "ようこ"),
    ("大輔", "だいすけ"),
    ("由美", "ゆみ"),
    ("誠", "まこと"),
    ("さくら", "さくら"),
];
const FIRST: &[&str] = &[
    "Anna", "Daniel", "Laura", "Peter", "Nora", "Simon", "Helen", "Mark",
];
const LAST_NAMES: &[&str] = &[
    "Harding", "Lindberg", "Miller", "Benson", "Stephens", "Holt", "Morton", "Quinn",
];
const ROLES_JA: &[&str] = &["部長", "課長", "総務", "仕入", "受付"];
const ROLES_EN: &[&str] = &["Manager", "Purchasing", "Office", "Warehouse", "Accounts"];
