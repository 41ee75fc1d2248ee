//! From a key to the drawn screen of 120 columns and 40 rows, in memory: what the program itself
//! takes, without the terminal. `cargo bench --bench frame`.

#![allow(clippy::expect_used)]

#[path = "frame/note.rs"]
mod note;

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    note::run();
}
