//! The person's editor, at a line of a file.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

/// The command that opens `path` at `line` (from 1) in `editor`, which is split into words as a
/// shell would, without a shell. An editor that is not known opens the file at its top.
///
/// # Errors
/// Where `editor` can't be split, in words.
pub fn command(editor: &str, path: &Path, line: u32) -> Result<Command, String> {
    let words = shell_words::split(editor)
        .map_err(|_| format!("a quote is not closed in the editor's command: {editor}"))?;
    let Some((program, own)) = words.split_first() else {
        return Err("the editor's command is empty".to_owned());
    };
    let mut command = Command::new(program);
    command.args(own).args(place(program, path, line));
    Ok(command)
}

/// What `$VISUAL`, else `$EDITOR` says, else `vi`.
pub fn chosen() -> String {
    let set = |name| {
        std::env::var(name)
            .ok()
            .filter(|text: &String| !text.trim().is_empty())
    };
    set("VISUAL")
        .or_else(|| set("EDITOR"))
        .unwrap_or_else(|| "vi".to_owned())
}

fn place(program: &str, path: &Path, line: u32) -> Vec<OsString> {
    let stem = Path::new(program)
        .file_stem()
        .and_then(OsStr::to_str)
        .unwrap_or("");
    let file = path.as_os_str().to_owned();
    let mut with_line = file.clone();
    with_line.push(format!(":{line}"));
    match stem {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "vis" | "nano" | "pico" | "emacs"
        | "emacsclient" | "kak" | "micro" | "joe" | "jed" | "mg" | "ne" | "gedit" => {
            vec![format!("+{line}").into(), file]
        }
        "hx" | "helix" | "subl" | "zed" => vec![with_line],
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => {
            vec!["-g".into(), with_line]
        }
        _ => vec![file],
    }
}

#[cfg(test)]
mod tests {
    use super::command;
    use std::path::Path;

    #[track_caller]
    fn typed(editor: &str) -> String {
        let command = command(editor, Path::new("/j/港 屋.toml"), 12).unwrap();
        let words = [command.get_program()]
            .into_iter()
            .chain(command.get_args());
        words
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        assert_eq!(typed("vi"), "vi|+12|/j/港 屋.toml");
        assert_eq!(
            typed("/usr/bin/nvim -p"),
            "/usr/bin/nvim|-p|+12|/j/港 屋.toml"
        );
        assert_eq!(typed("emacsclient -t"), "emacsclient|-t|+12|/j/港 屋.toml");
        assert_eq!(typed("hx"), "hx|/j/港 屋.toml:12");
        assert_eq!(typed("code --wait"), "code|--wait|-g|/j/港 屋.toml:12");
        assert_eq!(
            typed("'/opt/my editor/ed' -x"),
            "/opt/my editor/ed|-x|/j/港 屋.toml"
        );
    }

    #[test]
    fn no_shell_reads_the_command() {
        assert_eq!(typed("vi; rm -rf $HOME"), "vi;|rm|-rf|$HOME|/j/港 屋.toml");
        assert!(command("vi 'x", Path::new("/j/x.toml"), 1).is_err());
        assert!(command("  ", Path::new("/j/x.toml"), 1).is_err());
    }
}
