//! Mail addresses and links in what people wrote.

use super::entry::Fields;
use super::value::ValueRef;

/// The mail addresses and links in fields, each once, in the order they stand there.
pub fn addresses(fields: &Fields) -> Vec<String> {
    let mut found = Vec::new();
    for (_, value) in fields.iter() {
        collect(value, &mut found);
    }
    found
}

/// The link that opens an address: `http`, `https` or `mailto`. `None` for anything else, and for
/// what holds control characters or spaces.
pub fn link(address: &str) -> Option<String> {
    if !is_address(address) || address.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    Some(match is_web {
        true => address.to_owned(),
        false => format!("mailto:{address}"),
    })
}

/// The mail addresses and links in a value, each once.
fn collect(value: ValueRef<'_>, found: &mut Vec<String>) {
    match value {
        ValueRef::Text(text) => {
            let ends = |c: char| {
                c.is_whitespace() || "<>()[]{}\"'`,;（）「」『』【】〈〉《》、。，；".contains(c)
            };
            for word in text.split(ends) {
                let word = word.trim_matches(['.', ':', '!', '?']);
                let word = word.strip_prefix("mailto:").unwrap_or(word);
                if is_address(word) && !found.iter().any(|known| known == word) {
                    found.push(word.to_owned());
                }
            }
        }
        ValueRef::List(items) => items.iter().for_each(|item| collect(item, found)),
        ValueRef::Table(fields) => fields.iter().for_each(|(_, value)| collect(value, found)),
        ValueRef::When(_) | ValueRef::Bool(_) | ValueRef::Number(_) => {}
    }
}

fn is_address(word: &str) -> bool {
    let link = ["https://", "http://"]
        .iter()
        .find_map(|scheme| word.strip_prefix(scheme));
    if let Some(rest) = link {
        return !rest.is_empty();
    }
    word.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.contains('.') && !host.contains('@') && !host.starts_with('.');
        !name.is_empty() && word.is_ascii() && is_host
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_between_words_of_every_script() {
        let of = |text: &str| {
            let mut found = Vec::new();
            collect(ValueRef::Text(text), &mut found);
            found
        };
        assert_eq!(
            of(
                "山田さん（yamada@acme.example）に、https://acme.example/a?b=1。または<mailto:x.y@b.example>."
            ),
            [
                "yamada@acme.example",
                "https://acme.example/a?b=1",
                "x.y@b.example"
            ]
        );
        assert_eq!(of("a@b, @c.d, e@, @, http://, me @ home, a@b.c@d"), [""; 0]);
        assert_eq!(of("a@b.c a@b.c"), ["a@b.c"]);
    }

    #[test]
    fn only_the_web_and_mail_can_be_opened() {
        for (address, opened) in [
            ("yamada@acme.example", Some("mailto:yamada@acme.example")),
            (
                "https://acme.example/a?b=1",
                Some("https://acme.example/a?b=1"),
            ),
            ("http://acme.example", Some("http://acme.example")),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("-x@acme.example", Some("mailto:-x@acme.example")),
            ("https://acme.example/\u{1b}[2J", None),
            ("https://acme.example/a b", None),
        ] {
            assert_eq!(link(address).as_deref(), opened, "{address}");
        }
    }
}
