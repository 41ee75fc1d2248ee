//! One file as all sifts of a search look at it: what is asked of it once, and not by each of them
//! nor for each of its tables.

use std::cell::OnceCell;

use super::plain::is_plain;
use crate::store::read::cut::{Cut, cut};

/// A customer's file that is sifted.
#[derive(Debug)]
pub struct Leaf<'b> {
    pub(super) key: &'b str,
    pub(super) bytes: &'b [u8],
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
            is_plain: is_plain(bytes),
            cuts: OnceCell::new(),
        }
    }

    /// Its tables. `None`: only parsing tells them apart.
    pub(super) fn cuts(&self) -> Option<&[Cut<'b>]> {
        self.cuts.get_or_init(|| cut(self.bytes)).as_deref()
    }
}
