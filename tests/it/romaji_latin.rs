//! Kana as people write them in Latin letters: a table of its own, so that it can be held against
//! the program's.

/// Kana, Hepburn, Kunrei.
const TABLE: &str = "\
きゃ kya kya きゅ kyu kyu きょ kyo kyo しゃ sha sya しゅ shu syu しょ sho syo ちゃ cha tya ちゅ chu tyu ちょ cho tyo \
にゃ nya nya にゅ nyu nyu にょ nyo nyo ひゃ hya hya ひゅ hyu hyu ひょ hyo hyo みゃ mya mya みゅ myu myu みょ myo myo \
りゃ rya rya りゅ ryu ryu りょ ryo ryo ぎゃ gya gya ぎゅ gyu gyu ぎょ gyo gyo じゃ ja zya じゅ ju zyu じょ jo zyo \
びゃ bya bya びゅ byu byu びょ byo byo ぴゃ pya pya ぴゅ pyu pyu ぴょ pyo pyo ぢゃ ja zya ぢゅ ju zyu ぢょ jo zyo \
ふぁ fa fa ふぃ fi fi ふぇ fe fe ふぉ fo fo ふゅ fyu fyu てぃ ti thi でぃ di dhi でゅ dyu dhu とぅ tu twu どぅ du dwu \
うぃ wi wi うぇ we we うぉ wo who しぇ she sye じぇ je zye ちぇ che tye つぁ tsa tsa つぇ tse tse つぉ tso tso \
ゔぁ va va ゔぃ vi vi ゔぇ ve ve ゔぉ vo vo ゔ vu vu いぇ ye ye つぃ tsi tsi くぁ kwa kwa くぉ kwo kwo ぐぁ gwa gwa すぃ si swi \
あ a a い i i う u u え e e お o o か ka ka き ki ki く ku ku け ke ke こ ko ko さ sa sa し shi si す su su せ se se そ so so \
た ta ta ち chi ti つ tsu tu て te te と to to な na na に ni ni ぬ nu nu ね ne ne の no no は ha ha ひ hi hi ふ fu hu へ he he ほ ho ho \
ま ma ma み mi mi む mu mu め me me も mo mo や ya ya ゆ yu yu よ yo yo ら ra ra り ri ri る ru ru れ re re ろ ro ro わ wa wa \
が ga ga ぎ gi gi ぐ gu gu げ ge ge ご go go ざ za za じ ji zi ず zu zu ぜ ze ze ぞ zo zo だ da da ぢ ji zi づ zu zu で de de ど do do \
ば ba ba び bi bi ぶ bu bu べ be be ぼ bo bo ぱ pa pa ぴ pi pi ぷ pu pu ぺ pe pe ぽ po po を o o";

/// A way to write Japanese in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As in a passport: `tokyo`, `shimbashi`, `shinichi`.
    Hepburn,
    /// As it is taught at school, without the hats: `tokyo`, `sinbasi`, `sin'iti`.
    Kunrei,
    /// As it is typed into a computer: `toukyou`, `shinbashi`, `shin'ichi`.
    Typed,
}

/// All of them.
pub const STYLES: [Style; 3] = [Style::Hepburn, Style::Kunrei, Style::Typed];

/// A word in hiragana in Latin letters. `None`: there is something else in it.
pub fn latin(kana: &str, style: Style) -> Option<String> {
    let words: Vec<&str> = TABLE.split_whitespace().collect();
    let (mut latin, mut rest, mut stop, mut nasal) = (String::new(), kana, false, false);
    while let Some(first) = rest.chars().next() {
        let row = words.chunks(3).find(|row| rest.starts_with(row[0]));
        let length = row.map_or(first.len_utf8(), |row| row[0].len());
        rest = &rest[length..];
        match (first, row) {
            ('っ', _) => stop = true,
            ('ん', _) => nasal = true,
            ('ー', _) => {
                if style == Style::Typed {
                    latin.push('-');
                }
                continue;
            }
            (_, Some(row)) => {
                let beat = if style == Style::Kunrei {
                    row[2]
                } else {
                    row[1]
                };
                let is_long = style != Style::Typed
                    && (latin.ends_with('o') && matches!(beat, "u" | "o") && first != 'を'
                        || latin.ends_with('u') && beat == "u");
                if nasal {
                    let (lips, vowel) = (
                        beat.starts_with(['b', 'm', 'p']),
                        beat.starts_with(['a', 'i', 'u', 'e', 'o', 'y']),
                    );
                    latin += match style {
                        Style::Hepburn if lips => "m",
                        Style::Kunrei | Style::Typed if vowel => "n'",
                        _ => "n",
                    };
                } else if is_long {
                    continue;
                }
                if stop {
                    latin.push(if beat.starts_with("ch") {
                        't'
                    } else {
                        beat.chars().next()?
                    });
                }
                latin += beat;
                (stop, nasal) = (false, false);
            }
            _ => return None,
        }
    }
    if nasal {
        latin.push('n');
    }
    (!stop).then_some(latin)
}
