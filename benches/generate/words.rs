//! The words of generated journals, in two languages.

use super::Random;

/// A language of a customer.
#[derive(Clone, Copy)]
pub enum Language {
    Japanese,
    English,
}

/// What people of one language say, and what they are called.
pub struct Words {
    japanese: bool,
    pub currency: &'static str,
    pub tags: &'static [&'static str],
    pub roles: &'static [&'static str],
    pub titles: &'static [&'static str],
    pub concerns: &'static [&'static str],
    pub promises: &'static [&'static str],
    pub sentences: &'static [&'static str],
}

impl Words {
    /// Those of a language.
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::Japanese => &JAPANESE,
            Language::English => &ENGLISH,
        }
    }

    /// Name, `reading` line (may be empty) and file name of the company with that number.
    pub fn company(&self, number: usize) -> (String, String, String) {
        let half = number / 2;
        if self.japanese {
            let (first, kana) = SOUNDS[half % SOUNDS.len()];
            let (second, more) = SOUNDS[half / SOUNDS.len() % SOUNDS.len()];
            let (trade, read) = TRADES[half % TRADES.len()];
            let round = half / (SOUNDS.len() * SOUNDS.len());
            let digits = if round == 0 {
                String::new()
            } else {
                round.to_string()
            };
            let name = format!("{first}{second}{trade}{digits}");
            let reading = format!("reading = \"{kana}{more}{read}\"\n");
            (name.clone(), reading, name)
        } else {
            let first = START[half % START.len()];
            let second = END[half / START.len() % END.len()];
            let form = FORMS[half % FORMS.len()];
            let round = half / (START.len() * END.len());
            let digits = if round == 0 {
                String::new()
            } else {
                format!(" {round}")
            };
            let name = format!("{first}{second} {form}{digits}");
            let stem = name.to_lowercase().replace(' ', "-");
            (name, String::new(), stem)
        }
    }

    /// Name, `reading` line (may be empty) and key of a contact.
    pub fn person(&self, random: &mut Random, number: usize) -> (String, String, String) {
        let (family, given) = (random.pick(FAMILY), random.pick(GIVEN));
        if self.japanese {
            let name = format!("{} {}", family.0, given.0);
            let reading = format!("reading = \"{} {}\"\n", family.1, given.1);
            (name, reading, format!("{}-{}-{number}", family.2, given.2))
        } else {
            let (first, last) = (random.pick(FIRST), random.pick(LAST));
            let key = format!("{first}-{last}-{number}").to_lowercase();
            (format!("{first} {last}"), String::new(), key)
        }
    }
}

type Spelled = (&'static str, &'static str, &'static str);

const SOUNDS: &[(&str, &str)] = &[
    ("アク", "あく"),
    ("ミナ", "みな"),
    ("ソラ", "そら"),
    ("ヒノ", "ひの"),
    ("ナギ", "なぎ"),
    ("トモ", "とも"),
    ("カゼ", "かぜ"),
    ("ホシ", "ほし"),
    ("ユキ", "ゆき"),
    ("ハル", "はる"),
    ("モリ", "もり"),
    ("シオ", "しお"),
    ("タケ", "たけ"),
    ("イズ", "いず"),
    ("クモ", "くも"),
    ("ウミ", "うみ"),
    ("サト", "さと"),
];
const TRADES: &[(&str, &str)] = &[
    ("商事", "しょうじ"),
    ("工業", "こうぎょう"),
    ("印刷", "いんさつ"),
    ("食品", "しょくひん"),
    ("運輸", "うんゆ"),
    ("製作所", "せいさくしょ"),
    ("薬局", "やっきょく"),
];
const START: &[&str] = &[
    "Bore", "Cobal", "Delt", "Ember", "Fable", "Grano", "Halcy", "Ivor", "Junip", "Kestr", "Lumen",
    "Maril", "Norda", "Opal", "Perid", "Quart", "Rivel",
];
const END: &[&str] = &[
    "alis", "tex", "ano", "ium", "ora", "wick", "mere", "dale", "fold", "stad", "nova", "line",
    "worth",
];
const FORMS: &[&str] = &[
    "GmbH",
    "Ltd",
    "Studio",
    "Foods",
    "Print",
    "Logistics",
    "Partners",
];
const FAMILY: &[Spelled] = &[
    ("山田", "やまだ", "yamada"),
    ("佐藤", "さとう", "sato"),
    ("渡邊", "わたなべ", "watanabe"),
    ("髙橋", "たかはし", "takahashi"),
    ("中井", "なかい", "nakai"),
    ("西村", "にしむら", "nishimura"),
    ("黒田", "くろだ", "kuroda"),
    ("斎藤", "さいとう", "saito"),
];
const GIVEN: &[Spelled] = &[
    ("花子", "はなこ", "hanako"),
    ("太郎", "たろう", "taro"),
    ("悟", "さとる", "satoru"),
    ("誠", "まこと", "makoto"),
    ("由美", "ゆみ", "yumi"),
    ("健一", "けんいち", "kenichi"),
    ("直子", "なおこ", "naoko"),
    ("正彦", "まさひこ", "masahiko"),
];
const FIRST: &[&str] = &[
    "Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ines", "Jonas",
];
const LAST: &[&str] = &[
    "Berg", "Costa", "Duval", "Ek", "Frost", "Gruber", "Hale", "Ivens", "Jansen", "Kohl",
];

static JAPANESE: Words = Words {
    japanese: true,
    currency: "JPY",
    tags: &["小売", "大阪", "製造", "紹介", "要注意", "年度末", "retail"],
    roles: &[
        "購買部長",
        "専務",
        "経理課長",
        "情報システム担当",
        "工場長",
        "店長",
    ],
    titles: &[
        "ECサイト更改",
        "在庫管理の見直し",
        "帳票の電子化",
        "店舗研修",
        "基幹システム保守",
        "工場の見える化",
    ],
    concerns: &[
        "一括前払いは厳しい",
        "初期費用が高い",
        "現場がついてこられるか心配",
        "担当が替わると話が戻る",
        "他社は半分の値段だと言っている",
        "導入の時期が決算と重なる",
        "効果が見えるまで時間がかかりそうだ",
        "役員会で説明できる数字がほしい",
    ],
    promises: &[
        "見積を2案送る",
        "月額払いにする",
        "導入後3か月の電話対応",
        "お客様の声として紹介",
        "議事録を翌日までに送る",
        "12か月契約",
        "同業の事例を探す",
        "現場向けの手順書を作る",
    ],
    sentences: &[
        "支払条件の相談。一括前払いは厳しいが、月額なら上に通せるとのこと。",
        "決裁は12月の役員会。それまでに数字のそろった資料がほしいと言われた。",
        "棚卸に3日かかり、店を閉めている間の売上のほうが痛いという話だった。",
        "競合の提案は機能が多いが、現場で使い切れないのではと心配していた。",
        "価格より支払方法が壁だった。次からは最初に聞くこと。",
        "先月の研修は好評で、別の店舗でもやってほしいという声が出ている。",
        "担当の方が春に異動するかもしれない。後任には早めに会っておきたい。",
        "雑談のなかで、来年の新店舗の計画を聞いた。まだ社外には出ていない。",
        "電話がつながりにくいと指摘された。受付の時間を書いて送り直した。",
        "payment termの変更はCFOの承認が必要だと聞いた。",
    ],
};

static ENGLISH: Words = Words {
    japanese: false,
    currency: "EUR",
    tags: &[
        "retail",
        "north",
        "manufacturing",
        "referral",
        "handle with care",
        "year end",
        "製造",
    ],
    roles: &[
        "head of purchasing",
        "managing director",
        "controller",
        "IT lead",
        "plant manager",
        "store manager",
    ],
    titles: &[
        "Web shop renewal",
        "Stock review",
        "Paperless invoices",
        "Store training",
        "Maintenance contract",
        "Shop floor screens",
    ],
    concerns: &[
        "we can't pay it all up front",
        "the first invoice is too high",
        "the team won't keep up with the rollout",
        "whenever you change people we start again",
        "others ask for half of that",
        "the rollout eats our summer",
        "it takes too long until we see anything",
        "I need figures for the board",
    ],
    promises: &[
        "send two quotes",
        "monthly payment",
        "phone support for three months",
        "a testimonial we may print",
        "minutes by the next day",
        "a term of 12 months",
        "find a case from their trade",
        "write a guide for the floor",
    ],
    sentences: &[
        "Talked about payment: all up front is hard, a monthly fee would pass the board.",
        "The decision falls in the December meeting; they want figures they can show there.",
        "Taking stock closes the shop for three days, and the lost sales hurt more than our fee.",
        "The other offer has more features, but she doubts that anybody would use them.",
        "It was the way of paying and not the price. Ask for that first next time.",
        "Last month's training went well, and a second store would like the same.",
        "He may move on in spring; meet whoever follows before that.",
        "Heard in passing of a new branch next year. Not public yet.",
        "They could not reach us by phone twice; sent our hours again and a second number.",
        "アクメ商事の事例 was what convinced the board in the end.",
    ],
};
