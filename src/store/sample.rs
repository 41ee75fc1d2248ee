//! The sample journal, built into the program: the demo and the tutorial.

use std::fs;
use std::path::Path;

use super::error::StoreError;

macro_rules! sample {
    ($name:literal) => {
        ($name, include_str!(concat!("../../journal/", $name)))
    };
}

/// Every file of `journal/`, by its path there.
pub const FILES: &[(&str, &str)] = &[
    sample!(".gitattributes"),
    sample!(".goodwill.toml"),
    sample!("acme.toml"),
    sample!("archive/cobalt.toml"),
    sample!("archive/quill.toml"),
    sample!("borealis.toml"),
    sample!("delta-foods.toml"),
    sample!("ember.toml"),
    sample!("fuji-print.toml"),
    sample!("harrow-vale.toml"),
    sample!("hoshizora-clinic.toml"),
    sample!("kumano-seicha.toml"),
    sample!("nagi-no-yado.toml"),
    sample!("ourselves.toml"),
    sample!("sato-kogyo.toml"),
    sample!("港屋.toml"),
];

/// Copies the sample into a folder, which is made.
///
/// # Errors
/// Where a folder or file can't be made; nothing is overwritten.
pub fn copy_to(root: &Path) -> Result<(), StoreError> {
    for (name, text) in FILES {
        let path = root.join(name);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::File::create_new(&path))
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .map_err(|source| StoreError::Folder {
                path: path.clone(),
                source,
            })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    #[test]
    fn the_list_names_every_file_of_the_sample() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("journal");
        let walk = walkdir::WalkDir::new(&folder)
            .into_iter()
            .map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file());
        let below = |entry: walkdir::DirEntry| {
            entry
                .path()
                .strip_prefix(&folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        let mut there: Vec<String> = files.map(below).collect();
        there.sort();
        let listed: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, there, "put these names into FILES");
    }
}
