//! The same edits on the parsed values: what the result must hold, worked out without any spans.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::find::find;
use super::{Edit, Outline, Refusal, outline, place, spell_key, spell_path, strict};
use crate::model::value::Value;
use crate::model::when::When;
use crate::store::spell::{Eol, normal, spell};

/// The edit's own values as a small TOML text.
pub(super) fn source(edit: &Edit) -> Result<String, Refusal> {
    Ok(match edit {
        Edit::Set { key, value, .. } => format!("{} = {}", spell_key(key), spell(value, Eol::Lf)),
        Edit::Append { table, fields } => {
            let path: Vec<_> = table.iter().map(String::as_str).collect();
            place::entry(&path, fields, Eol::Lf)
        }
        Edit::AppendRaw { text } => {
            let raw = outline(text);
            let head = raw.blocks().first();
            if raw.blocks().len() < 2 || head.is_some_and(|head| !raw.lines(head).is_empty()) {
                return Err(Refusal::shape("this is no entry with a header"));
            }
            text.clone()
        }
        Edit::Unset { .. } | Edit::Remove { .. } | Edit::Rekey { .. } => String::new(),
    })
}

/// Makes the edit in `tree`. `source` is the text of [`source`], `next` the file afterwards.
pub(super) fn change<'a>(
    tree: &mut DeTable<'a>,
    edit: &Edit,
    source: &'a str,
    next: &str,
) -> Result<(), Refusal> {
    let mut new = strict::parse(source)
        .map_err(|e| Refusal::shape(format!("the new text does not parse ({e})")))?;
    match edit {
        Edit::Set {
            table, key, value, ..
        } => {
            let plain = normal(value);
            let found = new.get(key.as_str()).map(Spanned::get_ref);
            intended(found, &plain, key)?;
            let home = table_mut(tree, table)?;
            let Some((name, new)) = new.remove_entry(key.as_str()) else {
                return Ok(());
            };
            match home.get_mut(key.as_str()) {
                None => {
                    home.insert(name, new);
                }
                Some(old) if means(old.get_ref(), value) || means(old.get_ref(), &plain) => {}
                Some(old) => *old = new,
            }
        }
        Edit::Append { table, fields } => {
            let home = table_mut(&mut new, table)?;
            if home.len() != fields.len() {
                return Err(Refusal::shape("a field is there twice"));
            }
            for (key, value) in fields {
                intended(
                    home.get(key.as_str()).map(Spanned::get_ref),
                    &normal(value),
                    key,
                )?;
            }
            merge(tree, new)?;
        }
        Edit::AppendRaw { .. } => merge(tree, new)?,
        Edit::Unset { table, key } => {
            let path: Vec<_> = table.iter().chain([key]).map(String::as_str).collect();
            take(tree, &path, next);
        }
        Edit::Remove { table } => {
            let path: Vec<_> = table.iter().map(String::as_str).collect();
            take(tree, &path, next);
        }
        Edit::Rekey { .. } => {}
    }
    Ok(())
}

/// Whether the table is there with these fields and no others.
pub(super) fn holds(
    tree: &DeTable<'_>,
    table: &[String],
    fields: &[(String, Value)],
) -> Result<(), Refusal> {
    let mut at = tree;
    for name in table {
        at = match at.get(name.as_str()).map(Spanned::get_ref) {
            Some(DeValue::Table(table)) => table,
            _ => return Err(Refusal::check("the new entry is not in the result")),
        };
    }
    if at.len() != fields.len() {
        return Err(Refusal::check("the new entry holds something else"));
    }
    for (key, value) in fields {
        let found = at.get(key.as_str()).map(Spanned::get_ref);
        intended(found, &normal(value), key)?;
    }
    Ok(())
}

fn intended(found: Option<&DeValue<'_>>, value: &Value, key: &str) -> Result<(), Refusal> {
    if found.is_some_and(|found| means(found, value)) {
        return Ok(());
    }
    Err(Refusal::check(format!(
        "the value of `{key}` has no form in TOML"
    )))
}

fn table_mut<'m, 'a>(
    tree: &'m mut DeTable<'a>,
    path: &[String],
) -> Result<&'m mut DeTable<'a>, Refusal> {
    let mut at = tree;
    for name in path {
        at = match at.get_mut(name.as_str()).map(Spanned::get_mut) {
            Some(DeValue::Table(table)) => table,
            _ => {
                let table = spell_path(path);
                return Err(Refusal::NoSuchTable { table });
            }
        };
    }
    Ok(at)
}

/// Removes a value, and the tables around it that were only there because of it.
fn take(tree: &mut DeTable<'_>, path: &[&str], next: &str) {
    take_below(tree, path, 0, &outline(next));
}

fn take_below(tree: &mut DeTable<'_>, path: &[&str], depth: usize, next: &Outline<'_>) {
    let Some(name) = path.get(depth) else {
        return;
    };
    if depth + 1 == path.len() {
        tree.remove(*name);
        return;
    }
    let Some(DeValue::Table(inner)) = tree.get_mut(*name).map(Spanned::get_mut) else {
        return;
    };
    take_below(inner, path, depth + 1, next);
    if inner.is_empty() {
        let places = find(next, path.get(..=depth).unwrap_or(path));
        if places.is_empty() {
            tree.remove(*name);
        }
    }
}

fn merge<'a>(tree: &mut DeTable<'a>, new: DeTable<'a>) -> Result<(), Refusal> {
    for (key, value) in new {
        let Some(old) = tree.get_mut(key.get_ref().as_ref()) else {
            tree.insert(key, value);
            continue;
        };
        match (old.get_mut(), value.into_inner()) {
            (DeValue::Table(old), DeValue::Table(new)) => merge(old, new)?,
            (DeValue::Array(old), DeValue::Array(new)) => {
                new.into_iter().for_each(|item| old.push(item));
            }
            _ => {
                let what = spell_key(key.get_ref()).into_owned();
                return Err(Refusal::Taken { what });
            }
        }
    }
    Ok(())
}

/// Whether a parsed value is the one of the model.
pub(in crate::store) fn means(found: &DeValue<'_>, value: &Value) -> bool {
    match (found, value) {
        (DeValue::String(found), Value::Text(text)) => same_text(found, text),
        (DeValue::Boolean(found), Value::Bool(yes)) => found == yes,
        (DeValue::Integer(found), Value::Number(digits)) => same_digits(&found.to_string(), digits),
        (DeValue::Float(found), Value::Number(digits)) => same_digits(found.as_str(), digits),
        (DeValue::Datetime(found), Value::When(when)) => {
            When::parse(&found.to_string()) == Some(*when)
        }
        (DeValue::Array(found), Value::List(items)) => {
            found.len() == items.len()
                && (found.iter().zip(items)).all(|(found, item)| means(found.get_ref(), item))
        }
        (DeValue::Table(found), Value::Table(fields)) => {
            found.len() == fields.len()
                && fields.iter().all(|(name, value)| {
                    let found = found.get(name.as_ref());
                    found.is_some_and(|found| means(found.get_ref(), value))
                })
        }
        _ => false,
    }
}

fn same_digits(found: &str, digits: &str) -> bool {
    let plain = |text: &str| text.strip_prefix('+').unwrap_or(text).to_ascii_lowercase();
    plain(found) == plain(digits)
}

/// Line breaks in texts count as equal: a file's own style is used for them.
fn same_text(a: &str, b: &str) -> bool {
    let unix = |text: &str| text.replace("\r\n", "\n");
    a == b || (a.contains('\r') && unix(a) == b) || (b.contains('\r') && unix(a) == unix(b))
}

/// Where two trees first differ, in words; `None` where they hold the same.
pub(super) fn difference(found: &DeTable<'_>, expected: &DeTable<'_>) -> Option<String> {
    for (key, value) in found {
        let name = key.get_ref();
        let Some(want) = expected.get(name.as_ref()) else {
            return Some(format!("`{}` would appear", spell_key(name)));
        };
        match (value.get_ref(), want.get_ref()) {
            (DeValue::Table(found), DeValue::Table(want)) => {
                if let Some(why) = difference(found, want) {
                    return Some(why);
                }
            }
            (found, want) if same(found, want) => {}
            _ => return Some(format!("`{}` would change", spell_key(name))),
        }
    }
    let gone = expected
        .keys()
        .find(|key| !found.contains_key(key.get_ref().as_ref()));
    gone.map(|key| format!("`{}` would be lost", spell_key(key.get_ref())))
}

pub(in crate::store) fn same(a: &DeValue<'_>, b: &DeValue<'_>) -> bool {
    match (a, b) {
        (DeValue::String(a), DeValue::String(b)) => same_text(a, b),
        (DeValue::Integer(a), DeValue::Integer(b)) => {
            a.radix() == b.radix() && a.as_str() == b.as_str()
        }
        (DeValue::Float(a), DeValue::Float(b)) => a.as_str() == b.as_str(),
        (DeValue::Boolean(a), DeValue::Boolean(b)) => a == b,
        (DeValue::Datetime(a), DeValue::Datetime(b)) => a == b,
        (DeValue::Array(a), DeValue::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a.get_ref(), b.get_ref()))
        }
        (DeValue::Table(a), DeValue::Table(b)) => difference(a, b).is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use toml::de::DeTable;

    fn tree(text: &str) -> DeTable<'_> {
        DeTable::parse(text).unwrap().into_inner()
    }

    #[test]
    fn every_kind_of_difference_is_seen() {
        let text = "a = 1\n[b]\nc = ['x', 1.0]\nd = 2026-11-20\n[b.e]\nf = \"\"\"y\nz\"\"\"\n";
        let of = |other: &str| difference(&tree(other), &tree(text));
        assert_eq!(of(text), None);
        assert_eq!(of(&text.replace('\n', "\r\n")), None);
        for (from, to, why) in [
            ("a = 1", "a = 2", "`a` would change"),
            ("a = 1", "a = 0x1", "`a` would change"),
            ("a = 1", "a = true", "`a` would change"),
            ("a = 1", "", "`a` would be lost"),
            ("'x'", "'x', 'x'", "`c` would change"),
            ("1.0", "1.00", "`c` would change"),
            ("11-20", "11-21", "`d` would change"),
            ("z", "w", "`f` would change"),
            ("[b.e]", "[b.e]\n\"支\" = {}", "`\"支\"` would appear"),
        ] {
            let told = of(&text.replacen(from, to, 1));
            assert_eq!(told.as_deref(), Some(why), "{from} -> {to}");
        }
    }
}
