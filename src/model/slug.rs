//! Names of files and keys that are made from names of people and companies.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::{is_invisible, plain_latin};

/// The most characters in a slug. Four bytes each still leave room for `.toml` and a number in
/// the 255 bytes that file systems allow.
const MAX_CHARS: usize = 60;

/// The most bytes in one part of a typed key, for the same reason.
const MAX_BYTES: usize = 240;

/// The file name (without `.toml`) for a customer: `Müller & Söhne` is `muller-sohne`, and
/// `アクメ商事` stays. See [`slug_or`]; a name without a letter or digit gives `customer`.
pub fn slug(name: &str) -> String {
    slug_or(name, "customer")
}

/// Lower-case letters and digits of any script with single dashes between them: NFKC, marks off
/// Latin letters, at most 60 characters, no reserved name of Windows (`con` is `con-1`).
/// Where nothing is left it is `fallback`, which has to be a slug itself.
pub fn slug_or(name: &str, fallback: &str) -> String {
    let mut made = String::new();
    for c in name.chars().filter(|&c| !is_invisible(c)).nfkc() {
        for lower in c.to_lowercase() {
            plain_latin(lower, |c| push(&mut made, c));
        }
    }
    let composed: String = made.nfc().collect();
    let mut kept: String = composed.chars().take(MAX_CHARS).collect();
    if composed
        .chars()
        .nth(MAX_CHARS)
        .is_some_and(is_combining_mark)
    {
        // The cut went through a letter and its marks: the letter goes as a whole.
        kept.truncate(kept.trim_end_matches(is_combining_mark).len());
        kept.pop();
    }
    kept.truncate(kept.trim_end_matches('-').len());
    if kept.is_empty() {
        kept.push_str(fallback);
    }
    if is_reserved(&kept) {
        kept.push_str("-1");
    }
    kept
}

fn push(made: &mut String, c: char) {
    let last = made.chars().next_back();
    if is_combining_mark(c) {
        if last.is_some_and(|last| !last.is_ascii()) {
            made.push(c);
        }
    } else if c.is_alphanumeric() {
        made.push(c);
    } else if last.is_some_and(|last| last != '-') {
        made.push('-');
    }
}

/// `base`, or the first of `base-2`, `base-3` … that is not taken.
pub fn unique(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut key = base.to_owned();
    let mut number = 1u64;
    while taken(&key) && number < u64::MAX {
        number += 1;
        key = format!("{base}-{number}");
    }
    key
}

/// Whether a typed customer key (`acme`, `archive/cobalt`) can be a file on every system.
///
/// # Errors
/// Says what is wrong and what could be typed: parts that are empty, hidden, `..`, reserved by
/// Windows, too long, or end in a dot or space; control and invisible characters;
/// `\ : * ? " < > |`; a path from the root; a closing `.toml`.
pub fn is_safe_key(path: &str) -> Result<(), String> {
    let Some(wrong) = what_is_wrong(path) else {
        return Ok(());
    };
    let parts: Vec<String> = path
        .trim()
        .trim_end_matches(".toml")
        .split(['/', '\\'])
        .map(|part| slug_or(part, ""))
        .filter(|part| !part.is_empty())
        .collect();
    let proposal = if parts.is_empty() {
        "acme".to_owned()
    } else {
        parts.join("/")
    };
    Err(format!("{wrong}; type a key such as `{proposal}`"))
}

fn what_is_wrong(path: &str) -> Option<String> {
    if path.trim().is_empty() {
        return Some("a key can't be empty".to_owned());
    }
    if let Some(c) = path.chars().find(|&c| c.is_control() || is_invisible(c)) {
        return Some(format!("a key can't hold the character U+{:04X}", c as u32));
    }
    if let Some(c) = path.chars().find(|c| r#"\:*?"<>|"#.contains(*c)) {
        return Some(format!("a key can't hold `{c}`"));
    }
    if path.starts_with('/') {
        return Some("a key starts at the journal, not at `/`".to_owned());
    }
    if path.to_ascii_lowercase().ends_with(".toml") {
        return Some("a key is written without `.toml`".to_owned());
    }
    path.split('/').find_map(wrong_part)
}

fn wrong_part(part: &str) -> Option<String> {
    if part.is_empty() {
        Some("a key has a name on both sides of every `/`".to_owned())
    } else if part == ".." {
        Some("`..` leads out of the folder".to_owned())
    } else if part.starts_with('.') {
        Some(format!("`{part}` starts with a dot, which hides it"))
    } else if part.ends_with('.') {
        Some(format!("`{part}` ends in a dot, which Windows drops"))
    } else if part.trim() != part {
        Some(format!("`{part}` has a space at its start or end"))
    } else if part.len() > MAX_BYTES {
        Some(format!("a name is longer than {MAX_BYTES} bytes"))
    } else if is_reserved(part) {
        Some(format!("`{part}` is a reserved name on Windows"))
    } else {
        None
    }
}

/// Windows keeps these names for devices, in any case and with anything behind a dot.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    // `COM¹` is reserved like `COM1`.
    let stem: String = stem.nfkc().collect::<String>().to_ascii_lowercase();
    let is_port = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || is_port("com")
        || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slug_reads_like_the_name() {
        for (name, made) in [
            ("Acme Trading", "acme-trading"),
            ("アクメ商事", "アクメ商事"),
            ("株式会社 アクメ・商事", "株式会社-アクメ-商事"),
            ("ＡＣＭＥ　ﾔﾏﾀﾞ㈱", "acme-ヤマダ-株"),
            ("か\u{3099}く", "がく"),
            ("Müller & Söhne GmbH", "muller-sohne-gmbh"),
            ("Łódź Straße Ærø", "lodz-strasse-aero"),
            ("İnci", "inci"),
            ("Ёлка и Ко.", "ёлка-и-ко"),
            ("한국 상사", "한국-상사"),
            ("हिन्दी", "हिन्दी"),
            ("佐々木サーバー", "佐々木サーバー"),
            ("  --Web -- renewal!!  ", "web-renewal"),
            ("../../etc/passwd", "etc-passwd"),
            ("zero\u{200B}width", "zerowidth"),
            ("…", "customer"),
            ("", "customer"),
            ("CON", "con-1"),
            ("Com¹", "com1-1"),
            ("lpt0", "lpt0-1"),
            ("COM10", "com10"),
            ("console", "console"),
        ] {
            assert_eq!(slug(name), made, "{name}");
        }
        assert_eq!(slug_or("!?", "deal"), "deal");
    }

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(slug(&"社".repeat(90)).chars().count(), 60);
        let dash_at_cut = format!("{} next", "a".repeat(59));
        assert_eq!(slug(&dash_at_cut), "a".repeat(59));
        for letter in ["नि", "ที่"] {
            let marks = letter.chars().count() - 1;
            let kept = "a".repeat(60 - marks);
            assert_eq!(slug(&format!("{kept}{letter}")), kept);
        }
    }

    #[test]
    fn a_taken_key_gets_the_next_number() {
        let taken = ["acme", "acme-2", "2026-11-20"];
        let is_taken = |key: &str| taken.contains(&key);
        assert_eq!(unique("acme", is_taken), "acme-3");
        assert_eq!(unique("2026-11-20", is_taken), "2026-11-20-2");
        assert_eq!(unique("cobalt", is_taken), "cobalt");
    }

    #[test]
    fn a_typed_key_may_be_any_plain_path() {
        for key in [
            "acme",
            "archive/cobalt",
            "アクメ商事",
            "Acme Inc. Tokyo",
            "v1.2",
            "console",
            "a/b/c",
        ] {
            assert_eq!(is_safe_key(key), Ok(()), "{key}");
        }
    }

    #[test]
    fn a_bad_key_is_refused_with_a_cure() {
        for (key, message) in [
            ("", "a key can't be empty; type a key such as `acme`"),
            (
                "../acme",
                "`..` leads out of the folder; type a key such as `acme`",
            ),
            (
                "a/../b",
                "`..` leads out of the folder; type a key such as `a/b`",
            ),
            (
                "/etc/x",
                "a key starts at the journal, not at `/`; type a key such as `etc/x`",
            ),
            ("C:\\x", "a key can't hold `:`; type a key such as `c/x`"),
            (
                ".git/x",
                "`.git` starts with a dot, which hides it; type a key such as `git/x`",
            ),
            (
                "a/",
                "a key has a name on both sides of every `/`; type a key such as `a`",
            ),
            (
                "a//b",
                "a key has a name on both sides of every `/`; type a key such as `a/b`",
            ),
            ("who?", "a key can't hold `?`; type a key such as `who`"),
            (
                "a\tb",
                "a key can't hold the character U+0009; type a key such as `a-b`",
            ),
            (
                "a\u{202E}b",
                "a key can't hold the character U+202E; type a key such as `ab`",
            ),
            (
                "acme.",
                "`acme.` ends in a dot, which Windows drops; type a key such as `acme`",
            ),
            (
                "acme ",
                "`acme ` has a space at its start or end; type a key such as `acme`",
            ),
            (
                "nul",
                "`nul` is a reserved name on Windows; type a key such as `nul-1`",
            ),
            (
                "x/Aux.old",
                "`Aux.old` is a reserved name on Windows; type a key such as `x/aux-old`",
            ),
            (
                "COM².b",
                "`COM².b` is a reserved name on Windows; type a key such as `com2-b`",
            ),
            (
                "acme.toml",
                "a key is written without `.toml`; type a key such as `acme`",
            ),
        ] {
            assert_eq!(is_safe_key(key), Err(message.to_owned()), "{key}");
        }
        assert!(is_safe_key(&"a".repeat(241)).is_err());
    }

    proptest! {
        #[test]
        fn every_slug_is_a_safe_key_and_its_own_slug(name in "\\PC{0,80}") {
            let made = slug(&name);
            prop_assert_eq!(is_safe_key(&made), Ok(()));
            prop_assert_eq!(slug(&made), made.clone());
            prop_assert_eq!(made.nfc().collect::<String>(), made.clone());
            prop_assert!(made.chars().count() <= MAX_CHARS + 2 && !made.contains("--"));
            prop_assert!(!made.starts_with('-') && !made.ends_with('-'));
        }

        #[test]
        fn what_a_refusal_proposes_is_accepted(key in "[a-z./\\\\ :?CONcon-]{0,12}") {
            if let Err(message) = is_safe_key(&key) {
                let proposal = message.rsplit('`').nth(1).unwrap();
                prop_assert_eq!(is_safe_key(proposal), Ok(()), "{}", message);
            }
        }
    }
}
