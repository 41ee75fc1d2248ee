//! Where in an entry something may stand first.

/// A place in the fields of an entry before which nothing stands that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// How many fields stand before it.
    pub fields: u16,
    /// How many bytes of the next field stand behind it at most, where that is a text.
    pub behind: u32,
}

impl First {
    /// The begin of all fields.
    pub const BEGIN: First = First {
        fields: 0,
        behind: u32::MAX,
    };

    /// What of the next field is to be looked at: its lines but for those before the place.
    pub fn lines(self, text: &str) -> &str {
        let place = text.len().saturating_sub(self.behind as usize);
        let before = text.as_bytes().get(..place).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        text.get(start..).unwrap_or(text)
    }
}

impl Default for First {
    fn default() -> First {
        First::BEGIN
    }
}

#[cfg(test)]
mod tests {
    use super::First;

    #[test]
    fn the_line_with_the_place_and_those_behind_it_are_looked_at() {
        let text = "支払\nい term\nfee";
        for (behind, left) in [
            (u32::MAX, text),
            (100, text),
            (16, text),
            (12, "い term\nfee"),
            (10, "い term\nfee"),
            (3, "fee"),
            (0, "fee"),
        ] {
            let first = First { fields: 0, behind };
            assert_eq!(first.lines(text), left, "{behind}");
        }
    }
}
