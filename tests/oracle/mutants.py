"""Breaks answers on purpose: an oracle that stays green then is worth nothing.

A mutant takes a right answer and gives back a wrong one, or None where it can't be applied.
"""

import random
import re

from check import SIDES, check, pick, symmetric
from family import VARIANTS, family
from oracle import expect, is_unique


def mutant(function):
    MUTANTS[function.__name__.replace("_", " ")] = function
    return function


MUTANTS = {}


class Case:
    """A right answer with all that is known about it."""

    def __init__(self, rng, sides, answer, expected):
        self.rng, self.sides, self.answer, self.expected = rng, sides, answer, expected
        self.result = SIDES.read(answer.text)

    def with_lines(self, lines):
        text = "\n".join(lines)
        if self.result.eol == "crlf":
            text = text.replace("\n", "\r\n")
        return self.answer._replace(text=(b"\xef\xbb\xbf" if self.result.bom else b"") + text.encode())

    def choose(self, items):
        items = list(items)
        return self.rng.choice(items) if items else None

    def fields(self):
        """Fields on lines of their own."""
        spans = self.result.spans
        return [path for path in spans if path in self.expected.data and not self.expected.either.get(path)]

    def cut(self, start, end):
        return self.with_lines(self.result.lines[:start] + self.result.lines[end:])


@mutant
def a_comment_is_dropped(case):
    wanted = [c.text for c in case.result.comments if case.expected.comments.get(c.text, (0, 0))[0] > 0]
    text = case.choose(text for text in wanted if is_unique(text))
    places = [at for at, line in enumerate(case.result.lines) if text and line.strip() == text]
    return case.cut(places[0], places[0] + 1) if len(places) == 1 else None


@mutant
def a_comment_is_doubled(case):
    counts = case.expected.comments
    text = case.choose(c.text for c in case.result.comments if counts.get(c.text, (0, 9)) == (1, 1))
    for at, line in enumerate(case.result.lines):
        if text and line.strip() == text:
            return case.with_lines(case.result.lines[:at] + [line] + case.result.lines[at:])
    return None


@mutant
def a_comment_goes_to_another_entry(case):
    lines, blocks = case.result.lines, case.result.blocks
    comment = case.choose(c for c in case.result.comments if c.role == "above" and is_unique(c.text))
    target = case.choose(path for path in blocks if path and comment and path != comment.anchor[: len(path)])
    places = [at for at, line in enumerate(lines) if comment and line.strip() == comment.text]
    if len(places) != 1 or target is None:
        return None
    header = next(at for at in range(blocks[target][0], blocks[target][1]) if lines[at].lstrip().startswith("["))
    moved = lines[:header] + [lines[places[0]]] + lines[header:]
    moved.pop(places[0] + (places[0] > header))
    return case.with_lines(moved)


@mutant
def a_key_is_dropped(case):
    path = case.choose(case.fields())
    return case.cut(case.result.spans[path][0], case.result.spans[path][1] + 1) if path else None


@mutant
def a_key_comes_from_the_other_side(case):
    """The side that changed a field loses against the one that did not."""
    base, ours, theirs = case.sides
    changed = [
        path
        for path in case.fields()
        for one, other in ((ours, theirs), (theirs, ours))
        if path in one.spans and path in other.spans
        and one.flat.get(path) != base.flat.get(path) == other.flat.get(path)
    ]  # fmt: skip
    path = case.choose(changed)
    if path is None:
        return None
    start, end = case.result.spans[path]
    first, last = base.spans[path]
    return case.with_lines(case.result.lines[:start] + base.lines[first : last + 1] + case.result.lines[end + 1 :])


@mutant
def an_entry_is_dropped(case):
    path = case.choose(path for path in case.result.blocks if len(path) > 1 and case.result.headers.count(path) == 1)
    held = path and [key for key in case.expected.data if key[: len(path)] == path]
    if not held or any(key in case.expected.either for key in held):
        return None
    return case.cut(*case.result.blocks[path])


@mutant
def an_entry_is_doubled(case):
    path = case.choose(path for path in case.result.blocks if len(path) == 2)
    if path is None:
        return None
    start, end = case.result.blocks[path]
    copy = case.result.lines[start:end]
    for at, line in enumerate(copy):
        if line.lstrip().startswith("["):
            copy[at] = f'[{path[0]}."{path[1]}-2"]'
            return case.with_lines(case.result.lines[:start] + copy + case.result.lines[start:])
    return None


@mutant
def a_removed_entry_comes_back(case):
    base = case.sides[0]
    path = case.choose(path for path in base.blocks if len(path) == 2 and path not in case.result.blocks)
    if path is None or any(key[:2] == path for key in (*case.expected.either, *case.result.flat)):
        return None
    start, end = base.blocks[path]
    return case.with_lines([*case.result.lines, "", *base.lines[start:end]])


@mutant
def two_entries_are_spliced(case):
    """The last line of one becomes the last line of another, as a union merge does it."""
    spans, result = case.result.spans, case.result
    path = case.choose(path for path in case.fields() if len(path) == 3)
    target = case.choose(p for p in spans if path and len(p) == 3 and p[:2] != path[:2] and (*p[:2], path[2]) not in spans)
    if target is None:
        return None
    start, end = spans[path]
    at = spans[target][1] + 1
    lines = result.lines[:at] + result.lines[start : end + 1] + result.lines[at:]
    start += (end + 1 - start) * (start >= at)
    return case.with_lines(lines[:start] + lines[start + 1 + spans[path][1] - spans[path][0] :])


@mutant
def entries_change_places(case):
    base = case.sides[0].headers
    if any([p for p in side.headers if p in base] != [p for p in base if p in side.headers] for side in case.sides):
        return None
    blocks = {path: span for path, span in case.result.blocks.items() if path in base and len(path) == 2}
    if len(set(case.result.headers)) != len(case.result.headers) or len(blocks) < 2:
        return None
    one, two = sorted(case.rng.sample(sorted(blocks.values()), 2))
    lines = case.result.lines
    return case.with_lines(
        lines[: one[0]] + lines[two[0] : two[1]] + lines[one[1] : two[0]] + lines[one[0] : one[1]] + lines[two[1] :]
    )


@mutant
def a_line_is_spaced_anew(case):
    kept = set.intersection(*({line for line in side.lines if side.lines.count(line) == 1} for side in case.sides))
    at = case.choose(at for at, line in enumerate(case.result.lines) if line in kept and " = " in line)
    if at is None:
        return None
    lines = list(case.result.lines)
    lines[at] = lines[at].replace(" = ", "  = ", 1)
    return case.with_lines(lines)


@mutant
def the_line_ends_are_turned(case):
    if case.result.eol not in ("lf", "crlf") or any(side.eol != case.result.eol for side in case.sides):
        return None
    text = case.answer.text
    turned = text.replace(b"\r\n", b"\n") if b"\r\n" in text else text.replace(b"\n", b"\r\n")
    return case.answer._replace(text=turned)


@mutant
def the_byte_order_mark_is_turned(case):
    if any(side.bom != case.result.bom for side in case.sides):
        return None
    text = case.answer.text
    return case.answer._replace(text=text[3:] if case.result.bom else b"\xef\xbb\xbf" + text)


@mutant
def a_conflict_is_hidden(case):
    return case.answer._replace(clashes=case.answer.clashes[1:]) if case.answer.clashes else None


@mutant
def the_last_writer_wins(case):
    if not case.answer.clashes:
        return None
    return case.answer._replace(text=case.answer.decided, clashes=(), marked=b"", decided=b"")


@mutant
def a_conflict_is_made_up(case):
    path = case.choose(path for path in case.expected.data if path not in case.answer.clashes)
    return case.answer._replace(clashes=(*case.answer.clashes, path)) if path else None


@mutant
def the_markers_hold_one_value_only(case):
    if not case.answer.clashes:
        return None
    marked = re.sub(rb"(\n=======\r?\n)[^>]+", rb"\1", case.answer.marked, count=1)
    return case.answer._replace(marked=marked) if marked != case.answer.marked else None


@mutant
def a_part_of_the_file_stands_between_the_markers(case):
    if not case.answer.clashes or len(case.answer.marked.splitlines()) < 8:
        return None
    ours, theirs = pick(case.answer.marked, 0)[0], case.sides[2].raw
    marked = b"<<<<<<< ours\n" + ours + b"=======\n" + theirs + b">>>>>>> theirs\n"
    return case.answer._replace(marked=marked) if case.sides[2].flat != SIDES.read(case.answer.decided).flat else None


@mutant
def nobody_is_told_what_was_kept(case):
    return case.answer._replace(remarks=()) if case.expected.kept else None


@mutant
def ours_is_all_there_is(case):
    ours = case.sides[1]
    return case.answer._replace(text=ours.raw, clashes=()) if ours.flat != case.result.flat and not case.expected.either else None


def sides_differ(answer):
    """Whether an answer that depends on the side is found."""
    plain = answer._replace(refusal="", clashes=())
    other = plain._replace(text=plain.text + b"# x\n")
    return bool(symmetric(plain, other)) and not symmetric(plain, plain)


def self_test(program, seed, families, needs=frozenset(MUTANTS), show=print):
    """Every mutant of right answers must be found; returns whether that is so. git's text merge
    tells no conflicts, so not all of them can be tried on it."""
    rng, tried, found, right = random.Random(seed), {}, {}, 0
    for number in range(families):
        base, variants = family(seed, number)
        pairs = [(i, j) for i in range(VARIANTS) for j in range(i)]
        triples = [(base, variants[i], variants[j]) for i, j in pairs if variants[i] != variants[j]]
        for triple, answer in zip(triples, program.merge(triples)):
            sides = [SIDES.read(text) for text in triple]
            if answer.refusal or None in sides or base in triple[1:]:
                continue
            expected = expect(*sides)
            if check(*sides, answer, expected):
                continue  # wrong already, and for the campaign to tell
            right += 1
            case = Case(rng, sides, answer, expected)
            for name, change in MUTANTS.items():
                broken = change(case)
                if broken is None or broken == answer:
                    continue
                tried[name] = tried.get(name, 0) + 1
                caught = bool(check(*sides, broken, expected))
                found[name] = found.get(name, 0) + caught
                if not caught and tried[name] - found[name] <= 2:
                    show(f"not found: {name}, seed {seed}, family {number}")
                    MISSED.append((name, triple, answer, broken))
    for name in MUTANTS:
        show(f"{found.get(name, 0):7} of {tried.get(name, 0):7}  {name}")
    show(f"{right} right answers, {sum(tried.values())} mutants, {sum(found.values())} found")
    return tried == found and (needs <= set(tried)) and sides_differ(answer)


MISSED = []
