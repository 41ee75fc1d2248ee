//! The keys that count for this person: the table of [`super::keys`], with their own keys in the
//! rows for which they chose some.

use ratatui::crossterm::event::KeyEvent;

use super::keys::{Action, BINDINGS, Binding, Scope, key_name, shown};

/// A row of the table with the keys that count.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row.
    pub binding: &'static Binding,
    /// Its keys, the one that is shown first.
    pub keys: Vec<String>,
    /// The line of the config file that chose them.
    line: Option<u32>,
}

impl Row {
    /// Its name in the config file: `page.close`.
    pub fn name(&self) -> String {
        name(self.binding)
    }

    fn follow(&mut self, keys: Vec<String>, line: Option<u32>) {
        (self.keys, self.line) = (keys, line);
    }
}

/// All rows.
#[derive(Clone, Debug)]
pub struct Keymap {
    rows: Vec<Row>,
}

/// What the config file says about one action.
#[derive(Clone, Debug)]
pub struct Wish {
    /// `page.close`, or `close` for all places that have it.
    pub name: String,
    /// The keys, as they are written there.
    pub keys: Vec<String>,
    /// The line, from 1.
    pub line: u32,
}

/// Why a wish is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line of the wish, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub cure: String,
}

impl Default for Keymap {
    fn default() -> Keymap {
        let rows = BINDINGS.iter().map(|binding| Row {
            binding,
            keys: defaults(binding),
            line: None,
        });
        Keymap {
            rows: rows.collect(),
        }
    }
}

impl Keymap {
    /// The table with these wishes followed, as far as that can be done: the keys of a wish take
    /// the place of the row's own. A key that would mean two things in one place stays what it
    /// was, or what the earlier wish made of it.
    pub fn new(wishes: &[Wish]) -> (Keymap, Vec<Refused>) {
        let mut keymap = Keymap::default();
        let mut refused = Vec::new();
        for wish in wishes {
            keymap.follow(wish, &mut refused);
        }
        keymap.part_doubles(&mut refused);
        refused.sort_by_key(|refused| refused.line);
        (keymap, refused)
    }

    /// The action of a key in these scopes, the innermost first.
    pub fn lookup(&self, scopes: &[Scope], key: KeyEvent) -> Option<Action> {
        let name = key_name(key)?;
        scopes.iter().find_map(|scope| {
            self.rows(*scope)
                .find(|row| row.keys.contains(&name))
                .map(|row| row.binding.action)
        })
    }

    /// The rows of a scope.
    pub fn rows(&self, scope: Scope) -> impl Iterator<Item = &Row> {
        self.rows
            .iter()
            .filter(move |row| row.binding.scope == scope)
    }

    /// The first key of an action, as it is shown; `None` where the person left it none.
    pub fn shown(&self, scope: Scope, action: Action) -> Option<String> {
        let row = self.rows(scope).find(|row| row.binding.action == action)?;
        row.keys.first().map(|key| shown(key))
    }

    /// The rows of the footer for these scopes: key and word.
    pub fn footer(&self, scopes: &[Scope]) -> Vec<(String, &'static str)> {
        scopes
            .iter()
            .flat_map(|scope| self.rows(*scope))
            .filter(|row| !row.binding.footer.is_empty())
            .filter_map(|row| Some((shown(row.keys.first()?), row.binding.footer)))
            .collect()
    }

    fn follow(&mut self, wish: &Wish, refused: &mut Vec<Refused>) {
        let mut refuse = |message: String, cure: String| {
            let line = wish.line;
            refused.push(Refused {
                line,
                message,
                cure,
            });
        };
        let rows: Vec<&mut Row> = self.rows.iter_mut().filter(|row| row.is(wish)).collect();
        if rows.is_empty() {
            let (message, cure) = unknown(&wish.name);
            return refuse(message, cure);
        }
        let mut keys = Vec::new();
        for typed in &wish.keys {
            match key_named(typed) {
                Ok(key) if keys.contains(&key) => {}
                Ok(key) => keys.push(key),
                Err((message, cure)) => refuse(message, cure),
            }
        }
        if keys.is_empty() && !wish.keys.is_empty() {
            return;
        }
        let is_alone = wish.name.contains('.');
        for row in rows {
            if keys.is_empty() && row.is_way_out() {
                let message = format!("`{}` needs a key: there would be no way out", row.name());
                refuse(message, String::new());
                continue;
            }
            let (text, command): (Vec<String>, Vec<String>) = keys
                .iter()
                .cloned()
                .partition(|key| row.is_reachable_while_typing() && key.chars().count() == 1);
            if is_alone && let Some(key) = text.first() {
                refuse(
                    format!(
                        "`{}` can't have {key:?}: it is typed into the text there",
                        row.name()
                    ),
                    "take a key such as ctrl-t, or one with a name".to_owned(),
                );
            }
            if text.is_empty() || !command.is_empty() {
                row.follow(command, Some(wish.line));
            }
        }
    }

    /// Takes keys away that mean two things in one place, until there are none.
    fn part_doubles(&mut self, refused: &mut Vec<Refused>) {
        while let Some((loser, key, winner)) = self.double() {
            let Some(row) = self.rows.get_mut(loser) else {
                return;
            };
            // A table that doubles a key of its own is for a test to tell.
            let Some(line) = row.line else {
                return;
            };
            row.keys.retain(|kept| *kept != key);
            refused.push(Refused {
                line,
                message: format!(
                    "`{}` can't have {key:?}: it is `{winner}` there",
                    row.name()
                ),
                cure: format!("give `{winner}` another key too"),
            });
            if row.keys.is_empty() {
                row.follow(defaults(row.binding), None);
                self.give_back(loser);
            }
        }
    }

    /// A row with its own keys again takes them back from wishes that counted on them.
    fn give_back(&mut self, at: usize) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let taken: Vec<String> = {
            let (scope, action) = (row.binding.scope, row.binding.action);
            let others = self
                .rows(scope)
                .filter(|other| other.binding.action != action);
            others.flat_map(|other| other.keys.clone()).collect()
        };
        if let Some(row) = self.rows.get_mut(at) {
            row.keys.retain(|key| !taken.contains(key));
        }
    }

    /// The first key with two meanings in one place: the row that has to give it up, the key, and
    /// the name of the row that keeps it.
    fn double(&self) -> Option<(usize, String, String)> {
        for (at, row) in self.rows.iter().enumerate() {
            let behind = self.rows.iter().enumerate().skip(at + 1);
            for (other_at, other) in behind.filter(|(_, it)| it.binding.scope == row.binding.scope)
            {
                let Some(key) = row.keys.iter().find(|key| other.keys.contains(key)) else {
                    continue;
                };
                // Between a wish and the table the table stays, between two wishes the first.
                let is_row_the_loser = row.line > other.line;
                return Some(match is_row_the_loser {
                    true => (at, key.clone(), other.name()),
                    false => (other_at, key.clone(), row.name()),
                });
            }
        }
        None
    }
}

impl Row {
    fn is(&self, wish: &Wish) -> bool {
        match wish.name.split_once('.') {
            Some((scope, action)) => {
                self.binding.scope.name() == scope && self.binding.action.name() == action
            }
            None => self.binding.action.name() == wish.name,
        }
    }

    fn is_way_out(&self) -> bool {
        matches!(self.binding.action, Action::Back | Action::No)
    }

    fn is_reachable_while_typing(&self) -> bool {
        self.binding.scope.takes_text() || self.binding.action == Action::Suspend
    }
}

fn defaults(binding: &Binding) -> Vec<String> {
    binding.keys.iter().map(|key| (*key).to_owned()).collect()
}

/// The name of a row in the config file: `page.close`.
pub fn name(binding: &Binding) -> String {
    format!("{}.{}", binding.scope.name(), binding.action.name())
}

fn unknown(name: &str) -> (String, String) {
    let (scope, action) = name.split_once('.').unwrap_or(("", name));
    let message = format!("no key is for `{name}`");
    let has = |binding: &&Binding| binding.scope.name() == scope;
    let near = |binding: &&Binding| binding.action.name() == action;
    let of = |names: Vec<&str>| format!("there are {}", names.join(", "));
    let cure = if BINDINGS.iter().any(|binding| has(&binding)) {
        let there = BINDINGS.iter().filter(has);
        of(there.map(|binding| binding.action.name()).collect())
    } else if let Some(binding) = BINDINGS.iter().find(near) {
        format!("there is `{}`", self::name(binding))
    } else {
        "docs/keys.md lists the names, such as `page.close`".to_owned()
    };
    (message, cure)
}

/// The key of that name as the table writes it; else what is wrong with it, and the cure.
fn key_named(typed: &str) -> Result<String, (String, String)> {
    let mut letters = typed.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && !letter.is_control()
    {
        return Ok(letter.to_string());
    }
    let name = typed.to_lowercase();
    let name = match name.as_str() {
        "return" => "enter",
        "escape" => "esc",
        "backtab" => "shift-tab",
        "pageup" => "pgup",
        "pagedown" => "pgdn",
        "space" => " ",
        name => name,
    };
    match name {
        "enter" | "esc" | "tab" | "shift-tab" | "up" | "down" | "left" | "right" | "pgup"
        | "pgdn" | "home" | "end" | " " => return Ok(name.to_owned()),
        "ctrl-m" => return Err(same_as(typed, "enter")),
        "ctrl-i" => return Err(same_as(typed, "tab")),
        "ctrl-[" => return Err(same_as(typed, "esc")),
        _ => {}
    }
    let letter = name
        .strip_prefix("ctrl-")
        .and_then(|letter| match letter.as_bytes() {
            [letter] => letter.is_ascii_lowercase().then_some(()),
            _ => None,
        });
    match letter {
        Some(()) => Ok(name.to_owned()),
        None => Err((
            format!("no key is called {typed:?}"),
            "there are characters, ctrl- with a letter, enter, esc, tab, shift-tab, space, up, \
             down, left, right, pgup, pgdn, home, end"
                .to_owned(),
        )),
    }
}

fn same_as(typed: &str, name: &str) -> (String, String) {
    let message =
        format!("{typed:?} can't be told from {name:?}: terminals send the same for both");
    (message, "take another key".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyCode, KeyModifiers};

    fn wishes(text: &[(&str, &[&str])]) -> (Keymap, Vec<Refused>) {
        let wishes = text.iter().zip(1..).map(|((name, keys), line)| Wish {
            name: (*name).to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            line,
        });
        Keymap::new(&wishes.collect::<Vec<_>>())
    }

    fn press(letter: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)
    }

    fn keys(keymap: &Keymap, name: &str) -> String {
        let mut rows = keymap.rows.iter();
        rows.find(|row| row.name() == name).unwrap().keys.join(" ")
    }

    #[track_caller]
    fn refuses(text: &[(&str, &[&str])], told: &[(u32, &str)]) -> Keymap {
        let (keymap, refused) = wishes(text);
        let all: Vec<(u32, &str)> = refused.iter().map(|it| (it.line, &*it.message)).collect();
        assert_eq!(all, told);
        keymap
    }

    #[test]
    fn without_wishes_it_is_the_table() {
        let keymap = Keymap::default();
        for row in &keymap.rows {
            assert_eq!(row.keys, row.binding.keys);
        }
        let close = keymap.lookup(&[Scope::Page, Scope::Rows], press('c'));
        assert_eq!(close, Some(Action::Close));
        assert_eq!(
            keymap.lookup(&[Scope::Rows], press('ｊ')),
            Some(Action::Down)
        );
    }

    #[test]
    fn every_row_has_a_name_of_its_own() {
        let keymap = Keymap::default();
        let mut names: Vec<String> = keymap.rows.iter().map(Row::name).collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        let fits = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
        assert!(names.iter().all(|name| name.chars().all(fits)), "{names:?}");
    }

    #[test]
    fn a_wish_takes_the_place_of_the_default_keys() {
        let keymap = refuses(&[("page.close", &["x", "Ctrl-X", "Space"])], &[]);
        let at = |letter| keymap.lookup(&[Scope::Page, Scope::Global], press(letter));
        assert_eq!((at('x'), at('c')), (Some(Action::Close), None));
        assert_eq!(at(' '), Some(Action::Close));
        assert_eq!(keys(&keymap, "entry.close"), "c");
        assert!(
            keymap
                .footer(&[Scope::Page])
                .contains(&("x".to_owned(), "close"))
        );
        assert_eq!(
            keymap.shown(Scope::Page, Action::Close).as_deref(),
            Some("x")
        );
    }

    #[test]
    fn a_name_alone_means_every_place_that_has_it() {
        let keymap = refuses(&[("close", &["x"]), ("back", &["B"])], &[]);
        assert_eq!(keys(&keymap, "page.close"), "x");
        assert_eq!(keys(&keymap, "entry.close"), "x");
        assert_eq!(keys(&keymap, "page.back"), "B");
        assert_eq!(
            keys(&keymap, "form.back"),
            "esc ctrl-c",
            "B is a letter there"
        );
    }

    #[test]
    fn two_keys_may_be_exchanged() {
        let keymap = refuses(&[("page.close", &["a"]), ("page.add", &["c"])], &[]);
        assert_eq!(keys(&keymap, "page.close"), "a");
        assert_eq!(keys(&keymap, "page.add"), "c");
    }

    #[test]
    fn no_keys_at_all_switch_a_row_off() {
        let keymap = refuses(&[("page.remove", &[])], &[]);
        assert_eq!(keymap.lookup(&[Scope::Page], press('D')), None);
        assert_eq!(keymap.shown(Scope::Page, Action::Remove), None);
        let told = "`reader.back` needs a key: there would be no way out";
        let keymap = refuses(&[("reader.back", &[])], &[(1, told)]);
        assert!(keys(&keymap, "reader.back").starts_with("esc"));
    }

    #[test]
    fn a_key_never_means_two_things_in_one_place() {
        let keymap = refuses(
            &[("page.close", &["a", "x"]), ("page.edit", &["x", "v"])],
            &[
                (1, "`page.close` can't have \"a\": it is `page.add` there"),
                (2, "`page.edit` can't have \"x\": it is `page.close` there"),
            ],
        );
        assert_eq!(keys(&keymap, "page.close"), "x");
        assert_eq!(keys(&keymap, "page.edit"), "v");
        assert_eq!(keys(&keymap, "page.add"), "a");

        let keymap = refuses(
            &[("page.close", &["a"]), ("page.edit", &["c"])],
            &[(1, "`page.close` can't have \"a\": it is `page.add` there")],
        );
        assert_eq!(keys(&keymap, "page.edit"), "c");
        assert_eq!(
            keys(&keymap, "page.close"),
            "",
            "its own key was given away"
        );
    }

    #[test]
    fn what_nobody_knows_is_told_and_the_rest_is_followed() {
        let keymap = refuses(
            &[
                ("page.clsoe", &["x"]),
                ("pages.close", &["x"]),
                ("page.edit", &["f13", "i"]),
                ("page.close", &["Ctrl-M"]),
            ],
            &[
                (1, "no key is for `page.clsoe`"),
                (2, "no key is for `pages.close`"),
                (3, "no key is called \"f13\""),
                (
                    4,
                    "\"Ctrl-M\" can't be told from \"enter\": terminals send the same for both",
                ),
            ],
        );
        assert_eq!(keys(&keymap, "page.edit"), "i");
        assert_eq!(keys(&keymap, "page.close"), "c");
    }

    #[test]
    fn letters_stay_text_where_text_is_typed() {
        for name in ["form.save", "note.save", "filter.open", "global.suspend"] {
            let (keymap, refused) = wishes(&[(name, &["s"])]);
            assert_eq!(refused.len(), 1, "{name}");
            assert!(
                !keys(&keymap, name).split(' ').any(|key| key == "s"),
                "{name}"
            );
            let (keymap, refused) = wishes(&[(name, &["s", "ctrl-t"])]);
            assert_eq!((refused.len(), &*keys(&keymap, name)), (1, "ctrl-t"));
        }
    }
}
