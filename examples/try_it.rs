use std::path::PathBuf;
fn main() {
    let root: PathBuf = std::env::args().nth(1).unwrap().into();
    let root = if root.as_os_str() == "-" {
        None
    } else {
        Some(root)
    };
    let pinned = root
        .as_deref()
        .and_then(|r| goodwill::store::load::load_settings(r).0.today());
    let ended = goodwill::terminal::run(goodwill::terminal::Setup {
        root,
        pinned,
        glyphs: Default::default(),
        editor: Box::new(|p, l| {
            let mut c = std::process::Command::new("vim");
            c.arg(format!("+{l}")).arg(p);
            Ok(c)
        }),
        tools: goodwill::terminal::Tools {
            home: None,
            open: Box::new(move |r| {
                let mut n = std::process::id() as u64 * 7919;
                goodwill::store::Store::new(
                    r,
                    std::path::Path::new("/tmp/gw/state"),
                    Box::new(move || {
                        n = n
                            .wrapping_mul(6364136223846793005)
                            .wrapping_add(1442695040888963407);
                        n >> 20
                    }),
                )
            }),
            make: Box::new(|| Err("no".into())),
            sample: Box::new(|| Err("no".into())),
        },
    });
    println!("{ended:?}");
}
