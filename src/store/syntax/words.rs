//! What the parser's messages mean to a person who wrote the line.

use crate::model::problem::Problem;
use crate::store::outline::TOO_DEEP;

/// The problem that a message of the parser means, by the line that it is about.
pub(super) fn explain(path: &str, number: u32, line: &str, message: &str) -> Problem {
    let (code, message, cure) = if is_marker(line) {
        (
            "conflict-markers",
            "a merge was left half done: both versions stand here between markers".to_owned(),
            "S on screen or goodwill resolve asks what shall \
             count; or keep what is right and delete the marker lines"
                .to_owned(),
        )
    } else if let Some((wrong, right)) = full_width_slip(line) {
        let wrong = match wrong {
            '\u{3000}' => "the full-width space".to_owned(),
            other => other.to_string(),
        };
        (
            "full-width",
            format!("{wrong} is a full-width character, which only a quoted text may hold"),
            format!("type {right} instead of {wrong}"),
        )
    } else {
        let (message, cure) = plain_words(message, line);
        ("syntax", message, cure)
    };
    Problem {
        code,
        path: path.to_owned(),
        line: Some(number),
        message,
        cure,
        hint: false,
    }
}

/// Whether a line is a conflict marker of git (also diff3 style) or jj.
fn is_marker(line: &str) -> bool {
    ['<', '|', '=', '>', '%', '+'].iter().any(|mark| {
        let rest = line.trim_end().trim_start_matches(*mark);
        line.trim_end().len() - rest.len() >= 7 && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The full-width character that an input method left on put where TOML wants an ASCII one, and
/// what to type instead. Characters in quotes, in comments and in unquoted words do not count.
fn full_width_slip(line: &str) -> Option<(char, &'static str)> {
    let bare = without_quoted(line);
    let (name, value) = match bare.split_once('=') {
        Some((name, _)) if name.contains('＝') => return Some(('＝', "=")),
        Some((name, value)) => (name, value),
        None if bare.contains('＝') => return Some(('＝', "=")),
        None => (&*bare, ""),
    };
    let twin = |c: char| match c {
        '“' | '”' | '„' | '＂' | '〝' | '〟' => Some((c, "\"")),
        '‘' | '’' | '＇' => Some((c, "'")),
        '［' => Some((c, "[")),
        '］' => Some((c, "]")),
        '｛' => Some((c, "{")),
        '｝' => Some((c, "}")),
        '＃' => Some((c, "#")),
        '\u{3000}' => Some((c, "a plain space")),
        _ => None,
    };
    let digit = |c: char| match c {
        '０'..='９' => Some((c, "plain digits")),
        '－' | '−' | 'ー' => Some((c, "-")),
        '：' => Some((c, ":")),
        '．' => Some((c, "a plain dot")),
        _ => None,
    };
    let comma = |c: char| matches!(c, '，' | '、').then_some((c, "a plain comma"));
    let is_number = value
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let is_list = value.trim_start().starts_with(['[', '{', '［', '｛']);
    let in_value = |c: char| {
        let number = is_number.then(|| digit(c)).flatten();
        twin(c)
            .or(number)
            .or_else(|| is_list.then(|| comma(c)).flatten())
    };
    name.chars()
        .find_map(twin)
        .or_else(|| value.chars().find_map(in_value))
}

/// A line without its quoted texts and without its comment.
fn without_quoted(line: &str) -> String {
    let mut bare = String::new();
    let mut open = None;
    for c in line.chars() {
        match (open, c) {
            (Some(quote), _) if quote == c => open = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => open = Some(c),
            (None, '#') => break,
            (None, _) => bare.push(c),
        }
    }
    bare
}

fn plain_words(message: &str, line: &str) -> (String, String) {
    let quote_it = "put text in quotes: name = \"…\"";
    let (what, _) = message.split_once(", expected").unwrap_or((message, ""));
    let (words, cure) = match what {
        "key with no value" | "missing value for key" => (
            "a name stands here without a value",
            "write name = \"value\", or put # in front to make it a comment",
        ),
        "a value is missing here" | "missing value" => (
            "nothing stands behind the =",
            "write a value there, or delete the line",
        ),
        "a key is missing here" | "unquoted keys cannot be empty" => (
            "a name is missing",
            "write name = \"value\", and [kind.key] for a header",
        ),
        "extra `=`" | "extra assignment between key-value pairs" => {
            ("there is one = too many", quote_it)
        }
        "string values must be quoted" | "invalid value" | "unexpected key or value" => {
            ("text stands here without quotes", quote_it)
        }
        "invalid unquoted key" => (
            "a name with other characters than a-z, 0-9, - and _ needs quotes",
            "write [deal.\"EC更改\"] for a header, \"name\" = … for a field",
        ),
        "unclosed table" | "unclosed array table" => (
            "the header is not closed",
            "write ] at its end, as in [kind.key]",
        ),
        "unclosed array" | "unexpected `=` in array" => {
            ("the list is not closed", "write ] behind its last item")
        }
        "missing comma between array elements" => (
            "a comma is missing in the list, or its ]",
            "write a comma between the items",
        ),
        "unclosed inline table" => ("the { is not closed", "write } behind its last value"),
        "unclosed text" if line.contains("\"\"\"") || line.contains("'''") => (
            "the text that begins here is never closed",
            "write \"\"\" (or ''', as it was opened) behind its last word",
        ),
        "unclosed text" => (
            "the quotes that open here are not closed",
            "write the closing quote",
        ),
        TOO_DEEP => ("tables are nested too deep here", "160 levels are the most"),
        "unexpected text" | "unexpected content" => (
            "this can't be read as TOML",
            "put text in quotes, and comments behind #",
        ),
        _ => return bad_value(message),
    };
    (words.to_owned(), cure.to_owned())
}

/// What the strict parser says of a value that looks right and isn't, by a part of its message.
const BAD_VALUES: &[(&str, &str, &str)] = &[
    (
        "leading zero",
        "a number can't begin with 0",
        "put it in quotes if it is no amount, such as a phone number",
    ),
    (
        "invalid date",
        "there is no such day",
        "correct the day or the month, as in 2026-02-28",
    ),
    (
        "invalid time",
        "there is no such time of day",
        "write hours and minutes as in 09:30:00",
    ),
    (
        "datetime",
        "this is no date",
        "write the date as 2026-11-20, text in quotes",
    ),
    (
        "escape",
        "\\ means something between double quotes",
        "write \\\\ for one \\, or put the text between single quotes: 'C:\\temp'",
    ),
    (
        "digits",
        "this number can't be read",
        "write it as 1200, 1_200 or 1200.50, text in quotes",
    ),
    (
        "with a dotted key",
        "this name was given another kind of value before",
        "keep one of the two lines",
    ),
    (
        "invalid basic string",
        "a control character stands in this text",
        "delete it; your editor may show it as ^ and a letter",
    ),
    (
        "invalid literal string",
        "a control character stands in this text",
        "delete it; your editor may show it as ^ and a letter",
    ),
    (
        "invalid comment character",
        "a control character stands in this line",
        "delete it; your editor may show it as ^ and a letter",
    ),
];

fn bad_value(message: &str) -> (String, String) {
    let known = BAD_VALUES.iter().find(|(part, ..)| message.contains(part));
    match known {
        Some((_, words, cure)) => ((*words).to_owned(), (*cure).to_owned()),
        None => (
            message.to_owned(),
            "put text in quotes; https://toml.io shows how values are written".to_owned(),
        ),
    }
}
