//! The known word that somebody may have meant.

use super::fold::fold;

/// The known word that was most likely meant, where one comes near enough: one slip for every
/// three letters, two at most. Letter case, width and kana don't count.
pub fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let typed = fold(typed);
    let allowed = (typed.chars().count() / 3).min(2);
    let slips = |word: &'w str| {
        let folded = fold(word);
        // Letters in another order are one slip, not two.
        let mixed_up = folded != typed && letters(&folded) == letters(&typed);
        let slips = if mixed_up {
            1
        } else {
            edit_distance(&typed, &folded)
        };
        (slips, word)
    };
    let (slips, word) = words
        .into_iter()
        .map(slips)
        .min_by_key(|(slips, _)| *slips)?;
    (slips <= allowed).then_some(word)
}

fn letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// Letters to change, add or drop to get from one word to the other (Levenshtein's distance).
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, in_a) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (in_b, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = diagonal + usize::from(in_a != *in_b);
            diagonal = *above;
            left = cost.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{edit_distance, nearest};

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let words = ["call", "meeting", "mail", "chat"];
        for (typed, meant) in [("cal", "call"), ("Meetting", "meeting"), ("mial", "mail")] {
            assert_eq!(nearest(typed, words), Some(meant), "{typed}");
        }
        for typed in ["golf", "", "xyz", "電話"] {
            assert_eq!(nearest(typed, words), None, "{typed}");
        }
    }

    #[test]
    fn letters_are_counted_not_bytes() {
        assert_eq!(edit_distance("佐藤", "佐東"), 1);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }
}
