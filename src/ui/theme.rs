//! Named styles. By default the terminal's own 16 colours and no background; a named theme brings
//! its own ground. One accent; colour never says anything that a mark or a word does not say too.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// The themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White on black, nothing dimmed.
    HighContrast,
    /// Blue and orange in place of green and red.
    ColourBlind,
}

impl ThemeName {
    /// All of them.
    pub const ALL: [ThemeName; 5] = [
        ThemeName::Terminal,
        ThemeName::Light,
        ThemeName::Dark,
        ThemeName::HighContrast,
        ThemeName::ColourBlind,
    ];

    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            ThemeName::Terminal => "terminal",
            ThemeName::Light => "light",
            ThemeName::Dark => "dark",
            ThemeName::HighContrast => "high-contrast",
            ThemeName::ColourBlind => "colour-blind",
        }
    }

    /// The theme of that name.
    pub fn from_word(word: &str) -> Option<ThemeName> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    fn palette(self) -> Option<Palette> {
        match self {
            ThemeName::Terminal => None,
            ThemeName::Light => Some(LIGHT),
            ThemeName::Dark => Some(DARK),
            ThemeName::HighContrast => Some(HIGH_CONTRAST),
            ThemeName::ColourBlind => Some(COLOUR_BLIND),
        }
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None are wanted.
    None,
    /// Its own sixteen.
    #[default]
    Sixteen,
    /// The 256 of most terminals.
    Indexed,
    /// All of them.
    True,
}

/// A colour by its red, green and blue, and the one that stands for it among sixteen.
#[derive(Clone, Copy, Debug)]
struct Tone(u8, u8, u8, Color);

impl Tone {
    fn colour(self, depth: Depth) -> Color {
        let Tone(red, green, blue, plain) = self;
        match depth {
            Depth::None => Color::Reset,
            Depth::Sixteen => plain,
            Depth::Indexed => Color::Indexed(nearest([red, green, blue])),
            Depth::True => Color::Rgb(red, green, blue),
        }
    }
}

struct Palette {
    ground: Tone,
    text: Tone,
    dim: Tone,
    accent: Tone,
    alert: Tone,
    good: Tone,
}

const LIGHT: Palette = Palette {
    ground: Tone(0xfa, 0xf8, 0xf3, Color::White),
    text: Tone(0x2b, 0x2f, 0x36, Color::Black),
    dim: Tone(0x63, 0x67, 0x6f, Color::DarkGray),
    accent: Tone(0x00, 0x5f, 0x78, Color::Blue),
    alert: Tone(0xb3, 0x26, 0x1e, Color::Red),
    good: Tone(0x2f, 0x6b, 0x1e, Color::Green),
};
const DARK: Palette = Palette {
    ground: Tone(0x1c, 0x1f, 0x26, Color::Black),
    text: Tone(0xd7, 0xda, 0xe0, Color::White),
    dim: Tone(0x91, 0x97, 0xa3, Color::Gray),
    accent: Tone(0x7f, 0xc1, 0xca, Color::LightCyan),
    alert: Tone(0xf0, 0x8c, 0x82, Color::LightRed),
    good: Tone(0xa3, 0xc7, 0x7a, Color::LightGreen),
};
const HIGH_CONTRAST: Palette = Palette {
    ground: Tone(0x00, 0x00, 0x00, Color::Black),
    text: Tone(0xff, 0xff, 0xff, Color::White),
    dim: Tone(0xdd, 0xdd, 0xdd, Color::White),
    accent: Tone(0xff, 0xe1, 0x00, Color::LightYellow),
    alert: Tone(0xff, 0xa8, 0x9c, Color::LightRed),
    good: Tone(0x8c, 0xff, 0x8c, Color::LightGreen),
};
/// After the set of Okabe and Ito, which people see apart whatever cones they have.
const COLOUR_BLIND: Palette = Palette {
    ground: Tone(0x14, 0x18, 0x1f, Color::Black),
    text: Tone(0xe4, 0xe6, 0xea, Color::White),
    dim: Tone(0x9a, 0xa0, 0xab, Color::Gray),
    accent: Tone(0xd9, 0xa0, 0xc3, Color::LightMagenta),
    alert: Tone(0xf0, 0xa0, 0x30, Color::LightYellow),
    good: Tone(0x62, 0xb6, 0xec, Color::LightBlue),
};

/// The styles of the program.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// What is read.
    pub text: Style,
    /// What stands behind it: labels, gutters, hints.
    pub dim: Style,
    /// Names and titles.
    pub strong: Style,
    /// The one accent: the current tab, keys, what is focused.
    pub accent: Style,
    /// The selected row.
    pub selected: Style,
    /// What is behind a dialog: it stays to be read, and steps back.
    pub behind: Style,
    /// Something due or wrong.
    pub alert: Style,
    /// Something won or kept.
    pub good: Style,
    /// The colours of whatever has none of its own.
    ground: Style,
}

impl Default for Theme {
    fn default() -> Theme {
        Theme::new(ThemeName::Terminal, Depth::Sixteen)
    }
}

impl Theme {
    /// A theme as a terminal with so many colours shows it.
    pub fn new(name: ThemeName, depth: Depth) -> Theme {
        match name.palette() {
            _ if depth == Depth::None => Theme::colourless(),
            None => Theme::terminal(),
            Some(palette) => Theme::named(name, &palette, depth),
        }
    }

    fn terminal() -> Theme {
        Theme {
            text: Style::new(),
            dim: Style::new().add_modifier(Modifier::DIM),
            strong: Style::new().add_modifier(Modifier::BOLD),
            accent: Style::new().fg(Color::Cyan),
            // What is red or dim in the row would become a red or dim patch.
            selected: Style::new()
                .fg(Color::Reset)
                .remove_modifier(Modifier::DIM)
                .add_modifier(Modifier::REVERSED),
            behind: Style::new()
                .remove_modifier(Modifier::REVERSED)
                .add_modifier(Modifier::DIM),
            alert: Style::new().fg(Color::Red),
            good: Style::new().fg(Color::Green),
            ground: Style::new(),
        }
    }

    fn colourless() -> Theme {
        let strong = Style::new().add_modifier(Modifier::BOLD);
        Theme {
            accent: strong,
            alert: strong,
            good: Style::new(),
            ..Theme::terminal()
        }
    }

    fn named(name: ThemeName, palette: &Palette, depth: Depth) -> Theme {
        let [ground, text, dim, accent, alert, good] = [
            palette.ground,
            palette.text,
            palette.dim,
            palette.accent,
            palette.alert,
            palette.good,
        ]
        .map(|tone| tone.colour(depth));
        let strongly = match name {
            ThemeName::HighContrast => Modifier::BOLD,
            _ => Modifier::empty(),
        };
        Theme {
            text: Style::new(),
            dim: Style::new().fg(dim),
            strong: Style::new().add_modifier(Modifier::BOLD),
            accent: Style::new().fg(accent).add_modifier(strongly),
            // The row becomes a band of the accent, with the words cut out of it.
            selected: Style::new()
                .fg(accent)
                .bg(ground)
                .remove_modifier(Modifier::DIM)
                .add_modifier(Modifier::REVERSED),
            behind: Style::new()
                .fg(dim)
                .remove_modifier(Modifier::REVERSED)
                .remove_modifier(Modifier::BOLD),
            alert: Style::new().fg(alert).add_modifier(strongly),
            good: Style::new().fg(good),
            ground: Style::new().fg(text).bg(ground),
        }
    }

    /// Lays the ground of the theme under all that was drawn.
    pub fn lay_ground(&self, buf: &mut Buffer) {
        let (Some(text), Some(ground)) = (self.ground.fg, self.ground.bg) else {
            return;
        };
        for cell in &mut buf.content {
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
        }
    }
}

/// The number of the colour that comes nearest among the fixed ones of 256: the first sixteen
/// are whatever the person made of them.
fn nearest(wanted: [u8; 3]) -> u8 {
    let distance = |number: &u8| -> u32 {
        let parts = fixed(*number).into_iter().zip(wanted);
        parts
            .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
            .sum()
    };
    (16..=255).min_by_key(distance).unwrap_or(15)
}

/// The red, green and blue of the colours from 16 on: a cube of six steps a side, then greys.
fn fixed(number: u8) -> [u8; 3] {
    match number.checked_sub(232) {
        Some(step) => [8 + 10 * step; 3],
        None => {
            let at = number.saturating_sub(16);
            [at / 36, at / 6 % 6, at % 6].map(|step| if step == 0 { 0 } else { 55 + 40 * step })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: [ThemeName; 4] = [
        ThemeName::Light,
        ThemeName::Dark,
        ThemeName::HighContrast,
        ThemeName::ColourBlind,
    ];

    /// How far two colours are apart to the eye, from 1 to 21, as the accessibility guidelines
    /// of the web count it.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let light = |colour: [u8; 3]| {
            let parts = colour.map(|part| {
                let part = f64::from(part) / 255.0;
                match part <= 0.040_45 {
                    true => part / 12.92,
                    false => ((part + 0.055) / 1.055).powf(2.4),
                }
            });
            0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        };
        let (one, other) = (light(one), light(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read_on_its_ground() {
        for name in NAMED {
            let palette = name.palette().unwrap();
            let least = match name {
                ThemeName::HighContrast => 10.0,
                _ => 4.5,
            };
            let ink = [palette.text, palette.dim, palette.accent];
            for tone in ink.into_iter().chain([palette.alert, palette.good]) {
                for depth in [Depth::Indexed, Depth::True] {
                    let seen = |tone: Tone| match tone.colour(depth) {
                        Color::Indexed(number) => fixed(number),
                        Color::Rgb(red, green, blue) => [red, green, blue],
                        other => panic!("{other}"),
                    };
                    let apart = contrast(seen(tone), seen(palette.ground));
                    assert!(apart >= least, "{name:?} {tone:?} {depth:?}: {apart:.1}");
                }
                assert_ne!(tone.3, palette.ground.3, "{name:?} {tone:?}");
            }
        }
    }

    #[test]
    fn in_every_theme_the_selection_is_reversed_and_names_are_bold() {
        for name in ThemeName::ALL {
            for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme::new(name, depth);
                let reversed = theme.selected.add_modifier.contains(Modifier::REVERSED);
                let bold = theme.strong.add_modifier.contains(Modifier::BOLD);
                assert!(reversed && bold, "{name:?} {depth:?}");
            }
        }
    }

    #[test]
    fn without_colours_there_are_none() {
        for name in ThemeName::ALL {
            let shown = format!("{:?}", Theme::new(name, Depth::None));
            let coloured = ["Rgb", "Indexed", "Cyan", "Red", "Green"];
            assert!(!coloured.iter().any(|word| shown.contains(word)), "{shown}");
        }
    }

    #[test]
    fn every_name_is_found_by_its_word() {
        for name in ThemeName::ALL {
            assert_eq!(ThemeName::from_word(name.word()), Some(name));
        }
        assert_eq!(ThemeName::from_word("solarized"), None);
    }

    #[test]
    fn the_nearest_of_256_is_the_colour_itself_where_it_is_one_of_them() {
        for number in 16..=255 {
            assert_eq!(fixed(nearest(fixed(number))), fixed(number));
        }
    }
}
