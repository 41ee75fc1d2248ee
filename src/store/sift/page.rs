//! A text with its tables, in which something is looked for in one go.

use std::slice;

use crate::store::read::cut::Cut;

/// A place in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which of its tables holds it.
    pub table: usize,
    /// The place in its text.
    pub at: usize,
}

/// A text with the tables that it is cut into.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    pub text: &'p [u8],
    pub cuts: &'p [Cut<'p>],
}

impl<'p> Page<'p> {
    /// A text that is one table.
    pub fn of(text: &'p [u8], whole: &'p Cut<'p>) -> Page<'p> {
        Page {
            text,
            cuts: slice::from_ref(whole),
        }
    }

    /// The tables in which something stands, each once, and where in the text it does first. `find`:
    /// its first place in a text. It is looked for in all of the text at once, as to begin anew takes
    /// longer than to go on.
    pub fn holding(
        self,
        mut find: impl FnMut(&'p [u8]) -> Option<usize>,
    ) -> impl Iterator<Item = Place> {
        let (mut at, mut from) = (0, 0);
        std::iter::from_fn(move || {
            let place = from + find(self.text.get(from..)?)?;
            while self.cuts.get(at)?.range.end <= place {
                at += 1;
            }
            from = self.cuts.get(at)?.range.end;
            Some(Place {
                table: at,
                at: place,
            })
        })
    }

    /// The text of a table.
    pub fn table(self, at: usize) -> &'p [u8] {
        let cut = self.cuts.get(at);
        let part = cut.and_then(|cut| self.text.get(cut.range.clone()));
        part.unwrap_or_default()
    }
}

/// A text as one table, which may be anything that a head has.
pub fn all_of(text: &[u8]) -> Cut<'_> {
    Cut {
        range: 0..text.len(),
        kind: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read::cut::cut;

    #[test]
    fn each_table_in_which_something_stands_is_told_once() {
        let text = b"x\n[volume]\na\n[deal.x]\nx x\n[deal.y]\ny\n[deal.z]\nx";
        let cuts = cut(text).unwrap();
        let page = Page { text, cuts: &cuts };
        let find = |text: &[u8]| text.windows(2).position(|pair| pair == b"\nx");
        let places = |page: Page, find: &dyn Fn(&[u8]) -> Option<usize>| -> Vec<(usize, usize)> {
            let places = page.holding(find);
            places.map(|place| (place.table, place.at)).collect()
        };
        assert_eq!(places(page, &find), [(2, 21), (4, 45)]);
        assert_eq!(page.table(2), b"[deal.x]\nx x\n");
        let byte = |text: &[u8]| memchr::memchr(b'x', text);
        assert_eq!(places(page, &byte), [(0, 0), (2, 19), (4, 46)]);
        assert_eq!(places(Page::of(text, &all_of(text)), &byte), [(0, 0)]);
        assert_eq!(page.holding(|_| None).count(), 0);
    }
}
