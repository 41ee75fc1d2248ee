//! The places that were opened, to go back to and forth again.

/// The most places that are remembered.
const MOST: usize = 100;

/// Places in the order in which they were opened, and where among them one is.
#[derive(Debug, Default)]
pub struct Trail {
    /// A customer's key for the page, `customer:kind.key` for an entry.
    places: Vec<String>,
    at: usize,
}

impl Trail {
    /// One is here now. Places that lay ahead are forgotten; the way out of an entry to the page
    /// it stands on is no step of its own.
    pub fn note(&mut self, here: &str) {
        if let Some(last) = self.places.get(self.at) {
            let is_page_of_it = last.strip_prefix(here).is_some_and(|e| e.starts_with(':'));
            if last == here || is_page_of_it {
                return;
            }
            self.places.truncate(self.at + 1);
        }
        self.places.push(here.to_owned());
        let surplus = self.places.len().saturating_sub(MOST);
        self.places.drain(..surplus);
        self.at = self.places.len() - 1;
    }

    /// The place before, where there is one that still is there.
    pub fn back(&mut self, here: Option<&str>, is_there: impl Fn(&str) -> bool) -> Option<&str> {
        let last = self.places.get(self.at).map(String::as_str);
        // Who went up to a list comes back to what was opened last.
        let until = self.at + usize::from(here != last && last.is_some());
        let before = self.places.get(..until)?;
        self.at = before.iter().rposition(|place| is_there(place))?;
        self.places.get(self.at).map(String::as_str)
    }

    /// The place behind, where one went back.
    pub fn forth(&mut self, is_there: impl Fn(&str) -> bool) -> Option<&str> {
        let mut ahead = self.places.iter().enumerate().skip(self.at + 1);
        self.at = ahead.find(|(_, place)| is_there(place))?.0;
        self.places.get(self.at).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visited(places: &[&str]) -> Trail {
        let mut trail = Trail::default();
        places.iter().for_each(|place| trail.note(place));
        trail
    }

    #[test]
    fn it_leads_back_and_forth() {
        let mut trail = visited(&["a", "a:x", "b"]);
        let all = |_: &str| true;
        assert_eq!(trail.back(Some("b"), all), Some("a:x"));
        assert_eq!(trail.back(Some("a:x"), all), Some("a"));
        assert_eq!(trail.back(Some("a"), all), None);
        assert_eq!(trail.forth(all), Some("a:x"));
        trail.note("c");
        assert_eq!(trail.forth(all), None);
        assert_eq!(trail.back(Some("c"), all), Some("a:x"));
    }

    #[test]
    fn from_a_list_it_leads_to_what_was_opened_last() {
        let mut trail = visited(&["a", "a:x", "a"]);
        assert_eq!(trail.back(Some("a"), |_| true), Some("a:x"));
        assert_eq!(visited(&["a"]).back(None, |_| true), Some("a"));
        assert_eq!(Trail::default().back(None, |_| true), None);
    }

    #[test]
    fn what_is_gone_is_passed_over() {
        let mut trail = visited(&["a", "b", "c", "d"]);
        assert_eq!(trail.back(Some("d"), |at| at == "a"), Some("a"));
        assert_eq!(trail.forth(|at| at == "d"), Some("d"));
        assert_eq!(trail.forth(|_| true), None);
    }

    #[test]
    fn only_so_much_is_remembered() {
        let mut trail = Trail::default();
        (0..500).for_each(|at| trail.note(&at.to_string()));
        assert_eq!(trail.places.len(), MOST);
        assert_eq!(trail.back(Some("499"), |_| true), Some("498"));
    }
}
