//! The person's program for links of the web and of mail.

use std::process::Command;

/// The command that opens a link: `open` on a Mac; elsewhere what `$BROWSER` says for the web, else
/// `xdg-open`. No shell reads the link. `env` answers what a variable of the environment says.
///
/// # Errors
/// Where the link is of another sort, or there is nothing to open it with, in words.
pub fn command(link: &str, env: impl Fn(&str) -> Option<String>) -> Result<Command, String> {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if !is_web && !link.starts_with("mailto:") {
        return Err("only links of the web and mail addresses are opened: y copies".to_owned());
    }
    let set = |name: &str| env(name).filter(|text| !text.trim().is_empty());
    let browser = set("BROWSER").filter(|_| is_web);
    if let Some(browser) = browser.as_deref().and_then(|list| list.split(':').next()) {
        return own(browser, link);
    }
    let mut command = Command::new(if cfg!(target_os = "macos") {
        "open"
    } else if set("DISPLAY").or_else(|| set("WAYLAND_DISPLAY")).is_some() {
        "xdg-open"
    } else {
        let here = match set("SSH_CONNECTION") {
            Some(_) => "over ssh there is no screen to open it on",
            None => "there is no screen to open it on",
        };
        return Err(format!("{here}: y and then o copies it"));
    });
    command.arg(link);
    Ok(command)
}

/// The person's own browser; `%s` in it stands for the link, as other programs have it.
fn own(browser: &str, link: &str) -> Result<Command, String> {
    let words = shell_words::split(browser)
        .map_err(|_| format!("a quote is not closed in BROWSER: {browser}"))?;
    let Some((program, own)) = words.split_first() else {
        return Err("BROWSER is empty: set it to your browser".to_owned());
    };
    let mut command = Command::new(program);
    command.args(own.iter().map(|word| word.replace("%s", link)));
    if !own.iter().any(|word| word.contains("%s")) {
        command.arg(link);
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::command;

    #[track_caller]
    fn run(link: &str, env: &[(&str, &str)]) -> Result<String, String> {
        let get = |name: &str| {
            let found = env.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let command = command(link, get)?;
        let words = [command.get_program()]
            .into_iter()
            .chain(command.get_args());
        Ok(words
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join("|"))
    }

    const LINK: &str = "https://acme.example/?a=$HOME;b&c";

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn a_screen_has_xdg_open_and_ssh_has_the_clipboard() {
        for screen in ["DISPLAY", "WAYLAND_DISPLAY"] {
            let opened = run("mailto:a@b.example", &[(screen, ":0"), ("BROWSER", "w3m")]);
            assert_eq!(opened.unwrap(), "xdg-open|mailto:a@b.example");
        }
        let ssh = [("SSH_CONNECTION", "10.0.0.1 22"), ("DISPLAY", "")];
        assert!(run(LINK, &ssh).unwrap_err().contains("over ssh"));
        assert!(run(LINK, &[]).unwrap_err().contains("y and then o copies"));
    }

    #[test]
    fn the_persons_own_browser_comes_first_and_no_shell_reads_the_link() {
        let of = |browser| run(LINK, &[("BROWSER", browser), ("DISPLAY", ":0")]).unwrap();
        assert_eq!(of("firefox"), format!("firefox|{LINK}"));
        assert_eq!(
            of("'my browser' --new %s:lynx"),
            format!("my browser|--new|{LINK}")
        );
        assert!(run(LINK, &[("BROWSER", "a 'b")]).is_err());
    }

    #[test]
    fn nothing_but_web_and_mail_is_opened() {
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-x",
            "acme.example",
        ] {
            assert!(run(link, &[("DISPLAY", ":0")]).is_err(), "{link}");
        }
    }
}
