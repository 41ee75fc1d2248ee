//! One file as all sifts of a search look at it: what is asked of it once, and not by each of them
//! nor for each of its tables.

use std::cell::OnceCell;

use super::page::{Page, all_of};
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
