//! The journal is found where a person expects it.

use std::fs;
use std::path::{Path, PathBuf};

use goodwill::store::locate::{How, LocateError, Located, Surroundings};
use tempfile::TempDir;

/// A home with nothing in it but the folders of a desktop.
struct Home {
    dir: TempDir,
    around: Surroundings,
}

impl Home {
    fn new() -> Home {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| {
            let path = dir.path().join(name);
            fs::create_dir_all(&path).unwrap();
            path
        };
        let around = Surroundings {
            cwd: at("work/here"),
            home: Some(dir.path().to_owned()),
            journal_env: None,
            config_dir: Some(at(".config")),
            data_dir: Some(at(".local/share")),
            state_dir: Some(at(".local/state")),
        };
        Home { dir, around }
    }

    fn folder(&self, path: &str) -> PathBuf {
        let path = self.dir.path().join(path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    fn finds(&self, root: &Path, how: How) {
        let root = root.to_owned();
        assert_eq!(self.around.locate(None), Ok(Located::Found { root, how }));
    }
}

#[test]
fn the_first_start_finds_none_and_says_where_it_would_be() {
    let home = Home::new();
    let would_be = home.dir.path().join(".local/share/goodwill/journal");
    assert_eq!(home.around.locate(None), Ok(Located::Missing { would_be }));
}

#[test]
fn the_nearer_name_wins() {
    let mut home = Home::new();
    let data = home.folder(".local/share/goodwill/journal");
    home.finds(&data, How::Data);

    let configured = home.folder("mine");
    home.file(".config/goodwill/config.toml", "journal = \"~/mine\"\n");
    home.finds(&configured, How::Config);

    let below = home.folder("work/here/journal");
    home.finds(&below, How::Below);

    home.file("work/.goodwill.toml", "");
    home.finds(&home.dir.path().join("work"), How::Around);

    let named = home.folder("named");
    home.around.journal_env = Some("../../named".into());
    home.finds(&home.around.cwd.join("../../named"), How::Environment);
    home.around.journal_env = Some(named.clone().into());
    home.finds(&named, How::Environment);

    let flag = home.folder("work/here/flag");
    assert_eq!(
        home.around.locate(Some(Path::new("flag"))),
        Ok(Located::Found {
            root: flag,
            how: How::Flag
        })
    );
}

#[test]
fn a_name_that_leads_nowhere_is_an_error_that_says_who_named_it() {
    let mut home = Home::new();
    home.folder(".local/share/goodwill/journal");
    home.around.journal_env = Some("gone".into());
    let error = home.around.locate(None).unwrap_err();
    let LocateError::NoFolder { path, named_by } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (path, *named_by),
        (&home.around.cwd.join("gone"), "GOODWILL_JOURNAL")
    );
    assert!(error.to_string().contains("goodwill init"));

    home.around.journal_env = Some("".into());
    assert!(home.around.locate(None).is_ok());
    assert!(home.around.locate(Some(Path::new("gone"))).is_err());
}

#[test]
fn a_config_file_that_says_nothing_usable_is_an_error() {
    let home = Home::new();
    for text in ["journal = 3\n", "journal = \n", "journal = \"\"\n"] {
        home.file(".config/goodwill/config.toml", text);
        let error = home.around.locate(None).unwrap_err();
        assert!(error.to_string().contains("config.toml"), "{error}");
    }
    home.file(".config/goodwill/config.toml", "ascii = true\n");
    assert!(home.around.locate(None).is_ok());
}

#[test]
fn every_journal_has_a_state_folder_of_its_own() {
    let home = Home::new();
    let one = home.folder("one/journal");
    let two = home.folder("two/journal");
    let state = |root: &Path| home.around.state_dir(root).unwrap();
    assert_ne!(state(&one), state(&two));
    assert_eq!(
        state(&one),
        state(&home.dir.path().join("two/../one/journal"))
    );
    let name = state(&one)
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert!(name.starts_with("journal-") && name.len() == 24, "{name}");
    assert!(state(&one).starts_with(home.dir.path().join(".local/state/goodwill")));
}
