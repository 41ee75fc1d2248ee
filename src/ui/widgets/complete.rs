//! Suggestions while typing into a field: at most six, the likeliest first.

use crate::model::fold::fold;
use crate::model::search::word::{At, Fit, Way, Word};

/// The most suggestions shown at once.
pub const MAX_MATCHES: usize = 6;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One value, which may contain commas.
    One,
    /// A list with `,` or `、` between its items; the last item is being typed.
    Many,
    /// Lines `word: text` with `;` between them; the last line is being typed.
    Lines,
}

impl Holds {
    fn parts(self, c: char) -> bool {
        match self {
            Self::One => false,
            Self::Many => matches!(c, ',' | '、' | '，'),
            Self::Lines => matches!(c, ';' | '；'),
        }
    }
}

/// The suggestions for what is typed, and which of them is selected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    matches: Vec<String>,
    selected: Option<usize>,
    /// Where in the typed text the completed item starts, in bytes.
    start: usize,
}

impl Completion {
    /// Finds the candidates that fit what is typed as search goes by it: first what has it as it
    /// is typed, at its beginning and then inside, then what is read so, then what is one slip
    /// away or has its letters apart. Equal fits stay in the order given. Where nothing is typed
    /// yet, these are simply the first ones.
    ///
    /// With `romaji`, Latin letters may be the reading of Japanese. A candidate that is already
    /// there as it is, as the item being typed or as an earlier one of a list, is left out.
    pub fn find<'a>(
        typed: &str,
        holds: Holds,
        candidates: impl IntoIterator<Item = &'a str>,
        romaji: bool,
    ) -> Self {
        let start = item_start(typed, holds);
        let (earlier, item) = typed.split_at_checked(start).unwrap_or(("", typed));
        let present: Vec<&str> = match holds {
            Holds::One => vec![item.trim()],
            _ => earlier
                .split(|c| holds.parts(c))
                .chain([item])
                .map(str::trim)
                .collect(),
        };
        let wanted = Word::loose(item, romaji);
        let fit = |candidate: &str| match &wanted {
            None => Some(None),
            Some(word) => word.fit(&fold(candidate)).map(Some),
        };
        let absent = candidates
            .into_iter()
            .filter(|candidate| !present.contains(candidate));
        let fitting = absent.filter_map(|candidate| Some((fit(candidate)?, candidate)));
        let mut ranked: Vec<(Option<Fit>, &str)> = fitting.collect();
        ranked.sort_by_key(|(fit, _)| *fit);
        let begins = |fit: &Option<Fit>| {
            let begin = [At::Whole, At::Start];
            fit.is_some_and(|fit| fit.way == Way::Typed && begin.contains(&fit.at))
        };
        let lone = ranked.iter().filter(|(fit, _)| begins(fit)).count() == 1;
        let mut matches: Vec<String> = Vec::new();
        for (_, candidate) in ranked {
            if matches.len() < MAX_MATCHES && !matches.iter().any(|known| known == candidate) {
                matches.push(candidate.to_owned());
            }
        }
        Self {
            // Where just one candidate begins so, it is most likely meant: it is chosen already.
            selected: lone.then_some(0),
            matches,
            start,
        }
    }

    /// The suggestions, best first.
    pub fn matches(&self) -> &[String] {
        &self.matches
    }

    /// The row of the selected suggestion, once one was selected.
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// Selects the next suggestion: the first one to begin with, and again after the last.
    pub fn next(&mut self) {
        let count = self.matches.len();
        self.selected = self.selected.map_or(0, |row| row + 1).checked_rem(count);
    }

    /// Selects the suggestion before, from the first one the last.
    pub fn previous(&mut self) {
        let count = self.matches.len();
        let row = self.selected.filter(|row| *row > 0).unwrap_or(count);
        self.selected = row.checked_sub(1);
    }

    /// The whole text of the field with the selected suggestion, or else the first, in place of
    /// the item being typed. `typed` is the text it was found for. `None` without suggestions.
    pub fn accept(&self, typed: &str) -> Option<String> {
        let chosen = self.matches.get(self.selected.unwrap_or(0))?;
        let earlier = typed.get(..self.start).unwrap_or_default();
        let gap = if earlier.ends_with([',', ';']) {
            " "
        } else {
            ""
        };
        Some(format!("{earlier}{gap}{chosen}"))
    }
}

/// Where the item being typed starts; spaces behind a separator stay with the text before.
fn item_start(typed: &str, holds: Holds) -> usize {
    if holds == Holds::One {
        return 0;
    }
    let behind = typed.rfind(|c| holds.parts(c)).map_or(0, |at| {
        at + typed
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let item = typed.get(behind..).unwrap_or_default();
    typed.len() - item.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPICS: [&str; 9] = [
        "payment",
        "prepayment",
        "price",
        "support",
        "納期",
        "支払",
        "支払条件",
        "repeat",
        "Payroll",
    ];

    fn find(typed: &str, holds: Holds) -> Completion {
        Completion::find(typed, holds, TOPICS, true)
    }

    #[test]
    fn beginnings_come_before_parts_and_parts_before_letters() {
        assert_eq!(
            find("pay", Holds::One).matches(),
            ["payment", "Payroll", "prepayment"]
        );
        assert_eq!(
            find("PYMT", Holds::One).matches(),
            ["payment", "prepayment"]
        );
        assert_eq!(find("条件", Holds::One).matches(), ["支払条件"]);
        assert_eq!(find("shiharai", Holds::One).matches(), ["支払", "支払条件"]);
        let unread = Completion::find("shiharai", Holds::One, TOPICS, false);
        assert!(unread.matches().is_empty());
        assert_eq!(find("supprot", Holds::One).matches(), ["support"]);
        assert!(find("zzz", Holds::One).matches().is_empty());
    }

    #[test]
    fn nothing_typed_offers_the_first_six() {
        assert_eq!(find("", Holds::One).matches(), &TOPICS[..6]);
        assert_eq!(find(" ", Holds::Many).matches(), &TOPICS[..6]);
    }

    #[test]
    fn what_is_already_there_is_not_offered() {
        assert_eq!(find("支払", Holds::One).matches(), ["支払条件"]);
        assert_eq!(
            find("payment, pa", Holds::Many).matches(),
            ["Payroll", "prepayment"]
        );
        let twice = Completion::find("a", Holds::One, ["ab", "ab"], true);
        assert_eq!(twice.matches(), ["ab"]);
    }

    #[test]
    fn a_list_completes_its_last_item() {
        let cases = [
            ("pri", "price"),
            ("support,pri", "support, price"),
            ("support,  pri", "support,  price"),
            ("納期、支払", "納期、支払条件"),
        ];
        for (typed, completed) in cases {
            assert_eq!(
                find(typed, Holds::Many).accept(typed).as_deref(),
                Some(completed)
            );
        }
        assert_eq!(
            find("support, pri", Holds::One).accept("support, pri"),
            None
        );
    }

    #[test]
    fn the_selection_goes_round() {
        let mut list = find("pay", Holds::One);
        assert_eq!(list.selected(), None);
        list.previous();
        assert_eq!(list.selected(), Some(2));
        list.next();
        assert_eq!(list.selected(), Some(0));
        list.next();
        assert_eq!(list.accept("pay").as_deref(), Some("Payroll"));
        list.previous();
        list.previous();
        assert_eq!(list.selected(), Some(2));
    }

    #[test]
    fn an_empty_list_selects_and_accepts_nothing() {
        let mut list = find("zzz", Holds::One);
        list.next();
        list.previous();
        assert_eq!((list.selected(), list.accept("zzz")), (None, None));
    }
}
