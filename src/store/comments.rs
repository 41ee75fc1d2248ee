//! Comments that a change would take along although whoever made it never saw them.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::file_change::{FileChange, Refused, table_name};
use super::splice::{entry_text, line_text};

/// Looks at everything that `changes` take out: in `now` it may hold no comment that it did not
/// hold in `before`, the text that they were made from, and that is not in `out`, the bytes that
/// the same change is on record to have taken out earlier.
///
/// # Errors
/// [`Refused::Commented`] with the first entry or field that has such a comment.
pub fn none_is_lost(
    before: &str,
    out: &str,
    now: &str,
    changes: &[FileChange],
) -> Result<(), Refused> {
    let out = comments(out);
    let mut taken = Vec::new();
    for change in changes {
        match change {
            FileChange::Remove { table, .. } => {
                let own = |text| entry_text(text, table);
                taken.push((table_name(table), own(before), own(now)));
            }
            FileChange::Fields { table, edits } => {
                for edit in edits.iter().filter(|edit| edit.now.is_none()) {
                    let own = |text| line_text(text, table, &edit.name);
                    let what = match table.as_slice() {
                        [] => edit.name.clone(),
                        _ => format!("{} of {}", edit.name, table_name(table)),
                    };
                    taken.push((what, own(before), own(now)));
                }
            }
            FileChange::Add { .. } | FileChange::AddText { .. } => {}
        }
    }
    let lost = taken.into_iter().find(|(_, before, now)| {
        let known = comments(before.unwrap_or(""));
        comments(now.unwrap_or(""))
            .iter()
            .any(|comment| !known.contains(comment) && !out.contains(comment))
    });
    lost.map_or(Ok(()), |(what, ..)| Err(Refused::Commented(what)))
}

/// Whether a text has a comment in it.
pub fn has_any(text: &str) -> bool {
    !comments(text).is_empty()
}

/// The comments of a text, without the spaces behind them.
pub fn comments(text: &str) -> Vec<&str> {
    if !text.contains('#') {
        return Vec::new();
    }
    let tokens = Source::new(text).lex();
    tokens
        .filter(|token| token.kind() == TokenKind::Comment)
        .filter_map(|token| text.get(token.span().start()..token.span().end()))
        .map(str::trim_end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn a_comment_is_told_from_a_text_that_looks_like_one() {
        let text = "# a\nb = \"# no\" # c \nd = '''\n# no'''\ne = [\n # f\n]\n";
        assert_eq!(comments(text), ["# a", "# c", "# f"]);
    }
}
