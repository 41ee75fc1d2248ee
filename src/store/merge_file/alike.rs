//! Two texts that say the same in another order.

use super::doc::{Doc, Home, Ids, Node, What, cut, plain_body};
use super::lead::words;
use crate::store::outline::outline;
use crate::store::strict;

/// Whether two texts have the same tables with the same lines and comments, and the same
/// paragraphs in the same tables: what may differ is the order of tables, of the lines in them and
/// of paragraphs, and blank lines. `false` also where one of them is no sound file or has other
/// line ends than `\n`.
pub fn differ_in_order_alone(one: &[u8], other: &[u8]) -> bool {
    let texts = [one, other].map(|bytes| std::str::from_utf8(bytes).ok());
    let [Some(one), Some(other)] = texts else {
        return false;
    };
    let is_plain = |text: &str| text.ends_with('\n') && !text.contains(['\r', '\u{feff}']);
    if one == other || !is_plain(one) || !is_plain(other) {
        return one == other;
    }
    let is_sound = |text| strict::parse(text).is_ok();
    let pieces = [one, other].map(Pieces::of);
    matches!(pieces, [Some(a), Some(b)] if a == b) && is_sound(one) && is_sound(other)
}

/// What a text says, the order left out.
#[derive(PartialEq, Eq)]
struct Pieces {
    /// The comments above a header, the header, and the lines.
    tables: Vec<(String, String, Vec<String>)>,
    paras: Vec<(Home, String)>,
    /// Of arrays of tables the order counts.
    elements: Vec<String>,
}

impl Pieces {
    fn of(text: &str) -> Option<Pieces> {
        let mut ids = Ids::default();
        let doc = cut(outline(text), &mut ids).ok()?;
        let mut pieces = Pieces {
            tables: Vec::with_capacity(doc.nodes.len()),
            paras: (doc.paras.iter())
                .map(|para| (para.home.clone(), words(para.text)))
                .collect(),
            elements: Vec::new(),
        };
        for node in &doc.nodes {
            pieces.take(node, &doc, &mut ids);
        }
        pieces.tables.sort_unstable();
        pieces.paras.sort_unstable();
        Some(pieces)
    }

    fn take(&mut self, node: &Node<'_>, doc: &Doc<'_>, ids: &mut Ids) {
        match &node.what {
            What::Table(table) => {
                let plain;
                let body = match &table.body {
                    Some(body) => body,
                    None => {
                        plain = plain_body(&doc.outline, table, ids);
                        &plain
                    }
                };
                let lines = body.iter().filter_map(Node::line);
                let mut lines: Vec<String> = lines.map(|line| line.text.to_owned()).collect();
                lines.sort_unstable();
                let (lead, header) = (table.lead.to_owned(), table.header.to_owned());
                self.tables.push((lead, header, lines));
            }
            What::Element(_, text) => self.elements.push((*text).to_owned()),
            What::Line(_) | What::Para(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differ_in_order_alone;

    const ONE: &str = "name = \"A\"\n\n# alone\n\n# of a\n[fact.a]\ntext = \"a\"\n# why\nx = 1\n\n\
                       [fact.b]\ntext = \"b\"\n";

    fn is_alike(other: &str) -> bool {
        let there = differ_in_order_alone(ONE.as_bytes(), other.as_bytes());
        let back = differ_in_order_alone(other.as_bytes(), ONE.as_bytes());
        assert_eq!(there, back);
        there
    }

    #[test]
    fn tables_lines_paragraphs_and_blank_lines_may_stand_elsewhere() {
        assert!(is_alike(ONE));
        assert!(is_alike(
            "name = \"A\"\n\n[fact.b]\ntext = \"b\"\n\n# of a\n[fact.a]\n# why\nx = 1\n\ntext = \"a\"\n\n# alone\n"
        ));
    }

    #[test]
    fn a_line_or_comment_may_not_belong_to_something_else() {
        for (from, to) in [
            ("# of a\n[fact.a]", "[fact.a]"),
            ("# alone\n\n", "# alone\n\n# alone\n\n"),
            ("# alone\n\n", ""),
            ("# why\nx = 1", "x = 1 # why"),
            ("# why\nx = 1\n\n[fact.b]\n", "\n[fact.b]\n# why\nx = 1\n"),
            ("\"b\"", "\"c\""),
            ("[fact.b]", "[fact.a]"),
            ("text = \"b\"\n", "text = \"b\""),
            ("text = \"b\"\n", "text = \"b\"\r\n"),
        ] {
            assert!(!is_alike(&ONE.replace(from, to)), "{from:?} -> {to:?}");
        }
    }
}
