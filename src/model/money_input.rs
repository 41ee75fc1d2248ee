//! Amounts of money as people type them into a form, in English and Japanese.

use unicode_normalization::UnicodeNormalization;

use super::money::Amount;

/// What was typed: an exact amount, and the currency where the text names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// How much.
    pub amount: Amount,
    /// The currency's code in capitals.
    pub currency: Option<Box<str>>,
}

/// Why an amount can't be read, with what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// Nothing that looks like an amount.
    #[error("`{0}` is no amount; type it like 1200000, 1.2M, 120万 or 1200.50 EUR")]
    NoAmount(String),
    /// Two ways to read it.
    #[error("`{typed}` can be read as {one} or as {other}; type one of them")]
    TwoWays {
        /// The text.
        typed: String,
        /// The one reading, as it can be typed.
        one: String,
        /// The other.
        other: String,
    },
    /// Two different currencies.
    #[error("`{typed}` names two currencies, {one} and {other}; keep one")]
    TwoCurrencies {
        /// The text.
        typed: String,
        /// The currency in front.
        one: Box<str>,
        /// The currency behind.
        other: Box<str>,
    },
    /// More digits than an amount can hold.
    #[error("`{0}` has more digits than an amount can hold (38, of them 18 decimals)")]
    TooLong(String),
}

/// Signs and words for currencies. Longer ones stand before those that they end or begin with.
const SIGNS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("hk$", "HKD"),
    ("nt$", "TWD"),
    ("s$", "SGD"),
    ("米ドル", "USD"),
    ("ドル", "USD"),
    ("ユーロ", "EUR"),
    ("ポンド", "GBP"),
    ("yen", "JPY"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("¥", "JPY"),
    ("円", "JPY"),
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("₩", "KRW"),
    ("₹", "INR"),
];

/// Codes that are understood behind or in front of an amount.
const CODES: &str = "AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS \
INR ISK JPY KES KRW KZT LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY \
TWD UAH USD UYU VND ZAR";

/// Words behind a number that multiply it, by their power of ten.
const WORDS: &[(&str, u8)] = &[
    ("k", 3),
    ("m", 6),
    ("mn", 6),
    ("mio", 6),
    ("million", 6),
    ("b", 9),
    ("bn", 9),
    ("billion", 9),
];

/// Reads `1.2M`, `850k`, `120万`, `1億2000万円`, `三百万`, `€1,200.50`, `EUR 1200`, `1.200,50`,
/// full-width digits included, without loss.
///
/// `¥` is yen and `$` the US dollar, unless a code says otherwise. A single comma before three digits
/// parts thousands; a single point before three digits could be either and is asked about.
///
/// # Errors
/// [`Unclear`] for text that is no amount, has two readings or two currencies, or is too long.
pub fn parse_typed(text: &str) -> Result<Typed, Unclear> {
    let typed = text.trim();
    let plain: String = typed.nfkc().collect::<String>().to_lowercase();
    let plain = plain.replace(['\u{2212}', '▲', '△'], "-").replace('’', "'");
    let (first, rest) = sign_first(plain.trim());
    let (before, rest) = currency_at_start(rest);
    let (second, rest) = sign_first(rest);
    let (after, rest) = currency_at_end(rest);
    let currency = match (before, after) {
        (Some(one), Some(other)) if one != other => {
            return Err(Unclear::TwoCurrencies {
                typed: typed.to_owned(),
                one: one.into(),
                other: other.into(),
            });
        }
        (before, after) => before.or(after).map(Box::from),
    };
    let amount = match (first, second) {
        (true, true) => Err(Unclear::NoAmount(typed.to_owned())),
        (false, false) => number(rest, typed),
        _ => number(rest, typed).map(Amount::negated),
    }?;
    Ok(Typed { amount, currency })
}

fn sign_first(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn currency_at_start(text: &str) -> (Option<&'static str>, &str) {
    for &(sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (Some(code), rest.trim_start());
        }
    }
    for code in CODES.split_whitespace() {
        if let Some((head, rest)) = text.split_at_checked(3)
            && head.eq_ignore_ascii_case(code)
        {
            return (Some(code), rest.trim_start());
        }
    }
    (None, text)
}

fn currency_at_end(text: &str) -> (Option<&'static str>, &str) {
    for &(sign, code) in SIGNS {
        if let Some(rest) = text.strip_suffix(sign) {
            return (Some(code), rest.trim_end());
        }
    }
    for code in CODES.split_whitespace() {
        if let Some((rest, tail)) = text.split_at_checked(text.len().saturating_sub(3))
            && tail.eq_ignore_ascii_case(code)
        {
            return (Some(code), rest.trim_end());
        }
    }
    (None, text)
}

/// The digits of one number, or one of the words and characters that multiply.
enum Piece<'a> {
    Digits(&'a str),
    Kanji(u8),
    /// 十 百 千: multiply the number before them, or one.
    Small(u8),
    /// 万 億 兆: multiply all since the last of them.
    Large(u8),
}

fn number(text: &str, typed: &str) -> Result<Amount, Unclear> {
    let no_amount = || Unclear::NoAmount(typed.to_owned());
    let digits_end = text
        .find(|c: char| !(c.is_ascii_digit() || ",._' ".contains(c)))
        .unwrap_or(text.len());
    let (head, word) = text.split_at_checked(digits_end).ok_or_else(no_amount)?;
    if word.is_empty() {
        return digits(head.trim(), typed, "");
    }
    if let Some(&(_, power)) = WORDS.iter().find(|(known, _)| *known == word) {
        let many = digits(head.trim(), typed, word)?;
        return many.times_ten_to(power).ok_or_else(|| too_long(typed));
    }
    japanese(&pieces(text).ok_or_else(no_amount)?, typed)
}

fn too_long(typed: &str) -> Unclear {
    Unclear::TooLong(typed.to_owned())
}

fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            ' ' => {}
            '0'..='9' => {
                len = rest
                    .find(|c: char| !(c.is_ascii_digit() || ",._'".contains(c)))
                    .unwrap_or(rest.len());
                found.push(Piece::Digits(rest.get(..len)?));
            }
            '十' => found.push(Piece::Small(1)),
            '百' => found.push(Piece::Small(2)),
            '千' => found.push(Piece::Small(3)),
            '万' | '萬' => found.push(Piece::Large(4)),
            '億' => found.push(Piece::Large(8)),
            '兆' => found.push(Piece::Large(12)),
            _ => found.push(Piece::Kanji(kanji_digit(c)?)),
        }
        rest = rest.get(len..)?;
    }
    Some(found)
}

fn kanji_digit(c: char) -> Option<u8> {
    let value = "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)?;
    u8::try_from(value).ok()
}

/// Adds up `1億 2000万 5千 300`: large units fall from left to right, and so do the small ones within
/// each; what stands behind a large unit is less than that unit.
fn japanese(pieces: &[Piece<'_>], typed: &str) -> Result<Amount, Unclear> {
    let no_amount = || Unclear::NoAmount(typed.to_owned());
    let add = |a: Amount, b: Amount| a.checked_add(b).ok_or_else(|| too_long(typed));
    let times = |a: Amount, power| a.times_ten_to(power).ok_or_else(|| too_long(typed));
    let (mut total, mut group) = (Amount::ZERO, Amount::ZERO);
    let mut open: Option<Amount> = None;
    let (mut large, mut small) = (None, None);
    for piece in pieces {
        match *piece {
            Piece::Digits(run) if open.is_none() => open = Some(digits(run, typed, "万")?),
            // 二〇: kanji in a row count like written digits.
            Piece::Kanji(digit) => {
                let tens = times(open.unwrap_or(Amount::ZERO), 1)?;
                open = Some(add(tens, Amount::from(digit))?);
            }
            Piece::Small(power) if small.is_none_or(|last| power < last) => {
                let count = open.take().unwrap_or(Amount::from(1));
                group = add(group, times(count, power)?)?;
                small = Some(power);
            }
            Piece::Large(power) if open.is_some() || small.is_some() => {
                let inner = times(add(group, open.take().unwrap_or(Amount::ZERO))?, power)?;
                if large.is_some_and(|last| !is_below(inner, last)) {
                    return Err(no_amount());
                }
                total = add(total, inner)?;
                (group, large, small) = (Amount::ZERO, Some(power), None);
            }
            _ => return Err(no_amount()),
        }
    }
    let rest = add(group, open.unwrap_or(Amount::ZERO))?;
    if large.is_some_and(|last| !is_below(rest, last)) {
        return Err(no_amount());
    }
    match large {
        // 1億2千 is said for 1億2千万 as well as for 1億 and 2,000.
        Some(last @ 5..) if open.is_none() && small == Some(3) => Err(Unclear::TwoWays {
            typed: typed.to_owned(),
            one: add(total, times(rest, last - 4)?)?.to_string(),
            other: add(total, rest)?.to_string(),
        }),
        _ => add(total, rest),
    }
}

fn is_below(amount: Amount, power: u8) -> bool {
    Amount::from(1)
        .times_ten_to(power)
        .is_some_and(|limit| amount < limit)
}

/// Reads one run of digits with its separators. A `unit` behind it rules out readings: before any,
/// `1.234` is a decimal, and before 万 a comma parts thousands.
fn digits(run: &str, typed: &str, unit: &str) -> Result<Amount, Unclear> {
    let no_amount = || Unclear::NoAmount(typed.to_owned());
    let read = |text: &str| match Amount::parse(text) {
        Some(amount) => Ok(amount),
        None if text.bytes().filter(u8::is_ascii_digit).count() > 18 => Err(too_long(typed)),
        None => Err(no_amount()),
    };
    let run = &*join_spaced(run).ok_or_else(no_amount)?;
    let after_last = run.rfind([',', '.']).map_or(0, |at| run.len() - at - 1);
    let is_grouped = after_last == 3 && !run.starts_with('0');
    let two_ways = |one: String, other: String| {
        Err(Unclear::TwoWays {
            typed: typed.to_owned(),
            one: one + unit,
            other: other + unit,
        })
    };
    let grouped = |whole: &str, separator| ungroup(whole, separator).ok_or_else(no_amount);
    match (run.matches(',').count(), run.matches('.').count()) {
        (0, 1) if is_grouped && unit.is_empty() => two_ways(grouped(run, '.')?, format!("{run}0")),
        (0, 0 | 1) => read(run),
        (1, 0) if is_grouped && !unit.is_ascii() => read(&grouped(run, ',')?),
        (1, 0) if is_grouped && unit.is_empty() => read(&grouped(run, ',')?),
        (1, 0) if after_last == 3 => two_ways(run.replace(',', ""), run.replace(',', ".") + "0"),
        (1, 0) if after_last < 3 => read(&run.replace(',', ".")),
        (_, 0) => read(&grouped(run, ',')?),
        (0, _) => read(&grouped(run, '.')?),
        (_, 1) if run.rfind(',') < run.find('.') => {
            let (whole, decimals) = run.split_once('.').ok_or_else(no_amount)?;
            read(&format!("{}.{decimals}", grouped(whole, ',')?))
        }
        (1, _) if run.rfind('.') < run.find(',') => {
            let (whole, decimals) = run.split_once(',').ok_or_else(no_amount)?;
            read(&format!("{}.{decimals}", grouped(whole, '.')?))
        }
        _ => Err(no_amount()),
    }
}

/// Takes spaces and apostrophes out of `1 200 000.50`, where they part thousands.
fn join_spaced(run: &str) -> Option<String> {
    let Some(separator) = run.chars().find(|c| " '".contains(*c)) else {
        return Some(run.to_owned());
    };
    let (whole, rest) = run.split_at_checked(run.find([',', '.']).unwrap_or(run.len()))?;
    Some(ungroup(whole, separator)? + rest)
}

/// Takes out separators that part groups of three digits.
fn ungroup(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3))
        .then(|| text.replace(separator, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, amount, currency) in [
            ("1200000", "1200000", ""),
            ("1,200,000", "1200000", ""),
            ("1,200", "1200", ""),
            ("1200.50", "1200.50", ""),
            ("1,200.50", "1200.50", ""),
            ("1.200.000", "1200000", ""),
            ("1.200,50", "1200.50", ""),
            ("1200,50", "1200.50", ""),
            ("0.125", "0.125", ""),
            ("1_200_000", "1200000", ""),
            ("1 200 000.5", "1200000.5", ""),
            ("1’200", "1200", ""),
            ("-3", "-3", ""),
            ("▲120万", "-1200000", ""),
            ("+5", "5", ""),
            ("1.2M", "1200000", ""),
            ("1.234m", "1234000", ""),
            ("1.5 million", "1500000", ""),
            ("850k", "850000", ""),
            ("2bn", "2000000000", ""),
            ("120万", "1200000", ""),
            ("1.5万", "15000", ""),
            ("2,000万", "20000000", ""),
            ("1億2000万", "120000000", ""),
            ("1億2,000万5千", "120005000", ""),
            ("120万5000", "1205000", ""),
            ("120万5千円", "1205000", "JPY"),
            ("3千万", "30000000", ""),
            ("120千円", "120000", "JPY"),
            ("三百万円", "3000000", "JPY"),
            ("千二百五十円", "1250", "JPY"),
            ("一億二千万", "120000000", ""),
            ("二〇万", "200000", ""),
            ("2兆", "2000000000000", ""),
            ("１２０万円", "1200000", "JPY"),
            ("￥１，２００", "1200", "JPY"),
            ("¥120万", "1200000", "JPY"),
            ("€1,200.50", "1200.50", "EUR"),
            ("1.200,50 €", "1200.50", "EUR"),
            ("-€5", "-5", "EUR"),
            ("€-5", "-5", "EUR"),
            ("$12", "12", "USD"),
            ("US$1.5M", "1500000", "USD"),
            ("£850k", "850000", "GBP"),
            ("EUR 1200", "1200", "EUR"),
            ("1200 eur", "1200", "EUR"),
            ("CHF1'200", "1200", "CHF"),
            ("10万ドル", "100000", "USD"),
            ("¥500円", "500", "JPY"),
        ] {
            let read = parse_typed(text).unwrap();
            assert_eq!(read.amount.to_string(), amount, "{text}");
            assert_eq!(read.currency.as_deref().unwrap_or(""), currency, "{text}");
        }
    }

    #[test]
    fn two_readings_are_asked_about() {
        for (text, question) in [
            (
                "1.200",
                "`1.200` can be read as 1200 or as 1.2000; type one of them",
            ),
            (
                "1,200M",
                "`1,200M` can be read as 1200m or as 1.2000m; type one of them",
            ),
            (
                "0,500",
                "`0,500` can be read as 0500 or as 0.5000; type one of them",
            ),
            (
                "1億2千",
                "`1億2千` can be read as 120000000 or as 100002000; type one of them",
            ),
            (
                "€12 USD",
                "`€12 USD` names two currencies, EUR and USD; keep one",
            ),
        ] {
            assert_eq!(parse_typed(text).unwrap_err().to_string(), question);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_examples() {
        for text in [
            "",
            "abc",
            "1.2.3",
            "1,20,000",
            "12,34.5",
            "1e3",
            "inf",
            "0x10",
            "1200 usf",
            "--1",
            "-€-1",
            "万",
            "1億万",
            "1万2億",
            "1万20000",
            "1億20000万",
            "万円",
            "円",
            "1k2",
            "12%",
            "1,200.",
            "12 50",
            "5千6千",
            "1.2万,3",
        ] {
            let error = parse_typed(text).unwrap_err();
            assert!(matches!(error, Unclear::NoAmount(_)), "{text}: {error}");
            assert!(error.to_string().contains("type it like 1200000"));
        }
        for text in [
            "9999999999999999999999999999999999999999",
            "1.0000000000000000001",
        ] {
            assert!(
                matches!(parse_typed(text), Err(Unclear::TooLong(_))),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_answered(
            any in "\\PC{0,20}", near in "[0-9.,'_ \\-+¥€$kMmbn万億兆千百十一二円EURusd]{0,16}",
        ) {
            let _ = (parse_typed(&any), parse_typed(&near));
        }

        #[test]
        fn what_is_shown_can_be_typed_again(units in -1_000_000_000i64..1_000_000_000, cents in 0u8..100) {
            let amount = Amount::parse(&format!("{units}.{cents:02}")).unwrap();
            for text in [amount.to_string(), amount.grouped(), format!("{} EUR", amount.grouped())] {
                prop_assert_eq!(parse_typed(&text).unwrap().amount, amount);
            }
            let whole = Amount::parse(&units.to_string()).unwrap();
            prop_assert_eq!(parse_typed(&whole.grouped()).unwrap().amount, whole);
        }

        #[test]
        fn either_reading_of_a_question_can_be_typed(text in "[1-9][.,][0-9]{3}[Mk]?") {
            if let Err(Unclear::TwoWays { one, other, .. }) = parse_typed(&text) {
                prop_assert_ne!(parse_typed(&one).unwrap(), parse_typed(&other).unwrap());
            }
        }
    }
}
