"""Journal files from a seed, in the hand of somebody who never read the manual."""

import datetime

import spell
import words
from document import Doc, Item, Para, Table

# Per kind: the fields with what they hold.
KINDS = {
    "contact": {"name": "person", "role": "line", "worries": "line", "decides": "bool", "email": "mail"},
    "deal": {"title": "line", "opened": "date", "status": "status", "value": "money", "criteria": "list", "until": "date"},
    "interaction": {"date": "date", "channel": "channel", "with": "people", "summary": "line"},
    "promise": {"date": "date", "what": "line", "due": "date", "by": "line", "done": "date"},
    "concern": {"date": "date", "from": "person", "about": "line", "said": "line", "status": "status", "answer": "line"},
    "negotiation": {"asked": "line", "give": "lever", "get": "lever", "result": "status", "because": "refs"},
    "win-lose": {"us": "lever", "them": "lever", "reason": "line"},
    "check-in": {"satisfaction": "small", "reason": "line", "with": "people"},
    "fact": {"about": "line", "text": "line", "source": "line"},
}
EVERY_KIND = {"tags": "tags", "notes": "prose", "private": "bool", "deal": "line"}
HEAD = {
    "reading": "line", "aliases": "people", "status": "status", "since": "date", "cadence": "line", "currency": "line",
    "tags": "tags", "why": "line", "again": "date", "notes": "prose",
}  # fmt: skip


def fields_of(path):
    """The fields a table may have, with what they hold."""
    if not path:
        return HEAD
    return {**KINDS.get(path[0], {"text": "line", "level": "small"}), **EVERY_KIND}


class Maker:
    """One family of documents: a base and its variants share the numbers that make texts unique."""

    def __init__(self, rng):
        self.rng = rng
        self.serial = 0
        self.shared = []  # edits that several variants make alike
        self.hot = []  # tables and items that were edited
        self.eq = rng.choice([" = "] * 6 + ["=", "  = ", " =  "])
        self.comments = rng.choice([0.0, 0.1, 0.25, 0.6])
        self.indent = rng.choice([""] * 8 + ["  ", "\t"])
        self.dated = rng.random() < 0.75  # keys begin with a date

    def number(self):
        self.serial += 1
        return self.serial

    def chance(self, share):
        return self.rng.random() < share

    def comment(self):
        rng = self.rng
        if rng.random() < 0.05:
            return rng.choice(["#", "# ----", "#######"])
        mark = rng.choice(["# "] * 8 + ["#", "#! "])
        tail = rng.choice([""] * 9 + ["  "])
        return f"{mark}{rng.choice(words.REMARKS)} (c{self.number()}){tail}"

    def comments_above(self, share):
        if not self.chance(share):
            return ()
        return tuple(self.comment() for _ in range(self.rng.choice([1, 1, 1, 2])))

    def behind(self, share):
        return self.rng.choice([" ", "  ", "\t"]) + self.comment().rstrip() if self.chance(share) else ""

    def line(self):
        text = self.rng.choice(words.SENTENCES)
        return f"{text} {self.number()}" if self.chance(0.5) else text

    def day(self):
        return datetime.date(2026, self.rng.randint(1, 12), self.rng.randint(1, 28))

    def prose(self):
        lines = []
        for _ in range(self.rng.choice([1, 2, 2, 3, 4, 6])):
            lines.append("" if self.chance(0.08) else self.line())
        if self.chance(0.1):
            lines.append("")
        return "\n".join(lines) or "-"

    def value(self, what):
        """A value of that sort."""
        rng = self.rng
        if what == "line":
            return self.line()
        if what == "prose":
            return self.prose()
        if what == "person":
            return rng.choice(words.PEOPLE)
        if what in ("people", "tags", "refs", "list", "lever"):
            return [self.element(what) for _ in range(rng.choice([0, 1, 2, 2, 3, 4]))]
        if what == "date":
            day = self.day()
            if self.chance(0.15):
                return datetime.datetime(day.year, day.month, day.day, rng.randint(8, 18), rng.choice([0, 30]))
            return day
        return {
            "bool": lambda: self.chance(0.5),
            "money": lambda: rng.choice([rng.randint(1, 90) * 1000, rng.randint(1, 900) + 0.5]),
            "small": lambda: rng.randint(1, 5),
            "mail": lambda: f"m{self.number()}@example.org",
            "status": lambda: rng.choice(words.STATUSES),
            "channel": lambda: rng.choice(words.CHANNELS),
        }[what]()

    def element(self, what):
        """One item of a list."""
        rng = self.rng
        if what == "people":
            return rng.choice(words.PEOPLE)
        if what == "tags":
            return rng.choice(words.TAGS)
        if what == "refs":
            return f"concern.2026-{rng.randint(1, 12):02}-a{rng.randint(1, 9)}"
        if what == "lever":
            return f"{rng.choice(words.LEVERS)}: {rng.choice(words.WHATS)}"
        return self.line()

    def item(self, name, data, value=None):
        """A key line in this document's style."""
        rng = self.rng
        path = tuple(name.split(".")) if isinstance(name, str) else name
        if isinstance(data, list):
            data = list(dict.fromkeys(data))
        value = spell.scalar(data, rng) if value is None else value
        if isinstance(data, list) and value.endswith("\n]") and self.chance(self.comments):
            first, rest = value.split("\n", 1)
            value = f"{first} {self.comment().rstrip()}\n{rest}" if self.chance(0.5) else f"{value[:-1]}  {self.comment()}\n]"
        return Item(
            path=path,
            data=data,
            key=".".join(spell.key(part, rng) for part in path),
            eq=self.eq if rng.random() < 0.95 else rng.choice(["=", " = ", "   = "]),
            value=value,
            above=self.comments_above(self.comments / 3),
            behind=self.behind(self.comments / 2),
            indent=self.indent,
            blank=1 if rng.random() < 0.03 else 0,
        )

    def items(self, path, count):
        """Some fields of a table, mostly in the manual's order."""
        rng = self.rng
        fields = fields_of(path)
        names = [name for name in fields if rng.random() < count / len(fields)] or [next(iter(fields))]
        parts = [self.item(name, self.value(fields[name])) for name in names]
        if self.chance(0.15):
            parts.append(self.unknown())
        if self.chance(0.1):
            rng.shuffle(parts)
        if self.chance(self.comments / 6):
            parts.insert(rng.randint(0, len(parts)), self.para())
        seen, unique = set(), []
        for part in parts:
            first = part.path[0] if isinstance(part, Item) else None
            if first is None or first not in seen:
                unique.append(part)
            seen.add(first)
        return tuple(unique)

    def unknown(self):
        """A key the program does not know."""
        rng = self.rng
        name = rng.choice(words.UNKNOWN)
        kind = rng.random()
        if kind < 0.6:
            return self.item(name, self.line())
        if kind < 0.75:
            return self.item(name, rng.randint(1, 9))
        if kind < 0.9:
            return self.item(name, [self.line() for _ in range(rng.randint(1, 3))])
        return self.item(name, {"a": rng.randint(1, 9), "b": self.line()})

    def para(self):
        return Para(tuple(self.comment() for _ in range(self.rng.choice([1, 1, 2, 3]))), self.rng.choice([1, 1, 1, 2, 0]))

    def entry_path(self, kind=None):
        """A new kind and key."""
        rng = self.rng
        kind = kind or rng.choice(list(KINDS))
        serial = self.number()
        if kind in ("contact", "deal") or not self.dated and rng.random() < 0.5:
            return (kind, rng.choice([f"k{serial}", f"web-{serial}", f"更改{serial}", f"a b {serial}"]))
        return (kind, f"{self.day()}-{serial:x}zk" if rng.random() < 0.9 else f"{self.day()}")

    def header(self, path):
        rng = self.rng
        dot = "." if rng.random() < 0.95 else rng.choice([" . ", ". "])
        pad = "" if rng.random() < 0.95 else " "
        return f"[{pad}{dot.join(spell.key(part, rng) for part in path)}{pad}]"

    def table(self, path, parts=None, array=False):
        """A table with its header."""
        header = self.header(path)
        return Table(
            path=path,
            header=f"[{header}]" if array else header,
            parts=self.items(path, self.rng.choice([1, 3, 4])) if parts is None else parts,
            above=self.comments_above(self.comments / 2),
            behind=self.behind(self.comments / 4),
            blank=self.rng.choice([1] * 12 + [0, 2]),
            array=array,
        )

    def dates(self, name):
        """A table of years, of rules, or of what is unknown."""
        rng = self.rng
        if name == "volume":
            rows = {str(2015 + n): rng.randint(1, 90) * 1000 for n in range(6) if rng.random() < 0.4}
        elif name in ("snooze", "dismissed"):
            rows = {f"promise-due promise.p{n}": self.day() for n in range(4) if rng.random() < 0.4}
            rows["silent"] = self.day()
        else:
            rows = {"text": self.line(), "level": rng.randint(1, 5)}
        parts = tuple(self.item((key,), value) for key, value in rows.items())
        return self.table((name,), parts or (self.item(("2020",), 1),))

    def document(self, entries):
        """A whole file."""
        rng = self.rng
        head = (self.item("name", rng.choice(words.NAMES)),) if self.chance(0.9) else ()
        head += tuple(part for part in self.items((), 4))
        parts = [Table((), "", head)]
        for name in ("volume", "snooze", "dismissed", "x-tool"):
            if self.chance(0.15):
                parts.append(self.dates(name))
        for _ in range(entries):
            if self.chance(self.comments / 5):
                parts.append(self.para())
            entry = self.table(self.entry_path())
            parts.append(entry)
            if self.chance(0.05):
                parts.append(self.table((*entry.path, "x-terms")))
        if self.chance(0.06):
            parts.append(self.kind_table())
        if self.chance(0.08):
            parts.extend(self.table(("x-visit",), array=True) for _ in range(rng.randint(1, 3)))
        if self.chance(0.1):
            odd = parts[1:]
            rng.shuffle(odd)
            parts[1:] = keep_below(odd)
        if self.chance(0.08):
            parts[0] = parts[0]._replace(parts=parts[0].parts + self.without_header())
        return Doc(
            tuple(unique(parts)),
            bom=self.chance(0.08),
            eol=rng.choice(["\n"] * 24 + ["\r\n"] * 4 + ["mixed"]),
            final=not self.chance(0.1),
        )

    def kind_table(self):
        """One header for a kind, its entries dotted or in braces below it."""
        rng, kind = self.rng, self.rng.choice(["fact", "promise"])
        rows = []
        for _ in range(rng.randint(1, 3)):
            path, fields = self.entry_path(kind), list(KINDS[kind])[:2]
            values = {name: self.value(KINDS[kind][name]) for name in fields}
            inner = spell.inline(values, rng)
            if rng.random() < 0.5 and "\n" not in inner:
                rows.append(self.item(path[1:], values, inner))
            else:
                rows += [self.item((path[1], name), value) for name, value in values.items()]
        return self.table((kind,), tuple(rows))

    def without_header(self):
        """Entries that stand in the head: dotted or inline."""
        kind = "fact" if self.chance(0.5) else "check-in"
        path, fields = self.entry_path(kind), list(KINDS[kind])
        values = {name: self.value(KINDS[kind][name]) for name in fields[:2]}
        if self.chance(0.6):
            return tuple(self.item((*path, name), value) for name, value in values.items())
        inner = spell.inline(values, self.rng)
        if "\n" in inner:
            return ()
        if self.chance(0.5):
            return (self.item(path, values, inner),)
        outer = "{ %s = %s }" % (spell.key(path[1]), inner)
        return (self.item(path[:1], {path[1]: values}, outer),)


def keep_below(parts):
    """An array's elements and an entry's own tables stay behind what they belong to."""
    entries = {part.path: n for n, part in enumerate(parts) if isinstance(part, Table) and len(part.path) == 2}

    def place(pair):
        n, part = pair
        if isinstance(part, Table) and len(part.path) == 3:
            return (entries.get(part.path[:2], n), 1)
        return (n, 0)

    return [part for _, part in sorted(enumerate(parts), key=place)]


def unique(parts):
    """No header twice, and none of a kind that the head's own keys have taken."""
    taken = {item.path[:1] for item in parts[0].parts if isinstance(item, Item)}
    seen, kept = set(), [parts[0]]
    for part in parts[1:]:
        if isinstance(part, Table):
            if part.path[:1] in taken or part.path in seen and not part.array:
                continue
            seen.add(part.path)
        kept.append(part)
    return kept
