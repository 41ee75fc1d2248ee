//! The strict look at a file: equal keys, impossible scalars and all else that TOML forbids.

use toml::Spanned;
use toml::de::DeTable;

use super::outline::{TOO_DEEP, outline};

/// Below this many dots on each of its lines a text can't nest deep enough to matter.
const HARMLESS_DOTS: usize = 8;

/// Why a text is no TOML, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct Broken {
    /// The byte, counted from 0.
    pub at: usize,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong, on one line.
    pub message: String,
}

impl Broken {
    /// Finds the line and the column of a byte.
    pub fn new(text: &str, at: usize, message: &str) -> Broken {
        let up_to = text.get(..at).unwrap_or(text);
        let line_start = up_to.rfind('\n').map_or(0, |at| at + 1);
        let in_line = up_to.get(line_start..).unwrap_or("");
        Broken {
            at,
            line: up_to.matches('\n').count() + 1,
            column: in_line.trim_start_matches('\u{feff}').chars().count() + 1,
            message: message.replace('\n', ", "),
        }
    }
}

/// Parses a whole file.
///
/// # Errors
///
/// The first thing that TOML forbids, and tables nested so deep that walking them would need
/// more stack than there is.
pub fn parse(text: &str) -> Result<DeTable<'_>, Broken> {
    let dots = |line: &[u8]| line.iter().filter(|byte| **byte == b'.').count();
    let lines = text.as_bytes().split(|byte| *byte == b'\n');
    if lines.map(dots).any(|dots| dots > HARMLESS_DOTS) {
        let outline = outline(text);
        let deep = outline.errors().iter().find(|e| e.message == TOO_DEEP);
        if let Some(error) = deep {
            return Err(Broken::new(text, error.span.start as usize, TOO_DEEP));
        }
    }
    let parsed = DeTable::parse(text).map(Spanned::into_inner);
    parsed.map_err(|e| Broken::new(text, e.span().map_or(0, |span| span.start), e.message()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_place_of_what_is_wrong_is_given() {
        let place = |text| {
            let broken = parse(text).unwrap_err();
            (broken.line, broken.column)
        };
        assert_eq!(place("\u{feff}名前 = 1\n"), (1, 1));
        assert_eq!(place("ok = '支払'\nbad = nope\n"), (2, 7));
        assert_eq!(place("a = 1\r\na = 2\r\n"), (2, 1));
        let told = parse("a = 1\na = 2\n").unwrap_err().to_string();
        assert_eq!(told, "line 2, column 1: duplicate key");
    }

    #[test]
    fn a_text_nested_too_deep_is_an_error_and_no_crash() {
        let key = ["a"; 79].join(".");
        let open = format!("{key} = {{ ").repeat(79);
        let one_line = format!("[{key}]\n{open}{key} = 1{}\n", " }".repeat(79));
        assert_eq!(parse(&one_line).unwrap_err().message, "nested too deep");
        let key = ["a"; 9].join(".");
        let open = format!("{key} = {{\n").repeat(79);
        let lines = format!("[{key}]\n{open}{key} = 1{}\n", " }".repeat(79));
        assert!(parse(&lines).is_ok());
        let key = ["a"; 40].join(".");
        assert!(parse(&format!("[{key}]\n{key} = [[[1]]]\n")).is_ok());
    }
}
