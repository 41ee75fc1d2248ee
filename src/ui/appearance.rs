//! What a person may choose about the program on screen.

use super::keymap::Keymap;
use super::theme::Theme;
use super::widgets::glyphs::Glyphs;

/// How the program looks, which keys it takes, how it reads what is looked for, and what is to be said about that.
#[derive(Clone, Debug, Default)]
pub struct Appearance {
    /// The marks to draw with.
    pub glyphs: Glyphs,
    /// The styles to draw with.
    pub theme: Theme,
    /// The keys that count.
    pub keys: Keymap,
    /// Whether the mouse is left to the terminal.
    pub leaves_mouse: bool,
    /// Whether Latin letters stand for nothing but themselves where something is looked for.
    pub without_romaji: bool,
    /// What could not be followed, to be shown until the first key.
    pub notice: Option<String>,
}
