//! How the fields of an entry lie in memory: names and values back to back in one string.
//!
//! A field is its name and its value. A name that this version knows is one byte, its place in
//! the list of all names; another one is a mark, its length and itself. A value is a tag,
//! and behind it a length and as many bytes, or what the tag says. Numbers stand in groups of six
//! bits, the lowest first, the last one marked; so whatever lies between the texts is ASCII, and
//! the whole is text that can be cut without being looked through again.
//!
//! Equal fields are equal strings: there is one way to write each of them.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};

use super::kind::{COMMON, HEAD, Kind};
use super::value::{self, ValueRef};
use super::when::{Offset, When};

const TEXT: u8 = b't';
const WHEN: u8 = b'w';
const YES: u8 = b'y';
const NO: u8 = b'n';
const NUMBER: u8 = b'#';
const LIST: u8 = b'[';
const TABLE: u8 = b'{';

/// Stands for a name that is spelled out.
const OTHER: u8 = 0x7f;
/// Marks a group of bits behind which there are more.
const MORE: u8 = 1 << BITS;
const BITS: u32 = 6;

/// The values of a list.
#[derive(Clone, Copy, Default)]
pub(super) struct List<'a>(&'a str);

/// Names and values; so are all fields of an entry.
#[derive(Clone, Copy, Default)]
pub(super) struct Table<'a>(pub &'a str);

impl<'a> List<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = ValueRef<'a>> {
        let mut cursor = Cursor::new(self.0);
        std::iter::from_fn(move || cursor.value())
    }
}

impl<'a> Table<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = (&'a str, ValueRef<'a>)> {
        self.iter_from(0)
    }

    pub(super) fn iter_from(self, place: usize) -> impl Iterator<Item = (&'a str, ValueRef<'a>)> {
        let mut cursor = Cursor::new(self.0);
        let known = &KNOWN.names;
        let mut left = place;
        std::iter::from_fn(move || {
            while left > 0 {
                left -= 1;
                cursor.name(known)?;
                cursor.pass()?;
            }
            Some((cursor.name(known)?, cursor.value()?))
        })
    }

    /// The value of the first field of that name.
    pub(super) fn get(self, name: &str) -> Option<ValueRef<'a>> {
        let mut cursor = Cursor::new(self.0);
        let known = &KNOWN.names;
        while cursor.name(known)? != name {
            cursor.pass()?;
        }
        cursor.value()
    }
}

/// Reads what was packed, from the front.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    fn name(&mut self, known: &[&'static str]) -> Option<&'a str> {
        match self.byte()? {
            OTHER => self.text(),
            place => known.get(place as usize).copied(),
        }
    }

    fn value(&mut self) -> Option<ValueRef<'a>> {
        Some(match self.byte()? {
            TEXT => ValueRef::Text(self.text()?),
            WHEN => ValueRef::When(self.when()?),
            YES => ValueRef::Bool(true),
            NO => ValueRef::Bool(false),
            NUMBER => ValueRef::Number(self.text()?),
            LIST => ValueRef::List(List(self.text()?).into()),
            TABLE => ValueRef::Table(Table(self.text()?).into()),
            _ => return None,
        })
    }

    /// Goes behind a value, which is quicker than to look at it.
    fn pass(&mut self) -> Option<()> {
        match self.byte()? {
            YES | NO => {}
            WHEN => {
                for _ in 0..3 {
                    self.number()?;
                }
            }
            _ => self.at = self.size()?.checked_add(self.at)?,
        }
        Some(())
    }

    fn when(&mut self) -> Option<When> {
        let mut part = || Some(self.number()?.checked_sub(1));
        let (date, time, offset) = (part()?, part()?, part()?);
        Some(When {
            date: date.and_then(to_date),
            time: time.and_then(to_time),
            offset: offset.and_then(to_offset),
        })
    }

    fn text(&mut self) -> Option<&'a str> {
        let end = self.size()?.checked_add(self.at)?;
        let text = self.text.get(self.at..end)?;
        self.at = end;
        Some(text)
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut byte = self.byte()?;
        let (mut number, mut shift) = (u64::from(byte & !MORE), 0);
        while byte & MORE != 0 {
            byte = self.byte()?;
            shift += BITS;
            number |= u64::from(byte & !MORE).checked_shl(shift)?;
        }
        Some(number)
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(byte)
    }
}

/// Years begin below zero.
const YEAR_ZERO: i16 = 10_000;

fn from_date(date: Date) -> u64 {
    let year = (date.year() + YEAR_ZERO).unsigned_abs();
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    u64::from(year) << 9 | u64::from(month) << 5 | u64::from(day)
}

fn to_date(number: u64) -> Option<Date> {
    let year = i16::try_from(number >> 9).ok()?;
    let month = i8::try_from(number >> 5 & 0xf).ok()?;
    let day = i8::try_from(number & 0x1f).ok()?;
    Date::new(year - YEAR_ZERO, month, day).ok()
}

/// Whole seconds lie lowest, as hardly anybody writes parts of one.
fn from_time(time: Time) -> u64 {
    let part = |part: i8| u64::from(part.unsigned_abs());
    let seconds = part(time.hour()) << 12 | part(time.minute()) << 6 | part(time.second());
    u64::from(time.subsec_nanosecond().unsigned_abs()) << 17 | seconds
}

fn to_time(number: u64) -> Option<Time> {
    let part = |shift: u32, bits: u64| i8::try_from(number >> shift & bits).ok();
    let nanos = i32::try_from(number >> 17).ok()?;
    Time::new(part(12, 0x1f)?, part(6, 0x3f)?, part(0, 0x3f)?, nanos).ok()
}

fn from_offset(offset: Offset) -> u64 {
    match offset {
        Offset::Utc => 0,
        Offset::Minutes(minutes) => 1 + u64::from(minutes.cast_unsigned()),
    }
}

fn to_offset(number: u64) -> Option<Offset> {
    match number.checked_sub(1) {
        None => Some(Offset::Utc),
        Some(minutes) => {
            let minutes = u16::try_from(minutes).ok()?;
            Some(Offset::Minutes(minutes.cast_signed()))
        }
    }
}

/// Packs fields one after the other: a name, its value, the next name.
#[derive(Debug, Default)]
pub struct Packer {
    text: String,
    /// The names that are likely to come, in order, by their places among the known ones.
    likely: &'static [u8],
    /// The place behind the last one of them that came.
    next: usize,
}

impl Packer {
    /// Begins with the fields of an entry of that kind, behind what was packed before.
    pub fn begin(&mut self, kind: Option<Kind>) {
        self.next = 0;
        let kind = kind.map_or(Kind::ALL.len(), |kind| kind as usize);
        self.likely = KNOWN.of_kinds.get(kind).map_or(&[], Vec::as_slice);
    }

    /// All that was packed.
    pub(super) fn packed(&self) -> &str {
        &self.text
    }

    /// How many bytes were packed.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was packed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Forgets what was packed behind the first `len` bytes; all of it: `0`.
    pub fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
    }

    /// The name of a field.
    pub fn name(&mut self, name: &str) {
        match self.place(name) {
            Some(place) => self.byte(place),
            None => {
                self.byte(OTHER);
                self.sized(name);
            }
        }
    }

    /// Where it stands among the known names. Fields mostly stand in the order of their kind.
    fn place(&mut self, name: &str) -> Option<u8> {
        let names = &KNOWN.names;
        let (before, behind) = self.likely.split_at(self.likely.len().min(self.next));
        let is = |place: &u8| {
            names
                .get(*place as usize)
                .is_some_and(|known| *known == name)
        };
        if let Some(steps) = behind.iter().chain(before).position(is) {
            let at = (before.len() + steps) % self.likely.len();
            self.next = at + 1;
            return self.likely.get(at).copied();
        }
        u8::try_from(names.binary_search(&name).ok()?).ok()
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.byte(TEXT);
        self.sized(text);
    }

    /// A list of what `fill` packs.
    pub fn list(&mut self, fill: impl FnOnce(&mut Packer)) {
        self.around(LIST, fill);
    }

    /// Any value.
    pub fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Text(text) => self.text(text),
            ValueRef::Bool(yes) => self.byte(if yes { YES } else { NO }),
            ValueRef::When(when) => {
                // Each part is one more than its number, or 0 where it is missing.
                self.byte(WHEN);
                self.number(when.date.map_or(0, |date| 1 + from_date(date)));
                self.number(when.time.map_or(0, |time| 1 + from_time(time)));
                self.number(when.offset.map_or(0, |offset| 1 + from_offset(offset)));
            }
            ValueRef::Number(digits) => {
                self.byte(NUMBER);
                self.sized(digits);
            }
            ValueRef::List(items) => {
                self.list(|packer| items.iter().for_each(|item| packer.value(item)));
            }
            ValueRef::Table(fields) => self.around(TABLE, |packer| packer.fields(fields)),
        }
    }

    /// Names and values.
    pub fn fields(&mut self, fields: value::Table<'_>) {
        for (name, value) in fields.iter() {
            self.name(name);
            self.value(value);
        }
    }

    fn around(&mut self, tag: u8, fill: impl FnOnce(&mut Packer)) {
        self.byte(tag);
        let start = self.text.len();
        fill(self);
        let len = (self.text.len() - start) as u64;
        // How long it is shows at its end, and stands at its beginning.
        for (at, byte) in groups(len).enumerate() {
            self.text.insert(start + at, char::from(byte));
        }
    }

    fn sized(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.text.push_str(text);
    }

    fn number(&mut self, number: u64) {
        groups(number).for_each(|byte| self.byte(byte));
    }

    /// Everything but texts is ASCII.
    fn byte(&mut self, byte: u8) {
        self.text.push(char::from(byte));
    }
}

/// A number in groups of bits.
fn groups(number: u64) -> impl Iterator<Item = u8> {
    let mut rest = Some(number);
    std::iter::from_fn(move || {
        let number = rest?;
        let low = (number & u64::from(MORE - 1)) as u8;
        rest = Some(number >> BITS).filter(|rest| *rest > 0);
        Some(if rest.is_some() { low | MORE } else { low })
    })
}

/// The names of fields that this version knows.
struct Known {
    /// Each once, in the order of the alphabet.
    names: Vec<&'static str>,
    /// The places in `names` of the fields of each kind, in their order; at the end those that
    /// an unknown kind may have.
    of_kinds: Vec<Vec<u8>>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let kinds = Kind::ALL.into_iter();
    let mut of_kinds: Vec<Vec<&'static str>> = kinds
        .map(|kind| kind.all_fields().map(|field| field.name).collect())
        .collect();
    of_kinds.push(
        COMMON
            .iter()
            .map(|field| field.name)
            .chain(["date"])
            .collect(),
    );
    let head = HEAD.iter().map(|field| field.name);
    let mut names: Vec<&'static str> = of_kinds.iter().flatten().copied().chain(head).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(usize::from(OTHER));
    let place = |name: &&str| u8::try_from(names.binary_search(name).ok()?).ok();
    let places = |of: &Vec<&str>| of.iter().filter_map(place).collect();
    let of_kinds = of_kinds.iter().map(places).collect();
    Known { names, of_kinds }
});
