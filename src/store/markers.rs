//! Files in which a merge left both versions between markers: git's plain style, diff3, zdiff3,
//! and the three styles of jj. The sides are read back out of the text.

/// What some editors put in front of a text.
const MARK: &str = "\u{feff}";

/// The shortest markers that there are.
const SHORTEST: usize = 7;

/// The texts that a file with markers was made from, as far as it tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The first side.
    pub ours: String,
    /// The other side.
    pub theirs: String,
    /// The common ancestor, where every conflict tells it. `None`: one of them does not.
    pub base: Option<String>,
    /// What stands outside of all markers: nobody questions it.
    pub common: String,
    /// The lines with the first marker of each conflict, from 1.
    pub lines: Vec<usize>,
}

/// Whether a text has a line that begins a conflict.
pub fn has_markers(text: &str) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    text.contains("<<<<<<<") && text.lines().any(|line| opens(line).is_some())
}

/// The sides of a file with markers.
///
/// # Errors
/// The line, from 1, at which the markers make no sense, or a conflict begins that has more than
/// two sides; 0 where there is none.
pub fn sides(text: &str) -> Result<Sides, usize> {
    let mut sides = Sides {
        ours: String::new(),
        theirs: String::new(),
        base: Some(String::new()),
        common: String::new(),
        lines: Vec::new(),
    };
    let mut text = text;
    if let Some(behind) = text.strip_prefix(MARK) {
        sides.both(MARK);
        text = behind;
    }
    let mut lines = text.split_inclusive('\n').zip(1..);
    while let Some((line, number)) = lines.next() {
        let Some(width) = opens(line) else {
            sides.both(line);
            continue;
        };
        let mut inner = Vec::new();
        let closed = lines.by_ref().any(|(line, _)| {
            let closes = mark(line, '>', width);
            if !closes {
                inner.push(line);
            }
            closes
        });
        let conflict = Conflict::read(&inner, width).filter(|_| closed);
        sides.add(&conflict.ok_or(number)?);
        sides.lines.push(number);
    }
    match sides.lines.is_empty() {
        true => Err(0),
        false => Ok(sides),
    }
}

impl Sides {
    fn both(&mut self, line: &str) {
        let base = self.base.iter_mut();
        let all = [&mut self.ours, &mut self.theirs, &mut self.common];
        all.into_iter().chain(base).for_each(|to| to.push_str(line));
    }

    fn add(&mut self, conflict: &Conflict) {
        self.ours.push_str(&conflict.ours);
        self.theirs.push_str(&conflict.theirs);
        match (&mut self.base, &conflict.base) {
            (Some(base), Some(more)) => base.push_str(more),
            (base, _) => *base = None,
        }
    }
}

/// The length of the marker that a line begins a conflict with.
fn opens(line: &str) -> Option<usize> {
    let width = line.len() - line.trim_start_matches('<').len();
    (width >= SHORTEST && mark(line, '<', width)).then_some(width)
}

/// Whether a line is a marker of that sign and length, alone or with a label.
fn mark(line: &str, sign: char, width: usize) -> bool {
    let rest = line.trim_start_matches(sign);
    line.len() - rest.len() == width && (rest.trim_end().is_empty() || rest.starts_with(' '))
}

/// What stands between the first marker of a conflict and the last.
#[derive(Debug, Default)]
struct Conflict {
    ours: String,
    base: Option<String>,
    theirs: String,
}

impl Conflict {
    fn read(lines: &[&str], width: usize) -> Option<Conflict> {
        // Of git are those that say it with `=`, also where a line of a side looks like jj.
        let is_jj = lines
            .first()
            .is_some_and(|line| ['%', '+', '-'].iter().any(|sign| mark(line, *sign, width)));
        match is_jj {
            true => Conflict::of_jj(lines, width),
            false => Conflict::of_git(lines, width),
        }
    }

    fn of_git(lines: &[&str], width: usize) -> Option<Conflict> {
        let mut parts = vec![String::new()];
        let mut has_base = false;
        for line in lines {
            let begins_base = mark(line, '|', width) && parts.len() == 1;
            if begins_base || mark(line, '=', width) {
                has_base |= begins_base;
                parts.push(String::new());
            } else if opens(line).is_some() {
                return None;
            } else if let Some(part) = parts.last_mut() {
                part.push_str(line);
            }
        }
        let mut parts = parts.into_iter();
        let (ours, second, third) = (parts.next()?, parts.next()?, parts.next());
        if parts.next().is_some() || third.is_some() != has_base {
            return None;
        }
        let (base, theirs) = match third {
            Some(theirs) => (Some(second), theirs),
            None => (None, second),
        };
        Some(Conflict { ours, base, theirs })
    }

    /// A side and what leads from the base to the other one; or side, base and side.
    fn of_jj(lines: &[&str], width: usize) -> Option<Conflict> {
        let (mut sides, mut bases) = (Vec::new(), Vec::new());
        let mut part = Part::Side;
        for line in lines {
            if mark(line, '%', width) {
                part = Part::Diff;
                sides.push(String::new());
                bases.push(String::new());
            } else if mark(line, '+', width) {
                part = Part::Side;
                sides.push(String::new());
            } else if mark(line, '-', width) {
                part = Part::Base;
                bases.push(String::new());
            } else if matches!(part, Part::Diff) && mark(line, '\\', width) {
                // The second line of the marker before it.
            } else {
                part.take(line, &mut sides, &mut bases)?;
            }
        }
        let mut sides = sides.into_iter();
        let mut bases = bases.into_iter();
        let (ours, theirs, base) = (sides.next()?, sides.next()?, bases.next()?);
        let is_all = sides.next().is_none() && bases.next().is_none();
        is_all.then_some(Conflict {
            ours,
            theirs,
            base: Some(base),
        })
    }
}

/// What the lines behind a marker of jj are.
enum Part {
    Side,
    Base,
    Diff,
}

impl Part {
    fn take(&self, line: &str, sides: &mut [String], bases: &mut [String]) -> Option<()> {
        let (side, base) = (sides.last_mut(), bases.last_mut());
        match self {
            Part::Side => side?.push_str(line),
            Part::Base => base?.push_str(line),
            Part::Diff => {
                let (side, base) = (side?, base?);
                if let Some(line) = line.strip_prefix('+') {
                    side.push_str(line);
                } else if let Some(line) = line.strip_prefix('-') {
                    base.push_str(line);
                } else {
                    // Some editors take a blank away at the end of a line.
                    let line = line.strip_prefix(' ').unwrap_or(line);
                    side.push_str(line);
                    base.push_str(line);
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{has_markers, sides};

    /// Ours, base and theirs.
    fn read(text: &str) -> (String, Option<String>, String) {
        let sides = sides(text).unwrap();
        (sides.ours, sides.base, sides.theirs)
    }

    fn whole() -> (String, Option<String>, String) {
        let text = |status: &str| format!("[a.b]\nstatus = {status}\nnotes = 1\n");
        (text("2"), Some(text("1")), text("3"))
    }

    #[test]
    fn the_sides_are_read_out_of_every_style() {
        let git =
            "[a.b]\n<<<<<<< HEAD\nstatus = 2\n=======\nstatus = 3\n>>>>>>> other\nnotes = 1\n";
        assert_eq!(read(git), (whole().0, None, whole().2));
        for text in [
            "[a.b]\n<<<<<<< HEAD\nstatus = 2\n||||||| 0123abc\nstatus = 1\n=======\nstatus = 3\n>>>>>>> other\nnotes = 1\n",
            "[a.b]\n<<<<<<< conflict 1 of 1\n%%%%%%% diff from: x \"base\"\n\\\\\\\\\\\\\\        to: y \"one\"\n\
             -status = 1\n+status = 2\n+++++++ z \"two\"\nstatus = 3\n>>>>>>> conflict 1 of 1 ends\nnotes = 1\n",
            "[a.b]\n<<<<<<< Conflict 1 of 1\n+++++++ Contents of side #1\nstatus = 2\n%%%%%%% Changes from base to side #2\n\
             -status = 1\n+status = 3\n>>>>>>> Conflict 1 of 1 ends\nnotes = 1\n",
            "[a.b]\n<<<<<<< Conflict 1 of 1\n+++++++ side #1\nstatus = 2\n------- base\nstatus = 1\n\
             +++++++ side #2\nstatus = 3\n>>>>>>> Conflict 1 of 1 ends\nnotes = 1\n",
        ] {
            assert!(has_markers(text));
            assert_eq!(read(text), whole(), "{text}");
        }
    }

    #[test]
    fn lines_within_a_difference_of_jj_belong_to_both_sides_of_it() {
        let text = "<<<<<<<\n%%%%%%%\n a\n-b\n+c\n\n+++++++\nd\n>>>>>>>\n";
        let (ours, base, theirs) = read(text);
        assert_eq!(
            (&*ours, base.as_deref(), &*theirs),
            ("a\nc\n\n", Some("a\nb\n\n"), "d\n")
        );
    }

    #[test]
    fn long_markers_may_stand_around_short_ones_and_windows_line_ends_stay() {
        let text =
            "<<<<<<<<<< a\r\nx = '''\r\n=======\r\n'''\r\n==========\r\ny = 1\r\n>>>>>>>>>> b\r\n";
        let (ours, base, theirs) = read(text);
        assert_eq!(
            (&*ours, base, &*theirs),
            ("x = '''\r\n=======\r\n'''\r\n", None, "y = 1\r\n")
        );
    }

    #[test]
    fn a_byte_order_mark_may_stand_before_the_first_marker() {
        let text = "\u{feff}<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n";
        assert!(has_markers(text));
        let (ours, base, theirs) = read(text);
        assert_eq!(
            (&*ours, base, &*theirs),
            ("\u{feff}x = 1\n", None, "\u{feff}x = 2\n")
        );
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_line() {
        assert_eq!(sides("a = 1\n"), Err(0));
        for (text, line) in [
            ("a = 1\n<<<<<<< x\nb = 1\n=======\n", 2),
            ("<<<<<<< x\nb = 1\n>>>>>>> y\n", 1),
            ("<<<<<<< x\n=======\n=======\n>>>>>>> y\n", 1),
            ("<<<<<<< x\n<<<<<<< z\n=======\n>>>>>>> y\n", 1),
            (
                "<<<<<<< 3 sides\n+++++++\n-------\n+++++++\n-------\n+++++++\n>>>>>>>\n",
                1,
            ),
            ("<<<<<<< x\n%%%%%%%\n a\n>>>>>>> y\n", 1),
        ] {
            assert_eq!(sides(text), Err(line), "{text}");
        }
        assert!(!has_markers(
            "notes = '''\n<<<<<<<<<< deep\n'''\n"
                .replace("<<<<<<<<<< ", "<<<<<<<x")
                .as_str()
        ));
    }
}
