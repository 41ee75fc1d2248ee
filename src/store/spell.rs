//! Spelling a value as TOML 1.0, so that it reads well in an editor and in `grep`.

use std::borrow::Cow;
use std::fmt::Write as _;

use toml::de::DeValue;

use crate::model::value::Value;

/// How the lines of a file end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Eol {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
}

impl Eol {
    /// The style of a text: the one of its first line. A text without a line break counts as LF.
    pub fn of(text: &str) -> Eol {
        match text.split_once('\n') {
            Some((first, _)) if first.ends_with('\r') => Eol::CrLf,
            _ => Eol::Lf,
        }
    }

    /// The bytes of a line break.
    pub fn as_str(self) -> &'static str {
        match self {
            Eol::Lf => "\n",
            Eol::CrLf => "\r\n",
        }
    }
}

/// What a value is once it was written and read again: line breaks at the end of texts are gone.
pub fn normal(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::text(trimmed(text)),
        Value::List(items) => Value::List(items.iter().map(normal).collect()),
        Value::Table(fields) => {
            let fields = fields.iter().map(|(name, v)| (name.clone(), normal(v)));
            Value::Table(fields.collect())
        }
        other => other.clone(),
    }
}

/// Spells a value that stands behind `key = `. Only a text with line breaks takes more than one
/// line. A number that TOML can't hold is spelled as text.
pub fn spell(value: &Value, eol: Eol) -> String {
    match value {
        Value::Text(text) if trimmed(text).contains('\n') => block(trimmed(text), eol),
        _ => spell_on_one_line(value),
    }
}

/// Spells a value inside of a list or an inline table: always on one line.
pub fn spell_on_one_line(value: &Value) -> String {
    match value {
        Value::Text(text) => line(trimmed(text)),
        Value::When(when) => when.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(digits) => number(digits),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(spell_on_one_line).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Table(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| format!("{} = {}", spell_key(name), spell_on_one_line(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// Spells one part of a key: bare where TOML allows, else quoted.
pub fn spell_key(name: &str) -> Cow<'_, str> {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !name.is_empty() && name.bytes().all(bare) {
        return Cow::Borrowed(name);
    }
    let quotes = name.contains(['"', '\\']);
    if quotes && !name.contains('\'') && !name.contains(needs_escape) && !name.contains('\n') {
        return Cow::Owned(format!("'{name}'"));
    }
    Cow::Owned(basic(name))
}

/// Spells a dotted key or the name in a header.
pub fn spell_path<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<_> = names.iter().map(|name| spell_key(name.as_ref())).collect();
    names.join(".")
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches(['\n', '\r'])
}

/// What a file must not hold as it is: control characters, and characters that nobody sees or
/// that turn the direction of what stands around them. Joiners stay, as emoji and some scripts
/// are made with them.
fn needs_escape(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' => true,
        _ => c.is_control(),
    }
}

fn line(text: &str) -> String {
    let plain = !text.contains(needs_escape) && !text.contains('\n');
    if !plain || !text.contains(['"', '\\']) {
        return basic(text);
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    if fits_literal_block(text) {
        return format!("'''{text}'''");
    }
    let basic_block = !text.contains('\\') && !text.contains("\"\"\"");
    if basic_block && !text.starts_with('"') && !text.ends_with('"') {
        return format!("\"\"\"{text}\"\"\"");
    }
    basic(text)
}

fn block(text: &str, eol: Eol) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let awkward = text.contains('\\') || text.contains("\"\"\"") || text.ends_with('"');
    if awkward && !text.contains(needs_escape) && fits_literal_block(text) {
        out.push_str("'''\n");
        out.push_str(text);
        out.push_str("'''");
    } else {
        out.push_str("\"\"\"\n");
        let mut quotes = 0;
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            quotes = if c == '"' { quotes + 1 } else { 0 };
            if c == '"' && (quotes == 3 || rest.peek().is_none()) {
                quotes = 0;
                out.push('\\');
            }
            match c {
                '"' | '\n' => out.push(c),
                _ => push_escaped(&mut out, c),
            }
        }
        out.push_str("\"\"\"");
    }
    match eol {
        Eol::Lf => out,
        Eol::CrLf => out.replace('\n', "\r\n"),
    }
}

fn fits_literal_block(text: &str) -> bool {
    !text.contains("'''") && !text.starts_with('\'') && !text.ends_with('\'')
}

fn basic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            _ => push_escaped(&mut out, c),
        }
    }
    out.push('"');
    out
}

fn push_escaped(out: &mut String, c: char) {
    let code = u32::from(c);
    let _ = match c {
        '\\' => out.write_str("\\\\"),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\u{8}' => out.write_str("\\b"),
        '\u{c}' => out.write_str("\\f"),
        _ if !needs_escape(c) => out.write_char(c),
        _ if code > 0xffff => write!(out, "\\U{code:08X}"),
        _ => write!(out, "\\u{code:04X}"),
    };
}

fn number(digits: &str) -> String {
    let parsed = toml::de::DeValue::parse(digits);
    let sound = parsed.is_ok_and(|value| match value.get_ref() {
        // TOML promises 64 bits, no more.
        DeValue::Integer(whole) => i64::from_str_radix(whole.as_str(), whole.radix()).is_ok(),
        other => other.is_float(),
    });
    if !sound {
        return line(digits);
    }
    let (sign, whole) = match digits.strip_prefix(['+', '-']) {
        Some(whole) => (digits.get(..1).unwrap_or(""), whole),
        None => ("", digits),
    };
    if whole.len() < 5 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Eol, normal, spell, spell_key, spell_path};
    use crate::model::value::Value;
    use crate::store::outline::outline;
    use proptest::prelude::*;

    fn text(text: &str) -> String {
        spell(&Value::text(text), Eol::Lf)
    }

    #[test]
    fn a_text_stays_readable_and_on_one_line() {
        for (value, spelled) in [
            ("支払条件の相談", "\"支払条件の相談\""),
            ("", "\"\""),
            ("ends\n\r\n", "\"ends\""),
            (r#"she said "no""#, r#"'she said "no"'"#),
            (r"C:\share", r"'C:\share'"),
            (r#"it's "fine""#, r#"'''it's "fine"'''"#),
            (r#"'' said "x" y'"#, "\"\"\"'' said \"x\" y'\"\"\""),
            (r#"'\ "'"#, r#""'\\ \"'""#),
            ("it's", "\"it's\""),
            (
                "a\u{1b}[31m\u{7f}\u{202e}\u{200b}\u{feff}",
                r#""a\u001B[31m\u007F\u202E\u200B\uFEFF""#,
            ),
            (
                "a\tb \u{1f468}\u{200d}\u{1f33e}",
                "\"a\tb \u{1f468}\u{200d}\u{1f33e}\"",
            ),
        ] {
            assert_eq!(text(value), spelled);
        }
    }

    #[test]
    fn a_text_with_line_breaks_closes_on_its_last_line() {
        assert_eq!(text("a\nb \"c\"d\n"), "\"\"\"\na\nb \"c\"d\"\"\"");
        assert_eq!(text("a\\\nb's"), "'''\na\\\nb's'''");
        assert_eq!(
            text("a\n\"\"\"\"'''\\\""),
            "\"\"\"\na\n\"\"\\\"\"'''\\\\\\\"\"\"\""
        );
        assert_eq!(text("\n\u{1b}\nb"), "\"\"\"\n\n\\u001B\nb\"\"\"");
        let spelled = spell(&Value::text("a\nb"), Eol::CrLf);
        assert_eq!(spelled, "\"\"\"\r\na\r\nb\"\"\"");
    }

    #[test]
    fn numbers_lists_and_tables() {
        let number = |digits: &str| spell(&Value::Number(digits.into()), Eol::Lf);
        assert_eq!(number("1200000"), "1_200_000");
        assert_eq!(number("-12345"), "-12_345");
        assert_eq!(number("1200"), "1200");
        assert_eq!(number("12000.50"), "12000.50");
        assert_eq!(number("0xDEADBEEF"), "0xDEADBEEF");
        assert_eq!(number("9223372036854775808"), "\"9223372036854775808\"");
        assert_eq!(number("1,5"), "\"1,5\"");
        assert_eq!(number("1]\nx = [2"), "\"1]\\nx = [2\"");
        let list = Value::texts(["win: 月額", "a\nb", "say \"x\""]);
        assert_eq!(spell(&list, Eol::Lf), r#"["win: 月額", "a\nb", 'say "x"']"#);
        let table = Value::Table(vec![("a".into(), Value::Bool(true)), ("b c".into(), list)]);
        assert_eq!(
            spell(&table, Eol::CrLf),
            r#"{ a = true, "b c" = ["win: 月額", "a\nb", 'say "x"'] }"#
        );
    }

    #[test]
    fn keys_are_bare_where_they_can_be() {
        assert_eq!(
            spell_path(&["deal", "EC更改", "x-1_a"]),
            "deal.\"EC更改\".x-1_a"
        );
        assert_eq!(spell_key(""), "\"\"");
        assert_eq!(spell_key(r#"a"b"#), r#"'a"b'"#);
        assert_eq!(spell_key("a\n\"'"), r#""a\n\"'""#);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let words = prop::sample::select(vec![
            "a", "支", "\"", "\"\"\"", "'", "'''", "\\", "\n", "\r", "\r\n", "\t", " ", "\u{202e}",
            "\u{0}", "#", "=", "]", "}", "e\u{301}", "\u{9b}", "\u{feff}", "\\u",
        ]);
        let text = prop::collection::vec(words, 0..8).prop_map(|w| Value::text(&w.concat()));
        let leaf = prop_oneof![
            4 => text,
            1 => any::<i64>().prop_map(|n| Value::Number(n.to_string().into())),
            1 => any::<bool>().prop_map(Value::Bool),
            1 => any::<String>().prop_map(|t| Value::text(&t)),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|fields| {
                    Value::Table(fields.into_iter().map(|(k, v)| (k.into(), v)).collect())
                }),
            ]
        })
    }

    fn same(found: &toml::Value, value: &Value) -> bool {
        match (found, value) {
            (toml::Value::String(found), Value::Text(text)) => {
                // Line breaks are those of the file; a `\r` of the text's own was escaped.
                **found == **text || found.replace("\r\n", "\n") == **text
            }
            (toml::Value::Integer(found), Value::Number(digits)) => found.to_string() == **digits,
            (toml::Value::Boolean(found), Value::Bool(yes)) => found == yes,
            (toml::Value::Array(found), Value::List(items)) => {
                found.len() == items.len() && found.iter().zip(items).all(|(f, i)| same(f, i))
            }
            (toml::Value::Table(found), Value::Table(fields)) => {
                let held = |(name, value): &(Box<str>, Value)| {
                    found.get(&**name).is_some_and(|found| same(found, value))
                };
                found.len() == fields.len() && fields.iter().all(held)
            }
            _ => false,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn what_is_spelled_reads_back_the_same(value in any_value(), crlf in any::<bool>()) {
            let eol = if crlf { Eol::CrLf } else { Eol::Lf };
            let text = format!("k = {}{}", spell(&value, eol), eol.as_str());
            let strict = text.parse::<toml::Table>();
            prop_assert!(strict.is_ok(), "{text}\n{:?}", strict.err());
            let found = strict.ok().and_then(|mut table| table.remove("k"));
            prop_assert!(found.is_some_and(|found| same(&found, &normal(&value))), "{text}");
            let outline = outline(&text);
            let lines = outline.lines(&outline.blocks()[0]);
            prop_assert_eq!(lines.len(), 1);
            prop_assert_eq!(outline.decode(&lines[0].value), normal(&value), "{}", text);
        }
    }
}
