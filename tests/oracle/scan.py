"""What tomllib does not tell: comments and what they belong to, the order of headers, lines.

Not a parser: it is only asked about texts that tomllib has accepted.
"""

import re
import tomllib
from typing import NamedTuple

KINDS = frozenset(
    "contact deal interaction promise concern negotiation win-lose check-in fact change".split()
)

ONE = r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
PATH = re.compile(rf"{ONE}(?:[ \t]*\.[ \t]*{ONE})*")
PART = re.compile(ONE)
TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""(?:"{0,2})'
    r"|'''(?:[^']|'(?!''))*'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[#\[\]{}\n]",
    re.DOTALL,
)


class Comment(NamedTuple):
    text: str  # from the # on, without trailing spaces
    role: str  # above, behind, inside, free
    anchor: tuple  # path of the header or key it belongs to; of a free one the table it stands in


class Side:
    """A text with all that is ever asked about it."""

    def __init__(self, raw):
        self.raw = raw
        text = raw.decode("utf-8")
        self.bom = text.startswith("\ufeff")
        text = text[1:] if self.bom else text
        crlf, lf = text.count("\r\n"), text.count("\n")
        self.eol = "none" if lf == 0 else "crlf" if crlf == lf else "lf" if crlf == 0 else "mixed"
        # Numbers with a point keep their digits: money never goes through a binary float.
        self.data = tomllib.loads(text, parse_float=lambda digits: Number(digits.replace("_", "")))
        self.text = text.replace("\r\n", "\n")
        self.comments = []
        self.headers = []  # paths in file order; of an array each time
        self.sequence = []  # headers and paragraphs in file order
        self.arrays = set()  # paths of tables of arrays
        self.in_arrays = set()  # their key lines, of a value of several lines the first
        self.paragraphs = []  # comments that stand alone, as tuples of lines
        self.spans = {}  # path of a key: its lines
        self.inline = set()  # paths whose value is written in braces
        self.blocks = {}  # path of a header: all its lines
        self._scan()
        self.flat = {}
        self._flatten((), self.data)

    def _scan(self):
        text, pos, line, table, above = self.text, 0, 0, (), []
        self._block = (table, 0)
        size = len(text)
        while pos < size:
            end = text.find("\n", pos)
            end = size if end < 0 else end
            stripped = text[pos:end].strip(" \t")
            if not stripped:
                self._free(above, table)
            elif stripped[0] == "#":
                above.append(stripped.rstrip())
            elif stripped[0] == "[":
                at = text.index("[", pos)
                found = PATH.search(text, at)
                table = names(found.group())
                self._close(line - len(above), table)
                self.headers.append(table)
                self.sequence.append(table)
                if text.startswith("[[", at):
                    self.arrays.add(table)
                self._take(above, table)
                rest = text[found.end() : end].lstrip(" \t]")
                if rest:
                    self.comments.append(Comment(rest.rstrip(), "behind", table))
            else:
                start = text.index(stripped[0], pos)
                found = PATH.match(text, start)
                path = table + names(found.group())
                self._take(above, path)
                end = self._value(path, text.index("=", found.end()) + 1)
                last = line + text.count("\n", pos, end)
                if table not in self.arrays:
                    self.spans[path] = (line, last)
                else:
                    self.in_arrays.add(text[pos:].split("\n", 1)[0])
                line = last
            pos = end + 1
            line += 1
        self._free(above, table)
        self._close(line, None)
        self.lines = text.split("\n")

    def _value(self, path, pos):
        """Where the line ends on which the value ends."""
        if self.text[pos:].lstrip(" \t").startswith("{"):
            self.inline.add(path)
        return self._rest(path, pos, 0)

    def _comment(self, path, pos, depth):
        text = self.text
        end = text.find("\n", pos)
        end = len(text) if end < 0 else end
        self.comments.append(Comment(text[pos:end].rstrip(), "inside" if depth else "behind", path))
        return end if not depth else self._rest(path, end, depth)

    def _rest(self, path, pos, depth):
        text = self.text
        for token in TOKEN.finditer(text, pos):
            first = token.group()[0]
            if first in "[{":
                depth += 1
            elif first in "]}":
                depth -= 1
            elif first == "\n" and depth == 0:
                return token.start()
            elif first == "#":
                return self._comment(path, token.start(), depth)
        return len(text)

    def _take(self, above, anchor):
        for comment in above:
            self.comments.append(Comment(comment, "above", anchor))
        above.clear()

    def _free(self, above, table):
        if above:
            self.paragraphs.append(tuple(above))
            self.sequence.append(tuple(above))
        for comment in above:
            self.comments.append(Comment(comment, "free", table))
        above.clear()

    def _close(self, line, table):
        path, start = self._block
        if path not in self.blocks:
            self.blocks[path] = (start, line)
        self._block = (table, line)

    def _flatten(self, path, table):
        if not table and path:
            self.flat[path] = ("{}",)
        for name, value in table.items():
            below = (*path, name)
            # A table in braces counts as one value, unless it is a kind or an entry.
            entry = below[0] in KINDS and len(below) <= 2
            if isinstance(value, dict) and (entry or below not in self.inline):
                self._flatten(below, value)
            else:
                self.flat[below] = canonical(value)

    def collapsed(self, paths):
        """The values with these tables as one value each."""
        flat = dict(self.flat)
        for path in paths:
            inner = {key: flat.pop(key) for key in self.flat if key[: len(path)] == path and key in flat}
            if inner:
                flat[path] = inner[path] if path in inner and len(inner) == 1 else ("table", tuple(sorted(inner.items(), key=repr)))
        return flat

    def block(self, path):
        """The lines of a table, its header and what belongs to it included."""
        start, end = self.blocks.get(path, (0, 0))
        return [line for line in self.lines[start:end] if line.strip()]


class Number(str):
    """The digits of a number with a point."""


def canonical(value):
    """A value that can be compared and hashed, and in which 1, 1.0 and true differ."""
    if isinstance(value, Number):
        return ("number", str(value))
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ("list", tuple(canonical(item) for item in value))
    if isinstance(value, dict):
        return ("table", tuple(sorted((name, canonical(item)) for name, item in value.items())))
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int):
        return ("number", str(value))
    return (type(value).__name__, str(value))


def names(path):
    return tuple(name(part) for part in PART.findall(path))


def name(part):
    if part[0] == '"':
        return tomllib.loads(f"k = {part}")["k"] if "\\" in part else part[1:-1]
    return part[1:-1] if part[0] == "'" else part
