//! A part of a file as it is written, comments included.

use std::path::Path;

use super::files;
use super::outline::outline;
use super::syntax;

/// The text of the entry `kind.key` with the comments above it and its own tables, or of the head
/// of the file without one. It ends in one line break.
///
/// # Errors
/// What to tell where the file can't be read, or does not have the entry under a header.
pub fn excerpt(root: &Path, customer: &str, entry: Option<(&str, &str)>) -> Result<String, String> {
    let path = files::customer_path(root, customer);
    let name = format!("{customer}.toml");
    let mut bytes = Vec::new();
    files::read_file(root, &path, &mut bytes).map_err(|problem| problem.to_string())?;
    let text = syntax::as_text(&name, &bytes).map_err(|problem| problem.to_string())?;
    let outline = outline(text);
    let is_it = |path: &[String]| match (entry, path) {
        (None, path) => path.is_empty(),
        (Some((kind, key)), [its_kind, its_key, ..]) => its_kind == kind && its_key == key,
        (Some(_), _) => false,
    };
    let mut found = String::new();
    for block in outline.blocks() {
        let path: Vec<String> = outline.names(block.path).map(|name| name.into()).collect();
        if is_it(&path) {
            let span = block.lead as usize..block.end as usize;
            found += text.get(span).unwrap_or_default();
        }
    }
    let found = found.trim_end();
    if found.is_empty() {
        return Err(format!(
            "{name} has no lines of its own for that: E opens it"
        ));
    }
    Ok(format!("{found}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# Ours since spring.
name = \"港屋\"

# About the second call.
[concern.2026-11-01]
said = \"高い\"  # on the phone

[concern.2026-11-01.more]
ours = 1

[concern.2026-11-02]
said = \"other\"
";

    #[test]
    fn an_entry_comes_with_its_comments_and_tables() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("minato.toml"), FILE).unwrap();
        let text = |entry| excerpt(folder.path(), "minato", entry);
        let head = "# Ours since spring.\nname = \"港屋\"\n";
        assert_eq!(text(None).as_deref(), Ok(head));
        let entry = "# About the second call.\n[concern.2026-11-01]\nsaid = \"高い\"  # on the phone\n\n[concern.2026-11-01.more]\nours = 1\n";
        assert_eq!(text(Some(("concern", "2026-11-01"))).as_deref(), Ok(entry));
        let gone = text(Some(("concern", "2026-11-09"))).unwrap_err();
        assert!(gone.starts_with("minato.toml has no lines"), "{gone}");
        assert!(excerpt(folder.path(), "nobody", None).is_err());
    }
}
