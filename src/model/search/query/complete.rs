//! What Tab puts in for the word before the cursor.

use std::ops::Range;

use jiff::ToSpan as _;

use super::field::{self, Asks};
use super::known::{Known, Named};
use super::mean::missing;
use super::scan::{self, Piece};
use super::{Reading, words};
use crate::model::date_phrase::Leaning;
use crate::model::fold::folded;
use crate::model::kind::Shape;
use crate::model::timeline::period::Zoom;
use crate::model::typing::leaning;

/// The most rows that are offered.
pub const MAX_OFFERED: usize = 12;

/// What a completion is made of.
#[derive(Clone, Copy)]
pub struct Offers<'a> {
    /// What the journal has to offer for fields.
    pub known: &'a Known,
    /// What the query is read by.
    pub reading: &'a Reading,
    /// The words of the journal that begin so, the likeliest first.
    pub words: &'a dyn Fn(&str) -> Vec<String>,
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// The bytes of the line that it replaces.
    pub range: Range<usize>,
    /// What takes their place; the cursor goes behind it.
    pub text: String,
    /// The row that offers it.
    pub shown: String,
    /// What stands beside it on the row: a title, a reading, what a field is for. May be empty.
    pub beside: String,
}

/// What the word that ends at the cursor, a byte of the line, can become; the likeliest first.
/// Nothing where it is one of these already, and inside of quotes that belong to no field.
pub fn complete(typed: &str, cursor: usize, offers: &Offers) -> Vec<Completed> {
    let Some(before) = typed.get(..cursor) else {
        return Vec::new();
    };
    let parts = scan::parts(before);
    let piece = parts.iter().flat_map(|part| &part.pieces).last();
    // What stands behind the cursor up to the next space is replaced with it.
    let behind = typed.get(cursor..).unwrap_or_default();
    let end = cursor + behind.find(scan::ends_word).unwrap_or(behind.len());
    match piece.filter(|piece| piece.range.end == cursor) {
        Some(piece) => of_piece(typed, piece, end, offers),
        None => {
            let field = parts.last().filter(|_| before.ends_with(scan::is_bar));
            let field = field.and_then(|part| part.pieces.last()?.field);
            match field {
                Some((asks, _)) => values("", cursor..end, asks, offers),
                None => ranked("", cursor..end, names()),
            }
        }
    }
}

fn of_piece(line: &str, piece: &Piece, end: usize, offers: &Offers) -> Vec<Completed> {
    let marks = if piece.starts || piece.exact { 1 } else { 0 };
    let value = line.get(piece.value..).unwrap_or_default();
    let mark: usize = value.chars().take(marks).map(char::len_utf8).sum();
    let range = piece.value + mark..end;
    if let Some((asks, _)) = piece.field {
        return values(piece.text, range, asks, offers);
    }
    if piece.quoted || piece.ends {
        return Vec::new();
    }
    // Where the cursor stands within the name of a field, its value stays.
    let behind = line.get(piece.range.end..end).unwrap_or_default();
    let colon = behind.find(scan::is_colon);
    let name_end = colon.map_or(end, |at| {
        let colon = behind.get(at..).and_then(|rest| rest.chars().next());
        piece.range.end + at + colon.map_or(0, char::len_utf8)
    });
    let mut found = match marks {
        0 => ranked(piece.text, range.start..name_end, names()),
        _ => Vec::new(),
    };
    let typed = folded(piece.text);
    found.retain(|name| name.text.starts_with(&*typed));
    if colon.is_none() && piece.text.contains(char::is_alphanumeric) {
        let words = (offers.words)(piece.text);
        let words = words
            .iter()
            .map(|word| Offer::plain(&Named::new(word, &[])));
        found.extend(ranked(piece.text, range, words.collect()));
    }
    found.truncate(MAX_OFFERED);
    found
}

/// Something to choose, and all by which it is found.
struct Offer {
    text: String,
    shown: String,
    beside: String,
    names: Vec<String>,
}

impl Offer {
    fn plain(named: &Named) -> Offer {
        let needs_quotes = named
            .value
            .contains(|c| scan::ends_word(c) || scan::is_mark(c));
        let text = match needs_quotes {
            true => format!("\"{}\"", named.value.replace('"', "")),
            false => named.value.clone(),
        };
        Offer {
            text,
            shown: named.value.clone(),
            beside: named.also.first().cloned().unwrap_or_default(),
            names: [&named.value]
                .into_iter()
                .chain(&named.also)
                .cloned()
                .collect(),
        }
    }
}

/// The names of all fields.
fn names() -> Vec<Offer> {
    let offer = |name: &'static str| Offer {
        text: format!("{name}:"),
        shown: format!("{name}:"),
        beside: field::asks(name).map(missing).unwrap_or_default(),
        names: vec![name.to_owned()],
    };
    field::names().into_iter().map(offer).collect()
}

fn values(typed: &str, range: Range<usize>, asks: Asks, offers: &Offers) -> Vec<Completed> {
    let known = offers.known;
    let plain = |words: Vec<&str>| -> Vec<Offer> {
        let named = words.into_iter().map(|word| Named::new(word, &[]));
        named.map(|named| Offer::plain(&named)).collect()
    };
    let named = |named: &[Named]| named.iter().map(Offer::plain).collect::<Vec<Offer>>();
    let found = match asks {
        Asks::Kind => {
            let mut kinds = plain(words::kinds());
            kinds.extend(named(&known.kinds));
            kinds
        }
        Asks::State => {
            let own = ["status", "result", "stage"].into_iter();
            let own = own.flat_map(|field| known.words(field));
            plain(words::states().into_iter().chain(own).collect())
        }
        Asks::Lever => plain(known.words("give").chain(known.words("get")).collect()),
        Asks::Has => plain(words::filled()),
        Asks::Tag => named(&known.tags),
        Asks::Deal => named(&known.deals),
        Asks::People(_) => named(&known.people),
        Asks::Customer => named(&known.customers),
        Asks::Group => named(&known.groups),
        Asks::Days(_) => days(typed, Leaning::Past, offers.reading),
        Asks::Field(field) => match field.shape {
            Shape::Day | Shape::Moment => days(typed, leaning(field.name), offers.reading),
            Shape::Yes => plain(vec!["yes", "no"]),
            Shape::Scale => plain(vec!["1", "2", "3", "4", "5"]),
            _ => plain(known.words(field.name).collect()),
        },
    };
    ranked(typed, range, found)
}

/// Days and stretches of days, in words; and months and years where digits are typed.
fn days(typed: &str, leaning: Leaning, reading: &Reading) -> Vec<Offer> {
    const PAST: &[&str] = &[
        "today",
        "yesterday",
        "this-week",
        "last-week",
        "this-month",
        "last-month",
        "this-year",
        "last-year",
        "今日",
        "昨日",
        "今週",
        "先週",
        "今月",
        "先月",
        "今年",
        "去年",
    ];
    const FUTURE: &[&str] = &[
        "today",
        "tomorrow",
        "this-week",
        "next-week",
        "this-month",
        "next-month",
        "今日",
        "明日",
        "今週",
        "来週",
        "今月",
        "来月",
    ];
    let months = |range: Range<i32>| {
        let month = |away: i32| Zoom::Month.title(reading.today.saturating_add(away.months()));
        range.map(month).collect::<Vec<String>>()
    };
    let year = Zoom::Year.title(reading.today);
    let (said, months) = match leaning {
        Leaning::Past => (PAST, months(-35..1).into_iter().rev().collect()),
        Leaning::Future => (FUTURE, months(0..24)),
    };
    let said = said.iter().map(|said| Named::new(said, &[]));
    let by_number = [year]
        .into_iter()
        .chain(months)
        .map(|title| Named::new(&title, &[]));
    // Months are many: they are for those who begin to type one.
    let is_digit = folded(typed).starts_with(|c: char| c.is_ascii_digit());
    let offered: Vec<Named> = match is_digit {
        true => by_number.collect(),
        false => said.collect(),
    };
    offered.iter().map(Offer::plain).collect()
}

/// Whether something begins so within a name: a word of it, or any letter where words are not
/// told apart.
fn has_word(name: &str, wanted: &str) -> bool {
    let mut places = name.match_indices(wanted);
    places.any(|(at, _)| {
        let before = name.get(..at).unwrap_or_default();
        !wanted.is_ascii() || !before.ends_with(char::is_alphanumeric)
    })
}

/// Those that fit what is typed: first what begins so, then what has a word that does; among
/// equals in the order given, each text once.
fn ranked(typed: &str, range: Range<usize>, offers: Vec<Offer>) -> Vec<Completed> {
    let wanted = folded(typed.trim());
    let rank = |offer: &Offer| {
        let names = || offer.names.iter().map(|name| folded(name));
        if names().any(|name| name.starts_with(&*wanted)) {
            Some(0)
        } else {
            names().any(|name| has_word(&name, &wanted)).then_some(1)
        }
    };
    let fitting = offers.into_iter().filter(|offer| offer.shown != typed);
    let mut fitting: Vec<(u8, Offer)> = fitting.filter_map(|o| Some((rank(&o)?, o))).collect();
    fitting.sort_by_key(|(rank, _)| *rank);
    let mut found: Vec<Completed> = Vec::new();
    for (_, offer) in fitting {
        if found.len() < MAX_OFFERED && !found.iter().any(|known| known.text == offer.text) {
            found.push(Completed {
                range: range.clone(),
                text: offer.text,
                shown: offer.shown,
                beside: offer.beside,
            });
        }
    }
    found
}
