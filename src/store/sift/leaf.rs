//! One file as all sifts of a search look at it: what is asked of it once, and not by each of them
//! nor for each of its tables.

use std::cell::OnceCell;
use std::slice;

use super::plain::is_plain;
use crate::store::read::cut::{Cut, cut};

/// A customer's file that is sifted.
#[derive(Debug)]
pub struct Leaf<'b> {
    pub(super) key: &'b str,
    pub(super) bytes: &'b [u8],
    /// All of it at once.
    pub(super) whole: Cut<'b>,
    /// Whether it is [plain](is_plain) all over.
    pub(super) is_plain: bool,
    cuts: OnceCell<Option<Vec<Cut<'b>>>>,
}

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

impl<'b> Leaf<'b> {
    /// The file of a customer with this key.
    pub fn new(key: &'b str, bytes: &'b [u8]) -> Leaf<'b> {
        Leaf {
            key,
            bytes,
            whole: all_of(bytes),
            is_plain: is_plain(bytes),
            cuts: OnceCell::new(),
        }
    }

    /// Its tables. `None`: only parsing tells them apart.
    pub(super) fn cuts(&self) -> Option<&[Cut<'b>]> {
        self.cuts.get_or_init(|| cut(self.bytes)).as_deref()
    }

    /// All of it as if it were one table.
    pub(super) fn as_one(&self) -> Page<'_> {
        Page::of(self.bytes, &self.whole)
    }
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

    #[test]
    fn each_table_in_which_something_stands_is_told_once() {
        let text = b"x\n[volume]\na\n[deal.x]\nx x\n[deal.y]\ny\n[deal.z]\nx";
        let leaf = Leaf::new("key", text);
        let page = Page {
            text,
            cuts: leaf.cuts().unwrap(),
        };
        let find = |text: &[u8]| text.windows(2).position(|pair| pair == b"\nx");
        let places = |page: Page, find: &dyn Fn(&[u8]) -> Option<usize>| -> Vec<(usize, usize)> {
            let places = page.holding(find);
            places.map(|place| (place.table, place.at)).collect()
        };
        assert_eq!(places(page, &find), [(2, 21), (4, 45)]);
        assert_eq!(page.table(2), b"[deal.x]\nx x\n");
        let byte = |text: &[u8]| memchr::memchr(b'x', text);
        assert_eq!(places(page, &byte), [(0, 0), (2, 19), (4, 46)]);
        assert_eq!(places(leaf.as_one(), &byte), [(0, 0)]);
        assert_eq!(page.holding(|_| None).count(), 0);
    }
}
