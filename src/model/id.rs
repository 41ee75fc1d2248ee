//! Keys of dated entries, and references from one entry to another.

use std::fmt;

use jiff::civil::Date;

use super::when::When;

/// Crockford's base 32: no `i`, `l`, `o`, `u`, so that a key can be read out over the phone.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Random characters behind the date of a key.
const RANDOM_CHARS: u32 = 6;

/// A key for a new dated entry, such as `2026-11-20-7k3q9d`. The lowest 30 bits of `random` count.
pub fn entry_key(date: Date, random: u64) -> String {
    let mut key = format!("{date}-");
    for place in (0..RANDOM_CHARS).rev() {
        let digit = usize::try_from(random >> (5 * place) & 31).unwrap_or_default();
        key.extend(ALPHABET.get(digit).map(|&byte| char::from(byte)));
    }
    key
}

/// The day that a key begins with: of `2026-11-20`, `2026-11-20-2` and `2026-11-20-7k3q9d`, but
/// not of `2026-11-201`.
pub fn key_date(key: &str) -> Option<Date> {
    let (day, rest) = key.split_at_checked(10)?;
    if !rest.is_empty() && !rest.starts_with('-') {
        return None;
    }
    When::parse(day)?.date
}

/// Names an entry, a contact or a deal: `concern.2026-11-20-m3x8kq`, or
/// `acme:concern.2026-11-20-m3x8kq` in another customer's file.
///
/// The text is split at its first dot, so a key may hold dots and colons. Only a colon before that
/// dot ends a customer's key; so a customer whose key holds a dot can't be named from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The customer's key; `None` is the file that the reference stands in.
    pub customer: Option<String>,
    /// The kind: `concern`, `deal` …
    pub kind: String,
    /// The key within the kind.
    pub key: String,
}

impl Reference {
    /// A reference within one file.
    pub fn new(kind: &str, key: &str) -> Reference {
        Reference {
            customer: None,
            kind: kind.to_owned(),
            key: key.to_owned(),
        }
    }

    /// The same entry, named from another file.
    pub fn of(self, customer: &str) -> Reference {
        Reference {
            customer: Some(customer.to_owned()),
            ..self
        }
    }

    /// Reads a reference; `None` for other text, as where a part is missing or the kind is more
    /// than one word. Spaces around it do no harm.
    pub fn parse(text: &str) -> Option<Reference> {
        let (head, key) = text.trim().split_once('.')?;
        let (customer, kind) = match head.rsplit_once(':') {
            Some((customer, kind)) => (Some(customer), kind),
            None => (None, head),
        };
        let is_word = !kind.is_empty() && !kind.contains(char::is_whitespace);
        let is_key = !key.is_empty() && !key.starts_with(char::is_whitespace);
        (is_word && is_key && customer.is_none_or(|customer| !customer.trim().is_empty())).then(
            || Reference {
                customer: customer.map(str::to_owned),
                ..Reference::new(kind, key)
            },
        )
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(customer) = &self.customer {
            write!(f, "{customer}:")?;
        }
        write!(f, "{}.{}", self.kind, self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_new_key_is_the_day_and_six_characters() {
        let day = date(2026, 11, 20);
        assert_eq!(entry_key(day, 0), "2026-11-20-000000");
        assert_eq!(entry_key(day, u64::MAX), "2026-11-20-zzzzzz");
        assert_eq!(entry_key(day, 0x2A), "2026-11-20-00001a");
        assert_eq!(entry_key(day, 1 << 30), "2026-11-20-000000");
    }

    #[test]
    fn the_day_of_a_key_is_read_only_where_it_stands_alone() {
        for key in ["2026-11-20", "2026-11-20-2", "2026-11-20-7k3q9d"] {
            assert_eq!(key_date(key), Some(date(2026, 11, 20)), "{key}");
        }
        for key in [
            "2026-11-201",
            "2026-11-20x",
            "2026-11",
            "strategy",
            "",
            "2026-02-30",
            "二〇二六年十一月",
        ] {
            assert_eq!(key_date(key), None, "{key}");
        }
    }

    #[test]
    fn references_are_split_at_the_first_dot() {
        for (text, customer, kind, key) in [
            (
                "concern.2026-11-20-m3x8kq",
                None,
                "concern",
                "2026-11-20-m3x8kq",
            ),
            ("acme:deal.web-renewal", Some("acme"), "deal", "web-renewal"),
            (
                "archive/cobalt:deal.EC更改",
                Some("archive/cobalt"),
                "deal",
                "EC更改",
            ),
            ("fact.v1.2: final", None, "fact", "v1.2: final"),
            (" deal.a ", None, "deal", "a"),
        ] {
            let read = Reference::parse(text).unwrap();
            assert_eq!(
                (read.customer.as_deref(), &*read.kind, &*read.key),
                (customer, kind, key)
            );
            assert_eq!(read.to_string(), text.trim());
        }
        for text in [
            "",
            "concern",
            ".x",
            "deal.",
            ":deal.x",
            "acme:.x",
            "see Mr. Smith",
            "Done. Then",
        ] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
        assert_eq!(
            Reference::new("deal", "a").of("acme").to_string(),
            "acme:deal.a"
        );
    }

    proptest! {
        #[test]
        fn every_key_holds_its_date(days in -600_000i32..2_000_000, random: u64) {
            let day = date(2026, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assume!(day.year() >= 0);
            prop_assert_eq!(key_date(&entry_key(day, random)), Some(day));
        }

        #[test]
        fn what_is_read_is_spelled_the_same(text in "[a-z:. ]{0,12}") {
            if let Some(read) = Reference::parse(&text) {
                prop_assert_eq!(read.to_string(), text.trim());
            }
        }
    }
}
