//! Characters that are told apart from all others at a glance.

/// Characters that NFKC leaves alone and that never share a grapheme with one another.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | 'À'..='ÿ' | '、' | '。' | '「' | '」' | '\u{3041}'..='\u{3094}'
        | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether all characters of a text are plain, and with `LATIN` unset none of them is `À` to `ÿ`.
/// The same as to ask each, but many bytes are looked at at once.
pub(super) fn are_plain<const LATIN: bool>(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_ascii = |byte: u8| (b' '..=b'~').contains(&byte);
    if bytes.iter().fold(true, |all, &byte| all & is_ascii(byte)) {
        return true;
    }
    let behind = |count: usize| bytes.get(count..).unwrap_or_default();
    let threes = bytes.iter().zip(behind(1)).zip(behind(2));
    // Without a way out, so that many are compared at once.
    let any = threes.fold(false, |any, ((&a, &b), &c)| any | is_odd::<LATIN>(a, b, c));
    // No character of three bytes begins here.
    let last = behind(bytes.len().saturating_sub(2));
    !any && !last.iter().any(|&byte| is_odd::<LATIN>(byte, 0, 0))
}

/// Whether a character that is not plain begins with these bytes.
fn is_odd<const LATIN: bool>(a: u8, b: u8, c: u8) -> bool {
    let is = |byte: u8, first: u8, last: u8| (byte >= first) & (byte <= last);
    let sign = is(c, 0x81, 0x82) | is(c, 0x8C, 0x8D);
    let odd_kana = (b == 0x80) & !sign
        | (b == 0x81) & (c == 0x80)
        | (b == 0x82) & is(c, 0x95, 0xA0)
        | (b == 0x83) & ((c == 0xBB) | (c >= 0xBD))
        | (b >= 0x84);
    (a < b' ') & (a != b'\n')
        | (a == 0x7F)
        | is(a, 0xC0, 0xE2) & !(LATIN & (a == 0xC3))
        | (a == 0xE3) & odd_kana
        | (a == 0xE4) & (b < 0xB8)
        | (a >= 0xEA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one_by_one(text: &str) -> [bool; 2] {
        let is_latin = |c: char| ('À'..='ÿ').contains(&c);
        let are_plain = text.chars().all(is_plain);
        [are_plain, are_plain && !text.contains(is_latin)]
    }

    fn at_once(text: &str) -> [bool; 2] {
        [are_plain::<true>(text), are_plain::<false>(text)]
    }

    #[test]
    fn each_character_is_told_wherever_it_stands() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            for text in [
                format!("{c}"),
                format!("a{c}か"),
                format!("支払いは三か月{c}"),
            ] {
                assert_eq!(at_once(&text), one_by_one(&text), "{text:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_is_told_as_its_characters_are(text in "[a-z\né支い、ー・\u{3099}😀]{0,40}") {
            prop_assert_eq!(at_once(&text), one_by_one(&text));
        }
    }
}
