//! Which folder is the journal, and where its history and drafts go.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use thiserror::Error;

use super::config::Config;
use super::history::fnv1a;
use super::read::SETTINGS_FILE;
use crate::model::problem::Problem;
use crate::model::slug::slug_or;

/// What the world outside says about places. The binary asks the system once; tests set every
/// field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The current folder.
    pub cwd: PathBuf,
    /// The home folder, for `~/`.
    pub home: Option<PathBuf>,
    /// The value of `GOODWILL_JOURNAL`.
    pub journal_env: Option<OsString>,
    /// Where programs keep their settings: `$XDG_CONFIG_HOME`, else `~/.config`.
    pub config_dir: Option<PathBuf>,
    /// Where programs keep a person's data: `$XDG_DATA_HOME`, else `~/.local/share`.
    pub data_dir: Option<PathBuf>,
    /// Where programs keep their state: `$XDG_STATE_HOME`, else `~/.local/state`.
    pub state_dir: Option<PathBuf>,
}

/// Where the journal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// It is there.
    Found {
        /// The folder.
        root: PathBuf,
        /// What named it.
        how: How,
    },
    /// There is none yet, as on the first start.
    Missing {
        /// The folder that would be it.
        would_be: PathBuf,
    },
}

/// What named the journal, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `--journal`
    Flag,
    /// `GOODWILL_JOURNAL`
    Environment,
    /// `.goodwill.toml` in the current folder or one above it.
    Around,
    /// A folder `journal` in the current folder.
    Below,
    /// `journal = "…"` in the config file.
    Config,
    /// The folder for a person's data.
    Data,
}

/// A journal was named that can't be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LocateError {
    /// The folder that was named is not there, or is no folder.
    #[error("{} is no folder ({named_by} names it); to begin a journal there: goodwill init {}",
        path.display(), path.display())]
    NoFolder {
        /// What was named.
        path: PathBuf,
        /// What named it, as the person wrote it.
        named_by: &'static str,
    },
    /// The config file says nothing usable.
    #[error("{0}")]
    Config(Problem),
}

impl Surroundings {
    /// As the system has them now. For the binary alone: everything else takes them as a value.
    pub fn from_env() -> Surroundings {
        let dirs = etcetera::base_strategy::Xdg::new().ok();
        Surroundings {
            cwd: std::env::current_dir().unwrap_or_default(),
            home: dirs.as_ref().map(|dirs| dirs.home_dir().to_owned()),
            journal_env: std::env::var_os("GOODWILL_JOURNAL"),
            config_dir: dirs.as_ref().map(|dirs| dirs.config_dir()),
            data_dir: dirs.as_ref().map(|dirs| dirs.data_dir()),
            state_dir: dirs.as_ref().and_then(|dirs| dirs.state_dir()),
        }
    }

    /// The journal that `--journal` names, else the environment, else the current folder or one
    /// above it that holds `.goodwill.toml`, else `./journal`, else the config file, else the
    /// folder for data.
    ///
    /// # Errors
    /// Where a folder was named outright and is not there, or the config file can't be read.
    pub fn locate(&self, flag: Option<&Path>) -> Result<Located, LocateError> {
        if let Some(path) = flag {
            return self.named(path, How::Flag, "--journal");
        }
        if let Some(path) = self.journal_env.as_ref().filter(|path| !path.is_empty()) {
            return self.named(Path::new(path), How::Environment, "GOODWILL_JOURNAL");
        }
        let around = self
            .cwd
            .ancestors()
            .find(|dir| dir.join(SETTINGS_FILE).is_file());
        if let Some(root) = around {
            return Ok(found(root.to_owned(), How::Around));
        }
        let below = self.cwd.join("journal");
        if below.is_dir() {
            return Ok(found(below, How::Below));
        }
        if let Some(path) = self.configured()? {
            return self.named(&path, How::Config, "the config file");
        }
        let data = self
            .data_dir
            .as_ref()
            .map(|dir| dir.join("goodwill").join("journal"));
        match data {
            Some(root) if root.is_dir() => Ok(found(root, How::Data)),
            Some(would_be) => Ok(Located::Missing { would_be }),
            None => Ok(Located::Missing { would_be: below }),
        }
    }

    /// The config file, which need not exist.
    pub fn config_file(&self) -> Option<PathBuf> {
        let dir = self.config_dir.as_ref()?;
        Some(dir.join("goodwill").join("config.toml"))
    }

    /// The folder for the history and the drafts of a journal: one for each journal, named after
    /// its folder and the whole path of it.
    pub fn state_dir(&self, root: &Path) -> Option<PathBuf> {
        let whole = fs::canonicalize(root).unwrap_or_else(|_| self.cwd.join(root));
        let stem = whole
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into());
        let stem = slug_or(&stem, "journal");
        let hash = fnv1a(whole.as_os_str().as_encoded_bytes());
        let dir = self.state_dir.as_ref()?;
        Some(dir.join("goodwill").join(format!("{stem}-{hash:016x}")))
    }

    fn named(&self, path: &Path, how: How, named_by: &'static str) -> Result<Located, LocateError> {
        let path = self.cwd.join(self.without_tilde(path));
        if path.is_dir() {
            Ok(found(path, how))
        } else {
            Err(LocateError::NoFolder { path, named_by })
        }
    }

    fn without_tilde(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), &self.home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => path.to_owned(),
        }
    }

    /// What `journal` in the config file says; a path there is taken from that file's folder.
    fn configured(&self) -> Result<Option<PathBuf>, LocateError> {
        let Some(file) = self.config_file() else {
            return Ok(None);
        };
        let config = Config::read(&file);
        if let Some(problem) = config.problem {
            return Err(LocateError::Config(problem));
        }
        let Some(setting) = config.get("journal") else {
            return Ok(None);
        };
        let named = setting.given.text().filter(|path| !path.trim().is_empty());
        let path = named.ok_or_else(|| {
            let (message, cure) = ("`journal` is not a path", "write journal = \"~/journal\"");
            LocateError::Config(config.about(Some(setting.line), message, cure))
        })?;
        let dir = file.parent().unwrap_or(&self.cwd);
        Ok(Some(dir.join(self.without_tilde(Path::new(path)))))
    }
}

fn found(root: PathBuf, how: How) -> Located {
    Located::Found { root, how }
}
