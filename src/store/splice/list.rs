//! Changing a list that a person laid out over several lines: its lines and comments stay.

use super::{Outline, Patch, Span};
use crate::model::value::Value;
use crate::store::outline::{Node, Spelling};
use crate::store::spell::{Eol, normal, spell_on_one_line};

/// The changes that turn a list into `new` item by item; `None` where it stands on one line, or
/// its items share lines, so that writing the whole list anew is as good.
pub(super) fn edit(outline: &Outline<'_>, list: &Node, new: &Value) -> Option<Vec<Patch>> {
    let Value::List(new) = new else {
        return None;
    };
    let many_lines = list.span.of(outline.text()).contains('\n');
    if list.spelling != Spelling::Array || !many_lines {
        return None;
    }
    let nodes: Vec<&Node> = outline.items(list).collect();
    let old: Vec<Value> = nodes.iter().map(|item| outline.decode(item)).collect();
    let new: Vec<Value> = new.iter().map(normal).collect();
    let equal = |(a, b): &(&Value, &Value)| a == b;
    let head = old.iter().zip(&new).take_while(equal).count();
    let (old_rest, new_rest) = (old.get(head..)?, new.get(head..)?);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = tail.take_while(equal).count();
    let gone = nodes.get(head..nodes.len() - tail)?;
    let come = new.get(head..new.len() - tail)?;

    let mut patches: Vec<Patch> = (gone.iter().zip(come))
        .map(|(item, value)| Patch::new(item.span, spell_on_one_line(value)))
        .collect();
    let both = patches.len();
    for item in gone.get(both..)? {
        let line = own_line(outline, list, item)?;
        patches.push(Patch::remove(line.span.start, line.span.end));
    }
    let come = come.get(both..)?;
    if !come.is_empty() {
        let anchor = (head + both).checked_sub(1);
        patches.extend(insert(outline, list, &nodes, anchor, come)?);
    }
    Some(patches)
}

fn insert(
    outline: &Outline<'_>,
    list: &Node,
    items: &[&Node],
    anchor: Option<usize>,
    values: &[Value],
) -> Option<Vec<Patch>> {
    let eol = Eol::of(outline.text()).as_str();
    let item = items.get(anchor.unwrap_or(0))?;
    let line = own_line(outline, list, item)?;
    let lines: Vec<String> = values
        .iter()
        .map(|value| format!("{}{}", line.indent, spell_on_one_line(value)))
        .collect();
    let lines = lines.join(&format!(",{eol}"));
    Some(match anchor {
        None => vec![Patch::insert(line.span.start, format!("{lines},{eol}"))],
        Some(_) if line.comma => vec![Patch::insert(line.span.end, format!("{lines},{eol}"))],
        Some(_) => vec![
            Patch::insert(item.span.end, ","),
            Patch::insert(line.span.end, format!("{lines}{eol}")),
        ],
    })
}

struct OwnLine<'t> {
    span: Span,
    indent: &'t str,
    comma: bool,
}

/// The line of an item that shares it with nothing but its comma and a comment.
fn own_line<'t>(outline: &Outline<'t>, list: &Node, item: &Node) -> Option<OwnLine<'t>> {
    let text = outline.text();
    let before = Span::new(list.span.start, item.span.start).of(text);
    let indent = before.get(before.rfind('\n')? + 1..)?;
    let after = Span::new(item.span.end, list.span.end).of(text);
    let rest = after.get(..=after.find('\n')?)?;
    let behind = rest.trim_start_matches([' ', '\t']);
    let (comma, behind) = match behind.strip_prefix(',') {
        Some(behind) => (true, behind.trim_start_matches([' ', '\t'])),
        None => (false, behind),
    };
    let alone = indent.trim().is_empty() && (behind.trim().is_empty() || behind.starts_with('#'));
    // Without a comma here it may stand on a later line, unless nothing but comments follows.
    let rest_of_list = Span::new(item.span.end, list.span.end.saturating_sub(1)).of(text);
    let mut rest_of_list = rest_of_list.lines().map(str::trim);
    let mut last = || rest_of_list.all(|line| line.is_empty() || line.starts_with('#'));
    let alone = alone && (comma || last());
    alone.then(|| OwnLine {
        span: Span::new(
            item.span.start - u32::try_from(indent.len()).unwrap_or(0),
            item.span.end + u32::try_from(rest.len()).unwrap_or(0),
        ),
        indent,
        comma,
    })
}

#[cfg(test)]
mod tests {
    use crate::model::value::Value;
    use crate::store::splice::{Edit, splice};
    use proptest::prelude::*;

    fn with_list(before: &str, items: &[&str]) -> String {
        let edit = Edit::Set {
            table: Vec::new(),
            key: "a".to_owned(),
            value: Value::texts(items.iter().copied()),
            after: Vec::new(),
        };
        String::from_utf8(splice(before.as_bytes(), &[edit]).unwrap()).unwrap()
    }

    const LAID_OUT: &str = "a = [ # why\n  \"p\", # one\n  # of q\n  'q'  # two\n  # end\n]\n";

    #[test]
    fn items_come_and_go_on_lines_of_their_own() {
        for (items, after) in [
            (
                &["p", "q", "r"][..],
                "a = [ # why\n  \"p\", # one\n  # of q\n  'q',  # two\n  \"r\"\n  # end\n]\n",
            ),
            (
                &["o", "p", "q"],
                "a = [ # why\n  \"o\",\n  \"p\", # one\n  # of q\n  'q'  # two\n  # end\n]\n",
            ),
            (
                &["p", "x", "y", "q"],
                "a = [ # why\n  \"p\", # one\n  \"x\",\n  \"y\",\n  # of q\n  'q'  # two\n  # end\n]\n",
            ),
            (
                &["p"],
                "a = [ # why\n  \"p\", # one\n  # of q\n  # end\n]\n",
            ),
            (&["q"], "a = [ # why\n  # of q\n  'q'  # two\n  # end\n]\n"),
            (
                &["p", "z"],
                "a = [ # why\n  \"p\", # one\n  # of q\n  \"z\"  # two\n  # end\n]\n",
            ),
            (&[], "a = [ # why\n  # of q\n  # end\n]\n"),
        ] {
            assert_eq!(with_list(LAID_OUT, items), after, "{items:?}");
        }
    }

    #[test]
    fn a_list_without_lines_of_its_own_is_written_anew() {
        assert_eq!(
            with_list("a = ['p', 'q'] # c\n", &["p"]),
            "a = [\"p\"] # c\n"
        );
        assert_eq!(with_list("a = ['p',\n 'q']\n", &["p"]), "a = [\"p\"]\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_layout_takes_every_change(
            old in prop::collection::vec(prop::sample::select(vec!["p", "q", "r, #", "s\nt"]), 0..5),
            gaps in prop::collection::vec(
                prop::sample::select(vec!["", " ", "\n", "\n  ", " # c\n", "\n# d,\n ", "\n\n"]), 12),
            new in prop::collection::vec(prop::sample::select(vec!["p", "q", "r, #", "x]"]), 0..5),
            comma in any::<bool>(),
            crlf in any::<bool>(),
        ) {
            let mut gaps = gaps.into_iter();
            let mut gap = || gaps.next().unwrap_or("");
            let mut text = "a = [".to_owned();
            for (i, item) in old.iter().enumerate() {
                text += gap();
                text += &crate::store::spell::spell(&Value::text(item), Default::default());
                text += gap();
                if comma || i + 1 < old.len() {
                    text += ",";
                }
            }
            text = text + gap() + "]\nb = 1\n";
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            let after = with_list(&text, &new);
            let found: toml::Table = after.parse().unwrap();
            let items = found["a"].as_array().unwrap().iter();
            let items: Vec<_> = items.map(|item| item.as_str().unwrap().replace('\r', "")).collect();
            prop_assert_eq!(items, new, "{}", after);
            let rest = if crlf { "b = 1\r\n" } else { "b = 1\n" };
            prop_assert!(after.ends_with(rest));
        }
    }
}
