//! The known word that somebody may have meant.

/// The word that comes nearest to what was typed, where one comes near enough: one letter off in
/// a short word, one more for every four letters.
pub fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let typed = typed.to_lowercase();
    let allowed = 1 + typed.chars().count() / 4;
    words
        .into_iter()
        .map(|word| (edit_distance(word, &typed), word))
        .filter(|(distance, word)| *distance <= allowed && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
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
