//! What a text wears: byte order mark, line ends, and whether its last line is closed. All of it is
//! taken off before a merge and put on again behind it.

use std::borrow::Cow;

use crate::store::spell::Eol;

const BOM: char = '\u{feff}';

/// How the lines of a text end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// It has no line break.
    None,
    All(Eol),
    /// Some so, some so.
    Mixed,
}

/// What one text wears.
#[derive(Clone, Copy)]
pub(super) struct Style {
    bom: bool,
    ends: Ends,
    /// Whether the last line lacks its line break; `None`: there is no line.
    open: Option<bool>,
}

/// The result of a merge wears this.
pub(super) struct Result {
    bom: bool,
    eol: Option<Eol>,
    open: bool,
}

impl Style {
    pub(super) fn of(text: &str) -> Style {
        let body = text.strip_prefix(BOM).unwrap_or(text);
        let breaks = memchr::memchr_iter(b'\n', body.as_bytes()).count();
        let crlf = memchr::memmem::find_iter(body.as_bytes(), b"\r\n").count();
        Style {
            bom: body.len() < text.len(),
            ends: match (breaks, crlf) {
                (0, _) => Ends::None,
                (_, 0) => Ends::All(Eol::Lf),
                _ if breaks == crlf => Ends::All(Eol::CrLf),
                _ => Ends::Mixed,
            },
            open: (!body.is_empty()).then(|| !body.ends_with('\n')),
        }
    }

    /// What the merge of three texts wears. Line ends of which one text has two sorts are spacing
    /// of their lines, and merged with them.
    pub(super) fn merged([base, ours, theirs]: [Style; 3]) -> Result {
        let known = |ends| match ends {
            Ends::All(eol) => Some(eol),
            _ => None,
        };
        let [b, o, t] = [base, ours, theirs].map(|style| known(style.ends));
        let mixed = [base, ours, theirs].iter().any(|s| s.ends == Ends::Mixed);
        Result {
            bom: changed(
                base.open.map(|_| base.bom),
                Some(ours.bom),
                Some(theirs.bom),
            )
            .unwrap_or(false),
            eol: (!mixed).then(|| changed(b, o, t).unwrap_or_default()),
            open: changed(base.open, ours.open, theirs.open).unwrap_or(false),
        }
    }
}

/// Whoever changed it is right; where that is nobody or everybody, the plain one.
fn changed<T: Copy + PartialEq + Default>(
    base: Option<T>,
    ours: Option<T>,
    theirs: Option<T>,
) -> Option<T> {
    match (ours, theirs) {
        (None, one) | (one, None) => one,
        (Some(ours), Some(theirs)) if ours == theirs => Some(ours),
        (_, Some(theirs)) if ours == base => Some(theirs),
        (Some(ours), _) if theirs == base => Some(ours),
        _ => Some(T::default()),
    }
}

impl Result {
    /// The text without any of it, its last line closed.
    pub(super) fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let body = text.strip_prefix(BOM).unwrap_or(text);
        let mut plain = match self.eol {
            Some(_) if body.contains('\r') => Cow::Owned(body.replace("\r\n", "\n")),
            _ => Cow::Borrowed(body),
        };
        if !plain.is_empty() && !plain.ends_with('\n') {
            plain.to_mut().push('\n');
        }
        plain
    }

    /// A piece of the result as it stands in the file.
    pub(super) fn piece(&self, text: &str) -> String {
        match self.eol {
            Some(Eol::CrLf) => text.replace('\n', "\r\n"),
            _ => text.to_owned(),
        }
    }

    /// What stands in front of everything.
    pub(super) fn front(&self) -> &'static str {
        if self.bom { "\u{feff}" } else { "" }
    }

    /// Whether the last line break goes.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }
}
