//! Two presses at one place, soon after each other, are a double click.

use std::time::{Duration, Instant};

use crate::ui::msg::{Mouse, Press};

/// How soon.
const SOON: Duration = Duration::from_millis(400);

/// Remembers the last press.
#[derive(Debug, Default)]
pub struct Clicks {
    last: Option<(Instant, Mouse)>,
}

impl Clicks {
    /// The same, or the second of two presses as what it is. A third one is a first again.
    pub fn take(&mut self, mouse: Mouse, now: Instant) -> Mouse {
        let last = self.last.take();
        if mouse.press != Press::Once {
            return mouse;
        }
        if last.is_some_and(|(then, press)| press == mouse && now.duration_since(then) < SOON) {
            return Mouse {
                press: Press::Twice,
                ..mouse
            };
        }
        self.last = Some((now, mouse));
        mouse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_presses_at_one_place_are_a_double_click() {
        let start = Instant::now();
        let mut clicks = Clicks::default();
        let mut press = |column, after| {
            let mouse = Mouse {
                press: Press::Once,
                column,
                row: 1,
            };
            clicks
                .take(mouse, start + Duration::from_millis(after))
                .press
        };
        assert_eq!(press(5, 0), Press::Once);
        assert_eq!(press(5, 300), Press::Twice);
        assert_eq!(press(5, 400), Press::Once, "a third is a first");
        assert_eq!(press(6, 500), Press::Once, "elsewhere");
        assert_eq!(press(6, 1_000), Press::Once, "too late");
    }
}
