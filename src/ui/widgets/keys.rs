//! What a key press means to a text field, the same for one line and for many.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// What a text field does with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    Insert(char),
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
    DeleteLeft,
    DeleteRight,
    CutWordLeft,
    CutWordRight,
    CutToStart,
    CutToEnd,
    PutBack,
}

/// The edit that a key asks for; `None` leaves the key to whoever holds the field.
pub(super) fn edit(key: KeyEvent) -> Option<Edit> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let held = key.modifiers & !KeyModifiers::SHIFT;
    let by_word = held == KeyModifiers::CONTROL || held == KeyModifiers::ALT;
    match key.code {
        KeyCode::Char(c) => char_edit(c, held),
        _ if !(by_word || held.is_empty()) => None,
        KeyCode::Left if by_word => Some(Edit::WordLeft),
        KeyCode::Right if by_word => Some(Edit::WordRight),
        KeyCode::Backspace if by_word => Some(Edit::CutWordLeft),
        KeyCode::Delete if by_word => Some(Edit::CutWordRight),
        _ if by_word => None,
        KeyCode::Left => Some(Edit::Left),
        KeyCode::Right => Some(Edit::Right),
        KeyCode::Home => Some(Edit::Start),
        KeyCode::End => Some(Edit::End),
        KeyCode::Backspace => Some(Edit::DeleteLeft),
        KeyCode::Delete => Some(Edit::DeleteRight),
        _ => None,
    }
}

fn char_edit(c: char, held: KeyModifiers) -> Option<Edit> {
    // AltGr arrives as Ctrl+Alt on Windows. It never makes a plain letter, and elsewhere
    // Ctrl+Alt with a letter is a real shortcut.
    let alt_gr = held == KeyModifiers::CONTROL | KeyModifiers::ALT && !c.is_ascii_alphabetic();
    if (held.is_empty() || alt_gr) && !c.is_control() {
        return Some(Edit::Insert(c));
    }
    match (held, c.to_ascii_lowercase()) {
        (KeyModifiers::CONTROL, 'b') => Some(Edit::Left),
        (KeyModifiers::CONTROL, 'f') => Some(Edit::Right),
        (KeyModifiers::CONTROL, 'a') => Some(Edit::Start),
        (KeyModifiers::CONTROL, 'e') => Some(Edit::End),
        (KeyModifiers::CONTROL, 'h') => Some(Edit::DeleteLeft),
        (KeyModifiers::CONTROL, 'd') => Some(Edit::DeleteRight),
        (KeyModifiers::CONTROL, 'w') => Some(Edit::CutWordLeft),
        (KeyModifiers::CONTROL, 'u') => Some(Edit::CutToStart),
        (KeyModifiers::CONTROL, 'k') => Some(Edit::CutToEnd),
        (KeyModifiers::CONTROL, 'y') => Some(Edit::PutBack),
        (KeyModifiers::ALT, 'b') => Some(Edit::WordLeft),
        (KeyModifiers::ALT, 'f') => Some(Edit::WordRight),
        (KeyModifiers::ALT, 'd') => Some(Edit::CutWordRight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: KeyCode, held: KeyModifiers) -> Option<Edit> {
        edit(KeyEvent::new(code, held))
    }

    #[test]
    fn every_printable_key_is_text() {
        for c in "aA 1?:jkq見か\u{3099}é".chars() {
            for held in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
                assert_eq!(press(KeyCode::Char(c), held), Some(Edit::Insert(c)));
            }
        }
    }

    #[test]
    fn alt_gr_is_text_and_a_ctrl_alt_letter_is_not() {
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(press(KeyCode::Char('@'), alt_gr), Some(Edit::Insert('@')));
        assert_eq!(press(KeyCode::Char('ł'), alt_gr), Some(Edit::Insert('ł')));
        assert_eq!(press(KeyCode::Char('a'), alt_gr), None);
    }

    #[test]
    fn keys_of_the_form_are_left_to_it() {
        use KeyCode::{BackTab, Char, Down, Enter, Esc, F, PageDown, PageUp, Tab, Up};
        for code in [Esc, Enter, Tab, BackTab, Up, Down, PageUp, PageDown, F(1)] {
            for held in [
                KeyModifiers::NONE,
                KeyModifiers::CONTROL,
                KeyModifiers::SHIFT,
            ] {
                assert_eq!(press(code, held), None, "{code:?}");
            }
        }
        for c in ['z', 'c', 's', 'q', 'Z', 'C', 'S'] {
            assert_eq!(press(Char(c), KeyModifiers::CONTROL), None, "{c}");
        }
        assert_eq!(press(Char('x'), KeyModifiers::SUPER), None);
    }

    #[test]
    fn a_key_let_go_is_nothing() {
        let up = KeyEvent::new_with_kind(
            KeyCode::Char('a'),
            KeyModifiers::NONE,
            KeyEventKind::Release,
        );
        let held = KeyEvent {
            kind: KeyEventKind::Repeat,
            ..up
        };
        assert_eq!(edit(up), None);
        assert_eq!(edit(held), Some(Edit::Insert('a')));
    }
}
