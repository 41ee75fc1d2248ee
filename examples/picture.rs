//! Draws a screen of the sample journal as SVG: `picture KEYS WIDTHxHEIGHT OUT.svg [THEME]`, such as
//! `picture '2 enter a i <支払は分割なら>' 80x24 form.svg`.

use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use goodwill::model::search::engine::Engine;
use goodwill::model::search::query::Known;
use goodwill::store::load::load;
use goodwill::store::sample;
use goodwill::ui::app::{App, Start};
use goodwill::ui::appearance::Appearance;
use goodwill::ui::draw::draw_buffer;
use goodwill::ui::msg::{Effect, Msg};
use goodwill::ui::picture::svg;
use goodwill::ui::testing::keys;
use goodwill::ui::theme::{Depth, Theme, ThemeName};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let drawn = match args.as_slice() {
        [keys, size, out] => draw(keys, size, "terminal", out),
        [keys, size, out, theme] => draw(keys, size, theme, out),
        _ => Err(anyhow::anyhow!(
            "usage: picture KEYS WIDTHxHEIGHT OUT.svg [THEME]"
        )),
    };
    match drawn {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn draw(typed: &str, size: &str, theme: &str, out: &str) -> anyhow::Result<()> {
    let (width, height) = size.split_once('x').unwrap_or((size, ""));
    let size = Size::new(width.parse()?, height.parse()?);
    let Some(theme) = ThemeName::from_word(theme) else {
        anyhow::bail!("there is no theme {theme:?}");
    };
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("journal");
    sample::copy_to(&root)?;
    let (journal, problems) = load(&root, &mut |_, _| {});
    let mut app = App::new(Start {
        // The day at which the clock of the sample stands still.
        today: "2026-11-21".parse()?,
        pinned: false,
        place: "~/journal".to_owned(),
        appearance: Appearance {
            theme: Theme::new(theme, Depth::True),
            ..Appearance::default()
        },
        size,
        first: false,
    });
    app.update(Msg::Loaded(Arc::new(journal), problems));
    let mut engine = Engine::default();
    engine.follow(&app.journal.customers);
    for key in keys(typed).map_err(anyhow::Error::msg)? {
        // What would be written is not: this is a picture.
        for effect in app.update(Msg::Key(key)) {
            answer(&mut app, &mut engine, &effect);
        }
    }
    let mut buf = Buffer::empty(Rect::new(0, 0, app.size.width, app.size.height));
    let cursor = draw_buffer(&app, &mut buf);
    fs::write(out, svg(&buf, cursor))?;
    Ok(())
}

/// What is looked for is found; nothing else is done.
fn answer(app: &mut App, engine: &mut Engine, effect: &Effect) {
    let msg = match effect {
        Effect::Search(wanted) => wanted.answer(engine, &|| false).map(|found| Msg::Found {
            ticket: wanted.ticket,
            found,
        }),
        Effect::Pick { ticket, query } => engine.pick(query, &|| false).map(|picked| Msg::Picked {
            ticket: *ticket,
            picked,
        }),
        Effect::Complete(completing) => {
            let known = Known::of(&app.journal.customers, &app.journal.settings);
            let ways = completing.answer(engine, &known);
            let ticket = completing.ticket;
            Some(Msg::Completed { ticket, ways })
        }
        _ => None,
    };
    for effect in msg.map_or_else(Vec::new, |msg| app.update(msg)) {
        answer(app, engine, &effect);
    }
}
