//! Replacing spans of a text, with everything between them copied as it is.

use super::{Refusal, Span};

/// New bytes for a span; an empty span inserts.
#[derive(Clone, Debug)]
pub(super) struct Patch {
    pub(super) span: Span,
    pub(super) text: String,
}

impl Patch {
    pub(super) fn new(span: Span, text: impl Into<String>) -> Patch {
        Patch {
            span,
            text: text.into(),
        }
    }

    pub(super) fn insert(at: u32, text: impl Into<String>) -> Patch {
        Patch::new(Span::new(at, at), text)
    }

    pub(super) fn remove(start: u32, end: u32) -> Patch {
        Patch::new(Span::new(start, end), "")
    }
}

/// Applies patches in any order; they must not overlap.
pub(super) fn apply(text: &str, mut patches: Vec<Patch>) -> Result<String, Refusal> {
    patches.sort_by_key(|patch| patch.span);
    let outside = || Refusal::check("an edit reaches out of its place");
    let added: usize = patches.iter().map(|patch| patch.text.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut at = 0;
    for patch in &patches {
        let range = patch.span.range();
        out.push_str(text.get(at..range.start).ok_or_else(outside)?);
        out.push_str(&patch.text);
        if range.end < range.start {
            return Err(outside());
        }
        at = range.end;
    }
    out.push_str(text.get(at..).ok_or_else(outside)?);
    only_patches_differ(text, &out, &patches)
        .then_some(out)
        .ok_or_else(outside)
}

/// Compares every byte outside of the patches, from the front and the rear, with the original.
fn only_patches_differ(before: &str, after: &str, patches: &[Patch]) -> bool {
    let (mut old, mut new) = (before.as_bytes(), after.as_bytes());
    for patch in patches.iter().rev() {
        let Some((rest, tail)) = old.split_at_checked(patch.span.end as usize) else {
            return false;
        };
        let Some(inserted) = new.strip_suffix(tail) else {
            return false;
        };
        let Some(head) = inserted.strip_suffix(patch.text.as_bytes()) else {
            return false;
        };
        old = rest.get(..patch.span.start as usize).unwrap_or(rest);
        new = head;
    }
    old == new
}

#[cfg(test)]
mod tests {
    use super::{Patch, apply};

    #[test]
    fn patches_replace_insert_and_remove() {
        let patches = vec![
            Patch::insert(5, "!"),
            Patch::remove(0, 1),
            Patch::new(super::Span::new(2, 4), "XYZ"),
        ];
        assert_eq!(apply("abcde", patches).unwrap(), "bXYZe!");
    }

    #[test]
    fn patches_that_overlap_or_leave_the_text_are_refused() {
        assert!(apply("abcde", vec![Patch::remove(0, 3), Patch::remove(2, 4)]).is_err());
        assert!(apply("abcde", vec![Patch::remove(4, 6)]).is_err());
        assert!(apply("あ", vec![Patch::insert(1, "x")]).is_err());
    }
}
