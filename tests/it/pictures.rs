//! The pictures of the docs show the program as it is.
//!
//! `GOODWILL_BLESS=1 cargo test pictures` draws them anew; `cargo run --example picture` draws any
//! other.

use std::fs;
use std::path::Path;

use goodwill::ui::picture::svg;

use crate::stage::Stage;

/// A file below `docs/pictures`, its columns and rows, and how one comes to the screen.
const PICTURES: &[(&str, (u16, u16), &str)] = &[
    ("today.svg", (120, 40), "1 j j"),
    ("customers.svg", (120, 40), ""),
    ("timeline.svg", (120, 40), "3"),
    ("lanes.svg", (120, 30), "3 v"),
    ("playbook.svg", (120, 30), "4 j j j j"),
    ("search.svg", (120, 30), "/ <shiharai>"),
    (
        "form.svg",
        (80, 24),
        "f <acme> enter enter a i <支払は分割なら> tab <見積2案> tab <fri>",
    ),
];

#[test]
fn pictures_are_up_to_date_and_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for (name, (width, height), keys) in PICTURES {
        let mut stage = Stage::new(*width, *height).sample().open();
        stage.keys(keys);
        let now = svg(&stage.buffer(), stage.cursor());
        let path = root.join("docs/pictures").join(name);
        if std::env::var_os("GOODWILL_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let refresh = "refresh it with GOODWILL_BLESS=1 cargo test pictures";
        assert!(
            kept == now,
            "docs/pictures/{name} is out of date: {refresh}"
        );
        assert!(
            readme.contains(&format!("](docs/pictures/{name})")),
            "{name}"
        );
    }
}
