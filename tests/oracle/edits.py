"""What one machine does to a file between two syncs."""

import zlib

import spell
from document import Item, Para, Table
from make import KINDS, fields_of, unique


def variant(maker, base, count):
    """The base after some edits."""
    doc = base
    rng = maker.rng
    done = tries = 0
    while done < count and tries < 4 * count:
        tries += 1
        # What two machines do alike is half of what merges are about.
        if maker.shared and rng.random() < 0.35:
            edit = rng.choice(maker.shared)
        else:
            edit = rng.choices(EDITS, WEIGHTS)[0](maker, doc)
            if edit is not None and rng.random() < 0.5:
                maker.shared.append(edit)
        if edit is not None:
            done += 1
            doc = edit(doc)
    return doc._replace(parts=tuple(unique(list(doc.parts))))


# Each edit below looks at the document, decides, and gives back what can be done to any variant
# of it: tables and keys are found again by their path.


def tables(doc, entries=False):
    low = 2 if entries else 0
    return [part for part in doc.parts if isinstance(part, Table) and len(part.path) >= low and not part.array]


def some_table(maker, doc, entries=False):
    found = tables(doc, entries)
    hot = [table for table, _ in maker.hot if len(table.path) >= (2 if entries else 0)]
    if hot and maker.chance(0.2):
        return maker.rng.choice(hot)
    # What is touched is mostly new, and lies together.
    if found and maker.chance(0.5):
        found = found[-2:]
    return maker.rng.choice(found) if found else None


def some_item(maker, doc, wanted=lambda item: True):
    # Both machines come to the same place oftener than chance would have it.
    hot = [pair for pair in maker.hot if wanted(pair[1])]
    if hot and maker.chance(0.35):
        return maker.rng.choice(hot)
    for _ in range(4):
        table = some_table(maker, doc)
        items = [part for part in table.parts if isinstance(part, Item) and wanted(part)] if table else []
        if items:
            found = (table, maker.rng.choice(items))
            maker.hot.append(found)
            return found
    return None, None


def replace_part(whole, kind, path, change):
    """`change` gives a part, or None for none; of equal paths the first one counts."""
    parts, done = [], False
    for part in whole.parts:
        if not done and isinstance(part, kind) and part.path == path:
            done = True
            part = change(part)
            if part is None:
                continue
        parts.append(part)
    return whole._replace(parts=tuple(parts))


def replace_table(doc, path, change):
    return replace_part(doc, Table, path, change)


def replace_item(doc, table, path, change):
    return replace_table(doc, table, lambda found: replace_part(found, Item, path, change))


def set_value(table, item, data, value):
    if isinstance(data, list):
        data = list(dict.fromkeys(data))
    return lambda doc: replace_item(doc, table.path, item.path, lambda now: now._replace(data=data, value=value))


def change_value(maker, doc):
    table, item = some_item(maker, doc, lambda item: not isinstance(item.data, (list, dict)))
    if item is None:
        return None
    what = fields_of(table.path).get(item.path[0])
    data = maker.value(what) if what else maker.line()
    return set_value(table, item, data, spell.scalar(data, maker.rng))


def change_type(maker, doc):
    """A list where a text was, a number where a date was."""
    table, item = some_item(maker, doc, lambda item: not isinstance(item.data, dict))
    if item is None or item.path == ("name",):
        return None
    data = [item.data] if isinstance(item.data, str) and "\n" not in item.data else maker.rng.choice([7, "-", True])
    return set_value(table, item, data, spell.scalar(data, maker.rng))


def change_list(maker, doc):
    table, item = some_item(maker, doc, lambda item: isinstance(item.data, list))
    if item is None:
        return None
    rng, what = maker.rng, fields_of(table.path).get(item.path[0], "list")
    data = list(item.data)
    for _ in range(rng.choice([1, 1, 2])):
        how = rng.random()
        if data and how < 0.3:
            data.pop(rng.randrange(len(data)))
        elif data and how < 0.4:
            data[rng.randrange(len(data))] = maker.element(what)
        else:
            data.insert(rng.choice([len(data), rng.randint(0, len(data))]), maker.element(what))
    data = list(dict.fromkeys(data))
    return set_value(table, item, data, spell.items(data, rng))


def change_prose(maker, doc):
    table, item = some_item(maker, doc, lambda item: item.path[-1] == "notes" and isinstance(item.data, str))
    if item is None:
        return None
    rng = maker.rng
    lines = item.data.split("\n")
    for _ in range(rng.choice([1, 1, 2])):
        how = rng.random()
        at = rng.randrange(len(lines)) if lines else 0
        if len(lines) > 1 and how < 0.2:
            lines.pop(at)
        elif lines and how < 0.5:
            lines[at] = maker.line()
        elif how < 0.75:
            lines.insert(at, maker.line())
        else:
            lines.append(maker.line())
    data = "\n".join(lines)
    if data == item.data:
        return None
    return set_value(table, item, data, spell.text(data, rng))


def change_inline(maker, doc):
    table, item = some_item(maker, doc, lambda item: isinstance(item.data, dict))
    if item is None:
        return None
    data = dict(item.data)
    inner = [name for name in data if not isinstance(data[name], dict)]
    if not inner:
        return None
    data[maker.rng.choice(inner)] = maker.line()
    return set_value(table, item, data, spell.inline(data, maker.rng))


def unset(maker, doc):
    table, item = some_item(maker, doc)
    if item is None or item.path == ("name",):
        return None
    return lambda doc: replace_item(doc, table.path, item.path, lambda now: None)


def add_field(maker, doc):
    table = some_table(maker, doc)
    if table is None:
        return None
    rng = maker.rng
    taken = {part.path[0] for part in table.parts if isinstance(part, Item)}
    free = [name for name in fields_of(table.path) if name not in taken]
    if len(table.path) == 1:
        name = ("promise-due promise.q%d" % rng.randint(1, 3),) if table.path[0] == "snooze" else (str(rng.randint(2010, 2014)),)
        new = maker.item(name, maker.day() if table.path[0] == "snooze" else rng.randint(1, 9))
    elif free and rng.random() < 0.75:
        name = rng.choice(free)
        new = maker.item(name, maker.value(fields_of(table.path)[name]))
    else:
        new = maker.unknown()
    place = rng.choice([1.0, 1.0, rng.random()])

    def add(now):
        if any(part.path[0] == new.path[0] for part in now.parts if isinstance(part, Item)):
            return now
        at = round(place * len(now.parts))
        return now._replace(parts=(*now.parts[:at], new, *now.parts[at:]))

    return lambda doc: replace_table(doc, table.path, add)


def add_entry(maker, doc):
    new = maker.table(maker.entry_path())
    if maker.chance(0.1):
        sub = maker.table((*new.path, "x-terms"))
        return lambda doc: append(append(doc, new), sub)
    if maker.chance(0.8):
        return lambda doc: append(doc, new)
    place = maker.rng.random()

    def insert(doc):
        if any(isinstance(part, Table) and part.path == new.path for part in doc.parts):
            return doc
        at = 1 + round(place * (len(doc.parts) - 1))
        return doc._replace(parts=(*doc.parts[:at], new, *doc.parts[at:]))

    return insert


def append(doc, new):
    if any(isinstance(part, Table) and part.path == new.path for part in doc.parts) and not new.array:
        return doc
    return doc._replace(parts=(*doc.parts, new))


def add_known_key(maker, doc):
    """The same new key with other content: a person numbers entries by hand."""
    path = (maker.rng.choice(list(KINDS)), maker.rng.choice(["2026-05-01", "strategy"]))
    if any(isinstance(part, Table) and part.path == path for part in doc.parts):
        return None
    new = maker.table(path)
    return lambda doc: append(doc, new)


def lies_below(part, path):
    return isinstance(part, Table) and part.path[: len(path)] == path


def remove_entry(maker, doc):
    table = some_table(maker, doc, entries=True)
    if table is None:
        return None

    def gone(doc):
        return doc._replace(parts=tuple(part for part in doc.parts if not lies_below(part, table.path)))

    return gone


def move_entry(maker, doc):
    table = some_table(maker, doc, entries=True)
    if table is None or len(table.path) != 2:
        return None
    place = maker.rng.random()

    def move(doc):
        moved = tuple(part for part in doc.parts if lies_below(part, table.path))
        rest = [part for part in doc.parts if not lies_below(part, table.path)]
        at = 1 + round(place * (len(rest) - 1))
        return doc._replace(parts=(*rest[:at], *moved, *rest[at:]))

    return move


def add_table(maker, doc):
    new = maker.dates(maker.rng.choice(["volume", "snooze", "dismissed", "x-tool", "x-more"]))
    return lambda doc: append(doc, new)


def add_below(maker, doc):
    table = some_table(maker, doc, entries=True)
    if table is None or len(table.path) != 2:
        return None
    new = maker.table((*table.path, maker.rng.choice(["x-terms", "x-site"])))

    def add(doc):
        if any(isinstance(part, Table) and part.path == new.path for part in doc.parts):
            return doc
        for at, part in enumerate(doc.parts):
            if isinstance(part, Table) and part.path == table.path:
                return doc._replace(parts=(*doc.parts[: at + 1], new, *doc.parts[at + 1 :]))
        return doc

    return add


def add_element(maker, doc):
    """One more table of an array."""
    if not any(isinstance(part, Table) and part.array for part in doc.parts) and maker.chance(0.8):
        return None
    new = maker.table(("x-visit",), array=True)
    return lambda doc: append(doc, new)


def remark(maker, doc):
    """A comment comes, changes or goes; above a key or a header, or behind a value."""
    rng = maker.rng
    table, item = some_item(maker, doc)
    if item is None:
        return None
    how, text = rng.random(), maker.comment()
    behind = rng.choice([" ", "  "]) + text.rstrip()
    if rng.random() < 0.4 and table.header:
        if how < 0.6:
            return lambda doc: replace_table(doc, table.path, lambda now: now._replace(above=with_line(now.above, text)))
        if how < 0.8:
            return lambda doc: replace_table(doc, table.path, lambda now: now._replace(behind=behind))
        return lambda doc: replace_table(doc, table.path, lambda now: now._replace(above=(), behind=""))
    if how < 0.35:
        change = lambda now: now._replace(above=with_line(now.above, text))
    elif how < 0.5:
        change = lambda now: now._replace(above=(text,))
    elif how < 0.8:
        change = lambda now: now._replace(behind=behind)
    else:
        change = lambda now: now._replace(above=(), behind="")
    return lambda doc: replace_item(doc, table.path, item.path, change)


def with_line(above, text):
    return above if text in above else (*above, text)


def paragraph(maker, doc):
    """A comment that stands alone comes or goes, at the top, the end or anywhere."""
    rng = maker.rng
    there = [part for part in doc.parts if isinstance(part, Para)]
    if there and rng.random() < 0.3:
        old = rng.choice(there)
        return lambda doc: doc._replace(parts=tuple(part for part in doc.parts if part != old))
    if there and rng.random() < 0.3:
        old = rng.choice(there)
        new = Para((*old.lines, maker.comment()), old.blank)
        return lambda doc: doc._replace(parts=tuple(new if part == old else part for part in doc.parts))
    new, place = maker.para(), rng.choice([1.0, rng.random()])

    def add(doc):
        if new in doc.parts:
            return doc
        at = 1 + round(place * (len(doc.parts) - 1))
        return doc._replace(parts=(*doc.parts[:at], new, *doc.parts[at:]))

    return add


def respell(maker, doc):
    """The same value in other letters, or the line with other spaces."""
    table, item = some_item(maker, doc)
    if item is None:
        return None
    if maker.chance(0.5) or isinstance(item.data, dict):
        return lambda doc: replace_item(doc, table.path, item.path, lambda now: now._replace(eq="  =  "))
    value = spell.scalar(item.data, maker.rng)

    def change(now):
        return now._replace(value=value) if now.data == item.data else now

    return lambda doc: replace_item(doc, table.path, item.path, change)


def reorder(maker, doc):
    table = some_table(maker, doc)
    if table is None or len(table.parts) < 2:
        return None
    seed = maker.rng.random()

    def change(now):
        if any(isinstance(part, Para) for part in now.parts):
            return now
        rank = lambda part: zlib.crc32(f"{seed} {part.path}".encode())
        return now._replace(parts=tuple(sorted(now.parts, key=rank)))

    return lambda doc: replace_table(doc, table.path, change)


def line_ends(maker, doc):
    eol = "mixed" if maker.chance(0.1) else "\n" if doc.eol == "\r\n" else "\r\n"
    return lambda doc: doc._replace(eol=eol)


def byte_order_mark(maker, doc):
    bom = not doc.bom
    return lambda doc: doc._replace(bom=bom)


def last_line(maker, doc):
    final = not doc.final
    return lambda doc: doc._replace(final=final)


EDITS, WEIGHTS = zip(
    (change_value, 18), (change_type, 1), (change_list, 8), (change_prose, 8), (change_inline, 2), (unset, 6), (add_field, 10),
    (add_entry, 20), (add_known_key, 3), (remove_entry, 5), (move_entry, 2), (add_table, 3), (add_below, 2),
    (add_element, 2), (remark, 12), (paragraph, 7), (respell, 3), (reorder, 2), (line_ends, 1), (byte_order_mark, 1),
    (last_line, 1),
)  # fmt: skip
