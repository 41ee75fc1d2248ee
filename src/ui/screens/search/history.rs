//! What was looked for before, and walking through it.

/// The most that is remembered.
pub const MOST: usize = 200;

/// Earlier queries, the newest last.
#[derive(Debug, Default)]
pub struct History {
    queries: Vec<String>,
    /// Which of them stands in the line, and what stood there before it.
    walk: Option<(usize, String)>,
}

impl History {
    /// These were remembered in earlier sessions.
    pub fn found(&mut self, mut queries: Vec<String>) {
        let own = std::mem::take(&mut self.queries);
        queries.retain(|query| !own.contains(query));
        queries.extend(own);
        self.queries = queries;
        self.walk = None;
    }

    /// Remembers one; answers whether it is another than the newest.
    pub fn remember(&mut self, query: &str) -> bool {
        let query = query.trim();
        self.walk = None;
        if query.is_empty() || self.queries.last().is_some_and(|last| last == query) {
            return false;
        }
        self.queries.retain(|known| known != query);
        self.queries.push(query.to_owned());
        let over = self.queries.len().saturating_sub(MOST);
        self.queries.drain(..over);
        true
    }

    /// The newest ones first.
    pub fn newest(&self) -> impl Iterator<Item = &str> {
        self.queries.iter().rev().map(String::as_str)
    }

    /// The query before the one that stands in the line; behind the oldest what was typed.
    pub fn before(&mut self, typed: &str) -> Option<String> {
        let (at, typed) = match self.walk.take() {
            Some((at, typed)) => (at, typed),
            None => (self.queries.len(), typed.to_owned()),
        };
        // What stands in the line already would be no step.
        let older = (0..at)
            .rev()
            .find(|at| self.queries.get(*at) != Some(&typed));
        match older.and_then(|at| Some((at, self.queries.get(at)?.clone()))) {
            Some((at, query)) => {
                self.walk = Some((at, typed));
                Some(query)
            }
            None if at < self.queries.len() => Some(typed),
            None => None,
        }
    }

    /// Something was typed: the next walk begins anew.
    pub fn stay(&mut self) {
        self.walk = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_leads_to_the_oldest_and_then_to_what_was_typed() {
        let mut history = History::default();
        assert_eq!(history.before("支"), None);
        history.found(vec!["a".to_owned(), "b".to_owned()]);
        assert!(history.remember("支払 ") && !history.remember("支払"));
        let mut line = "支".to_owned();
        for expected in ["支払", "b", "a", "支", "支払"] {
            line = history.before(&line).unwrap();
            assert_eq!(line, expected);
        }
        history.stay();
        assert_eq!(
            history.before("支払").as_deref(),
            Some("b"),
            "no step to itself"
        );
    }

    #[test]
    fn the_same_is_remembered_once_and_the_oldest_are_forgotten() {
        let mut history = History::default();
        for number in 0..MOST + 5 {
            history.remember(&number.to_string());
        }
        history.remember("100");
        assert_eq!(history.newest().count(), MOST);
        assert_eq!(history.newest().next(), Some("100"));
        assert_eq!(history.newest().filter(|query| *query == "100").count(), 1);
        assert!(!history.remember("  "));
    }
}
