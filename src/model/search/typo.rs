//! Words with one letter mistyped.

/// The fewest letters of a word in which a slip is looked for: shorter ones are all near each other.
pub(super) const LEAST_LETTERS: usize = 5;

/// What is one slip away from a typed word: a letter too many, too few or a wrong one, or two
/// that changed places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slip {
    /// The whole word that stands in a text.
    Whole,
    /// So many letters at its beginning, as while it is still being typed.
    Beginning(usize),
}

/// Whether a word of a text is one slip away from a typed one. A word that begins as typed has no
/// slip at all.
///
/// The beginning of a longer word counts where its first letter is right and the slip is not in
/// the letter typed last: else any word would do that begins with the letters before it.
pub(super) fn slip<T: PartialEq>(typed: &[T], word: &[T]) -> Option<Slip> {
    if typed.len() < LEAST_LETTERS || word.len() + 1 < typed.len() {
        return None;
    }
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    if same == typed.len() {
        return None;
    }
    let swapped = || match (typed.get(same..same + 2), word.get(same..same + 2)) {
        (Some([a, b]), Some([c, d])) if a == d && b == c => Some((same + 2, same + 2)),
        _ => None,
    };
    let ends = [
        swapped(),
        Some((same + 1, same + 1)),
        Some((same, same + 1)),
        Some((same + 1, same)),
    ];
    let met = |(from, to): (usize, usize)| {
        let (left, rest) = (typed.get(from..)?, word.get(to..)?);
        let may_go_on = same > 0 && same + 1 < typed.len();
        match rest.starts_with(left) {
            true if rest.len() == left.len() => Some(Slip::Whole),
            true if may_go_on => Some(Slip::Beginning(to + left.len())),
            _ => None,
        }
    };
    ends.into_iter().flatten().filter_map(met).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::near::edit_distance;
    use proptest::prelude::*;

    fn of(typed: &str, word: &str) -> Option<Slip> {
        slip(typed.as_bytes(), word.as_bytes())
    }

    #[test]
    fn one_slip_is_seen_wherever_it_is() {
        for typed in [
            "paymet", "payxment", "paymemt", "paymnet", "oayment", "apyment",
        ] {
            assert_eq!(of(typed, "payment"), Some(Slip::Whole), "{typed}");
        }
        assert_eq!(of("paymemts", "payments"), Some(Slip::Whole));
        assert_eq!(of("negotat", "negotiation"), Some(Slip::Beginning(8)));
        for (typed, word) in [
            ("payment", "payment"),
            ("payme", "payment"),
            ("pymt", "payment"),
            ("paym", "pays"),
            ("payma", "payslip"),
            ("oaymen", "payments"),
            ("xaymemt", "payment"),
        ] {
            assert_eq!(of(typed, word), None, "{typed} {word}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_slip_is_an_edit_or_a_swap(typed in "[ab]{5,8}", word in "[ab]{4,9}") {
            let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
            let swapped = (1..a.len()).any(|at| {
                let mut other = a.clone();
                other.swap(at - 1, at);
                other == b
            });
            let near = typed != word && (edit_distance(&typed, &word) == 1 || swapped);
            let goes_on = word.starts_with(&typed);
            prop_assert_eq!(slip(&a, &b) == Some(Slip::Whole), near && !goes_on);
            if let Some(Slip::Beginning(len)) = slip(&a, &b) {
                let beginning: String = b[..len].iter().collect();
                prop_assert!(len < b.len() && slip(&a, &b[..len]) == Some(Slip::Whole), "{beginning}");
            }
        }
    }
}
