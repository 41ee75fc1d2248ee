"""A journal file as a person could have written it: parts with their own bytes, put together to a text.

Parts are immutable, so a variant of a document shares everything that it did not edit, and what
nobody edited is written the same way to the byte.
"""

import zlib
from typing import NamedTuple


class Item(NamedTuple):
    """A key line with the comments that belong to it."""

    path: tuple  # of the key, from its table on
    data: object  # the value in Python
    key: str  # as spelled
    eq: str
    value: str  # as spelled; may hold line breaks
    above: tuple = ()  # comment lines directly above
    behind: str = ""  # spaces and a comment behind the value
    indent: str = ""
    blank: int = 0  # blank lines above


class Para(NamedTuple):
    """A comment that stands alone."""

    lines: tuple
    blank: int = 1


class Table(NamedTuple):
    """A header with its lines; the head of the file has no header."""

    path: tuple
    header: str
    parts: tuple = ()  # Item and Para
    above: tuple = ()
    behind: str = ""
    blank: int = 1
    array: bool = False  # [[…]]


class Doc(NamedTuple):
    """A file."""

    parts: tuple  # Table and Para; the first one is the head
    bom: bool = False
    eol: str = "\n"  # "mixed": some lines so, some so
    final: bool = True  # the last line is closed


def render(doc):
    """The bytes of a document."""
    lines = []
    for part in doc.parts:
        if isinstance(part, Para):
            _paragraph(part, lines)
            continue
        if part.header:
            lines.extend([""] * part.blank)
            lines.extend(part.above)
            lines.append(part.header + part.behind)
        for item in part.parts:
            if isinstance(item, Para):
                _paragraph(item, lines)
                continue
            lines.extend([""] * item.blank)
            lines.extend(item.indent + line for line in item.above)
            lines.extend((item.indent + item.key + item.eq + item.value + item.behind).split("\n"))
    while lines and lines[0] == "":
        lines.pop(0)
    text = "\n".join(lines)
    if doc.final and text:
        text += "\n"
    if doc.eol == "mixed":
        text = "".join(mixed(line) for line in text.splitlines(keepends=True))
    elif doc.eol != "\n":
        text = text.replace("\n", doc.eol)
    return (b"\xef\xbb\xbf" if doc.bom else b"") + text.encode()


def _paragraph(part, lines):
    """A blank line below, else it would belong to what follows."""
    if lines and lines[-1] != "":
        lines.extend([""] * part.blank)
    lines.extend(part.lines)
    lines.append("")


def mixed(line):
    """A third of all lines ends as on Windows; always the same ones."""
    return line.replace("\n", "\r\n") if zlib.crc32(line.encode()) % 3 == 0 else line
