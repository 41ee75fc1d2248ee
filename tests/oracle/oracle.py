"""What a merge must come to, by docs/format.md, "Merging": worked out on the data that tomllib
reads, field by field, without a look at how goodwill does it.
"""

from collections import Counter
from functools import lru_cache

from scan import KINDS

ABSENT = None
CONFLICT = ("conflict",)
SETS = frozenset(("tags", "with", "aliases", "because"))


class Expectation:
    """What the result must hold."""

    def __init__(self):
        self.data = {}  # path: value; of a conflict: ours
        self.conflicts = {}  # path: (base, ours, theirs)
        self.either = {}  # path: values that are as right as the one in `data`
        self.whole = set()  # paths that are a value on one side and a table on another
        self.prose = set()  # paths of notes that were merged: line breaks at their end are trimmed
        self.tables = set()  # tables that an input has
        self.kept = []  # tables that one side removed and the other changed
        self.comments = {}  # text: (least, most)
        self.doubtful = False  # both changed the tables of an array: may be left to a text merge


def expect(base, ours, theirs):
    """The three are `scan.Side`s."""
    result = Expectation()
    # A value on one side where another one has a table: the whole of it is one thing.
    leaves = {path for side in (base, ours, theirs) for path, value in side.flat.items() if value != ("{}",)}
    result.whole = leaves & {path[:end] for path in leaves for end in range(1, len(path))}
    flat_b, flat_o, flat_t = (side.collapsed(result.whole) for side in (base, ours, theirs))
    remarks_o, remarks_t = owned(ours), owned(theirs)
    restored_o, kept_o = restore(result, base, ours, theirs)
    restored_t, kept_t = restore(result, base, theirs, ours)
    result.kept = kept_o + kept_t
    result.tables = tables(base) | tables(ours) | tables(theirs)
    flat_o, flat_t = {**flat_o, **restored_o}, {**flat_t, **restored_t}
    for path in {**flat_b, **flat_o, **flat_t}:
        b, o, t = flat_b.get(path), flat_o.get(path), flat_t.get(path)
        if o == t or t == b:
            value = o
            if o == b and b is not None and t is None:
                value = None
        elif o == b:
            value = t
        else:
            outcomes = merge_field(path[-1], b, o, t)
            result.doubtful |= any(is_list(value) and any(map(is_table, value[1])) for value in (b, o, t))
            if path[-1] == "notes":
                result.prose.add(path)
            if CONFLICT in outcomes:
                result.conflicts[path] = (b, o, t)
                value = o
            else:
                value = outcomes[0]
            if len(outcomes) > 1:
                result.either.setdefault(path, []).extend(outcomes)
        if value is not None:
            result.data[path] = value
        # A key that one side removed and the other wrote a comment to: the comment stays, and
        # with or without its key is both right.
        if b is not None and value is None and (o is None) != (t is None):
            stayed = remarks_o if o is not None else remarks_t
            if stayed.get(path) != owned(base).get(path):
                result.either.setdefault(path, []).append(b)
    ledger(result, base, ours, theirs)
    return result


@lru_cache(maxsize=4096)
def owned(side):
    """Path: its comments."""
    found = {}
    for comment in side.comments:
        if comment.role != "free":
            found.setdefault(comment.anchor, []).append(comment.text)
    return {path: sorted(texts) for path, texts in found.items()}


@lru_cache(maxsize=4096)
def tables(side):
    """All tables that are units: entries, what lies below them, tables of the head."""
    found = set()
    for path, value in side.flat.items():
        last = len(path) + 1 if value == ("{}",) else len(path)
        for end in range(1, last):
            if end > 1 or path[0] not in KINDS:
                found.add(path[:end])
    return frozenset(found)


def restore(result, base, side, other):
    """What `side` removed as a whole although `other` changed something in it: its values of the
    base, as if it had not been removed."""
    gone = tables(base) - tables(side)
    top = [path for path in gone if path[:-1] not in gone and path in tables(other)]
    top = [path for path in top if not any(below(path, whole) for whole in result.whole)]
    values, kept = {}, []
    for path in top:
        if any(below(key, path) for key in side.flat):
            continue
        was = {key: value for key, value in base.flat.items() if below(key, path)}
        now = {key: value for key, value in other.flat.items() if below(key, path)}
        remarks = [{k: v for k, v in owned(of).items() if below(k, path)} for of in (base, other)]
        if was != now or remarks[0] != remarks[1]:
            values.update(was)
            kept.append(path)
        elif base.block(path) != other.block(path):
            # Spacing, order, spelling, a comment that stands alone: kept or not is both right.
            for key, value in was.items():
                result.either.setdefault(key, []).append(value)
    return values, kept


def below(path, table):
    return path[: len(table)] == table


def merge_field(name, base, ours, theirs):
    """All outcomes that are right; more than one where lines can be matched in several ways."""
    if name == "notes" and isinstance(ours, str) and isinstance(theirs, str):
        before = base if isinstance(base, str) else ""
        found = lines(*(tuple(text.split("\n")) if text else () for text in (before, ours, theirs)))
        return [value if value is CONFLICT else "\n".join(value) for value in found]
    if is_list(ours) and is_list(theirs):
        before = base[1] if is_list(base) else ()
        if name in SETS:
            return [("list", sets(before, ours[1], theirs[1]))]
        found = lines(before, ours[1], theirs[1])
        if all(map(is_table, (*before, *ours[1], *theirs[1]))):
            found += appended(before, ours[1], theirs[1])
        return [value if value is CONFLICT else ("list", value) for value in found]
    return [CONFLICT]


def is_list(value):
    return isinstance(value, tuple) and value[0] == "list"


def is_table(value):
    return isinstance(value, tuple) and value[0] == "table"


def appended(base, ours, theirs):
    """Tables of an array that both wrote behind the others: known by their content, so both."""
    size = len(base)
    if ours[:size] != base or theirs[:size] != base:
        return []
    ours, theirs = ours[size:], theirs[size:]
    both = [(*base, *first, *(item for item in second if item not in first)) for first, second in ((ours, theirs), (theirs, ours))]
    return both


def sets(base, ours, theirs):
    """Base order first, then what is new, sorted."""
    kept = [item for item in base if item in ours and item in theirs]
    new = {item for item in (*ours, *theirs) if item not in base}
    return (*kept, *sorted(new, key=str))


def lines(base, ours, theirs):
    """Three-way by lines: all results that one of the longest ways to match the lines leads to."""
    found = []
    for left in matches(base, ours):
        for right in matches(base, theirs):
            merged = three_way(base, ours, theirs, dict(left), dict(right))
            if merged not in found:
                found.append(merged)
    return found


def three_way(base, ours, theirs, left, right):
    fixed = [(at, left[at], right[at]) for at in range(len(base)) if at in left and at in right]
    merged, b, o, t = [], 0, 0, 0
    for nb, no, nt in [*fixed, (len(base), len(ours), len(theirs))]:
        was, one, two = base[b:nb], ours[o:no], theirs[t:nt]
        if one == two or two == was:
            merged.extend(one)
        elif one == was:
            merged.extend(two)
        else:
            return CONFLICT
        merged.extend(base[nb : nb + 1])
        b, o, t = nb + 1, no + 1, nt + 1
    return tuple(merged)


@lru_cache(maxsize=4096)
def matches(one, two, most=40):
    """The longest common subsequences as pairs of places; all of them up to a number."""
    rows, columns = len(one), len(two)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            if one[i] == two[j]:
                best[i][j] = best[i + 1][j + 1] + 1
            else:
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
    found, todo = set(), [(0, 0, ())]
    while todo and len(found) < most:
        i, j, pairs = todo.pop()
        if best[i][j] == 0:
            found.add(pairs)
            continue
        if one[i] == two[j]:
            todo.append((i + 1, j + 1, (*pairs, (i, j))))
        if best[i + 1][j] == best[i][j]:
            todo.append((i + 1, j, pairs))
        if best[i][j + 1] == best[i][j]:
            todo.append((i, j + 1, pairs))
    return sorted(found)


@lru_cache(maxsize=4096)
def counted(side):
    return Counter(comment.text for comment in side.comments)


def is_unique(text):
    """Whether the comment carries a number of its own: then nobody else wrote the same."""
    return text.endswith(")")


def ledger(result, base, ours, theirs):
    """How often each comment may stand in the result."""
    b, o, t = counted(base), counted(ours), counted(theirs)
    if result.kept:
        o, t = (with_restored(result, base, side, count) for side, count in ((ours, o), (theirs, t)))
    loose = Counter(
        comment.text for comment in base.comments if comment.role == "free" and lies_in_kept(comment, result)
    )
    for text in {**b, **o, **t}:
        least, most = share(is_unique(text), b[text], o[text], t[text])
        if not is_unique(text):
            # Of `# ----` and the like nobody can say which one is which.
            least, most = min(least, 1 if o[text] > b[text] or t[text] > b[text] else 0), o[text] + t[text]
        # Stood alone in the midst of an entry that was removed on one side and is kept.
        result.comments[text] = (least, most + loose[text])
    by_paragraphs(result, base, ours, theirs)
    for path in (*result.either, *result.conflicts):
        for side, count in ((base, b), (ours, o), (theirs, t)):
            for comment in side.comments:
                if below(comment.anchor, path) or below(path, comment.anchor):
                    least, most = result.comments[comment.text]
                    result.comments[comment.text] = (least, max(most, count[comment.text]))


def by_paragraphs(result, base, ours, theirs):
    """Paragraphs that stand alone are known by their text: of one that both sides changed both
    stay, and a line that both have stands in both. One that a side changed and the other took out
    stays as it was changed, and a separator in it (`# ----`) counts beside those that belong to a
    key or a header; of a comment with a number of its own there is never one more."""
    b, o, t = (Counter(side.paragraphs) for side in (base, ours, theirs))
    if b == o or b == t or o == t:
        return
    most = Counter()
    for lines_ in {**b, **o, **t}:
        _, times = share(True, b[lines_], o[lines_], t[lines_])
        for line in lines_:
            most[line] += times
    bound = [Counter(c.text for c in side.comments if c.role != "free") for side in (base, ours, theirs)]
    for line, times in most.items():
        least, before = result.comments[line]
        if not is_unique(line):
            times += share(False, *(count[line] for count in bound))[1]
        result.comments[line] = (least, max(before, times))


def with_restored(result, base, side, count):
    """As if the side had not removed what is kept."""
    count = Counter(count)
    have = tables(side)
    for path in result.kept:
        if path not in have:
            count.update(c.text for c in base.comments if c.role != "free" and below(c.anchor, path))
    return count


def lies_in_kept(comment, result):
    return any(below(comment.anchor, path) for path in result.kept)


def share(unique, b, o, t):
    """Three-way on counts."""
    if o == t:
        return (o, o if unique else o + max(0, o - b))
    if o == b or t == b:
        value = t if o == b else o
        return (value, value)
    if o > b and t > b:
        return (max(o, t), o + t - b)
    if o < b and t < b:
        return (max(0, o + t - b), min(o, t))
    return (min(o, t), max(o, t))
