//! Named styles. The terminal's own 16 colours, no background, one accent; colour never says
//! anything that a mark or a word does not say too.

use ratatui::style::{Color, Modifier, Style};

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
}

impl Default for Theme {
    fn default() -> Theme {
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
        }
    }
}
