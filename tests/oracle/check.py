"""Holds an answer of the program against what the oracle expects. A finding is (rule, detail)."""

import re
from collections import Counter, OrderedDict
from typing import NamedTuple

from oracle import counted, expect, is_table, is_unique, owned
from scan import Side


class Answer(NamedTuple):
    """What the program said to one merge."""

    text: bytes = b""
    clashes: tuple = ()  # paths
    remarks: tuple = ()
    marked: bytes = b""
    decided: bytes = b""  # with theirs in every clash
    refusal: str = ""  # why it is unmergeable


class Sides:
    """Texts that were read once are not read again."""

    def __init__(self, most=4000):
        self.known, self.most = OrderedDict(), most

    def read(self, raw):
        """The side, or None where it is no valid TOML."""
        if raw not in self.known:
            try:
                self.known[raw] = Side(raw)
            except ValueError:
                self.known[raw] = None
            if len(self.known) > self.most:
                self.known.popitem(last=False)
        return self.known[raw]


SIDES = Sides()


def check(base, ours, theirs, answer, expected=None):
    """All that is wrong with the answer."""
    expected = expected or expect(base, ours, theirs)
    if answer.refusal:
        return [] if expected.doubtful else [("refused", answer.refusal)]
    findings = unchanged(base, ours, theirs, answer)
    result = SIDES.read(answer.text)
    if result is None:
        return [*findings, ("invalid", "the result is no valid TOML 1.0")]
    wrong = clashes(expected, answer)
    findings += wrong
    if not wrong:
        findings += data(expected, result, {})
    results = [result]
    if answer.clashes and not wrong:
        more, others = marked(expected, answer)
        findings += more
        results += others
    findings += comments(expected, results)
    findings += attached(base, ours, theirs, results)
    findings += lines(base, ours, theirs, result)
    findings += dress(base, ours, theirs, result)
    findings += order(base, ours, theirs, result)
    for table in expected.kept:
        if not any(table[0] in remark for remark in answer.remarks):
            findings.append(("remark", f"{'.'.join(table)} was kept and nobody was told"))
    return findings


def unchanged(base, ours, theirs, answer):
    """Where one side changed alone, the result is that side."""
    if ours.raw == base.raw or ours.raw == theirs.raw:
        wanted = theirs
    elif theirs.raw == base.raw:
        wanted = ours
    else:
        return []
    return [] if answer.text == wanted.raw else [("bytes", "one side changed alone, and its bytes are not the result")]


def clashes(expected, answer):
    """Conflicts exactly the true ones."""
    told, true = set(answer.clashes), set(expected.conflicts)
    findings = []
    for path in true - told:
        if not any(value != ("conflict",) for value in expected.either.get(path, ())):
            findings.append(("hidden", f"a conflict of {'.'.join(path)} was not told"))
    for path in told - true:
        findings.append(("needless", f"no conflict: {'.'.join(path)}"))
    if len(told) != len(answer.clashes):
        findings.append(("needless", "a conflict was told twice"))
    return findings


def same(expected, path, value, wanted):
    """Whether the value is as right as the wanted one."""
    if value == wanted:
        return True
    if is_array(value) and is_array(wanted):
        # Tables of an array are known by their content; they are moved about like entries.
        return sorted(map(repr, value[1])) == sorted(map(repr, wanted[1]))
    texts = isinstance(value, str) and isinstance(wanted, str)
    return texts and path in expected.prose and value.rstrip("\n") == wanted.rstrip("\n")


def is_array(value):
    return isinstance(value, tuple) and value[0] == "list" and all(map(is_table, value[1]))


def data(expected, result, instead):
    """The data are the oracle's. `instead`: values of conflicts in place of ours."""
    findings = []
    wanted = {**expected.data, **instead}
    flat = result.collapsed(expected.whole) if expected.whole else result.flat
    for path in {**wanted, **flat}:
        want, is_there = wanted.get(path), flat.get(path)
        if want is None and is_there == ("{}",) and (path in expected.tables or len(path) == 1):
            continue  # a table whose last key went
        if want == is_there or same(expected, path, want, is_there):
            continue
        either = expected.either.get(path, ())
        if any(same(expected, path, is_there, value) for value in either if value != ("conflict",)):
            continue
        if want == ("{}",) and any(other[: len(path)] == path for other in flat):
            continue
        findings.append(("data", f"{'.'.join(path)}: {is_there!r} where {want!r} is right"))
    return findings


START, BASE, MIDDLE, END = b"<<<<<<< ", b"||||||| ", b"=======", b">>>>>>> "


def pick(text, wanted):
    """The text with one part of every conflict: 0 ours, 1 base, 2 theirs; None if malformed."""
    kept, part, count = [], None, 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip(b"\r\n")
        if bare.startswith(START) and part is None:
            part, count = 0, count + 1
        elif bare.startswith(BASE) and part == 0:
            part = 1
        elif bare == MIDDLE and part in (0, 1):
            part = 2
        elif bare.startswith(END) and part == 2:
            part = None
        elif part in (None, wanted):
            kept.append(line)
    return (b"".join(kept), count) if part is None else (None, 0)


def marked(expected, answer):
    """The marked text holds both values: with one part of each conflict it is a whole file."""
    ours, count = pick(answer.marked, 0)
    if ours is None or not 1 <= count <= len(answer.clashes):
        return [("marked", f"{len(answer.clashes)} conflicts, {count} places with markers")], []
    findings, sides = [], []
    if ours.rstrip(b"\r\n") != answer.text.rstrip(b"\r\n"):
        findings.append(("marked", "the marked text with ours is not the text with ours"))
    theirs = {path: three[2] for path, three in expected.conflicts.items() if path in answer.clashes}
    for raw, what in ((pick(answer.marked, 2)[0], "the marked text with theirs"), (answer.decided, "decided for theirs")):
        side = SIDES.read(raw)
        if side is None:
            findings.append(("marked", f"{what} is no valid TOML"))
            continue
        sides.append(side)
        findings += [("marked", f"{what}: {detail}") for _, detail in data(expected, side, theirs)]
    return findings, sides


def comments(expected, results):
    """None lost, none doubled. In a conflict each side's comments stand with its value."""
    counts = [counted(side) for side in results]
    findings = []
    for text, (least, most) in expected.comments.items():
        found = max(count[text] for count in counts)
        if found < least and is_unique(text):
            # Two remarks behind one value stand on one line.
            found = max(sum(text in comment.text for comment in side.comments) for side in results)
        if found < least:
            findings.append(("comment lost", f"{text} {found} of {least}"))
        elif counts[0][text] > most:
            findings.append(("comment doubled", f"{text} {counts[0][text]}, at most {most}"))
    strange = [text for text in counts[0] if text not in expected.comments and not CONTAINED.search(text)]
    findings += [("comment made", text) for text in strange]
    return findings


CONTAINED = re.compile(r"\(c\d+\).*\(c\d+\)")


def attached(base, ours, theirs, results):
    """A comment belongs to what it belonged to."""
    findings = []
    where = {}
    for side in (base, ours, theirs):
        for comment in side.comments:
            if is_unique(comment.text):
                where.setdefault(comment.text, set()).add(place(comment))
    result = results[0]
    for comment in result.comments:
        text = comment.text
        if text in where and place(comment) not in where[text]:
            # What it belonged to may be gone; then it stands alone.
            gone = comment.role == "free" and all(
                anchor is not None and not exists(result, anchor) for anchor in where[text]
            )
            # What stood alone at the end of one text may come to stand above what follows it.
            if not gone:
                findings.append(("comment moved", f"{text} now belongs to {place(comment)}, was {sorted(map(str, where[text]))}"))
    return findings


def place(comment):
    return None if comment.role == "free" else comment.anchor


def exists(side, path):
    return any(key[: len(path)] == path for key in side.flat)


def lines(base, ours, theirs, result):
    """What neither side touched is the same to the byte: lines of keys, headers, comments."""
    findings = []
    for path in result.spans:
        b, o, t = (span(side, path) for side in (base, ours, theirs))
        wanted = o if o == t or b == t else t if b == o else None
        if wanted is not None and span(result, path) != wanted:
            findings.append(("line", f"{'.'.join(path)}: {span(result, path)} where {wanted} is right"))
    kept = once(base) & once(ours) & once(theirs)
    if kept:
        count = Counter(result.lines)
        findings += [("line", line) for line in kept if not count[line]]
    return findings


def once(side):
    """Headers, comments and lines of arrays that stand there once."""
    if not hasattr(side, "once"):
        count = Counter(line for line in side.lines if line.lstrip()[:1] in ("[", "#") or line in side.in_arrays)
        side.once = {line for line, times in count.items() if times == 1 and line not in inner(side)}
    return side.once


def inner(side):
    """Lines in the midst of values."""
    return {line for start, end in side.spans.values() for line in side.lines[start + 1 : end + 1]}


def span(side, path):
    if path not in side.spans:
        return None
    start, end = side.spans[path]
    return side.lines[start : end + 1]


def dress(base, ours, theirs, result):
    """Line ends and byte order mark."""
    findings = []
    if not base.raw:
        return []  # both made the file anew: there is nothing that was changed
    ends = [side.eol for side in (base, ours, theirs)]
    if "mixed" not in ends and result.eol != "none":
        allowed = three_way(*ends, "lf")
        if "none" not in allowed and result.eol not in allowed:
            findings.append(("line ends", f"{result.eol} from {ends}"))
    marks = [side.bom for side in (base, ours, theirs)]
    if result.bom not in three_way(*marks, False):
        findings.append(("byte order mark", f"{result.bom} from {marks}"))
    return findings


def three_way(base, ours, theirs, plain):
    if ours == theirs:
        return {ours} if ours == base else {ours, plain}
    return {theirs} if ours == base else {ours} if theirs == base else {plain}


def order(base, ours, theirs, result):
    """What stood in one order in a side that moved nothing, stands so in the result, and what one
    side wrote in one go stays together."""
    before, have = single(base), single(result)
    for side in (ours, theirs):
        if out_of_order(side.sequence, base.sequence):
            return []  # moved by hand: then any order of the rest is right
    findings = out_of_order(before, have)
    # What is new on both sides may stand in orders that contradict each other.
    new = set(ours.headers) & set(theirs.headers) - set(base.headers)
    if findings or new or set(ours.paragraphs) & set(theirs.paragraphs) - set(base.paragraphs):
        return findings
    for side in (ours, theirs):
        findings += out_of_order(single(side), have) or broken_runs(side, {*before, *base.paragraphs}, have)
    return findings


def out_of_order(side, have):
    shared = set(side) & set(have)
    was, now = [p for p in side if p in shared], [p for p in have if p in shared]
    return [] if was == now else [("order", f"{now} where it was {was}")]


def single(side):
    """Paths of headers; tables of an array have no path of their own."""
    return [path for path in side.headers if path not in side.arrays]


def broken_runs(side, before, have):
    """Runs end at what was there before: entries and paragraphs of the base."""
    places = {path: at for at, path in enumerate(have)}
    new = set(side.headers) - before - side.arrays
    run = []
    for path in (*side.sequence, None):
        if path in new:
            run.append(path)
            continue
        if path in side.paragraphs and path not in before:
            continue
        at = [places[p] for p in run if p in places]
        if at and at != list(range(at[0], at[0] + len(at))):
            return [("order", f"new entries were torn apart: {run}")]
        run = []
    return []


def symmetric(one, two):
    """The same merge from the other machine's side."""
    if bool(one.refusal) != bool(two.refusal):
        return [("symmetry", "only one of the two machines could merge")]
    if set(one.clashes) != set(two.clashes):
        return [("symmetry", f"conflicts {one.clashes} and {two.clashes}")]
    if not one.clashes and not one.refusal and one.text != two.text:
        return [("symmetry", "the two machines come to different bytes")]
    return []


__all__ = ["Answer", "SIDES", "check", "expect", "owned", "symmetric"]
