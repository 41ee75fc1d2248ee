//! The fields that can be typed: those with a rule of their own, and every field of every kind.

use super::test::PEOPLE;
use crate::model::fold::fold;
use crate::model::kind::{COMMON, Field, HEAD, Kind, Shape};

/// What the value behind a field's name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// What it is.
    Kind,
    /// Where it stands.
    State,
    /// Which days it happened on.
    Days(Side),
    /// A tag of its own or of its customer.
    Tag,
    /// A deal, and what belongs to it.
    Deal,
    /// Who took part, in these fields.
    People(&'static [&'static str]),
    /// The folder of its customer.
    Group,
    /// Its customer.
    Customer,
    /// A lever in give and take.
    Lever,
    /// Which field is filled in.
    Has,
    /// Any other field of the table.
    Field(&'static Field),
}

/// Which side of a stretch of days counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// From its first day on.
    Since,
    /// Up to its last day.
    Until,
    /// Its days alone.
    On,
}

/// The names with a rule of their own, in the order in which they are offered; several names of
/// one rule stand side by side, the first is offered.
pub(super) const NAMES: &[(&[&str], Asks)] = &[
    (&["kind"], Asks::Kind),
    (&["is"], Asks::State),
    (&["lever"], Asks::Lever),
    (&["deal"], Asks::Deal),
    (&["tag", "tags"], Asks::Tag),
    (&["with"], Asks::People(PEOPLE)),
    (&["from"], Asks::People(&["from"])),
    (&["customer"], Asks::Customer),
    (&["in"], Asks::Group),
    (&["since"], Asks::Days(Side::Since)),
    (&["until"], Asks::Days(Side::Until)),
    (&["on", "date"], Asks::Days(Side::On)),
    (&["has"], Asks::Has),
];

/// What a name asks for, in whatever case and width; `None`: it is no field.
pub(super) fn asks(name: &str) -> Option<Asks> {
    let name = fold(name);
    let own = NAMES.iter().find(|(names, _)| names.contains(&&*name));
    own.map(|(_, asks)| *asks)
        .or_else(|| table().find(|f| f.name == name).map(Asks::Field))
}

/// Every field of every kind and of a head. A name may come more than once.
pub(super) fn table() -> impl Iterator<Item = &'static Field> {
    let kinds = Kind::ALL.into_iter().flat_map(|kind| kind.fields());
    kinds.chain(COMMON).chain(HEAD)
}

/// Every name that can stand before a colon, each once.
pub(super) fn names() -> Vec<&'static str> {
    let own = NAMES.iter().filter_map(|(names, _)| names.first());
    let mut names: Vec<&str> = own.copied().collect();
    let all: Vec<&str> = NAMES
        .iter()
        .flat_map(|(names, _)| *names)
        .copied()
        .collect();
    for field in table() {
        if !names.contains(&field.name) && !all.contains(&field.name) {
            names.push(field.name);
        }
    }
    names
}

/// Whether a folded word is one that is written before a colon in the journal, as `lose: time`.
pub(super) fn is_line_word(word: &str) -> bool {
    let lists = table().filter(|field| matches!(field.shape, Shape::Lines(_)));
    let mut words = lists.flat_map(|field| field.shape.words());
    words.any(|offered| *offered == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_the_same_kind_of_value_wherever_it_stands() {
        let is_day = |field: &Field| matches!(field.shape, Shape::Day | Shape::Moment);
        let is_yes = |field: &Field| field.shape == Shape::Yes;
        for field in table() {
            for other in table().filter(|other| other.name == field.name) {
                let own = matches!(asks(field.name), Some(Asks::Days(_)));
                assert!(own || is_day(field) == is_day(other), "{}", field.name);
                assert_eq!(is_yes(field), is_yes(other), "{}", field.name);
            }
        }
    }

    #[test]
    fn every_field_of_the_table_can_be_typed() {
        for field in table() {
            assert!(asks(field.name).is_some(), "{}", field.name);
        }
        assert_eq!(asks("ＫＩＮＤ"), Some(Asks::Kind));
        assert_eq!(asks("date"), asks("on"));
        assert_eq!(asks("colour"), None);
    }
}
