//! The contents of files as git keeps them.

use super::{Git, GitError};

/// A file's contents in git, by the name of its blob.
pub type Blob = Option<Vec<u8>>;

impl Git {
    /// The blobs of these names, in their order; `None` for one that is not there.
    ///
    /// # Errors
    /// [`GitError`], as [`Git::looking`].
    pub fn blobs(&self, names: &[&str]) -> Result<Vec<Blob>, GitError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: String = names.iter().map(|name| format!("{name}\n")).collect();
        let out = self.looking_with(&["cat-file", "--batch"], wanted.into_bytes())?;
        let mut rest = out.as_slice();
        Ok(names.iter().map(|_| next(&mut rest)).collect())
    }
}

/// Reads `NAME blob SIZE`, that many bytes and a line break; or `NAME missing`.
fn next(rest: &mut &[u8]) -> Blob {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = String::from_utf8_lossy(rest.get(..end)?).into_owned();
    *rest = rest.get(end + 1..)?;
    let size: usize = line.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(..size)?;
    *rest = rest.get(size + 1..)?;
    Some(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn blobs_are_read_by_their_size_and_missing_ones_passed_over() {
        let mut rest: &[u8] = b"0a blob 3\na\nb\n0b missing\n0c blob 0\n\n";
        assert_eq!(next(&mut rest).unwrap(), b"a\nb");
        assert_eq!(next(&mut rest), None);
        assert_eq!(next(&mut rest).unwrap(), b"");
        assert_eq!(next(&mut rest), None);
    }
}
