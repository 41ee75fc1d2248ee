//! Copying through a real terminal: the bytes that fill its clipboard.

use crate::pty_stage::Stage;

#[test]
fn what_is_copied_comes_to_the_terminal_as_osc_52() {
    let stage = Stage::new().file(
        "minato.toml",
        "name = \"港屋商店\"\n\n[concern.2026-11-20]\nsaid = \"分割で\"\n",
    );
    let mut show = stage.start();
    show.shows("港屋商店").types("\r").shows("▸20 Fri");
    show.types("yi").shows("copied: minato:concern.2026-11-20");
    show.types("yy")
        .shows("copied: [concern.2026-11-20] and one more line");
    show.types("yf").shows("copied: 分割で");
    let written = String::from_utf8_lossy(&show.raw()).into_owned();
    let copied: Vec<&str> = written
        .split("\x1b]52;c;")
        .skip(1)
        .filter_map(|rest| rest.split(['\x1b', '\x07']).next())
        .collect();
    // As base64.
    assert_eq!(
        copied,
        [
            "bWluYXRvOmNvbmNlcm4uMjAyNi0xMS0yMA==",
            "W2NvbmNlcm4uMjAyNi0xMS0yMF0Kc2FpZCA9ICLliIblibLjgaciCg==",
            "5YiG5Ymy44Gn",
        ]
    );
    show.types("qq").ends_with(0);
}
