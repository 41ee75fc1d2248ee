//! The beats of Japanese (か, きゃ, っ, ん), how each is written in kana and how it is typed.

use std::sync::LazyLock;

use crate::model::memo::ByText;

/// One beat, as [`moras`] gives them out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mora(pub(super) u8);

/// Kana, the spelling that stands in the table of readings, other spellings.
///
/// The first spelling is different in each row, and ends with its only vowel, or is `N` or `Q`.
/// The rows behind ー lengthen the vowel before them; they may go untyped.
const ROWS: &str = "\
あ a|い i yi|う u wu|え e|お o
か ka ca|き ki|く ku cu|け ke|こ ko co|が ga|ぎ gi|ぐ gu|げ ge|ご go
さ sa|し si shi ci|す su|せ se ce|そ so|ざ za|じ zi ji|ず zu|ぜ ze|ぞ zo
た ta|ち ti chi|つ tu tsu|て te|と to|だ da|ぢ di zi ji|づ du zu dzu|で de|ど do
な na|に ni|ぬ nu|ね ne|の no
は ha|ひ hi|ふ hu fu|へ he|ほ ho|ば ba|び bi|ぶ bu|べ be|ぼ bo|ぱ pa|ぴ pi|ぷ pu|ぺ pe|ぽ po
ま ma|み mi|む mu|め me|も mo|や ya|ゆ yu|よ yo|ら ra|り ri|る ru|れ re|ろ ro
わ wa|ゐ Wi wi i|ゑ We we e|を Wo wo o|ん N|っ Q xtu ltu xtsu ltsu
きゃ kya|きゅ kyu|きょ kyo|ぎゃ gya|ぎゅ gyu|ぎょ gyo
しゃ sya sha|しゅ syu shu|しょ syo sho|しぇ sye she
じゃ zya ja zja jya|じゅ zyu ju jyu|じょ zyo jo jyo|じぇ zye je jye
ちゃ tya cha cya|ちゅ tyu chu cyu|ちょ tyo cho cyo|ちぇ tye che cye
ぢゃ dya ja zya|ぢゅ dyu ju zyu|ぢょ dyo jo zyo
にゃ nya|にゅ nyu|にょ nyo|ひゃ hya|ひゅ hyu|ひょ hyo|びゃ bya|びゅ byu|びょ byo
ぴゃ pya|ぴゅ pyu|ぴょ pyo|みゃ mya|みゅ myu|みょ myo|りゃ rya|りゅ ryu|りょ ryo
ふぁ fa hwa|ふぃ fi hwi|ふぇ fe hwe|ふぉ fo hwo|ふゅ fyu
てぃ thi ti texi|でぃ dhi di dexi|とぅ twu tu toxu|どぅ dwu du doxu|てゅ thu|でゅ dhu dyu
うぃ wi uxi|うぇ we uxe|うぉ Who who wo uxo|いぇ ye|ゔ vu bu|ゔぁ va ba|ゔぃ vi bi|ゔぇ ve be|ゔぉ vo bo|ゔゅ vyu
くぁ qa kwa|くぃ qi kwi|くぇ qe kwe|くぉ qo kwo|ぐぁ gwa|すぃ swi si|ずぃ zwi zi|つぁ tsa|つぃ tsi|つぇ tse|つぉ tso
ぁ xa la|ぃ xi li|ぅ xu lu|ぇ xe le|ぉ xo lo|ゃ xya lya|ゅ xyu lyu|ょ xyo lyo|ゎ xwa lwa|ゕ xka lka ka|ゖ xke lke ke
ーa A a -|ーi I i -|ーu U u -|ーe E e i -|ーo O o u h -|ー X a i u e o -";

const SMALL: [char; 9] = ['ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'ゃ', 'ゅ', 'ょ', 'ゎ'];
const FIRST_KANA: u32 = 0x3041;
const LAST_KANA: u32 = 0x3096;
/// A kana alone, and with each small one behind it.
const COLUMNS: usize = 1 + SMALL.len();

/// What is known of a beat.
pub(super) struct Row {
    pub(super) kana: &'static str,
    /// How the table of readings spells it.
    pub(super) key: &'static str,
    /// All that may be typed for it.
    pub(super) spellings: Vec<&'static str>,
    /// か as が, where a word follows another.
    pub(super) voiced: Option<Mora>,
    /// は as ぱ, behind っ and ん.
    pub(super) half_voiced: Option<Mora>,
    /// Whether it becomes っ before another word, as the く of がく in がっこう.
    pub(super) shortens: bool,
    /// The vowel it ends with.
    vowel: Option<u8>,
}

/// All beats.
pub(super) struct Moras {
    pub(super) rows: Vec<Row>,
    by_kana: Vec<Option<Mora>>,
    pub(super) n: Mora,
    pub(super) q: Mora,
    pub(super) u: Mora,
    pub(super) o: Mora,
    /// A long a, i, u, e, o, and one of which nobody knows the vowel.
    long: [Mora; 6],
}

pub(super) static MORAS: LazyLock<Moras> = LazyLock::new(Moras::new);

impl Moras {
    fn new() -> Moras {
        let mut rows: Vec<Row> = ROWS.split(['\n', '|']).filter_map(Row::new).collect();
        let named = |kana: &str| {
            let at = rows.iter().position(|row| row.kana == kana)?;
            u8::try_from(at).ok().map(Mora)
        };
        let changed = |kana: &str, change: fn(char) -> Option<char>| {
            let mut chars = kana.chars();
            let first = change(chars.next()?)?;
            named(&format!("{first}{}", chars.as_str()))
        };
        let variants: Vec<_> = (rows.iter())
            .map(|row| (changed(row.kana, voiced), changed(row.kana, half_voiced)))
            .collect();
        let mut by_kana = vec![None; (LAST_KANA - FIRST_KANA + 1) as usize * COLUMNS];
        for row in &rows {
            let mut chars = row.kana.chars();
            let place = chars.next().and_then(|first| place(first, chars.next()));
            if let Some(mora) = place.and_then(|at| by_kana.get_mut(at)) {
                *mora = named(row.kana);
            }
        }
        let sure = |kana: &str| named(kana).unwrap_or(Mora(u8::MAX));
        let long = ["ーa", "ーi", "ーu", "ーe", "ーo", "ー"].map(sure);
        let [n, q, u, o] = ["ん", "っ", "う", "お"].map(sure);
        for (row, (voiced, half_voiced)) in rows.iter_mut().zip(variants) {
            (row.voiced, row.half_voiced) = (voiced, half_voiced);
        }
        Moras {
            rows,
            by_kana,
            n,
            q,
            u,
            o,
            long,
        }
    }

    pub(super) fn row(&self, mora: Mora) -> Option<&Row> {
        self.rows.get(usize::from(mora.0))
    }

    /// The beat that a kana makes, alone or with the small one behind it.
    pub(super) fn of_kana(&self, kana: char, small: Option<char>) -> Option<Mora> {
        *self.by_kana.get(place(kana, small)?)?
    }

    /// What a beat is behind another: う behind お only lengthens it. `None`: itself.
    pub(super) fn lengthening(&self, before: Mora, mora: Mora) -> Option<Mora> {
        let long = match self.row(before)?.vowel? {
            b'o' if mora == self.u || mora == self.o => b'o',
            b'u' if mora == self.u => b'u',
            _ => return None,
        };
        Some(self.long(Some(long)))
    }

    /// The ー behind a vowel.
    pub(super) fn long(&self, vowel: Option<u8>) -> Mora {
        let vowels = b"aiueo";
        let at = vowels.iter().position(|&other| Some(other) == vowel);
        let [.., any] = self.long;
        at.and_then(|at| self.long.get(at)).copied().unwrap_or(any)
    }

    /// The ー behind a beat.
    pub(super) fn long_behind(&self, before: Option<Mora>) -> Mora {
        self.long(before.and_then(|before| self.row(before)?.vowel))
    }
}

impl Row {
    fn new(text: &'static str) -> Option<Row> {
        let mut words = text.split_whitespace();
        let (kana, key) = (words.next()?, words.next()?);
        let mut spellings: Vec<&'static str> = words.collect();
        if key.bytes().all(|byte| byte.is_ascii_lowercase()) {
            spellings.push(key);
        }
        let vowel = key.bytes().last().map(|last| last.to_ascii_lowercase());
        Some(Row {
            kana,
            key,
            spellings,
            voiced: None,
            half_voiced: None,
            shortens: matches!(kana, "く" | "き" | "つ" | "ち"),
            vowel: vowel.filter(|vowel| b"aiueo".contains(vowel)),
        })
    }
}

/// The place of a kana in the table by kana.
fn place(kana: char, small: Option<char>) -> Option<usize> {
    let line = (kana as u32).checked_sub(FIRST_KANA)? as usize;
    let column = match small {
        None => 0,
        Some(small) => 1 + SMALL.iter().position(|&other| other == small)?,
    };
    (kana as u32 <= LAST_KANA).then_some(line * COLUMNS + column)
}

fn voiced(kana: char) -> Option<char> {
    let voiceless = "かきくけこさしすせそたちつてとはひふへほ".contains(kana);
    voiceless.then(|| char::from_u32(kana as u32 + 1)).flatten()
}

fn half_voiced(kana: char) -> Option<char> {
    let breathes = "はひふへほ".contains(kana);
    breathes.then(|| char::from_u32(kana as u32 + 2)).flatten()
}

impl Mora {
    /// か as が, as it may sound behind another word.
    pub fn voiced(self) -> Option<Mora> {
        MORAS.row(self)?.voiced
    }

    /// は as ぱ, as it may sound behind っ and ん.
    pub fn half_voiced(self) -> Option<Mora> {
        MORAS.row(self)?.half_voiced
    }

    /// Whether it may become っ in front of another word, as く in 学校.
    pub fn shortens(self) -> bool {
        MORAS.row(self).is_some_and(|row| row.shortens)
    }

    /// Whether it is っ.
    pub fn is_stop(self) -> bool {
        self == MORAS.q
    }

    /// Its spelling in the table of readings.
    pub fn key(self) -> &'static str {
        MORAS.row(self).map_or("", |row| row.key)
    }
}

/// The beats of a word in hiragana. `None`: there is something else in it.
pub fn moras(kana: &str) -> Option<Vec<Mora>> {
    let mut moras: Vec<Mora> = Vec::with_capacity(kana.len() / 3);
    let mut chars = kana.chars().peekable();
    while let Some(first) = chars.next() {
        if first == 'ー' {
            moras.push(MORAS.long_behind(moras.last().copied()));
            continue;
        }
        let pair = chars
            .peek()
            .and_then(|&small| MORAS.of_kana(first, Some(small)));
        if pair.is_some() {
            chars.next();
        }
        moras.push(pair.or_else(|| MORAS.of_kana(first, None))?);
    }
    Some(moras)
}

/// The beats that a reading in the table is spelled with. `None`: it is misspelled.
pub(super) fn spelled(mut keys: &str, by_key: &ByText<&str, Mora>) -> Option<Vec<Mora>> {
    let mut moras: Vec<Mora> = Vec::with_capacity(keys.len() / 2);
    while !keys.is_empty() {
        let end = keys.find(|c| "aiueoAIUEOXNQ".contains(c))? + 1;
        let (key, rest) = keys.split_at_checked(end)?;
        let mora = *by_key.get(key)?;
        let long = moras.last().and_then(|&last| MORAS.lengthening(last, mora));
        moras.push(long.unwrap_or(mora));
        keys = rest;
    }
    Some(moras)
}
